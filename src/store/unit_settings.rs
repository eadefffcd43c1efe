//! What is set beside the list of the units that are to file: `bontot.unit_settings/1`.

use serde::{Deserialize, Serialize};

use crate::json::{FILE_LIMIT, Within};
use crate::string_enum;
use crate::value::Date;

/// The largest count of units.
const MOST: i64 = 1_000_000;

string_enum! {
    /// Of how many units a share is taken.
    pub enum UnitBase {
        /// Of a number that a person typed.
        Typed = "typed",
        /// Of the units with an eligible form.
        Eligible = "eligible",
        /// Of the units that are recognised.
        Recognised = "recognised",
        /// Of the units with a form.
        Forms = "forms",
    }
}

/// What a person set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.unit_settings/1", deny_unknown_fields)]
pub struct UnitSettings {
    /// The last day for units of which the list names none.
    pub deadline: Option<Date>,
    /// How many per cent of the units are to take part in the pilot.
    #[serde(with = "Within::<0, 100>")]
    pub pilot: i64,
    /// How many per cent of the base may be classified highest.
    #[serde(with = "Within::<0, 100>")]
    pub highest: i64,
    /// The base.
    pub base: UnitBase,
    /// The number that was typed.
    #[serde(with = "Within::<0, MOST>")]
    pub typed: i64,
}

record!(UnitSettings, FILE_LIMIT);

impl Default for UnitSettings {
    fn default() -> UnitSettings {
        UnitSettings { deadline: None, pilot: 10, highest: 20, base: UnitBase::Typed, typed: 0 }
    }
}

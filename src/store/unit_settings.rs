//! What is set beside the list of the units that are to file: `bontot.unit_settings/1`.

use serde::{Deserialize, Serialize};

use crate::json::{FILE_LIMIT, Within};
use crate::pack::PeriodKind;
use crate::string_enum;
use crate::value::{Date, Id};

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

/// A pack and a period of it: kind, first day, last day.
type PackPeriod = (Id, PeriodKind, Date, Date);

/// The day on which a unit handed in its form on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperDay {
    /// The period that was looked at, or all.
    pub period: Option<PackPeriod>,
    /// The unit, as the page finds it in its list.
    pub unit: String,
    /// The day.
    pub day: Date,
}

/// What a person set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.unit_settings/1", deny_unknown_fields)]
pub struct UnitSettings {
    /// The last day for units of which the list names none.
    pub deadline: Option<Date>,
    /// The period that is looked at, or all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<PackPeriod>,
    /// The days on which units handed in paper.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<PaperDay>,
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
        UnitSettings {
            deadline: None,
            period: None,
            papers: Vec::new(),
            pilot: 10,
            highest: 20,
            base: UnitBase::Typed,
            typed: 0,
        }
    }
}

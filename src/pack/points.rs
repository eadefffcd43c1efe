//! Points (spec s. 2.4): all values are whole numbers in units of 1/`scale` point.

use serde::Deserialize;
use serde::de::{Deserializer, Error};

use crate::json::{Expected, ReadError, Within};
use crate::pack::item::FIELD_LIMIT;
use crate::pack::rule::condition;
use crate::pack::{Applies, Cond};
use crate::string_enum;
use crate::value::{Id, Label};

/// Largest value of points of an item or of one adjustment, in units.
const POINTS_LIMIT: i64 = 1_000_000;

/// How points are counted over a form.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PointScheme {
    /// Units in one point, 1–1000.
    #[serde(with = "Within::<1, 1000>")]
    pub scale: i64,
    /// What an item that does not apply counts.
    pub na: NaPoints,
    /// Most units that adjustments may add and take away.
    pub adjustment_cap: AdjustmentCap,
    /// Overall bands, best first.
    #[serde(default)]
    pub bands: Vec<Band>,
    /// Bands that make a form eligible; empty where points inform but do not decide.
    #[serde(default)]
    pub eligible_bands: Vec<Id>,
}

string_enum! {
    /// What an item that does not apply counts.
    pub enum NaPoints {
        /// Left out of earned and available.
        Drop = "drop",
        /// Full marks.
        Full = "full",
    }
}

/// Most units that adjustments may add and take away.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AdjustmentCap {
    /// Added.
    #[serde(with = "Within::<0, FIELD_LIMIT>")]
    pub up: i64,
    /// Taken away.
    #[serde(with = "Within::<0, FIELD_LIMIT>")]
    pub down: i64,
}

impl AdjustmentCap {
    /// What counts of the points that are added and, below zero, taken away.
    pub fn capped(&self, up: i64, down: i64) -> i64 {
        up.min(self.up) + down.max(-self.down)
    }
}

/// An overall band.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub label: Label,
    /// Its floor, in hundredths of a per cent of the available points.
    #[serde(with = "Within::<0, 10_000>")]
    pub at_least_bp: i64,
    /// Items that must have full points.
    #[serde(default)]
    pub full_items: Vec<Id>,
}

/// The part of an item in the points.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct ItemPoints {
    /// Full points, in units.
    #[serde(with = "Within::<0, POINTS_LIMIT>")]
    pub max: i64,
    /// Steps; the first whose condition holds gives its points.
    #[serde(default)]
    pub bands: Vec<ItemBand>,
}

/// One step of an item's points.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ItemBand {
    /// When it holds.
    #[serde(deserialize_with = "condition")]
    pub when: Cond,
    /// What it gives, in units, at most the full points.
    #[serde(with = "Within::<0, POINTS_LIMIT>")]
    pub points: i64,
}

/// A bonus or penalty that can count several times.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Adjustment {
    /// Its id.
    pub id: Id,
    /// What it is for.
    pub label: Label,
    /// Units each time; negative for a penalty.
    #[serde(with = "Within::<{ -POINTS_LIMIT }, POINTS_LIMIT>")]
    pub points: i64,
    /// How often it may count.
    #[serde(with = "Within::<1, 1000>")]
    pub max_times: i64,
    /// The forms that it belongs to.
    #[serde(default)]
    pub applies: Vec<Applies>,
}

impl<'de> Deserialize<'de> for ItemPoints {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let points = ItemPoints::deserialize(source)?;
        let max = points.max;
        match points.bands.iter().position(|band| band.points > max) {
            None => Ok(points),
            Some(index) => {
                let error = ReadError::expected(Expected::Integer { min: 0, max });
                let error = error.within("points").within_element(index);
                Err(D::Error::custom(error.within("bands")))
            }
        }
    }
}

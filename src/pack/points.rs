//! Points (spec s. 2.4): all values are whole numbers in units of 1/`scale` point.

use crate::json::{Json, Object, Read, ReadError, integer};
use crate::pack::{Applies, Cond};
use crate::string_enum;
use crate::value::{Id, Label};

/// Largest value of points of an item or of one adjustment, in units.
const POINTS_LIMIT: i64 = 1_000_000;

/// How points are counted over a form.
#[derive(Clone, Debug)]
pub struct PointScheme {
    /// Units in one point, 1–1000.
    pub scale: i64,
    /// What an item that does not apply counts.
    pub na: NaPoints,
    /// Most units that adjustments may add.
    pub cap_up: i64,
    /// Most units that adjustments may take away.
    pub cap_down: i64,
    /// Overall bands, best first.
    pub bands: Vec<Band>,
    /// Bands that make a form eligible; empty where points inform but do not decide.
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

/// An overall band.
#[derive(Clone, Debug)]
pub struct Band {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub label: Label,
    /// Its floor, in hundredths of a per cent of the available points.
    pub at_least_bp: i64,
    /// Items that must have full points.
    pub full_items: Vec<Id>,
}

/// The part of an item in the points.
#[derive(Clone, Debug)]
pub struct ItemPoints {
    /// Full points, in units.
    pub max: i64,
    /// Steps; the first whose condition holds gives its points.
    pub bands: Vec<ItemBand>,
}

/// One step of an item's points.
#[derive(Clone, Debug)]
pub struct ItemBand {
    /// When it holds.
    pub when: Cond,
    /// What it gives, in units.
    pub points: i64,
}

/// A bonus or penalty that can count several times.
#[derive(Clone, Debug)]
pub struct Adjustment {
    /// Its id.
    pub id: Id,
    /// What it is for.
    pub label: Label,
    /// Units each time; negative for a penalty.
    pub points: i64,
    /// How often it may count.
    pub max_times: i64,
    /// The forms that it belongs to.
    pub applies: Vec<Applies>,
}

impl Read for PointScheme {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(
            json,
            &["scale", "na", "adjustment_cap", "bands", "eligible_bands"],
        )?;
        let (cap_up, cap_down) = o.need_by("adjustment_cap", |json| {
            let o = Object::open(json, &["up", "down"])?;
            let cap = |name| o.integer(name, 0, 1_000_000_000);
            Ok((cap("up")?, cap("down")?))
        })?;
        Ok(PointScheme {
            scale: o.integer("scale", 1, 1000)?,
            na: o.need("na")?,
            cap_up,
            cap_down,
            bands: o.list("bands")?,
            eligible_bands: o.list("eligible_bands")?,
        })
    }
}

impl Read for Band {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["id", "label", "at_least_bp", "full_items"])?;
        Ok(Band {
            id: o.need("id")?,
            label: o.need("label")?,
            at_least_bp: o.integer("at_least_bp", 0, 10_000)?,
            full_items: o.list("full_items")?,
        })
    }
}

impl Read for ItemPoints {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["max", "bands"])?;
        let max = o.integer("max", 0, POINTS_LIMIT)?;
        let band = |json: &Json| {
            let o = Object::open(json, &["when", "points"])?;
            Ok(ItemBand {
                when: o.need("when")?,
                points: o.need_by("points", |json| integer(json, 0, max))?,
            })
        };
        let bands = o.maybe_by("bands", |json| crate::json::list_of(json, band))?;
        Ok(ItemPoints {
            max,
            bands: bands.unwrap_or_default(),
        })
    }
}

impl Read for Adjustment {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["id", "label", "points", "max_times", "applies"])?;
        Ok(Adjustment {
            id: o.need("id")?,
            label: o.need("label")?,
            points: o.integer("points", -POINTS_LIMIT, POINTS_LIMIT)?,
            max_times: o.integer("max_times", 1, 1000)?,
            applies: o.list("applies")?,
        })
    }
}

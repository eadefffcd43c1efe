//! Items of a pack and their fields (spec s. 2.1), as schemas.

use schemars::JsonSchema;

use super::pack::{Applies, Term};
use super::rule::Cond;
use super::words::{Count, Id, Label};

/// One question of a form.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Item {
    /// Its id.
    pub id: Id,
    /// The criterion that it belongs to.
    pub criterion: Id,
    /// What is asked.
    pub label: Label,
    /// What to look at.
    #[schemars(default, with = "Label")]
    pub help: Option<Label>,
    /// The clauses that it comes from.
    #[schemars(default)]
    pub source: Vec<Id>,
    /// The forms that it belongs to.
    #[schemars(default)]
    pub applies: Vec<Applies>,
    /// Whether the criterion fails when this item is not met.
    #[schemars(default)]
    pub mandatory: bool,
    /// Whether a person may say that it does not apply, with a reason.
    #[schemars(default)]
    pub may_skip: bool,
    /// Whether a person may overrule the derived verdict, with a reason.
    #[schemars(default, rename = "override")]
    pub overridable: bool,
    /// Whether evidence is asked for.
    #[schemars(default, with = "EvidenceRule")]
    pub evidence: Option<EvidenceRule>,
    /// Values that belong to the answer.
    #[schemars(default)]
    pub fields: Vec<Field>,
    /// When the item does not apply.
    #[schemars(default, with = "Cond")]
    pub na_when: Option<Cond>,
    /// When the item is met; without it a person says.
    #[schemars(default, with = "Cond")]
    pub met_when: Option<Cond>,
    /// Its part in the points.
    #[schemars(default, with = "ItemPoints")]
    pub points: Option<ItemPoints>,
}

/// Whether an item asks for evidence.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum EvidenceRule {
    /// no place for it
    None,
    /// a place for it
    Optional,
    /// must stand there when the item is met
    Required,
}

/// One value of an answer.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, tag = "kind", rename_all = "snake_case")]
pub enum Field {
    /// A whole number.
    Integer {
        /// Its id, unique in the item.
        id: Id,
        /// What is asked.
        label: Label,
        /// Whether it must be filled.
        #[schemars(default)]
        required: bool,
        /// Smallest value, 0 where absent.
        #[schemars(default, with = "Count")]
        min: Option<Count>,
        /// Largest value, 10^9 where absent.
        #[schemars(default, with = "Count")]
        max: Option<Count>,
    },
    /// Any text.
    Text {
        /// Its id, unique in the item.
        id: Id,
        /// What is asked.
        label: Label,
        /// Whether it must be filled.
        #[schemars(default)]
        required: bool,
    },
    /// A day.
    Date {
        /// Its id, unique in the item.
        id: Id,
        /// What is asked.
        label: Label,
        /// Whether it must be filled.
        #[schemars(default)]
        required: bool,
    },
    /// One of some choices.
    Choice {
        /// Its id, unique in the item.
        id: Id,
        /// What is asked.
        label: Label,
        /// Whether it must be filled.
        #[schemars(default)]
        required: bool,
        /// The choices.
        #[schemars(length(min = 1))]
        choices: Vec<Term>,
    },
}

/// Units of points.
#[derive(JsonSchema)]
#[schemars(inline)]
pub struct Units(#[schemars(range(min = 0, max = 1_000_000))] pub i64);

/// The part of an item in the points.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ItemPoints {
    /// Full points, in units.
    pub max: Units,
    /// Steps; the first whose condition holds gives its points.
    #[schemars(default)]
    pub bands: Vec<ItemBand>,
}

/// One step of an item's points.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ItemBand {
    /// When it holds.
    pub when: Cond,
    /// What it gives, in units, at most the full points.
    pub points: Units,
}

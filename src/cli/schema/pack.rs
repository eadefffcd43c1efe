//! The criteria pack (spec s. 2), as a schema.

use schemars::JsonSchema;

use super::decision::{Adjustment, Decision, Gate, PointScheme};
use super::item::Item;
use super::words::{Count, Date, Id, Label, Text, Version};

/// A criteria pack (bộ tiêu chí): all that a form asks and all that decides its outcome.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "bontot.pack/1")]
pub struct Pack {
    /// The format.
    #[schemars(extend("const" = "bontot.pack/1"))]
    pub format: Text,
    /// Identity, together with the version.
    pub id: Id,
    /// The version.
    pub version: Version,
    /// Its name.
    pub title: Label,
    /// Who issued it.
    #[schemars(default, with = "Label")]
    pub issuer: Option<Label>,
    /// What a reader must know, above all what is a proposal and no official rule.
    #[schemars(default, with = "Label")]
    pub note: Option<Label>,
    /// When it may be used.
    pub effective: Span,
    /// The documents that it rests on.
    #[schemars(default)]
    pub legal_basis: Vec<LegalBasis>,
    /// Levels of units.
    #[schemars(length(min = 1))]
    pub levels: Vec<Term>,
    /// Types of units.
    #[schemars(length(min = 1))]
    pub types: Vec<Term>,
    /// Kinds of periods that a form may cover.
    #[schemars(length(min = 1))]
    pub periods: Vec<PeriodKind>,
    /// Numbers that are asked once.
    #[schemars(default)]
    pub facts: Vec<Fact>,
    /// The criteria.
    pub criteria: Vec<Criterion>,
    /// The questions.
    pub items: Vec<Item>,
    /// Conditions that stand above all points.
    #[schemars(default)]
    pub gates: Vec<Gate>,
    /// Bonuses and penalties.
    #[schemars(default)]
    pub adjustments: Vec<Adjustment>,
    /// How points are counted, if they are.
    pub points: Option<PointScheme>,
    /// What decides.
    pub decision: Decision,
}

/// A span of days, both ends included; null or absent is open.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Span {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

/// A document that the pack rests on.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct LegalBasis {
    /// How it is cited.
    pub cite: Text,
    /// When it was issued.
    pub issued: Option<Date>,
    /// When it is in force.
    #[schemars(default, with = "Span")]
    pub in_force: Option<Span>,
}

/// An id with its words.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Term {
    /// The id.
    pub id: Id,
    /// The words.
    pub label: Label,
}

/// The kind of a period.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum PeriodKind {
    /// a month
    Month,
    /// a quarter
    Quarter,
    /// half a year
    HalfYear,
    /// a calendar year
    Year,
    /// a school year
    SchoolYear,
    /// the whole pilot
    Pilot,
}

/// To which forms a part belongs: `level:type`, each an id or `*`.
#[derive(JsonSchema)]
#[schemars(inline)]
pub struct Applies(
    #[schemars(regex(pattern = r"^(\*|[A-Za-z0-9._-]{1,40}):(\*|[A-Za-z0-9._-]{1,40})$"))]
    pub  String,
);

/// A number that is asked once.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Fact {
    /// Its id.
    pub id: Id,
    /// What is asked.
    pub label: Label,
    /// Smallest value.
    pub min: Count,
    /// Largest value, not below the smallest.
    pub max: Count,
    /// The forms that it belongs to.
    #[schemars(default)]
    pub applies: Vec<Applies>,
}

/// A criterion (tiêu chí).
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Criterion {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub label: Label,
    /// Share of the items that are not mandatory which must be met, in per cent.
    #[schemars(range(min = 0, max = 100))]
    pub others_percent: i64,
}

//! Gates, adjustments, points and what decides (spec s. 2.4 to 2.7), as schemas.

use schemars::JsonSchema;

use super::pack::{Applies, Span};
use super::words::{Count, Id, Label};

/// A condition that stands above all points (điều kiện bắt buộc).
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Gate {
    /// Its id.
    pub id: Id,
    /// What would open it.
    pub label: Label,
    /// What to look at.
    #[schemars(default, with = "Label")]
    pub help: Option<Label>,
    /// What it does when open.
    pub effect: Effect,
    /// The forms that it belongs to.
    #[schemars(default)]
    pub applies: Vec<Applies>,
    /// Occurrences outside this span do not count.
    #[schemars(default, with = "Span")]
    pub in_force: Option<Span>,
    /// Whether a person may say that an exception holds, with a note.
    #[schemars(default)]
    pub allows_exception: bool,
    /// Items that open it when not met; empty where a person declares.
    #[schemars(default)]
    pub items: Vec<Id>,
}

/// What an open gate does.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Effect {
    /// the form is not eligible
    Fail,
    /// the form waits for verification
    Pending,
}

/// A bonus or penalty.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Adjustment {
    /// Its id.
    pub id: Id,
    /// What it is for.
    pub label: Label,
    /// Units each time; negative for a penalty.
    #[schemars(range(min = -1_000_000, max = 1_000_000))]
    pub points: i64,
    /// How often it may count.
    #[schemars(range(min = 1, max = 1000))]
    pub max_times: i64,
    /// The forms that it belongs to.
    #[schemars(default)]
    pub applies: Vec<Applies>,
}

/// How points are counted over a form.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct PointScheme {
    /// Units in one point.
    #[schemars(range(min = 1, max = 1000))]
    pub scale: i64,
    /// What an item that does not apply counts.
    pub na: NaPoints,
    /// Most units that adjustments may add and take away.
    pub adjustment_cap: AdjustmentCap,
    /// Overall bands, best first.
    #[schemars(default)]
    pub bands: Vec<Band>,
    /// Bands that make a form eligible; empty where points do not decide.
    #[schemars(default)]
    pub eligible_bands: Vec<Id>,
}

/// What an item that does not apply counts.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum NaPoints {
    /// left out
    Drop,
    /// full marks
    Full,
}

/// Most units that adjustments may add and take away.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct AdjustmentCap {
    /// Added.
    pub up: Count,
    /// Taken away.
    pub down: Count,
}

/// An overall band.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Band {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub label: Label,
    /// Its floor, in hundredths of a per cent of the available points.
    #[schemars(range(min = 0, max = 10_000))]
    pub at_least_bp: i64,
    /// Items that must have full points.
    #[schemars(default)]
    pub full_items: Vec<Id>,
}

/// What decides about a form.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Decision {
    /// How many criteria must pass.
    #[schemars(range(min = 0, max = 1000))]
    pub criteria_required: i64,
    /// The vote, if the pack has a rule for it.
    pub vote: Option<VoteRule>,
}

/// The share of votes that a form needs: in favour × `den` compared with `num` × base.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct VoteRule {
    /// Whether a form without a vote is incomplete.
    #[schemars(default)]
    pub required: bool,
    /// The base of the share.
    pub of: VoteBase,
    /// More than, or at least.
    pub op: VoteOp,
    /// Numerator.
    #[schemars(range(min = 0, max = 1000))]
    pub num: i64,
    /// Denominator.
    #[schemars(range(min = 1, max = 1000))]
    pub den: i64,
}

/// The base of a vote.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum VoteBase {
    /// members entitled to vote
    Eligible,
    /// members present
    Present,
}

/// How a vote is compared with its share.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum VoteOp {
    /// more than
    Gt,
    /// at least
    Ge,
}

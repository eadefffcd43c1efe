//! The outcome (spec s. 2.7), as a schema.

use schemars::JsonSchema;

use super::words::{Count, Id, Nullable};

/// The outcome of a form by the rules of its pack.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "outcome")]
pub struct Outcome {
    /// The version of the rules.
    #[schemars(extend("const" = 1))]
    pub spec: i64,
    /// The verdict. Never *recognised*: people decide that.
    pub verdict: FormVerdict,
    /// Every criterion, in pack order.
    pub criteria: Vec<CriterionOutcome>,
    /// Every gate that belongs to the form, in pack order.
    pub gates: Vec<GateOutcome>,
    /// The vote.
    pub vote: VoteState,
    /// The points; null where the pack counts none.
    pub points: Nullable<PointsOutcome>,
    /// Why the form is not eligible, or waits.
    pub reasons: Vec<Reason>,
    /// What has to be mended before the form is complete.
    pub problems: Vec<Problem>,
}

/// The verdict of a form.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum FormVerdict {
    /// không đủ điều kiện đề nghị
    NotEligible,
    /// chưa điền xong
    Incomplete,
    /// chờ xác minh
    Pending,
    /// đủ điều kiện đề nghị
    Eligible,
}

/// The outcome of one criterion.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct CriterionOutcome {
    /// The criterion.
    pub id: Id,
    /// Its verdict.
    pub verdict: CriterionVerdict,
    /// Items met.
    pub met: Count,
    /// Items not met.
    pub not_met: Count,
    /// Items that do not apply.
    pub not_applicable: Count,
    /// Items without an answer.
    pub unanswered: Count,
    /// Units earned; null where the pack counts no points.
    pub earned: Nullable<i64>,
    /// Units available; null where the pack counts no points.
    pub available: Nullable<i64>,
}

/// The verdict of a criterion.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum CriterionVerdict {
    /// đạt
    Passed,
    /// không đạt
    Failed,
    /// chưa điền xong
    Incomplete,
}

/// The state of one gate.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct GateOutcome {
    /// The gate.
    pub id: Id,
    /// Its state.
    pub state: GateState,
}

/// The state of a gate.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum GateState {
    /// nothing stands in the way
    Clear,
    /// it happened, and it counts
    Open,
    /// nothing was declared
    Unanswered,
}

/// The state of the vote.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum VoteState {
    /// enough votes in favour
    Passed,
    /// not enough votes in favour
    Failed,
    /// required and not given
    Missing,
    /// no rule asks for it, or it is not required and none was given
    NotRequired,
}

/// The points of a form, in units.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct PointsOutcome {
    /// Earned, adjustments included.
    pub earned: i64,
    /// Available.
    pub available: i64,
    /// Hundredths of a per cent, rounded down; null where nothing is available.
    pub bp: Nullable<i64>,
    /// The band that is reached, if any.
    pub band: Nullable<Id>,
}

/// Why a form is not eligible, or waits.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, tag = "rule", rename_all = "snake_case")]
pub enum Reason {
    /// A gate that fails the form is open.
    GateOpen {
        /// The gate.
        gate: Id,
    },
    /// A mandatory item is not met.
    MandatoryNotMet {
        /// The criterion.
        criterion: Id,
        /// The item.
        item: Id,
    },
    /// Too few of the other items can still be met.
    ShareNotReached {
        /// The criterion.
        criterion: Id,
    },
    /// The vote did not pass.
    VoteNotPassed {},
    /// The band of the points is none that makes a form eligible.
    BandNotReached {},
    /// A gate that waits for the superior is open.
    GatePending {
        /// The gate.
        gate: Id,
    },
}

/// Something that has to be mended before the form is complete.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    /// A fact is blank.
    FactRequired {
        /// The fact.
        fact: Id,
    },
    /// The verdict differs from the rule's, and the item allows no override.
    OverrideNotAllowed {
        /// The item.
        item: Id,
    },
    /// A reason is missing.
    ReasonRequired {
        /// The item.
        item: Id,
    },
    /// An item that must be answered was said not to apply.
    SkipNotAllowed {
        /// The item.
        item: Id,
    },
    /// A required field is blank.
    FieldRequired {
        /// The item.
        item: Id,
        /// The field.
        field: Id,
    },
    /// Evidence is missing.
    EvidenceRequired {
        /// The item.
        item: Id,
    },
    /// The points cannot be worked out yet.
    PointsUnknown {
        /// The item.
        item: Id,
    },
    /// The exception of a gate needs a note.
    NoteRequired {
        /// The gate.
        gate: Id,
    },
    /// The gate has no exception.
    ExceptionNotAllowed {
        /// The gate.
        gate: Id,
    },
    /// The day of the occurrence is missing.
    DateRequired {
        /// The gate.
        gate: Id,
    },
    /// The numbers of the vote are incomplete or contradict each other.
    VoteInconsistent {},
}

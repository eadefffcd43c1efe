//! The outcome as a document (spec s. 2.7): what a signed file states and a receiver recomputes.

use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use crate::json::Within;
use crate::rules::GateState;
use crate::string_enum;
use crate::value::Id;

string_enum! {
    /// The verdict of the form. Never *recognised*: people decide that.
    pub enum FormVerdict {
        /// không đủ điều kiện đề nghị
        NotEligible = "not_eligible",
        /// chưa điền xong
        Incomplete = "incomplete",
        /// chờ xác minh
        Pending = "pending",
        /// đủ điều kiện đề nghị
        Eligible = "eligible",
    }
}

string_enum! {
    /// The verdict of a criterion.
    pub enum CriterionVerdict {
        /// đạt
        Passed = "passed",
        /// không đạt
        Failed = "failed",
        /// chưa điền xong
        Incomplete = "incomplete",
    }
}

string_enum! {
    /// The state of the vote.
    pub enum VoteState {
        /// Enough votes in favour.
        Passed = "passed",
        /// Not enough votes in favour.
        Failed = "failed",
        /// Required and not given.
        Missing = "missing",
        /// No rule asks for it, or it is not required and none was given.
        NotRequired = "not_required",
    }
}

string_enum! {
    /// What a person has to mend at an item.
    pub enum ItemProblem {
        /// The verdict differs from the rule's, and the item allows no override.
        OverrideNotAllowed = "override_not_allowed",
        /// A reason is missing.
        ReasonRequired = "reason_required",
        /// *Not applicable* was said of an item that must be answered.
        SkipNotAllowed = "skip_not_allowed",
        /// A required field is blank.
        FieldRequired = "field_required",
        /// Evidence is missing.
        EvidenceRequired = "evidence_required",
        /// The points cannot be worked out yet.
        PointsUnknown = "points_unknown",
        /// A check of the item fails.
        CheckFailed = "check_failed",
    }
}

string_enum! {
    /// What a person has to mend at a gate.
    pub enum GateProblem {
        /// The exception needs a note.
        NoteRequired = "note_required",
        /// This gate has no exception.
        ExceptionNotAllowed = "exception_not_allowed",
        /// The day of the occurrence is missing.
        DateRequired = "date_required",
    }
}

/// Something that a person has to mend before the form is complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(tag = "problem", rename_all = "snake_case", deny_unknown_fields)]
pub enum Problem {
    /// A fact is blank.
    FactRequired {
        /// The fact.
        fact: Id,
    },
    /// A check of the pack fails: facts contradict each other.
    CheckFailed {
        /// The check.
        check: Id,
    },
    /// The numbers of the vote are incomplete or contradict each other.
    VoteInconsistent,
    /// At an item, and there perhaps at a field or a check.
    #[serde(untagged)]
    Item {
        /// What it is.
        problem: ItemProblem,
        /// The item.
        item: Id,
        /// The field.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "cli", schemars(default, with = "Id"))]
        field: Option<Id>,
        /// The check.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "cli", schemars(default, with = "Id"))]
        check: Option<Id>,
    },
    /// At a gate.
    #[serde(untagged)]
    Gate {
        /// What it is.
        problem: GateProblem,
        /// The gate.
        gate: Id,
    },
}

/// Why a form is not eligible, or waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
pub enum Reason {
    /// A gate with effect *fail* is open.
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
    VoteNotPassed,
    /// The band of the points is none that makes a form eligible.
    BandNotReached,
    /// A gate with effect *pending* is open.
    GatePending {
        /// The gate.
        gate: Id,
    },
}

/// How many items there are.
type Count = Within<0, 1_000_000_000>;

/// The outcome of one criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CriterionOutcome {
    /// The criterion.
    pub id: Id,
    /// Its verdict.
    pub verdict: CriterionVerdict,
    /// Items met.
    #[serde(with = "Count")]
    pub met: i64,
    /// Items not met.
    #[serde(with = "Count")]
    pub not_met: i64,
    /// Items that do not apply.
    #[serde(with = "Count")]
    pub not_applicable: i64,
    /// Items without an answer.
    #[serde(with = "Count")]
    pub unanswered: i64,
    /// Units earned; `None` where the pack counts no points.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<i64>"))]
    pub earned: Option<i64>,
    /// Units available; `None` where the pack counts no points.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<i64>"))]
    pub available: Option<i64>,
}

/// The state of one gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GateOutcome {
    /// The gate.
    pub id: Id,
    /// Its state.
    pub state: GateState,
}

/// The points of the form, in units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PointsOutcome {
    /// Earned, adjustments included.
    pub earned: i64,
    /// Available.
    pub available: i64,
    /// Hundredths of a per cent, rounded down; `None` where nothing is available.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<i64>"))]
    pub bp: Option<i64>,
    /// The band that is reached.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<Id>"))]
    pub band: Option<Id>,
}

/// The outcome of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "cli", schemars(title = "outcome"))]
pub struct Outcome {
    /// The version of the rules.
    pub spec: RulesVersion,
    /// The verdict.
    pub verdict: FormVerdict,
    /// Every criterion, in pack order.
    pub criteria: Vec<CriterionOutcome>,
    /// Every gate that belongs to the form, in pack order.
    pub gates: Vec<GateOutcome>,
    /// The vote.
    pub vote: VoteState,
    /// The points.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<PointsOutcome>"))]
    pub points: Option<PointsOutcome>,
    /// Why, in the order of the spec.
    pub reasons: Vec<Reason>,
    /// What is to be mended, in the order of the spec.
    pub problems: Vec<Problem>,
}

/// The version of the rules by which a document was made: 1 (spec s. 2.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RulesVersion;

impl Serialize for RulesVersion {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_i64(1)
    }
}

#[cfg(feature = "cli")]
impl schemars::JsonSchema for RulesVersion {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RulesVersion".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "const": 1 })
    }
}

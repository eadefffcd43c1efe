//! The outcome as a document (spec s. 2.7): what a signed file states and a receiver recomputes.

use crate::json::{Builder, Json, Write};
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A fact is blank.
    FactRequired(Id),
    /// At an item, and there perhaps at a field.
    Item {
        /// What it is.
        problem: ItemProblem,
        /// The item.
        item: Id,
        /// The field.
        field: Option<Id>,
    },
    /// At a gate.
    Gate {
        /// What it is.
        problem: GateProblem,
        /// The gate.
        gate: Id,
    },
    /// The numbers of the vote are incomplete or contradict each other.
    VoteInconsistent,
}

/// Why a form is not eligible, or waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A gate with effect *fail* is open.
    GateOpen(Id),
    /// A mandatory item is not met.
    MandatoryNotMet {
        /// The criterion.
        criterion: Id,
        /// The item.
        item: Id,
    },
    /// Too few of the other items can still be met.
    ShareNotReached(Id),
    /// The vote did not pass.
    VoteNotPassed,
    /// The band of the points is none that makes a form eligible.
    BandNotReached,
    /// A gate with effect *pending* is open.
    GatePending(Id),
}

/// The outcome of one criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriterionOutcome {
    /// The criterion.
    pub id: Id,
    /// Its verdict.
    pub verdict: CriterionVerdict,
    /// Items met.
    pub met: i64,
    /// Items not met.
    pub not_met: i64,
    /// Items that do not apply.
    pub not_applicable: i64,
    /// Items without an answer.
    pub unanswered: i64,
    /// Points earned and available, in units; `None` where the pack counts none.
    pub points: Option<(i64, i64)>,
}

/// The points of the form, in units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointsOutcome {
    /// Earned, adjustments included.
    pub earned: i64,
    /// Available.
    pub available: i64,
    /// Hundredths of a per cent, rounded down; `None` where nothing is available.
    pub bp: Option<i64>,
    /// The band that is reached.
    pub band: Option<Id>,
}

/// The outcome of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The verdict.
    pub verdict: FormVerdict,
    /// Every criterion, in pack order.
    pub criteria: Vec<CriterionOutcome>,
    /// Every gate that belongs to the form, in pack order.
    pub gates: Vec<(Id, GateState)>,
    /// The vote.
    pub vote: VoteState,
    /// The points.
    pub points: Option<PointsOutcome>,
    /// Why, in the order of the spec.
    pub reasons: Vec<Reason>,
    /// What is to be mended, in the order of the spec.
    pub problems: Vec<Problem>,
}

impl Write for Outcome {
    fn write(&self) -> Json {
        let criteria: Vec<_> = self.criteria.iter().map(Write::write).collect();
        let gate = |(id, state): &(Id, GateState)| {
            Builder::new().with("id", id).with("state", *state).done()
        };
        Builder::new()
            .with("spec", 1)
            .with("verdict", self.verdict)
            .with("criteria", criteria)
            .with("gates", self.gates.iter().map(gate).collect::<Vec<_>>())
            .with("vote", self.vote)
            .with("points", self.points.as_ref().map(Write::write))
            .with(
                "reasons",
                self.reasons.iter().map(Write::write).collect::<Vec<_>>(),
            )
            .with(
                "problems",
                self.problems.iter().map(Write::write).collect::<Vec<_>>(),
            )
            .done()
    }
}

impl Write for CriterionOutcome {
    fn write(&self) -> Json {
        Builder::new()
            .with("id", &self.id)
            .with("verdict", self.verdict)
            .with("met", self.met)
            .with("not_met", self.not_met)
            .with("not_applicable", self.not_applicable)
            .with("unanswered", self.unanswered)
            .with("earned", self.points.map(|(earned, _)| earned))
            .with("available", self.points.map(|(_, available)| available))
            .done()
    }
}

impl Write for PointsOutcome {
    fn write(&self) -> Json {
        Builder::new()
            .with("earned", self.earned)
            .with("available", self.available)
            .with("bp", self.bp)
            .with("band", self.band.as_ref())
            .done()
    }
}

impl Write for Reason {
    fn write(&self) -> Json {
        let rule = |rule| Builder::new().with("rule", rule);
        match self {
            Reason::GateOpen(gate) => rule("gate_open").with("gate", gate),
            Reason::MandatoryNotMet { criterion, item } => rule("mandatory_not_met")
                .with("criterion", criterion)
                .with("item", item),
            Reason::ShareNotReached(id) => rule("share_not_reached").with("criterion", id),
            Reason::VoteNotPassed => rule("vote_not_passed"),
            Reason::BandNotReached => rule("band_not_reached"),
            Reason::GatePending(gate) => rule("gate_pending").with("gate", gate),
        }
        .done()
    }
}

impl Write for Problem {
    fn write(&self) -> Json {
        let problem = |problem| Builder::new().with("problem", problem);
        match self {
            Problem::FactRequired(id) => problem("fact_required").with("fact", id),
            Problem::Item {
                problem: what,
                item,
                field,
            } => problem(what.as_str())
                .with("item", item)
                .with_some("field", field.as_ref()),
            Problem::Gate {
                problem: what,
                gate,
            } => problem(what.as_str()).with("gate", gate),
            Problem::VoteInconsistent => problem("vote_inconsistent"),
        }
        .done()
    }
}

//! The outcome of a form by the rules of its pack (spec s. 2.3–2.7), and the plan to make it eligible.
//!
//! Pure, in whole numbers: the same pack and answers give the same outcome everywhere. [`Evaluation`]
//! keeps its results, so that a changed answer recomputes one item.

mod eval;
mod evaluation;
mod explain;
mod gate;
mod item;
mod nearest;
mod outcome;
mod plan;
mod points;
mod reach;
mod scope;
mod step;
mod tally;

pub use eval::{Values, holds, number};
pub use evaluation::Evaluation;
pub use explain::{Explained, Number, explain};
pub use gate::{GateResult, GateState};
pub use item::{ItemScore, ItemState, Verdict};
pub use outcome::{
    CriterionOutcome, CriterionVerdict, FormVerdict, GateOutcome, GateProblem, ItemProblem,
    Outcome, PointsOutcome, Problem, Reason, RulesVersion, VoteState,
};
pub use plan::plan;
pub use scope::Scope;
pub use step::{FieldChange, Plan, PlanStep, PointSource};
pub use tally::Tally;

use crate::form::Assessment;
use crate::pack::Pack;

/// The outcome of a form that fits its pack ([`form::check`](crate::form::check)). Answers to parts
/// that do not apply to the form are ignored.
pub fn outcome(pack: &Pack, form: &Assessment) -> Outcome {
    Evaluation::of(pack, form).outcome(pack, form)
}

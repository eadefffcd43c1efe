//! The outcome of a form by the rules of its pack (spec s. 2.3–2.7), and what it would still take.
//!
//! Pure and whole-numbered: the same pack and the same answers give the same outcome everywhere.
//! [`Evaluation`] keeps what it has worked out, so that one answer recomputes one item.

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

/// The outcome of a form. The form has been checked against the pack
/// ([`form::check`](crate::form::check)); answers that do not belong to it are ignored.
pub fn outcome(pack: &Pack, form: &Assessment) -> Outcome {
    Evaluation::of(pack, form).outcome(pack, form)
}

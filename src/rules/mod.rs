//! The outcome of a form by the rules of its pack (spec s. 2.3–2.7), and the plan to make it eligible.
//!
//! Pure, in whole numbers: the same pack and answers give the same outcome everywhere. [`Evaluation`]
//! keeps its results, so that a changed answer recomputes one item.
//!
//! ```
//! use bon_tot::pack::catalog::Catalog;
//! use bon_tot::rules::{FormVerdict, outcome, plan};
//! # use bon_tot::form::{Assessment, Period};
//! # use bon_tot::value::{AssessmentId, Date, Instant};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let packs = Catalog::built_in()?;
//! let pack = packs.packs().first().ok_or("there are built-in packs")?;
//! # let day = Date::new(2026, 6, 30).ok_or("this is a day")?;
//! # let period = Period { kind: pack.periods[0], from: day, to: day };
//! # let (id, now) = (AssessmentId::from_bits([7; 16]), Instant::from_unix(1_795_399_398));
//! # let form = Assessment::blank(pack, id, period, now).ok_or("the pack has levels and types")?;
//! // A blank form of the pack is incomplete; the plan says what is to be done.
//! assert_eq!(outcome(pack, &form).verdict, FormVerdict::Incomplete);
//! assert!(plan(pack, &form).count() > 0);
//! # Ok(())
//! # }
//! ```

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

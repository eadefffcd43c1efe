//! Gates (*điều kiện bắt buộc*, spec s. 2.6).

use crate::form::{GateAnswer, Period};
use crate::pack::Gate;
use crate::rules::{GateProblem, Verdict};
use crate::string_enum;
use crate::value::is_blank;

string_enum! {
    /// The state of a gate.
    pub enum GateState {
        /// Nothing stands in the way.
        Clear = "clear",
        /// It happened, and it counts.
        Open = "open",
        /// Nothing was declared.
        Unanswered = "unanswered",
    }
}

/// The result of one gate of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateResult {
    /// Its state.
    pub state: GateState,
    /// Problems that a person has to mend.
    pub problems: Vec<GateProblem>,
}

impl GateResult {
    fn plain(state: GateState) -> GateResult {
        GateResult { state, problems: Vec::new() }
    }

    /// The result of a gate that depends on items, given their verdicts.
    pub fn of_items(verdicts: impl Iterator<Item = Verdict>) -> GateResult {
        let mut state = GateState::Clear;
        for verdict in verdicts {
            match verdict {
                Verdict::NotMet => return GateResult::plain(GateState::Open),
                Verdict::Unanswered => state = GateState::Unanswered,
                Verdict::Met | Verdict::NotApplicable => {}
            }
        }
        GateResult::plain(state)
    }

    /// The result of a gate that a person declares.
    pub fn of_answer(gate: &Gate, answer: Option<&GateAnswer>, period: &Period) -> GateResult {
        let Some(answer) = answer else {
            return GateResult::plain(GateState::Unanswered);
        };
        if !answer.open {
            return GateResult::plain(GateState::Clear);
        }
        let mut problems = Vec::new();
        if answer.excepted {
            if gate.allows_exception {
                if is_blank(&answer.note) {
                    problems.push(GateProblem::NoteRequired);
                }
                return GateResult { state: GateState::Clear, problems };
            }
            problems.push(GateProblem::ExceptionNotAllowed);
        }
        let state = match answer.occurred {
            None => {
                problems.push(GateProblem::DateRequired);
                GateState::Open
            }
            Some(day) if period.contains(day) && gate.in_force.contains(day) => GateState::Open,
            Some(_) => GateState::Clear,
        };
        GateResult { state, problems }
    }
}

//! The verdict of one item (spec s. 2.3) and its points (spec s. 2.4).

use crate::form::{Answer, AnswerVerdict};
use crate::pack::{Check, EvidenceRule, Item, NaPoints, Pack, Severity};
use crate::rules::{ItemProblem, Problem, Values, holds};
use crate::string_enum;
use crate::value::{Id, is_blank};

string_enum! {
    /// The verdict of an item.
    pub enum Verdict {
        /// đạt
        Met = "met",
        /// không đạt
        NotMet = "not_met",
        /// không áp dụng
        NotApplicable = "not_applicable",
        /// chưa trả lời
        Unanswered = "unanswered",
    }
}

impl From<AnswerVerdict> for Verdict {
    fn from(verdict: AnswerVerdict) -> Self {
        match verdict {
            AnswerVerdict::Met => Verdict::Met,
            AnswerVerdict::NotMet => Verdict::NotMet,
            AnswerVerdict::NotApplicable => Verdict::NotApplicable,
        }
    }
}

/// The result of one item of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemState {
    /// The verdict that counts.
    pub verdict: Verdict,
    /// The verdict that the rule derives; `None` where the item has no rule.
    pub derived: Option<Verdict>,
    /// Whether a person overruled the rule, with a reason.
    pub overridden: bool,
    /// Problems that a person has to mend, in the order of the outcome; each perhaps at a field, or the one of a
    /// check.
    pub problems: Vec<(ItemProblem, Option<Id>)>,
    /// The checks that fail, of either severity, by index in the item.
    pub failed_checks: Vec<usize>,
    /// Its points; `None` where it is not scored.
    pub score: Option<ItemScore>,
}

/// The points of one item, in units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemScore {
    /// Points earned; 0 while unknown.
    pub earned: i64,
    /// Points that could be earned.
    pub available: i64,
}

impl ItemState {
    /// Does a check of severity error fail: does the verdict rest on numbers that cannot be?
    pub fn is_impossible(&self) -> bool {
        self.problems.iter().any(|(problem, _)| *problem == ItemProblem::CheckFailed)
    }

    /// Would a reason make the verdict count that the person gave?
    pub fn lacks_reason(&self) -> bool {
        let mut problems = self.problems.iter();
        problems.any(|(problem, _)| *problem == ItemProblem::ReasonRequired)
    }

    /// Evaluates an item with the answer in `values`.
    pub fn of(pack: &Pack, item: &Item, values: &Values<'_>) -> ItemState {
        let none = Answer::default();
        let answer = values.answer.unwrap_or(&none);
        let mut state = judge(item, answer, values);
        if matches!(state.verdict, Verdict::Met | Verdict::NotMet) {
            let blank = item.fields.iter().filter(|f| f.required && answer.is_blank(&f.id));
            let blank = blank.map(|f| (ItemProblem::FieldRequired, Some(f.id.clone())));
            state.problems.extend(blank);
        }
        if state.verdict == Verdict::Met
            && item.evidence == EvidenceRule::Required
            && is_blank(&answer.evidence)
        {
            state.problems.push((ItemProblem::EvidenceRequired, None));
        }
        score(pack, item, values, &mut state);
        if state.verdict != Verdict::NotApplicable {
            state.check(&item.checks, values);
        }
        state
    }

    fn check(&mut self, checks: &[Check], values: &Values<'_>) {
        for (index, check) in checks.iter().enumerate() {
            if holds(&check.when, values) != Some(false) {
                continue;
            }
            self.failed_checks.push(index);
            if check.severity == Severity::Error {
                self.problems.push((ItemProblem::CheckFailed, Some(check.id.clone())));
            }
        }
    }

    /// Its problems as the outcome of the form states them.
    pub(super) fn problems_of(&self, item: &Item) -> impl Iterator<Item = Problem> {
        self.problems.iter().map(|(problem, place)| {
            let (problem, item, place) = (*problem, item.id.clone(), place.clone());
            let (field, check) = match problem {
                ItemProblem::CheckFailed => (None, place),
                _ => (place, None),
            };
            Problem::Item { problem, item, field, check }
        })
    }
}

fn judge(item: &Item, answer: &Answer, values: &Values<'_>) -> ItemState {
    let skipped = item.na_when.as_ref().and_then(|c| holds(c, values)) == Some(true);
    let derived = if skipped {
        Some(Verdict::NotApplicable)
    } else {
        item.met_when.as_ref().map(|cond| match holds(cond, values) {
            Some(true) => Verdict::Met,
            Some(false) => Verdict::NotMet,
            None => Verdict::Unanswered,
        })
    };
    let said = answer.verdict.map(Verdict::from);
    let has_reason = !is_blank(&answer.reason);
    let mut problem = None;
    let mut overridden = false;
    let verdict = match (derived, said) {
        (Some(derived), Some(said)) if said != derived => {
            if !item.overridable {
                problem = Some(ItemProblem::OverrideNotAllowed);
                derived
            } else if !has_reason {
                problem = Some(ItemProblem::ReasonRequired);
                derived
            } else {
                overridden = true;
                said
            }
        }
        (Some(derived), _) => derived,
        (None, Some(Verdict::NotApplicable)) => {
            if !item.may_skip {
                problem = Some(ItemProblem::SkipNotAllowed);
                Verdict::Unanswered
            } else if !has_reason {
                problem = Some(ItemProblem::ReasonRequired);
                Verdict::Unanswered
            } else {
                Verdict::NotApplicable
            }
        }
        (None, said) => said.unwrap_or(Verdict::Unanswered),
    };
    ItemState {
        verdict,
        derived,
        overridden,
        problems: problem.map(|p| (p, None)).into_iter().collect(),
        failed_checks: Vec::new(),
        score: None,
    }
}

fn score(pack: &Pack, item: &Item, values: &Values<'_>, state: &mut ItemState) {
    let (Some(scheme), Some(points)) = (&pack.points, &item.points) else {
        return;
    };
    let max = points.max;
    let earned = if state.verdict == Verdict::NotApplicable {
        match scheme.na {
            NaPoints::Drop => return,
            NaPoints::Full => Some(max),
        }
    } else if points.bands.is_empty() {
        match state.verdict {
            Verdict::Met => Some(max),
            Verdict::Unanswered => None,
            Verdict::NotMet | Verdict::NotApplicable => Some(0),
        }
    } else {
        let first = points.bands.iter().find_map(|band| match holds(&band.when, values) {
            Some(true) => Some(Some(band.points)),
            Some(false) => None,
            None => Some(None),
        });
        first.unwrap_or(Some(0))
    };
    if earned.is_none() && state.verdict != Verdict::Unanswered {
        state.problems.push((ItemProblem::PointsUnknown, None));
    }
    state.score = Some(ItemScore { earned: earned.unwrap_or(0), available: max });
}

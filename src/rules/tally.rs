//! Counts over the items of one criterion (spec s. 2.5), kept incrementally.

use crate::pack::{Criterion, Item};
use crate::rules::{CriterionVerdict, ItemState, Verdict};

/// Counts over the items of a criterion that apply to the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Items met.
    pub met: i64,
    /// Items not met.
    pub not_met: i64,
    /// Items that do not apply.
    pub not_applicable: i64,
    /// Items without an answer.
    pub unanswered: i64,
    /// Mandatory items not met.
    pub mandatory_not_met: i64,
    /// Items met that are not mandatory.
    pub others_met: i64,
    /// Items not met that are not mandatory.
    pub others_not_met: i64,
    /// Items without an answer that are not mandatory.
    pub others_unanswered: i64,
    /// Points earned, in units.
    pub earned: i64,
    /// Points available, in units.
    pub available: i64,
    /// Problems of the items.
    pub problems: i64,
}

impl Tally {
    /// Adds an item (`sign` 1) or removes it (`sign` −1).
    pub fn count(&mut self, item: &Item, state: &ItemState, sign: i64) {
        let others = if item.mandatory { 0 } else { sign };
        match state.verdict {
            Verdict::Met => {
                self.met += sign;
                self.others_met += others;
            }
            Verdict::NotMet => {
                self.not_met += sign;
                self.others_not_met += others;
                self.mandatory_not_met += sign - others;
            }
            Verdict::NotApplicable => self.not_applicable += sign,
            Verdict::Unanswered => {
                self.unanswered += sign;
                self.others_unanswered += others;
            }
        }
        if let Some(score) = state.score {
            self.earned += sign * score.earned;
            self.available += sign * score.available;
        }
        // A problem list has a handful of entries.
        self.problems += sign * state.problems.len() as i64;
    }

    /// How many items apply to the form.
    pub fn items(&self) -> i64 {
        self.met + self.not_met + self.not_applicable + self.unanswered
    }

    /// Is the share of the items that are not mandatory out of reach, even if every unanswered one
    /// were met?
    pub fn share_missed(&self, criterion: &Criterion) -> bool {
        let met = self.others_met + self.others_unanswered;
        met * 100 < criterion.others_percent * (met + self.others_not_met)
    }

    /// The verdict of the criterion.
    pub fn verdict(&self, criterion: &Criterion) -> CriterionVerdict {
        if self.mandatory_not_met > 0 || self.share_missed(criterion) {
            CriterionVerdict::Failed
        } else if self.unanswered > 0 {
            CriterionVerdict::Incomplete
        } else {
            CriterionVerdict::Passed
        }
    }
}

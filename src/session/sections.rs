//! The sections of a form, in page order.

use crate::rules::{CriterionVerdict, GateState, Verdict};
use crate::session::{EntryField, Session};

/// A section of the form; the page shows one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Unit, period, facts.
    Unit,
    /// The items of a criterion, by its index in the pack.
    Criterion(usize),
    /// Gates.
    Gates,
    /// Bonuses and penalties.
    Adjustments,
    /// The vote.
    Vote,
    /// Good models and remarks.
    Practices,
    /// Outcome, sealing, export.
    Review,
}

/// How far a section is filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Questions that are settled.
    pub done: usize,
    /// All questions.
    pub all: usize,
}

impl Session {
    /// The sections of this form, in order.
    pub fn sections(&self) -> Vec<Section> {
        let pack = self.pack();
        let scope = self.evaluation().scope();
        let mut sections = vec![Section::Unit];
        let with_items = (0..pack.criteria.len())
            .filter(|index| self.evaluation().tally(*index).is_some_and(|tally| tally.items() > 0));
        sections.extend(with_items.map(Section::Criterion));
        if self.declared_gates().next().is_some() {
            sections.push(Section::Gates);
        }
        if scope.adjustments.contains(&true) {
            sections.push(Section::Adjustments);
        }
        if pack.decision.vote.is_some() {
            sections.push(Section::Vote);
        }
        sections.extend([Section::Practices, Section::Review]);
        sections
    }

    /// The name of a section in drafts and test ids.
    pub fn section_name(&self, section: Section) -> String {
        match section {
            Section::Unit => "unit".into(),
            Section::Criterion(index) => {
                self.pack().criteria.get(index).map(|c| c.id.to_string()).unwrap_or_default()
            }
            Section::Gates => "gates".into(),
            Section::Adjustments => "adjustments".into(),
            Section::Vote => "vote".into(),
            Section::Practices => "practices".into(),
            Section::Review => "review".into(),
        }
    }

    /// The section with this name; the first where there is none.
    pub fn section_by_name(&self, name: &str) -> Section {
        let mut sections = self.sections().into_iter();
        sections.find(|section| self.section_name(*section) == name).unwrap_or(Section::Unit)
    }

    /// Items of a criterion that apply to the form, by index in the pack.
    pub fn items_of(&self, criterion: usize) -> Vec<usize> {
        self.evaluation().scope().items_of(criterion).to_vec()
    }

    /// Gates that a person declares, by index in the pack.
    pub fn declared_gates(&self) -> impl Iterator<Item = usize> + '_ {
        let gates = self.pack().gates.iter().enumerate();
        gates
            .filter(|(index, gate)| {
                gate.items.is_empty() && self.evaluation().gate(*index).is_some()
            })
            .map(|(index, _)| index)
    }

    /// Facts that apply to the form, by index in the pack.
    pub fn facts(&self) -> impl Iterator<Item = usize> + '_ {
        let scope = self.evaluation().scope();
        scope.facts.iter().enumerate().filter(|(_, belongs)| **belongs).map(|(index, _)| index)
    }

    /// How far a section is filled; `None` where it has no questions to count.
    pub fn progress(&self, section: Section) -> Option<Progress> {
        let count = |settled: Vec<bool>| Progress {
            done: settled.iter().filter(|settled| **settled).count(),
            all: settled.len(),
        };
        match section {
            Section::Unit => {
                let facts = self.facts().filter_map(|index| self.pack().facts.get(index));
                let mut settled: Vec<_> =
                    facts.map(|fact| self.form().facts.contains_key(&fact.id)).collect();
                settled.push(!crate::value::is_blank(&self.form().unit.name));
                settled.push(!self.period_is_unread());
                settled.extend(self.evaluation().failed_errors(self.pack()).map(|_| false));
                Some(count(settled))
            }
            Section::Criterion(index) => {
                self.evaluation().tally(index)?;
                let items = self.evaluation().scope().items_of(index).iter();
                Some(count(items.map(|item| self.is_answered(*item)).collect()))
            }
            Section::Gates => Some(count(
                self.declared_gates()
                    .filter_map(|index| self.evaluation().gate(index))
                    .map(|gate| gate.state != GateState::Unanswered && gate.problems.is_empty())
                    .collect(),
            )),
            Section::Vote => {
                let settled = self.form().vote.consistent().is_some();
                Some(count(vec![settled]))
            }
            Section::Adjustments | Section::Practices | Section::Review => None,
        }
    }

    /// Has an item a verdict, by numbers that can be?
    fn is_answered(&self, index: usize) -> bool {
        self.item(index)
            .is_some_and(|state| state.verdict != Verdict::Unanswered && !state.is_impossible())
    }

    /// How many checks of severity error fail: numbers that cannot be.
    pub fn impossible(&self) -> usize {
        let criteria = 0..self.pack().criteria.len();
        let items = criteria.flat_map(|criterion| self.evaluation().scope().items_of(criterion));
        let states = items.filter_map(|index| self.item(*index));
        states.filter(|state| state.is_impossible()).count()
            + self.evaluation().failed_errors(self.pack()).count()
    }

    /// Items answered, of all items that apply to the form.
    pub fn item_progress(&self) -> Progress {
        let mut progress = Progress::default();
        for index in 0..self.pack().criteria.len() {
            let own = self.progress(Section::Criterion(index)).unwrap_or_default();
            progress.done += own.done;
            progress.all += own.all;
        }
        progress
    }

    /// The verdict of a criterion, by its index in the pack.
    pub fn criterion_verdict(&self, index: usize) -> Option<CriterionVerdict> {
        let criterion = self.pack().criteria.get(index)?;
        Some(self.evaluation().tally(index)?.verdict(criterion))
    }

    /// Is an item answered, without a problem, and is every number field readable?
    pub fn is_settled(&self, index: usize) -> bool {
        let Some(item) = self.pack().items.get(index) else {
            return true;
        };
        let unread = |at: &EntryField| matches!(at, EntryField::Field(id, _) if *id == item.id);
        self.item(index)
            .is_none_or(|state| state.verdict != Verdict::Unanswered && state.problems.is_empty())
            && !self.typed().keys().any(unread)
    }
}

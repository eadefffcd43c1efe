//! What is still missing in a form, in page order.

use crate::rules::{GateState, Verdict, VoteState};
use crate::session::changes::VOTE;
use crate::session::{EntryField, Section, Session};
use crate::value::is_blank;

/// Something that is still missing, for a list with links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The name of the unit.
    UnitName,
    /// The period, where a text stands there that is none.
    Period,
    /// A fact, by index in the pack.
    Fact(usize),
    /// A check of the pack that fails, by index in the pack.
    Check(usize),
    /// An item without a verdict, by index in the pack.
    Item(usize),
    /// An item with a problem, by index in the pack.
    Problem(usize),
    /// A gate that is undeclared or has a problem, by index in the pack.
    Gate(usize),
    /// An adjustment with an entry that is no value, by index in the pack.
    Adjustment(usize),
    /// The vote.
    Vote,
}

impl Session {
    /// Everything that is missing.
    pub fn missing(&self) -> Vec<Missing> {
        let mut missing = Vec::new();
        if is_blank(&self.form().unit.name) {
            missing.push(Missing::UnitName);
        }
        if self.period_is_unread() {
            missing.push(Missing::Period);
        }
        let pack = self.pack();
        missing.extend(
            self.facts()
                .filter(|index| {
                    pack.facts.get(*index).is_some_and(|f| !self.form().facts.contains_key(&f.id))
                })
                .map(Missing::Fact),
        );
        missing.extend(self.evaluation().failed_errors(pack).map(Missing::Check));
        // Sections follow the criteria, so items are listed in that order.
        for criterion in 0..pack.criteria.len() {
            for index in self.items_of(criterion) {
                if self.item(index).is_some_and(|state| state.verdict == Verdict::Unanswered) {
                    missing.push(Missing::Item(index));
                } else if !self.is_settled(index) {
                    missing.push(Missing::Problem(index));
                }
            }
        }
        missing.extend(
            self.declared_gates()
                .filter(|index| {
                    self.evaluation().gate(*index).is_some_and(|gate| {
                        gate.state == GateState::Unanswered || !gate.problems.is_empty()
                    })
                })
                .map(Missing::Gate),
        );
        for (index, adjustment) in pack.adjustments.iter().enumerate() {
            if self.typed().contains_key(&EntryField::Adjustment(adjustment.id.clone())) {
                missing.push(Missing::Adjustment(index));
            }
        }
        let (vote, inconsistent) = self.evaluation().vote(pack, self.form());
        let is_unread = VOTE.iter().any(|field| self.typed().contains_key(field));
        if vote == VoteState::Missing || inconsistent || is_unread {
            missing.push(Missing::Vote);
        }
        missing
    }

    /// The section that shows it.
    pub fn section_of(&self, missing: &Missing) -> Section {
        match missing {
            Missing::UnitName | Missing::Period | Missing::Fact(_) | Missing::Check(_) => {
                Section::Unit
            }
            Missing::Item(index) | Missing::Problem(index) => {
                let criterion = self.pack().items.get(*index).map(|item| &item.criterion);
                let criteria = &self.pack().criteria;
                let index = criteria.iter().position(|c| Some(&c.id) == criterion);
                index.map_or(Section::Unit, Section::Criterion)
            }
            Missing::Gate(_) => Section::Gates,
            Missing::Adjustment(_) => Section::Adjustments,
            Missing::Vote => Section::Vote,
        }
    }
}

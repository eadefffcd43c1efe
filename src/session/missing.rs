//! What is still missing in a form, in page order.

use crate::rules::{GateState, ItemState, Verdict, VoteState};
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
    /// Everything that is missing, found as it is asked for.
    pub fn missing(&self) -> impl Iterator<Item = Missing> + '_ {
        let pack = self.pack();
        let unit = is_blank(&self.form().unit.name).then_some(Missing::UnitName);
        let period = self.period_is_unread().then_some(Missing::Period);
        let facts = self.facts().filter(|index| {
            pack.facts.get(*index).is_some_and(|f| !self.form().facts.contains_key(&f.id))
        });
        // Sections follow the criteria, so items are listed in that order.
        let items = (0..pack.criteria.len())
            .flat_map(|criterion| self.evaluation().scope().items_of(criterion))
            .filter(|index| !self.is_settled(**index));
        let items = items.map(|index| {
            let is_blank = |state: &ItemState| state.verdict == Verdict::Unanswered;
            let is_blank = self.item(*index).is_some_and(is_blank);
            if is_blank { Missing::Item(*index) } else { Missing::Problem(*index) }
        });
        let gates = self.declared_gates().filter(|index| {
            self.evaluation().gate(*index).is_some_and(|gate| {
                gate.state == GateState::Unanswered || !gate.problems.is_empty()
            })
        });
        let adjustments = pack.adjustments.iter().enumerate().filter(|(_, adjustment)| {
            self.typed().contains_key(&EntryField::Adjustment(adjustment.id.clone()))
        });
        unit.into_iter()
            .chain(period)
            .chain(facts.map(Missing::Fact))
            .chain(self.evaluation().failed_errors(pack).map(Missing::Check))
            .chain(items)
            .chain(gates.map(Missing::Gate))
            .chain(adjustments.map(|(index, _)| Missing::Adjustment(index)))
            .chain(self.lacks_vote().then_some(Missing::Vote))
    }

    fn lacks_vote(&self) -> bool {
        let (vote, inconsistent) = self.evaluation().vote(self.pack(), self.form());
        vote == VoteState::Missing
            || inconsistent
            || EntryField::VOTE.iter().any(|field| self.typed().contains_key(field))
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

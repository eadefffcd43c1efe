//! Differences between two states of a form.

use crate::pack::Item;
use crate::rules::Verdict;
use crate::session::{EntryField, Session, Touched};

/// A part of the form that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The unit or the locality.
    Unit,
    /// The period.
    Period,
    /// A fact, by index in the pack.
    Fact(usize),
    /// An item, by index in the pack, with its verdict then and now.
    Item(usize, Verdict, Verdict),
    /// A gate, by index in the pack.
    Gate(usize),
    /// An adjustment, by index in the pack.
    Adjustment(usize),
    /// The vote.
    Vote,
    /// The good models.
    Practices,
    /// The remarks.
    Remarks,
}

impl Session {
    /// Returns to another state of the same form. Revision and time of the last change stay: they only
    /// increase.
    pub fn return_to(&mut self, then: Session) -> Touched {
        let (revision, updated) = (self.form.revision, self.form.updated);
        *self = then;
        self.form.revision = revision;
        self.form.updated = updated;
        let items = (0..self.pack.items.len()).collect();
        Touched { items, answered: None, unit: true, scope: true }
    }

    /// The differences from an earlier state of the same form, in the order of the page. Revision and
    /// times do not count.
    pub fn changes_since(&self, then: &Session) -> Vec<Change> {
        let pack = self.pack();
        let (own, other) = (self.form(), then.form());
        let entered = |field: EntryField| self.entry(&field) != then.entry(&field);
        let mut changes = Vec::new();
        if own.unit != other.unit || own.locality != other.locality {
            changes.push(Change::Unit);
        }
        let period = [EntryField::PeriodFrom, EntryField::PeriodTo];
        if own.period != other.period || period.into_iter().any(entered) {
            changes.push(Change::Period);
        }
        for (index, fact) in pack.facts.iter().enumerate() {
            if entered(EntryField::Fact(fact.id.clone())) {
                changes.push(Change::Fact(index));
            }
        }
        for (index, item) in pack.items.iter().enumerate() {
            let verdict = |session: &Session| {
                let state = session.item(index);
                state.map_or(Verdict::Unanswered, |state| state.verdict)
            };
            if own.items.get(&item.id) != other.items.get(&item.id)
                || fields(item).any(entered)
                || verdict(self) != verdict(then)
            {
                changes.push(Change::Item(index, verdict(then), verdict(self)));
            }
        }
        for (index, gate) in pack.gates.iter().enumerate() {
            let day = EntryField::GateDate(gate.id.clone());
            if own.gates.get(&gate.id) != other.gates.get(&gate.id) || entered(day) {
                changes.push(Change::Gate(index));
            }
        }
        for (index, adjustment) in pack.adjustments.iter().enumerate() {
            if entered(EntryField::Adjustment(adjustment.id.clone())) {
                changes.push(Change::Adjustment(index));
            }
        }
        if own.vote != other.vote || EntryField::VOTE.into_iter().any(entered) {
            changes.push(Change::Vote);
        }
        if own.practices != other.practices {
            changes.push(Change::Practices);
        }
        if own.remarks != other.remarks {
            changes.push(Change::Remarks);
        }
        changes
    }
}

fn fields(item: &Item) -> impl Iterator<Item = EntryField> + '_ {
    let index = |field: &crate::pack::Field| EntryField::Field(item.id.clone(), field.id.clone());
    item.fields.iter().map(index)
}

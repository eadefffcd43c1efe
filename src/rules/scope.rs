//! The parts of a pack that apply to a form, by the unit's level and type alone.

use crate::form::{Assessment, Unit};
use crate::pack::{Applies, Criterion, Pack};
use crate::value::Id;

/// Whether each part of a pack applies to a form, by index in the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Facts.
    pub facts: Vec<bool>,
    /// Checks of the pack.
    pub checks: Vec<bool>,
    /// Items.
    pub items: Vec<bool>,
    /// Items that apply, by criterion.
    by_criterion: Vec<Vec<usize>>,
    /// Gates.
    pub gates: Vec<bool>,
    /// Adjustments.
    pub adjustments: Vec<bool>,
}

impl Scope {
    /// The scope of a unit's form.
    pub fn of(pack: &Pack, unit: &Unit) -> Scope {
        let belongs = |entries: &[Applies]| Applies::any(entries, &unit.level, &unit.unit_type);
        let items: Vec<_> = pack.items.iter().map(|x| belongs(&x.applies)).collect();
        let items_of = |criterion: &Criterion| {
            let own = pack.items.iter().zip(&items).enumerate();
            let own =
                own.filter(|(_, (item, belongs))| **belongs && item.criterion == criterion.id);
            own.map(|(index, _)| index).collect()
        };
        Scope {
            by_criterion: pack.criteria.iter().map(items_of).collect(),
            facts: pack.facts.iter().map(|x| belongs(&x.applies)).collect(),
            checks: pack.checks.iter().map(|x| belongs(&x.applies)).collect(),
            items,
            gates: pack.gates.iter().map(|x| belongs(&x.applies)).collect(),
            adjustments: pack.adjustments.iter().map(|x| belongs(&x.applies)).collect(),
        }
    }

    /// The parts of a list that apply, given whether each does.
    pub fn belonging<'a, T>(parts: &'a [T], belongs: &'a [bool]) -> impl Iterator<Item = &'a T> {
        parts.iter().zip(belongs).filter(|(_, belongs)| **belongs).map(|(part, _)| part)
    }

    /// Items that apply to the form, of a criterion by its index in the pack.
    pub fn items_of(&self, criterion: usize) -> &[usize] {
        self.by_criterion.get(criterion).map_or(&[], Vec::as_slice)
    }

    /// Does a fact apply to the form?
    pub fn has_fact(&self, pack: &Pack, id: &Id) -> bool {
        let index = pack.facts.iter().position(|fact| fact.id == *id);
        index.is_some_and(|index| self.facts.get(index) == Some(&true))
    }

    /// Removes every answer to a part that does not apply, and every empty one, as sealing does
    /// (spec s. 2.3).
    pub fn prune(&self, pack: &Pack, form: &mut Assessment) {
        let belongs = |index: Option<usize>, list: &[bool]| {
            index.and_then(|index| list.get(index)) == Some(&true)
        };
        form.facts.retain(|id, _| self.has_fact(pack, id));
        form.items
            .retain(|id, answer| !answer.is_empty() && belongs(pack.item_index(id), &self.items));
        form.gates.retain(|id, _| {
            belongs(pack.gates.iter().position(|gate| gate.id == *id), &self.gates)
        });
        form.adjustments.retain(|id, times| {
            let index = pack.adjustments.iter().position(|a| a.id == *id);
            *times != 0 && belongs(index, &self.adjustments)
        });
    }
}

//! Which clauses of the sources are covered by which items.

use crate::pack::Pack;
use crate::value::Id;

/// Clauses against items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Each clause of the list with the items that name it, both in order; none where no item does.
    pub clauses: Vec<(Id, Vec<Id>)>,
    /// Items that name no clause.
    pub without: Vec<Id>,
    /// Items with the clauses that they name and that are not in the list.
    pub unknown: Vec<(Id, Vec<Id>)>,
}

impl Trace {
    /// The trace of a pack against the clauses that its author names.
    pub fn of(pack: &Pack, clauses: &[Id]) -> Trace {
        let mut listed: Vec<(Id, Vec<Id>)> = Vec::new();
        for clause in clauses {
            if listed.iter().any(|(own, _)| own == clause) {
                continue;
            }
            let items = pack.items.iter().filter(|item| item.source.contains(clause));
            listed.push((clause.clone(), items.map(|item| item.id.clone()).collect()));
        }
        let bare = pack.items.iter().filter(|item| item.source.is_empty());
        let unknown = pack.items.iter().filter_map(|item| {
            let own = item.source.iter().filter(|own| !clauses.contains(own));
            let own: Vec<Id> = own.cloned().collect();
            (!own.is_empty()).then(|| (item.id.clone(), own))
        });
        Trace {
            clauses: listed,
            without: bare.map(|item| item.id.clone()).collect(),
            unknown: unknown.collect(),
        }
    }

    /// Clauses that no item covers.
    pub fn uncovered(&self) -> impl Iterator<Item = &Id> {
        self.clauses.iter().filter(|(_, items)| items.is_empty()).map(|(clause, _)| clause)
    }
}

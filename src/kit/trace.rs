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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::catalog::Catalog;

    fn ids(list: &[&str]) -> Vec<Id> {
        list.iter().filter_map(|id| Id::new(id)).collect()
    }

    #[test]
    fn clauses_and_items_are_held_against_each_other() {
        let pack = Catalog::built_in().unwrap().packs()[0].as_ref().clone();
        let mut pack = Pack { items: pack.items[..3].to_vec(), ..pack };
        for (item, source) in pack.items.iter_mut().zip([&["S1", "S2"][..], &[], &["S1"]]) {
            item.source = ids(source);
        }
        let own: Vec<Id> = pack.items.iter().map(|item| item.id.clone()).collect();
        let trace = Trace::of(&pack, &ids(&["S1", "S3", "S1"]));
        let covered = (ids(&["S1"])[0].clone(), vec![own[0].clone(), own[2].clone()]);
        assert_eq!(trace.clauses, [covered, (ids(&["S3"])[0].clone(), Vec::new())]);
        assert_eq!(trace.uncovered().cloned().collect::<Vec<_>>(), ids(&["S3"]));
        assert_eq!(trace.without, [own[1].clone()]);
        assert_eq!(trace.unknown, [(own[0].clone(), ids(&["S2"]))]);
    }
}

//! Which element of a list is which in the later one.

use std::collections::BTreeSet;

use crate::json::{Json, canonical};

/// Elements of two lists by their places: those that are the same, and those that are gone.
pub(super) struct Matching {
    /// Places before and after, in the order of the later list.
    pub pairs: Vec<(usize, usize)>,
    pub gone: Vec<usize>,
}

/// The id of an element; nothing where it has none yet.
pub(super) fn id_of(value: &Json) -> &str {
    value.get("id").and_then(Json::as_text).unwrap_or_default()
}

/// Finds the elements again: first by id and words, then by what they are without their ids (`by_content`), then by id
/// alone.
pub(super) fn matched(before: &[Json], after: &[Json], by_content: bool) -> Matching {
    let mut found = Finding {
        left: (0..before.len()).collect(),
        open: (0..after.len()).collect(),
        pairs: Vec::new(),
    };
    let word = |value: &Json| value.get("label").or_else(|| value.get("message")).map(canonical);
    found.pair(|old, new| {
        id_of(&before[old]) == id_of(&after[new]) && word(&before[old]) == word(&after[new])
    });
    if by_content {
        let contents = |list: &[Json]| list.iter().map(content).collect::<Vec<_>>();
        let (old_contents, new_contents) = (contents(before), contents(after));
        found.pair(|old, new| old_contents[old] == new_contents[new]);
    }
    found.pair(|old, new| id_of(&before[old]) == id_of(&after[new]));
    let Finding { left, mut pairs, .. } = found;
    pairs.sort_unstable_by_key(|(_, new)| *new);
    Matching { pairs, gone: left.into_iter().collect() }
}

struct Finding {
    left: BTreeSet<usize>,
    open: BTreeSet<usize>,
    pairs: Vec<(usize, usize)>,
}

impl Finding {
    /// Pairs what is still left, each with the first that is the same.
    fn pair(&mut self, is_same: impl Fn(usize, usize) -> bool) {
        for old in self.left.clone() {
            if let Some(new) = self.open.iter().copied().find(|new| is_same(old, *new)) {
                self.left.remove(&old);
                self.open.remove(&new);
                self.pairs.push((old, new));
            }
        }
    }
}

fn content(value: &Json) -> String {
    let mut own = value.clone();
    own.remove("id");
    canonical(&own)
}

/// The fewest pairs that have moved within their list: those outside the longest run that kept its order.
pub(super) fn moved(pairs: &[(usize, usize)]) -> BTreeSet<usize> {
    let mut longest: Vec<(usize, Option<usize>)> = Vec::with_capacity(pairs.len());
    for (place, (old, _)) in pairs.iter().enumerate() {
        let before = (0..place).filter(|earlier| pairs[*earlier].0 < *old);
        let best = before.max_by_key(|earlier| longest[*earlier].0);
        longest.push((best.map_or(1, |best| longest[best].0 + 1), best));
    }
    let mut kept = BTreeSet::new();
    let mut next = (0..pairs.len()).max_by_key(|place| longest[*place].0);
    while let Some(place) = next {
        kept.insert(place);
        next = longest[place].1;
    }
    (0..pairs.len()).filter(|place| !kept.contains(place)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_left_its_order_has_moved() {
        let pairs = |old: &[usize]| {
            old.iter().copied().enumerate().map(|(new, old)| (old, new)).collect::<Vec<_>>()
        };
        assert_eq!(moved(&pairs(&[0, 1, 2, 3])), BTreeSet::new());
        assert_eq!(moved(&pairs(&[3, 0, 1, 2])), BTreeSet::from([0]));
        assert_eq!(moved(&pairs(&[1, 2, 0, 3])), BTreeSet::from([2]));
        assert_eq!(moved(&pairs(&[2, 1, 0])).len(), 2);
    }
}

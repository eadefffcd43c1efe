//! What is in memory of each file of a register: found by the name of the file and the digest of what is signed in it, and
//! given back in the order of these. A register may have some hundred thousand, so that each byte of one counts: a
//! `BTreeMap` that is filled in order leaves half of its room empty.

use std::cmp::Ordering;

use crate::value::Digest;

/// The most places in a run, and the most slots that are allocated at once.
const RUN: usize = 512;

#[derive(Clone, Debug)]
struct Slot<T> {
    file: Box<str>,
    digest: Option<Digest>,
    value: T,
}

/// Values by file and digest.
#[derive(Clone, Debug)]
pub(super) struct Index<T> {
    /// As they came, `RUN` in each part but the last.
    slots: Vec<Vec<Slot<T>>>,
    /// The places of slots in the order of their keys, in runs none of which is empty.
    order: Vec<Vec<u32>>,
}

impl<T> Default for Index<T> {
    fn default() -> Self {
        Index { slots: Vec::new(), order: Vec::new() }
    }
}

impl<T> Index<T> {
    fn slot(&self, place: u32) -> Option<&Slot<T>> {
        let place = place as usize;
        self.slots.get(place / RUN)?.get(place % RUN)
    }

    fn compare(&self, place: u32, file: &str, digest: Option<&Digest>) -> Ordering {
        let own = self.slot(place).map(|slot| (&*slot.file, slot.digest.as_ref()));
        own.cmp(&Some((file, digest)))
    }

    /// The run in which a key is or belongs, and where in it: `Ok` where it is there.
    fn find(&self, file: &str, digest: Option<&Digest>) -> (usize, Result<usize, usize>) {
        let is_before = |run: &Vec<u32>| {
            run.last().is_some_and(|last| self.compare(*last, file, digest) == Ordering::Less)
        };
        let run = self.order.partition_point(is_before);
        let Some(own) = self.order.get(run) else {
            // Behind all others: at the end of the last run.
            let last = run.saturating_sub(1);
            return (last, Err(self.order.get(last).map_or(0, Vec::len)));
        };
        (run, own.binary_search_by(|place| self.compare(*place, file, digest)))
    }

    /// The value of a file.
    pub(super) fn get(&self, file: &str, digest: Option<&Digest>) -> Option<&T> {
        let (run, at) = self.find(file, digest);
        let place = self.order.get(run)?.get(at.ok()?)?;
        self.slot(*place).map(|slot| &slot.value)
    }

    /// Sets the value of a file.
    pub(super) fn insert(&mut self, file: &str, digest: Option<Digest>, value: T) {
        let (run, at) = self.find(file, digest.as_ref());
        let at = match at {
            Ok(at) => {
                let place = self.order.get(run).and_then(|run| run.get(at)).copied();
                let place = place.map_or(usize::MAX, |place| place as usize);
                let slot = self.slots.get_mut(place / RUN).and_then(|all| all.get_mut(place % RUN));
                if let Some(slot) = slot {
                    slot.value = value;
                }
                return;
            }
            Err(at) => at,
        };
        let slot = Slot { file: file.into(), digest, value };
        let place = match self.slots.last_mut().filter(|last| last.len() < RUN) {
            Some(last) => {
                last.push(slot);
                (self.slots.len() - 1) * RUN + self.slots.last().map_or(0, Vec::len) - 1
            }
            None => {
                let mut next = Vec::with_capacity(RUN);
                next.push(slot);
                self.slots.push(next);
                (self.slots.len() - 1) * RUN
            }
        };
        // Nobody's memory holds so many that a place would not fit.
        let Ok(place) = u32::try_from(place) else { return };
        let Some(own) = self.order.get_mut(run) else {
            return self.order.push(vec![place]);
        };
        if own.len() < RUN {
            return own.insert(at, place);
        }
        // Keys that come in order fill their runs.
        let half = if at == RUN { RUN } else { RUN / 2 };
        let mut rest = own.split_off(half);
        if at > half || rest.is_empty() {
            rest.insert(at - half, place)
        } else {
            own.insert(at, place)
        }
        self.order.insert(run + 1, rest);
    }

    /// The name of the file that stands at this place in the order.
    pub(super) fn file(&self, mut at: usize) -> Option<&str> {
        for run in &self.order {
            match run.get(at) {
                Some(place) => return self.slot(*place).map(|slot| &*slot.file),
                None => at -= run.len(),
            }
        }
        None
    }

    /// All, in the order of their keys.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Option<&Digest>, &T)> {
        let slots = self.order.iter().flatten().filter_map(|place| self.slot(*place));
        slots.map(|slot| (&*slot.file, slot.digest.as_ref(), &slot.value))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// As a map does it, whatever the order in which keys come.
    fn check(keys: impl Iterator<Item = u32>) {
        let (mut index, mut map) = (Index::default(), BTreeMap::new());
        for (value, key) in keys.enumerate() {
            let digest = (key % 3 > 0).then(|| Digest::of_bytes(&[(key % 3) as u8]));
            let file = format!("{}", key / 3);
            index.insert(&file, digest, value);
            map.insert((file, digest), value);
        }
        let own: Vec<_> =
            index.iter().map(|(file, digest, value)| (file, digest, *value)).collect();
        let all: Vec<_> = map
            .iter()
            .map(|((file, digest), value)| (file.as_str(), digest.as_ref(), *value))
            .collect();
        assert_eq!(own, all);
        for (at, (file, ..)) in all.iter().enumerate() {
            assert_eq!(index.file(at), Some(*file));
        }
        assert_eq!(index.file(all.len()), None);
        for ((file, digest), value) in &map {
            assert_eq!(index.get(file, digest.as_ref()), Some(value));
        }
        assert_eq!(index.get("none", None), None);
    }

    #[test]
    fn files_stand_in_order_however_they_come() {
        check(0..4000);
        check((0..4000).rev());
        check((0..4000).map(|key| key * 2749 % 4001));
        assert_eq!(Index::<()>::default().get("", None), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]
        #[test]
        fn any_files_stand_in_order(keys in prop::collection::vec(0_u32..5000, 0..3000)) {
            check(keys.into_iter());
        }
    }
}

//! What is in memory of each file of a register: found by the name of the file and the digest of what is signed in it, and
//! given back in the order of these. A register may have some hundred thousand, so that each byte of one counts: a
//! `BTreeMap` that is filled in order leaves half of its room empty, and most files stand in few folders.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::value::Digest;

/// The most places in a run, and the most slots in a part.
const RUN: usize = 512;

#[derive(Clone, Debug)]
struct Slot<T> {
    /// The place of its folder.
    folder: u32,
    /// Where its name begins among those of its part; it ends where the next one begins.
    name: u32,
    digest: Option<Digest>,
    value: T,
}

/// Slots as they came, `RUN` in each part but the last, with the names of their files within their folders.
#[derive(Clone, Debug)]
struct Part<T> {
    slots: Vec<Slot<T>>,
    names: String,
}

/// Folders by their place, each with its slash; an empty one for files that stand in none.
#[derive(Clone, Debug, Default)]
struct Folders {
    all: Vec<Box<str>>,
    places: BTreeMap<Box<str>, u32>,
}

impl Folders {
    /// The place of a folder, which may be new; `None` where there are too many.
    fn place(&mut self, folder: &str) -> Option<u32> {
        if let Some(place) = self.places.get(folder) {
            return Some(*place);
        }
        let place = u32::try_from(self.all.len()).ok()?;
        self.all.push(folder.into());
        self.places.insert(folder.into(), place);
        Some(place)
    }
}

/// Values by file and digest.
#[derive(Clone, Debug)]
pub(super) struct Index<T> {
    folders: Folders,
    parts: Vec<Part<T>>,
    /// The places of slots in the order of their keys, in runs none of which is empty.
    order: Vec<Vec<u32>>,
}

impl<T> Default for Index<T> {
    fn default() -> Self {
        Index { folders: Folders::default(), parts: Vec::new(), order: Vec::new() }
    }
}

/// The folder of a file, with its slash, and the rest of its name.
fn split(file: &str) -> (&str, &str) {
    file.split_at(file.rfind('/').map_or(0, |slash| slash + 1))
}

/// Compares a name that stands in two pieces with a whole one.
fn compare_names((folder, name): (&str, &str), file: &str) -> Ordering {
    let (folder, file) = (folder.as_bytes(), file.as_bytes());
    let shared = folder.len().min(file.len());
    let (beginning, rest) = file.split_at(shared);
    let (own, own_rest) = folder.split_at(shared);
    own.cmp(beginning).then_with(|| match own_rest {
        [] => name.as_bytes().cmp(rest),
        _ => Ordering::Greater,
    })
}

impl<T> Index<T> {
    fn slot(&self, place: u32) -> Option<&Slot<T>> {
        let place = place as usize;
        self.parts.get(place / RUN)?.slots.get(place % RUN)
    }

    /// The name of the file of a slot, in two pieces.
    fn name(&self, place: u32) -> Option<(&str, &str)> {
        let (part, at) = (self.parts.get(place as usize / RUN)?, place as usize % RUN);
        let slot = part.slots.get(at)?;
        let end = part.slots.get(at + 1).map_or(part.names.len(), |next| next.name as usize);
        let name = part.names.get(slot.name as usize..end)?;
        Some((self.folders.all.get(slot.folder as usize)?, name))
    }

    fn compare(&self, place: u32, file: &str, digest: Option<&Digest>) -> Ordering {
        let name = self.name(place).unwrap_or_default();
        let own = || self.slot(place).and_then(|slot| slot.digest.as_ref());
        compare_names(name, file).then_with(|| own().cmp(&digest))
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
                let part = self.parts.get_mut(place / RUN);
                let slot = part.and_then(|part| part.slots.get_mut(place % RUN));
                if let Some(slot) = slot {
                    slot.value = value;
                }
                return;
            }
            Err(at) => at,
        };
        // No memory holds so many that one of these would not fit.
        let Some(place) = self.push(file, digest, value) else { return };
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

    /// Adds a slot to the last part; says where.
    fn push(&mut self, file: &str, digest: Option<Digest>, value: T) -> Option<u32> {
        let (folder, rest) = split(file);
        let folder = self.folders.place(folder)?;
        if self.parts.last().is_none_or(|part| part.slots.len() == RUN) {
            if let Some(full) = self.parts.last_mut() {
                full.names.shrink_to_fit();
            }
            self.parts.push(Part { slots: Vec::with_capacity(RUN), names: String::new() });
        }
        let before = (self.parts.len() - 1) * RUN;
        let part = self.parts.last_mut()?;
        let place = u32::try_from(before + part.slots.len()).ok()?;
        let name = u32::try_from(part.names.len()).ok()?;
        part.names.push_str(rest);
        part.slots.push(Slot { folder, name, digest, value });
        Some(place)
    }

    /// The name of the file that stands at this place in the order.
    pub(super) fn file(&self, mut at: usize) -> Option<String> {
        for run in &self.order {
            match run.get(at) {
                Some(place) => {
                    return self.name(*place).map(|(folder, name)| [folder, name].concat());
                }
                None => at -= run.len(),
            }
        }
        None
    }

    /// All, in the order of their keys, each with the digest of what is signed in it.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Option<&Digest>, &T)> {
        let slots = self.order.iter().flatten().filter_map(|place| self.slot(*place));
        slots.map(|slot| (slot.digest.as_ref(), &slot.value))
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
            let folder = ["", "a/", "a/b/", "ab/"][key as usize % 4];
            let file = format!("{folder}{}", key / 3);
            index.insert(&file, digest, value);
            map.insert((file, digest), value);
        }
        let own: Vec<_> = index.iter().map(|(digest, value)| (digest, *value)).collect();
        let all: Vec<_> =
            map.iter().map(|((_, digest), value)| (digest.as_ref(), *value)).collect();
        assert_eq!(own, all);
        for (at, (file, _)) in map.keys().enumerate() {
            assert_eq!(index.file(at).as_ref(), Some(file));
        }
        assert_eq!(index.file(all.len()), None);
        for ((file, digest), value) in &map {
            assert_eq!(index.get(file, digest.as_ref()), Some(value));
        }
        assert_eq!(index.get("none", None), None);
    }

    #[test]
    fn a_name_in_two_pieces_is_compared_as_a_whole_one() {
        let all = ["", "/", "a", "a/", "a/b", "a/b/c", "ab/", "ab/c", "b"];
        for own in all {
            for other in all {
                assert_eq!(compare_names(split(own), other), own.cmp(other), "{own} {other}");
            }
        }
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

//! A small map that is a sorted list: fewer instructions for each type of value than a tree has.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Index;

use crate::json::{Json, ReadError, members, sorted_places};

/// A map whose entries stand in the order of their keys. Look-up is a binary search; inserting
/// moves what comes after, which for the some hundred entries of a form costs nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct SortedMap<K, V> {
    entries: Vec<(K, V)>,
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        SortedMap {
            entries: Vec::new(),
        }
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for SortedMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K, V> SortedMap<K, V> {
    /// A map without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Is there no entry?
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Keys and values, in the order of the keys.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// Keys and values that may be changed, in the order of the keys.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&K, &mut V)> {
        self.entries.iter_mut().map(|(key, value)| (&*key, value))
    }

    /// Keys, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.entries.iter().map(|(key, _)| key)
    }

    /// Values, in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.entries.iter().map(|(_, value)| value)
    }

    /// Values that may be changed, in the order of their keys.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut V> {
        self.entries.iter_mut().map(|(_, value)| value)
    }

    /// Keeps the entries for which `keep` holds.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        self.entries.retain_mut(|(key, value)| keep(key, value));
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    /// Where a key stands, or where it would stand.
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.entries
            .binary_search_by(|(own, _)| own.borrow().cmp(key))
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        self.entries.get(place).map(|(_, value)| value)
    }

    /// The value of a key, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        self.entries.get_mut(place).map(|(_, value)| value)
    }

    /// Has a key a value?
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    /// Gives a key a value; returns the one that it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(place) => Some(std::mem::replace(&mut self.entries[place].1, value)),
            Err(place) => {
                self.entries.insert(place, (key, value));
                None
            }
        }
    }

    /// Takes a key out; returns the value that it had.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        Some(self.entries.remove(place).1)
    }

    /// The value of a key; the default one is put there where there is none.
    pub fn or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        let place = match self.place(&key) {
            Ok(place) => place,
            Err(place) => {
                self.entries.insert(place, (key, V::default()));
                place
            }
        };
        &mut self.entries[place].1
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    /// Of entries with the same key the last one counts.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut read: Vec<Option<(K, V)>> = entries.into_iter().map(Some).collect();
        let order = sorted_places(read.len(), &|a, b| {
            let key = |place: usize| read[place].as_ref().map(|(key, _)| key);
            key(a).cmp(&key(b))
        });
        let mut map = SortedMap::new();
        for entry in order.into_iter().filter_map(|place| read[place].take()) {
            // Sorted as they come, entries are only ever added at the end.
            map.insert(entry.0, entry.1);
        }
        map
    }
}

impl<K: Ord, V> Extend<(K, V)> for SortedMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K, V> IntoIterator for SortedMap<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

/// The entries of a [`SortedMap`], in the order of the keys.
pub struct Entries<'a, K, V>(std::slice::Iter<'a, (K, V)>);

impl<'a, K, V> Iterator for Entries<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key, value))
    }
}

impl<'a, K, V> IntoIterator for &'a SortedMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Entries<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        Entries(self.entries.iter())
    }
}

impl<K: Ord + Borrow<Q>, Q: Ord + ?Sized, V> Index<&Q> for SortedMap<K, V> {
    type Output = V;

    /// The value of a key that is known to have one.
    fn index(&self, key: &Q) -> &V {
        let place = self.place(key).unwrap_or(self.entries.len());
        &self.entries[place].1
    }
}

/// Reads an object as a map from keys to values; a value read as `None` is left out.
///
/// # Errors
/// Not an object, or what `key` or `value` say, at the member.
pub fn map<K: Ord, V>(
    json: &Json,
    key: fn(&str) -> Result<K, ReadError>,
    value: fn(&Json) -> Result<Option<V>, ReadError>,
) -> Result<SortedMap<K, V>, ReadError> {
    let mut entries = Vec::new();
    for (name, json) in members(json)? {
        let read = key(name).and_then(|key| Ok(value(json)?.map(|value| (key, value))));
        entries.extend(read.map_err(|e| e.within(name))?);
    }
    Ok(entries.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::SortedMap;

    #[test]
    fn it_does_what_a_tree_map_does() {
        let mut map: SortedMap<String, i32> = SortedMap::new();
        let mut tree = std::collections::BTreeMap::new();
        for n in 0..200 {
            let key = (n * 7919 % 31).to_string();
            if n % 3 == 0 {
                assert_eq!(map.remove(key.as_str()), tree.remove(&key));
            } else {
                assert_eq!(map.insert(key.clone(), n), tree.insert(key, n));
            }
            assert!(map.iter().eq(tree.iter()), "{map:?}");
        }
        let mut again: SortedMap<_, _> = map.clone().into_iter().rev().collect();
        assert_eq!(again, map);
        *again.or_default("new".to_owned()) += 1;
        assert_eq!(again["new"], 1);
        again.retain(|key, _| key != "new");
        assert_eq!(again, map);
    }
}

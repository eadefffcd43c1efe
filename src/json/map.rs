//! The map of the formats: few members in one vector, in order of their keys.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use litemap::LiteMap;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::order::sort;

/// A map with few members, such as the answers of a form by item: a [`LiteMap`] that is made of any
/// number of members, in any order, in no more time than it takes to sort them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map<K, V>(LiteMap<K, V>);

impl<K, V> Map<K, V> {
    /// An empty map.
    pub const fn new() -> Self {
        Map(LiteMap::new_vec())
    }

    /// Has it no member?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All values, in order of their keys.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.0.iter_mut().map(|(_, value)| value)
    }
}

impl<K: Ord, V> Map<K, V> {
    /// Sets the value of a key; `None` removes it.
    pub fn set(&mut self, key: K, value: Option<V>) {
        match value {
            Some(value) => self.0.insert(key, value),
            None => self.0.remove(&key),
        };
    }

    /// The map of these members; of those with one key the last.
    fn of(mut members: Vec<(K, V)>) -> Self {
        sort(&mut members, |a, b| a.0.cmp(&b.0));
        members.dedup_by(|later, one| {
            let is_same = later.0 == one.0;
            if is_same {
                std::mem::swap(later, one);
            }
            is_same
        });
        Map(LiteMap::from_sorted_store_unchecked(members))
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Map::new()
    }
}

impl<K, V> Deref for Map<K, V> {
    type Target = LiteMap<K, V>;

    fn deref(&self) -> &LiteMap<K, V> {
        &self.0
    }
}

impl<K, V> DerefMut for Map<K, V> {
    fn deref_mut(&mut self) -> &mut LiteMap<K, V> {
        &mut self.0
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        Map::of(members.into_iter().collect())
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = <LiteMap<K, V> as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = <&'a LiteMap<K, V> as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (&self.0).into_iter()
    }
}

impl<'a, K, V> IntoIterator for &'a mut Map<K, V> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = <&'a mut LiteMap<K, V> as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (&mut self.0).into_iter()
    }
}

impl<K: Serialize, V: Serialize> Serialize for Map<K, V> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(self)
    }
}

impl<'de, K, V> Deserialize<'de> for Map<K, V>
where
    K: Deserialize<'de> + Ord,
    V: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_map(Members(PhantomData)).map(Map::of)
    }
}

/// Reads a map in which a key with `null` is the same as none.
///
/// # Errors
/// Not an object, or what the key or the value says, at the member.
pub fn without_nulls<'de, D, K, V>(source: D) -> Result<Map<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord,
    V: Deserialize<'de>,
{
    let read: Vec<(K, Option<V>)> = source.deserialize_map(Members(PhantomData))?;
    let given = read.into_iter().filter_map(|(key, value)| Some((key, value?)));
    Ok(given.collect())
}

/// Reads the members of an object as they stand.
struct Members<K, V>(PhantomData<(K, V)>);

impl<'de, K, V> Visitor<'de> for Members<K, V>
where
    K: Deserialize<'de>,
    V: Deserialize<'de>,
{
    type Value = Vec<(K, V)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> Result<Vec<(K, V)>, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = source.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}

#[cfg(feature = "cli")]
mod schema {
    use std::borrow::Cow;
    use std::collections::BTreeMap;

    use schemars::{JsonSchema, Schema, SchemaGenerator};

    use super::Map;

    impl<K: JsonSchema, V: JsonSchema> JsonSchema for Map<K, V> {
        fn schema_name() -> Cow<'static, str> {
            BTreeMap::<K, V>::schema_name()
        }

        fn inline_schema() -> bool {
            BTreeMap::<K, V>::inline_schema()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            BTreeMap::<K, V>::json_schema(generator)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_put_in_order_and_the_last_of_a_key_counts() {
        let map: Map<_, _> = [("b", 1), ("c", 2), ("a", 3), ("b", 4)].into_iter().collect();
        let members: Vec<_> = map.into_iter().collect();
        assert_eq!(members, [("a", 3), ("b", 4), ("c", 2)]);
    }
}

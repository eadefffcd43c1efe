//! Maps of the rooms that do not derive their formats yet.

use std::collections::BTreeMap;

use crate::json::{Json, ReadError, members};
use crate::value::Id;

/// The map of the rooms that do not derive their formats yet.
pub type SortedMap<K, V> = BTreeMap<K, V>;

/// Reads an object as a map from keys to values; a value read as `None` is left out.
///
/// # Errors
/// Not an object, or what `key` or `value` say, at the member.
pub fn map<K: Ord, V>(
    json: &Json,
    key: fn(&str) -> Result<K, ReadError>,
    value: fn(&Json) -> Result<Option<V>, ReadError>,
) -> Result<BTreeMap<K, V>, ReadError> {
    let mut entries = BTreeMap::new();
    for (name, json) in members(json)? {
        let read = key(name).and_then(|key| Ok(value(json)?.map(|value| (key, value))));
        entries.extend(read.map_err(|e| e.within(name))?);
    }
    Ok(entries)
}

impl Id {
    /// Reads an id from a member name.
    ///
    /// # Errors
    /// The text is no id.
    pub fn parse(text: &str) -> Result<Id, ReadError> {
        Id::new(text).ok_or_else(|| ReadError::expected(crate::json::Expected::Id))
    }
}

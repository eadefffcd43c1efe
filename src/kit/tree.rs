//! Places in a JSON tree: JSON Pointers (RFC 6901).

use crate::json::Json;

/// The value at a pointer; `None` where there is none. The empty pointer is the whole.
///
/// ```
/// use bon_tot::json::{Json, parse};
/// use bon_tot::kit::tree::at;
///
/// let json = parse(br#"{"items": [{"id": "a/b"}]}"#, 100)?;
/// assert_eq!(at(&json, "/items/0/id").and_then(Json::as_text), Some("a/b"));
/// assert_eq!(at(&json, "/items/1"), None);
/// # Ok::<(), bon_tot::json::ReadError>(())
/// ```
pub fn at<'j>(json: &'j Json, pointer: &str) -> Option<&'j Json> {
    steps(pointer).try_fold(json, |value, step| match value {
        Json::Object(_) => value.get(&plain(step)),
        Json::List(values) => values.get(index(step)?),
        _ => None,
    })
}

/// As [`at`], to be changed.
pub(super) fn at_mut<'j>(json: &'j mut Json, pointer: &str) -> Option<&'j mut Json> {
    steps(pointer).try_fold(json, |value, step| match value {
        Json::Object(members) => {
            let name = plain(step);
            members.iter_mut().find(|(own, _)| *own == name).map(|(_, value)| value)
        }
        Json::List(values) => values.get_mut(index(step)?),
        _ => None,
    })
}

/// The elements of the list at a pointer; none where there is no list.
pub fn list<'j>(json: &'j Json, pointer: &str) -> &'j [Json] {
    match at(json, pointer) {
        Some(Json::List(values)) => values,
        _ => &[],
    }
}

/// The text at a pointer; empty where there is none.
pub fn text<'j>(json: &'j Json, pointer: &str) -> &'j str {
    at(json, pointer).and_then(Json::as_text).unwrap_or_default()
}

/// The pointer to a member or an element of the value at a pointer.
pub fn below(pointer: &str, step: &str) -> String {
    format!("{pointer}/{}", step.replace('~', "~0").replace('/', "~1"))
}

/// The pointer to the value that holds the one at a pointer, and the last step; `None` for the whole.
pub fn parent(pointer: &str) -> Option<(&str, String)> {
    let (parent, step) = pointer.rsplit_once('/')?;
    Some((parent, plain(step)))
}

fn steps(pointer: &str) -> impl Iterator<Item = &str> {
    pointer.split('/').skip(1)
}

fn plain(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// The index that a step is, written as RFC 6901 wants it.
pub(super) fn index(step: &str) -> Option<usize> {
    step.parse().ok().filter(|index: &usize| index.to_string() == step)
}

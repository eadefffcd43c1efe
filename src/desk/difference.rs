//! The first difference between two outcomes, at an item if possible.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::json::{Json, canonical};

/// The first difference between a stated and a recomputed value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// JSON Pointer (RFC 6901) to the value.
    pub pointer: String,
    /// The item that the value concerns, if any.
    pub item: Option<String>,
    /// The stated value, if any.
    pub stated: Option<String>,
    /// The recomputed value, if any.
    pub computed: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { pointer, item, stated, computed } = self;
        if let Some(item) = item {
            write!(f, "item {item}, ")?;
        }
        let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "nothing".into());
        write!(f, "{pointer}: stated {}, recomputed {}", side(stated), side(computed))
    }
}

/// The first difference of two outcomes; `None` where they are equal. Reasons and
/// problems come first, since they name the item.
pub fn first_difference(stated: &Json, computed: &Json) -> Option<Difference> {
    if canonical(stated) == canonical(computed) {
        return None;
    }
    let by_member = ["reasons", "problems"].iter().find_map(|name| {
        let pointer = format!("/{name}");
        walk(stated.get(name), computed.get(name), &pointer, None)
    });
    by_member.or_else(|| walk(Some(stated), Some(computed), "", None))
}

fn walk(
    stated: Option<&Json>,
    computed: Option<&Json>,
    pointer: &str,
    item: Option<&str>,
) -> Option<Difference> {
    let item_of = |json: Option<&Json>| {
        json.and_then(|j| j.get("item")).and_then(Json::as_text).map(str::to_owned)
    };
    // The recomputed value is the true one, so its item is named first.
    let own = item_of(computed).or_else(|| item_of(stated));
    let item = own.as_deref().or(item);
    match (stated, computed) {
        (Some(Json::List(a)), Some(Json::List(b))) => (0..a.len().max(b.len()))
            .find_map(|n| walk(a.get(n), b.get(n), &format!("{pointer}/{n}"), item)),
        (Some(a @ Json::Object(x)), Some(b @ Json::Object(y))) => {
            let names = y.iter().chain(x).map(|(name, _)| name);
            names
                .into_iter()
                .find_map(|name| walk(a.get(name), b.get(name), &format!("{pointer}/{name}"), item))
        }
        (a, b) if a == b => None,
        (a, b) => Some(Difference {
            pointer: pointer.to_owned(),
            item: item.map(str::to_owned),
            stated: a.map(canonical),
            computed: b.map(canonical),
        }),
    }
}

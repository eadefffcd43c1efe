//! Ids in a pack that is being written: what bears one, and what names it.

use crate::json::Json;
use crate::kit::tree::{below, list, text};
use crate::kit::{Document, Edit};

/// What bears an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A level of units.
    Level,
    /// A type of units.
    Type,
    /// A fact.
    Fact,
    /// A check of the pack.
    Check,
    /// A criterion.
    Criterion,
    /// An item.
    Item,
    /// A gate.
    Gate,
    /// An adjustment.
    Adjustment,
    /// A band of points.
    Band,
}

impl Kind {
    /// The list of what bears such ids.
    pub fn list(self) -> &'static str {
        match self {
            Kind::Level => "/levels",
            Kind::Type => "/types",
            Kind::Fact => "/facts",
            Kind::Check => "/checks",
            Kind::Criterion => "/criteria",
            Kind::Item => "/items",
            Kind::Gate => "/gates",
            Kind::Adjustment => "/adjustments",
            Kind::Band => "/points/bands",
        }
    }
}

/// An id with this beginning that no element of a list has: the beginning and a number.
pub fn free_id(json: &Json, of: &str, beginning: &str) -> String {
    let taken: Vec<&str> = list(json, of).iter().map(|own| text(own, "/id")).collect();
    let mut number = taken.len();
    loop {
        number += 1;
        let id = format!("{beginning}{number:02}");
        if !taken.contains(&id.as_str()) {
            return id;
        }
    }
}

/// Gives an element of a list another id; what names it follows. One step.
pub fn rename(document: &mut Document, kind: Kind, index: usize, id: &str) {
    let at = below(&below(kind.list(), &index.to_string()), "id");
    let old = document.text(&at).to_owned();
    document.change(&at, |edit| {
        edit.set(&at, Some(id.into()));
        // Where two bear the same id, those who name it may mean either: until one is called otherwise nothing follows.
        let bear = |id: &str| {
            list(edit.json(), kind.list()).iter().filter(|own| text(own, "/id") == id).count()
        };
        let is_alone = bear(&old) == 0 && bear(id) == 1;
        if !old.is_empty() && is_alone {
            follow(edit, kind, &mut |named| {
                if *named == old {
                    id.clone_into(named);
                }
                true
            });
        }
    });
}

/// Gives a field of an item another id; the rules of the item follow. One step.
pub fn rename_field(document: &mut Document, item: &str, index: usize, id: &str) {
    let at = format!("{item}/fields/{index}/id");
    let old = document.text(&at).to_owned();
    document.change(&at, |edit| {
        edit.set(&at, Some(id.into()));
        let Some(mut changed) = crate::kit::tree::at(edit.json(), item).cloned() else { return };
        rename_members(&mut changed, "field", &old, id);
        edit.set(item, Some(changed));
    });
}

/// Removes an element of a list, from the lists that name it as well; of a criterion its items, too. Rules that name it
/// stay: the linter shows them. One step.
pub fn remove(document: &mut Document, kind: Kind, index: usize) {
    let at = below(kind.list(), &index.to_string());
    let id = document.text(&below(&at, "id")).to_owned();
    document.change(&at, |edit| {
        edit.remove(kind.list(), index);
        if list(edit.json(), kind.list()).iter().any(|own| text(own, "/id") == id) {
            return;
        }
        if kind == Kind::Criterion {
            let items = list(edit.json(), "/items");
            let own: Vec<usize> =
                (0..items.len()).filter(|n| text(&items[*n], "/criterion") == id).collect();
            for index in own.into_iter().rev() {
                let item = text(&list(edit.json(), "/items")[index], "/id").to_owned();
                edit.remove("/items", index);
                follow(edit, Kind::Item, &mut |named| *named != item);
            }
        } else if kind != Kind::Fact {
            follow(edit, kind, &mut |named| *named != id);
        }
    });
}

/// Calls `keep` with all that names ids of a kind; what it refuses goes from its list. A rule keeps what it names.
fn follow(edit: &mut Edit<'_>, kind: Kind, keep: &mut dyn FnMut(&mut String) -> bool) {
    let lists = ["/facts", "/checks", "/items", "/gates", "/adjustments"];
    let mut places = vec!["/points".to_owned()];
    for list in lists {
        let length = crate::kit::tree::list(edit.json(), list).len();
        places.extend((0..length).map(|n| below(list, &n.to_string())));
    }
    for place in places {
        let Some(mut changed) = crate::kit::tree::at(edit.json(), &place).cloned() else {
            continue;
        };
        names_in(&mut changed, kind, keep);
        edit.set(&place, Some(changed));
    }
}

fn names_in(json: &mut Json, kind: Kind, keep: &mut dyn FnMut(&mut String) -> bool) {
    match json {
        Json::List(values) => values.iter_mut().for_each(|own| names_in(own, kind, keep)),
        Json::Object(members) => {
            for (name, value) in members {
                match (kind, name.as_str(), value) {
                    (Kind::Criterion, "criterion", Json::Text(id))
                    | (Kind::Fact, "fact", Json::Text(id)) => _ = keep(id),
                    (Kind::Item, "items" | "full_items", Json::List(ids))
                    | (Kind::Band, "eligible_bands", Json::List(ids)) => {
                        let mut left = ids.clone();
                        left.retain_mut(|id| match id {
                            Json::Text(id) => keep(id),
                            _ => true,
                        });
                        // A gate without items, and points without such a band, mean something else: the linter shows
                        // what they name.
                        if !left.is_empty() || name == "full_items" {
                            *ids = left;
                        }
                    }
                    (Kind::Level | Kind::Type, "applies", Json::List(entries)) => {
                        entries.retain_mut(|entry| match entry {
                            Json::Text(entry) => keep_entry(entry, kind, keep),
                            _ => true,
                        });
                    }
                    (_, _, value) => names_in(value, kind, keep),
                }
            }
        }
        _ => {}
    }
}

/// One side of `level:type`.
fn keep_entry(entry: &mut String, kind: Kind, keep: &mut dyn FnMut(&mut String) -> bool) -> bool {
    let Some((level, unit_type)) = entry.split_once(':') else { return true };
    let (mut level, mut unit_type) = (level.to_owned(), unit_type.to_owned());
    let is_kept = keep(if kind == Kind::Level { &mut level } else { &mut unit_type });
    *entry = format!("{level}:{unit_type}");
    is_kept
}

/// Changes a text in all members of this name.
fn rename_members(json: &mut Json, name: &str, old: &str, new: &str) {
    match json {
        Json::List(values) => {
            values.iter_mut().for_each(|own| rename_members(own, name, old, new));
        }
        Json::Object(members) => {
            for (own, value) in members {
                match value {
                    Json::Text(text) if own == name && text == old => new.clone_into(text),
                    value => rename_members(value, name, old, new),
                }
            }
        }
        _ => {}
    }
}

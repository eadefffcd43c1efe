//! What changed between two packs, part by part, in the order of the pack.
//!
//! What stands there by default is the same as nothing: `"mandatory": false` and no such member are one. So two packs with
//! no change between them may have different digests, but never different outcomes.

mod change;
mod matching;

use std::collections::BTreeMap;

pub use change::{Change, Deed, Kind, Part};

use crate::json::{Json, canonical};
use matching::{id_of, matched, moved};

/// A list of parts: where it stands, of what it is, and whether a part is known again by its content.
type List = (&'static str, Kind, bool);

/// The members of a pack in their order, and its lists of parts.
const MEMBERS: [&str; 8] =
    ["id", "version", "title", "issuer", "note", "effective", "legal_basis", "periods"];
const LISTS: [List; 8] = [
    ("levels", Kind::Level, false),
    ("types", Kind::Type, false),
    ("facts", Kind::Fact, true),
    ("checks", Kind::Check, true),
    ("criteria", Kind::Criterion, true),
    ("items", Kind::Item, true),
    ("gates", Kind::Gate, true),
    ("adjustments", Kind::Adjustment, true),
];
/// Members that are compared as wholes, with what they hold.
const WHOLE: [&str; 5] = ["label", "help", "title", "message", "note"];
/// Members that are rules.
const RULES: [&str; 3] = ["na_when", "met_when", "when"];

/// What changed from `before` to `after`, in the order of the pack; nothing where they say the same.
pub fn diff(before: &Json, after: &Json) -> Vec<Change> {
    let mut before = before.clone();
    let renumbered = renumbered(&before, after);
    refer(&mut before, &renumbered);
    let mut found = Vec::new();
    let mut compare = Compare { found: &mut found };
    let pack = Part::default();
    let with = |names: &[&str], compare: &mut Compare<'_>| {
        for name in names {
            compare.value(&pack, name, before.get(name), after.get(name));
        }
    };
    with(&MEMBERS, &mut compare);
    for list in LISTS {
        compare.list(&pack, list, &before, after);
    }
    compare.points(&pack, before.get("points"), after.get("points"));
    with(&["decision"], &mut compare);
    let is_other = |name: &&str| {
        let known = ["format", "points", "decision"];
        !known.contains(name)
            && !MEMBERS.contains(name)
            && LISTS.iter().all(|(list, ..)| list != name)
    };
    let others: Vec<&str> = names(&before, after).into_iter().filter(is_other).collect();
    with(&others, &mut compare);
    found
}

/// The elements of a list of parts.
fn elements<'a>(whole: &'a Json, list: &str) -> &'a [Json] {
    match whole.get(list) {
        Some(Json::List(elements)) => elements,
        _ => &[],
    }
}

/// Ids that changed, by the member in which they are referred to.
fn renumbered(before: &Json, after: &Json) -> BTreeMap<(&'static str, String), String> {
    let mut changed = BTreeMap::new();
    for (list, name) in [("facts", "fact"), ("criteria", "criterion"), ("items", "items")] {
        let (old, new) = (elements(before, list), elements(after, list));
        for (was, is) in matched(old, new, true).pairs {
            let (was, is) = (id_of(&old[was]), id_of(&new[is]));
            if was != is {
                changed.insert((name, was.to_owned()), is.to_owned());
            }
        }
    }
    changed
}

/// Writes the new ids where parts are referred to, so that a new number alone is one change.
fn refer(value: &mut Json, changed: &BTreeMap<(&'static str, String), String>) {
    if changed.is_empty() {
        return;
    }
    match value {
        Json::List(values) => values.iter_mut().for_each(|value| refer(value, changed)),
        Json::Object(members) => {
            for (name, value) in members {
                let kind = match name.as_str() {
                    "fact" => "fact",
                    "criterion" => "criterion",
                    "items" | "full_items" => "items",
                    _ => "",
                };
                let new = |id: &String| changed.get(&(kind, id.clone())).cloned();
                match value {
                    Json::Text(id) => *id = new(id).unwrap_or_else(|| id.clone()),
                    Json::List(ids) if kind == "items" => {
                        for one in ids {
                            match one {
                                Json::Text(id) => *id = new(id).unwrap_or_else(|| id.clone()),
                                other => refer(other, changed),
                            }
                        }
                    }
                    other => refer(other, changed),
                }
            }
        }
        Json::Null | Json::Bool(_) | Json::Int(_) | Json::Text(_) => {}
    }
}

/// The names of the members of two objects, in the order of the later one.
fn names<'a>(before: &'a Json, after: &'a Json) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for value in [after, before] {
        if let Json::Object(members) = value {
            for (name, _) in members {
                if !names.contains(&name.as_str()) {
                    names.push(name);
                }
            }
        }
    }
    names
}

/// Is it what a reader takes where nothing stands?
fn is_default(member: &str, value: &Json) -> bool {
    match value {
        Json::Null | Json::Bool(false) => true,
        Json::List(values) => values.is_empty(),
        Json::Object(members) => {
            ["in_force", "effective"].contains(&member)
                && members.iter().all(|(_, own)| *own == Json::Null)
        }
        Json::Text(word) => member == "evidence" && word == "none",
        Json::Bool(true) | Json::Int(_) => false,
    }
}

struct Compare<'a> {
    found: &'a mut Vec<Change>,
}

impl Compare<'_> {
    fn add(&mut self, part: &Part, deed: Deed) {
        self.found.push(Change { part: part.clone(), deed });
    }

    /// Compares a member, given by its path within the part.
    fn value(&mut self, part: &Part, path: &str, before: Option<&Json>, after: Option<&Json>) {
        let name = path.rsplit('/').next().unwrap_or(path);
        let given = |value: Option<&Json>| value.filter(|value| !is_default(name, value)).cloned();
        let (old, new) = (given(before), given(after));
        // The order of members says nothing.
        if old.as_ref().map(canonical) == new.as_ref().map(canonical) {
            return;
        }
        let is_rule = RULES.contains(&name);
        match (&old, &new) {
            (Some(Json::Int(old)), Some(Json::Int(new))) => {
                self.add(part, Deed::Number { member: path.to_owned(), before: *old, after: *new });
            }
            (Some(old), Some(new)) if is_rule && has_one_shape(old, new) => {
                self.numbers(part, path, old, new)
            }
            (Some(old @ Json::Object(_)), Some(new @ Json::Object(_)))
                if !is_rule && !WHOLE.contains(&name) =>
            {
                for name in names(old, new) {
                    self.value(part, &format!("{path}/{name}"), old.get(name), new.get(name));
                }
            }
            // Steps of points have no ids: they are compared one by one where there are as many.
            (Some(Json::List(old)), Some(Json::List(new)))
                if path == "points/bands" && old.len() == new.len() =>
            {
                for (place, (old, new)) in old.iter().zip(new).enumerate() {
                    for name in names(old, new) {
                        self.value(
                            part,
                            &format!("{path}/{place}/{name}"),
                            old.get(name),
                            new.get(name),
                        );
                    }
                }
            }
            _ => self.add(part, Deed::Member { member: path.to_owned(), before: old, after: new }),
        }
    }

    /// The numbers that differ in two rules of one shape.
    fn numbers(&mut self, part: &Part, path: &str, before: &Json, after: &Json) {
        match (before, after) {
            (Json::Int(old), Json::Int(new)) if old != new => {
                self.add(part, Deed::Number { member: path.to_owned(), before: *old, after: *new });
            }
            (Json::List(old), Json::List(new)) => {
                for (place, (old, new)) in old.iter().zip(new).enumerate() {
                    self.numbers(part, &format!("{path}/{place}"), old, new);
                }
            }
            (Json::Object(old), Json::Object(_)) => {
                for (name, old) in old {
                    if let Some(new) = after.get(name) {
                        self.numbers(part, &format!("{path}/{name}"), old, new);
                    }
                }
            }
            _ => {}
        }
    }

    /// Compares a list of parts.
    fn list(&mut self, within: &Part, list: List, before: &Json, after: &Json) {
        let (name, kind, by_content) = list;
        let (old, new) = (elements(before, name), elements(after, name));
        let found = matched(old, new, by_content);
        let criterion = |value: &Json| value.get("criterion").cloned();
        let stays = |(was, is): &(usize, usize)| criterion(&old[*was]) == criterion(&new[*is]);
        let steady: Vec<(usize, usize)> = found.pairs.iter().copied().filter(stays).collect();
        let out_of_order: Vec<usize> =
            moved(&steady).into_iter().map(|place| steady[place].1).collect();
        // A part that is gone is told where it stood: behind the one before it.
        let behind = |gone: usize| {
            let before = found.pairs.iter().filter(|(was, _)| *was < gone);
            before.max_by_key(|(was, _)| *was).map_or(0, |(_, is)| is + 1)
        };
        let mut gone =
            found.gone.iter().copied().map(|gone| (behind(gone), gone)).collect::<Vec<_>>();
        gone.sort_unstable();
        for place in 0..=new.len() {
            for (_, was) in gone.iter().filter(|(own, _)| *own == place) {
                let part = within.with(kind, id_of(&old[*was]));
                self.add(&part, Deed::Removed { value: old[*was].clone() });
            }
            let Some(is) = new.get(place) else {
                break;
            };
            let part = within.with(kind, id_of(is));
            let Some((was, _)) = found.pairs.iter().find(|(_, own)| *own == place) else {
                self.add(&part, Deed::Added { value: is.clone() });
                continue;
            };
            let earlier = &old[*was];
            if id_of(earlier) != id_of(is) {
                self.add(&part, Deed::Renumbered { before: id_of(earlier).to_owned() });
            }
            if out_of_order.contains(&place) {
                self.add(&part, Deed::Reordered { before: *was, after: place });
            }
            self.part(&part, kind, earlier, is);
        }
    }

    /// Compares a part that stands in both packs.
    fn part(&mut self, part: &Part, kind: Kind, before: &Json, after: &Json) {
        for name in names(before, after) {
            let (old, new) = (before.get(name), after.get(name));
            match (kind, name) {
                (_, "id") => {}
                (Kind::Item, "criterion") if old != new => {
                    let text = |value: Option<&Json>| {
                        value.and_then(Json::as_text).unwrap_or_default().to_owned()
                    };
                    self.add(part, Deed::Moved { before: text(old), after: text(new) });
                }
                (Kind::Item, "fields") => {
                    self.list(part, ("fields", Kind::Field, false), before, after)
                }
                (Kind::Item, "checks") => {
                    self.list(part, ("checks", Kind::ItemCheck, false), before, after)
                }
                (Kind::Field, "choices") => {
                    self.list(part, ("choices", Kind::Choice, false), before, after)
                }
                _ => self.value(part, name, old, new),
            }
        }
    }

    /// Compares how points are counted.
    fn points(&mut self, pack: &Part, before: Option<&Json>, after: Option<&Json>) {
        let (Some(old @ Json::Object(_)), Some(new @ Json::Object(_))) = (before, after) else {
            return self.value(pack, "points", before, after);
        };
        for name in names(old, new) {
            if name == "bands" {
                self.list(pack, ("bands", Kind::Band, false), old, new);
            } else {
                self.value(pack, &format!("points/{name}"), old.get(name), new.get(name));
            }
        }
    }
}

/// Do two rules differ in numbers alone?
fn has_one_shape(before: &Json, after: &Json) -> bool {
    match (before, after) {
        (Json::Int(_), Json::Int(_)) => true,
        (Json::List(old), Json::List(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| has_one_shape(old, new))
        }
        (Json::Object(old), Json::Object(new)) => {
            old.len() == new.len()
                && old
                    .iter()
                    .all(|(name, old)| after.get(name).is_some_and(|new| has_one_shape(old, new)))
        }
        (old, new) => old == new,
    }
}

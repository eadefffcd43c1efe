//! A pack that is being written: its tree, each change to it, and the way back.

use crate::json::Json;
use crate::kit::tree::{at, at_mut, index, parent};

/// One change: what stood at a place, and what stands there now.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Change {
    /// The value of a member or an element; `None` where a member is absent.
    Value { at: String, before: Option<Json>, after: Option<Json> },
    /// An element that came into a list or left it.
    Element { list: String, index: usize, value: Json, came: bool },
    /// An element that went to another place in its list.
    Moved { list: String, from: usize, to: usize },
}

/// What a person did at once: undone and redone as one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    changes: Vec<Change>,
    /// Where it happened: the pointer to what was changed.
    at: String,
}

/// A pack that is being written, with the way back. Its tree need not be a complete pack.
///
/// ```
/// use bon_tot::json::Json;
/// use bon_tot::kit::Document;
///
/// let mut document = Document::new(Json::Object(Vec::new()));
/// document.set("/id", Some("thi-diem".into()));
/// assert_eq!(document.text("/id"), "thi-diem");
/// assert_eq!(document.undo().as_deref(), Some("/id"));
/// assert_eq!(document.text("/id"), "");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    json: Json,
    done: Vec<Step>,
    undone: Vec<Step>,
    /// Whether the next change at the same place goes on with the last step, as letters that are typed do.
    goes_on: bool,
}

/// The most steps that can be undone.
const STEPS_LIMIT: usize = 500;

impl Document {
    /// Begins with a tree.
    pub fn new(json: Json) -> Document {
        Document { json, done: Vec::new(), undone: Vec::new(), goes_on: false }
    }

    /// The tree.
    pub fn json(&self) -> &Json {
        &self.json
    }

    /// The value at a pointer.
    pub fn get(&self, pointer: &str) -> Option<&Json> {
        at(&self.json, pointer)
    }

    /// The text at a pointer; empty where there is none.
    pub fn text(&self, pointer: &str) -> &str {
        crate::kit::tree::text(&self.json, pointer)
    }

    /// The elements of a list; none where there is no list.
    pub fn list(&self, pointer: &str) -> &[Json] {
        crate::kit::tree::list(&self.json, pointer)
    }

    /// Sets or removes a member, or replaces an element. What is typed at one place is one step until
    /// [`Document::rest`].
    pub fn set(&mut self, pointer: &str, value: Option<Json>) {
        let goes_on = self.goes_on && self.done.last().is_some_and(|step| step.at == pointer);
        let mut edit = Edit { json: &mut self.json, changes: Vec::new() };
        edit.set(pointer, value);
        let mut changes = edit.changes;
        if changes.is_empty() {
            return;
        }
        self.undone.clear();
        match self.done.last_mut().map(|step| (&mut step.changes[..], &mut changes[..])) {
            Some(([Change::Value { after, .. }], [Change::Value { after: new, .. }]))
                if goes_on =>
            {
                *after = new.take();
            }
            _ => self.keep(Step { changes, at: pointer.to_owned() }),
        }
        self.goes_on = true;
    }

    /// Ends the step that is being typed.
    pub fn rest(&mut self) {
        self.goes_on = false;
    }

    /// Makes several changes that are one step; `at` is where they happen.
    pub fn change(&mut self, at: &str, make: impl FnOnce(&mut Edit<'_>)) {
        let mut edit = Edit { json: &mut self.json, changes: Vec::new() };
        make(&mut edit);
        let changes = edit.changes;
        self.goes_on = false;
        if !changes.is_empty() {
            self.undone.clear();
            self.keep(Step { changes, at: at.to_owned() });
        }
    }

    fn keep(&mut self, step: Step) {
        if self.done.len() == STEPS_LIMIT {
            self.done.remove(0);
        }
        self.done.push(step);
    }

    /// Can a step be undone?
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Can a step be done again?
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Takes the last step back; gives the place where it happened.
    pub fn undo(&mut self) -> Option<String> {
        let step = self.done.pop()?;
        for change in step.changes.iter().rev() {
            back(&mut self.json, change);
        }
        self.goes_on = false;
        let at = step.at.clone();
        self.undone.push(step);
        Some(at)
    }

    /// Does again what was taken back last; gives the place where it happens.
    pub fn redo(&mut self) -> Option<String> {
        let step = self.undone.pop()?;
        for change in &step.changes {
            forth(&mut self.json, change);
        }
        self.goes_on = false;
        let at = step.at.clone();
        self.done.push(step);
        Some(at)
    }
}

/// Changes that are being made as one step. A change at a place that is not there does nothing.
pub struct Edit<'d> {
    json: &'d mut Json,
    changes: Vec<Change>,
}

impl Edit<'_> {
    /// The tree as it is now.
    pub fn json(&self) -> &Json {
        self.json
    }

    /// Sets or removes a member, or replaces an element.
    pub fn set(&mut self, pointer: &str, value: Option<Json>) {
        let before = at(self.json, pointer);
        let is_there = parent(pointer).is_none_or(|(holder, _)| match at(self.json, holder) {
            Some(Json::Object(_)) => true,
            Some(Json::List(_)) => before.is_some() && value.is_some(),
            _ => false,
        });
        if is_there && before != value.as_ref() {
            let before = before.cloned();
            self.make(Change::Value { at: pointer.to_owned(), before, after: value });
        }
    }

    /// Inserts an element into a list, or begins one.
    pub fn insert(&mut self, list: &str, index: usize, value: Json) {
        match at(self.json, list) {
            Some(Json::List(values)) if index <= values.len() => {
                self.make(Change::Element { list: list.to_owned(), index, value, came: true });
            }
            None | Some(Json::Null) => self.set(list, Some(Json::List(vec![value]))),
            _ => {}
        }
    }

    /// Adds an element to the end of a list, or begins one.
    pub fn push(&mut self, list: &str, value: Json) {
        let end = crate::kit::tree::list(self.json, list).len();
        self.insert(list, end, value);
    }

    /// Removes an element of a list.
    pub fn remove(&mut self, list: &str, index: usize) {
        if let Some(value) = crate::kit::tree::list(self.json, list).get(index).cloned() {
            self.make(Change::Element { list: list.to_owned(), index, value, came: false });
        }
    }

    /// Moves an element of a list to another index of it.
    pub fn shift(&mut self, list: &str, from: usize, to: usize) {
        let length = crate::kit::tree::list(self.json, list).len();
        if from < length && to < length && from != to {
            self.make(Change::Moved { list: list.to_owned(), from, to });
        }
    }

    fn make(&mut self, change: Change) {
        forth(self.json, &change);
        self.changes.push(change);
    }
}

fn forth(json: &mut Json, change: &Change) {
    match change {
        Change::Value { at, after, .. } => put(json, at, after.clone()),
        Change::Element { list, index, value, came } => element(json, list, *index, value, *came),
        Change::Moved { list, from, to } => shift(json, list, *from, *to),
    }
}

fn back(json: &mut Json, change: &Change) {
    match change {
        Change::Value { at, before, .. } => put(json, at, before.clone()),
        Change::Element { list, index, value, came } => element(json, list, *index, value, !*came),
        Change::Moved { list, from, to } => shift(json, list, *to, *from),
    }
}

fn put(json: &mut Json, pointer: &str, value: Option<Json>) {
    let Some((holder, step)) = parent(pointer) else {
        *json = value.unwrap_or(Json::Null);
        return;
    };
    match at_mut(json, holder) {
        Some(Json::Object(members)) => {
            let own = members.iter().position(|(name, _)| *name == step);
            match (own, value) {
                (Some(own), Some(value)) => members[own].1 = value,
                (Some(own), None) => drop(members.remove(own)),
                (None, Some(value)) => members.push((step, value)),
                (None, None) => {}
            }
        }
        Some(Json::List(values)) => {
            let own = index(&step).and_then(|index| values.get_mut(index));
            if let (Some(own), Some(value)) = (own, value) {
                *own = value;
            }
        }
        _ => {}
    }
}

fn element(json: &mut Json, list: &str, index: usize, value: &Json, comes: bool) {
    if let Some(Json::List(values)) = at_mut(json, list) {
        if comes && index <= values.len() {
            values.insert(index, value.clone());
        } else if !comes && index < values.len() {
            values.remove(index);
        }
    }
}

fn shift(json: &mut Json, list: &str, from: usize, to: usize) {
    if let Some(Json::List(values)) = at_mut(json, list)
        && from < values.len()
        && to < values.len()
    {
        let value = values.remove(from);
        values.insert(to, value);
    }
}

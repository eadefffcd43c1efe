//! The register as CSV (RFC 4180) for spreadsheets: UTF-8 with a BOM, by which they know the encoding.

use std::collections::BTreeSet;

use super::{MEMBERS, Row};
use crate::json::{Json, canonical, to_json};
use crate::value::Id;

/// What a cell must not begin with: a spreadsheet takes it for a formula.
const ACTIVE: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The members that have a column for each of their members.
const SPREAD: [&str; 2] = ["criteria", "items"];

/// The criteria and items of the rows of a register, each a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    criteria: BTreeSet<Id>,
    items: BTreeSet<Id>,
}

impl Columns {
    /// Takes in the criteria and items of a row.
    pub(super) fn note(&mut self, row: &Row) {
        note(&mut self.criteria, row.criteria.iter().flat_map(|map| map.keys()));
        note(&mut self.items, row.items.iter().flat_map(|map| map.keys()));
    }

    fn ids(&self, member: &str) -> &BTreeSet<Id> {
        if member == "criteria" { &self.criteria } else { &self.items }
    }

    /// The names of the columns. That of a criterion or an item has the member before its id, as in `items.1.01`, since
    /// a criterion may have the id of an item.
    pub fn names(&self) -> Vec<String> {
        let names = MEMBERS.iter().flat_map(|member| {
            if !SPREAD.contains(member) {
                return vec![(*member).to_owned()];
            }
            self.ids(member).iter().map(|id| format!("{member}.{id}")).collect()
        });
        names.collect()
    }

    /// What a row says in each column, null where nothing is known.
    pub fn values(&self, row: &Row) -> Vec<Json> {
        let tree = to_json(row);
        let known = |value: Option<&Json>| value.cloned().unwrap_or(Json::Null);
        let values = MEMBERS.iter().flat_map(|member| {
            let value = tree.get(member);
            if !SPREAD.contains(member) {
                return vec![known(value)];
            }
            let ids = self.ids(member).iter();
            ids.map(|id| known(value.and_then(|all| all.get(id.as_str())))).collect()
        });
        values.collect()
    }

    /// The first line, behind the BOM: the names of the columns.
    pub fn csv_head(&self) -> String {
        format!("\u{feff}{}", csv_line(self.names().into_iter()))
    }

    /// The line of a row. What is not known is empty; facts and points stand as JSON.
    pub fn csv_line(&self, row: &Row) -> String {
        csv_line(self.values(row).iter().map(text_of))
    }
}

fn note<'a>(known: &mut BTreeSet<Id>, ids: impl Iterator<Item = &'a Id>) {
    for id in ids {
        if !known.contains(id) {
            known.insert(id.clone());
        }
    }
}

fn text_of(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::Text(text) => text.clone(),
        other => canonical(other),
    }
}

fn csv_line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.map(|text| cell(&text)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A text as a cell. An apostrophe before a text that a spreadsheet would run makes it one that it shows.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(ACTIVE) { "'" } else { "" };
    let is_plain = guard.is_empty() && !text.contains([',', '"', '\r', '\n', '\t', ';']);
    if is_plain {
        return text.to_owned();
    }
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

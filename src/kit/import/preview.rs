//! What a person says of an import, and what comes of it.

use serde::{Deserialize, Serialize};

use super::columns::{Columns, Role};
use super::finding::{Doubt, Reason};
use super::grid::Grid;
use crate::json::Json;
use crate::pack::Term;
use crate::value::{Id, Version, is_blank, trim};

/// What a person says of the pack that is to be made.
#[derive(Clone, Debug)]
pub struct Options {
    /// Its id.
    pub id: Id,
    /// Its version.
    pub version: Version,
    /// Its title; without it the first line above the table.
    pub title: Option<String>,
    /// The levels of units that its items belong to; without any, one for every unit.
    pub levels: Vec<Term>,
    /// The types of units that it knows; without any, one for every unit.
    pub types: Vec<Term>,
    /// Which column has a role, or that none has, in place of what the names say.
    pub columns: Vec<(Role, Option<usize>)>,
    /// Whether hidden rows count.
    pub with_hidden: bool,
    /// The share of items of a criterion that must be met, which no table says.
    pub others_percent: i64,
}

impl Options {
    /// The usual ones.
    pub fn new(id: Id, version: Version) -> Options {
        Options {
            id,
            version,
            title: None,
            levels: Vec::new(),
            types: Vec::new(),
            columns: Vec::new(),
            with_hidden: false,
            others_percent: 100,
        }
    }
}

/// What was made of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The pack, in the format of spec s. 2.
    pub pack: Json,
    /// How it came from the table.
    pub preview: Preview,
    /// What a person should look at, from above to below.
    pub doubts: Vec<Doubt>,
}

/// How a pack came from a table. Rows count from zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// The row that names the columns, where one does.
    pub head: Option<usize>,
    /// What stands in which column.
    pub columns: Columns,
    /// The criteria with their items.
    pub criteria: Vec<CriterionPreview>,
    /// The rows that are not in the pack.
    pub left_out: Vec<LeftOut>,
    /// Units in one point; `None` without points.
    pub scale: Option<i64>,
    /// All points together, in units.
    pub total: i64,
}

/// A criterion and its items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionPreview {
    /// Its row; `None` where the table has no headings.
    pub row: Option<usize>,
    /// Its id in the pack.
    pub id: Id,
    /// Its name.
    pub label: String,
    /// Its items.
    pub items: Vec<ItemPreview>,
}

/// An item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemPreview {
    /// Its row.
    pub row: usize,
    /// Its id in the pack.
    pub id: Id,
    /// What is asked.
    pub label: String,
    /// Its points, in units.
    pub points: Option<i64>,
}

/// A row that is not in the pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The row.
    pub row: usize,
    /// Why.
    pub reason: Reason,
    /// What stands in it.
    pub text: String,
}

/// What is noted on the way.
#[derive(Default)]
pub(super) struct Notes {
    pub doubts: Vec<Doubt>,
    pub left_out: Vec<LeftOut>,
}

impl Notes {
    /// Notes that a row is not in the pack.
    pub fn leave_out(&mut self, grid: &Grid, row: usize, reason: Reason) {
        let cells = grid.rows.get(row).map(Vec::as_slice).unwrap_or_default();
        let texts = cells.iter().map(|cell| trim(&cell.text)).filter(|text| !is_blank(text));
        let text = texts.collect::<Vec<_>>().join(" | ");
        self.left_out.push(LeftOut { row, reason, text });
    }
}

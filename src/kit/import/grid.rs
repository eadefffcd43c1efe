//! A sheet as it was read: cells with what they hold, and what of them a person does not see.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// What a cell holds, as far as it matters for points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// Text, or nothing.
    #[default]
    Text,
    /// A number, in digits and a decimal point.
    Number,
    /// A day: what a spreadsheet makes of `2-5` or `1.5` by itself.
    Day,
    /// An error, such as `#REF!`.
    Error,
    /// A formula whose value was never computed.
    Formula,
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// What it shows; of a formula without a value, the formula.
    pub text: String,
    /// What kind of value that is.
    pub content: Content,
}

/// Cells that are merged into one, whose value stands in the first of them. Places count from zero, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// First row and column.
    pub first: (usize, usize),
    /// Last row and column.
    pub last: (usize, usize),
}

/// A sheet. Rows and columns count from zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// Its name; nothing for a text file.
    pub name: String,
    /// Its rows, which may differ in length.
    pub rows: Vec<Vec<Cell>>,
    /// Rows that are not shown.
    pub hidden_rows: BTreeSet<usize>,
    /// Columns that are not shown.
    pub hidden_columns: BTreeSet<usize>,
    /// Cells that are merged.
    pub merged: Vec<Merged>,
    /// Whether numbers and texts are told apart, as in a workbook.
    pub is_typed: bool,
}

impl Grid {
    /// The sheet that a text file is.
    pub fn of_texts(rows: Vec<Vec<String>>) -> Grid {
        let cell = |text| Cell { text, content: Content::Text };
        let rows = rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
        Grid { rows, ..Grid::default() }
    }

    /// Changes every text, as texts are that enter a form.
    pub fn each_text(&mut self, change: impl Fn(&str) -> String) {
        for cell in self.rows.iter_mut().flatten() {
            cell.text = change(&cell.text);
        }
    }

    /// The cell at a place.
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.rows.get(row)?.get(column)
    }

    /// The place whose value a cell shows: of merged cells the first.
    pub(super) fn shown_at(&self, row: usize, column: usize) -> (usize, usize) {
        let holds = |merged: &&Merged| {
            (merged.first.0..=merged.last.0).contains(&row)
                && (merged.first.1..=merged.last.1).contains(&column)
        };
        self.merged.iter().find(holds).map_or((row, column), |merged| merged.first)
    }
}

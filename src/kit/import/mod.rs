//! A table of criteria, as a spreadsheet holds it, becomes a pack that is being written. Nothing of the table is dropped
//! silently: each row is in the pack or among those left out, with the reason, and every doubt is listed.

mod amount;
mod build;
mod columns;
mod encoding;
mod finding;
mod grid;
mod lines;
mod mark;
mod messages;
mod outline;
mod preview;

pub use columns::{Columns, Role};
pub use encoding::{Encoding, of_bytes as encoding_of_bytes};
pub use finding::{Doubt, FileError, ImportError, Reason, letters};
pub use grid::{Cell, Content, Grid, Merged};
pub use lines::one_line;
pub use messages::{Answer, Choice, Made, Seen, look};
pub use preview::{CriterionPreview, Imported, ItemPreview, LeftOut, Options, Preview};

use crate::value::{is_blank, search_key, trim};
use preview::Notes;

/// Makes a pack of a table.
///
/// # Errors
/// Nothing can be made of it.
pub fn import(grid: &Grid, options: &Options) -> Result<Imported, ImportError> {
    let mut notes = Notes::default();
    if grid.rows.iter().flatten().all(|cell| is_blank(&cell.text)) {
        return Err(ImportError::Empty);
    }
    let found = columns::find(grid);
    let mut columns = found.as_ref().map(|head| head.columns.clone()).unwrap_or_default();
    for (role, column) in &options.columns {
        columns.set(*role, *column);
    }
    if columns.get(Role::Label).is_none() {
        let texts = grid.rows.iter().flatten().map(|cell| cell.text.as_str());
        let all = texts.collect::<Vec<_>>().join("\n");
        return Err(encoding::of_text(&all).map_or(ImportError::NoHead, ImportError::OldEncoding));
    }
    let (from, head) = match &found {
        Some(head) => (head.end, Some(head.first)),
        None => (0, None),
    };
    let title = above(grid, head.unwrap_or_default(), &mut notes);
    for row in head.unwrap_or_default()..from {
        notes.leave_out(grid, row, Reason::Head);
    }
    if let Some(head) = &found {
        about_columns(grid, &columns, head, options, &mut notes);
    }
    about_cells(grid, &columns, from, &mut notes);
    let has_points = columns.get(Role::Points).is_some();
    let about_columns = notes.doubts.len();
    let lines = lines::read(grid, &columns, from, options.with_hidden, &mut notes);
    let unused = found.iter().flat_map(|head| unused(grid, &columns, head, &notes));
    let unused: Vec<Doubt> = unused.collect();
    notes.doubts.splice(about_columns..about_columns, unused);
    let sections = outline::sections(lines, grid, has_points, &mut notes);
    if sections.is_empty() {
        return Err(ImportError::NoItems { head: head.unwrap_or_default() });
    }
    let title = options.title.clone().or(title);
    let mut made = build::pack(&sections, title, has_points, options, &columns, &mut notes);
    notes.left_out.sort_by_key(|own| own.row);
    made.preview.head = head;
    made.preview.columns = columns;
    made.preview.left_out = notes.left_out;
    made.doubts = notes.doubts;
    Ok(made)
}

/// Words of titles, as [`search_key`] gives them.
const TITLE_WORDS: [&str; 6] = ["tieu chi", "cham diem", "danh gia", "criteria", "bang ", "phieu "];
/// What the names of those who issue a table begin with, which stand above it as well.
const ISSUER_WORDS: [&str; 7] =
    ["dang bo", "dang uy", "dang cong san", "chi bo", "huyen uy", "tinh uy", "ban "];

/// How likely a line above a table is its title.
fn title_rank(line: &str) -> u8 {
    let key = search_key(line);
    if TITLE_WORDS.iter().any(|word| key.contains(word)) {
        2
    } else {
        u8::from(!ISSUER_WORDS.iter().any(|word| key.starts_with(word)))
    }
}

/// The rows above the head. The title is the first of those that are most likely to be one.
fn above(grid: &Grid, head: usize, notes: &mut Notes) -> Option<String> {
    let mut title: Option<(String, u8)> = None;
    for row in 0..head {
        let cells = grid.rows.get(row).map(Vec::as_slice).unwrap_or_default();
        let filled: Vec<_> =
            cells.iter().map(|cell| trim(&cell.text)).filter(|text| !is_blank(text)).collect();
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
        if let [text] = filled[..]
            && letters(text) >= 8
        {
            let rank = title_rank(text);
            if title.as_ref().is_none_or(|(_, best)| rank > *best) {
                title = Some((one_line(text), rank));
            }
        }
        if !filled.is_empty() {
            notes.leave_out(grid, row, Reason::Above);
        }
    }
    title.map(|(title, _)| title)
}

fn about_columns(
    grid: &Grid,
    columns: &Columns,
    head: &columns::Head,
    options: &Options,
    notes: &mut Notes,
) {
    for (role, first, second) in &head.twice {
        if !options.columns.iter().any(|(own, _)| own == role) {
            notes.doubts.push(Doubt::ColumnTwice { role: *role, first: *first, second: *second });
        }
    }
    for (role, column) in columns.all().filter(|(_, own)| grid.hidden_columns.contains(own)) {
        notes.doubts.push(Doubt::HiddenColumn { column, role });
    }
    if columns.get(Role::Points).is_none() {
        notes.doubts.push(Doubt::NoPointsColumn);
    }
}

/// Columns with content in the rows of the table that have no role.
fn unused(grid: &Grid, columns: &Columns, head: &columns::Head, notes: &Notes) -> Vec<Doubt> {
    let width = grid.rows.iter().map(Vec::len).max().unwrap_or_default();
    let is_of_other = |row: usize| {
        let mut left = notes.left_out.iter();
        left.any(|own| own.row == row && own.reason == Reason::OtherTable)
    };
    let rows: Vec<usize> = (head.end..grid.rows.len()).filter(|row| !is_of_other(*row)).collect();
    let is_unused = |column: &usize| {
        let filled = |row: &usize| grid.cell(*row, *column).is_some_and(|c| !is_blank(&c.text));
        let is_twice = head.twice.iter().any(|(_, _, second)| second == column);
        columns.role(*column).is_none() && !is_twice && rows.iter().any(filled)
    };
    let named = |column: usize| {
        let cells = (head.first..head.end).rev().filter_map(|row| grid.cell(row, column));
        let name = cells.map(|cell| trim(&cell.text)).find(|text| !is_blank(text));
        Doubt::ColumnUnused { column, name: lines::one_line(name.unwrap_or_default()) }
    };
    (0..width).filter(is_unused).map(named).collect()
}

/// Doubts that a cell alone gives: merges over rows, and old encodings.
fn about_cells(grid: &Grid, columns: &Columns, from: usize, notes: &mut Notes) {
    for merged in &grid.merged {
        let (first, last) = (merged.first.0, merged.last.0);
        let column = merged.first.1;
        if first >= from && first < last && columns.role(column).is_some() {
            notes.doubts.push(Doubt::Merged { column, first, last });
        }
    }
    let old = grid.rows.iter().enumerate().skip(from).find_map(|(row, cells)| {
        let mut cells = cells.iter().enumerate();
        cells.find_map(|(column, cell)| Some((row, column, encoding::of_text(&cell.text)?)))
    });
    if let Some((row, column, encoding)) = old {
        notes.doubts.push(Doubt::OldEncoding { row, column, encoding });
    }
}

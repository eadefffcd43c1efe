//! Reads tables in files: text that a spreadsheet saved, or a workbook.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use crate::desk::register::{Sheet, Table, TableError, UNIT_LIST_LIMIT, sheets_of_text};

/// The most rows and columns that are looked at: cells beyond are no list of units.
const ROWS_LIMIT: u32 = 200_000;
const COLUMNS_LIMIT: u32 = 200;
/// The most sheets, and the most bytes of all cells together.
const SHEETS_LIMIT: usize = 64;
const CELLS_LIMIT: usize = 4 * UNIT_LIST_LIMIT;

/// Reads the sheets of a file.
///
/// # Errors
/// The first of [`TableError`] that holds.
pub fn sheets_of(bytes: Vec<u8>) -> Result<Vec<Sheet>, TableError> {
    sheets_of_text(&bytes).unwrap_or_else(|| of_workbook(bytes))
}

fn of_workbook(bytes: Vec<u8>) -> Result<Vec<Sheet>, TableError> {
    let told = |error: XlsxError| TableError::Workbook(error.to_string());
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(told)?;
    let (mut sheets, mut room) = (Vec::new(), CELLS_LIMIT);
    for name in book.sheet_names().into_iter().take(SHEETS_LIMIT) {
        let table = sheet(&mut book, &name, &mut room).map_err(told)?;
        sheets.push((name, table.ok_or(TableError::TooLarge)?));
    }
    Ok(sheets)
}

/// The cells of a sheet; `None` where there is no room for them. A sheet states any size, so only cells that are there take
/// room.
fn sheet(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    name: &str,
    room: &mut usize,
) -> Result<Option<Table>, XlsxError> {
    let mut table = Table::new();
    let mut cells = book.worksheet_cells_reader(name)?;
    while let Some(cell) = cells.next_cell()? {
        let (row, column) = cell.get_position();
        if row >= ROWS_LIMIT || column >= COLUMNS_LIMIT {
            continue;
        }
        let (row, column) = (row as usize, column as usize);
        if table.len() <= row {
            table.resize(row + 1, Vec::new());
        }
        if let Some(line) = table.get_mut(row) {
            if line.len() <= column {
                line.resize(column + 1, String::new());
            }
            line[column] = text_of(cell.get_value());
            match room.checked_sub(line[column].len()) {
                Some(left) => *room = left,
                None => return Ok(None),
            }
        }
    }
    Ok(Some(table))
}

/// What a cell shows, a day as `2026-12-15`.
pub(super) fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::DateTime(time) => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(is_true) => is_true.to_string(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

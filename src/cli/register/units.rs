//! Lists of units: text that a spreadsheet saved, or a workbook.

use std::io::Cursor;
use std::path::Path;

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use super::RegisterError;
use crate::cli::{CliError, files};
use crate::desk::register::{Table, UnitList, UnitListError, table_of};
use crate::value::Date;

/// The most bytes of a list.
const LIST_LIMIT: usize = 32 << 20;
/// The most rows and columns that are looked at: cells beyond are no list of units.
const ROWS_LIMIT: u32 = 200_000;
const COLUMNS_LIMIT: u32 = 200;
/// How a workbook begins: it is a ZIP archive.
const WORKBOOK: &[u8] = b"PK\x03\x04";
/// How a workbook of before 2007 begins.
const OLD_WORKBOOK: &[u8] = b"\xd0\xcf\x11\xe0";

/// Reads the list of the units that are to file. `deadline` is for those for which the list names none.
pub(in crate::cli) fn read_units(
    path: &Path,
    deadline: Option<Date>,
) -> Result<UnitList, CliError> {
    let bytes = files::read(path, LIST_LIMIT)?;
    let refused = |why: String| RegisterError::Units { file: files::name(path), why };
    if bytes.len() > LIST_LIMIT {
        return Err(refused("the list is too large".to_owned()).into());
    }
    let mut list = if bytes.starts_with(WORKBOOK) {
        of_workbook(bytes).map_err(refused)?
    } else if bytes.starts_with(OLD_WORKBOOK) {
        let why = "this is a workbook of before 2007 (.xls): save it as .xlsx";
        return Err(refused(why.to_owned()).into());
    } else {
        let table = table_of(&bytes).map_err(|error| refused(error.to_string()))?;
        UnitList::of(&table).map_err(|error| refused(error.to_string()))?
    };
    if let Some(deadline) = deadline {
        list.set_deadline(deadline);
    }
    Ok(list)
}

/// The list in the first sheet that has one.
fn of_workbook(bytes: Vec<u8>) -> Result<UnitList, String> {
    let told = |error: XlsxError| format!("the workbook cannot be read: {error}");
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(told)?;
    let mut refused = UnitListError::NoColumn;
    for name in book.sheet_names() {
        match UnitList::of(&sheet(&mut book, &name).map_err(told)?) {
            Ok(list) => return Ok(list),
            Err(UnitListError::NoColumn) => {}
            Err(error) => refused = error,
        }
    }
    Err(refused.to_string())
}

/// The cells of a sheet. A sheet states any size, so only cells that are there take room.
fn sheet(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str) -> Result<Table, XlsxError> {
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
        }
    }
    Ok(table)
}

/// What a cell shows, a day as `2026-12-15`.
fn text_of(value: &DataRef<'_>) -> String {
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

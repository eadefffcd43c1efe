//! Reads tables of criteria: what each cell holds, which cells are merged, and what is not shown.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use super::hidden::{self, Hidden};
use super::read::text_of;
use crate::desk::register::{TableError, sheets_of_text};
use crate::kit::import::{Cell, Content, Encoding, FileError, Grid, Merged, encoding_of_bytes};

/// The most bytes of a file.
pub const GRID_LIMIT: usize = 16 << 20;
/// The most rows and columns that are looked at: a pack has some hundred items.
pub(super) const ROWS_LIMIT: u32 = 5_000;
pub(super) const COLUMNS_LIMIT: u32 = 200;
/// The most sheets, merged cells of one, and bytes of all cells together.
const SHEETS_LIMIT: usize = 64;
const MERGED_LIMIT: usize = 20_000;
const CELLS_LIMIT: usize = 32 << 20;
/// The name of the stream in which a workbook with a password is locked, as it stands in the file.
const LOCKED: &str = "EncryptedPackage";

/// Reads the sheets of a file: a workbook, or text that a spreadsheet saved.
///
/// # Errors
/// The first of [`FileError`] that holds.
pub fn grids_of(bytes: Vec<u8>) -> Result<Vec<Grid>, FileError> {
    if bytes.len() > GRID_LIMIT {
        return Err(FileError::TooLarge);
    }
    let has_mark = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let old = |bytes: &[u8]| encoding_of_bytes(bytes);
    match sheets_of_text(&bytes) {
        Some(Ok(sheets)) => match old(&bytes) {
            Some(Encoding::Utf16) if !has_mark => Err(FileError::OldEncoding(Encoding::Utf16)),
            _ => {
                let grid = |(name, table)| Grid { name, ..Grid::of_texts(table) };
                Ok(sheets.into_iter().map(grid).collect())
            }
        },
        Some(Err(error)) => Err(match error {
            TableError::TooLarge => FileError::TooLarge,
            TableError::OldWorkbook if is_locked(&bytes) => FileError::Protected,
            TableError::OldWorkbook => FileError::OldWorkbook,
            TableError::Quotation => FileError::Quotation,
            TableError::Encoding => {
                old(&bytes).map_or(FileError::NotUnicode, FileError::OldEncoding)
            }
            error @ (TableError::Unread | TableError::Workbook(_)) => {
                FileError::Damaged(error.to_string())
            }
        }),
        None => of_workbook(bytes),
    }
}

/// Is it a workbook that a password locks?
fn is_locked(bytes: &[u8]) -> bool {
    let name: Vec<u8> = LOCKED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|own| own == name)
}

fn of_workbook(bytes: Vec<u8>) -> Result<Vec<Grid>, FileError> {
    let mut hidden = hidden::of_book(&bytes).map_err(FileError::Damaged)?;
    let told = |error: XlsxError| match error {
        XlsxError::Password => FileError::Protected,
        error => FileError::Damaged(error.to_string()),
    };
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(told)?;
    let (mut grids, mut room) = (Vec::new(), CELLS_LIMIT);
    for name in book.sheet_names().into_iter().take(SHEETS_LIMIT) {
        let grid = match sheet(&mut book, &name, &mut room, &mut hidden) {
            // A sheet of a chart alone has no cells.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            grid => grid.map_err(told)?,
        };
        grids.push(grid.ok_or(FileError::TooLarge)?);
    }
    Ok(grids)
}

/// The cells of a sheet; `None` where there is no room for them.
fn sheet(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    name: &str,
    room: &mut usize,
    hidden: &mut BTreeMap<String, Hidden>,
) -> Result<Option<Grid>, XlsxError> {
    let Hidden { rows, columns } = hidden.remove(name).unwrap_or_default();
    let mut grid = Grid {
        name: name.to_owned(),
        hidden_rows: rows,
        hidden_columns: columns,
        is_typed: true,
        ..Grid::default()
    };
    let place = |(row, column): (u32, u32)| (row as usize, column as usize);
    for own in book.merge_cells_by_sheet_name(name)?.into_iter().take(MERGED_LIMIT) {
        grid.merged.push(Merged { first: place(own.start), last: place(own.end) });
    }
    let mut cells = book.worksheet_cells_reader(name)?;
    while let Some(record) = cells.next_cell_with_formula()? {
        let (row, column) = record.pos;
        if row >= ROWS_LIMIT || column >= COLUMNS_LIMIT {
            continue;
        }
        let cell = cell_of(&record.value, record.formula);
        match room.checked_sub(cell.text.len() + size_of::<Cell>()) {
            Some(left) => *room = left,
            None => return Ok(None),
        }
        let (row, column) = place((row, column));
        if grid.rows.len() <= row {
            grid.rows.resize(row + 1, Vec::new());
        }
        if let Some(line) = grid.rows.get_mut(row) {
            if line.len() <= column {
                line.resize(column + 1, Cell::default());
            }
            line[column] = cell;
        }
    }
    Ok(Some(grid))
}

fn cell_of(value: &DataRef<'_>, formula: Option<String>) -> Cell {
    let content = match value {
        DataRef::Int(_) | DataRef::Float(_) => Content::Number,
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) => Content::Day,
        DataRef::Error(error) => {
            return Cell { text: error.to_string(), content: Content::Error };
        }
        _ => Content::Text,
    };
    let text = match value {
        // Binary fractions: 2.4 may be kept as 2.4000000000000004.
        DataRef::Float(number) => {
            let text = format!("{number:.6}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        value => text_of(value),
    };
    match formula {
        Some(formula) if text.is_empty() => {
            Cell { text: format!("={formula}"), content: Content::Formula }
        }
        _ => Cell { text, content },
    }
}

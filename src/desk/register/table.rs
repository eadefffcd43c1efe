//! Tables as spreadsheets save them as text: CSV (RFC 4180), separated by comma, semicolon or tab, in UTF-8 or UTF-16.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::UNIT_LIST_LIMIT;

/// Rows of cells.
pub type Table = Vec<Vec<String>>;

/// The name of a sheet and its cells; a text is one sheet without a name.
pub type Sheet = (String, Table);

/// How a workbook begins, which is a ZIP archive, and how one of before 2007.
const WORKBOOK: &[u8] = b"PK\x03\x04";
const OLD_WORKBOOK: &[u8] = b"\xd0\xcf\x11\xe0";

/// Why a file is no table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum TableError {
    /// It cannot be read at all.
    #[error("the file cannot be read")]
    Unread,
    /// It is larger than any list.
    #[error("the list is too large")]
    TooLarge,
    /// It is a workbook of before 2007.
    #[error("this is a workbook of before 2007 (.xls): save it as .xlsx")]
    OldWorkbook,
    /// It is a workbook that cannot be read.
    #[error("the workbook cannot be read: {0}")]
    Workbook(String),
    /// It is neither UTF-8 nor UTF-16 with a BOM.
    #[error("the list is neither UTF-8 nor Unicode text")]
    Encoding,
    /// A quotation mark is never closed.
    #[error("a quotation mark is never closed")]
    Quotation,
}

/// Reads a file that is no workbook; `None` for a workbook, which takes more to read.
pub fn sheets_of_text(bytes: &[u8]) -> Option<Result<Vec<Sheet>, TableError>> {
    if bytes.len() > UNIT_LIST_LIMIT {
        Some(Err(TableError::TooLarge))
    } else if bytes.starts_with(WORKBOOK) {
        None
    } else if bytes.starts_with(OLD_WORKBOOK) {
        Some(Err(TableError::OldWorkbook))
    } else {
        Some(table_of(bytes).map(|table| vec![(String::new(), table)]))
    }
}

/// Reads the rows of a text file. What separates cells is what stands most often in the first line; a line `sep=;` says
/// it, as spreadsheets write and read it.
///
/// # Errors
/// The first of [`TableError`] that holds.
pub fn table_of(bytes: &[u8]) -> Result<Table, TableError> {
    let text = decoded(bytes).ok_or(TableError::Encoding)?;
    let first = text.lines().next().unwrap_or_default();
    if let Some(said) = first.strip_prefix("sep=").and_then(|said| said.chars().next()) {
        let rest = text.get(first.len()..).unwrap_or_default();
        return records(rest.trim_start_matches(['\r', '\n']), said);
    }
    // A title may stand above the head, so the first line with a separator counts.
    let head = text.lines().find(|line| line.contains([',', ';', '\t'])).unwrap_or_default();
    let count = |separator: &char| head.matches(*separator).count();
    let separator = [',', ';', '\t'].into_iter().rev().max_by_key(count).unwrap_or(',');
    records(&text, separator)
}

/// The rows of a text that a person typed, or copied from a spreadsheet: a line each, its cells separated by tabs or else by
/// semicolons. Names have commas.
///
/// # Errors
/// A quotation mark is never closed.
pub fn table_of_typed(text: &str) -> Result<Table, TableError> {
    let separator = if text.contains('\t') { '\t' } else { ';' };
    records(text, separator)
}

/// The text: UTF-16 where its BOM says so, UTF-8 otherwise.
fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let of_pair: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => {
            let text = std::str::from_utf8(bytes).ok()?;
            return Some(text.strip_prefix('\u{feff}').unwrap_or(text).into());
        }
    };
    let (pairs, []) = bytes[2..].as_chunks::<2>() else {
        return None;
    };
    let units: Vec<u16> = pairs.iter().map(|pair| of_pair(*pair)).collect();
    String::from_utf16(&units).ok().map(Cow::Owned)
}

/// The records of a text.
fn records(text: &str, separator: char) -> Result<Table, TableError> {
    let mut records = Vec::new();
    let (mut record, mut cell) = (Vec::new(), String::new());
    let mut is_quoted = false;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if is_quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.is_empty() => is_quoted = true,
            sign if is_quoted => cell.push(sign),
            '\r' if signs.peek() == Some(&'\n') => {}
            '\n' => {
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            sign if sign == separator => record.push(std::mem::take(&mut cell)),
            sign => cell.push(sign),
        }
    }
    if is_quoted {
        return Err(TableError::Quotation);
    }
    if !cell.is_empty() || !record.is_empty() {
        record.push(cell);
        records.push(record);
    }
    Ok(records)
}

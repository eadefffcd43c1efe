//! The list of the units that are to file, and who has not.

use std::collections::BTreeMap;

use super::Row;
use crate::value::{is_blank, name_key, trim};

/// What the column of names is called, as [`name_key`] gives it.
const NAMES: [&str; 8] =
    ["unit", "name", "unit_name", "đơn vị", "tên đơn vị", "chi bộ", "tên chi bộ", "tên"];

/// The units that are to file, each once, in the order of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitList {
    names: Vec<String>,
    /// Whether the unit with this key has filed, and its place.
    filed: BTreeMap<String, (usize, bool)>,
}

/// Why a list of units is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitListError {
    /// It is not UTF-8.
    #[error("the list is not UTF-8 text")]
    Encoding,
    /// No column is called as names are.
    #[error("no column of the first line is called \"unit\" or \"đơn vị\"")]
    NoColumn,
    /// A quotation mark is never closed.
    #[error("a quotation mark is never closed")]
    Quotation,
    /// No unit stands in it.
    #[error("no unit stands in the list")]
    Empty,
}

impl UnitList {
    /// Reads CSV: with a BOM or not, separated as the first line is, by comma, semicolon or tab.
    ///
    /// # Errors
    /// The list has no names.
    pub fn from_csv(bytes: &[u8]) -> Result<UnitList, UnitListError> {
        let text = std::str::from_utf8(bytes).map_err(|_| UnitListError::Encoding)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let head = text.lines().next().unwrap_or_default();
        let count = |separator: &char| head.matches(*separator).count();
        let separator = [',', ';', '\t'].into_iter().rev().max_by_key(count).unwrap_or(',');
        let mut lines = records(text, separator)?.into_iter();
        let head: Vec<String> =
            lines.next().unwrap_or_default().iter().map(|cell| name_key(cell)).collect();
        let column = NAMES.iter().find_map(|name| {
            let key = name_key(name);
            head.iter().position(|cell| *cell == key)
        });
        let column = column.ok_or(UnitListError::NoColumn)?;
        let mut list = UnitList::default();
        for line in lines {
            let name = line.get(column).map(|name| trim(name)).unwrap_or_default();
            let key = name_key(name);
            if !is_blank(name) && !list.filed.contains_key(&key) {
                list.filed.insert(key, (list.names.len(), false));
                list.names.push(name.to_owned());
            }
        }
        if list.names.is_empty() { Err(UnitListError::Empty) } else { Ok(list) }
    }

    /// Takes note of a row: a unit has filed where a sound file names it.
    pub fn note(&mut self, row: &Row) {
        let key = row.unit_key.as_ref().filter(|_| row.own().is_sound());
        if let Some((_, has_filed)) = key.and_then(|key| self.filed.get_mut(key)) {
            *has_filed = true;
        }
    }

    /// How many units there are.
    pub fn count(&self) -> usize {
        self.names.len()
    }

    /// The units that have not filed, in the order of the list.
    pub fn missing(&self) -> Vec<String> {
        let missing = self.filed.values().filter(|(_, has_filed)| !has_filed);
        let mut places: Vec<usize> = missing.map(|(place, _)| *place).collect();
        places.sort_unstable();
        places.into_iter().filter_map(|place| self.names.get(place).cloned()).collect()
    }
}

/// The records of a CSV text (RFC 4180).
fn records(text: &str, separator: char) -> Result<Vec<Vec<String>>, UnitListError> {
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
        return Err(UnitListError::Quotation);
    }
    if !cell.is_empty() || !record.is_empty() {
        record.push(cell);
        records.push(record);
    }
    Ok(records)
}

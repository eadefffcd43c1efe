//! Rows and columns of a workbook that are not shown.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::grids::{COLUMNS_LIMIT, ROWS_LIMIT};

/// The most bytes of one part of a workbook.
const PART_LIMIT: u64 = 256 << 20;
/// Where a workbook lists its sheets, and the parts in which they stand.
const BOOK: &str = "xl/workbook.xml";
const PARTS: &str = "xl/_rels/workbook.xml.rels";

/// Rows and columns, counted from zero.
#[derive(Default)]
pub(super) struct Hidden {
    pub rows: BTreeSet<usize>,
    pub columns: BTreeSet<usize>,
}

type Zip<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// What is hidden in each sheet, by its name. `Err` says what cannot be read.
pub(super) fn of_book(bytes: &[u8]) -> Result<BTreeMap<String, Hidden>, String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut sheets = Vec::new();
    each_tag(&mut zip, BOOK, |tag| {
        if tag.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (value(tag, "name"), value(tag, "id"))
        {
            sheets.push((name, id));
        }
        true
    })?;
    let mut parts = BTreeMap::new();
    each_tag(&mut zip, PARTS, |tag| {
        if let (Some(id), Some(target)) = (value(tag, "Id"), value(tag, "Target")) {
            let path = match target.strip_prefix('/') {
                Some(path) => path.to_owned(),
                None => format!("xl/{target}"),
            };
            parts.insert(id, path);
        }
        true
    })?;
    let mut found = BTreeMap::new();
    for (name, id) in sheets {
        if let Some(path) = parts.get(&id) {
            found.insert(name, of_sheet(&mut zip, path)?);
        }
    }
    Ok(found)
}

fn of_sheet(zip: &mut Zip<'_>, path: &str) -> Result<Hidden, String> {
    let mut hidden = Hidden::default();
    let mut next = 0;
    each_tag(zip, path, |tag| {
        let number = |name: &str| value(tag, name).and_then(|text| text.parse::<usize>().ok());
        let is_hidden = || matches!(value(tag, "hidden").as_deref(), Some("1" | "true"));
        match tag.local_name().as_ref() {
            "row" => {
                let row = number("r").map_or(next, |row| row.saturating_sub(1));
                next = row.saturating_add(1);
                if is_hidden() {
                    hidden.rows.insert(row);
                }
                row < ROWS_LIMIT as usize
            }
            "col" if is_hidden() => {
                let first = number("min").unwrap_or(1).saturating_sub(1);
                let last = number("max").unwrap_or(1).min(COLUMNS_LIMIT as usize);
                hidden.columns.extend(first..last);
                true
            }
            _ => true,
        }
    })?;
    Ok(hidden)
}

/// Looks at each tag of a part, until `look` has seen enough.
fn each_tag(
    zip: &mut Zip<'_>,
    path: &str,
    mut look: impl FnMut(&BytesStart<'_>) -> bool,
) -> Result<(), String> {
    let part = zip.by_name(path).map_err(|error| format!("{path}: {error}"))?;
    let mut reader = Reader::from_reader(BufReader::new(part.take(PART_LIMIT)));
    let mut room = Vec::new();
    loop {
        room.clear();
        let event = next(&mut reader, &mut room).map_err(|error| format!("{path}: {error}"))?;
        match event {
            Event::Start(tag) | Event::Empty(tag) if !look(&tag) => return Ok(()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn next<'a, R: BufRead>(
    reader: &mut Reader<R>,
    room: &'a mut Vec<u8>,
) -> Result<Event<'a>, quick_xml::Error> {
    reader.read_event_into(room)
}

/// An attribute by its name without a prefix.
fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut own = attributes.with_checks(false).filter_map(Result::ok);
    let found = own.find(|own| own.key.local_name().as_ref() == name)?;
    let text = quick_xml::escape::unescape(&found.value).ok()?;
    Some(text.into_owned())
}

//! What is said between the page and the worker that reads tables: bytes of `postcard`, since both are of one build.

use serde::{Deserialize, Serialize};

use super::columns::Role;
use super::finding::{Doubt, FileError, ImportError};
use super::grid::Grid;
use super::preview::{Options, Preview};
use super::{Imported, import};
use crate::json::to_canonical;
use crate::kit::tree;
use crate::pack::Term;
use crate::value::{Id, Label, Version, is_blank, trim};

/// The most characters of the name of a column.
const NAME: usize = 60;

/// What a person says of a table: which sheet, and [`Options`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The sheet; `None` for the first of which a pack can be made.
    pub sheet: Option<usize>,
    /// The id of the pack.
    pub id: Id,
    /// Its version.
    pub version: Version,
    /// Its title; `None` for the one above the table.
    pub title: Option<String>,
    /// Its levels, each with its words in Vietnamese and English.
    pub levels: Vec<(Id, String, Option<String>)>,
    /// Its types in the same way.
    pub types: Vec<(Id, String, Option<String>)>,
    /// Which column has a role, or that none has.
    pub columns: Vec<(Role, Option<usize>)>,
    /// Whether hidden rows count.
    pub with_hidden: bool,
}

impl Choice {
    /// What a table says by itself.
    pub fn new(id: Id, version: Version) -> Choice {
        Choice {
            sheet: None,
            id,
            version,
            title: None,
            levels: Vec::new(),
            types: Vec::new(),
            columns: Vec::new(),
            with_hidden: false,
        }
    }

    fn options(&self) -> Options {
        let terms = |own: &[(Id, String, Option<String>)]| {
            let term = |(id, vi, en): &(Id, String, Option<String>)| Term {
                id: id.clone(),
                label: Label { vi: vi.clone(), en: en.clone() },
            };
            own.iter().map(term).collect()
        };
        Options {
            title: self.title.clone(),
            levels: terms(&self.levels),
            types: terms(&self.types),
            columns: self.columns.clone(),
            with_hidden: self.with_hidden,
            ..Options::new(self.id.clone(), self.version.clone())
        }
    }
}

/// What came of a file, or why it is no table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer(pub Result<Seen, FileError>);

/// What came of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The names of all sheets.
    pub sheets: Vec<String>,
    /// Which of them was read.
    pub sheet: usize,
    /// What each column is called.
    pub heads: Vec<String>,
    /// The pack, or why there is none.
    pub made: Result<Made, ImportError>,
}

/// The pack that was made of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Its text, canonical.
    pub pack: String,
    /// Its title.
    pub title: String,
    /// How it came from the table.
    pub preview: Preview,
    /// What a person should look at.
    pub doubts: Vec<Doubt>,
}

/// Makes a pack of the sheet that a person chose.
///
/// # Errors
/// There is no sheet.
pub fn look(grids: &[Grid], choice: &Choice) -> Result<Seen, FileError> {
    let options = choice.options();
    let made = |sheet: usize| Some((sheet, import(grids.get(sheet)?, &options)));
    let first = || {
        let mut all = (0..grids.len()).filter_map(made);
        let sound = all.find(|(_, own)| own.is_ok());
        sound.or_else(|| made(0))
    };
    let (sheet, made) = choice
        .sheet
        .map_or_else(first, made)
        .ok_or_else(|| FileError::Damaged("no sheet".to_owned()))?;
    let head = made.as_ref().ok().and_then(|made| made.preview.head);
    Ok(Seen {
        sheets: grids.iter().map(|grid| grid.name.clone()).collect(),
        sheet,
        heads: grids.get(sheet).map(|grid| heads(grid, head)).unwrap_or_default(),
        made: made.map(Made::of),
    })
}

impl Made {
    fn of(made: Imported) -> Made {
        let title = tree::text(&made.pack, "/title/vi").to_owned();
        let pack = to_canonical(&made.pack);
        Made { pack, title, preview: made.preview, doubts: made.doubts }
    }
}

/// What columns are called: in the head, or else by the first words in them.
fn heads(grid: &Grid, head: Option<usize>) -> Vec<String> {
    let width = grid.rows.iter().map(Vec::len).max().unwrap_or_default();
    let name = |column: usize| {
        let from = head.unwrap_or_default();
        let cells = (from..grid.rows.len()).filter_map(|row| grid.cell(row, column));
        let mut names = cells.map(|cell| trim(&cell.text)).filter(|text| !is_blank(text));
        super::lines::one_line(names.next().unwrap_or_default()).chars().take(NAME).collect()
    };
    (0..width).map(name).collect()
}

macro_rules! message {
    ($message:ty) => {
        impl $message {
            /// Reads a message; `None` where it is none of this build.
            pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
                postcard::from_bytes(bytes).ok()
            }

            /// The message as bytes; `None` where it cannot be written.
            pub fn to_bytes(&self) -> Option<Vec<u8>> {
                postcard::to_allocvec(self).ok()
            }
        }
    };
}

message!(Choice);
message!(Answer);

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        let texts = rows.iter().map(|row| row.iter().map(|text| (*text).to_owned()).collect());
        Grid::of_texts(texts.collect())
    }

    fn choice() -> Choice {
        Choice::new(Id::new("a").unwrap(), Version::new("1.0.0").unwrap())
    }

    #[test]
    fn the_first_sheet_with_a_table_is_taken_unless_another_one_is_chosen() {
        let table: &[&[&str]] =
            &[&["STT", "Nội dung", "Điểm"], &["I", "Một", "10"], &["1", "Có nghị quyết", "10"]];
        let grids = [grid(&[&["Ghi chú"]]), grid(table)];
        let seen = look(&grids, &choice()).unwrap();
        assert_eq!((seen.sheet, seen.sheets.len()), (1, 2));
        assert_eq!(seen.heads, ["STT", "Nội dung", "Điểm"]);
        assert_eq!(seen.made.as_ref().unwrap().preview.total, 10);
        let answer = Answer(Ok(seen));
        assert_eq!(Answer::from_bytes(&answer.to_bytes().unwrap()), Some(answer));
        let first = Choice { sheet: Some(0), ..choice() };
        assert_eq!(look(&grids, &first).unwrap().made, Err(ImportError::NoHead));
        assert_eq!(look(&[], &choice()), Err(FileError::Damaged("no sheet".to_owned())));
    }

    #[test]
    fn what_a_person_says_reads_back_and_counts() {
        let rows: &[&[&str]] = &[&["a", "b"], &["Có nghị quyết", "10"]];
        let named = Choice {
            title: Some("Tên".to_owned()),
            levels: vec![(Id::new("x").unwrap(), "Chi bộ".to_owned(), None)],
            columns: vec![(Role::Label, Some(0)), (Role::Points, Some(1))],
            ..choice()
        };
        assert_eq!(Choice::from_bytes(&named.to_bytes().unwrap()), Some(named.clone()));
        let seen = look(&[grid(rows)], &named).unwrap();
        let made = seen.made.unwrap();
        assert_eq!(made.title, "Tên");
        assert!(made.pack.contains(r#""applies":["x:*"]"#), "{}", made.pack);
        assert_eq!(seen.heads, ["a", "b"]);
    }
}

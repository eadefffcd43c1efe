//! What stands in which column of a list of units.

use serde::{Deserialize, Serialize};

use super::Table;
use crate::value::name_key;

/// The head of a table stands among its first lines: a title may be above it.
const HEAD_WITHIN: usize = 20;

/// What columns are called, in Vietnamese and English; compared as [`name_key`] gives it.
const NAMES: [&str; 13] = [
    "unit",
    "name",
    "unit name",
    "unit_name",
    "party cell",
    "đơn vị",
    "tên đơn vị",
    "chi bộ",
    "tên chi bộ",
    "tổ chức đảng",
    "tên tổ chức đảng",
    "tên",
    "organisation",
];
const CODES: [&str; 6] = ["code", "unit code", "unit_code", "mã", "mã đơn vị", "mã chi bộ"];
const PARENTS: [&str; 7] = [
    "parent",
    "đảng bộ",
    "trực thuộc",
    "đảng bộ trực thuộc",
    "cấp trên",
    "thuộc đảng bộ",
    "đảng ủy",
];
const TYPES: [&str; 5] = ["type", "unit type", "loại hình", "loại", "loại đơn vị"];
const DEADLINES: [&str; 6] = ["deadline", "due", "hạn nộp", "thời hạn", "hạn", "thời hạn nộp"];

/// Where the columns of a list are, by their places in a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitColumns {
    /// The names of units.
    pub name: usize,
    /// Their codes.
    pub code: Option<usize>,
    /// The organisations that they belong to.
    pub parent: Option<usize>,
    /// Their types.
    pub unit_type: Option<usize>,
    /// The last days on which they may file.
    pub deadline: Option<usize>,
}

impl UnitColumns {
    /// The first line that names the columns, and what it calls them.
    pub fn find(table: &Table) -> Option<(usize, UnitColumns)> {
        let lines = table.iter().take(HEAD_WITHIN).enumerate();
        lines.filter_map(|(index, line)| Some((index, UnitColumns::of(line)?))).next()
    }

    fn of(line: &[String]) -> Option<UnitColumns> {
        let keys: Vec<String> = line.iter().map(|cell| name_key(cell)).collect();
        let place = |names: &[&str]| {
            let mut names = names.iter().map(|name| name_key(name));
            names.find_map(|name| keys.iter().position(|key| *key == name))
        };
        Some(UnitColumns {
            name: place(&NAMES)?,
            code: place(&CODES),
            parent: place(&PARENTS),
            unit_type: place(&TYPES),
            deadline: place(&DEADLINES),
        })
    }
}

//! The list of the units that are to file, and how each of them stands.

use std::collections::BTreeMap;

use super::{Row, Table};
use crate::desk::Status;
use crate::form::Period;
use crate::string_enum;
use crate::value::{Date, Id, is_blank, name_key, trim};

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

string_enum! {
    /// How a unit of the list stands, the first that holds.
    pub enum Standing {
        /// No sound file names it.
        Missing = "missing",
        /// Files of it contradict each other.
        Conflict = "conflict",
        /// Several forms of it count for one pack and period, signed by different keys.
        Twice = "twice",
        /// The first sound file came after the deadline.
        Late = "late",
        /// It has filed.
        Filed = "filed",
    }
}

/// A unit of the list, as the list has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedUnit {
    /// Its name.
    pub name: String,
    /// Its code in the party's register, or nothing.
    pub code: String,
    /// The organisation that it belongs to, or nothing.
    pub parent: String,
    /// Its type in the words of the list, or nothing.
    pub unit_type: String,
    /// The last day on which it may file.
    pub deadline: Option<Date>,
}

/// What has come of a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filing {
    /// How many files name it, those that are not sound among them.
    pub files: usize,
    /// How many of them are sound.
    pub sound: usize,
    /// The day on which the first sound one came.
    pub first: Option<Date>,
    in_conflict: bool,
    counting: BTreeMap<(Option<Id>, Option<Period>), usize>,
}

/// The units that are to file, in the order of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitList {
    units: Vec<(ListedUnit, Filing)>,
    /// Where units with a name stand: units of different communes may have the same.
    places: BTreeMap<String, Vec<usize>>,
}

/// Why a list of units is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitListError {
    /// No column is called as names are.
    #[error("no column of the first lines is called \"unit\" or \"đơn vị\"")]
    NoColumn,
    /// No unit stands in it.
    #[error("no unit stands in the list")]
    Empty,
    /// A deadline is no day.
    #[error("line {0}: the deadline is no day such as 15/12/2026")]
    Deadline(usize),
}

/// Where the columns are.
struct Head {
    name: usize,
    code: Option<usize>,
    parent: Option<usize>,
    unit_type: Option<usize>,
    deadline: Option<usize>,
}

impl Head {
    fn of(line: &[String]) -> Option<Head> {
        let keys: Vec<String> = line.iter().map(|cell| name_key(cell)).collect();
        let place = |names: &[&str]| {
            let mut names = names.iter().map(|name| name_key(name));
            names.find_map(|name| keys.iter().position(|key| *key == name))
        };
        Some(Head {
            name: place(&NAMES)?,
            code: place(&CODES),
            parent: place(&PARENTS),
            unit_type: place(&TYPES),
            deadline: place(&DEADLINES),
        })
    }
}

impl UnitList {
    /// Reads a table, one line of which names its columns. A unit that stands there twice counts once.
    ///
    /// # Errors
    /// The list has no names, or a deadline is no day.
    pub fn of(table: &Table) -> Result<UnitList, UnitListError> {
        let head = table.iter().take(HEAD_WITHIN).enumerate();
        let head = head.filter_map(|(index, line)| Some((index, Head::of(line)?))).next();
        let (at, head) = head.ok_or(UnitListError::NoColumn)?;
        let mut list = UnitList::default();
        for (index, line) in table.iter().enumerate().skip(at + 1) {
            let text = |column: Option<usize>| {
                let cell = column.and_then(|column| line.get(column));
                cell.map(|cell| trim(cell).to_owned()).unwrap_or_default()
            };
            let name = text(Some(head.name));
            if is_blank(&name) {
                continue;
            }
            let deadline = match text(head.deadline) {
                none if is_blank(&none) => None,
                day => Some(Date::read(&day).map_err(|_| UnitListError::Deadline(index + 1))?),
            };
            let (code, parent) = (text(head.code), text(head.parent));
            list.add(ListedUnit { name, code, parent, unit_type: text(head.unit_type), deadline });
        }
        if list.units.is_empty() { Err(UnitListError::Empty) } else { Ok(list) }
    }

    fn add(&mut self, unit: ListedUnit) {
        let places = self.places.entry(name_key(&unit.name)).or_default();
        let is_same = |known: &ListedUnit| {
            name_key(&known.parent) == name_key(&unit.parent) && known.code == unit.code
        };
        let mut known = places.iter().filter_map(|place| self.units.get(*place));
        if !known.any(|(known, _)| is_same(known)) {
            places.push(self.units.len());
            self.units.push((unit, Filing::default()));
        }
    }

    /// Sets the last day of those units for which the list names none.
    pub fn set_deadline(&mut self, day: Date) {
        for (unit, _) in &mut self.units {
            unit.deadline.get_or_insert(day);
        }
    }

    /// Takes note of a row with its status among all others.
    pub fn note(&mut self, row: &Row) {
        let Some(place) = self.place(row) else { return };
        let Some((_, filing)) = self.units.get_mut(place) else { return };
        filing.files += 1;
        if !row.own().is_sound() {
            return;
        }
        filing.sound += 1;
        filing.first = match (filing.first, row.received) {
            (Some(first), Some(day)) => Some(first.min(day)),
            (first, day) => first.or(day),
        };
        filing.in_conflict |= row.status == Status::Conflict;
        if row.status.is_sound() {
            *filing.counting.entry((row.pack.clone(), row.period())).or_default() += 1;
        }
    }

    /// The unit of a row: the one with its name; of several, the one with its code or else its parent.
    fn place(&self, row: &Row) -> Option<usize> {
        let named = self.places.get(row.unit_key.as_ref()?)?;
        let unit = |place: &usize| self.units.get(*place).map(|(unit, _)| unit);
        if let [one] = named[..] {
            return Some(one);
        }
        let code = row.unit_code.as_deref().map(trim).filter(|code| !is_blank(code));
        let by_code = code.and_then(|code| {
            named.iter().find(|place| unit(place).is_some_and(|unit| unit.code == code))
        });
        let parent = row.parent.as_deref().map(name_key).unwrap_or_default();
        let by_parent = || {
            named
                .iter()
                .find(|place| unit(place).is_some_and(|unit| name_key(&unit.parent) == parent))
        };
        by_code.or_else(by_parent).copied()
    }

    /// How many units there are.
    pub fn count(&self) -> usize {
        self.units.len()
    }

    /// Every unit with what has come of it, in the order of the list.
    pub fn units(&self) -> impl Iterator<Item = (&ListedUnit, &Filing, Standing)> {
        self.units.iter().map(|(unit, filing)| (unit, filing, filing.standing(unit.deadline)))
    }

    /// The names of the units that stand so, in the order of the list.
    pub fn names(&self, standing: Standing) -> Vec<String> {
        let units = self.units().filter(|(_, _, own)| *own == standing);
        units.map(|(unit, ..)| unit.name.clone()).collect()
    }
}

impl Filing {
    fn standing(&self, deadline: Option<Date>) -> Standing {
        if self.sound == 0 {
            Standing::Missing
        } else if self.in_conflict {
            Standing::Conflict
        } else if self.counting.values().any(|count| *count > 1) {
            Standing::Twice
        } else if deadline.zip(self.first).is_some_and(|(deadline, first)| first > deadline) {
            Standing::Late
        } else {
            Standing::Filed
        }
    }
}

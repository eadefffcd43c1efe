//! The list of the units that are to file, and how each of them stands.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Row, Table, UnitColumns};
use crate::desk::Status;
use crate::form::Period;
use crate::json::{ReadError, from_slice, to_canonical};
use crate::string_enum;
use crate::value::{Date, Id, is_blank, name_key, trim};

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

/// The most bytes of a list as it is kept.
pub const UNIT_LIST_LIMIT: usize = 32 << 20;

/// A unit of the list, as the list has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// Of those that are not sound, how many have each status: why they do not count.
    pub refused: BTreeMap<Status, usize>,
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
    /// The lines of the table with units that stood there before.
    repeated: Vec<usize>,
}

/// The list as a device keeps it.
#[derive(Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.units/1", deny_unknown_fields)]
struct Kept {
    units: Vec<ListedUnit>,
}

/// Why a list of units is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
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

impl UnitList {
    /// Reads a table, one line of which names its columns. A unit that stands there twice counts once.
    ///
    /// # Errors
    /// The list has no names, or a deadline is no day.
    pub fn of(table: &Table) -> Result<UnitList, UnitListError> {
        let (head, columns) = UnitColumns::find(table).ok_or(UnitListError::NoColumn)?;
        UnitList::read(table, head + 1, &columns)
    }

    /// Reads the lines of a table from this one on, by its columns. A unit that stands there twice counts once.
    ///
    /// # Errors
    /// No unit stands there, or a deadline is no day.
    pub fn read(
        table: &Table,
        first: usize,
        columns: &UnitColumns,
    ) -> Result<UnitList, UnitListError> {
        let mut list = UnitList::default();
        for (index, line) in table.iter().enumerate().skip(first) {
            let text = |column: Option<usize>| {
                let cell = column.and_then(|column| line.get(column));
                cell.map(|cell| trim(cell).to_owned()).unwrap_or_default()
            };
            let name = text(Some(columns.name));
            if is_blank(&name) {
                continue;
            }
            let deadline = match text(columns.deadline) {
                none if is_blank(&none) => None,
                day => Some(Date::read(&day).map_err(|_| UnitListError::Deadline(index + 1))?),
            };
            let (code, parent) = (text(columns.code), text(columns.parent));
            let unit_type = text(columns.unit_type);
            if !list.add(ListedUnit { name, code, parent, unit_type, deadline }) {
                list.repeated.push(index + 1);
            }
        }
        if list.units.is_empty() { Err(UnitListError::Empty) } else { Ok(list) }
    }

    /// The text in which a device keeps the list.
    pub fn to_text(&self) -> String {
        to_canonical(&Kept { units: self.units.iter().map(|(unit, _)| unit.clone()).collect() })
    }

    /// Reads the text in which a device keeps the list.
    ///
    /// # Errors
    /// It is none.
    pub fn from_text(text: &str) -> Result<UnitList, ReadError> {
        let Kept { units } = from_slice(text.as_bytes(), UNIT_LIST_LIMIT)?;
        let mut list = UnitList::default();
        for unit in units {
            list.add(unit);
        }
        Ok(list)
    }

    /// The lines of the table, counted from one, with units that stood there before.
    pub fn repeated(&self) -> &[usize] {
        &self.repeated
    }

    /// Adds a unit, unless it is there.
    fn add(&mut self, unit: ListedUnit) -> bool {
        let places = self.places.entry(name_key(&unit.name)).or_default();
        let is_same = |known: &ListedUnit| {
            name_key(&known.parent) == name_key(&unit.parent) && known.code == unit.code
        };
        let mut known = places.iter().filter_map(|place| self.units.get(*place));
        if known.any(|(known, _)| is_same(known)) {
            return false;
        }
        places.push(self.units.len());
        self.units.push((unit, Filing::default()));
        true
    }

    /// Sets the last day of those units for which the list names none.
    pub fn set_deadline(&mut self, day: Date) {
        for (unit, _) in &mut self.units {
            unit.deadline.get_or_insert(day);
        }
    }

    /// Takes note of a row with its status among all others; gives the place of its unit.
    pub fn note(&mut self, row: &Row) -> Option<usize> {
        let place = self.place(row)?;
        let (_, filing) = self.units.get_mut(place)?;
        filing.files += 1;
        let own = row.own();
        if !own.is_sound() {
            *filing.refused.entry(own).or_default() += 1;
            return Some(place);
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
        Some(place)
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

/// The list in the first of several tables that has one, and which that is.
///
/// # Errors
/// None has one: the last error but that no column is called as names are.
pub fn first_list<'a>(
    tables: impl IntoIterator<Item = &'a Table>,
) -> Result<(usize, UnitList), UnitListError> {
    let mut refused = UnitListError::NoColumn;
    for (place, table) in tables.into_iter().enumerate() {
        match UnitList::of(table) {
            Ok(list) => return Ok((place, list)),
            Err(UnitListError::NoColumn) => {}
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

//! What the page and its worker say to each other of units that are to file: requests and answers within
//! [`Task`](super::Task) and [`Reply`](super::Reply).

use serde::{Deserialize, Serialize};

use super::{ListedUnit, Participation, Standing, TableError, UnitColumns, UnitListError};
use crate::desk::Status;
use crate::pack::PeriodKind;
use crate::value::{Date, Id};

/// A pack and a period of it: kind, first day, last day.
pub type PackPeriod = (Id, PeriodKind, Date, Date);

/// A request on units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnitsTask {
    /// Read the file beside the message.
    File,
    /// Read the [`Sheets`](super::Sheets) of a workbook, which are beside the message.
    Sheets,
    /// Read what a person typed or copied.
    Typed(String),
    /// Take the units that filed in a period, or in any.
    Filed(Option<PackPeriod>),
    /// Read another sheet of the same.
    Sheet(usize),
    /// Read the same once more in this way.
    Choose(UnitChoice),
    /// Give the list that was read last, as it is kept.
    Take,
    /// Look how each unit stands.
    Settle(Settling),
    /// Give up to so many of the units, from this one on.
    Lines(usize, usize),
}

/// How a list is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitChoice {
    /// Which sheet.
    pub sheet: usize,
    /// The first line with a unit.
    pub first: usize,
    /// The columns.
    pub columns: UnitColumns,
}

/// What to look at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settling {
    /// The list as it is kept.
    pub list: Option<String>,
    /// The trust list, as its file.
    pub trust: String,
    /// The last day for units of which the list names none.
    pub deadline: Option<Date>,
    /// Only forms of this pack and period.
    pub period: Option<PackPeriod>,
}

/// An answer on units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnitsReply {
    /// It is a workbook, which another worker reads.
    Workbook,
    /// What is no table.
    Refused(TableError),
    /// A list, to be looked at before it is taken.
    Preview(UnitPreview),
    /// The list is beside the message; it has so many units.
    Taken(usize),
    /// The list that is kept cannot be read.
    ListUnread,
    /// How the units stand.
    Settled(UnitStandings),
    /// Some units.
    Lines(Vec<UnitLine>),
}

/// A list before it is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitPreview {
    /// The names of the sheets.
    pub sheets: Vec<String>,
    /// How it is read.
    pub choice: UnitChoice,
    /// Whether a line of the sheet names the columns.
    pub has_head: bool,
    /// What the line above the first unit says, or nothing.
    pub heads: Vec<String>,
    /// The first lines with units.
    pub lines: Vec<Vec<String>>,
    /// How many units there are, and which lines repeat one; or why there is no list.
    pub found: Result<(usize, Vec<usize>), UnitListError>,
}

/// How the units stand, as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitStandings {
    /// How many units there are.
    pub units: usize,
    /// How many stand in each way.
    pub counts: Vec<(Standing, usize)>,
    /// The periods of the register, each with the number of its files.
    pub periods: Vec<(PackPeriod, usize)>,
    /// How many take part, by type: the id of a type, or what the list says.
    pub by_type: Vec<(String, Participation)>,
    /// How many units have a form that counts; an eligible one; one that is recognised.
    pub bases: [usize; 3],
    /// How many files are of units that are not in the list, and names of some of those.
    pub strangers: (usize, Vec<String>),
}

/// A unit of the list, as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitLine {
    /// The unit; its type is the id of one where a pack has it.
    pub unit: ListedUnit,
    /// How it stands.
    pub standing: Standing,
    /// The day on which its first sound file came.
    pub first: Option<Date>,
    /// How many files name it, those that are not sound among them.
    pub count: usize,
    /// Of those that are not sound, how many have each status by themselves.
    pub refused: Vec<(Status, usize)>,
    /// Its files, each with its key, its name and its status.
    pub files: Vec<(String, String, Status)>,
    /// What a search finds it by.
    pub search: String,
    /// Its place by name, in Vietnamese order.
    pub order: u32,
    /// The place of its parent, in the same order.
    pub parent_order: u32,
}

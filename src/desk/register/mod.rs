//! The register (spec s. 10): what a superior has received, one row a file.
//!
//! A [`Row`] is made of one file alone, on whatever thread or machine. A [`Register`] takes rows in any order and any
//! number of times, and earlier registers too; it looks across them by the rules of [`reconcile`](super::reconcile) and
//! gives them back in the order of their files' names, so that the same files give the same bytes.
//!
//! ```
//! use bon_tot::desk::register::{MemoryError, MemoryShelf, Register, Row};
//! use bon_tot::desk::{Reception, Status, TrustList};
//! # use bon_tot::pack::catalog::Catalog;
//! # use bon_tot::value::Date;
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let (packs, trust) = (Catalog::built_in()?, TrustList::default());
//! let reception = Reception { packs: &packs, trust: &trust, now: None };
//! let day = Date::new(2026, 11, 27).ok_or("this is a day")?;
//!
//! let mut register = Register::new(MemoryShelf::default());
//! register.add::<MemoryError>(Row::receive(&reception, "letter.json", b"Dear comrades", day))?;
//! let mut text = String::new();
//! let totals = register.rows(|row| {
//!     text.push_str(&row.line);
//!     Ok::<(), MemoryError>(())
//! })?;
//! assert_eq!(totals.of(Status::Malformed), 1);
//! assert_eq!(Row::from_line(&text)?.file, "letter.json");
//! # Ok(())
//! # }
//! ```

mod bag_signer;
mod book;
mod changes;
mod collection;
mod contents;
mod csv;
mod decide;
mod index;
mod kept;
mod listed;
mod merge;
mod messages;
mod overview;
mod practices;
mod received;
mod roll;
mod row;
mod summary;
mod table;
mod totals;
mod unit_columns;
mod unit_messages;
mod units;
mod work;
mod writing;

pub use bag_signer::{BagKey, BagSigner};
pub use book::{Book, Entry, Look};
pub use changes::{Change, Changes};
pub use collection::{MemoryError, MemoryShelf, Register, Settled, Shelf, Written};
pub use csv::Columns;
pub use decide::{AppraisalStatus, Appraisals};
pub use kept::KeptAppraisal;
pub use listed::ListedForm;
pub use messages::{Arrival, Export, Filers, Opinions, Reply, Sheets, Task};
pub use overview::{Focus, Moment, Overview};
pub use practices::{GoodPractice, Practices};
pub use received::{LOCKED_PDF, NO_CODES, Received, deputies};
pub use row::{MEMBERS, Row, RowError};
pub use summary::{
    Counts, Grouped, PackSummary, Participation, Share, Summary, ceiling, known_type, participation,
};
pub use table::{Sheet, Table, TableError, sheets_of_text, table_of, table_of_typed};
pub use totals::Totals;
pub use unit_columns::UnitColumns;
pub use unit_messages::{
    PackPeriod, Settling, UnitChoice, UnitLine, UnitPreview, UnitStandings, UnitsReply, UnitsTask,
};
pub use units::{
    Filing, ListedUnit, Standing, UNIT_LIST_LIMIT, UnitList, UnitListError, first_list,
};
pub use work::Work;
pub use writing::Writing;

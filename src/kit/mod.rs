//! Criteria packs while they are written: analysis, advice, rules as sentences, changes and their undoing, import from
//! spreadsheets, and what differs between two versions. Everything here is a function of its arguments; a pack that is
//! being written is a [`Json`](crate::json::Json) tree in the format of spec s. 2, which need not be complete.

pub mod blank;
pub mod diff;
pub mod import;

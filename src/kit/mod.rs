//! Criteria packs while they are written: analysis, advice, rules as sentences, changes and their undoing, import from
//! spreadsheets, and what differs between two versions. Everything here is a function of its arguments; a pack that is
//! being written is a [`Json`](crate::json::Json) tree in the format of spec s. 2, which need not be complete.

mod applies;
mod blanks;
mod document;
mod ids;
mod sentence;
pub mod tree;

pub use applies::Matrix;
pub use blanks::{blank_pack, next_version};
pub use document::{Document, Edit};
pub use ids::{Kind, free_id, remove, rename, rename_field};
pub use sentence::{Names, Word, line, sentence, value_words};

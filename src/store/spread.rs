//! The mark at a good practice that is to be spread: `bontot.spread/1`.

use serde::{Deserialize, Serialize};

use crate::json::FILE_LIMIT;

/// A good practice of a received form is to be spread. The key of the record says which:
/// [`GoodPractice::key`](crate::desk::register::GoodPractice::key).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.spread/1", deny_unknown_fields)]
pub struct SpreadRecord {
    /// What is to be said of it.
    #[serde(default)]
    pub remark: String,
}

record!(SpreadRecord, FILE_LIMIT);

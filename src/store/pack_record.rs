//! The record of a pack that a person took: `bontot.pack-record/1`. It is kept for ever.

use serde::{Deserialize, Serialize};

use crate::json::FILE_LIMIT;
use crate::seal::{PackFile, PackFileError};
use crate::value::Instant;

/// The size limit in bytes: a file within a text, where each quotation mark is two bytes.
const RECORD_LIMIT: usize = 2 * FILE_LIMIT + 1000;

/// A pack that a person took. Its key is the digest of the pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.pack-record/1", deny_unknown_fields)]
pub struct PackRecord {
    /// The file that it came by, as canonical text: signed by its author, or the pack alone. It is verified whenever it is
    /// read, so nothing else is kept of what it says.
    pub file: String,
    /// When it was taken.
    pub added: Instant,
}

record!(PackRecord, RECORD_LIMIT);

impl PackRecord {
    /// The record of a file.
    pub fn of(file: &PackFile, now: Instant) -> PackRecord {
        PackRecord { file: file.text().to_owned(), added: now }
    }

    /// The key of a record.
    pub fn key(file: &PackFile) -> String {
        file.pack.digest.to_string()
    }

    /// Reads the file and verifies it.
    ///
    /// # Errors
    /// The file is refused: it was changed, or another version of the app kept it.
    pub fn open(&self) -> Result<PackFile, PackFileError> {
        PackFile::from_bytes(self.file.as_bytes())
    }
}

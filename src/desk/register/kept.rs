//! An appraisal that was received or signed, as a device keeps it.

use serde::{Deserialize, Serialize};

use crate::json::{FILE_LIMIT, ReadError, from_slice, to_canonical};
use crate::seal::Appraisal;
use crate::value::{Date, Digest};

/// The most bytes of a record: an appraisal as a string, and a name.
const RECORD_LIMIT: usize = 3 * FILE_LIMIT;

/// One appraisal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptAppraisal {
    /// The name of the file.
    pub file: String,
    /// The day on which it was received or signed.
    pub received: Date,
    /// The file, in canonical bytes.
    pub text: String,
}

impl KeptAppraisal {
    /// The record of an appraisal.
    pub fn of(file: &str, appraisal: &Appraisal, received: Date) -> KeptAppraisal {
        KeptAppraisal { file: file.to_owned(), received, text: appraisal.to_text() }
    }

    /// The key of the record: the digest of the file with its signatures, since another key may sign the same.
    pub fn key(&self) -> String {
        Digest::of_bytes(self.text.as_bytes()).to_string()
    }

    /// The appraisal.
    ///
    /// # Errors
    /// The text is none.
    pub fn appraisal(&self) -> Result<Appraisal, ReadError> {
        Appraisal::from_bytes(self.text.as_bytes())
    }

    /// The text of the record.
    pub fn to_text(&self) -> String {
        to_canonical(self)
    }

    /// Reads a record.
    ///
    /// # Errors
    /// It is none.
    pub fn from_text(text: &str) -> Result<KeptAppraisal, ReadError> {
        from_slice(text.as_bytes(), RECORD_LIMIT)
    }
}

//! What a superior said of a form, as it is kept on this device: `bontot.appraised/1`, with the signed
//! file that it speaks of.

use serde::{Deserialize, Serialize};

use crate::json::{FILE_LIMIT, ReadError, from_slice, to_canonical};
use crate::value::{AssessmentId, Instant};

/// The largest record that is read, in bytes: two files, each with a limit of its own, as strings.
const LIMIT: usize = 3 * FILE_LIMIT;

/// An appraisal with its submission, both as texts: whoever shows them verifies them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.appraised/1", deny_unknown_fields)]
pub struct AppraisalRecord {
    /// The signed file of the unit.
    pub submission: String,
    /// The signed file of the superior.
    pub appraisal: String,
    /// When it came.
    pub received: Instant,
}

impl AppraisalRecord {
    /// The key under which an appraisal of a form is kept: the form's id, and the check code of the
    /// appraisal.
    pub fn key(id: &AssessmentId, check_code: &str) -> String {
        [id.as_str(), "_", check_code].concat()
    }

    /// Is a key that of an appraisal of this form?
    pub fn is_of(key: &str, id: &AssessmentId) -> bool {
        key.strip_prefix(id.as_str())
            .is_some_and(|rest| rest.starts_with('_'))
    }

    /// Reads a record.
    ///
    /// # Errors
    /// The first error in the text.
    pub fn from_text(text: &str) -> Result<AppraisalRecord, ReadError> {
        from_slice(text.as_bytes(), LIMIT)
    }

    /// The text to keep.
    pub fn to_text(&self) -> String {
        to_canonical(self)
    }
}

//! The record of an appraisal, with its submission: `bontot.appraised/1`.

use serde::{Deserialize, Serialize};

use crate::json::FILE_LIMIT;
use crate::value::{AssessmentId, Instant};

/// The size limit in bytes: two files, each with a limit of its own, as JSON strings.
const LIMIT: usize = 3 * FILE_LIMIT;

/// An appraisal with its submission, both as unverified texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.appraised/1", deny_unknown_fields)]
pub struct AppraisalRecord {
    /// The signed file of the unit.
    pub submission: String,
    /// The signed file of the superior.
    pub appraisal: String,
    /// When it was received.
    pub received: Instant,
}

record!(AppraisalRecord, LIMIT);

impl AppraisalRecord {
    /// The key of the record: the id of the form, and the check code of the appraisal.
    pub fn key(id: &AssessmentId, check_code: &str) -> String {
        format!("{id}_{check_code}")
    }

    /// Is this the key of an appraisal of this form?
    pub fn is_of(key: &str, id: &AssessmentId) -> bool {
        key.strip_prefix(id.as_str()).is_some_and(|rest| rest.starts_with('_'))
    }
}

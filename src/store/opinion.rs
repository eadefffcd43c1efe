//! An appraisal that is being written, until it is signed: `bontot.opinion/1`.

use serde::{Deserialize, Serialize};

use crate::desk::Opinion;
use crate::json::FILE_LIMIT;

/// An opinion of a submission that is not signed yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.opinion/1", deny_unknown_fields)]
pub struct OpinionDraft {
    /// What is said so far.
    pub opinion: Opinion,
    /// The day of the decision as it is typed, where that is no day yet.
    #[serde(default)]
    pub day: String,
}

record!(OpinionDraft, FILE_LIMIT);

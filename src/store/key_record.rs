//! The record of a locked key: `bontot.key-record/1`.

use serde::{Deserialize, Serialize};

use crate::json::FILE_LIMIT;
use crate::value::Instant;

/// A locked key, with the data by which a person chooses it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.key-record/1", deny_unknown_fields)]
pub struct KeyRecord {
    /// The unit for which it was made.
    pub unit: String,
    /// The check code of its public key.
    pub check_code: String,
    /// The locked key, compact JWE.
    pub locked: String,
    /// When it was made.
    pub created: Instant,
    /// Since when it is no longer offered for signing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<Instant>,
    /// The thumbprint of its public key, under which it is stored; not in the record itself.
    #[serde(skip)]
    pub kid: String,
}

record!(KeyRecord, FILE_LIMIT);

//! The record of a pack that is being written on this device: `bontot.kit/1`.

use serde::{Deserialize, Serialize};

use crate::json::{Json, PACK_LIMIT, Within, is_default, object};
use crate::value::{AssessmentId, Instant};

/// Longest record, in bytes: a pack and what stands beside it.
const LIMIT: usize = 2 * PACK_LIMIT;

/// A pack that is being written, complete or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.kit/1", deny_unknown_fields)]
pub struct KitRecord {
    /// Its key.
    pub id: AssessmentId,
    /// The pack as far as it is written.
    #[serde(deserialize_with = "object")]
    pub pack: Json,
    /// The clauses that it is to cover, one a line: an id, a space, and what it says.
    #[serde(default, skip_serializing_if = "is_default")]
    pub clauses: String,
    /// Rises by one with each write; nothing is written over a revision that was not read.
    #[serde(with = "Within::<0, { i64::MAX }>")]
    pub revision: i64,
    /// When it was begun.
    pub created: Instant,
    /// When it was changed last.
    pub updated: Instant,
    /// When it was deleted; it can be brought back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted: Option<Instant>,
}

record!(KitRecord, LIMIT);

impl KitRecord {
    /// The key of this state among the earlier ones; they sort by time.
    pub fn state_key(&self) -> String {
        format!("{}/{:012}", self.id.as_str(), self.revision)
    }
}

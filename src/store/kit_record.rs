//! The record of a pack that is being written on this device: `bontot.kit/1`.

use serde::{Deserialize, Serialize};

use crate::json::{Json, PACK_LIMIT, ReadError, Within, is_default, object};
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
    /// The revision in the text of a record. Of a large pack all else is not read, since it is asked at each change: in a
    /// canonical text nothing but the time of the last change stands behind it.
    ///
    /// # Errors
    /// The text is not that of a record.
    pub fn revision_of(text: &str) -> Result<i64, ReadError> {
        let behind = || {
            let (_, behind) = text.rsplit_once(r#","revision":"#)?;
            let (revision, updated) = behind.split_once(r#","updated":""#)?;
            Instant::parse(updated.strip_suffix(r#""}"#)?)?;
            revision.parse().ok().filter(|own: &i64| *own >= 0)
        };
        match behind() {
            Some(revision) => Ok(revision),
            None => KitRecord::from_text(text).map(|own| own.revision),
        }
    }

    /// The key of this state among the earlier ones; they sort by time.
    pub fn state_key(&self) -> String {
        format!("{}/{:012}", self.id.as_str(), self.revision)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{parse, pretty};

    #[test]
    fn the_revision_is_found_without_reading_the_pack() {
        let hard = r#"{"revision":9,"updated":"2026-01-01T00:00:00Z","a":",\"revision\":8,\"updated\":\"x\"}"}"#;
        for pack in ["{}", hard, r#"{"z":{"a":1,"revision":9,"updated":"2026-01-01T00:00:00Z"}}"#] {
            let record = KitRecord {
                id: AssessmentId::from_bits([7; 16]),
                pack: parse(pack.as_bytes(), PACK_LIMIT).unwrap(),
                clauses: "S1 a,\"revision\":3".to_owned(),
                revision: 41,
                created: Instant::from_unix(0),
                updated: Instant::from_unix(5),
                deleted: None,
            };
            let text = record.to_text();
            assert!(
                text.ends_with(r#","revision":41,"updated":"1970-01-01T00:00:05Z"}"#),
                "{text}"
            );
            assert_eq!(KitRecord::revision_of(&text), Ok(41));
            let loose = pretty(&parse(text.as_bytes(), PACK_LIMIT).unwrap());
            assert_eq!(KitRecord::revision_of(&loose), Ok(41));
            assert!(KitRecord::revision_of(&text[..text.len() - 1]).is_err());
        }
    }
}

//! The record of a deleted form, kept for 30 days: `bontot.deleted/1`.

use serde::{Deserialize, Serialize};

use crate::json::FILE_LIMIT;
use crate::value::Instant;

/// How long a deleted form can be restored, in seconds: 30 days.
pub const KEPT_FOR: i64 = 30 * 24 * 60 * 60;

/// The size limit in bytes: the text of a draft, with every quotation mark in it escaped.
const LIMIT: usize = 6 * FILE_LIMIT;

/// A deleted form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.deleted/1", deny_unknown_fields)]
pub struct Deleted {
    /// When it was deleted.
    pub at: Instant,
    /// The key of the form.
    pub key: String,
    /// The title to show.
    #[serde(default)]
    pub title: String,
    /// The text of its record.
    pub text: String,
}

record!(Deleted, LIMIT);

impl Deleted {
    /// The key of the record; one form may be deleted more than once.
    pub fn record_key(&self) -> String {
        format!("{} {}", self.key, self.at)
    }

    /// Has its time expired?
    pub fn is_over(&self, now: Instant) -> bool {
        now.unix() - self.at.unix() > KEPT_FOR
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deleted_form_reads_back_and_is_kept_for_30_days() {
        let deleted = Deleted {
            at: Instant::from_unix(1_790_000_000),
            key: "0123".to_owned(),
            title: "Chi bộ \"xóm\"".to_owned(),
            text: "{\"a\":\"\\\"\"}".to_owned(),
        };
        assert_eq!(Deleted::from_text(&deleted.to_text()), Ok(deleted.clone()));
        let days = |days: i64| Instant::from_unix(1_790_000_000 + days * 86_400);
        assert!(!deleted.is_over(days(30)));
        assert!(deleted.is_over(days(31)));
    }
}

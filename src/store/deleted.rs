//! The record of a deleted form, kept for 30 days: `bontot.deleted/1`.

use serde::{Deserialize, Serialize};

use crate::json::{FILE_LIMIT, Within, is_default};
use crate::value::Instant;

/// How many days a deleted form can be restored.
const DAYS: i64 = 30;

/// The same in seconds.
const KEPT_FOR: i64 = DAYS * 24 * 60 * 60;

/// The largest count.
const MOST: i64 = 1 << 50;

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
    /// Its number among the deleted forms, in the order in which they were deleted; 0 in old records.
    #[serde(default, skip_serializing_if = "is_default", with = "Within::<0, MOST>")]
    pub order: i64,
    /// How many days had been seen when it was deleted, see [`ClockRecord`](crate::store::ClockRecord).
    #[serde(default, skip_serializing_if = "is_default", with = "Within::<0, MOST>")]
    pub day: i64,
}

record!(Deleted, LIMIT);

impl Deleted {
    /// The key of the record; one form may be deleted more than once.
    pub fn record_key(&self) -> String {
        match self.order {
            0 => format!("{} {}", self.key, self.at),
            order => format!("{} {} {order}", self.key, self.at),
        }
    }

    /// The number in the key of a record.
    pub fn order_of(key: &str) -> i64 {
        key.splitn(3, ' ').nth(2).and_then(|order| order.parse().ok()).unwrap_or_default()
    }

    /// Has its time expired? By the clock, and by the days seen since: a clock that jumped has shown
    /// one day.
    pub fn is_over(&self, now: Instant, days: i64) -> bool {
        now.unix().saturating_sub(self.at.unix()) > KEPT_FOR && days - self.day >= DAYS
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
            order: 0,
            day: 4,
        };
        assert_eq!(Deleted::from_text(&deleted.to_text()), Ok(deleted.clone()));
        let days = |days: i64| Instant::from_unix(1_790_000_000 + days * 86_400);
        assert!(!deleted.is_over(days(30), 34));
        assert!(deleted.is_over(days(31), 34));
        assert!(!deleted.is_over(days(4_000), 33));
        assert!(!deleted.is_over(days(-4_000), 999));
        assert_eq!(deleted.record_key(), "0123 2026-09-21T14:13:20Z");
        assert_eq!(Deleted::order_of(&deleted.record_key()), 0);
        let numbered = Deleted { order: 12, ..deleted };
        assert_eq!(Deleted::order_of(&numbered.record_key()), 12);
    }
}

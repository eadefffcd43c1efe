//! The record of another unit's key: `bontot.trust-record/1`.

use serde::{Deserialize, Serialize};

use crate::desk::{TrustList, TrustedKey};
use crate::json::FILE_LIMIT;
use crate::seal::{PublicKey, SecretKey};
use crate::string_enum;
use crate::value::{Date, Instant};

/// Most deeds in a record.
const DEEDS: usize = 100;

string_enum! {
    /// What was done with a key.
    pub enum Deed {
        /// Its card was opened.
        Card = "card",
        /// It was in a list or a backup that was opened.
        Listed = "listed",
        /// Its check code was compared, and it is trusted.
        Trusted = "trusted",
        /// It was revoked.
        Revoked = "revoked",
        /// The revocation was withdrawn.
        Restored = "restored",
    }
}

/// Another unit's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.trust-record/1", deny_unknown_fields)]
pub struct TrustRecord {
    /// The key.
    #[serde(rename = "jwk")]
    pub key: PublicKey,
    /// The unit that it claims to belong to.
    pub unit: String,
    /// The day on which it became trusted; `None` while nobody has compared its check code.
    #[serde(default)]
    pub added: Option<Date>,
    /// The day from which on it is revoked: then none of its signatures counts, whatever time it states.
    #[serde(default)]
    pub revoked: Option<Date>,
    /// The deeds, the earliest first.
    pub deeds: Vec<DeedAt>,
    /// The proof that all of this was kept by the holder of a key of this device, where others can write to the storage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mac: Option<String>,
}

/// A deed with its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeedAt {
    /// When.
    pub at: Instant,
    /// What.
    pub did: Deed,
}

record!(TrustRecord, FILE_LIMIT);

impl TrustRecord {
    /// A key that is not trusted yet.
    pub fn new(key: PublicKey, unit: String, deed: Deed, now: Instant) -> TrustRecord {
        TrustRecord {
            key,
            unit,
            added: None,
            revoked: None,
            deeds: vec![DeedAt { at: now, did: deed }],
            mac: None,
        }
    }

    /// Adds a deed.
    pub fn note(&mut self, deed: Deed, now: Instant) {
        if self.deeds.len() < DEEDS {
            self.deeds.push(DeedAt { at: now, did: deed });
        }
    }

    /// Withdraws trust until the check code is compared again, for a record from elsewhere.
    pub fn withdraw_trust(&mut self) {
        self.added = None;
        self.mac = None;
    }

    /// Proves the record as it is now under a key of this device.
    pub fn prove(&mut self, key: &SecretKey) {
        self.mac = None;
        self.mac = Some(key.own_code(&self.to_text()));
    }

    /// Is the record as it was proved under this key?
    pub fn is_proved(&self, key: &SecretKey) -> bool {
        let bare = TrustRecord { mac: None, ..self.clone() };
        self.mac.as_ref().is_some_and(|code| key.is_own_code(&bare.to_text(), code))
    }

    /// The trusted keys, as a list.
    pub fn list(records: &[TrustRecord]) -> TrustList {
        let keys = records.iter().filter_map(|record| {
            Some(TrustedKey {
                key: record.key,
                unit: record.unit.clone(),
                also: Vec::new(),
                added: record.added?,
                revoked: record.revoked,
            })
        });
        TrustList { keys: keys.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_reads_back_and_only_what_was_compared_is_trusted() {
        let key = SecretKey::from_seed(&[4; 32]).public();
        let now = Instant::from_unix(1_790_000_000);
        let mut record = TrustRecord::new(key, "Chi bộ".to_owned(), Deed::Card, now);
        assert_eq!(TrustRecord::list(&[record.clone()]), TrustList::default());
        record.added = Some(now.date());
        record.note(Deed::Trusted, now);
        assert_eq!(TrustRecord::list(&[record.clone()]).keys.len(), 1);
        assert_eq!(TrustRecord::from_text(&record.to_text()), Ok(record.clone()));
        record.withdraw_trust();
        assert_eq!(TrustRecord::list(&[record]), TrustList::default());
    }
}

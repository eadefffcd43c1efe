//! A key of somebody else as it is kept on this device: `bontot.trust-record/1`.

use crate::desk::{TrustList, TrustedKey};
use crate::json::{
    Builder, FILE_LIMIT, Json, Object, Read, ReadError, Write, canonical, list, parse,
};
use crate::seal::PublicKey;
use crate::string_enum;
use crate::value::{Date, Instant};

/// The name of the format.
const FORMAT: &str = "bontot.trust-record/1";

/// Most deeds that are kept of one key.
const DEEDS: usize = 100;

string_enum! {
    /// What was done with a key.
    pub enum Deed {
        /// Its card came.
        Card = "card",
        /// It came in a list or a backup.
        Listed = "listed",
        /// Its check code was compared, and it is trusted.
        Trusted = "trusted",
        /// It was revoked.
        Revoked = "revoked",
        /// The revocation was taken back.
        Restored = "restored",
    }
}

/// A key of somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustRecord {
    /// The key.
    pub key: PublicKey,
    /// The unit that it is said to belong to.
    pub unit: String,
    /// The day on which it became trusted; `None` while nobody has compared its check code.
    pub added: Option<Date>,
    /// From this day on its signatures no longer count.
    pub revoked: Option<Date>,
    /// What was done with it, and when; the first deed first.
    pub deeds: Vec<(Instant, Deed)>,
}

impl TrustRecord {
    /// A key that came and is not trusted yet.
    pub fn new(key: PublicKey, unit: String, deed: Deed, now: Instant) -> TrustRecord {
        TrustRecord {
            key,
            unit,
            added: None,
            revoked: None,
            deeds: vec![(now, deed)],
        }
    }

    /// Notes what was done.
    pub fn note(&mut self, deed: Deed, now: Instant) {
        if self.deeds.len() < DEEDS {
            self.deeds.push((now, deed));
        }
    }

    /// Makes a trusted key one that waits to be compared again: it came from elsewhere.
    pub fn doubt(&mut self) {
        self.added = None;
    }

    /// The keys that are trusted, as a list.
    pub fn list(records: &[TrustRecord]) -> TrustList {
        let keys = records.iter().filter_map(|record| {
            Some(TrustedKey {
                key: record.key,
                unit: record.unit.clone(),
                added: record.added?,
                revoked: record.revoked,
            })
        });
        TrustList {
            keys: keys.collect(),
        }
    }

    /// Reads a record.
    ///
    /// # Errors
    /// The first fault of the text, with its place.
    pub fn from_text(text: &str) -> Result<TrustRecord, ReadError> {
        TrustRecord::read(&parse(text.as_bytes(), FILE_LIMIT)?)
    }

    /// The text to keep.
    pub fn to_text(&self) -> String {
        canonical(&self.write())
    }
}

impl Read for TrustRecord {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let known = ["format", "jwk", "unit", "added", "revoked", "deeds"];
        let o = Object::open_format(json, &[FORMAT], &known)?;
        let deeds: Vec<DeedAt> = o.need_by("deeds", list)?;
        Ok(TrustRecord {
            key: o.need("jwk")?,
            unit: o.need("unit")?,
            added: o.maybe_null("added")?,
            revoked: o.maybe_null("revoked")?,
            deeds: deeds
                .into_iter()
                .map(|DeedAt(at, deed)| (at, deed))
                .collect(),
        })
    }
}

impl Write for TrustRecord {
    fn write(&self) -> Json {
        let deeds = self.deeds.iter();
        let deeds: Vec<Json> = deeds.map(|(at, deed)| DeedAt(*at, *deed).write()).collect();
        Builder::new()
            .with("format", FORMAT)
            .with("jwk", self.key.jwk())
            .with("unit", &self.unit)
            .with("added", self.added)
            .with("revoked", self.revoked)
            .with("deeds", deeds)
            .done()
    }
}

struct DeedAt(Instant, Deed);

impl Read for DeedAt {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["at", "did"])?;
        Ok(DeedAt(o.need("at")?, o.need("did")?))
    }
}

impl Write for DeedAt {
    fn write(&self) -> Json {
        Builder::new().with("at", self.0).with("did", self.1).done()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::SecretKey;

    #[test]
    fn a_record_reads_back_and_only_what_was_compared_is_trusted() {
        let key = SecretKey::from_seed(&[4; 32]).public();
        let now = Instant::from_unix(1_790_000_000);
        let mut record = TrustRecord::new(key, "Chi bộ".to_owned(), Deed::Card, now);
        assert_eq!(TrustRecord::list(&[record.clone()]), TrustList::default());
        record.added = Some(now.date());
        record.note(Deed::Trusted, now);
        assert_eq!(TrustRecord::list(&[record.clone()]).keys.len(), 1);
        assert_eq!(
            TrustRecord::from_text(&record.to_text()),
            Ok(record.clone())
        );
        record.doubt();
        assert_eq!(TrustRecord::list(&[record]), TrustList::default());
    }
}

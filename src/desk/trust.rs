//! The trust list: `bontot.trust/1` (spec s. 5): keys that people have compared by check code.

use crate::json::{
    Builder, Expected, FILE_LIMIT, Json, Object, Read, ReadError, Write, list, parse,
};
use crate::seal::PublicKey;
use crate::value::{Date, Instant};

/// Keys that are trusted, and from when on some no longer are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustList {
    /// The keys, in the order in which they were added.
    pub keys: Vec<TrustedKey>,
}

/// One key of a trust list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedKey {
    /// The key.
    pub key: PublicKey,
    /// The unit that it belongs to.
    pub unit: String,
    /// The day on which it was added.
    pub added: Date,
    /// From this day on its signatures no longer count.
    pub revoked: Option<Date>,
}

/// What a trust list says of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// The key is trusted.
    Trusted,
    /// The key is not in the list.
    Unknown,
    /// The key was revoked before it signed.
    Revoked(Date),
}

impl TrustList {
    /// Reads a list.
    ///
    /// # Errors
    /// The first fault against spec s. 1 and 5, with its place.
    pub fn from_bytes(bytes: &[u8]) -> Result<TrustList, ReadError> {
        TrustList::read(&parse(bytes, FILE_LIMIT)?)
    }

    /// What the list says of a key that signed at some time.
    pub fn look_up(&self, key: &PublicKey, signed: Instant) -> Trust {
        match self.keys.iter().find(|entry| entry.key == *key) {
            None => Trust::Unknown,
            Some(entry) => match entry.revoked {
                Some(day) if day <= signed.date() => Trust::Revoked(day),
                _ => Trust::Trusted,
            },
        }
    }
}

impl Read for TrustList {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open_format(json, &["bontot.trust/1"], &["format", "keys"])?;
        Ok(TrustList {
            keys: o.need_by("keys", list)?,
        })
    }
}

impl Write for TrustList {
    fn write(&self) -> Json {
        let keys: Vec<_> = self.keys.iter().map(Write::write).collect();
        Builder::new()
            .with("format", "bontot.trust/1")
            .with("keys", keys)
            .done()
    }
}

impl Read for TrustedKey {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["kid", "jwk", "unit", "added", "revoked"])?;
        let key: PublicKey = o.need("jwk")?;
        o.need_by("kid", |json| match json.as_text() {
            Some(kid) if kid == key.kid() => Ok(()),
            _ => Err(ReadError::expected(Expected::Thumbprint)),
        })?;
        Ok(TrustedKey {
            key,
            unit: o.need("unit")?,
            added: o.need("added")?,
            revoked: o.maybe_null("revoked")?,
        })
    }
}

impl Write for TrustedKey {
    fn write(&self) -> Json {
        Builder::new()
            .with("kid", self.key.kid())
            .with("jwk", self.key.jwk())
            .with("unit", &self.unit)
            .with("added", self.added)
            .with("revoked", self.revoked)
            .done()
    }
}

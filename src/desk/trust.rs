//! The trust list: `bontot.trust/1` (spec s. 5): keys that people have compared by check code.

use crate::json::{
    Builder, Expected, FILE_LIMIT, Json, Object, Read, ReadError, Write, canonical, list, parse,
};
use crate::seal::{KeyCard, PublicKey, SignatureFault};
use crate::value::{Date, Instant, is_code};

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

/// Why a key is not added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrustFault {
    /// The card is not signed by its own key.
    Card(SignatureFault),
    /// The code that a person gave is not that of the key.
    OtherCode,
    /// The key is in the list, under this name.
    Known(String),
    /// The key is in the list, and was revoked from this day on.
    Revoked(Date),
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

    /// The text of the file.
    pub fn to_text(&self) -> String {
        canonical(&self.write())
    }

    /// Takes in the key of a card. `code` is the check code that the person gave who holds the key,
    /// by telephone or on paper: that is what makes the key that person's.
    ///
    /// # Errors
    /// The card is not its key's own, the code is another, or the key is in the list. The list is as
    /// it was.
    pub fn add(
        &mut self,
        card: &KeyCard,
        code: &str,
        unit: &str,
        today: Date,
    ) -> Result<(), TrustFault> {
        card.verify().map_err(TrustFault::Card)?;
        if !is_code(code, &card.check_code()) {
            return Err(TrustFault::OtherCode);
        }
        match self.keys.iter().find(|entry| entry.key == card.key) {
            Some(entry) => Err(match entry.revoked {
                Some(day) => TrustFault::Revoked(day),
                None => TrustFault::Known(entry.unit.clone()),
            }),
            None => {
                self.keys.push(TrustedKey {
                    key: card.key,
                    unit: unit.to_owned(),
                    added: today,
                    revoked: None,
                });
                Ok(())
            }
        }
    }

    /// The keys with this thumbprint or check code, by their places.
    pub fn find(&self, name: &str) -> Vec<usize> {
        let is_named =
            |entry: &TrustedKey| entry.key.kid() == name || is_code(name, &entry.key.check_code());
        let keys = self.keys.iter().enumerate();
        keys.filter(|(_, entry)| is_named(entry))
            .map(|(place, _)| place)
            .collect()
    }

    /// Takes in another list: keys that are not here are added, and a key that either list revokes is
    /// revoked, from the earlier day on. Says how many keys were added and how many revoked.
    pub fn merge(&mut self, other: &TrustList) -> (usize, usize) {
        let (mut added, mut revoked) = (0, 0);
        for theirs in &other.keys {
            match self.keys.iter_mut().find(|own| own.key == theirs.key) {
                Some(own) => {
                    if let Some(day) = theirs.revoked
                        && own.revoked.is_none_or(|own| day < own)
                    {
                        own.revoked = Some(day);
                        revoked += 1;
                    }
                }
                None => {
                    self.keys.push(theirs.clone());
                    added += 1;
                }
            }
        }
        (added, revoked)
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

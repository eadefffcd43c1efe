//! The trust list, `bontot.trust/1` (spec s. 5): keys whose check codes people have compared.

use serde::{Deserialize, Serialize};

use crate::json::{Expected, FILE_LIMIT, ReadError, from_slice, to_canonical};
use crate::seal::{KeyCard, PublicKey, SignatureError};
use crate::value::{Date, Instant, is_code};

/// Keys that are trusted, and from when on some no longer are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.trust/1", deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", schemars(rename = "TrustList", title = "bontot.trust/1"))]
#[cfg_attr(feature = "cli", schemars(transform = crate::json::document))]
pub struct TrustList {
    /// The keys, in the order in which they were added.
    pub keys: Vec<TrustedKey>,
}

/// One key of a trust list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(try_from = "Entry", into = "Entry")]
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

/// One key of a trust list as it stands in the file.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename = "TrustedKey", deny_unknown_fields)]
struct Entry {
    /// The thumbprint of the key (RFC 7638).
    #[cfg_attr(feature = "cli", schemars(regex(pattern = "^[A-Za-z0-9_-]{43}$")))]
    kid: String,
    /// The key.
    jwk: PublicKey,
    /// The unit that it belongs to.
    unit: String,
    /// The day on which it was added.
    added: Date,
    /// From this day on its signatures no longer count; null or absent while they do.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(skip_serializing_if = "Option::is_none"))]
    revoked: Option<Date>,
}

impl TryFrom<Entry> for TrustedKey {
    type Error = ReadError;

    fn try_from(entry: Entry) -> Result<TrustedKey, ReadError> {
        if entry.kid != entry.jwk.kid() {
            return Err(ReadError::expected(Expected::Thumbprint).within("kid"));
        }
        Ok(TrustedKey {
            key: entry.jwk,
            unit: entry.unit,
            added: entry.added,
            revoked: entry.revoked,
        })
    }
}

impl From<TrustedKey> for Entry {
    fn from(trusted: TrustedKey) -> Entry {
        Entry {
            kid: trusted.key.kid(),
            jwk: trusted.key,
            unit: trusted.unit,
            added: trusted.added,
            revoked: trusted.revoked,
        }
    }
}

/// Why a key is not added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// The card is not signed by its own key.
    #[error("the card is not signed by its key: {0}")]
    Card(SignatureError),
    /// The given check code is not that of the key.
    #[error("the check code is not that of the key")]
    OtherCode,
    /// The key is in the list, under this name.
    #[error("the key is in the list, as that of {0}")]
    Known(String),
    /// The key is in the list, and was revoked from this day on.
    #[error("the key is in the list, revoked from {0} on")]
    Revoked(Date),
}

/// Whether a trust list trusts a signature.
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
    /// The first violation of spec s. 1 and 5.
    pub fn from_bytes(bytes: &[u8]) -> Result<TrustList, ReadError> {
        from_slice(bytes, FILE_LIMIT)
    }

    /// The text of the file.
    pub fn to_text(&self) -> String {
        to_canonical(self)
    }

    /// Adds the key of a card. `code` is the check code that the holder of the key gave, by telephone
    /// or on paper: it proves whose key it is.
    ///
    /// # Errors
    /// The card is not signed by its key, the code differs, or the key is in the list. The list is
    /// unchanged.
    pub fn add(
        &mut self,
        card: &KeyCard,
        code: &str,
        unit: &str,
        today: Date,
    ) -> Result<(), TrustError> {
        card.verify().map_err(TrustError::Card)?;
        if !is_code(code, &card.check_code()) {
            return Err(TrustError::OtherCode);
        }
        match self.keys.iter().find(|entry| entry.key == card.key()) {
            Some(entry) => Err(match entry.revoked {
                Some(day) => TrustError::Revoked(day),
                None => TrustError::Known(entry.unit.clone()),
            }),
            None => {
                self.keys.push(TrustedKey {
                    key: card.key(),
                    unit: unit.to_owned(),
                    added: today,
                    revoked: None,
                });
                Ok(())
            }
        }
    }

    /// The indices of the keys with this thumbprint or check code.
    pub fn find(&self, name: &str) -> Vec<usize> {
        let is_named =
            |entry: &TrustedKey| entry.key.kid() == name || is_code(name, &entry.key.check_code());
        let keys = self.keys.iter().enumerate();
        keys.filter(|(_, entry)| is_named(entry)).map(|(index, _)| index).collect()
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

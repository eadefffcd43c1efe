//! The trust list, `bontot.trust/1` (spec s. 5): keys whose check codes people have compared.

use std::collections::BTreeSet;

use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize};

use crate::json::{Expected, FILE_LIMIT, Fault, ReadError, from_slice, to_canonical};
use crate::seal::{KeyCard, PublicKey, SignatureError};
use crate::value::{CODE_SIGNS, Date, code_signs, is_code, same_name};

/// Keys that are trusted, each for the units that it is named with, and those that no longer are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.trust/1", deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", schemars(rename = "TrustList", title = "bontot.trust/1"))]
#[cfg_attr(feature = "cli", schemars(transform = crate::json::document))]
pub struct TrustList {
    /// The keys, in the order in which they were added; each stands once.
    #[serde(deserialize_with = "distinct")]
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
    /// Other units that it may sign for.
    pub also: Vec<String>,
    /// The day on which it was added.
    pub added: Date,
    /// The day from which on it is revoked: then none of its signatures counts, since a stolen key states any time.
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
    /// Other units that it may sign for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    also: Vec<String>,
    /// The day on which it was added.
    added: Date,
    /// The day from which on it is revoked, so that no signature of it counts; null or absent while they do.
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
            also: entry.also,
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
            also: trusted.also,
            added: trusted.added,
            revoked: trusted.revoked,
        }
    }
}

impl TrustedKey {
    /// The name, of those that the key is trusted with, that people read as this one.
    pub fn name_for(&self, unit: &str) -> Option<&str> {
        let names = std::iter::once(&self.unit).chain(&self.also);
        names.map(String::as_str).find(|own| same_name(own, unit))
    }
}

/// Reads keys of which none stands twice, since the second entry could say otherwise than the first.
fn distinct<'de, D: Deserializer<'de>>(source: D) -> Result<Vec<TrustedKey>, D::Error> {
    let keys = Vec::<TrustedKey>::deserialize(source)?;
    let mut seen = BTreeSet::new();
    match keys.iter().position(|entry| !seen.insert(entry.key.kid())) {
        Some(place) => {
            let error = ReadError::here(Fault::DuplicateKey).within_element(place);
            Err(D::Error::custom(error))
        }
        None => Ok(keys),
    }
}

/// Why a key is not added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// The card is not signed by its own key.
    #[error("the card is not signed by its key: {0}")]
    Card(SignatureError),
    /// The given code has fewer signs than a check code, so that another key could have it too.
    #[error("the check code is not whole: all {CODE_SIGNS} signs are compared")]
    PartOfCode,
    /// The given check code is not that of the key.
    #[error("the check code is not that of the key")]
    OtherCode,
    /// The key is in the list, for this unit.
    #[error("the key is in the list, as that of {0}")]
    Known(String),
    /// The key is in the list, and was revoked from this day on.
    #[error("the key is in the list, revoked from {0} on")]
    Revoked(Date),
}

/// What a trust list says of a key that signs for a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust<'a> {
    /// It is trusted for the unit, under this name.
    Trusted(&'a str),
    /// It is trusted, but for other units, of which this is the first.
    OtherUnit(&'a str),
    /// It is not in the list.
    Unknown,
    /// It was revoked from this day on.
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

    /// Adds the key of a card, or another unit that a key of the list may sign for; returns where it stands. `code` is
    /// the check code that the holder of the key gave, by telephone or on paper, whole: it proves whose key it is.
    ///
    /// # Errors
    /// The card is not signed by its key, the code differs, or the key is in the list for this unit or revoked. The
    /// list is unchanged.
    pub fn add(
        &mut self,
        card: &KeyCard,
        code: &str,
        unit: &str,
        today: Date,
    ) -> Result<usize, TrustError> {
        card.verify().map_err(TrustError::Card)?;
        if code_signs(code).chars().count() < CODE_SIGNS {
            return Err(TrustError::PartOfCode);
        }
        if !is_code(code, &card.check_code()) {
            return Err(TrustError::OtherCode);
        }
        let unit = unit.to_owned();
        let Some(place) = self.keys.iter().position(|entry| entry.key == card.key()) else {
            let (key, also) = (card.key(), Vec::new());
            self.keys.push(TrustedKey { key, unit, also, added: today, revoked: None });
            return Ok(self.keys.len() - 1);
        };
        let entry = &mut self.keys[place];
        match (entry.revoked, entry.name_for(&unit)) {
            (Some(day), _) => Err(TrustError::Revoked(day)),
            (None, Some(name)) => Err(TrustError::Known(name.to_owned())),
            (None, None) => {
                entry.also.push(unit);
                Ok(place)
            }
        }
    }

    /// The indices of the keys with this thumbprint or whole check code.
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

    /// What the list says of a key that signs for a unit. The time that a signature states decides nothing.
    pub fn look_up(&self, key: &PublicKey, unit: &str) -> Trust<'_> {
        let Some(entry) = self.keys.iter().find(|entry| entry.key == *key) else {
            return Trust::Unknown;
        };
        match (entry.revoked, entry.name_for(unit)) {
            (Some(day), _) => Trust::Revoked(day),
            (None, Some(name)) => Trust::Trusted(name),
            (None, None) => Trust::OtherUnit(&entry.unit),
        }
    }
}

//! The key card: `bontot.key/1` (spec s. 5), the public key of a unit, self-signed.

use serde::{Deserialize, Serialize};

use crate::json::ReadError;
use crate::seal::signed::Signed;
use crate::seal::{PublicKey, Role, SecretKey, SignatureError};
use crate::value::Instant;

/// A key card as it was read; untrusted until [`verify`](KeyCard::verify) and until people have
/// compared its check code.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(transparent))]
pub struct KeyCard(Signed<CardContent>);

/// A key card: a public key that a unit shows, signed by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.key/1", deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", schemars(rename = "KeyCard", title = "bontot.key/1"))]
#[cfg_attr(feature = "cli", schemars(transform = crate::json::document))]
struct CardContent {
    /// The name of the unit.
    unit: String,
    /// Its key.
    jwk: PublicKey,
}

impl KeyCard {
    /// Makes the card of a key.
    pub fn make(unit: &str, key: &SecretKey, now: Instant) -> KeyCard {
        let content = CardContent { unit: unit.to_owned(), jwk: key.public() };
        KeyCard(Signed::new(content, key, Role::Unit, now))
    }

    /// Reads a card.
    ///
    /// # Errors
    /// The first violation of spec s. 1 and 5.
    pub fn from_bytes(bytes: &[u8]) -> Result<KeyCard, ReadError> {
        Signed::from_bytes(bytes).map(KeyCard)
    }

    /// The name of the unit.
    pub fn unit(&self) -> &str {
        &self.0.content().unit
    }

    /// Its key.
    pub fn key(&self) -> PublicKey {
        self.0.content().jwk
    }

    /// Checks that the card is signed by its own key.
    ///
    /// # Errors
    /// A signature is refused, or is another key's.
    pub fn verify(&self) -> Result<(), SignatureError> {
        let signers = self.0.verify(|_, _| true).map_err(|at| at.error)?;
        if signers.iter().all(|signer| signer.key == self.key()) {
            Ok(())
        } else {
            Err(SignatureError::Mismatch)
        }
    }

    /// The check code (*mã kiểm tra*) of the key, for people to compare.
    pub fn check_code(&self) -> String {
        self.key().check_code()
    }

    /// The file, canonical bytes.
    pub fn to_text(&self) -> String {
        self.0.to_text()
    }
}

//! The key card: `bontot.key/1` (spec s. 5), a public key that a unit shows, signed by itself.

use crate::json::{Builder, FILE_LIMIT, Json, Object, Read, ReadError, Write, canonical, parse};
use crate::seal::{
    PublicKey, Role, SecretKey, Signature, SignatureFault, sign, signatures, verify,
};
use crate::value::Instant;

/// A key card as it was read; untrusted until [`verify`](KeyCard::verify) and until people have
/// compared its check code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyCard {
    /// The name of the unit.
    pub unit: String,
    /// Its key.
    pub key: PublicKey,
    object: Json,
    signatures: Vec<Signature>,
}

impl KeyCard {
    /// Makes the card of a key.
    pub fn make(unit: &str, key: &SecretKey, now: Instant) -> KeyCard {
        let unsigned = Builder::new()
            .with("format", "bontot.key/1")
            .with("unit", unit)
            .with("jwk", key.public().jwk());
        let signature = sign(&unsigned.clone().done(), key, Role::Unit, now);
        KeyCard {
            unit: unit.to_owned(),
            key: key.public(),
            object: unsigned.with("signatures", vec![signature.write()]).done(),
            signatures: vec![signature],
        }
    }

    /// Reads a card.
    ///
    /// # Errors
    /// The first fault against spec s. 1 and 5, with its place.
    pub fn from_bytes(bytes: &[u8]) -> Result<KeyCard, ReadError> {
        let json = parse(bytes, FILE_LIMIT)?;
        let o = Object::open_format(
            &json,
            &["bontot.key/1"],
            &["format", "unit", "jwk", "signatures"],
        )?;
        Ok(KeyCard {
            unit: o.need("unit")?,
            key: o.need_by("jwk", PublicKey::read)?,
            signatures: signatures(&o)?,
            object: json.clone(),
        })
    }

    /// Checks that the card is signed by its own key.
    ///
    /// # Errors
    /// A signature does not fit, or is another key's.
    pub fn verify(&self) -> Result<(), SignatureFault> {
        for signature in &self.signatures {
            if verify(&self.object, signature)?.key != self.key {
                return Err(SignatureFault::Mismatch);
            }
        }
        Ok(())
    }

    /// The check code of the key, to be read aloud or printed and compared.
    pub fn check_code(&self) -> String {
        self.key.check_code()
    }

    /// The file, canonical bytes.
    pub fn to_text(&self) -> String {
        canonical(&self.object)
    }
}

//! The signature over the tag manifest of a bag (spec s. 10), which names the digests of all that is in it.

use serde::{Deserialize, Serialize};

use crate::json::{FILE_LIMIT, ReadError, from_slice, to_canonical};
use crate::seal::jws::{sign_as, verify_as};
use crate::seal::{Header, Role, SecretKey, Signature, SignatureErrorAt};
use crate::value::Instant;

/// The type of such a signature, so that it never passes for one over an object.
const BAG: &str = "bontot+bag";

/// The file of signatures: JWS general serialization whose detached payload is the tag manifest, byte for byte.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BagSignature {
    signatures: [Signature; 1],
}

/// Why the signature of a bag is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BagError {
    /// It is not read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It does not fit.
    #[error(transparent)]
    Signature(#[from] SignatureErrorAt),
}

/// Signs a tag manifest, as the superior who keeps the register.
pub fn sign_bag(manifest: &str, key: &SecretKey, now: Instant) -> String {
    let signatures = [sign_as(BAG, manifest, key, Role::Superior, now)];
    to_canonical(&BagSignature { signatures })
}

/// Verifies the signature of a tag manifest, strictly; returns its header.
///
/// # Errors
/// The signature is refused.
pub fn verify_bag(manifest: &str, signature: &[u8]) -> Result<Header, BagError> {
    let BagSignature { signatures: [signature] } = from_slice(signature, FILE_LIMIT)?;
    let verified = verify_as(BAG, manifest, &signature);
    Ok(verified.map_err(|error| SignatureErrorAt { index: 0, error })?)
}

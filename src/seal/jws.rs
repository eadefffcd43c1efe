//! JWS with detached payload (RFC 7515, appendix F): over the canonical bytes of an object without
//! its `signatures`.

use base64ct::{Base64UrlUnpadded, Encoding};
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::Scalar;
use serde::{Deserialize, Serialize};

use crate::seal::header::OBJECT;
use crate::seal::{Header, HeaderError, Role, SecretKey};
use crate::value::Instant;

/// Most signatures over one object.
pub const SIGNATURE_LIMIT: usize = 8;

/// One signature as it stands in a file, untrusted: JWS with detached payload (RFC 7515, appendix F).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// The protected header, base64url: `alg`, `typ`, `jwk`, `kid`, `role`, `iat`.
    #[cfg_attr(feature = "cli", schemars(regex(pattern = "^[A-Za-z0-9_-]+$")))]
    pub protected: String,
    /// The 64 bytes of the signature, base64url.
    #[cfg_attr(feature = "cli", schemars(regex(pattern = "^[A-Za-z0-9_-]{86}$")))]
    pub signature: String,
}

/// Why a signature is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The header is refused.
    #[error(transparent)]
    Header(HeaderError),
    /// Not 64 bytes of base64url without padding.
    #[error("the signature is not 64 bytes of base64url")]
    Encoding,
    /// The scalar of the signature is not less than the order of the group: another
    /// encoding of the same signature (RFC 8032 s. 5.1.7).
    #[error("the scalar of the signature is not reduced")]
    NotReduced,
    /// The commitment of the signature is a point of small order, or not canonically encoded.
    #[error("the commitment of the signature is no canonical point of large order")]
    Commitment,
    /// The signature does not fit the content and the key.
    #[error("the content was changed after signing, or signed by another key")]
    Mismatch,
    /// The first signature is not the unit's, or the role is wrong here.
    #[error("the signature stands in the wrong role")]
    Role,
    /// The key signed before, in the same file: it stands once, and a unit's key is not its superior's.
    #[error("this key has signed already, and a key signs once")]
    Repeated,
}

/// Which of the signatures of a file is refused, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("signature {}: {error}", .index + 1)]
pub struct SignatureErrorAt {
    /// Its index in the file.
    pub index: usize,
    /// Why it is refused.
    #[source]
    pub error: SignatureError,
}

fn signing_input(protected: &str, payload: &str) -> String {
    let payload = Base64UrlUnpadded::encode_string(payload.as_bytes());
    format!("{protected}.{payload}")
}

/// Signs the canonical bytes of an object without its signatures.
pub(super) fn sign(payload: &str, key: &SecretKey, role: Role, now: Instant) -> Signature {
    sign_as(OBJECT, payload, key, role, now)
}

/// As [`sign`], with a signature of this type.
pub(super) fn sign_as(
    typ: &str,
    payload: &str,
    key: &SecretKey,
    role: Role,
    now: Instant,
) -> Signature {
    let header = Header { key: key.public(), role, issued: now };
    let protected = header.encode_as(typ);
    let signature = key.sign_bytes(signing_input(&protected, payload).as_bytes());
    Signature { signature: Base64UrlUnpadded::encode_string(&signature), protected }
}

/// Verifies one signature of this type over the canonical bytes of an object without its signatures, strictly; returns
/// its header.
pub(super) fn verify_as(
    typ: &'static str,
    payload: &str,
    signature: &Signature,
) -> Result<Header, SignatureError> {
    let header = Header::decode_as(&signature.protected, typ).map_err(SignatureError::Header)?;
    let mut bytes = [0; 64];
    match Base64UrlUnpadded::decode(&signature.signature, &mut bytes) {
        Ok(read) if read.len() == 64 => {}
        _ => return Err(SignatureError::Encoding),
    }
    let input = signing_input(&signature.protected, payload);
    // `verify_strict` refuses S ≥ L and small-order parts, which plain `verify` lets pass.
    header
        .key
        .verifying()
        .verify_strict(input.as_bytes(), &ed25519_dalek::Signature::from_bytes(&bytes))
        .map_err(|_| why_not(&bytes))?;
    Ok(header)
}

/// Why a signature was refused: defects of its own first, then a mismatch with the content.
fn why_not(signature: &[u8; 64]) -> SignatureError {
    let (mut commitment, mut scalar) = ([0; 32], [0; 32]);
    commitment.copy_from_slice(&signature[..32]);
    scalar.copy_from_slice(&signature[32..]);
    let point = CompressedEdwardsY(commitment).decompress();
    let is_sound =
        |point: EdwardsPoint| point.compress().0 == commitment && !point.is_small_order();
    if Scalar::from_canonical_bytes(scalar).is_none().into() {
        SignatureError::NotReduced
    } else if !point.is_some_and(is_sound) {
        SignatureError::Commitment
    } else {
        SignatureError::Mismatch
    }
}

//! JWS with detached payload (RFC 7515, appendix F): over the canonical bytes of an object without
//! its `signatures`.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding};
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::Scalar;

use crate::json::{Builder, Expected, Json, Object, Read, ReadError, Write, list};
use crate::seal::key::payload;
use crate::seal::{Header, HeaderFault, Role, SecretKey};
use crate::value::Instant;

/// Most signatures over one object.
pub const SIGNATURE_LIMIT: usize = 8;

/// One signature as it stands in a file: untrusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The protected header, base64url.
    pub protected: String,
    /// The 64 bytes of the signature, base64url.
    pub signature: String,
}

/// Why a signature is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureFault {
    /// The header is refused.
    Header(HeaderFault),
    /// Not 64 bytes of base64url without padding.
    Encoding,
    /// The scalar of the signature is not less than the order of the group: the same signature in
    /// other words (RFC 8032 s. 5.1.7).
    NotReduced,
    /// The commitment of the signature is a point of small order, or no canonical one.
    Commitment,
    /// The signature does not fit the content and the key.
    Mismatch,
    /// The first signature is not the unit's, or the role is wrong here.
    Role,
}

impl fmt::Display for SignatureFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SignatureFault::Header(fault) => fault.fmt(f),
            SignatureFault::Encoding => f.write_str("the signature is not 64 bytes of base64url"),
            SignatureFault::NotReduced => f.write_str("the scalar of the signature is not reduced"),
            SignatureFault::Commitment => {
                f.write_str("the commitment of the signature is no canonical point of large order")
            }
            SignatureFault::Mismatch => {
                f.write_str("the content was changed after signing, or signed by another key")
            }
            SignatureFault::Role => f.write_str("the signature stands in the wrong role"),
        }
    }
}

fn signing_input(protected: &str, object: &Json) -> String {
    let payload = Base64UrlUnpadded::encode_string(payload(object).as_bytes());
    format!("{protected}.{payload}")
}

/// Signs an object; a member `signatures` that it may have is not part of what is signed.
pub fn sign(object: &Json, key: &SecretKey, role: Role, now: Instant) -> Signature {
    let header = Header {
        key: key.public(),
        role,
        issued: now,
    };
    let protected = header.encode();
    let signature = key.sign_bytes(signing_input(&protected, object).as_bytes());
    Signature {
        signature: Base64UrlUnpadded::encode_string(&signature),
        protected,
    }
}

/// Verifies one signature over an object, strictly; returns what it says of itself.
///
/// # Errors
/// The header is refused, or the signature does not fit.
pub fn verify(object: &Json, signature: &Signature) -> Result<Header, SignatureFault> {
    let header = Header::decode(&signature.protected).map_err(SignatureFault::Header)?;
    let mut bytes = [0; 64];
    match Base64UrlUnpadded::decode(&signature.signature, &mut bytes) {
        Ok(read) if read.len() == 64 => {}
        _ => return Err(SignatureFault::Encoding),
    }
    let input = signing_input(&signature.protected, object);
    // `verify_strict` refuses S ≥ L and small-order parts, which plain `verify` lets pass.
    header
        .key
        .verifying()
        .verify_strict(
            input.as_bytes(),
            &ed25519_dalek::Signature::from_bytes(&bytes),
        )
        .map_err(|_| why_not(&bytes))?;
    Ok(header)
}

/// Why a signature was refused: what can be said of it without the content first.
fn why_not(signature: &[u8; 64]) -> SignatureFault {
    let (mut commitment, mut scalar) = ([0; 32], [0; 32]);
    commitment.copy_from_slice(&signature[..32]);
    scalar.copy_from_slice(&signature[32..]);
    let point = CompressedEdwardsY(commitment).decompress();
    let is_sound =
        |point: EdwardsPoint| point.compress().0 == commitment && !point.is_small_order();
    if Scalar::from_canonical_bytes(scalar).is_none().into() {
        SignatureFault::NotReduced
    } else if !point.is_some_and(is_sound) {
        SignatureFault::Commitment
    } else {
        SignatureFault::Mismatch
    }
}

/// Reads the member `signatures` of an object: 1 to 8.
///
/// # Errors
/// Missing, empty, too long, or an element that is no signature (an unprotected header is an
/// unknown member).
pub fn signatures(object: &Object<'_>) -> Result<Vec<Signature>, ReadError> {
    object.need_by("signatures", |json| {
        let all: Vec<Signature> = list(json)?;
        if (1..=SIGNATURE_LIMIT).contains(&all.len()) {
            Ok(all)
        } else {
            Err(ReadError::expected(Expected::Length {
                min: 1,
                max: SIGNATURE_LIMIT,
            }))
        }
    })
}

impl Read for Signature {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["protected", "signature"])?;
        Ok(Signature {
            protected: o.need("protected")?,
            signature: o.need("signature")?,
        })
    }
}

impl Write for Signature {
    fn write(&self) -> Json {
        Builder::new()
            .with("protected", &self.protected)
            .with("signature", &self.signature)
            .done()
    }
}

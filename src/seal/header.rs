//! The protected header of a signature (spec s. 4), read strictly.

use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Serialize};

use crate::json::{FILE_LIMIT, ReadError, Within, from_slice, to_canonical};
use crate::seal::key::Jwk;
use crate::seal::{KeyError, PublicKey};
use crate::string_enum;
use crate::value::Instant;

/// The type of a signature over an object.
pub(super) const OBJECT: &str = "bontot+jws";

/// The latest `iat`: the end of 9999, as for [`Instant`].
const LAST: i64 = 253_402_300_799;

string_enum! {
    /// The role in which a key signed.
    pub enum Role {
        /// The unit that assesses itself.
        Unit = "unit",
        /// The superior that appraises.
        Superior = "superior",
    }
}

/// The claims of a signature: untrusted before it is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The key.
    pub key: PublicKey,
    /// The role in which it signed.
    pub role: Role,
    /// The time of signing, as the signer states it.
    pub issued: Instant,
}

/// The header in a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Protected {
    alg: String,
    typ: String,
    jwk: Jwk,
    kid: String,
    role: Role,
    #[serde(with = "Within::<0, LAST>")]
    iat: i64,
}

/// Why a protected header is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// Not base64url without padding.
    #[error("the protected header is not base64url")]
    Encoding,
    /// Not JSON of the profile, or a member that is missing, unknown (`crit`, `b64`, `jku`, `x5u`,
    /// …) or of the wrong kind.
    #[error("protected header: {0}")]
    Shape(ReadError),
    /// Another algorithm than Ed25519.
    #[error("the algorithm of the signature is not Ed25519")]
    Algorithm,
    /// Another type than the one of what is signed.
    #[error("the type of the signature is not {0}")]
    Type(&'static str),
    /// The key may not be used.
    #[error(transparent)]
    Key(KeyError),
    /// `kid` is not the thumbprint of `jwk`.
    #[error("kid is not the thumbprint of the key")]
    KidIsNotThumbprint,
}

impl Header {
    /// The header as base64url of its canonical JSON.
    pub fn encode(&self) -> String {
        self.encode_as(OBJECT)
    }

    /// As [`Header::encode`], of a signature of this type.
    pub(super) fn encode_as(&self, typ: &str) -> String {
        let protected = Protected {
            alg: "Ed25519".to_owned(),
            typ: typ.to_owned(),
            jwk: self.key.into(),
            kid: self.key.kid(),
            role: self.role,
            iat: self.issued.unix(),
        };
        Base64UrlUnpadded::encode_string(to_canonical(&protected).as_bytes())
    }

    /// Reads a header.
    ///
    /// # Errors
    /// Spec s. 4 refuses the header.
    pub fn decode(protected: &str) -> Result<Header, HeaderError> {
        Header::decode_as(protected, OBJECT)
    }

    /// As [`Header::decode`], of a signature of this type.
    pub(super) fn decode_as(protected: &str, typ: &'static str) -> Result<Header, HeaderError> {
        let bytes = Base64UrlUnpadded::decode_vec(protected).map_err(|_| HeaderError::Encoding)?;
        let read: Protected = from_slice(&bytes, FILE_LIMIT).map_err(HeaderError::Shape)?;
        // RFC 9864 deprecates the polymorphic name of RFC 8037; readers accept both.
        if !["Ed25519", "EdDSA"].contains(&read.alg.as_str()) {
            return Err(HeaderError::Algorithm);
        }
        if read.typ != typ {
            return Err(HeaderError::Type(typ));
        }
        let key = read.jwk.key().map_err(HeaderError::Key)?;
        if read.kid != key.kid() {
            return Err(HeaderError::KidIsNotThumbprint);
        }
        Ok(Header { key, role: read.role, issued: Instant::from_unix(read.iat) })
    }
}

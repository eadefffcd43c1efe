//! The protected header of a signature (spec s. 4): read strictly, refused by name.

use base64ct::{Base64UrlUnpadded, Encoding};

use crate::json::{Builder, FILE_LIMIT, Json, ReadError, canonical, parse};
use crate::seal::{KeyFault, PublicKey};
use crate::string_enum;
use crate::value::Instant;

string_enum! {
    /// In which role a key signed.
    pub enum Role {
        /// The unit that assesses itself.
        Unit = "unit",
        /// The superior that appraises.
        Superior = "superior",
    }
}

/// What a signature says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The key.
    pub key: PublicKey,
    /// In which role it signed.
    pub role: Role,
    /// When, as the signer says.
    pub issued: Instant,
}

/// Why a protected header is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderFault {
    /// Not base64url without padding.
    Encoding,
    /// Not JSON of the profile, or a member that is missing, unknown (`crit`, `b64`, `jku`, `x5u`,
    /// …) or of the wrong kind.
    Shape(ReadError),
    /// Another algorithm than Ed25519.
    Algorithm,
    /// Another type than `bontot+jws`.
    Type,
    /// The key is none that may be used.
    Key(KeyFault),
    /// `kid` is not the thumbprint of `jwk`.
    KidIsNotThumbprint,
}

impl Header {
    /// The header as base64url of its canonical JSON.
    pub fn encode(&self) -> String {
        let json = Builder::new()
            .with("alg", "Ed25519")
            .with("iat", self.issued.unix())
            .with("jwk", self.key.jwk())
            .with("kid", self.key.kid())
            .with("role", self.role)
            .with("typ", "bontot+jws")
            .done();
        Base64UrlUnpadded::encode_string(canonical(&json).as_bytes())
    }

    /// Reads a header.
    ///
    /// # Errors
    /// Everything that spec s. 4 refuses.
    pub fn decode(protected: &str) -> Result<Header, HeaderFault> {
        let bytes = Base64UrlUnpadded::decode_vec(protected).map_err(|_| HeaderFault::Encoding)?;
        let json = parse(&bytes, FILE_LIMIT).map_err(HeaderFault::Shape)?;
        Header::read(&json)
    }

    fn read(json: &Json) -> Result<Header, HeaderFault> {
        let known = ["alg", "typ", "jwk", "kid", "role", "iat"];
        let o = crate::json::Object::open(json, &known).map_err(HeaderFault::Shape)?;
        let alg: String = o.need("alg").map_err(HeaderFault::Shape)?;
        // RFC 9864 deprecates the polymorphic name of RFC 8037; readers accept both.
        if !["Ed25519", "EdDSA"].contains(&alg.as_str()) {
            return Err(HeaderFault::Algorithm);
        }
        let typ: String = o.need("typ").map_err(HeaderFault::Shape)?;
        if typ != "bontot+jws" {
            return Err(HeaderFault::Type);
        }
        let key = o
            .need_by("jwk", PublicKey::from_jwk)
            .map_err(HeaderFault::Shape)?;
        let key = key.map_err(HeaderFault::Key)?;
        let kid: String = o.need("kid").map_err(HeaderFault::Shape)?;
        if kid != key.kid() {
            return Err(HeaderFault::KidIsNotThumbprint);
        }
        let last = 253_402_300_799; // the end of 9999, the last Instant
        Ok(Header {
            key,
            role: o.need("role").map_err(HeaderFault::Shape)?,
            issued: Instant::from_unix(o.integer("iat", 0, last).map_err(HeaderFault::Shape)?),
        })
    }
}

impl std::fmt::Display for HeaderFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            HeaderFault::Encoding => f.write_str("the protected header is not base64url"),
            HeaderFault::Shape(error) => write!(f, "protected header: {error}"),
            HeaderFault::Algorithm => f.write_str("the algorithm of the signature is not Ed25519"),
            HeaderFault::Type => f.write_str("the type of the signature is not bontot+jws"),
            HeaderFault::Key(KeyFault::Encoding) => {
                f.write_str("the key is not 32 bytes of base64url")
            }
            HeaderFault::Key(KeyFault::NotCanonical) => {
                f.write_str("the key is no canonical point of the curve")
            }
            HeaderFault::Key(KeyFault::SmallOrder) => {
                f.write_str("the key is a point of small order")
            }
            HeaderFault::Key(KeyFault::PartsDiffer) => f.write_str("the parts of the key differ"),
            HeaderFault::KidIsNotThumbprint => f.write_str("kid is not the thumbprint of the key"),
        }
    }
}

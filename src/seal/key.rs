//! Ed25519 keys (RFC 8032) and their JSON form (RFC 8037), strictly.

use std::hint::black_box;

use base64ct::{Base64UrlUnpadded, Encoding};
use curve25519_dalek::edwards::CompressedEdwardsY;
use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::json::{Expected, Json, ReadError, to_canonical};
use crate::seal::wiping::wiping;
use crate::value::{Digest, check_code};

/// Why a key is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not 32 bytes of base64url without padding.
    #[error("the key is not 32 bytes of base64url")]
    Encoding,
    /// No point of the curve, or not its canonical encoding.
    #[error("the key is no canonical point of the curve")]
    NotCanonical,
    /// A point of small order: its signatures are not bound to content.
    #[error("the key is a point of small order")]
    SmallOrder,
    /// The private part does not belong to the public one.
    #[error("the parts of the key differ")]
    PartsDiffer,
}

/// A public Ed25519 key as a JWK (RFC 8037 s. 2): untrusted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Jwk {
    /// The curve.
    crv: Curve,
    /// The key type.
    kty: KeyType,
    /// The 32 bytes of the key, base64url.
    #[cfg_attr(feature = "cli", schemars(regex(pattern = "^[A-Za-z0-9_-]{43}$")))]
    x: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(inline))]
enum Curve {
    Ed25519,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(inline))]
enum KeyType {
    #[serde(rename = "OKP")]
    OctetKeyPair,
}

impl Jwk {
    /// The key.
    pub(super) fn key(&self) -> Result<PublicKey, KeyError> {
        PublicKey::from_bytes(*bytes_32(&self.x)?)
    }
}

/// A public key that is canonical and of large order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(try_from = "Jwk", into = "Jwk")]
pub struct PublicKey(VerifyingKey);

impl From<PublicKey> for Jwk {
    fn from(key: PublicKey) -> Jwk {
        Jwk {
            crv: Curve::Ed25519,
            kty: KeyType::OctetKeyPair,
            x: Base64UrlUnpadded::encode_string(key.0.as_bytes()),
        }
    }
}

impl TryFrom<Jwk> for PublicKey {
    type Error = ReadError;

    fn try_from(jwk: Jwk) -> Result<PublicKey, ReadError> {
        let unusable = |_| ReadError::expected(Expected::PublicKey).within("x");
        jwk.key().map_err(unusable)
    }
}

impl PublicKey {
    /// The key with these bytes.
    ///
    /// # Errors
    /// They are not the canonical encoding of a point of large order.
    pub fn from_bytes(bytes: [u8; 32]) -> Result<PublicKey, KeyError> {
        let point = CompressedEdwardsY(bytes).decompress().ok_or(KeyError::NotCanonical)?;
        if point.compress().0 != bytes {
            return Err(KeyError::NotCanonical);
        }
        if point.is_small_order() {
            return Err(KeyError::SmallOrder);
        }
        VerifyingKey::from_bytes(&bytes).map(PublicKey).map_err(|_| KeyError::NotCanonical)
    }

    /// The key for the signature library.
    pub(super) fn verifying(&self) -> &VerifyingKey {
        &self.0
    }

    /// The digest of its canonical JWK (RFC 7638).
    fn digest(&self) -> Digest {
        Digest::of_bytes(to_canonical(self).as_bytes())
    }

    /// The thumbprint of the key: SHA-256 of its canonical JWK (RFC 7638), base64url.
    pub fn kid(&self) -> String {
        Base64UrlUnpadded::encode_string(self.digest().bytes())
    }

    /// The check code (*mã kiểm tra*) of the key: that of the digest of its JWK.
    pub fn check_code(&self) -> String {
        check_code(&self.digest())
    }
}

fn bytes_32(text: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let mut bytes = Zeroizing::new([0; 32]);
    match Base64UrlUnpadded::decode(text, bytes.as_mut()) {
        Ok(read) if read.len() == 32 => Ok(bytes),
        _ => Err(KeyError::Encoding),
    }
}

/// What the key of [`SecretKey::own_code`] is derived for.
const CODE_USE: &[u8] = b"bontot own code/1";

fn hmac(key: &[u8; 32], text: &[u8]) -> Zeroizing<[u8; 32]> {
    // The key of RFC 2104 s. 2, filled up with zeros to a block of SHA-256.
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key);
    let mut keyed = Hmac::<Sha256>::new((&*block).into());
    keyed.update(text);
    Zeroizing::new(keyed.finalize().into_bytes().into())
}

/// A private key, wiped from memory when dropped. It stands in one place: moving it moves a pointer, so that no copy is
/// left in a frame or a future that had it.
pub struct SecretKey(Box<SigningKey>);

impl SecretKey {
    /// The key of 32 random bytes.
    pub fn from_seed(seed: &[u8; 32]) -> SecretKey {
        wiping(|| SecretKey(Box::new(SigningKey::from_bytes(seed))))
    }

    /// Its public part.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(super) fn sign_bytes(&self, bytes: &[u8]) -> [u8; 64] {
        wiping(|| self.0.sign(bytes).to_bytes())
    }

    /// A code that proves to the holder of this key alone that a text is theirs: HMAC-SHA-256 (RFC 2104) under a key that is
    /// derived from the private one for this use, base64url. No signature: nobody else can check it.
    pub fn own_code(&self, text: &str) -> String {
        let code = wiping(|| {
            let own = hmac(self.0.as_bytes(), CODE_USE);
            Box::new(hmac(&own, text.as_bytes()))
        });
        Base64UrlUnpadded::encode_string(&**code)
    }

    /// Is this the code of the text? In a time that does not tell where it differs.
    pub fn is_own_code(&self, text: &str, code: &str) -> bool {
        let own = self.own_code(text);
        let differs = own.bytes().zip(code.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
        own.len() == code.len() && black_box(differs) == 0
    }

    /// The private key as the text of a JWK, for locking only.
    pub(super) fn jwk_text(&self) -> Zeroizing<String> {
        let d = Zeroizing::new(Base64UrlUnpadded::encode_string(self.0.as_bytes()));
        let x = Base64UrlUnpadded::encode_string(self.public().0.as_bytes());
        let parts = [r#"{"crv":"Ed25519","d":""#, &d, r#"","kty":"OKP","x":""#, &x, r#""}"#];
        // Made in one piece: a text that grows leaves its shorter selves behind.
        Zeroizing::new(parts.concat())
    }

    /// Reads the private JWK from a lock, as part of [`wiping`] work. Members other than those of RFC 8037 are ignored, so
    /// that backups made by other JOSE tools open.
    pub(super) fn from_jwk(json: &Json) -> Result<SecretKey, KeyError> {
        let jwk = PrivateJwk::deserialize(json).map_err(|_| KeyError::Encoding)?;
        let key = SecretKey::from_seed(&*bytes_32(jwk.d)?);
        let stated = PublicKey::from_bytes(*bytes_32(jwk.x)?)?;
        if stated == key.public() { Ok(key) } else { Err(KeyError::PartsDiffer) }
    }
}

/// A private Ed25519 key as a JWK (RFC 8037 s. 2). It borrows: the secret is wiped where it stands.
#[derive(Deserialize)]
#[serde(rename = "PrivateJwk and more")]
struct PrivateJwk<'a> {
    #[serde(rename = "crv")]
    _crv: Curve,
    #[serde(rename = "kty")]
    _kty: KeyType,
    d: &'a str,
    x: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{FILE_LIMIT, parse};

    /// RFC 8037 appendix A.1.
    const RFC_JWK: &str = r#"{"kty":"OKP","crv":"Ed25519",
        "d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
        "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;

    #[test]
    fn a_thumbprint_is_that_of_rfc_8037_appendix_a_3() {
        let key = SecretKey::from_jwk(&parse(RFC_JWK.as_bytes(), FILE_LIMIT).unwrap()).unwrap();
        assert_eq!(key.public().kid(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn a_private_key_must_belong_to_its_public_one() {
        let other = RFC_JWK.replace("nWGx", "nWGy");
        let json = parse(other.as_bytes(), FILE_LIMIT).unwrap();
        assert_eq!(SecretKey::from_jwk(&json).err(), Some(KeyError::PartsDiffer));
    }

    #[test]
    fn an_own_code_is_of_its_key_and_its_text() {
        let (one, other) = (SecretKey::from_seed(&[1; 32]), SecretKey::from_seed(&[2; 32]));
        let code = one.own_code("a");
        assert_eq!(code.len(), 43);
        assert!(one.is_own_code("a", &code));
        assert!(!one.is_own_code("b", &code) && !other.is_own_code("a", &code));
        for wrong in ["", &code[1..], &code[..42], &format!("{code}A"), &code.to_lowercase()] {
            assert!(!one.is_own_code("a", wrong), "{wrong}");
        }
        // RFC 4231 s. 4.2, its key filled up with the zeros that HMAC fills it up with.
        let mut key = [0; 32];
        key[..20].fill(0x0b);
        let hex = base16ct::lower::encode_string(&*super::hmac(&key, b"Hi There"));
        assert_eq!(hex, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    }

    #[test]
    fn small_order_and_non_canonical_points_are_refused() {
        let mut one = [0; 32];
        one[0] = 1; // the neutral element
        assert_eq!(PublicKey::from_bytes(one).err(), Some(KeyError::SmallOrder));
        let mut p_plus_1 = [0xFF; 32]; // y = p + 1, another encoding of y = 1
        p_plus_1[0] = 0xEE;
        p_plus_1[31] = 0x7F;
        assert_eq!(PublicKey::from_bytes(p_plus_1).err(), Some(KeyError::NotCanonical));
        assert_eq!(PublicKey::from_bytes([0xFF; 32]).err(), Some(KeyError::NotCanonical));
    }

    #[test]
    fn base64url_has_no_padding_and_no_stray_bits() {
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        assert!(bytes_32(x).is_ok());
        for bad in [format!("{x}="), x.replace("URo", "URp"), x.replace('_', "/"), x[1..].into()] {
            assert_eq!(bytes_32(&bad).err(), Some(KeyError::Encoding), "{bad}");
        }
    }
}

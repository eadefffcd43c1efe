//! Ed25519 keys (RFC 8032) and their JSON form (RFC 8037), strictly.

use base64ct::{Base64UrlUnpadded, Encoding};
use curve25519_dalek::edwards::CompressedEdwardsY;
use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use zeroize::Zeroizing;

use crate::json::{Builder, Expected, Json, Object, Read, ReadError, Write, canonical};
use crate::value::{Digest, check_code};

/// Why 32 bytes are no key that may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFault {
    /// Not 32 bytes of base64url without padding.
    Encoding,
    /// No point of the curve, or not its canonical encoding.
    NotCanonical,
    /// A point of small order, for which signatures prove nothing.
    SmallOrder,
    /// The private part does not belong to the public one.
    PartsDiffer,
}

/// A public key that is canonical and of large order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Checks 32 bytes.
    ///
    /// # Errors
    /// They are no canonical point of large order.
    pub fn from_bytes(bytes: [u8; 32]) -> Result<PublicKey, KeyFault> {
        let point = CompressedEdwardsY(bytes)
            .decompress()
            .ok_or(KeyFault::NotCanonical)?;
        if point.compress().0 != bytes {
            return Err(KeyFault::NotCanonical);
        }
        if point.is_small_order() {
            return Err(KeyFault::SmallOrder);
        }
        VerifyingKey::from_bytes(&bytes)
            .map(PublicKey)
            .map_err(|_| KeyFault::NotCanonical)
    }

    /// The key for the signature library.
    pub(super) fn verifying(&self) -> &VerifyingKey {
        &self.0
    }

    /// The public key as a JWK (RFC 8037 s. 2).
    pub fn jwk(&self) -> Json {
        Builder::new()
            .with("crv", "Ed25519")
            .with("kty", "OKP")
            .with("x", Base64UrlUnpadded::encode_string(self.0.as_bytes()))
            .done()
    }

    /// The thumbprint of the key: SHA-256 of its canonical JWK (RFC 7638), base64url.
    pub fn kid(&self) -> String {
        Base64UrlUnpadded::encode_string(Digest::of(&self.jwk()).bytes())
    }

    /// The check code (*mã kiểm tra*) of the key: that of the digest of its JWK.
    pub fn check_code(&self) -> String {
        check_code(&Digest::of(&self.jwk()))
    }

    /// Reads a JWK that has just the members of a public Ed25519 key.
    ///
    /// # Errors
    /// Another shape is a [`ReadError`]; a bad point is the inner [`KeyFault`].
    pub fn from_jwk(json: &Json) -> Result<Result<PublicKey, KeyFault>, ReadError> {
        let o = Object::open(json, &["crv", "kty", "x"])?;
        kty_and_crv(&o)?;
        let x: String = o.need("x")?;
        Ok(bytes_32(&x).and_then(|bytes| PublicKey::from_bytes(*bytes)))
    }
}

impl Read for PublicKey {
    fn read(json: &Json) -> Result<Self, ReadError> {
        PublicKey::from_jwk(json)?.map_err(|_| ReadError::expected(Expected::PublicKey).within("x"))
    }
}

impl Write for PublicKey {
    fn write(&self) -> Json {
        self.jwk()
    }
}

fn kty_and_crv(o: &Object<'_>) -> Result<(), ReadError> {
    for (name, only) in [("kty", &["OKP"]), ("crv", &["Ed25519"])] {
        o.need_by(name, |json| match json.as_text() {
            Some(text) if only.contains(&text) => Ok(()),
            _ => Err(ReadError::expected(Expected::OneOf(only))),
        })?;
    }
    Ok(())
}

fn bytes_32(text: &str) -> Result<Zeroizing<[u8; 32]>, KeyFault> {
    let mut bytes = Zeroizing::new([0; 32]);
    match Base64UrlUnpadded::decode(text, bytes.as_mut()) {
        Ok(read) if read.len() == 32 => Ok(bytes),
        _ => Err(KeyFault::Encoding),
    }
}

/// A private key, wiped from memory when dropped.
pub struct SecretKey(SigningKey);

impl SecretKey {
    /// The key of 32 random bytes that a door drew.
    pub fn from_seed(seed: &[u8; 32]) -> SecretKey {
        SecretKey(SigningKey::from_bytes(seed))
    }

    /// Its public part.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(super) fn sign_bytes(&self, bytes: &[u8]) -> [u8; 64] {
        self.0.sign(bytes).to_bytes()
    }

    /// The private key as the text of a JWK, for locking only.
    pub(super) fn jwk_text(&self) -> Zeroizing<String> {
        let mut d = Base64UrlUnpadded::encode_string(self.0.as_bytes());
        let x = Base64UrlUnpadded::encode_string(self.public().0.as_bytes());
        let text = format!(r#"{{"crv":"Ed25519","d":"{d}","kty":"OKP","x":"{x}"}}"#);
        zeroize::Zeroize::zeroize(&mut d);
        Zeroizing::new(text)
    }

    /// Reads the private JWK that a lock held. Members other than those of RFC 8037 are ignored, so
    /// that backups made by other JOSE tools open.
    pub(super) fn from_jwk(json: &Json) -> Result<SecretKey, KeyFault> {
        let member = |name: &str| {
            json.get(name)
                .and_then(Json::as_text)
                .ok_or(KeyFault::Encoding)
        };
        if member("kty")? != "OKP" || member("crv")? != "Ed25519" {
            return Err(KeyFault::Encoding);
        }
        let key = SecretKey::from_seed(&*bytes_32(member("d")?)?);
        let stated = PublicKey::from_bytes(*bytes_32(member("x")?)?)?;
        if stated == key.public() {
            Ok(key)
        } else {
            Err(KeyFault::PartsDiffer)
        }
    }
}

/// The canonical bytes that a thumbprint or a signature stands on.
pub(super) fn payload(object: &Json) -> String {
    canonical(&object.without("signatures"))
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
        assert_eq!(
            key.public().kid(),
            "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
        );
    }

    #[test]
    fn a_private_key_must_belong_to_its_public_one() {
        let other = RFC_JWK.replace("nWGx", "nWGy");
        let json = parse(other.as_bytes(), FILE_LIMIT).unwrap();
        assert_eq!(
            SecretKey::from_jwk(&json).err(),
            Some(KeyFault::PartsDiffer)
        );
    }

    #[test]
    fn small_order_and_non_canonical_points_are_refused() {
        let mut one = [0; 32];
        one[0] = 1; // the neutral element
        assert_eq!(PublicKey::from_bytes(one).err(), Some(KeyFault::SmallOrder));
        let mut p_plus_1 = [0xFF; 32]; // y = p + 1, another encoding of y = 1
        p_plus_1[0] = 0xEE;
        p_plus_1[31] = 0x7F;
        assert_eq!(
            PublicKey::from_bytes(p_plus_1).err(),
            Some(KeyFault::NotCanonical)
        );
        assert_eq!(
            PublicKey::from_bytes([0xFF; 32]).err(),
            Some(KeyFault::NotCanonical)
        );
    }

    #[test]
    fn base64url_has_no_padding_and_no_stray_bits() {
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        assert!(bytes_32(x).is_ok());
        for bad in [
            format!("{x}="),
            x.replace("URo", "URp"),
            x.replace('_', "/"),
            x[1..].into(),
        ] {
            assert_eq!(bytes_32(&bad).err(), Some(KeyFault::Encoding), "{bad}");
        }
    }
}

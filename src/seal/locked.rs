//! Keys at rest: an encrypted JWK (RFC 7517 s. 7) as compact JWE with PBES2-HS256+A128KW and
//! A256GCM (RFC 7518 s. 4.8, 5.3), so that any JOSE tool can open a backup.

use aes_gcm::Aes256Gcm;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_kw::KwAes128;
use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::json::{FILE_LIMIT, Within, from_json, parse, present, to_canonical};
use crate::seal::derivation::{Alg, Derivation, ITERATIONS, Kek};
use crate::seal::wiping::wiping;
use crate::seal::{KeyError, SecretKey};
use crate::value::as_carried;

/// The most iterations of a lock that is opened: bounds the work of a hostile one.
const ITERATION_LIMIT: i64 = 5_000_000;

/// The longest lock that is opened, in bytes.
const TEXT_LIMIT: usize = 16_384;
/// The longest text that may carry one.
const CARRIED_LIMIT: usize = 4 * TEXT_LIMIT;

/// A locked key: a compact JWE whose header has been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedKey {
    text: String,
    derivation: Derivation,
    kid: Option<String>,
}

/// The protected header of the JWE. Readers ignore what `cty` and `typ` say.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct JweHeader {
    alg: Alg,
    enc: Enc,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cty: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    typ: Option<String>,
    #[serde(with = "Within::<1000, ITERATION_LIMIT>")]
    p2c: i64,
    p2s: String,
    #[serde(default, deserialize_with = "present")]
    #[serde(skip_serializing_if = "Option::is_none")]
    kid: Option<String>,
}

#[derive(Serialize, Deserialize)]
enum Enc {
    A256GCM,
}

/// Why a locked key cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LockError {
    /// Not five parts of base64url with a readable header.
    #[error("this is no locked key (a compact JWE)")]
    Encoding,
    /// Another algorithm, or a derivation beyond the limits.
    #[error("this lock is of a kind that is not supported")]
    Unsupported,
    /// Wrong passphrase, or the file was changed.
    #[error("the passphrase is wrong, or the file was changed")]
    WrongPassphrase,
    /// The lock holds no Ed25519 key.
    #[error("{}", match .0 {
        KeyError::PartsDiffer => "the parts of the key in the lock differ",
        _ => "the lock holds no Ed25519 key",
    })]
    Key(KeyError),
}

/// The random bytes of a new lock; never to be used twice.
pub struct LockSalts {
    /// Salt of the derivation.
    pub salt: [u8; 16],
    /// The content key.
    pub content_key: Zeroizing<[u8; 32]>,
    /// The nonce of the content.
    pub nonce: [u8; 12],
}

impl LockSalts {
    /// Splits 60 random bytes.
    pub fn from_bytes(random: &[u8; 60]) -> LockSalts {
        let mut salts =
            LockSalts { salt: [0; 16], content_key: Zeroizing::new([0; 32]), nonce: [0; 12] };
        salts.salt.copy_from_slice(&random[..16]);
        salts.content_key.copy_from_slice(&random[16..48]);
        salts.nonce.copy_from_slice(&random[48..]);
        salts
    }
}

impl LockedKey {
    /// Locks a key with the key-encryption key from [`Derivation::for_lock`] of the same salts.
    ///
    /// # Errors
    /// The ciphers fail, which they do not for input of these lengths.
    pub fn lock(key: &SecretKey, kek: &Kek, salts: &LockSalts) -> Result<LockedKey, LockError> {
        wiping(|| LockedKey::of(key, kek, salts))
    }

    fn of(key: &SecretKey, kek: &Kek, salts: &LockSalts) -> Result<LockedKey, LockError> {
        let header = JweHeader {
            alg: Alg::Pbes2,
            enc: Enc::A256GCM,
            cty: Some("jwk+json".to_owned()),
            typ: None,
            p2c: i64::from(ITERATIONS),
            p2s: Base64UrlUnpadded::encode_string(&salts.salt),
            kid: Some(key.public().kid()),
        };
        let header = Base64UrlUnpadded::encode_string(to_canonical(&header).as_bytes());
        let mut wrapped = [0; 40];
        KwAes128::new(kek.bytes().into())
            .wrap_key(salts.content_key.as_ref(), &mut wrapped)
            .map_err(|_| LockError::Unsupported)?;
        let plain = key.jwk_text();
        let sealed = Aes256Gcm::new((&*salts.content_key).into())
            .encrypt(
                (&salts.nonce).into(),
                Payload { msg: plain.as_bytes(), aad: header.as_bytes() },
            )
            .map_err(|_| LockError::Unsupported)?;
        let (content, tag) = sealed.split_at(sealed.len().saturating_sub(16));
        let parts =
            [&wrapped[..], &salts.nonce, content, tag].map(Base64UrlUnpadded::encode_string);
        Ok(LockedKey {
            text: format!("{header}.{}", parts.join(".")),
            derivation: Derivation::for_lock(salts),
            kid: Some(key.public().kid()),
        })
    }

    /// Reads a locked key, without opening it. What mail and editors do to a text is taken back: marks of byte order,
    /// line wraps, spaces, other dashes, full-width letters. The lock itself tells a changed sign when it is opened.
    ///
    /// # Errors
    /// Not a compact JWE, or one of another kind.
    pub fn parse(text: &str) -> Result<LockedKey, LockError> {
        if text.len() > CARRIED_LIMIT {
            return Err(LockError::Encoding);
        }
        let text: String = as_carried(text).collect();
        if text.len() > TEXT_LIMIT || text.split('.').count() != 5 {
            return Err(LockError::Encoding);
        }
        let header = text.split('.').next().unwrap_or_default();
        let header = Base64UrlUnpadded::decode_vec(header).map_err(|_| LockError::Encoding)?;
        let header = parse(&header, FILE_LIMIT).map_err(|_| LockError::Encoding)?;
        let header: JweHeader = from_json(&header).map_err(|_| LockError::Unsupported)?;
        let derivation = header.derivation().ok_or(LockError::Unsupported)?;
        Ok(LockedKey { derivation, kid: header.kid, text })
    }

    /// The compact JWE.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The thumbprint of the public key that the lock states, if it does; unproved before it is opened.
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// The derivation of the key for [`open`](Self::open).
    pub fn derivation(&self) -> &Derivation {
        &self.derivation
    }

    /// Opens the lock.
    ///
    /// # Errors
    /// Wrong passphrase, changed file, or no Ed25519 key inside.
    pub fn open(&self, kek: &Kek) -> Result<SecretKey, LockError> {
        wiping(|| self.content(kek))
    }

    fn content(&self, kek: &Kek) -> Result<SecretKey, LockError> {
        let mut parts = self.text.split('.');
        let header = parts.next().unwrap_or_default();
        let mut next = || {
            Base64UrlUnpadded::decode_vec(parts.next().unwrap_or_default())
                .map_err(|_| LockError::Encoding)
        };
        let (wrapped, nonce, content, tag) = (next()?, next()?, next()?, next()?);
        let nonce: [u8; 12] = nonce.try_into().map_err(|_| LockError::Encoding)?;
        if wrapped.len() != 40 || tag.len() != 16 {
            return Err(LockError::Encoding);
        }
        let mut content_key = Zeroizing::new([0; 32]);
        KwAes128::new(kek.bytes().into())
            .unwrap_key(&wrapped, content_key.as_mut())
            .map_err(|_| LockError::WrongPassphrase)?;
        let sealed = [content, tag].concat();
        let plain = Aes256Gcm::new((&*content_key).into())
            .decrypt((&nonce).into(), Payload { msg: &sealed, aad: header.as_bytes() })
            .map(Zeroizing::new)
            .map_err(|_| LockError::WrongPassphrase)?;
        let mut jwk = parse(&plain, FILE_LIMIT).map_err(|_| LockError::Key(KeyError::Encoding))?;
        let key = SecretKey::from_jwk(&jwk).map_err(LockError::Key);
        jwk.wipe();
        let key = key?;
        match &self.kid {
            Some(kid) if *kid != key.public().kid() => Err(LockError::Key(KeyError::PartsDiffer)),
            _ => Ok(key),
        }
    }
}

impl JweHeader {
    /// The derivation; `None` where the salt is refused.
    fn derivation(&self) -> Option<Derivation> {
        let salt = Base64UrlUnpadded::decode_vec(&self.p2s).ok()?;
        let iterations = u32::try_from(self.p2c).ok()?;
        (8..=256).contains(&salt.len()).then(|| Derivation::new(&salt, iterations))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locked() -> (LockedKey, SecretKey) {
        let mut random = [0; 60];
        for (n, byte) in random.iter_mut().enumerate() {
            *byte = n as u8;
        }
        let salts = LockSalts::from_bytes(&random);
        let key = SecretKey::from_seed(&[7; 32]);
        let kek = Derivation::for_lock(&salts).run("mật khẩu");
        (LockedKey::lock(&key, &kek, &salts).unwrap(), key)
    }

    #[test]
    fn a_lock_opens_with_its_passphrase_and_with_no_other() {
        let (locked, key) = locked();
        let read = LockedKey::parse(locked.as_str()).unwrap();
        assert_eq!(read, locked);
        let open = |passphrase| read.open(&read.derivation().run(passphrase));
        assert_eq!(open("mật khẩu").unwrap().public(), key.public());
        assert_eq!(open("mat khau").err(), Some(LockError::WrongPassphrase));
    }

    #[test]
    fn a_lock_that_was_carried_is_the_same() {
        let (locked, key) = locked();
        let text = locked.as_str();
        let wrapped: Vec<_> = text.as_bytes().chunks(76).map(String::from_utf8_lossy).collect();
        let full_width: String = text
            .chars()
            .map(|c| char::from_u32(u32::from(c) + 0xfee0).filter(|_| c != '.').unwrap_or(c))
            .collect();
        for carried in [
            format!("\u{feff}{text}"),
            format!("{text}\r\n"),
            wrapped.join("\r\n"),
            wrapped.join("\u{a0}\n "),
            text.replace('-', "–"),
            full_width,
        ] {
            let read = LockedKey::parse(&carried).unwrap();
            assert_eq!(read, locked);
            let kek = read.derivation().run("mật khẩu");
            assert_eq!(read.open(&kek).unwrap().public(), key.public());
        }
        // The case of a letter is a sign of its own in base64url.
        assert!(LockedKey::parse(&text.to_lowercase()).is_err());
    }

    #[test]
    fn a_changed_lock_does_not_open() {
        let (locked, _) = locked();
        let kek = locked.derivation().run("mật khẩu");
        for at in (0..locked.as_str().len()).step_by(7) {
            let mut bytes = locked.as_str().as_bytes().to_vec();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let text = String::from_utf8(bytes).unwrap();
            // The same key-encryption key shows that it is not the passphrase alone that guards.
            assert!(LockedKey::parse(&text).and_then(|l| l.open(&kek)).is_err(), "{at}");
        }
    }

    #[test]
    fn derivation_work_is_bounded() {
        let (locked, _) = locked();
        let (header, rest) = locked.as_str().split_once('.').unwrap();
        let header = String::from_utf8(Base64UrlUnpadded::decode_vec(header).unwrap()).unwrap();
        for p2c in ["999", "5000001", "9007199254740991"] {
            let header = header.replace("310000", p2c);
            let text = format!("{}.{rest}", Base64UrlUnpadded::encode_string(header.as_bytes()));
            assert_eq!(LockedKey::parse(&text).err(), Some(LockError::Unsupported), "{p2c}");
        }
    }
}

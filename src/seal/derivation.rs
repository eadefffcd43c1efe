//! Derives the key of a lock from a passphrase: PBKDF2 with HMAC-SHA-256 (RFC 8018 s. 5.2) as in
//! PBES2-HS256+A128KW (RFC 7518 s. 4.8), in steps, so that a page does not freeze.

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::seal::LockSalts;

/// Iterations of new locks (spec s. 5: at least 310 000).
pub const ITERATIONS: u32 = 310_000;
/// Fewest characters of the passphrase of a new key.
pub const PASSPHRASE_MIN: usize = 10;
const ALG: &str = "PBES2-HS256+A128KW";
/// The block size of HMAC-SHA-256, in bytes.
const BLOCK: usize = 64;

/// The supported key management algorithm.
#[derive(Serialize, Deserialize)]
pub(super) enum Alg {
    #[serde(rename = "PBES2-HS256+A128KW")]
    Pbes2,
}

/// The parameters of a derivation: PBKDF2 with HMAC-SHA-256, 16 bytes. A host may run it by other
/// means (WebCrypto) and pass the result to [`Kek::from_bytes`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derivation {
    /// The whole salt: algorithm name, a zero byte, the salt input (RFC 7518 s. 4.8.1.1).
    pub salt: Vec<u8>,
    /// The iteration count.
    pub iterations: u32,
}

/// A key-encryption key, wiped when dropped.
pub struct Kek(Zeroizing<[u8; 16]>);

impl Kek {
    /// A key that was derived elsewhere.
    pub fn from_bytes(bytes: [u8; 16]) -> Kek {
        Kek(Zeroizing::new(bytes))
    }

    /// The bytes, for comparing derivations.
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// A running derivation.
pub struct Deriving {
    keyed: Hmac<Sha256>,
    last: Zeroizing<[u8; 32]>,
    sum: Zeroizing<[u8; 32]>,
    left: u32,
}

impl Derivation {
    pub(super) fn new(salt_input: &[u8], iterations: u32) -> Derivation {
        Derivation { salt: [ALG.as_bytes(), &[0], salt_input].concat(), iterations }
    }

    /// The derivation for a new lock with these salts.
    pub fn for_lock(salts: &LockSalts) -> Derivation {
        Derivation::new(&salts.salt, ITERATIONS)
    }

    /// Runs the whole derivation.
    pub fn run(&self, passphrase: &str) -> Kek {
        let mut deriving = self.begin(passphrase);
        loop {
            if let Some(kek) = deriving.go_on(u32::MAX) {
                return kek;
            }
        }
    }

    /// Begins the derivation.
    pub fn begin(&self, passphrase: &str) -> Deriving {
        // The key of RFC 2104 s. 2: filled up with zeros, and hashed first where it is longer than a block.
        let mut key = Zeroizing::new([0; BLOCK]);
        let hashed;
        let bytes = if passphrase.len() > BLOCK {
            hashed = Zeroizing::new(<[u8; 32]>::from(Sha256::digest(passphrase)));
            hashed.as_slice()
        } else {
            passphrase.as_bytes()
        };
        for (own, byte) in key.iter_mut().zip(bytes) {
            *own = *byte;
        }
        let keyed = Hmac::<Sha256>::new((&*key).into());
        // 16 bytes are less than one block of output: its number is 1.
        let mut first = keyed.clone();
        first.update(&self.salt);
        first.update(&1u32.to_be_bytes());
        let first = Zeroizing::new(<[u8; 32]>::from(first.finalize().into_bytes()));
        Deriving { keyed, sum: first.clone(), last: first, left: self.iterations.saturating_sub(1) }
    }
}

impl Deriving {
    /// Runs at most `most` more iterations; returns the key after the last one.
    pub fn go_on(&mut self, most: u32) -> Option<Kek> {
        for _ in 0..self.left.min(most) {
            let mut next = self.keyed.clone();
            next.update(self.last.as_slice());
            *self.last = next.finalize().into_bytes().into();
            for (sum, last) in self.sum.iter_mut().zip(self.last.iter()) {
                *sum ^= last;
            }
        }
        self.left = self.left.saturating_sub(most);
        if self.left > 0 {
            return None;
        }
        let mut kek = Kek::from_bytes([0; 16]);
        for (byte, sum) in kek.0.iter_mut().zip(self.sum.iter()) {
            *byte = *sum;
        }
        Some(kek)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7517 appendix C.4.
    #[test]
    fn the_derived_key_is_that_of_rfc_7517() {
        let salt = [217, 96, 147, 112, 150, 117, 70, 247, 127, 8, 155, 137, 174, 42, 80, 215];
        let derivation = Derivation::new(&salt, 4096);
        let passphrase = "Thus from my lips, by yours, my sin is purged.";
        let expected = [110, 171, 169, 92, 129, 92, 109, 117, 233, 242, 116, 233, 170, 14, 24, 75];
        assert_eq!(derivation.run(passphrase).bytes(), &expected);
        let mut in_steps = derivation.begin(passphrase);
        for _ in 0..4 {
            assert!(in_steps.go_on(1000).is_none());
        }
        assert_eq!(in_steps.go_on(1000).map(|kek| *kek.bytes()), Some(expected));
    }

    #[test]
    fn it_derives_what_the_usual_library_derives() {
        for (passphrase, iterations) in
            [("", 1), ("mật khẩu", 3), (&*"bò".repeat(22), 2), (&*"x".repeat(200), 5)]
        {
            let derivation = Derivation::new(b"saltsalt", iterations);
            let mut expected = [0; 16];
            let password = passphrase.as_bytes();
            pbkdf2::pbkdf2_hmac::<Sha256>(password, &derivation.salt, iterations, &mut expected);
            assert_eq!(derivation.run(passphrase).bytes(), &expected, "{passphrase}");
        }
    }
}

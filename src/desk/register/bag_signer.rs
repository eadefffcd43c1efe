//! Who signed a bag, as far as it is known here.

use serde::{Deserialize, Serialize};

use crate::desk::TrustList;
use crate::seal::PublicKey;
use crate::value::Date;

/// The key that signed a bag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BagSigner {
    /// Its check code.
    pub code: String,
    /// What is known of it here.
    pub key: BagKey,
}

/// What is known here of the key that signed a bag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BagKey {
    /// It is a key of this device, of this name.
    Own(String),
    /// It is trusted under this name.
    Trusted(String),
    /// It was revoked from this day on.
    Revoked(Date),
    /// It is in no trust list.
    Unknown,
}

impl BagSigner {
    /// What a trust list says of a key, and the keys of this device by their thumbprints and names.
    pub fn of(key: &PublicKey, trust: &TrustList, own: &[(String, String)]) -> BagSigner {
        let code = key.check_code().to_string();
        let entry = trust.keys.iter().find(|entry| entry.key == *key);
        let kid = key.kid();
        let own = own.iter().find(|(own, _)| *own == kid);
        let revoked = entry.and_then(|entry| entry.revoked);
        let key = match (revoked, own, entry) {
            (Some(day), ..) => BagKey::Revoked(day),
            (None, Some((_, name)), _) => BagKey::Own(name.clone()),
            (None, None, Some(entry)) => BagKey::Trusted(entry.unit.clone()),
            (None, None, None) => BagKey::Unknown,
        };
        BagSigner { code, key }
    }
}

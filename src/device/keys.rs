//! Keys on this device: making, opening, restoring and retiring them.

use std::rc::Rc;

use base64ct::{Base64UrlUnpadded, Encoding};
use zeroize::Zeroizing;

use crate::device::ids::random;
use crate::device::{Device, Host, NoEntropy};
use crate::seal::{Derivation, KeyError, LockError, LockSalts, LockedKey, SecretKey};
use crate::store::{KeyRecord, Storage, StoreError, Table};
use crate::value::{Digest, check_code, slug};

pub use crate::seal::PASSPHRASE_MIN;

/// Why a key was not made, opened or restored. The records are unchanged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OwnKeyError {
    /// There is no source of random bytes.
    #[error("{}", NoEntropy)]
    NoEntropy,
    /// The key cannot be opened.
    #[error(transparent)]
    Locked(#[from] LockError),
    /// Keys cannot be read or stored.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key is on this device already, under this name.
    #[error("this key is here already, as “{0}”")]
    Here(String),
}

impl From<NoEntropy> for OwnKeyError {
    fn from(NoEntropy: NoEntropy) -> Self {
        OwnKeyError::NoEntropy
    }
}

/// An open key that may sign.
#[derive(Clone)]
pub struct SigningKey {
    /// The key.
    pub key: Rc<SecretKey>,
    /// Whether it is stored on this device. A new key is not where there is no room.
    pub is_kept: bool,
}

/// The strength of a passphrase, 0 to 3, by length and variety, without a dictionary.
pub fn strength(passphrase: &str) -> usize {
    let length = passphrase.chars().count();
    if length < PASSPHRASE_MIN {
        return 0;
    }
    let mut distinct: Vec<char> = Vec::new();
    for c in passphrase.chars() {
        if !distinct.contains(&c) {
            distinct.push(c);
        }
    }
    let words = passphrase.split_whitespace().filter(|word| word.chars().count() > 1).count();
    match (distinct.len(), length, words) {
        (..=5, ..) => 1,
        (_, 20.., _) | (_, 16.., 4..) => 3,
        (_, 14.., _) | (_, _, 3..) => 2,
        _ => 1,
    }
}

/// The name of a file about a key: its kind, the name of the unit, its check code.
pub fn key_file_name(kind: &str, name: &str, code: &str, ending: &str) -> String {
    format!("bontot_{kind}_{}_{code}{ending}", slug(name))
}

/// The check code of the key with this thumbprint, which is a digest; `None` where it is none.
pub fn check_code_of(kid: &str) -> Option<String> {
    let mut bytes = [0; 32];
    let read = Base64UrlUnpadded::decode(kid, &mut bytes).ok()?;
    let hex = (read.len() == 32).then(|| base16ct::lower::encode_string(read))?;
    Some(check_code(&Digest::parse(&hex)?))
}

impl<S: Storage, H: Host> Device<S, H> {
    /// The keys on this device, each with its thumbprint, the newest first. Records that cannot be read
    /// are skipped.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn own_keys(&self) -> Result<Vec<(String, KeyRecord)>, StoreError> {
        let mut keys: Vec<(String, KeyRecord)> = Vec::new();
        for (kid, text) in self.storage().list(Table::Keys).await? {
            if let Ok(mut key) = KeyRecord::from_text(&text) {
                // The code that the record states proves nothing.
                if let Some(code) = check_code_of(&kid) {
                    key.check_code = code;
                }
                key.kid.clone_from(&kid);
                let at = keys.partition_point(|(_, other)| other.created >= key.created);
                keys.insert(at, (kid, key));
            }
        }
        Ok(keys)
    }

    /// The keys that may sign, the newest first.
    ///
    /// # Errors
    /// As [`Device::own_keys`].
    pub async fn usable_keys(&self) -> Result<Vec<KeyRecord>, StoreError> {
        let keys = self.own_keys().await?.into_iter().map(|(_, key)| key);
        Ok(keys.filter(|key| key.retired.is_none()).collect())
    }

    /// Makes a key and keeps it open. Where the device is full it is not stored but open all the same,
    /// so that the form can still be signed.
    ///
    /// # Errors
    /// There are no random bytes, or the key cannot be stored for another reason.
    pub async fn make_key(&self, name: &str, passphrase: &str) -> Result<SigningKey, OwnKeyError> {
        let passphrase = Zeroizing::new(self.host.normalize(passphrase));
        let key = SecretKey::from_seed(&*random(&self.host)?);
        let locked = self.lock(&key, &passphrase).await?;
        let is_kept = match self.put_key(name, &key, &locked).await {
            Err(StoreError::QuotaExceeded) => false,
            put => put.map(|()| true)?,
        };
        let key = self.hold_key(key);
        Ok(SigningKey { key, is_kept })
    }

    /// Opens a key, unless it is open.
    ///
    /// # Errors
    /// The lock is refused or the passphrase is wrong.
    pub async fn open_key(
        &self,
        record: &KeyRecord,
        passphrase: &str,
    ) -> Result<Rc<SecretKey>, OwnKeyError> {
        if let Some(key) = self.opened_key(&record.kid) {
            return Ok(key);
        }
        let locked = LockedKey::parse(&record.locked)?;
        let key = self.unlock(&locked, passphrase).await?;
        if key.public().kid() != record.kid {
            return Err(OwnKeyError::Locked(LockError::Key(KeyError::PartsDiffer)));
        }
        Ok(self.hold_key(key))
    }

    /// Restores a locked key, made here or by any JOSE tool, under a new lock, and keeps it open.
    ///
    /// # Errors
    /// The lock is refused, the passphrase is wrong, the key is here already, or it cannot be stored.
    pub async fn restore_key(
        &self,
        text: &str,
        name: &str,
        passphrase: &str,
    ) -> Result<(), OwnKeyError> {
        let locked = LockedKey::parse(text)?;
        let key = self.unlock(&locked, passphrase).await?;
        let here = self.storage().get(Table::Keys, &key.public().kid()).await?;
        if let Some(text) = here {
            let name = KeyRecord::from_text(&text).map(|record| record.unit);
            return Err(OwnKeyError::Here(name.unwrap_or_default()));
        }
        let passphrase = Zeroizing::new(self.host.normalize(passphrase));
        let locked = self.lock(&key, &passphrase).await?;
        self.put_key(name, &key, &locked).await?;
        self.hold_key(key);
        Ok(())
    }

    /// Renames a key.
    ///
    /// # Errors
    /// It cannot be stored.
    pub async fn rename_key(&self, kid: &str, name: &str) -> Result<(), StoreError> {
        let name = self.host.normalize(name);
        self.change_key(kid, |record| record.unit = name).await
    }

    /// Retires a key, so that it is not offered for signing, or brings it back. An open key is wiped
    /// when it retires.
    ///
    /// # Errors
    /// It cannot be stored.
    pub async fn retire_key(&self, kid: &str, is_retired: bool) -> Result<(), StoreError> {
        let now = self.host.now();
        self.change_key(kid, |record| record.retired = is_retired.then_some(now)).await?;
        if is_retired && self.opened_key(kid).is_some() {
            self.lock_key();
        }
        Ok(())
    }

    /// Changes the passphrase of a key.
    ///
    /// # Errors
    /// The old passphrase is wrong, there are no random bytes, or the key cannot be stored.
    pub async fn change_passphrase(
        &self,
        kid: &str,
        record: &KeyRecord,
        old: &str,
        new: &str,
    ) -> Result<(), OwnKeyError> {
        // Also where the key is open: changing the passphrase takes the old one.
        let locked = LockedKey::parse(&record.locked)?;
        let key = self.unlock(&locked, old).await?;
        let new = Zeroizing::new(self.host.normalize(new));
        let locked = self.lock(&key, &new).await?;
        let change = |record: &mut KeyRecord| locked.as_str().clone_into(&mut record.locked);
        Ok(self.change_key(kid, change).await?)
    }

    async fn lock(&self, key: &SecretKey, passphrase: &str) -> Result<LockedKey, OwnKeyError> {
        let salts = LockSalts::from_bytes(&*random(&self.host)?);
        let derivation = Derivation::for_lock(&salts);
        let kek = self.host.derive(&derivation, passphrase).await;
        Ok(LockedKey::lock(key, &kek, &salts)?)
    }

    async fn unlock(&self, locked: &LockedKey, typed: &str) -> Result<SecretKey, OwnKeyError> {
        let normal = Zeroizing::new(self.host.normalize(typed));
        let derivation = locked.derivation();
        let opened = match locked.open(&self.host.derive(derivation, &normal).await) {
            // Other JOSE tools lock with the passphrase as it was typed.
            Err(LockError::WrongPassphrase) if *normal != typed => {
                locked.open(&self.host.derive(derivation, typed).await)
            }
            opened => opened,
        };
        Ok(opened?)
    }

    async fn put_key(
        &self,
        name: &str,
        key: &SecretKey,
        locked: &LockedKey,
    ) -> Result<(), StoreError> {
        let record = KeyRecord {
            unit: self.host.normalize(name),
            check_code: key.public().check_code(),
            locked: locked.as_str().to_owned(),
            created: self.host.now(),
            retired: None,
            kid: key.public().kid(),
        };
        let kid = key.public().kid();
        let storage = self.storage();
        storage.put(Table::Keys, &kid, &record.to_text()).await
    }

    async fn change_key(
        &self,
        kid: &str,
        change: impl FnOnce(&mut KeyRecord),
    ) -> Result<(), StoreError> {
        let storage = self.storage();
        // A record that cannot be read stays as it is.
        if let Some(text) = storage.get(Table::Keys, kid).await?
            && let Ok(mut record) = KeyRecord::from_text(&text)
        {
            change(&mut record);
            storage.put(Table::Keys, kid, &record.to_text()).await?;
        }
        Ok(())
    }
}

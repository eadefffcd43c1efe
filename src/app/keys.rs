//! Keys on this device: making, opening, restoring and retiring them.

use std::rc::Rc;

use zeroize::Zeroizing;

use crate::app::state::{App, Notice};
use crate::app::{browser, keyring};
use crate::seal::{Derivation, LockError, LockSalts, LockedKey, SecretKey};
use crate::store::{KeyRecord, Kind, Storage, StoreError};
use crate::value::slug;

/// Fewest characters of a passphrase.
pub const PASSPHRASE_MIN: usize = 10;

/// Why a key was not made, opened or restored. Everything is as it was.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyError {
    /// The browser has no source of random bytes.
    NoEntropy,
    /// The key cannot be opened.
    Locked(LockError),
    /// Keys cannot be read or kept.
    Store(StoreError),
    /// The key is on this device already, under this name.
    Here(String),
}

/// How strong a passphrase is, 0 to 3, honestly: by length and variety, without a dictionary.
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
    let words = passphrase
        .split_whitespace()
        .filter(|word| word.chars().count() > 1)
        .count();
    match (distinct.len(), length, words) {
        (..=5, ..) => 1,
        (_, 20.., _) | (_, 16.., 4..) => 3,
        (_, 14.., _) | (_, _, 3..) => 2,
        _ => 1,
    }
}

/// The keys on this device, each with its thumbprint, last made first.
///
/// # Errors
/// Storage cannot be read. A record that cannot be read is left out and left alone.
pub async fn all(app: App) -> Result<Vec<(String, KeyRecord)>, StoreError> {
    let mut keys: Vec<(String, KeyRecord)> = Vec::new();
    for (kid, text) in app.keeper().list(Kind::Keys).await? {
        if let Ok(key) = KeyRecord::from_text(&text) {
            let at = keys.partition_point(|(_, other)| other.created >= key.created);
            keys.insert(at, (kid, key));
        }
    }
    Ok(keys)
}

/// The keys that may sign, last made first.
///
/// # Errors
/// As [`all`].
pub async fn usable(app: App) -> Result<Vec<KeyRecord>, StoreError> {
    let keys = all(app).await?.into_iter();
    Ok(keys
        .map(|(_, key)| key)
        .filter(|key| key.retired.is_none())
        .collect())
}

async fn lock(key: &SecretKey, passphrase: &str) -> Result<LockedKey, KeyError> {
    let random = Zeroizing::new(browser::entropy::<60>().ok_or(KeyError::NoEntropy)?);
    let salts = LockSalts::from_bytes(&random);
    let kek = browser::derive(&Derivation::for_lock(&salts), passphrase).await;
    LockedKey::lock(key, &kek, &salts).map_err(KeyError::Locked)
}

async fn keep(app: App, name: &str, key: &SecretKey, locked: &LockedKey) -> Result<(), StoreError> {
    let record = KeyRecord {
        unit: browser::normal(name),
        check_code: key.public().check_code(),
        locked: locked.as_str().to_owned(),
        created: browser::now(),
        retired: None,
    };
    let kid = key.public().kid();
    app.keeper().put(Kind::Keys, &kid, &record.to_text()).await
}

/// Makes a key, which is then open.
///
/// # Errors
/// Why not.
pub async fn make(app: App, name: &str, passphrase: &str) -> Result<Rc<SecretKey>, KeyError> {
    let passphrase = Zeroizing::new(browser::normal(passphrase));
    let seed = Zeroizing::new(browser::entropy::<32>().ok_or(KeyError::NoEntropy)?);
    let key = SecretKey::from_seed(&seed);
    let locked = lock(&key, &passphrase).await?;
    match keep(app, name, &key, &locked).await {
        // Where the device is full the form must still get to the superior.
        Err(StoreError::QuotaExceeded) => app.tell(Notice::KeyNotKept),
        other => other.map_err(KeyError::Store)?,
    }
    Ok(keyring::hold(app, key))
}

async fn unlock(locked: &LockedKey, typed: &str) -> Result<SecretKey, KeyError> {
    let normal = Zeroizing::new(browser::normal(typed));
    let derive = async |passphrase: &str| browser::derive(locked.derivation(), passphrase).await;
    let opened = match locked.open(&derive(&normal).await) {
        // Other JOSE tools lock with the passphrase as it was typed.
        Err(LockError::WrongPassphrase) if *normal != typed => locked.open(&derive(typed).await),
        opened => opened,
    };
    opened.map_err(KeyError::Locked)
}

/// Opens a key, unless it is open.
///
/// # Errors
/// Why not.
pub async fn open(
    app: App,
    record: &KeyRecord,
    passphrase: &str,
) -> Result<Rc<SecretKey>, KeyError> {
    if let Some(key) = keyring::get(app, &record.check_code) {
        return Ok(key);
    }
    let locked = LockedKey::parse(&record.locked).map_err(KeyError::Locked)?;
    let key = unlock(&locked, passphrase).await?;
    Ok(keyring::hold(app, key))
}

/// Takes in a backup of a key, made here or by any JOSE tool, under our own lock.
///
/// # Errors
/// Why not.
pub async fn restore(app: App, text: &str, name: &str, passphrase: &str) -> Result<(), KeyError> {
    let locked = LockedKey::parse(text).map_err(KeyError::Locked)?;
    let key = unlock(&locked, passphrase).await?;
    let kid = key.public().kid();
    let here = app.keeper().get(Kind::Keys, &kid).await;
    if let Some(text) = here.map_err(KeyError::Store)? {
        let name = KeyRecord::from_text(&text).map(|record| record.unit);
        return Err(KeyError::Here(name.unwrap_or_default()));
    }
    let passphrase = Zeroizing::new(browser::normal(passphrase));
    let locked = lock(&key, &passphrase).await?;
    keep(app, name, &key, &locked)
        .await
        .map_err(KeyError::Store)?;
    keyring::hold(app, key);
    Ok(())
}

async fn change(
    app: App,
    kid: &str,
    change: impl FnOnce(&mut KeyRecord),
) -> Result<(), StoreError> {
    let keeper = app.keeper();
    // A record that cannot be read stays as it is.
    if let Some(text) = keeper.get(Kind::Keys, kid).await?
        && let Ok(mut record) = KeyRecord::from_text(&text)
    {
        change(&mut record);
        keeper.put(Kind::Keys, kid, &record.to_text()).await?;
    }
    Ok(())
}

/// Gives a key another name.
///
/// # Errors
/// It cannot be kept.
pub async fn rename(app: App, kid: &str, name: &str) -> Result<(), StoreError> {
    let name = browser::normal(name);
    change(app, kid, |record| record.unit = name).await
}

/// Offers a key for signing no longer, or again.
///
/// # Errors
/// It cannot be kept.
pub async fn retire(app: App, kid: &str, retired: bool) -> Result<(), StoreError> {
    let mut code = String::new();
    change(app, kid, |record| {
        record.retired = retired.then(browser::now);
        code = record.check_code.clone();
    })
    .await?;
    if retired && app.keyring.code.peek() == code {
        keyring::lock(app);
    }
    Ok(())
}

/// Locks a key anew under another passphrase.
///
/// # Errors
/// Why not.
pub async fn change_passphrase(
    app: App,
    kid: &str,
    record: &KeyRecord,
    old: &str,
    new: &str,
) -> Result<(), KeyError> {
    // Also where the key is open: who sits at the page must know the passphrase to change it.
    let locked = LockedKey::parse(&record.locked).map_err(KeyError::Locked)?;
    let key = unlock(&locked, old).await?;
    let new = Zeroizing::new(browser::normal(new));
    let locked = lock(&key, &new).await?;
    change(app, kid, |record| {
        locked.as_str().clone_into(&mut record.locked)
    })
    .await
    .map_err(KeyError::Store)
}

/// The name of a file about a key: what it is, whose, its check code.
pub fn file_name(what: &str, name: &str, code: &str, ending: &str) -> String {
    ["bontot_", what, "_", &slug(name), "_", code, ending].concat()
}

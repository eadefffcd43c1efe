//! Sealing the open form: key, signature, and the proof that the file is good before it is shown.

use zeroize::Zeroizing;

use crate::app::browser;
use crate::app::form_state::Form;
use crate::app::history;
use crate::app::state::Notice;
use crate::desk::{TrustList, receive};
use crate::json::canonical;
use crate::seal::{Derivation, LockFault, LockSalts, LockedKey, SecretKey, Submission, seal};
use crate::session::Touched;
use crate::store::{KeyRecord, Kind, Storage, StoreError};
use crate::value::{Digest, check_code};

/// Fewest characters of a passphrase.
pub const PASSPHRASE_MIN: usize = 10;

/// Why a form was not sealed. The form is as it was.
#[derive(Clone, Debug, PartialEq)]
pub enum SealError {
    /// The browser has no source of random bytes.
    NoEntropy,
    /// The key cannot be opened.
    Locked(LockFault),
    /// Keys cannot be read or kept.
    Store(StoreError),
    /// The file that was made does not verify; it is not given out.
    NotSound(String),
}

/// Which key is to sign.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyChoice {
    /// A new one, made now.
    New,
    /// A key on this device.
    Kept(KeyRecord),
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

/// The keys on this device, last made first.
///
/// # Errors
/// Storage cannot be read. A record that cannot be read is left out and left alone.
pub async fn keys(form: Form) -> Result<Vec<KeyRecord>, StoreError> {
    let records = form.app.keeper().list(Kind::Keys).await?;
    let mut keys: Vec<KeyRecord> = Vec::new();
    for key in records
        .iter()
        .filter_map(|(_, text)| KeyRecord::from_text(text).ok())
    {
        let at = keys.partition_point(|other| other.created >= key.created);
        keys.insert(at, key);
    }
    Ok(keys)
}

async fn new_key(form: Form, passphrase: &str) -> Result<SecretKey, SealError> {
    let seed = Zeroizing::new(browser::entropy::<32>().ok_or(SealError::NoEntropy)?);
    let random = Zeroizing::new(browser::entropy::<60>().ok_or(SealError::NoEntropy)?);
    let key = SecretKey::from_seed(&seed);
    let salts = LockSalts::from_bytes(&random);
    let kek = browser::derive(&Derivation::for_lock(&salts), passphrase).await;
    let locked = LockedKey::lock(&key, &kek, &salts).map_err(SealError::Locked)?;
    let record = KeyRecord {
        unit: form.look(|session| session.form().unit.name.clone()),
        check_code: check_code(&Digest::of(&key.public().jwk())),
        locked: locked.as_str().to_owned(),
        created: browser::now(),
    };
    let keeper = form.app.keeper();
    let kid = key.public().kid();
    match keeper.put(Kind::Keys, &kid, &record.to_text()).await {
        // Where the device is full the form must still get to the superior.
        Err(StoreError::QuotaExceeded) => form.app.tell(Notice::KeyNotKept),
        other => other.map_err(SealError::Store)?,
    }
    Ok(key)
}

async fn kept_key(record: &KeyRecord, passphrase: &str) -> Result<SecretKey, SealError> {
    let locked = LockedKey::parse(&record.locked).map_err(SealError::Locked)?;
    let kek = browser::derive(locked.derivation(), passphrase).await;
    locked.open(&kek).map_err(SealError::Locked)
}

/// Seals the open form: the next revision. The file is read back, verified and scored again before
/// it counts as done.
///
/// # Errors
/// Why it was not sealed; the form is as it was.
pub async fn seal_form(
    form: Form,
    choice: KeyChoice,
    passphrase: Zeroizing<String>,
) -> Result<Submission, SealError> {
    let passphrase = Zeroizing::new(browser::normal(&passphrase));
    let key = match &choice {
        KeyChoice::New => new_key(form, &passphrase).await?,
        KeyChoice::Kept(record) => kept_key(record, &passphrase).await?,
    };
    form.edit(|session| {
        session.normalise(browser::normal);
        Touched::default()
    });
    let submission =
        form.look(|session| seal(session.pack(), session.form(), &key, browser::now()));
    let text = submission.to_text();
    let receipt = receive(text.as_bytes(), &form.app.packs, &TrustList::default());
    if !receipt.status.is_sound() {
        let detail = receipt
            .detail
            .map(|detail| detail.to_string())
            .unwrap_or_default();
        return Err(SealError::NotSound(detail));
    }
    form.keep_sealed(text);
    form.edit(|session| {
        session.sealed(submission.assessment());
        Touched::default()
    });
    history::record_sealed(form.app, form.copy(form.id())).await;
    Ok(submission)
}

/// The verdict that a sealed file states, as its word.
pub fn stated_verdict(submission: &Submission) -> String {
    let verdict = submission.stated_outcome().get("verdict");
    verdict
        .map(canonical)
        .unwrap_or_default()
        .trim_matches('"')
        .to_owned()
}

//! Sealing a form. The steps, in this order:
//!
//! 1. [`Device::signing_key`] makes or opens the key;
//! 2. [`Device::seal`] seals the session, which then has the next revision;
//! 3. the caller stores the draft with the file;
//! 4. [`Device::record_sealed`] stores the state with the file.

use crate::desk::{TrustList, receive};
use crate::device::{Device, Host, OwnKeyError, SigningKey};
use crate::json::Json;
use crate::seal::{AddSignatureError, Role, SecretKey, Submission, seal};
use crate::session::Session;
use crate::store::{KeyRecord, Storage};

/// Why a form was not sealed. The form is unchanged.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SealError {
    /// The key cannot be made or opened.
    #[error(transparent)]
    Key(#[from] OwnKeyError),
    /// The new file does not verify and is discarded.
    #[error("the file is not sound: {0}")]
    NotSound(String),
    /// The signature cannot be added.
    #[error(transparent)]
    NotAdded(AddSignatureError),
    /// What stands at the period is none, so that another would be signed than is shown.
    #[error("the period cannot be read")]
    UnreadPeriod,
}

/// The key that is to sign.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyChoice {
    /// A new key.
    New,
    /// A key on this device.
    Kept(KeyRecord),
}

impl<S: Storage, H: Host> Device<S, H> {
    /// The chosen key, open. A new key gets the name of the unit.
    ///
    /// # Errors
    /// It cannot be made or opened.
    pub async fn signing_key(
        &self,
        choice: &KeyChoice,
        unit: &str,
        passphrase: &str,
    ) -> Result<SigningKey, OwnKeyError> {
        match choice {
            KeyChoice::New => self.make_key(unit, passphrase).await,
            KeyChoice::Kept(record) => {
                let key = self.open_key(record, passphrase).await?;
                let is_kept = true;
                Ok(SigningKey { key, is_kept })
            }
        }
    }

    /// Seals a form as its next revision. The file is read, verified and scored again before it is
    /// returned.
    ///
    /// # Errors
    /// The period cannot be read, or the file does not verify; the session is unchanged.
    pub fn seal(&self, session: &mut Session, key: &SecretKey) -> Result<Submission, SealError> {
        if session.period_is_unread() {
            return Err(SealError::UnreadPeriod);
        }
        let normal = |text: &str| self.host.normalize(text);
        let mut form = session.form().clone();
        form.normalize(normal);
        let submission = seal(session.pack(), &form, key, self.host.now());
        self.prove(&submission.to_text())?;
        session.normalize(normal);
        session.sealed(submission.assessment());
        Ok(submission)
    }

    /// Adds a signature to a sealed file; digest and check code stay. The caller stores the returned
    /// file as after [`Device::seal`].
    ///
    /// # Errors
    /// The file is not sound, the key cannot be opened, or the signature cannot be added.
    pub async fn add_signature(
        &self,
        sealed: &str,
        record: &KeyRecord,
        role: Role,
        passphrase: &str,
    ) -> Result<String, SealError> {
        let submission = Submission::from_bytes(sealed.as_bytes())
            .map_err(|error| SealError::NotSound(error.to_string()))?;
        let verified =
            submission.verify().map_err(|at| SealError::NotSound(at.error.to_string()))?;
        let key = self.open_key(record, passphrase).await?;
        let signed = verified.add(&key, role, self.host.now());
        let text = signed.map_err(SealError::NotAdded)?.to_text();
        self.prove(&text)?;
        Ok(text)
    }

    /// Checks a file as its receiver will.
    fn prove(&self, text: &str) -> Result<(), SealError> {
        let receipt = receive(text.as_bytes(), &self.packs(), &TrustList::default());
        if receipt.status.is_sound() {
            return Ok(());
        }
        let detail = receipt.detail.map(|detail| detail.to_string());
        Err(SealError::NotSound(detail.unwrap_or_default()))
    }
}

/// The verdict that a sealed file states.
pub fn stated_verdict(submission: &Submission) -> &str {
    let verdict = submission.stated_outcome().get("verdict");
    verdict.and_then(Json::as_text).unwrap_or_default()
}

//! Sealing the open form: key, signature, and the proof that the file is good before it is shown.

use zeroize::Zeroizing;

use crate::app::form_state::Form;
use crate::app::keys::{self, KeyError};
use crate::app::state::App;
use crate::app::{browser, history};
use crate::desk::{TrustList, receive};
use crate::json::canonical;
use crate::seal::{AddSignatureError, Role, Submission, seal};
use crate::session::Touched;
use crate::store::KeyRecord;

/// Why a form was not sealed. The form is as it was.
#[derive(Clone, Debug, PartialEq)]
pub enum SealError {
    /// The key cannot be made or opened.
    Key(KeyError),
    /// The file that was made does not verify; it is not given out.
    NotSound(String),
    /// The key has signed the file in this role, or there is no place for another signature.
    NotAdded(AddSignatureError),
}

/// Which key is to sign.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyChoice {
    /// A new one, made now.
    New,
    /// A key on this device.
    Kept(KeyRecord),
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
    let app = form.app;
    let key = match &choice {
        KeyChoice::New => {
            let unit = form.look(|session| session.form().unit.name.clone());
            keys::make(app, &unit, &passphrase).await
        }
        KeyChoice::Kept(record) => keys::open(app, record, &passphrase).await,
    };
    let key = key.map_err(SealError::Key)?;
    form.edit(|session| {
        session.normalise(browser::normal);
        Touched::default()
    });
    let submission =
        form.look(|session| seal(session.pack(), session.form(), &key, browser::now()));
    let text = submission.to_text();
    prove(app, &text)?;
    form.keep_sealed(text);
    form.edit(|session| {
        session.sealed(submission.assessment());
        Touched::default()
    });
    history::record_sealed(form.app, form.copy(form.id())).await;
    Ok(submission)
}

/// Adds a signature to the file that was sealed last; digest and check code stay.
///
/// # Errors
/// Why not; the file is as it was.
pub async fn add_signature(
    form: Form,
    sealed: String,
    record: KeyRecord,
    role: Role,
    passphrase: Zeroizing<String>,
) -> Result<String, SealError> {
    let not_sound = |detail: String| SealError::NotSound(detail);
    let submission = Submission::from_bytes(sealed.as_bytes());
    let submission = submission.map_err(|error| not_sound(error.to_string()))?;
    let verified = submission.verify();
    let verified = verified.map_err(|(_, fault)| not_sound(fault.to_string()))?;
    let key = keys::open(form.app, &record, &passphrase).await;
    let key = key.map_err(SealError::Key)?;
    let signed = verified.add(&key, role, browser::now());
    let text = signed.map_err(SealError::NotAdded)?.to_text();
    prove(form.app, &text)?;
    form.keep_sealed(text.clone());
    form.save_again();
    history::record_sealed(form.app, form.copy(form.id())).await;
    Ok(text)
}

/// Receives a file as the superior will, before it counts as made.
fn prove(app: App, text: &str) -> Result<(), SealError> {
    let receipt = receive(text.as_bytes(), app.packs(), &TrustList::default());
    if receipt.status.is_sound() {
        return Ok(());
    }
    let detail = receipt.detail.map(|detail| detail.to_string());
    Err(SealError::NotSound(detail.unwrap_or_default()))
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

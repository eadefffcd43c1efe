//! Sealing the open form, and adding a signature to the sealed file.

use leptos::prelude::*;
use zeroize::Zeroizing;

use crate::app::actions::{Form, history};
use crate::device::{KeyChoice, SealError};
use crate::seal::{Role, Submission};
use crate::session::Touched;
use crate::store::{HandedIn, KeyRecord};

/// Seals the open form as its next revision. The file is read back, verified and scored again first;
/// where that fails, the form is unchanged.
pub async fn seal_form(
    form: Form,
    choice: KeyChoice,
    passphrase: Zeroizing<String>,
) -> Result<Submission, SealError> {
    let app = form.app;
    let unit = form.look(|session| session.form().unit.name.clone());
    let signing = app.device.signing_key(&choice, &unit, &passphrase).await;
    let signing = signing.map_err(SealError::Key)?;
    app.follow_open_key();
    app.tell_if_not_kept(signing.is_kept);
    let submission = form.edit_with(|session| {
        let sealed = app.device.seal(session, &signing.key);
        (Touched::default(), sealed)
    })?;
    form.keep_sealed(submission.to_text());
    // What is signed again is not returned any more; home must not say so until it has read that.
    app.state.returned.update(|all| all.retain(|(key, _)| key != form.id().as_str()));
    history::record_sealed(app, form.copy(form.id())).await;
    Ok(submission)
}

/// Notes that the sealed file was handed in, or that it was not.
pub fn hand_in(form: &Form, handed_in: Option<HandedIn>) {
    form.note_handed_in(handed_in);
    form.save_changes();
}

/// Adds a signature to the last sealed file; digest and check code stay. Where it fails, the file is unchanged.
pub async fn add_signature(
    form: Form,
    sealed: String,
    record: KeyRecord,
    role: Role,
    passphrase: Zeroizing<String>,
) -> Result<String, SealError> {
    let app = form.app;
    let signed = app.device.add_signature(&sealed, &record, role, &passphrase);
    let text = signed.await?;
    app.follow_open_key();
    form.keep_sealed(text.clone());
    form.save_changes();
    history::record_sealed(app, form.copy(form.id())).await;
    Ok(text)
}

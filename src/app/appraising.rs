//! What superiors said of forms on this device: taking a file in, and what a form shows of it.

use std::rc::Rc;

use crate::app::browser;
use crate::app::import::Refusal;
use crate::app::state::App;
use crate::desk::{AppraisalError, check_appraisal};
use crate::pack::Pack;
use crate::seal::{Appraisal, AppraisalDecision, Header, Submission};
use crate::store::{AppraisalRecord, Draft, Kind, Storage, StoreError};
use crate::value::{AssessmentId, Digest, Instant};

/// An appraisal whose signatures fit and that speaks of this submission.
pub struct Shown {
    /// What the superior said.
    pub appraisal: Appraisal,
    /// Who signed it.
    pub signers: Vec<Header>,
    /// The file that it speaks of.
    pub submission: Submission,
    /// The pack of the form.
    pub pack: Rc<Pack>,
    /// When it came.
    pub received: Instant,
}

/// Takes in an appraisal of a file that was signed here or opened here.
///
/// # Errors
/// Why it is refused; nothing is changed.
pub async fn receive(
    app: App,
    appraisal: Appraisal,
) -> Result<(AssessmentId, AppraisalDecision), Refusal> {
    let wanted = appraisal.content().submission;
    let found = find(app, &wanted).await.map_err(Refusal::Store)?;
    let (id, submission) = found.ok_or(Refusal::NoSuchForm)?;
    let pack = app
        .packs()
        .by_digest(&submission.assessment().pack.digest)
        .ok_or(Refusal::NoSuchForm)?;
    check_appraisal(pack, &submission, &appraisal).map_err(|fault| match fault {
        AppraisalError::Signature(..) => Refusal::Signature,
        AppraisalError::OtherSubmission => Refusal::NoSuchForm,
        AppraisalError::Item(item) => Refusal::Item(item.to_string()),
    })?;
    let key = AppraisalRecord::key(&id, &appraisal.check_code());
    let record = AppraisalRecord {
        submission: submission.to_text(),
        appraisal: appraisal.to_text(),
        received: browser::now(),
    };
    app.keeper()
        .put(Kind::Appraised, &key, &record.to_text())
        .await
        .map_err(Refusal::Store)?;
    Ok((id, appraisal.content().decision))
}

/// The form on this device from which a file with this digest was signed, and the file.
async fn find(app: App, digest: &Digest) -> Result<Option<(AssessmentId, Submission)>, StoreError> {
    for kind in [Kind::Drafts, Kind::History] {
        for (_, text) in app.keeper().list(kind).await? {
            let draft = Draft::from_text(&text).ok();
            let sealed = draft.and_then(|draft| {
                let submission = Submission::from_bytes(draft.sealed?.as_bytes()).ok()?;
                (submission.digest() == *digest).then_some((draft.form.id, submission))
            });
            if sealed.is_some() {
                return Ok(sealed);
            }
        }
    }
    Ok(None)
}

/// What was said of a form, the last first. A record that does not verify is left out and left alone.
///
/// # Errors
/// Storage cannot be read.
pub async fn of_form(app: App, id: &AssessmentId) -> Result<Vec<Shown>, StoreError> {
    let mut all: Vec<Shown> = Vec::new();
    for (key, text) in app.keeper().list(Kind::Appraised).await? {
        if AppraisalRecord::is_of(&key, id)
            && let Some(shown) = read(app, &text)
        {
            let at = all.partition_point(|other| other.received >= shown.received);
            all.insert(at, shown);
        }
    }
    Ok(all)
}

fn read(app: App, text: &str) -> Option<Shown> {
    let record = AppraisalRecord::from_text(text).ok()?;
    let submission = Submission::from_bytes(record.submission.as_bytes()).ok()?;
    let appraisal = Appraisal::from_bytes(record.appraisal.as_bytes()).ok()?;
    let pack = app
        .packs()
        .by_digest(&submission.assessment().pack.digest)?
        .clone();
    let signers = check_appraisal(&pack, &submission, &appraisal).ok()?;
    Some(Shown {
        appraisal,
        signers,
        submission,
        pack,
        received: record.received,
    })
}

/// Forgets what was said of a form that is gone for good.
///
/// # Errors
/// Storage does not do it.
pub async fn forget(app: App, id: &AssessmentId) -> Result<(), StoreError> {
    let keeper = app.keeper();
    for key in keeper.keys(Kind::Appraised).await? {
        if AppraisalRecord::is_of(&key, id) {
            keeper.remove(Kind::Appraised, &key).await?;
        }
    }
    Ok(())
}

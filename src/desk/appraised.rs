//! A submission beside its appraisal, item by item.

use crate::desk::{Trust, TrustList};
use crate::form::AnswerVerdict;
use crate::pack::Pack;
use crate::rules::{Evaluation, Verdict};
use crate::seal::{Appraisal, Header, PublicKey, Role, SignatureErrorAt, Submission, Verified};
use crate::value::{Date, Id};

/// One item, as the unit and as the superior see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppraisedItem {
    /// The index of the item in the pack.
    pub index: usize,
    /// The verdict of the unit's form.
    pub own: Verdict,
    /// The verdict of the superior, if the appraisal has one.
    pub superior: Option<AnswerVerdict>,
    /// The remark of the superior.
    pub note: String,
}

impl AppraisedItem {
    /// Do the verdicts differ?
    pub fn differs(&self) -> bool {
        self.superior.is_some_and(|superior| Verdict::from(superior) != self.own)
    }
}

/// Why an appraisal is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppraisalError {
    /// A signature is refused.
    #[error(transparent)]
    Signature(SignatureErrorAt),
    /// It is of another submission.
    #[error("it is of another submission")]
    OtherSubmission,
    /// It has an item that does not apply to the form.
    #[error("item {0} does not belong to the form")]
    Item(Id),
}

/// Checks an appraisal of a submission; returns the headers of its signatures.
///
/// # Errors
/// The first of [`AppraisalError`] that holds.
pub fn check_appraisal(
    pack: &Pack,
    submission: &Submission,
    appraisal: &Appraisal,
) -> Result<Vec<Header>, AppraisalError> {
    let signers = appraisal.verify().map_err(AppraisalError::Signature)?;
    let content = appraisal.content();
    if content.submission != submission.digest() {
        return Err(AppraisalError::OtherSubmission);
    }
    let evaluation = Evaluation::of(pack, submission.assessment());
    let belongs = |id: &Id| {
        let index = pack.item_index(id);
        index.is_some_and(|index| evaluation.item(index).is_some())
    };
    match content.items.keys().find(|id| !belongs(id)) {
        Some(id) => Err(AppraisalError::Item(id.clone())),
        None => Ok(signers),
    }
}

/// Whose word an appraisal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appraiser<'a> {
    /// A key that is trusted under this name and is not the unit's own: the appraisal counts as the superior's.
    Superior(&'a str),
    /// The unit itself, by a key that signed the form or is trusted as the unit's.
    Unit,
    /// A key that was revoked from this day on.
    Revoked(Date),
    /// A key that is not trusted: an opinion signed by somebody.
    Unknown,
}

/// Whose word an appraisal is, by the headers of its signatures and of those of the submission.
pub fn appraiser<'a>(
    signers: &[Header],
    submission: &Verified<Submission>,
    trust: &'a TrustList,
) -> Appraiser<'a> {
    let unit = &submission.content().assessment().unit.name;
    let units = submission.signers().iter().filter(|signer| signer.role == Role::Unit);
    let is_of_unit = |key: &PublicKey| units.clone().any(|signer| signer.key == *key);
    let Some(signer) = signers.first() else { return Appraiser::Unknown };
    match trust.look_up(&signer.key, unit) {
        _ if is_of_unit(&signer.key) => Appraiser::Unit,
        Trust::Trusted(_) => Appraiser::Unit,
        Trust::OtherUnit(name) => Appraiser::Superior(name),
        Trust::Revoked(day) => Appraiser::Revoked(day),
        Trust::Unknown => Appraiser::Unknown,
    }
}

/// Every item of the form with both verdicts, in pack order.
pub fn side_by_side(
    pack: &Pack,
    submission: &Submission,
    appraisal: &Appraisal,
) -> Vec<AppraisedItem> {
    let evaluation = Evaluation::of(pack, submission.assessment());
    let items = pack.items.iter().enumerate();
    let rows = items.filter_map(|(index, item)| {
        let said = appraisal.content().items.get(&item.id);
        Some(AppraisedItem {
            index,
            own: evaluation.item(index)?.verdict,
            superior: said.map(|said| said.verdict),
            note: said.map(|said| said.note.clone()).unwrap_or_default(),
        })
    });
    rows.collect()
}

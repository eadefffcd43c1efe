//! Receives files: a status for each, then reconciled across files.

use std::collections::BTreeMap;

use crate::desk::{Difference, Trust, TrustList, first_difference};
use crate::form::{Period, check};
use crate::json::{Json, ReadError, to_json};
use crate::pack::catalog::Catalog;
use crate::pack::{Pack, PackRef};
use crate::rules;
use crate::seal::{SignatureErrorAt, Submission, Verified};
use crate::string_enum;
use crate::value::{Date, Digest, Id};

string_enum! {
    /// The status of a file: the first that holds (spec s. 4); the last two are found across files.
    pub enum Status {
        /// No submission, or answers that the pack does not allow.
        Malformed = "malformed",
        /// A signature is refused or does not fit.
        BadSignature = "bad_signature",
        /// No pack with the stated digest is known.
        UnknownPack = "unknown_pack",
        /// The rules give another outcome than the file states.
        OutcomeDiffers = "outcome_differs",
        /// Sound, but the key is in no trust list.
        UnknownKey = "unknown_key",
        /// Sound, and the key is trusted.
        Verified = "verified",
        /// Sound, but a later revision of the same unit and period was received.
        Superseded = "superseded",
        /// The same content was received before.
        Duplicate = "duplicate",
    }
}

impl Status {
    /// Is the file sound and the one that counts?
    pub fn is_sound(self) -> bool {
        matches!(self, Status::Verified | Status::UnknownKey)
    }
}

/// Why a file has its status.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Detail {
    /// The text, or an answer in it, is refused.
    #[error(transparent)]
    Read(ReadError),
    /// The stated id or version is not that of the pack with the stated digest.
    #[error("the pack with this digest has another id or version")]
    PackIdentity,
    /// A signature is refused.
    #[error(transparent)]
    Signature(SignatureErrorAt),
    /// The pack that is not known.
    #[error("pack {} {} ({})", .0.id, .0.version.as_str(), .0.digest)]
    Pack(Box<PackRef>),
    /// Where the outcomes differ first.
    #[error("{0}")]
    Outcome(Difference),
    /// The key was revoked from this day on.
    #[error("the key was revoked from {0} on")]
    Revoked(Date),
    /// The file that has the same content, by its index in the list.
    #[error("same content as file {}", .0 + 1)]
    SameAs(usize),
    /// The revision that counts instead.
    #[error("revision {0} is here")]
    Later(i64),
}

/// The main data of a submission that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmissionSummary {
    /// Name of the unit.
    pub unit: String,
    /// The period.
    pub period: Period,
    /// The revision.
    pub revision: i64,
    /// The id of the pack.
    pub pack: Id,
    /// The stated verdict.
    pub verdict: String,
    /// The check code.
    pub check_code: String,
    /// The digest of what is signed.
    pub digest: Digest,
    /// Thumbprint of the unit's key, once the signatures fit.
    pub kid: Option<String>,
}

/// The receipt of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Its status.
    pub status: Status,
    /// Why.
    pub detail: Option<Detail>,
    /// Its main data; `None` where the text could not be read.
    pub received: Option<SubmissionSummary>,
}

/// Receives one file: reads it, verifies its signatures, recomputes its outcome.
pub fn receive(bytes: &[u8], packs: &Catalog, trust: &TrustList) -> Receipt {
    match Submission::from_bytes(bytes) {
        Ok(submission) => receive_submission(submission, packs, trust).0,
        Err(error) => {
            Receipt { status: Status::Malformed, detail: Some(Detail::Read(error)), received: None }
        }
    }
}

/// Receives a file that was read: verifies its signatures, recomputes its outcome. Returns the
/// submission too where its signatures fit, whatever its status.
pub fn receive_submission(
    submission: Submission,
    packs: &Catalog,
    trust: &TrustList,
) -> (Receipt, Option<Verified<Submission>>) {
    let receipt = |status, detail, received| Receipt { status, detail, received: Some(received) };
    let form = submission.assessment();
    let mut received = SubmissionSummary {
        unit: form.unit.name.clone(),
        period: form.period,
        revision: form.revision,
        pack: form.pack.id.clone(),
        verdict: submission
            .stated_outcome()
            .get("verdict")
            .and_then(Json::as_text)
            .unwrap_or_default()
            .to_owned(),
        check_code: submission.check_code(),
        digest: submission.digest(),
        kid: None,
    };
    let pack = packs.by_digest(&form.pack.digest);
    if let Some(pack) = pack {
        let misfit = if pack.reference() == form.pack {
            check(pack, form).err().map(|e| Detail::Read(e.within("assessment")))
        } else {
            Some(Detail::PackIdentity)
        };
        if misfit.is_some() {
            return (receipt(Status::Malformed, misfit, received), None);
        }
    }
    let verified = match submission.verify() {
        Ok(verified) => verified,
        Err(error) => {
            let detail = Some(Detail::Signature(error));
            return (receipt(Status::BadSignature, detail, received), None);
        }
    };
    received.kid = verified.signers().first().map(|signer| signer.key.kid());
    let (status, detail) = judge(&verified, pack.map(|pack| &**pack), trust);
    (receipt(status, detail, received), Some(verified))
}

/// The status of a submission whose signatures fit and whose answers the pack allows.
fn judge(
    verified: &Verified<Submission>,
    pack: Option<&Pack>,
    trust: &TrustList,
) -> (Status, Option<Detail>) {
    let submission = verified.content();
    let form = submission.assessment();
    let Some(pack) = pack else {
        let detail = Detail::Pack(Box::new(form.pack.clone()));
        return (Status::UnknownPack, Some(detail));
    };
    let outcome = to_json(&rules::outcome(pack, form));
    if let Some(difference) = first_difference(submission.stated_outcome(), &outcome) {
        return (Status::OutcomeDiffers, Some(Detail::Outcome(difference)));
    }
    let signer = verified.signers().first();
    match signer.map_or(Trust::Unknown, |s| trust.look_up(&s.key, s.issued)) {
        Trust::Trusted => (Status::Verified, None),
        Trust::Unknown => (Status::UnknownKey, None),
        Trust::Revoked(day) => (Status::UnknownKey, Some(Detail::Revoked(day))),
    }
}

/// Compares the files: repeated content is a duplicate; of one key, pack and period, the highest
/// revision counts and lower ones are superseded.
pub fn reconcile(receipts: &mut [Receipt]) {
    let mut first_by_digest = BTreeMap::new();
    let mut highest: BTreeMap<(String, Id, Period), i64> = BTreeMap::new();
    // A copy that is signed again by another key must not make the unit's own file the duplicate:
    // files of trusted keys come first, whatever the order.
    let mut indices: Vec<usize> = (0..receipts.len()).collect();
    indices.sort_by_key(|index| receipts[*index].status != Status::Verified);
    for index in indices {
        let receipt = &mut receipts[index];
        let Some(received) = receipt.received.as_ref().filter(|_| receipt.status.is_sound()) else {
            continue;
        };
        if let Some(first) = first_by_digest.get(&received.digest) {
            receipt.detail = Some(Detail::SameAs(*first));
            receipt.status = Status::Duplicate;
            continue;
        }
        first_by_digest.insert(received.digest, index);
        let line = highest.entry(line_of(received)).or_insert(received.revision);
        *line = (*line).max(received.revision);
    }
    for receipt in receipts.iter_mut().filter(|receipt| receipt.status.is_sound()) {
        let Some(received) = &receipt.received else {
            continue;
        };
        match highest.get(&line_of(received)) {
            Some(latest) if *latest > received.revision => {
                receipt.status = Status::Superseded;
                receipt.detail = Some(Detail::Later(*latest));
            }
            _ => {}
        }
    }
}

/// Key, pack and period: of files that have these in common, one replaces another.
fn line_of(received: &SubmissionSummary) -> (String, Id, Period) {
    let kid = received.kid.clone().unwrap_or_default();
    (kid, received.pack.clone(), received.period)
}

//! Receives one file: its status, the first that holds.

use crate::desk::{
    Detail, Receipt, Remark, Status, SubmissionSummary, Trust, TrustList, first_difference,
};
use crate::form::{Assessment, check};
use crate::json::{Json, to_canonical, to_json};
use crate::pack::Pack;
use crate::pack::catalog::Catalog;
use crate::rules;
use crate::seal::{Header, Submission, Verified};
use crate::value::Instant;

/// Stated times that differ by no more than this are not remarked on: clocks are set wrongly by hours.
const DAY: i64 = 86_400;

/// What a file is received by.
#[derive(Clone, Copy)]
pub struct Reception<'a> {
    /// The known packs.
    pub packs: &'a Catalog,
    /// The trusted keys.
    pub trust: &'a TrustList,
    /// The time now; `None` where no remark on it is wanted.
    pub now: Option<Instant>,
}

/// Receives one file: reads it, verifies its signatures, recomputes its outcome.
pub fn receive(bytes: &[u8], packs: &Catalog, trust: &TrustList) -> Receipt {
    Reception { packs, trust, now: None }.file(bytes)
}

/// Receives a file that was read: verifies its signatures, recomputes its outcome. Returns the
/// submission too where its signatures fit, whatever its status.
pub fn receive_submission(
    submission: Submission,
    packs: &Catalog,
    trust: &TrustList,
) -> (Receipt, Option<Verified<Submission>>) {
    Reception { packs, trust, now: None }.submission(submission)
}

impl Reception<'_> {
    /// Receives one file, as [`receive`] does.
    pub fn file(&self, bytes: &[u8]) -> Receipt {
        match Submission::from_bytes(bytes) {
            Ok(submission) => self.submission(submission).0,
            Err(error) => {
                let detail = Some(Detail::Read(error));
                Receipt { status: Status::Malformed, detail, remarks: Vec::new(), received: None }
            }
        }
    }

    /// Receives a file that was read, as [`receive_submission`] does.
    pub fn submission(&self, submission: Submission) -> (Receipt, Option<Verified<Submission>>) {
        let receipt = |status, detail, received| {
            let (remarks, received) = (Vec::new(), Some(received));
            Receipt { status, detail, remarks, received }
        };
        let form = submission.assessment();
        let mut received = self.summary(&submission);
        let pack = self.packs.by_digest(&form.pack.digest);
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
        let form = verified.content().assessment();
        let signer = verified.signers().first();
        let trust = signer.map(|signer| self.trust.look_up(&signer.key, &form.unit.name));
        let trust = trust.unwrap_or(Trust::Unknown);
        received.kid = signer.map(|signer| signer.key.kid());
        received.trusted_as = match trust {
            Trust::Trusted(name) | Trust::OtherUnit(name) => Some(name.to_owned()),
            Trust::Unknown | Trust::Revoked(_) => None,
        };
        let (status, detail) = judge(&verified, pack.map(|pack| &**pack), trust);
        let mut receipt = receipt(status, detail, received);
        receipt.remarks = self.remarks(form, verified.signers());
        (receipt, Some(verified))
    }

    fn summary(&self, submission: &Submission) -> SubmissionSummary {
        let form = submission.assessment();
        let verdict = submission.stated_outcome().get("verdict").and_then(Json::as_text);
        let pack = self.packs.by_digest(&form.pack.digest);
        SubmissionSummary {
            assessment: form.id.clone(),
            unit: form.unit.name.clone(),
            period: form.period,
            revision: form.revision,
            pack: form.pack.clone(),
            is_built_in: pack.map(|pack| self.packs.is_built_in(&pack.digest)),
            verdict: verdict.unwrap_or_default().to_owned(),
            check_code: submission.check_code(),
            digest: submission.digest(),
            kid: None,
            trusted_as: None,
        }
    }

    /// The stated times that cannot be: they decide nothing, since a signer states any.
    fn remarks(&self, form: &Assessment, signers: &[Header]) -> Vec<Remark> {
        let made = form.created;
        let mut remarks = Vec::new();
        for (index, signer) in signers.iter().enumerate() {
            let signed = signer.issued;
            if signed.unix() + DAY < made.unix() {
                remarks.push(Remark::SignedBefore { index, signed, made });
            }
            if let Some(received) = self.now
                && received.unix() + DAY < signed.unix()
            {
                remarks.push(Remark::SignedAfter { index, signed, received });
            }
        }
        remarks
    }
}

/// The status of a submission whose signatures fit and whose answers the pack allows.
fn judge(
    verified: &Verified<Submission>,
    pack: Option<&Pack>,
    trust: Trust<'_>,
) -> (Status, Option<Detail>) {
    let submission = verified.content();
    let form = submission.assessment();
    let Some(pack) = pack else {
        let detail = Detail::Pack(Box::new(form.pack.clone()));
        return (Status::UnknownPack, Some(detail));
    };
    let outcome = rules::outcome(pack, form);
    // Their texts first: what differs where is asked for where they do.
    if to_canonical(submission.stated_outcome()) != to_canonical(&outcome)
        && let Some(difference) = first_difference(submission.stated_outcome(), &to_json(&outcome))
    {
        return (Status::OutcomeDiffers, Some(Detail::Outcome(difference)));
    }
    match trust {
        Trust::Trusted(_) => (Status::Verified, None),
        Trust::Unknown => (Status::UnknownKey, None),
        Trust::OtherUnit(name) => (Status::UnknownKey, Some(Detail::OtherUnit(name.to_owned()))),
        Trust::Revoked(day) => (Status::UnknownKey, Some(Detail::Revoked(day))),
    }
}

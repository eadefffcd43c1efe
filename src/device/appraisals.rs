//! Appraisals of forms on this device: storing and reading them.

use std::rc::Rc;

use crate::desk::{
    AppraisalError, AppraisedItem, Appraiser, TrustList, appraiser, check_appraisal, side_by_side,
};
use crate::device::signers::judged_by;
use crate::device::{Device, Host, OpenError};
use crate::pack::Pack;
use crate::pack::catalog::Catalog;
use crate::seal::{Appraisal, AppraisalDecision, Header, Submission};
use crate::store::{AppraisalRecord, Draft, Record, Storage, StoreError, Table};
use crate::value::{AssessmentId, Date, Digest, Instant, is_blank};

/// A verified appraisal of a submission.
#[derive(Clone, Debug)]
pub struct VerifiedAppraisal {
    /// The appraisal.
    pub appraisal: Appraisal,
    /// The headers of its signatures.
    pub signers: Vec<Header>,
    /// The appraised submission.
    pub submission: Submission,
    /// The pack of the form.
    pub pack: Rc<Pack>,
    /// When it was received.
    pub received: Instant,
    /// Whose word it is here.
    pub by: AppraisedBy,
}

/// Whose word an appraisal is, as [`Appraiser`] says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppraisedBy {
    /// The superior's, whose key is trusted under this name.
    Superior(String),
    /// The unit itself.
    Unit,
    /// A key that was revoked from this day on.
    Revoked(Date),
    /// A key that is not trusted here.
    Unknown,
}

impl From<Appraiser<'_>> for AppraisedBy {
    fn from(by: Appraiser<'_>) -> AppraisedBy {
        match by {
            Appraiser::Superior(name) => AppraisedBy::Superior(name.to_owned()),
            Appraiser::Unit => AppraisedBy::Unit,
            Appraiser::Revoked(day) => AppraisedBy::Revoked(day),
            Appraiser::Unknown => AppraisedBy::Unknown,
        }
    }
}

impl<S: Storage, H: Host> Device<S, H> {
    /// Stores an appraisal of a file that was signed or opened here; returns the id of its form.
    pub(super) async fn take_in_appraisal(
        &self,
        appraisal: &Appraisal,
    ) -> Result<AssessmentId, OpenError> {
        let found = self.find_submission(&appraisal.content().submission);
        let (id, submission) = found.await?.ok_or(OpenError::NoSuchForm)?;
        let packs = self.packs();
        let pack = packs.by_digest(&submission.assessment().pack.digest);
        let pack = pack.ok_or(OpenError::NoSuchForm)?;
        check_appraisal(pack, &submission, appraisal).map_err(|error| match error {
            AppraisalError::Signature(..) => OpenError::Signature,
            AppraisalError::OtherSubmission => OpenError::NoSuchForm,
            AppraisalError::Item(item) => OpenError::Item(item.to_string()),
        })?;
        let key = AppraisalRecord::key(&id, &appraisal.check_code());
        let record = AppraisalRecord {
            submission: submission.to_text(),
            appraisal: appraisal.to_text(),
            received: self.host.now(),
        };
        // Opened again, it stays as it came.
        self.put_if_new(Table::Appraised, &key, &record.to_text()).await?;
        Ok(id)
    }

    /// The record of a backup, if it is an appraisal of a file that its unit signed. Where the pack is not
    /// known here, the signatures are all that can be checked.
    pub(super) fn claimed_appraisal(&self, claimed: &Record) -> Option<AppraisalRecord> {
        let mut record = AppraisalRecord::from_text(&claimed.text).ok()?;
        record.received = record.received.min(self.host.now());
        self.is_signed(&claimed.key, &record).then_some(record)
    }

    fn is_signed(&self, key: &str, record: &AppraisalRecord) -> bool {
        let submission = Submission::from_bytes(record.submission.as_bytes());
        let appraisal = Appraisal::from_bytes(record.appraisal.as_bytes());
        let (Ok(submission), Ok(appraisal)) = (submission, appraisal) else {
            return false;
        };
        let own = AppraisalRecord::key(&submission.assessment().id, &appraisal.check_code());
        let is_known = self.packs().by_digest(&submission.assessment().pack.digest).is_some();
        own == key
            && appraisal.content().submission == submission.digest()
            && appraisal.verify().is_ok()
            && submission.clone().verify().is_ok()
            && (!is_known || verify(&self.packs(), record, &TrustList::default()).is_some())
    }

    /// The form on this device from which a file with this digest was signed, and the file.
    async fn find_submission(
        &self,
        digest: &Digest,
    ) -> Result<Option<(AssessmentId, Submission)>, StoreError> {
        for table in [Table::Drafts, Table::History] {
            for (_, text) in self.storage().list(table).await? {
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

    /// The appraisals of a form, the last signed first, each verified again. Records that do not verify,
    /// or speak of a file that nobody signed, are skipped. A stated time that lies after the receipt
    /// counts as the time of receipt.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn appraisals_of(
        &self,
        id: &AssessmentId,
    ) -> Result<Vec<VerifiedAppraisal>, StoreError> {
        let (packs, trust) = (self.packs(), judged_by(&self.others_keys().await?));
        let mut all: Vec<VerifiedAppraisal> = Vec::new();
        for (key, text) in self.storage().list(Table::Appraised).await? {
            if AppraisalRecord::is_of(&key, id)
                && let Ok(record) = AppraisalRecord::from_text(&text)
                && let Some(verified) = verify(&packs, &record, &trust)
            {
                let own = verified.order();
                let at = all.partition_point(|other| other.order() >= own);
                all.insert(at, verified);
            }
        }
        Ok(all)
    }

    /// The forms whose current revision the superior returned: the key of each, and how many items are returned.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn returned_forms(&self) -> Result<Vec<(String, usize)>, StoreError> {
        let storage = self.storage();
        let (appraised, mut returned) = (storage.keys(Table::Appraised).await?, Vec::new());
        if appraised.is_empty() {
            return Ok(returned);
        }
        for key in storage.keys(Table::Drafts).await? {
            let id = AssessmentId::new(&key);
            let id = id.filter(|id| appraised.iter().any(|own| AppraisalRecord::is_of(own, id)));
            let Some(id) = id else { continue };
            let text = storage.get(Table::Drafts, &key).await?;
            if let Some(Ok(draft)) = text.map(|text| Draft::from_text(&text)) {
                let all = self.appraisals_of(&id).await?;
                let own = standing(&all, draft.form.revision).filter(|own| own.is_returned());
                returned.extend(own.map(|own| (key, own.objections().len())));
            }
        }
        Ok(returned)
    }

    /// Removes the appraisals of a form that is deleted for good.
    pub(super) async fn forget_appraisals(&self, id: &AssessmentId) -> Result<(), StoreError> {
        let storage = self.storage();
        for key in storage.keys(Table::Appraised).await? {
            if AppraisalRecord::is_of(&key, id) {
                storage.remove(Table::Appraised, &key).await?;
            }
        }
        Ok(())
    }
}

/// The appraisal that stands for a revision, of those of a form: the superior's last, else the last of others. What a
/// stranger signs later never takes the place of the superior's word.
pub fn standing(all: &[VerifiedAppraisal], revision: i64) -> Option<&VerifiedAppraisal> {
    let of = |own: &&VerifiedAppraisal| own.submission.assessment().revision >= revision;
    let is_superior = |own: &&VerifiedAppraisal| matches!(own.by, AppraisedBy::Superior(_));
    let all = || all.iter().filter(of);
    all().find(is_superior).or_else(|| all().next())
}

impl VerifiedAppraisal {
    /// Does it return the form? Only the superior returns one.
    pub fn is_returned(&self) -> bool {
        matches!(self.by, AppraisedBy::Superior(_))
            && self.appraisal.content().decision == AppraisalDecision::Returned
    }

    /// The items that it judges otherwise than the form, or says something about.
    pub fn objections(&self) -> Vec<AppraisedItem> {
        let mut rows = side_by_side(&self.pack, &self.submission, &self.appraisal);
        rows.retain(|row| row.differs() || row.superior.is_some() && !is_blank(&row.note));
        rows
    }

    fn order(&self) -> (Instant, Instant) {
        let signed = self.signers.iter().map(|signer| signer.issued).max();
        (signed.unwrap_or(self.received).min(self.received), self.received)
    }
}

fn verify(
    packs: &Catalog,
    record: &AppraisalRecord,
    trust: &TrustList,
) -> Option<VerifiedAppraisal> {
    let submission = Submission::from_bytes(record.submission.as_bytes()).ok()?;
    let appraisal = Appraisal::from_bytes(record.appraisal.as_bytes()).ok()?;
    let pack = packs.by_digest(&submission.assessment().pack.digest)?.clone();
    let signers = check_appraisal(&pack, &submission, &appraisal).ok()?;
    let by = appraiser(&signers, &submission.clone().verify().ok()?, trust).into();
    Some(VerifiedAppraisal { appraisal, signers, submission, pack, received: record.received, by })
}

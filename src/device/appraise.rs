//! The superior's side of an appraisal: what is being written, signing it, and keeping what was signed or received.

use crate::desk::register::KeptAppraisal;
use crate::desk::{
    Opinion, OpinionDraft, OpinionError, Reception, Status, Trust, answer_name, check_appraisal,
    is_of_unit,
};
use crate::device::{Device, Host};
use crate::seal::{Appraisal, SecretKey, Submission};
use crate::store::{Storage, StoreError, Table, Write};
use crate::value::{Date, Digest, same_name};

/// How many records are read at once: no more than the page can hand on between two frames.
const AT_ONCE: u32 = 60;

/// Why a submission was not appraised. Nothing is stored then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppraiseError {
    /// The file is not here any more, or cannot be read.
    #[error("the file is not here")]
    Gone,
    /// It is not sound.
    #[error("the file is not sound ({})", .0.as_str())]
    NotSound(Status),
    /// The key is the unit's own.
    #[error("the key is the unit's own")]
    OwnKey,
    /// The key was revoked from this day on.
    #[error("the key is revoked from {0} on")]
    Revoked(Date),
    /// Somebody is writing an appraisal of items of it.
    #[error("an appraisal of it is being written")]
    IsWritten,
    /// The opinion cannot be signed.
    #[error(transparent)]
    Opinion(#[from] OpinionError),
    /// What was signed does not fit the form, and is discarded.
    #[error("what was signed does not fit")]
    Misfit,
    /// Storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl<S: Storage, H: Host> Device<S, H> {
    /// The thumbprints and names of the keys of this device, retired ones among them: what they decided is this desk's word.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn deciding_keys(&self) -> Result<Vec<(String, String)>, StoreError> {
        let keys = self.own_keys().await?.into_iter();
        Ok(keys.map(|(kid, record)| (kid, record.unit)).collect())
    }

    /// Signs what is said of a received file, stores that and forgets what was being written; returns the record. `key` is
    /// that of the file's record.
    ///
    /// # Errors
    /// [`AppraiseError`].
    pub async fn appraise(
        &self,
        key: &str,
        opinion: &Opinion,
        secret: &SecretKey,
    ) -> Result<KeptAppraisal, AppraiseError> {
        let text = self.received_text(key).await?.ok_or(AppraiseError::Gone)?;
        let submission =
            Submission::from_bytes(text.as_bytes()).map_err(|_| AppraiseError::Gone)?;
        let trust = self.trust_list().await?;
        let packs = self.packs();
        let reception = Reception { packs: &packs, trust: &trust, now: None };
        let (receipt, verified) = reception.submission(submission);
        let unsound = AppraiseError::NotSound(receipt.status);
        let verified = match verified {
            Some(verified) if receipt.status.is_sound() => verified,
            _ => return Err(unsound),
        };
        let (submission, public) = (verified.content(), secret.public());
        let unit = &submission.assessment().unit.name;
        let own = self.deciding_keys().await?;
        let is_named_so =
            own.iter().any(|(kid, name)| *kid == public.kid() && same_name(name, unit));
        if is_named_so || is_of_unit(&public, &verified, &trust) {
            return Err(AppraiseError::OwnKey);
        }
        if let Trust::Revoked(day) = trust.look_up(&public, unit) {
            return Err(AppraiseError::Revoked(day));
        }
        let pack = packs.by_digest(&submission.assessment().pack.digest).ok_or(unsound)?;
        let normal = |text: &str| self.host.normalize(text);
        let content = opinion.content(pack, submission, normal)?;
        let appraisal = Appraisal::make(content, secret, self.host.now());
        // Read back as its receiver will.
        let appraisal = Appraisal::from_bytes(appraisal.to_text().as_bytes());
        let appraisal = appraisal.map_err(|_| AppraiseError::Misfit)?;
        check_appraisal(pack, submission, &appraisal).map_err(|_| AppraiseError::Misfit)?;
        let kept = KeptAppraisal::of(&answer_name(submission), &appraisal, self.host.today());
        self.hold_answer(&kept, &submission.digest()).await?;
        Ok(kept)
    }

    /// Stores a signed appraisal, and forgets in the same transaction what was being written.
    async fn hold_answer(&self, kept: &KeptAppraisal, form: &Digest) -> Result<(), StoreError> {
        let at = [(Table::Answers, kept.key()), (Table::Opinions, form.to_string())];
        let text = kept.to_text();
        let write = |place, _: Option<&str>| match place {
            0 => Write::Put(text.clone()),
            _ => Write::Remove,
        };
        self.storage().change_all(&at, write).await
    }

    /// What is being written about a submission; nothing where that cannot be read.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn opinion_draft(&self, form: &Digest) -> Result<Option<OpinionDraft>, StoreError> {
        let text = self.storage().get(Table::Opinions, &form.to_string()).await?;
        Ok(text.and_then(|text| OpinionDraft::from_text(&text).ok()))
    }

    /// The digests of the submissions about which something is being written.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn opinion_drafts(&self) -> Result<Vec<String>, StoreError> {
        self.storage().keys(Table::Opinions).await
    }

    /// Stores what is being written about a submission.
    ///
    /// # Errors
    /// It is not stored.
    pub async fn put_opinion_draft(
        &self,
        form: &Digest,
        draft: &OpinionDraft,
    ) -> Result<(), StoreError> {
        self.storage().put(Table::Opinions, &form.to_string(), &draft.to_text()).await
    }

    /// Forgets what was being written about a submission.
    ///
    /// # Errors
    /// It is still there.
    pub async fn drop_opinion_draft(&self, form: &Digest) -> Result<(), StoreError> {
        self.storage().remove(Table::Opinions, &form.to_string()).await
    }

    /// Some records of appraisals, from the first on or from behind a key; and the key of the last. `None` where there are no
    /// more.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn answers_behind(
        &self,
        behind: Option<&str>,
    ) -> Result<Option<(Vec<String>, String)>, StoreError> {
        let records = self.storage().some(Table::Answers, behind, AT_ONCE).await?;
        let last = records.last().map(|(key, _)| key.clone());
        let records = records.into_iter().map(|(_, text)| text).collect();
        Ok(last.map(|last| (records, last)))
    }

    /// The appraisal with this key; nothing where that cannot be read.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn answer(&self, key: &str) -> Result<Option<KeptAppraisal>, StoreError> {
        let text = self.storage().get(Table::Answers, key).await?;
        Ok(text.and_then(|text| KeptAppraisal::from_text(&text).ok()))
    }

    /// Takes an appraisal out.
    ///
    /// # Errors
    /// It is still there.
    pub async fn drop_answer(&self, key: &str) -> Result<(), StoreError> {
        self.storage().remove(Table::Answers, key).await
    }

    /// As [`Device::appraise`], for one decision of many files: one of which somebody is writing an appraisal is left out.
    ///
    /// # Errors
    /// [`AppraiseError`].
    pub async fn decide(
        &self,
        key: &str,
        opinion: &Opinion,
        secret: &SecretKey,
    ) -> Result<KeptAppraisal, AppraiseError> {
        let text = self.received_text(key).await?.ok_or(AppraiseError::Gone)?;
        let submission =
            Submission::from_bytes(text.as_bytes()).map_err(|_| AppraiseError::Gone)?;
        match self.opinion_draft(&submission.digest()).await? {
            Some(_) => Err(AppraiseError::IsWritten),
            None => self.appraise(key, opinion, secret).await,
        }
    }
}

//! Making and restoring backups.

use crate::device::keys::check_code_of;
use crate::device::open_file::drop_unverified_seal;
use crate::device::{Device, DeviceError, Host, NamedFile, OpenError};
use crate::seal::LockedKey;
use crate::store::{
    Backup, BackupKey, Deed, Draft, KeyRecord, Merge, Record, SavedState, Storage, StoreError,
    StoredRecords, Table, TrustRecord, Write, merge,
};
use crate::value::{AssessmentId, Instant};

/// The result of restoring a backup.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RestoreReport {
    /// New forms.
    pub added: u32,
    /// Forms that came out of those here; the replaced ones are among the deleted forms.
    pub replaced: u32,
    /// Forms out of which those here came; these stayed.
    pub stayed: u32,
    /// Forms that went another way than those here; both are kept.
    pub twice: u32,
    /// Forms that were the same.
    pub same: u32,
    /// New keys.
    pub keys: u32,
    /// New criteria packs.
    pub packs: u32,
    /// New keys of others, which wait to be compared.
    pub trust: u32,
    /// Packs that are being written, which are new here.
    pub kits: u32,
    /// Keys, appraisals and packs that do not hold what they claim, and were not taken in.
    pub refused: u32,
}

impl<S: Storage, H: Host> Device<S, H> {
    /// A file with all forms and keys, and when it was made.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn backup_file(&self) -> Result<(NamedFile, Instant), StoreError> {
        let now = self.host.now();
        let storage = self.storage();
        let all = StoredRecords {
            drafts: storage.list(Table::Drafts).await?,
            keys: storage.list(Table::Keys).await?,
            history: storage.list(Table::History).await?,
            trust: storage.list(Table::Trust).await?,
            appraised: storage.list(Table::Appraised).await?,
            packs: storage.list(Table::Packs).await?,
            kits: storage.list(Table::Kit).await?,
        };
        let file = NamedFile {
            name: format!("bontot_sao-luu_{}.json", self.host.today()),
            text: Backup::gather(now, all).to_text(),
        };
        Ok((file, now))
    }

    /// Merges a backup into the records here. A form that is replaced is among the deleted forms. What the
    /// backup says was done with a key, or when something came, was not done here and is not kept.
    ///
    /// # Errors
    /// Records cannot be read or stored, or there are no random bytes for a new id. What was merged
    /// before stays; restoring again continues from there.
    pub async fn restore_backup(&self, backup: Backup) -> Result<RestoreReport, DeviceError> {
        let mut report = RestoreReport::default();
        // First, since forms are read by them.
        for record in &backup.packs {
            let Some(file) = self.claimed_pack(record) else {
                report.refused += 1;
                continue;
            };
            let is_new = self.packs().by_digest(&file.pack.digest).is_none();
            match self.take_pack(file).await {
                Ok(_) => report.packs += u32::from(is_new),
                Err(OpenError::Store(error)) => return Err(error.into()),
                Err(_) => report.refused += 1,
            }
        }
        for BackupKey { kid, key } in backup.keys {
            match self.claimed_key(&kid, key) {
                Some(key) => {
                    let is_new = self.put_if_new(Table::Keys, &kid, &key.to_text()).await?;
                    report.keys += u32::from(is_new);
                }
                None => report.refused += 1,
            }
        }
        for mut draft in backup.drafts {
            drop_unverified_seal(&mut draft, &self.packs());
            self.merge_draft(draft, &mut report).await?;
        }
        for Record { key, text } in backup.unreadable {
            let is_new = self.put_if_new(Table::Drafts, &key, &text).await?;
            report.added += u32::from(is_new);
        }
        // From the last to the first. A key that cannot be read is of a later version.
        let mut states: Vec<(SavedState, String)> = Vec::new();
        for Record { key, text } in backup.history {
            if let Some(state) = SavedState::from_key(&key) {
                let is_later = |own: &SavedState| (own.order, own.at) > (state.order, state.at);
                states.insert(states.partition_point(|(own, _)| is_later(own)), (state, text));
            }
        }
        for (state, text) in states {
            self.take_in_state(state, &text).await?;
        }
        for Record { text, .. } in backup.trust {
            if let Ok(theirs) = TrustRecord::from_text(&text) {
                // A backup is not signed, so its keys must be compared again. What it revokes stays
                // revoked: the person would trust the key anew without knowing.
                let unit = self.host.normalize(&theirs.unit);
                let mut own = TrustRecord::new(theirs.key, unit, Deed::Listed, self.host.now());
                own.revoked = theirs.revoked;
                report.trust += u32::from(self.take_in_key(&own).await?);
            }
        }
        for claimed in backup.appraised {
            match self.claimed_appraisal(&claimed) {
                Some(own) => {
                    self.put_if_new(Table::Appraised, &claimed.key, &own.to_text()).await?;
                }
                None => report.refused += 1,
            }
        }
        for record in backup.kits {
            match self.take_in_kit(&record).await? {
                Some(is_new) => report.kits += u32::from(is_new),
                None => report.refused += 1,
            }
        }
        Ok(report)
    }

    /// The record of a key of this device as a backup has it: its check code is that of the key itself.
    /// `None` where the lock cannot be one, or is of another key.
    pub(super) fn claimed_key(&self, kid: &str, key: KeyRecord) -> Option<KeyRecord> {
        let locked = LockedKey::parse(&key.locked).ok()?;
        if locked.kid().is_some_and(|own| own != kid) {
            return None;
        }
        let created = key.created.min(self.host.now());
        Some(KeyRecord { check_code: check_code_of(kid)?, created, ..key })
    }

    /// Stores a text unless its key is taken; returns whether it did.
    pub(super) async fn put_if_new(
        &self,
        table: Table,
        key: &str,
        text: &str,
    ) -> Result<bool, StoreError> {
        let put = |now: Option<&str>| match now {
            None => (Write::Put(text.to_owned()), true),
            Some(_) => (Write::Leave, false),
        };
        self.storage().change(table, key, put).await
    }

    async fn merge_draft(
        &self,
        theirs: Draft,
        report: &mut RestoreReport,
    ) -> Result<(), DeviceError> {
        let key = theirs.form.id.as_str().to_owned();
        let storage = self.storage();
        // Once more where another tab has written the form meanwhile.
        loop {
            let Some(text) = storage.get(Table::Drafts, &key).await? else {
                if self.put_if_new(Table::Drafts, &key, &theirs.to_text()).await? {
                    report.added += 1;
                    return Ok(());
                }
                continue;
            };
            let ours = Draft::from_text(&text).ok();
            match ours.as_ref().map(|ours| merge(ours, &theirs)) {
                Some(Merge::Same) => report.same += 1,
                Some(Merge::Ours) => report.stayed += 1,
                Some(Merge::Theirs) => {
                    let title = ours.map(|ours| ours.form.unit.name).unwrap_or_default();
                    self.set_aside(&key, &title, text.clone()).await?;
                    let put = |now: Option<&str>| match now == Some(text.as_str()) {
                        true => (Write::Put(theirs.to_text()), true),
                        false => (Write::Leave, false),
                    };
                    if !storage.change(Table::Drafts, &key, put).await? {
                        continue;
                    }
                    report.replaced += 1;
                }
                // A record that cannot be read stays as it is.
                Some(Merge::Both) | None if self.has_parted(&theirs).await? => report.same += 1,
                Some(Merge::Both) | None => {
                    self.keep_copy(theirs).await?;
                    report.twice += 1;
                }
            }
            return Ok(());
        }
    }

    /// Is this state, or one that came out of it, kept as a form of its own already?
    pub(super) async fn has_parted(&self, theirs: &Draft) -> Result<bool, StoreError> {
        let id: &AssessmentId = &theirs.form.id;
        for (_, text) in self.storage().list(Table::Drafts).await? {
            if let Ok(mut own) = Draft::from_text(&text)
                && own.parted.as_ref() == Some(id)
            {
                own.lineage = Some(own.lineage());
                own.form.id = id.clone();
                if matches!(merge(&own, theirs), Merge::Same | Merge::Ours) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

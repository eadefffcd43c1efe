//! Making and restoring backups.

use crate::device::ids::new_id;
use crate::device::open_file::drop_unverified_seal;
use crate::device::{Device, DeviceError, Host, NamedFile};
use crate::store::{
    AppraisalRecord, Backup, BackupKey, Deed, Draft, Merge, Record, SavedState, Storage,
    StoreError, StoredRecords, Table, TrustRecord, merge,
};
use crate::value::Instant;

/// The result of restoring a backup.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RestoreReport {
    /// New forms.
    pub added: u32,
    /// Forms that were newer in the backup; the older ones are among the deleted forms.
    pub replaced: u32,
    /// Forms that were newer here and stayed.
    pub stayed: u32,
    /// Forms that diverged and are now here twice.
    pub twice: u32,
    /// Forms that were the same.
    pub same: u32,
    /// New keys.
    pub keys: u32,
    /// New keys of others, which wait to be compared.
    pub trust: u32,
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
        };
        let file = NamedFile {
            name: format!("bontot_sao-luu_{}.json", now.date()),
            text: Backup::gather(now, all).to_text(),
        };
        Ok((file, now))
    }

    /// Merges a backup into the records here. A form that is replaced is among the deleted forms.
    ///
    /// # Errors
    /// Records cannot be read or stored, or there are no random bytes for a new id. What was merged
    /// before stays; restoring again continues from there.
    pub async fn restore_backup(&self, backup: Backup) -> Result<RestoreReport, DeviceError> {
        let mut report = RestoreReport::default();
        for BackupKey { kid, key } in backup.keys {
            let is_new = self.put_if_new(Table::Keys, &kid, &key.to_text()).await?;
            report.keys += u32::from(is_new);
        }
        for mut draft in backup.drafts {
            drop_unverified_seal(&mut draft, &self.packs());
            self.merge_draft(draft, &mut report).await?;
        }
        for Record { key, text } in backup.unreadable {
            let is_new = self.put_if_new(Table::Drafts, &key, &text).await?;
            report.added += u32::from(is_new);
        }
        for Record { key, text } in backup.history {
            // A key that cannot be read is of a later version.
            if SavedState::from_key(&key).is_some() {
                self.put_if_new(Table::History, &key, &text).await?;
            }
        }
        for Record { text, .. } in backup.trust {
            if let Ok(mut record) = TrustRecord::from_text(&text) {
                // A backup is not signed, so its keys must be compared again.
                record.withdraw_trust();
                record.note(Deed::Listed, self.host.now());
                report.trust += u32::from(self.take_in_key(&record).await?);
            }
        }
        for Record { key, text } in backup.appraised {
            // Appraisals are verified when they are shown.
            if AppraisalRecord::from_text(&text).is_ok() {
                self.put_if_new(Table::Appraised, &key, &text).await?;
            }
        }
        Ok(report)
    }

    /// Stores a text unless its key is taken; returns whether it did.
    pub(super) async fn put_if_new(
        &self,
        table: Table,
        key: &str,
        text: &str,
    ) -> Result<bool, StoreError> {
        let storage = self.storage();
        let is_new = storage.get(table, key).await?.is_none();
        if is_new {
            storage.put(table, key, text).await?;
        }
        Ok(is_new)
    }

    async fn merge_draft(
        &self,
        mut theirs: Draft,
        report: &mut RestoreReport,
    ) -> Result<(), DeviceError> {
        let key = theirs.form.id.as_str().to_owned();
        let here = self.storage().get(Table::Drafts, &key).await?;
        let counted = match here {
            None => &mut report.added,
            Some(text) => match Draft::from_text(&text).map(|ours| (merge(&ours, &theirs), ours)) {
                Ok((Merge::Same, _)) => {
                    report.same += 1;
                    return Ok(());
                }
                Ok((Merge::Ours, _)) => {
                    report.stayed += 1;
                    return Ok(());
                }
                Ok((Merge::Theirs, ours)) => {
                    self.set_aside(&key, &ours.form.unit.name, text).await?;
                    &mut report.replaced
                }
                // A record that cannot be read stays as it is.
                Ok((Merge::Both, _)) | Err(_) => {
                    theirs.form.id = new_id(&self.host)?;
                    &mut report.twice
                }
            },
        };
        self.put_draft(&theirs).await?;
        *counted += 1;
        Ok(())
    }
}

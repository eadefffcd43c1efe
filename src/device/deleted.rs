//! Deleted forms, which can be restored for 30 days: by the clock, and by days on which the page was
//! opened, since the clock alone may have jumped.

use crate::device::ids::new_id;
use crate::device::{Device, DeviceError, Host};
use crate::store::{Deleted, Draft, Merge, Storage, StoreError, Table, Write, merge};
use crate::value::AssessmentId;

impl<S: Storage, H: Host> Device<S, H> {
    /// The deleted forms, the last deleted first. Expired ones are removed.
    ///
    /// # Errors
    /// Storage cannot be read, or a record cannot be removed.
    pub async fn deleted_forms(&self) -> Result<Vec<Deleted>, StoreError> {
        let days = self.days_seen().await?;
        let records = self.storage().list(Table::Deleted).await?;
        let mut kept: Vec<Deleted> = Vec::new();
        for (key, text) in records {
            // A record that cannot be read may be of a later version; it stays.
            let Ok(deleted) = Deleted::from_text(&text) else {
                continue;
            };
            if deleted.is_over(self.host.now(), days) {
                self.forget_deleted(&key, &deleted).await?;
            } else {
                let own = (deleted.order, deleted.at);
                let at = kept.partition_point(|other| (other.order, other.at) >= own);
                kept.insert(at, deleted);
            }
        }
        Ok(kept)
    }

    /// Removes a deleted form for good, with its history unless the form is here again.
    async fn forget_deleted(&self, key: &str, deleted: &Deleted) -> Result<(), StoreError> {
        let storage = self.storage();
        if storage.get(Table::Drafts, &deleted.key).await?.is_none()
            && let Some(id) = AssessmentId::new(&deleted.key)
        {
            self.forget_states(&id).await?;
            self.forget_appraisals(&id).await?;
        }
        // Last, so that after a failure the next call tries again.
        storage.remove(Table::Deleted, key).await
    }

    /// Moves a form to the deleted ones. `None` where there is no such form.
    ///
    /// # Errors
    /// Storage fails. The form is then still here, or among the deleted ones, or both.
    pub async fn delete_form(&self, key: &str, title: &str) -> Result<Option<Deleted>, StoreError> {
        let storage = self.storage();
        while let Some(text) = storage.get(Table::Drafts, key).await? {
            // Stored before it is removed: a power cut in between leaves it in both tables.
            let deleted = self.set_aside(key, title, text.clone()).await?;
            let remove = |now: Option<&str>| match now == Some(text.as_str()) {
                true => (Write::Remove, true),
                false => (Write::Leave, false),
            };
            if storage.change(Table::Drafts, key, remove).await? {
                return Ok(Some(deleted));
            }
            // Another tab has written it meanwhile: that state is set aside as well.
        }
        Ok(None)
    }

    /// Stores the text of a form among the deleted ones.
    pub(super) async fn set_aside(
        &self,
        key: &str,
        title: &str,
        text: String,
    ) -> Result<Deleted, StoreError> {
        let storage = self.storage();
        let (mut last, mut same) = (0, Vec::new());
        for (record, own) in storage.list(Table::Deleted).await? {
            last = last.max(Deleted::order_of(&record));
            // Left by a deletion that was cut off.
            if Deleted::from_text(&own).is_ok_and(|own| own.key == key && own.text == text) {
                same.push(record);
            }
        }
        let mut deleted = Deleted {
            at: self.host.now(),
            key: key.to_owned(),
            title: title.to_owned(),
            text,
            order: last.saturating_add(1),
            day: self.days_seen().await?,
        };
        // Taken only where another tab deletes at the same time.
        while !self.put_if_new(Table::Deleted, &deleted.record_key(), &deleted.to_text()).await? {
            deleted.order += 1;
        }
        // After the new one is stored, which is never one of them: another tab may be bringing one back,
        // and removes it then.
        for record in same {
            storage.remove(Table::Deleted, &record).await?;
        }
        Ok(deleted)
    }

    /// Restores a deleted form; returns its key, a new one where another form has the old one.
    ///
    /// # Errors
    /// There are no random bytes for a new id, or storage fails.
    pub async fn bring_back(&self, deleted: &Deleted) -> Result<String, DeviceError> {
        let storage = self.storage();
        let own = Draft::from_text(&deleted.text).ok();
        let is_same = |now: &str| {
            let now = Draft::from_text(now).ok();
            let both = now.as_ref().zip(own.as_ref());
            both.is_some_and(|(now, own)| merge(now, own) == Merge::Same)
        };
        let put = |now: Option<&str>| match now {
            None => (Write::Put(deleted.text.clone()), Some(true)),
            Some(now) => (Write::Leave, is_same(now).then_some(false)),
        };
        let mut key = deleted.key.clone();
        match storage.change(Table::Drafts, &key, put).await? {
            Some(true) => {}
            // A second click. The record stays: another tab may be deleting the form.
            Some(false) => return Ok(key),
            None => {
                let id = new_id(&self.host)?;
                id.as_str().clone_into(&mut key);
                let text = match own {
                    Some(mut draft) => {
                        draft.lineage = Some(draft.lineage());
                        draft.parted = Some(std::mem::replace(&mut draft.form.id, id));
                        draft.to_text()
                    }
                    None => deleted.text.clone(),
                };
                storage.put(Table::Drafts, &key, &text).await?;
            }
        }
        storage.remove(Table::Deleted, &deleted.record_key()).await?;
        Ok(key)
    }
}

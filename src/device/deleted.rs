//! Deleted forms, which can be restored for 30 days.

use crate::device::ids::new_id;
use crate::device::{Device, DeviceError, Host};
use crate::store::{Deleted, Draft, Storage, StoreError, Table};
use crate::value::AssessmentId;

impl<S: Storage, H: Host> Device<S, H> {
    /// The deleted forms, the latest first. Expired ones are removed.
    ///
    /// # Errors
    /// Storage cannot be read, or a record cannot be removed.
    pub async fn deleted_forms(&self) -> Result<Vec<Deleted>, StoreError> {
        let records = self.storage().list(Table::Deleted).await?;
        let mut kept: Vec<Deleted> = Vec::new();
        for (key, text) in records {
            // A record that cannot be read may be of a later version; it stays.
            let Ok(deleted) = Deleted::from_text(&text) else {
                continue;
            };
            if deleted.is_over(self.host.now()) {
                self.forget_deleted(&key, &deleted).await?;
            } else {
                let at = kept.partition_point(|other| other.at >= deleted.at);
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
        let Some(text) = storage.get(Table::Drafts, key).await? else {
            return Ok(None);
        };
        // Stored before it is removed: a power cut in between leaves it in both tables.
        let deleted = self.set_aside(key, title, text).await?;
        storage.remove(Table::Drafts, key).await?;
        Ok(Some(deleted))
    }

    /// Stores the text of a form among the deleted ones.
    pub(super) async fn set_aside(
        &self,
        key: &str,
        title: &str,
        text: String,
    ) -> Result<Deleted, StoreError> {
        let deleted =
            Deleted { at: self.host.now(), key: key.to_owned(), title: title.to_owned(), text };
        let record = deleted.record_key();
        let storage = self.storage();
        storage.put(Table::Deleted, &record, &deleted.to_text()).await?;
        Ok(deleted)
    }

    /// Restores a deleted form; returns its key, a new one where the old one is taken.
    ///
    /// # Errors
    /// There are no random bytes for a new id, or storage fails.
    pub async fn bring_back(&self, deleted: &Deleted) -> Result<String, DeviceError> {
        let storage = self.storage();
        let (mut key, mut text) = (deleted.key.clone(), deleted.text.clone());
        if storage.get(Table::Drafts, &key).await?.is_some() {
            let id = new_id(&self.host)?;
            id.as_str().clone_into(&mut key);
            if let Ok(mut draft) = Draft::from_text(&text) {
                draft.form.id = id;
                text = draft.to_text();
            }
        }
        storage.put(Table::Drafts, &key, &text).await?;
        storage.remove(Table::Deleted, &deleted.record_key()).await?;
        Ok(key)
    }
}

//! Forms that were deleted, and can be brought back for a while.

use crate::device::ids::new_id;
use crate::device::{Device, DeviceError, Host};
use crate::store::{Deleted, Draft, Storage, StoreError, Table};
use crate::value::AssessmentId;

impl<S: Storage, H: Host> Device<S, H> {
    /// The forms that were deleted and can be brought back, the last deleted first. Those whose time
    /// has run out are dropped.
    ///
    /// # Errors
    /// Storage cannot be read, or does not drop one.
    pub async fn deleted_forms(&self) -> Result<Vec<Deleted>, StoreError> {
        let records = self.storage().list(Table::Deleted).await?;
        let mut kept: Vec<Deleted> = Vec::new();
        for (key, text) in records {
            // A record that cannot be read stays for a version that can.
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

    /// Forgets a deleted form, and its earlier states where no form goes on from them.
    async fn forget_deleted(&self, key: &str, deleted: &Deleted) -> Result<(), StoreError> {
        let storage = self.storage();
        if storage.get(Table::Drafts, &deleted.key).await?.is_none()
            && let Some(id) = AssessmentId::new(&deleted.key)
        {
            self.forget_states(&id).await?;
            self.forget_appraisals(&id).await?;
        }
        // Last, so that whatever breaks off before is done at the next look.
        storage.remove(Table::Deleted, key).await
    }

    /// Deletes a form; for a while it can be brought back. `None` where there is no such form.
    ///
    /// # Errors
    /// Storage does not do it. The form is still here, or among the deleted ones, or both.
    pub async fn delete_form(&self, key: &str, title: &str) -> Result<Option<Deleted>, StoreError> {
        let storage = self.storage();
        let Some(text) = storage.get(Table::Drafts, key).await? else {
            return Ok(None);
        };
        // First there, then gone from here: a power cut in between leaves it in both places.
        let deleted = self.set_aside(key, title, text).await?;
        storage.remove(Table::Drafts, key).await?;
        Ok(Some(deleted))
    }

    /// Keeps the text of a form among the deleted ones.
    pub(super) async fn set_aside(
        &self,
        key: &str,
        title: &str,
        text: String,
    ) -> Result<Deleted, StoreError> {
        let deleted = Deleted {
            at: self.host.now(),
            key: key.to_owned(),
            title: title.to_owned(),
            text,
        };
        let record = deleted.record_key();
        let storage = self.storage();
        storage
            .put(Table::Deleted, &record, &deleted.to_text())
            .await?;
        Ok(deleted)
    }

    /// Brings a deleted form back, and gives the key under which it is now: a new one where another
    /// form has its place.
    ///
    /// # Errors
    /// There are no random bytes for a new id, or storage does not do it.
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
        storage
            .remove(Table::Deleted, &deleted.record_key())
            .await?;
        Ok(key)
    }
}

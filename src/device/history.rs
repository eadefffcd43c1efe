//! Earlier states of a form on this device: recording them, listing them, reading one.

use crate::device::{Device, Host};
use crate::store::{Draft, SavedState, Storage, StoreError, Table, states_of, surplus};
use crate::value::AssessmentId;

impl<S: Storage, H: Host> Device<S, H> {
    /// Keeps a form as it was before a change, and drops the states that are too many.
    ///
    /// # Errors
    /// It cannot be kept. The form itself has the same trouble then, and there it is told.
    pub async fn record_state(&self, draft: &Draft) -> Result<(), StoreError> {
        self.record(draft, 0).await
    }

    /// Keeps a form as it was just sealed, with the file.
    ///
    /// # Errors
    /// As [`Device::record_state`].
    pub async fn record_sealed(&self, draft: &Draft) -> Result<(), StoreError> {
        self.record(draft, draft.form.revision).await
    }

    async fn record(&self, draft: &Draft, revision: i64) -> Result<(), StoreError> {
        let state = SavedState {
            id: draft.form.id.clone(),
            at: draft.form.updated,
            revision,
        };
        let storage = self.storage();
        storage
            .put(Table::History, &state.key(), &draft.to_text())
            .await?;
        for state in surplus(&self.states(&state.id).await?) {
            storage.remove(Table::History, &state.key()).await?;
        }
        Ok(())
    }

    /// The states of a form that are kept, the last first.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn states(&self, id: &AssessmentId) -> Result<Vec<SavedState>, StoreError> {
        Ok(states_of(id, &self.storage().keys(Table::History).await?))
    }

    /// The form as it was then; `None` where that cannot be read.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn read_state(&self, state: &SavedState) -> Result<Option<Draft>, StoreError> {
        let text = self.storage().get(Table::History, &state.key()).await?;
        Ok(text.and_then(|text| Draft::from_text(&text).ok()))
    }

    /// Forgets the states of a form that is gone for good.
    pub(super) async fn forget_states(&self, id: &AssessmentId) -> Result<(), StoreError> {
        let storage = self.storage();
        for state in self.states(id).await? {
            storage.remove(Table::History, &state.key()).await?;
        }
        Ok(())
    }
}

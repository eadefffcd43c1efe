//! Earlier states of a form on this device.

use crate::device::{Device, Host};
use crate::store::{Draft, SavedState, Storage, StoreError, Table, states_of, surplus};
use crate::value::AssessmentId;

impl<S: Storage, H: Host> Device<S, H> {
    /// Stores the state of a form before a change, and drops surplus states.
    ///
    /// # Errors
    /// It cannot be stored. Storing the form fails as well then, and that error is shown.
    pub async fn record_state(&self, draft: &Draft) -> Result<(), StoreError> {
        self.record(draft, 0).await
    }

    /// Stores the state of a form that was just sealed, with the file.
    ///
    /// # Errors
    /// As [`Device::record_state`].
    pub async fn record_sealed(&self, draft: &Draft) -> Result<(), StoreError> {
        self.record(draft, draft.form.revision).await
    }

    async fn record(&self, draft: &Draft, revision: i64) -> Result<(), StoreError> {
        let state = SavedState { id: draft.form.id.clone(), at: draft.form.updated, revision };
        let storage = self.storage();
        storage.put(Table::History, &state.key(), &draft.to_text()).await?;
        for state in surplus(&self.states(&state.id).await?) {
            storage.remove(Table::History, &state.key()).await?;
        }
        Ok(())
    }

    /// The stored states of a form, the latest first.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn states(&self, id: &AssessmentId) -> Result<Vec<SavedState>, StoreError> {
        Ok(states_of(id, &self.storage().keys(Table::History).await?))
    }

    /// The draft of a state; `None` where it cannot be read.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn read_state(&self, state: &SavedState) -> Result<Option<Draft>, StoreError> {
        let text = self.storage().get(Table::History, &state.key()).await?;
        Ok(text.and_then(|text| Draft::from_text(&text).ok()))
    }

    /// Removes the states of a form that is deleted for good.
    pub(super) async fn forget_states(&self, id: &AssessmentId) -> Result<(), StoreError> {
        let storage = self.storage();
        for state in self.states(id).await? {
            storage.remove(Table::History, &state.key()).await?;
        }
        Ok(())
    }
}

//! Earlier states of a form on this device.

use std::borrow::Cow;

use crate::device::open_file::drop_unverified_seal;
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
        let (id, at) = (draft.form.id.clone(), draft.form.updated);
        let last = self.states(&id).await?.into_iter().next();
        let order = last.map_or(0, |last| last.order).max(0) + 1;
        let mut state = SavedState { id, at, revision, order };
        let text = draft.to_text();
        while !self.put_if_new(Table::History, &state.key(), &text).await? {
            // Another tab has just recorded one.
            state.order += 1;
        }
        let storage = self.storage();
        for state in surplus(&self.states(&state.id).await?) {
            storage.remove(Table::History, &state.key()).await?;
        }
        Ok(())
    }

    /// Takes in a state of a backup: under its own key on a device without states of its form, and
    /// before all states that are here otherwise. The states of a backup are taken in from the last to the first.
    pub(super) async fn take_in_state(
        &self,
        state: SavedState,
        text: &str,
    ) -> Result<(), StoreError> {
        let (mut state, text) = self.claimed_state(state, text);
        let here = self.states(&state.id).await?;
        if self.is_among(&here, &state, &text).await? {
            return Ok(());
        }
        // Numbers from elsewhere would push out what was recorded here.
        let first = here.iter().map(|own| own.order).min();
        if let Some(first) = first.filter(|first| state.order >= *first) {
            state.order = first.min(1) - 1;
        }
        while !self.put_if_new(Table::History, &state.key(), &text).await? {
            state.order = state.order.min(0) - 1;
        }
        Ok(())
    }

    /// Is this state of a backup here already?
    pub(super) async fn has_state(
        &self,
        state: SavedState,
        text: &str,
    ) -> Result<bool, StoreError> {
        let (state, text) = self.claimed_state(state, text);
        let here = self.states(&state.id).await?;
        self.is_among(&here, &state, &text).await
    }

    async fn is_among(
        &self,
        here: &[SavedState],
        state: &SavedState,
        text: &str,
    ) -> Result<bool, StoreError> {
        let storage = self.storage();
        let is_same = |own: &&SavedState| (own.at, own.revision) == (state.at, state.revision);
        for own in here.iter().filter(is_same) {
            if storage.get(Table::History, &own.key()).await?.as_deref() == Some(text) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A state of a backup as it is kept here: it is a signed one where it holds the file that was signed, not where its
    /// key says so.
    fn claimed_state<'a>(
        &self,
        mut state: SavedState,
        text: &'a str,
    ) -> (SavedState, Cow<'a, str>) {
        let Ok(mut draft) = Draft::from_text(text) else { return (state, Cow::Borrowed(text)) };
        let was_sealed = draft.sealed.is_some();
        drop_unverified_seal(&mut draft, &self.packs());
        if draft.sealed.is_some() {
            return (state, Cow::Borrowed(text));
        }
        state.revision = 0;
        let text = if was_sealed { Cow::Owned(draft.to_text()) } else { Cow::Borrowed(text) };
        (state, text)
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

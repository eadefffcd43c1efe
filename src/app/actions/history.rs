//! Earlier states of a form on this device: recording them, listing them, reading one.

use crate::app::actions::App;
use crate::app::actions::chunks::Work;
use crate::app::host;
use crate::store::{Draft, Kind, State, Storage, StoreError, states_of, surplus};
use crate::value::AssessmentId;

/// Keeps a form as it was before a change.
pub fn record(app: App, draft: Draft) -> Work {
    let state = State {
        id: draft.form.id.clone(),
        at: draft.form.updated,
        revision: 0,
    };
    Box::pin(keep(app, state, draft))
}

/// Keeps a form as it was just sealed, with the file.
pub async fn record_sealed(app: App, draft: Draft) {
    let state = State {
        id: draft.form.id.clone(),
        at: draft.form.updated,
        revision: draft.form.revision,
    };
    keep(app, state, draft).await;
}

async fn keep(app: App, state: State, draft: Draft) {
    if try_keep(app, state, draft).await.is_err() {
        // The form itself has the same trouble, and there the person is told.
        host::report(&"history".into());
    }
}

async fn try_keep(app: App, state: State, draft: Draft) -> Result<(), StoreError> {
    let keeper = app.keeper();
    keeper
        .put(Kind::History, &state.key(), &draft.to_text())
        .await?;
    for state in surplus(&states(app, &state.id).await?) {
        keeper.remove(Kind::History, &state.key()).await?;
    }
    Ok(())
}

/// The states of a form that are kept, the last first.
///
/// # Errors
/// Storage cannot be read.
pub async fn states(app: App, id: &AssessmentId) -> Result<Vec<State>, StoreError> {
    Ok(states_of(id, &app.keeper().keys(Kind::History).await?))
}

/// The form as it was then; `None` where that cannot be read.
///
/// # Errors
/// Storage cannot be read.
pub async fn read(app: App, state: &State) -> Result<Option<Draft>, StoreError> {
    let text = app.keeper().get(Kind::History, &state.key()).await?;
    Ok(text.and_then(|text| Draft::from_text(&text).ok()))
}

/// Forgets the states of a form that is gone for good.
///
/// # Errors
/// Storage does not do it.
pub async fn forget(app: App, id: &AssessmentId) -> Result<(), StoreError> {
    for state in states(app, id).await? {
        app.keeper().remove(Kind::History, &state.key()).await?;
    }
    Ok(())
}

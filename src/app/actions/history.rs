//! Earlier states of a form.

use crate::app::actions::App;
use crate::app::actions::chunks::Work;
use crate::app::host;
use crate::store::{Draft, SavedState, StoreError};
use crate::value::AssessmentId;

/// Keeps a form as it was before a change.
pub fn record(app: App, draft: Draft) -> Work {
    Box::pin(async move {
        report(app.device.record_state(&draft).await);
    })
}

/// Keeps a form as it was just sealed, with the file.
pub(super) async fn record_sealed(app: App, draft: Draft) {
    report(app.device.record_sealed(&draft).await);
}

fn report(recorded: Result<(), StoreError>) {
    if recorded.is_err() {
        // The form itself has the same trouble, and there the person is told.
        host::report(&"history".into());
    }
}

/// The states of a form that are kept, the last first.
///
/// # Errors
/// Storage cannot be read.
pub async fn states(app: App, id: &AssessmentId) -> Result<Vec<SavedState>, StoreError> {
    app.device.states(id).await
}

/// The form as it was then; `None` where that cannot be read.
///
/// # Errors
/// Storage cannot be read.
pub async fn read(app: App, state: &SavedState) -> Result<Option<Draft>, StoreError> {
    app.device.read_state(state).await
}

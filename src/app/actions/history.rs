//! Earlier states of a form.

use std::rc::Rc;

use crate::app::actions::App;
use crate::app::actions::chunks::Work;
use crate::app::host;
use crate::store::{Draft, StoreError};

/// Keeps a form as it was before a change.
pub fn record(app: App, draft: Rc<Draft>) -> Work {
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

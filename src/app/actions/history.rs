//! Earlier states of a form.

use std::rc::Rc;

use crate::app::actions::App;
use crate::app::actions::chunks::Work;
use crate::app::host;
use crate::store::{Draft, StoreError};

/// Records a form before a change.
pub fn record(app: App, draft: Rc<Draft>) -> Work {
    Box::pin(async move {
        report(app.device.record_state(&draft).await);
    })
}

/// Records a form just sealed, with its file.
pub(super) async fn record_sealed(app: App, draft: Draft) {
    report(app.device.record_sealed(&draft).await);
}

fn report(recorded: Result<(), StoreError>) {
    if recorded.is_err() {
        // Saving the form fails the same way and shows the error.
        host::report(&"history".into());
    }
}

//! What superiors said of the open form.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::Form;
use crate::app::actions::chunks::Work;
use crate::app::state::appraisals::Appraisals;
use crate::app::state::notice::Notice;
use crate::store::StoreError;

/// Reads what was said of a form, and has it shown.
pub fn read_for(form: Form) -> Work {
    Box::pin(async move {
        // What stands beside a trial is that it is one.
        if form.is_trial() {
            return;
        }
        match read_all(&form).await {
            Ok(all) if all.shown.is_empty() => {}
            Ok(all) => {
                form.appraisals.replace(Some(Rc::new(all)));
                form.drawn.notify();
            }
            Err(error) => form.app.tell(Notice::Storage(error)),
        }
    })
}

async fn read_all(form: &Form) -> Result<Appraisals, StoreError> {
    let device = &form.app.device;
    Ok(Appraisals {
        shown: device.appraisals_of(&form.id()).await?,
        own: device.usable_keys().await?,
        others: device.others_keys().await?,
    })
}

//! The appraisals of the open form.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::Form;
use crate::app::actions::chunks::Work;
use crate::app::state::appraisals::Appraisals;
use crate::app::state::notice::Notice;
use crate::store::StoreError;

/// Reads the appraisals of a form and shows them.
pub fn read_for(form: Form) -> Work {
    Box::pin(async move {
        // A trial shows a trial note there instead.
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

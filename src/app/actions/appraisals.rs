//! The appraisals of the open form.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::Form;
use crate::app::actions::chunks::Work;
use crate::app::state::appraisals::{Appraisals, By, Opinion};
use crate::app::state::notice::Notice;
use crate::desk::appraiser;
use crate::device::VerifiedAppraisal;
use crate::store::{StoreError, TrustRecord};

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
    let all = device.appraisals_of(&form.id()).await?;
    let (own, others) = (device.usable_keys().await?, device.others_keys().await?);
    let trust = TrustRecord::list(&others);
    let opinion = |verified: VerifiedAppraisal| {
        let submission = verified.submission.clone().verify().ok()?;
        let by = By::from(appraiser(&verified.signers, &submission, &trust));
        Some(Opinion { verified, by })
    };
    Ok(Appraisals { shown: all.into_iter().filter_map(opinion).collect(), own, others })
}

//! Above a form that was received: it is looked at, until a person says that the work on it goes on here.

use leptos::prelude::*;

use crate::app::actions::{Form, chunks};
use crate::app::host::{self, spawn_local};
use crate::app::pages::form::signatures;
use crate::app::parts::{El, hint, html, notice, quiet_button};
use crate::app::state::notice::Notice;
use crate::app::text::Text;
use crate::device::Signer;
use crate::seal::Submission;

/// Who signed it, and how to go on with it.
pub fn received(form: &Form, t: &'static Text) -> El {
    let signers: ArcRwSignal<Vec<Signer>> = ArcRwSignal::default();
    if let Some(text) = form.sealed_text()
        && let Ok(submission) = Submission::from_bytes(text.as_bytes())
    {
        let (form, signers) = (form.clone(), signers.clone());
        spawn_local(async move {
            match form.app.device.signers_of(&submission).await {
                Ok(known) => signers.set(known),
                Err(error) => form.app.tell(Notice::Storage(error)),
            }
        });
    }
    let lines =
        move || signers.with(|all| all.iter().map(|one| signatures::line(t, one)).collect());
    let go_on = form.bind(|form| {
        let own = form.clone();
        host::scroll_soon(0);
        chunks::when_loaded(form.app, move |deferred| (deferred.make_own)(own));
    });
    notice("received", t.later().received)
        .child(html::ul().class("list").live(lines))
        .child(hint(t.later().received_go_on_say))
        .child(quiet_button("quiet", t.later().received_go_on, go_on).test_id("make-own"))
}

//! Self-check links: opening and making them.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::App;
use crate::app::actions::chunks::Work;
use crate::app::host;
use crate::app::state::Slot;
use crate::app::state::form::Access;
use crate::app::state::notice::Notice;
use crate::app::state::route::Route;
use crate::device::{NoEntropy, OpenLinkError, link_of};
use crate::session::Session;
use crate::share::Texts;

/// Opens a link. Nothing is stored.
pub fn open(app: App, text: String) -> Work {
    Box::pin(async move {
        // Changed here before: reopen that trial.
        if let Some(form) = app.trial_of_link(&text) {
            return app.state.slot.set(Slot::Open(form));
        }
        let opened = app.device.open_link(&text);
        // The route may have changed meanwhile.
        if app.state.route.get_untracked() != Route::Check(text.clone()) {
            return;
        }
        app.state.slot.set(match opened {
            Ok(opened) => {
                let form = app.open_draft(opened.session, opened.draft, Access::Trial);
                app.note_link(&form, text);
                Slot::Open(form)
            }
            Err(OpenLinkError::Link(error)) => Slot::BadLink(Rc::new(error)),
            Err(OpenLinkError::NoEntropy) => return app.tell(Notice::from(NoEntropy)),
        });
    })
}

/// The self-check link of a form: with its answers, or only for units of its kind; `None` if
/// the included texts are too long.
pub fn address(session: &Session, with_answers: bool, texts: Texts) -> Option<String> {
    let link = link_of(session, with_answers, texts)?;
    Some(format!("{}#/check/{link}", host::address()))
}

//! Self-check links: opening one, and the address of one.

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
        // Changed here before: it is as it was left.
        if let Some(form) = app.trial_of_link(&text) {
            return app.state.slot.set(Slot::Open(form));
        }
        let opened = app.device.open_link(&text);
        // The person may have gone elsewhere meanwhile.
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

/// The address that opens a form for a self-check: with its answers, or only for units of its kind; `None` where
/// the texts that are to go along are too long.
pub fn address(session: &Session, with_answers: bool, texts: Texts) -> Option<String> {
    let link = link_of(session, with_answers, texts)?;
    Some(format!("{}#/check/{link}", host::address()))
}

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
use crate::app::state::signals::SetIfChanged;
use crate::form::Assessment;
use crate::session::{Section, Session};
use crate::share::{LinkError, Texts, link, open_link};
use crate::store::{Draft, StoreError};
use crate::value::AssessmentId;

/// Opens a link. Nothing is stored.
pub fn open(app: App, text: String) -> Work {
    Box::pin(async move {
        // Changed here before: it is as it was left.
        if let Some(form) = app.trial_of_link(&text) {
            return app.state.slot.set_if_changed(Slot::Open(form));
        }
        let Some(bits) = host::entropy() else {
            return app.tell(Notice::Storage(StoreError::Failed("crypto".into())));
        };
        let id = AssessmentId::from_bits(bits);
        let opened = open_link(&text, &app.packs(), id, host::now());
        // The person may have gone elsewhere meanwhile.
        if app.state.route.get_untracked() != Route::Check(text.clone()) {
            return;
        }
        let opened = opened.and_then(|linked| {
            let session = Session::open(linked.pack, linked.form.clone());
            let session = session.map_err(|_| LinkError::Impossible)?;
            let mut draft = Draft::new(linked.form);
            draft.section = session.section_name(Section::Review);
            Ok(app.open_draft(session, draft, Access::Trial))
        });
        app.state.slot.set_if_changed(match opened {
            Ok(form) => {
                app.note_link(&form, text);
                Slot::Open(form)
            }
            Err(error) => Slot::BadLink(Rc::new(error)),
        });
    })
}

/// The address that opens a form for a self-check: with its answers, or only for units of its kind; `None` where
/// the texts that are to go along are too long.
pub fn address(session: &Session, with_answers: bool, texts: Texts) -> Option<String> {
    let (pack, own) = (session.pack(), session.form());
    let link = if with_answers {
        link(pack, own, texts)
    } else {
        let mut blank = Assessment::blank(pack, own.id.clone(), own.period, own.created)?;
        blank.unit.level = own.unit.level.clone();
        blank.unit.unit_type = own.unit.unit_type.clone();
        link(pack, &blank, Texts::Left)
    };
    Some(format!("{}#/check/{}", host::address(), link?))
}

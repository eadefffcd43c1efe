//! A form that came by a link: opened for trying, kept only where the person asks for it.

use std::rc::Rc;

use crate::app::actions::chunks::Work;
use crate::app::actions::open_file::Received;
use crate::app::actions::trial;
use crate::app::host;
use crate::app::pages::trial_annotations;
use crate::app::state::form::{Access, Form, OpenForm};
use crate::app::state::route::Route;
use crate::app::state::{App, Notice, Slot};
use crate::form::Assessment;
use crate::session::{Section, Session};
use crate::share::{LinkError, Texts, link, open_link};
use crate::store::{Draft, StoreError};
use crate::value::AssessmentId;

/// Opens a link. Nothing is stored.
pub fn open(app: App, text: String) -> Work {
    Box::pin(async move {
        // Changed here before: it is as it was left.
        if let Some(form) = trial::of_link(&text) {
            return app.slot.set(Slot::Open(form));
        }
        let Some(bits) = host::entropy() else {
            return app.tell(Notice::Storage(StoreError::Failed("crypto".into())));
        };
        let id = AssessmentId::from_bits(bits);
        let opened = open_link(&text, app.packs(), id, host::now());
        // The person may have gone elsewhere meanwhile.
        if app.route.peek() != Route::Check(text.clone()) {
            return;
        }
        let opened = opened.and_then(|linked| {
            let session = Session::open(linked.pack, linked.form.clone());
            let session = session.map_err(|_| LinkError::Impossible)?;
            let mut draft = Draft::new(linked.form);
            draft.section = session.section_name(Section::Review);
            Ok(OpenForm::open(app, session, draft, Access::Trial))
        });
        app.slot.set(match opened {
            Ok(form) => {
                trial::note_link(form, text);
                form.show_annotations(trial_annotations(form));
                Slot::Open(form)
            }
            Err(error) => Slot::BadLink(Rc::new(error)),
        });
    })
}

/// Keeps a form that came by a link, as it is now, as an own one.
pub fn keep(form: Form) -> Work {
    Box::pin(async move {
        let draft = form.look(Draft::of);
        trial::kept(form);
        form.app.keep_and_open(draft).await;
        form.app.tell(Notice::Received(Received::LinkKept));
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
    Some([&host::address(), "#/check/", &link?].concat())
}

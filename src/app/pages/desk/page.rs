//! What the sections of the desk share.

use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::app::actions::App;
use crate::app::actions::desk::{self, Desk as Actions};
use crate::app::state::route::Route;
use crate::app::text::{Deciding, Desk, Text, deciding, desk as sentences};
use crate::value::Lang;

/// What the parts of the page share.
#[derive(Clone)]
pub(super) struct Page {
    pub(super) app: App,
    pub(super) t: &'static Text,
    pub(super) d: &'static Desk,
    /// What is said of appraisals.
    pub(super) a: &'static Deciding,
    pub(super) lang: Lang,
    pub(super) desk: Rc<Actions>,
}

impl Page {
    /// The page in a language.
    pub(super) fn of(app: App, t: &'static Text, lang: Lang) -> Page {
        let (d, a) = (sentences(lang), deciding(lang));
        Page { app, t, d, a, lang, desk: desk::desk(app) }
    }
}

/// Runs once a person goes to another page or section. A change of language, which draws a section anew, leaves none.
pub(super) fn when_left(page: &Page, path: &'static str, run: fn(&Actions)) {
    let own = SendWrapper::new((page.app, page.desk.clone()));
    on_cleanup(move || {
        let (app, desk) = &*own;
        if app.state.route.get_untracked() != Route::Desk(path.to_owned()) {
            run(desk);
        }
    });
}

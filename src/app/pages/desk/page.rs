//! What the parts of the page share.

use std::rc::Rc;

use crate::app::actions::App;
use crate::app::actions::desk::{self, Desk as Actions};
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

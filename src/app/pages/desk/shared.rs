//! What the parts of the page of the desk share.

use std::rc::Rc;

use crate::app::actions::App;
use crate::app::actions::desk::Desk as Actions;
use crate::app::text::{Desk, Text};
use crate::value::Lang;

/// What the parts of the page share.
#[derive(Clone)]
pub(super) struct Page {
    pub(super) app: App,
    pub(super) t: &'static Text,
    pub(super) d: &'static Desk,
    pub(super) lang: Lang,
    pub(super) desk: Rc<Actions>,
}

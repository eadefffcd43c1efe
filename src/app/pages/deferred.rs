//! The views in the deferred chunk, which the first calls by pointer once it is here.

use std::sync::OnceLock;

use crate::app::actions::{App, Form};
use crate::app::pages::form::annotation::Slot;
use crate::app::parts::element::El;
use crate::app::state::notice::Notice;
use crate::app::text::Text;
use crate::session::Section;
use crate::share::LinkError;
use crate::value::Lang;

/// The views in the deferred chunk.
pub struct Views {
    /// A section of the form behind the criteria.
    pub section: fn(&Form, &'static Text, Lang, Section) -> Vec<El>,
    /// What stands beside the form: what the superior said, or what is being tried.
    pub annotation: fn(&Form, Slot, &'static Text, Lang) -> Option<El>,
    /// The page of keys.
    pub keys: fn(App, &'static Text) -> Vec<El>,
    /// What the first page says of kept data: backup, deleted forms, storage.
    pub kept: fn(App, &'static Text) -> Vec<El>,
    /// Why a link was not opened.
    pub refused: fn(&'static Text, &LinkError) -> El,
    /// The words of a notice about files.
    pub notice: fn(&Text, &Notice) -> String,
    /// English.
    pub english: fn() -> &'static Text,
}

static VIEWS: OnceLock<Views> = OnceLock::new();

/// The views of the deferred chunk, once it is here.
pub fn get() -> Option<&'static Views> {
    VIEWS.get()
}

/// The deferred chunk is here.
pub fn set(views: Views) {
    VIEWS.get_or_init(|| views);
}

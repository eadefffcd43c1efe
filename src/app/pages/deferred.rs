//! The views in the deferred chunk, which the first chunk calls by pointer.

use std::sync::OnceLock;

use crate::app::actions::{App, Form};
use crate::app::pages::form::annotation::Slot;
use crate::app::pages::form::shortcut::Shortcut;
use crate::app::parts::El;
use crate::app::state::Asked;
use crate::app::state::notice::Notice;
use crate::app::text::Text;
use crate::session::{Missing, Section};
use crate::share::LinkError;
use crate::value::{Digest, Lang};

/// The views in the deferred chunk.
pub struct Views {
    /// A section after the criteria.
    pub section: fn(&Form, &'static Text, Lang, Section) -> Vec<El>,
    /// The annotations of a form: appraisals, or the changes of a trial.
    pub annotation: fn(&Form, Slot, &'static Text, Lang) -> Option<El>,
    /// The next item that the superior returned.
    pub next_returned: fn(&Form) -> Option<Missing>,
    /// The shorter ways to answer at a place.
    pub shortcuts: fn(&Form, &'static Text, Lang, Shortcut) -> Vec<El>,
    /// What is said above a form that was received.
    pub received: fn(&Form, &'static Text) -> El,
    /// A newer version of the pack of a form, and what is set aside from earlier ones.
    pub version: fn(&Form, &'static Text, Lang) -> Option<El>,
    /// The page of keys.
    pub keys: fn(App, &'static Text) -> Vec<El>,
    /// The storage part of the first page: backup, deleted forms, storage.
    pub kept: fn(App, &'static Text) -> Vec<El>,
    /// The error of a link.
    pub refused: fn(&'static Text, &LinkError) -> El,
    /// A page that has a chunk of its own.
    pub asked: fn(App, &'static Text, Lang, Asked) -> Vec<El>,
    /// The text of a notice about files.
    pub notice: fn(&Text, &Notice) -> String,
    /// What only specialists read of a notice.
    pub notice_details: fn(&Text, &Notice) -> Option<El>,
    /// Keeps and tells the limits of text fields from then on.
    pub keep_limits: fn(App),
    /// The question about a file that was read.
    pub asking: fn(App, &'static Text, Lang) -> Option<El>,
    /// Where a known criteria pack is from, and whether who publishes it is trusted here.
    pub pack_origin: fn(App, &'static Text, &Digest) -> Option<El>,
    /// English.
    pub english: fn() -> &'static Text,
}

static VIEWS: OnceLock<Views> = OnceLock::new();

/// The deferred views, once they are loaded.
pub fn get() -> Option<&'static Views> {
    VIEWS.get()
}

/// Sets the deferred views.
pub fn set(views: Views) {
    VIEWS.get_or_init(|| views);
}

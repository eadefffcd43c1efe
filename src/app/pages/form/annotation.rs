//! The annotations of a form: appraisals, or the changes of a trial.

use crate::app::actions::Form;
use crate::app::pages::deferred;
use crate::app::parts::El;
use crate::app::text::Text;
use crate::value::Lang;
use leptos::prelude::*;

/// An annotation slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Above the form.
    Above,
    /// At an item, by its index in the pack.
    Item(usize),
    /// In the review.
    Review,
    /// Above the form: that it was handed in.
    HandedIn,
}

/// The annotation of a slot, once the chunk is loaded.
pub fn at(form: &Form, slot: Slot, t: &'static Text, lang: Lang) -> Option<El> {
    if !is_there(form) {
        return None;
    }
    deferred::get().and_then(|views| (views.annotation)(form, slot, t, lang))
}

/// That the form was handed in, once the chunk is loaded.
pub fn handed_in(form: &Form, t: &'static Text, lang: Lang) -> Option<El> {
    form.app.state.chunk.track();
    form.handed_in().filter(|_| !form.is_trial())?;
    deferred::get().and_then(|views| (views.annotation)(form, Slot::HandedIn, t, lang))
}

/// Are there annotations?
pub fn is_there(form: &Form) -> bool {
    form.is_trial() || form.appraisals.borrow().is_some()
}

//! A number field of the form: keeps and marks input that is not a number.

use crate::app::actions::Form;
use crate::app::parts::{self, El};
use crate::app::text::Text;
use crate::app::wording::entry_error;
use crate::session::EntryField;

/// The field for a number of the form.
pub fn number(form: &Form, t: &'static Text, place: EntryField, id: &str, label: &str) -> El {
    let value = form.look(|session| session.entry(&place));
    let own = place.clone();
    let fault = form.bind(move |form| {
        let fault = form.watch_place(&own, |session| session.entry_error(&own));
        fault.map(|fault| entry_error(t, fault))
    });
    let write = form.bind_with(move |form, text: String| {
        form.edit(|session| session.enter(place.clone(), &text));
    });
    parts::number(id, label, value, fault, write)
}

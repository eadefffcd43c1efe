//! A number field of the form: keeps what was typed even where it is no number, and says so.

use crate::app::actions::Form;
use crate::app::parts;
use crate::app::parts::element::El;
use crate::app::text::Text;
use crate::app::wording::entry_error;
use crate::session::NumberField;

/// The field for a number of the form.
pub fn number(form: &Form, t: &'static Text, place: NumberField, id: &str, label: &str) -> El {
    let value = form.look(|session| session.entry(&place));
    let fault = {
        let (form, place) = (form.clone(), place.clone());
        move || {
            let fault = form.watch_place(&place, |session| session.entry_error(&place));
            fault.map(|fault| entry_error(t, fault))
        }
    };
    let form = form.clone();
    let write = move |text: String| form.edit(|session| session.enter(place.clone(), &text));
    parts::number(id, label, value, fault, write)
}

//! A number field of the form: keeps what was typed even where it is no number, and says so.

use crate::app::actions::Form;
use crate::app::parts;
use crate::app::parts::element::El;
use crate::app::text::Text;
use crate::app::wording::entry_fault;
use crate::session::Place;

/// The field for a number of the form.
pub fn number(form: &Form, t: &'static Text, place: Place, id: &str, label: &str) -> El {
    let value = form.look(|session| session.entry(&place));
    let own = place.clone();
    let fault = form.bind(move |form| {
        let fault = form.watch_place(&own, |session| session.entry_fault(&own));
        fault.map(|fault| entry_fault(t, fault))
    });
    let write = form.bind_with(move |form, text: String| {
        form.edit(|session| session.enter(place.clone(), &text));
    });
    parts::number(id, label, value, fault, write)
}

//! Fields for numbers and days of the form: they keep and mark input that is no value.

use crate::app::actions::Form;
use crate::app::host;
use crate::app::pages::day;
use crate::app::parts::{self, El};
use crate::app::text::Text;
use crate::app::wording::{entry_error, entry_warning};
use crate::session::EntryField;

/// The field for a number of the form.
pub fn number(form: &Form, t: &'static Text, place: EntryField, id: &str, label: &str) -> El {
    let value = form.look(|session| session.entry(&place));
    parts::number(id, label, value, fault(form, t, &place), write(form, place))
}

/// The field for a day of the form.
pub fn day(form: &Form, t: &'static Text, place: EntryField, id: &str, label: &str) -> El {
    let value = form.look(|session| session.entry(&place));
    let own = place.clone();
    let warning = form.bind(move |form| {
        let warning = form.watch_place(&own, |session| session.entry_warning(&own, host::today()));
        warning.map(|warning| entry_warning(t, warning).to_owned())
    });
    day::day(t, id, label, value, fault(form, t, &place), warning, write(form, place))
}

fn fault(
    form: &Form,
    t: &'static Text,
    place: &EntryField,
) -> impl Fn() -> Option<String> + Clone + use<> {
    let own = place.clone();
    form.bind(move |form| {
        let fault = form.watch_place(&own, |session| session.entry_error(&own));
        fault.map(|fault| entry_error(t, fault))
    })
}

fn write(form: &Form, place: EntryField) -> impl Fn(String) + use<> {
    form.bind_with(move |form, text: String| {
        form.edit(|session| session.enter(place.clone(), &text));
    })
}

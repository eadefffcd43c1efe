//! The unit's monthly meeting sheets beside its form of a longer period: which months have one, and the numbers that follow
//! from them, each with its origin, to be taken by a tap. In the deferred chunk.

mod calendar;
mod figures;
mod sheets;

use leptos::prelude::GetUntracked;

use crate::app::actions::Form;
use crate::app::parts::{El, html};
use crate::app::state::form::Access;
use crate::app::text::Text;
use crate::session::{EntryField, Proposal, Proposals};
use crate::value::Lang;

use sheets::sheets;

/// The rules of the form's pack; none in a form that is only looked at, which is of another unit.
fn rules(form: &Form) -> Vec<Proposal> {
    if form.is_received() || form.access.get_untracked() == Access::Trial {
        return Vec::new();
    }
    form.look(|session| Proposals::of_meetings(&session.pack().id))
}

/// The panel below the facts: the calendar of the period, and all numbers.
pub fn panel(form: &Form, t: &'static Text, lang: Lang) -> Option<El> {
    let rules = rules(form);
    if rules.is_empty() {
        return None;
    }
    let sheets = sheets(form);
    Some(
        html::div()
            .class("meetings")
            .test_id("meetings")
            .child(calendar::calendar(&sheets, t))
            .child(figures::all(&sheets, t, lang, &rules)),
    )
}

/// The numbers for the fields of an item, a line each.
pub fn at_item(
    form: &Form,
    t: &'static Text,
    lang: Lang,
    is_here: impl Fn(&EntryField) -> bool,
) -> Vec<El> {
    let rules = rules(form).into_iter().filter(|own| is_here(&own.at));
    rules.map(|own| figures::at_field(&sheets(form), t, lang, own.at)).collect()
}

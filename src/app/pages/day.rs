//! A field for a day, typed as people here write it; the browser's own calendar is behind a button.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::host;
use crate::app::parts::{self, El};
use crate::app::text::Text;
use crate::app::wording::date_fault;
use crate::value::{Date, is_blank};

/// The field: `fault` is why the current text is no day, `warning` what is odd about the day.
pub fn day(
    t: &'static Text,
    id: &str,
    label: &str,
    value: String,
    fault: impl Fn() -> Option<String> + Clone + 'static,
    warning: impl Fn() -> Option<String> + Clone + 'static,
    write: impl Fn(String) + 'static,
) -> El {
    let write = Rc::new(write);
    let (own, picked) = (id.to_owned(), write.clone());
    let calendar = parts::Calendar {
        words: t.day_pick,
        written: t.day_written,
        open: Box::new(host::open_calendar),
        pick: Box::new(move |text| {
            // The calendar says what HTML calls a date string, or nothing.
            let text = Date::parse(&text).map(Date::shown).unwrap_or_default();
            host::set_input(&own, &text);
            picked(text);
        }),
    };
    parts::day(id, label, value, fault, warning, calendar, move |text| write(text))
}

/// The field of a day outside the form's answers; a text that is no day stays in the box and counts as none.
pub fn of(
    t: &'static Text,
    id: &str,
    label: &str,
    value: Option<Date>,
    set: impl Fn(Option<Date>) + 'static,
) -> El {
    let wrong = ArcRwSignal::new(None);
    let fault = wrong.clone();
    let value = value.map(Date::shown).unwrap_or_default();
    let write = move |text: String| {
        let read = (!is_blank(&text)).then(|| Date::read(&text)).transpose();
        wrong.set(read.err());
        set(read.ok().flatten());
    };
    day(t, id, label, value, move || Some(date_fault(t, fault.get()?).to_owned()), || None, write)
}

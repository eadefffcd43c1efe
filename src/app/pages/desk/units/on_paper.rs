//! What is noted of a unit: why its files do not count, and when it handed in paper.

use std::rc::Rc;

use leptos::prelude::*;

use super::standings::refusal;
use super::{Own, actions};
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::pages::day;
use crate::app::parts::{self, El, html, quiet_button};
use crate::app::state::units::{Found, Stand};
use crate::app::text::fill;
use crate::app::wording;
use crate::desk::register::UnitLine;
use crate::value::{Date, shown};

/// The id of the title of the part where a person says when a unit handed in paper.
const TITLE: &str = "desk-unit-paper";

/// When a unit handed in paper.
pub fn words(own: &Own, found: &Found, line: &UnitLine) -> Option<String> {
    let day = found.paper(&line.unit)?;
    Some(fill(own.u.paper_received, &[&wording::day(day)]))
}

/// What is noted of a unit, with a button to say when it handed in paper.
pub fn notes(own: &Own, found: &Found, line: &UnitLine) -> Vec<El> {
    let says = refusal(own, line).into_iter().chain(words(own, found, line));
    let mut all: Vec<El> = says.map(|words| html::p().text(&words)).collect();
    // Of a unit that filed in time nobody asks.
    if Stand::of(line) != Stand::Filed || found.paper(&line.unit).is_some() {
        let unit = Rc::new(line.unit.clone());
        let name = html::span().class("visually-hidden").text(&format!(" {}", shown(&unit.name)));
        let open = bind(own, move |own| {
            own.state().paper_of.set(Some(unit.clone()));
            host::focus_soon(TITLE);
        });
        let open = quiet_button("plain", own.u.paper_say, open);
        all.push(open.test_id("desk-unit-paper-open").child(name));
    }
    all
}

/// Where a person says when a unit handed in paper; nothing until one is chosen.
pub fn view(own: &Own) -> Vec<El> {
    let Some(unit) = own.state().paper_of.get() else { return Vec::new() };
    let found = own.state().found.get_untracked();
    let now = found.and_then(|found| found.paper(&unit));
    let title = fill(own.u.paper_of, &[&shown(&unit.name)]);
    let set = bind_with(own, move |own: &Own, day: Option<Date>| {
        spawn_local(actions::hand_in(own.page.desk.clone(), unit.clone(), day));
    });
    let done = bind(own, |own| {
        own.state().paper_of.set(None);
        host::focus_soon("desk-units-table");
    });
    vec![
        html::div()
            .class("units__preview")
            .child(html::h3().id(TITLE).attr("tabindex", "-1").as_is().text(&title))
            .child(day::of(own.page.t, "desk-unit-paper-day", own.u.paper_received_on, now, set))
            .child(parts::hint(own.u.paper_hint))
            .child(html::p().class("row").child(
                quiet_button("quiet", own.u.paper_done, done).test_id("desk-unit-paper-done"),
            )),
    ]
}

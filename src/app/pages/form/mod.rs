//! The page of a form: sections on the left, one open at a time, the verdict always visible.

mod about;
mod adjustments;
pub mod annotation;
mod answers;
mod appraisal;
pub(super) mod attached;
mod check;
mod entry;
mod gates;
mod handed_in;
mod history;
mod items;
mod meetings;
pub(super) mod paper;
mod plan;
mod practices;
mod received;
mod review;
mod seal;
mod sealed;
mod share;
pub mod shortcut;
mod shortcuts;
mod side;
mod signatures;
mod unit;
mod upgrade;
mod vote;

pub use appraisal::next_returned;
pub use check::refused;
pub use received::received;
pub use shortcuts::shortcuts;
pub use upgrade::version;
// What the desk shares, which is compiled with the feature only.
#[cfg(feature = "split")]
pub(super) use self::{
    items::alone as item_alone,
    paper::item_lines,
    seal::{is_open, key_choice},
    vote::needed as vote_needed,
};

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::app::host::{self, spawn_local};
use crate::app::state::Chunk;
use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::app::actions::{App, Form, chunks};
use crate::app::pages::deferred;
use crate::app::parts::element::El;
use crate::app::parts::{button, html, notice, quiet_button};
use crate::app::state::form::{Access, SaveState};
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::json::to_canonical;
use crate::session::Section;
use crate::value::Lang;

/// The page of an open form.
pub fn page(form: &Form, t: &'static Text, lang: Lang) -> El {
    follow_scrolling(form);
    let own = form.clone();
    chunks::when_loaded(form.app, move |deferred| (deferred.read_appraisals)(own));
    let section = form.bind(move |form| {
        let section = form.section.get();
        form.drawn.track();
        let waits = !matches!(section, Section::Unit | Section::Criterion(_))
            && form.app.state.chunk.get() != Chunk::Ready;
        // A section is drawn once; its parts update themselves.
        untrack(|| draw(form, t, lang, section, waits))
    });
    // Disabled while another tab writes: the form can only be read. Of a form that was received nothing in the review
    // changes it.
    let is_read_only = form.bind(|form| {
        let is_free = form.section.get() == Section::Review && form.is_received();
        (form.access.get() == Access::Reader && !is_free).then(String::new)
    });
    let sheet = html::fieldset().attr_live("disabled", is_read_only);
    // Created before the sections, so that it updates first.
    let verdict = side::verdict(form, t, lang);
    let trial = if form.is_trial() { "page page--form page--trial" } else { "page page--form" };
    let columns = html::div()
        .class(trial)
        .child(side::sections(form, t, lang))
        .child(html::main().id("main").child(sheet.live(section)))
        .child(verdict);
    let annotation = form.bind(move |form| {
        form.drawn.track();
        let is_there = annotation::is_there(form);
        is_there.then(|| form.watch(|_| annotation::at(form, annotation::Slot::Above, t, lang)))?
    });
    html::div()
        .child(save_trouble(form, t))
        .child(
            html::div().attr("role", "status").live_one(form.bind(move |form| read_only(form, t))),
        )
        .child(html::div().attr("role", "status").live_one(annotation))
        .child(
            html::div()
                .attr("role", "status")
                .live_one(form.bind(move |form| annotation::handed_in(form, t, lang))),
        )
        .child(html::div().live_one(form.bind(move |form| {
            // A newer version of the pack is known with the deferred chunk.
            form.app.state.chunk.track();
            deferred::get().and_then(|views| (views.version)(form, t, lang))
        })))
        .child(columns)
}

/// Says that the form was received, or that another tab writes.
fn read_only(form: &Form, t: &'static Text) -> Option<El> {
    if form.is_received() {
        form.app.state.chunk.track();
        return deferred::get().map(|views| (views.received)(form, t));
    }
    let take = form.bind(|form| {
        let own = form.clone();
        chunks::when_loaded(form.app, move |deferred| (deferred.take_over)(own));
    });
    (form.access.get() == Access::Reader).then(|| {
        notice("read-only", t.read_only).child(button(t.take_turn, take).test_id("take-turn"))
    })
}

fn draw(form: &Form, t: &'static Text, lang: Lang, section: Section, waits: bool) -> Vec<El> {
    let title = if section == Section::Review && form.access.get_untracked() == Access::Trial {
        t.result.to_owned() // a trial cannot be signed
    } else {
        form.look(|session| wording::section(t, lang, session, section))
    };
    let unit =
        form.bind(move |form| form.watch_unit(|session| wording::unit_and_period(t, session)));
    let mut parts = vec![html::p().class("form__unit quiet small").text_live(unit)];
    parts.push(html::h1().id("section-title").attr("tabindex", "-1").text(&title));
    parts.extend(match section {
        Section::Unit => unit::unit(form, t, lang),
        Section::Criterion(place) => items::criterion(form, t, lang, place),
        _ if waits => {
            let app = form.app;
            vec![html::div().live(move || waiting(app, t))]
        }
        later => {
            deferred::get().map(|views| (views.section)(form, t, lang, later)).unwrap_or_default()
        }
    });
    parts.extend(next_section(form, t, lang, section));
    parts
}

/// A section after the criteria, from the deferred chunk.
pub fn deferred_section(form: &Form, t: &'static Text, lang: Lang, section: Section) -> Vec<El> {
    match section {
        Section::Gates => gates::gates(form, t, lang),
        Section::Adjustments => adjustments::adjustments(form, t, lang),
        Section::Vote => vote::vote(form, t, lang),
        Section::Practices => practices::practices(form, t),
        Section::Review => review::review(form, t, lang),
        Section::Unit | Section::Criterion(_) => Vec::new(),
    }
}

/// One section without what stands around it, for the form kit.
#[cfg(feature = "split")]
pub(super) fn section_alone(
    form: &Form,
    t: &'static Text,
    lang: Lang,
    section: Section,
) -> Vec<El> {
    match section {
        Section::Unit => unit::unit(form, t, lang),
        Section::Criterion(place) => items::criterion(form, t, lang, place),
        later => deferred_section(form, t, lang, later),
    }
}

/// The annotation of a slot, drawn by the deferred chunk.
pub fn deferred_annotation(
    form: &Form,
    slot: annotation::Slot,
    t: &'static Text,
    lang: Lang,
) -> Option<El> {
    if slot == annotation::Slot::HandedIn {
        return handed_in::state(form, t, "handed-in-above");
    }
    if form.is_trial() {
        return check::at(form, slot, t, lang);
    }
    let all = form.appraisals.borrow().clone();
    all.and_then(|all| appraisal::at(form, &all, slot, t, lang))
}

/// The loading placeholder.
pub fn waiting(app: App, t: &'static Text) -> Vec<El> {
    if app.state.chunk.get() == Chunk::Loading {
        return vec![html::p().attr("role", "status").text(t.rest_loading)];
    }
    let again = move || spawn_local(chunks::load(app));
    vec![
        html::p().attr("role", "alert").text(t.rest_failed),
        html::p().class("row").child(button(t.rest_again, again)),
    ]
}

/// A failed save: what happened, what to do, where the work is.
fn save_trouble(form: &Form, t: &'static Text) -> El {
    let trouble = form.bind(move |form| match form.save.get() {
        SaveState::Failed { error, .. } => {
            let why =
                html::p().text(&wording::store_error(t, &error)).text(" ").text(t.store_again);
            let save = quiet_button("quiet", t.save_file_now, form.bind(save_to_file));
            Some(
                html::div()
                    .class("notice notice--bad")
                    .test_id("storage-warning")
                    .child(why)
                    .child(save.test_id("save-file")),
            )
        }
        _ => None,
    });
    html::div().attr("role", "alert").live_one(trouble)
}

fn save_to_file(form: &Form) {
    let (id, text) = form.look(|session| {
        let own = session.form();
        (own.id.clone(), to_canonical(own))
    });
    form.app.save_file(&format!("bontot_{}.json", id.as_str()), &text);
}

/// The button to the next section, after the last item of a section.
fn next_section(form: &Form, t: &'static Text, lang: Lang, section: Section) -> Option<El> {
    let (next, name) = form.look(|session| {
        let sections = session.sections();
        let place = sections.iter().position(|own| *own == section)?;
        let next = *sections.get(place + 1)?;
        Some((next, wording::section(t, lang, session, next)))
    })?;
    let words = fill(t.section_next, &[&name]);
    let button =
        quiet_button("quiet", &words, form.bind(move |form| form.go(next))).test_id("next-section");
    Some(html::p().class("row").child(button))
}

/// Saves the scroll position regularly while this form is shown.
fn follow_scrolling(form: &Form) {
    let is_waiting = Rc::new(Cell::new(false));
    let timer = RefCell::new(None);
    let form = form.clone();
    let listener = SendWrapper::new(host::on("scroll", true, move || {
        if is_waiting.replace(true) {
            return;
        }
        let (is_waiting, form) = (is_waiting.clone(), form.clone());
        let note = move || {
            is_waiting.set(false);
            form.scrolled();
        };
        timer.replace(Some(host::timer(400, note)));
    }));
    // Drops the timer as well.
    on_cleanup(move || drop(listener));
}

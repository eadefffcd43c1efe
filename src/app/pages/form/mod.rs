//! The page of a form: parts on the left, one section at a time, the verdict always in view.

mod adjustments;
mod appraisal;
mod check;
mod gates;
mod history;
mod items;
mod paper;
mod plan;
mod practices;
mod review;
mod seal;
mod share;
mod side;
mod signatures;
mod unit;
mod vote;

pub use check::{refused, trial_beside};

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::{on_cleanup, untrack};
use send_wrapper::SendWrapper;
use wasm_bindgen_futures::spawn_local;

use crate::app::autosave::SaveState;
use crate::app::element::{El, el};
use crate::app::form_state::{Form, Spot, Whose};
use crate::app::parts::{button, quiet_button};
use crate::app::rest::{self, Rest};
use crate::app::state::App;
use crate::app::tabs;
use crate::app::text::{Text, fill};
use crate::app::{browser, words};
use crate::json::to_canonical;
use crate::session::Section;
use crate::value::Lang;

/// The page of an open form.
pub fn page(form: Form, t: &'static Text, lang: Lang) -> El {
    follow_scrolling(form);
    rest::then(form.app, move || appraisal::load(form));
    let section = move || {
        let section = form.section.get();
        form.drawn.watch();
        let waits = !matches!(section, Section::Unit | Section::Criterion(_))
            && form.app.rest.get() != Rest::Ready;
        // A section is drawn once; what changes in it watches for itself.
        untrack(move || draw(form, t, lang, section, waits))
    };
    // Disabled as a whole where another tab writes: it can be read, and nothing in it changed.
    let sheet = el("fieldset").attr_live("disabled", move || {
        (form.whose.get() == Whose::Others).then(String::new)
    });
    let columns = el("div")
        .class("page page--form")
        .child(side::sections(form, t, lang))
        .child(el("main").id("main").child(sheet.live(section)))
        .child(side::verdict(form, t, lang));
    el("div")
        .child(save_trouble(form, t))
        .child(
            el("div")
                .attr("role", "status")
                .live_one(move || read_only(form, t)),
        )
        .child(el("div").attr("role", "status").live_one(move || {
            form.drawn.watch();
            form.watch(|_| form.beside(Spot::Above, t, lang))
        }))
        .child(columns)
}

/// Another tab writes this form.
fn read_only(form: Form, t: &'static Text) -> Option<El> {
    let app = form.app;
    let take = move || rest::then(app, move || tabs::take_turn(app, form));
    (form.whose.get() == Whose::Others).then(|| {
        el("div")
            .class("notice")
            .test_id("read-only")
            .child(el("p").text(t.read_only))
            .child(button(t.take_turn, take).test_id("take-turn"))
    })
}

fn draw(form: Form, t: &'static Text, lang: Lang, section: Section, waits: bool) -> Vec<El> {
    let title = if section == Section::Review && form.whose.peek() == Whose::Guest {
        t.result.to_owned() // what is tried is not signed
    } else {
        form.look(|session| words::section(t, lang, session, section))
    };
    let mut parts = vec![
        el("h1")
            .id("section-title")
            .attr("tabindex", "-1")
            .text(&title),
    ];
    parts.extend(match section {
        Section::Unit => unit::unit(form, t, lang),
        Section::Criterion(place) => items::criterion(form, t, lang, place),
        _ if waits => vec![el("div").live(move || waiting(form.app, t))],
        later => draw_later(form, t, lang, later),
    });
    parts.extend(next_section(form, t, lang, section));
    parts
}

/// The sections behind the criteria come with the rest of the program.
#[inline(never)] // of the part of the program that loads later
fn draw_later(form: Form, t: &'static Text, lang: Lang, section: Section) -> Vec<El> {
    match section {
        Section::Gates => gates::gates(form, t, lang),
        Section::Adjustments => adjustments::adjustments(form, t, lang),
        Section::Vote => vote::vote(form, t),
        Section::Practices => practices::practices(form, t),
        Section::Review => review::review(form, t, lang),
        Section::Unit | Section::Criterion(_) => Vec::new(),
    }
}

/// What stands there until they have come.
pub fn waiting(app: App, t: &'static Text) -> Vec<El> {
    if app.rest.get() == Rest::Loading {
        return vec![el("p").attr("role", "status").text(t.rest_loading)];
    }
    let again = move || spawn_local(rest::load(app));
    vec![
        el("p").attr("role", "alert").text(t.rest_failed),
        el("p").class("row").child(button(t.rest_again, again)),
    ]
}

/// Trouble is loud: what happened, what to do now, where the work is.
fn save_trouble(form: Form, t: &'static Text) -> El {
    let save_file = move || {
        let (id, text) = form.look(|session| {
            let form = session.form();
            (form.id.as_str().to_owned(), to_canonical(form))
        });
        form.app
            .save_file(&["bontot_", &id, ".json"].concat(), &text);
    };
    let trouble = move || match form.save.get() {
        SaveState::Failed { error, .. } => Some(
            el("div")
                .class("notice notice--bad")
                .test_id("storage-warning")
                .child(
                    el("p")
                        .text(&words::store_error(t, &error))
                        .text(" ")
                        .text(t.store_again),
                )
                .child(quiet_button("quiet", t.save_file_now, save_file).test_id("save-file")),
        ),
        _ => None,
    };
    el("div").attr("role", "alert").live_one(trouble)
}

/// One thing follows another: after the last item of a section stands the way to the next.
fn next_section(form: Form, t: &'static Text, lang: Lang, section: Section) -> Option<El> {
    let (next, name) = form.look(|session| {
        let sections = session.sections();
        let place = sections.iter().position(|own| *own == section)?;
        let next = *sections.get(place + 1)?;
        Some((next, words::section(t, lang, session, next)))
    })?;
    let words = fill(t.section_next, &[&name]);
    let button = quiet_button("quiet", &words, move || form.go(next)).test_id("next-section");
    Some(el("p").class("row").child(button))
}

/// Notes now and then how far the page is scrolled, while this form is shown.
fn follow_scrolling(form: Form) {
    let shown = Rc::new(Cell::new(true));
    let hide = SendWrapper::new(shown.clone());
    on_cleanup(move || hide.set(false));
    let waiting = Rc::new(Cell::new(false));
    browser::on("scroll", true, move || {
        if !shown.get() || waiting.replace(true) {
            return;
        }
        let (shown, waiting) = (shown.clone(), waiting.clone());
        browser::later(400, move || {
            waiting.set(false);
            if shown.get() {
                form.scrolled();
            }
        });
    });
}

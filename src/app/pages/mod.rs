//! The pages. Each arranges parts and calls actions; none holds a rule or touches storage.

pub mod asked;
mod asking;
mod bind;
mod day;
pub mod deferred;
#[cfg(feature = "split")]
mod desk;
mod form;
mod home;
mod kept;
mod keys;
#[cfg(feature = "split")]
mod kit;
mod limit;
mod notice;
mod notices;
mod packs;
mod papers;
mod passphrase;
mod save_state;
mod signer;

use leptos::prelude::*;

use crate::app::actions::{App, Form, chunks};
use crate::app::pages::deferred::Views;
use crate::app::parts::{El, html};
use crate::app::state::route::Route;
use crate::app::state::signals::SetIfChanged;
use crate::app::state::undo::Way;
use crate::app::state::{Asked, Chunk, Offline, Slot};
use crate::app::text::{Text, english, text};
use crate::app::{host, parts, wording};
use crate::value::Lang;

/// The views of the deferred chunk, which alone calls this.
pub fn deferred_views() -> Views {
    Views {
        section: form::deferred_section,
        annotation: form::deferred_annotation,
        next_returned: form::next_returned,
        shortcuts: form::shortcuts,
        received: form::received,
        version: form::version,
        keys: keys::page::page,
        kept: kept::kept,
        refused: form::refused,
        notice: notices::words,
        notice_details: notices::details,
        keep_limits: limit::keep,
        asking: asking::asking,
        pack_origin: packs::origin,
        asked: asked::page,
        english,
    }
}

/// The view of the chunk of the desk, which alone calls this.
#[cfg(feature = "split")]
pub fn desk_view() -> asked::AskedView {
    desk::page
}

/// The view of the chunk of the form kit, which alone calls this.
#[cfg(feature = "split")]
pub fn kit_view() -> asked::AskedView {
    kit::page
}

/// The frame of every page. A change of language redraws it; open forms stay open, since the
/// views hold no answers.
pub fn frame(app: App) -> AnyView {
    let page = move || {
        let lang = app.state.lang.get();
        let t = text(lang);
        host::set_document(t.lang, &format!("{} – {}", t.app, t.home_title));
        let warning = move || {
            let error = app.state.storage_warning.get()?;
            let why = wording::store_error(t, &error);
            let banner = html::p().class("banner").attr("role", "alert").test_id("storage-warning");
            Some(banner.text(&why).text(" ").text(t.memory_only))
        };
        vec![
            header(app, t, lang),
            html::section().class("banner").attr("aria-label", t.secret_title).text(t.secret),
            html::div().live_one(warning),
            html::div().attr("role", "status").live_one(move || new_version(app, t)),
            notice::notice(app, t).attr_live("class", move || {
                // Over a form, which may be scrolled; at the top of other pages.
                app.state.route.get().is_of_form().then(|| "notices".to_owned())
            }),
            html::div().live_one(move || {
                app.state.asking.track();
                // Over a form nothing is asked; the question waits on the other pages.
                let is_form = app.state.route.get().is_of_form();
                let views = deferred::get().filter(|_| !is_form);
                views.and_then(|views| (views.asking)(app, t, lang))
            }),
            html::div().live_one(move || Some(content(app, t, lang))),
        ]
    };
    html::div().live(page).into()
}

/// Offers a waiting newer version of the page.
fn new_version(app: App, t: &'static Text) -> Option<El> {
    let take = move || chunks::when_loaded(app, move |deferred| (deferred.take_version)(app));
    let later = move || app.state.offline.set_if_changed(Offline::NotNow);
    (app.state.offline.get() == Offline::NewVersion).then(|| {
        parts::notice("new-version", t.new_version)
            .child(parts::button(t.new_version_take, take).test_id("take-version"))
            .child(parts::quiet_button("plain", t.new_version_later, later))
    })
}

fn content(app: App, t: &'static Text, lang: Lang) -> El {
    match (app.state.route.get(), app.state.slot.get()) {
        (Route::Home, _) => home::home(app, t, lang),
        (route, Slot::Open(open)) if route.is_of_form() => {
            form::page(&Form::new(app, open), t, lang)
        }
        (Route::Check(_), Slot::BadLink(error)) => {
            deferred::get().map_or_else(html::main, |views| (views.refused)(t, &error))
        }
        (route, Slot::Empty) if route.is_of_form() => {
            let wait = html::p().attr("role", "status").text(t.home_loading);
            html::main().class("page page--narrow").child(wait)
        }
        (Route::Form(_), Slot::Unreadable) => lost(t, t.form_unreadable),
        (Route::Form(_) | Route::Check(_), _) => lost(t, t.form_gone),
        (Route::Example(_), _) => lost(t, t.unknown_route),
        (Route::Pack(_), _) => {
            let wait = html::p().attr("role", "status").text(t.home_loading);
            html::main().class("page page--narrow").child(wait)
        }
        (Route::Keys, _) => html::main().class("page page--narrow").live(move || {
            if app.state.chunk.get() != Chunk::Ready {
                return form::waiting(app, t);
            }
            // An imported key redraws the page.
            app.state.key_came.track();
            untrack(|| deferred::get().map(|views| (views.keys)(app, t)).unwrap_or_default())
        }),
        (Route::Desk(_), _) => asked_page(app, t, lang, Asked::Desk),
        (Route::Kit(_), _) => asked_page(app, t, lang, Asked::Kit),
        (Route::Unknown, _) => lost(t, t.unknown_route),
    }
}

fn asked_page(app: App, t: &'static Text, lang: Lang, asked: Asked) -> El {
    html::main().class("page").live(move || {
        if app.state.chunk.get() != Chunk::Ready {
            return form::waiting(app, t);
        }
        deferred::get().map(|views| (views.asked)(app, t, lang, asked)).unwrap_or_default()
    })
}

fn lost(t: &'static Text, words: &'static str) -> El {
    let back = html::a().class("btn").attr("href", "#/").text(t.back_home);
    html::main()
        .class("page page--narrow")
        .child(html::h1().text(words))
        .child(html::p().class("row").child(back))
}

fn header(app: App, t: &'static Text, lang: Lang) -> El {
    let open = move || match (app.state.route.get(), app.state.slot.get()) {
        (route, Slot::Open(open)) if route.is_of_form() => unit_and_save(&Form::new(app, open), t),
        _ => vec![html::span().class("top__unit")],
    };
    let (other, test_id, code) = match lang {
        Lang::Vi => (Lang::En, "lang-en", "en"),
        Lang::En => (Lang::Vi, "lang-vi", "vi"),
    };
    let speak =
        html::button().attr("type", "button").class("lang").attr("lang", code).test_id(test_id);
    html::header()
        .class("top")
        .child(html::a().class("top__name").attr("href", "#/").text(t.app))
        .child(html::div().class("top__form").live(open))
        .child(speak.text(t.other_lang).on_click(move || app.speak(other)))
}

fn unit_and_save(form: &Form, t: &'static Text) -> Vec<El> {
    let unit =
        form.bind(move |form| form.watch_unit(|session| wording::unit_and_period(t, session)));
    let mut parts = vec![
        html::span().class("top__unit").text_live(unit),
        step(form, Way::Back, "↶", t.undo).test_id("undo"),
        step(form, Way::Forth, "↷", t.redo).test_id("redo"),
    ];
    parts.extend(save_state::save_state(form, t));
    parts
}

/// Undo or redo.
fn step(form: &Form, way: Way, sign: &str, words: &str) -> El {
    html::button()
        .attr("type", "button")
        .class("top__step")
        .attr("title", words)
        .attr("aria-label", words)
        .attr_live("disabled", form.bind(move |form| (!form.can_undo(way)).then(String::new)))
        .on_click(form.bind(move |form| form.undo(way)))
        .text(sign)
}

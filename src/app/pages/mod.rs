//! The pages. Each arranges parts and calls actions; none holds a rule or touches storage.

mod form;
mod home;
mod kept;
mod keys;
mod papers;
pub mod passphrase;

pub use form::{draw_later, load_appraisals, refused, trial_beside};
pub use kept::kept as kept_list;
pub use keys::page as keys_page;

use leptos::prelude::{AnyView, untrack};

use crate::app::autosave::SaveState;
use crate::app::element::{El, el};
use crate::app::form_state::{Form, Whose};
use crate::app::offline::{self, Offline};
use crate::app::rest::{self, Rest};
use crate::app::route::Route;
use crate::app::state::{App, Slot};
use crate::app::text::{Text, fill, text};
use crate::app::undo::Way;
use crate::app::{browser, parts, words};
use crate::value::{Lang, is_blank, plain};

/// The frame of every page. A change of language draws it anew; what is open stays open, since the
/// views hold no answers.
pub fn frame(app: App) -> AnyView {
    let page = move || {
        let lang = app.lang.get();
        let t = text(lang);
        browser::set_document(t.lang, &[t.app, " – ", t.home_title].concat());
        let warning = move || {
            let error = app.storage_warning.get()?;
            let why = words::store_error(t, &error);
            let banner = el("p").class("banner").attr("role", "alert");
            let banner = banner.test_id("storage-warning").text(&why);
            Some(banner.text(" ").text(t.memory_only))
        };
        vec![
            header(app, t, lang),
            el("section")
                .class("banner")
                .attr("aria-label", t.secret_title)
                .text(t.secret),
            el("div").live_one(warning),
            el("div")
                .attr("role", "status")
                .live_one(move || new_version(app, t)),
            parts::notice(app, t).attr_live("class", move || {
                // Over a form, which may be scrolled far down; on top of the other pages.
                matches!(app.route.get(), Route::Form(_) | Route::Check(_))
                    .then(|| "notices".to_owned())
            }),
            el("div").live_one(move || Some(content(app, t, lang))),
        ]
    };
    el("div").live(page).into()
}

/// A newer version of the page waits. It is taken when the person agrees.
fn new_version(app: App, t: &'static Text) -> Option<El> {
    let take = move || rest::then(app, move |doors| (doors.take_version)(app));
    let later = move || app.offline.set(Offline::NotNow);
    (app.offline.get() == Offline::NewVersion).then(|| {
        el("div")
            .class("notice")
            .test_id("new-version")
            .child(el("p").text(t.new_version))
            .child(parts::button(t.new_version_take, take).test_id("take-version"))
            .child(parts::quiet_button("plain", t.new_version_later, later))
    })
}

fn content(app: App, t: &'static Text, lang: Lang) -> El {
    match (app.route.get(), app.slot.get()) {
        (Route::Home, _) => home::home(app, t, lang),
        (Route::Form(_) | Route::Check(_), Slot::Open(form)) => form::page(form, t, lang),
        (Route::Check(_), Slot::BadLink(error)) => {
            rest::doors().map_or_else(|| el("main"), |doors| (doors.refused)(t, &error))
        }
        (Route::Form(_) | Route::Check(_), Slot::Empty) => {
            let wait = el("p").attr("role", "status").text(t.home_loading);
            el("main").class("page page--narrow").child(wait)
        }
        (Route::Form(_), Slot::Unreadable) => lost(t, t.form_unreadable),
        (Route::Form(_) | Route::Check(_), _) => lost(t, t.form_gone),
        (Route::Keys, _) => el("main").class("page page--narrow").live(move || {
            if app.rest.get() == Rest::Ready {
                // A file that brings a key begins the page anew.
                app.key_came.watch();
                untrack(move || {
                    rest::doors()
                        .map(|doors| (doors.keys)(app, t))
                        .unwrap_or_default()
                })
            } else {
                form::waiting(app, t)
            }
        }),
        (Route::Unknown, _) => lost(t, t.unknown_route),
    }
}

fn lost(t: &'static Text, words: &'static str) -> El {
    let back = el("a").class("btn").attr("href", "#/").text(t.back_home);
    el("main")
        .class("page page--narrow")
        .child(el("h1").text(words))
        .child(el("p").class("row").child(back))
}

fn header(app: App, t: &'static Text, lang: Lang) -> El {
    let open = move || match (app.route.get(), app.slot.get()) {
        (Route::Form(_) | Route::Check(_), Slot::Open(form)) => unit_and_save(form, t),
        _ => vec![el("span").class("top__unit")],
    };
    let (other, test_id, code) = match lang {
        Lang::Vi => (Lang::En, "lang-en", "en"),
        Lang::En => (Lang::Vi, "lang-vi", "vi"),
    };
    let speak = el("button")
        .attr("type", "button")
        .class("lang")
        .attr("lang", code)
        .test_id(test_id);
    el("header")
        .class("top")
        .child(el("a").class("top__name").attr("href", "#/").text(t.app))
        .child(el("div").class("top__form").live(open))
        .child(speak.text(t.other_lang).on_click(move || app.speak(other)))
}

fn unit_and_save(form: Form, t: &'static Text) -> Vec<El> {
    let unit = move || {
        form.watch(|session| {
            let own = session.form();
            let name = if is_blank(&own.unit.name) {
                t.unnamed
            } else {
                &own.unit.name
            };
            [&plain(name), " · ", &words::period(t, &own.period)].concat()
        })
    };
    let state = move || match form.save.get() {
        SaveState::Saving { revision } => ("saving", revision, t.saving.to_owned()),
        SaveState::Saved { revision, at } => {
            let time = at.map(|at| browser::local(at).0).unwrap_or_default();
            ("saved", revision, fill(t.saved, &[&time]))
        }
        SaveState::Failed { revision, .. } => ("failed", revision, t.save_failed.to_owned()),
    };
    let save = el("span")
        .class("top__save")
        .hidden_live(move || form.whose.get() == Whose::Guest)
        .attr("role", "status")
        .test_id("save-state")
        .attr("title", t.saved_where)
        .attr_live("data-state", move || Some(state().0.to_owned()))
        .attr_live("data-revision", move || Some(state().1.to_string()))
        .text_live(move || state().2);
    vec![
        el("span").class("top__unit").text_live(unit),
        step(form, Way::Back, "↶", t.undo).test_id("undo"),
        step(form, Way::Forth, "↷", t.redo).test_id("redo"),
        save,
    ]
}

/// Undo or redo.
fn step(form: Form, way: Way, sign: &str, words: &str) -> El {
    el("button")
        .attr("type", "button")
        .class("top__step")
        .attr("title", words)
        .attr("aria-label", words)
        .attr_live("disabled", move || (!form.can_undo(way)).then(String::new))
        .on_click(move || form.undo(way))
        .text(sign)
}

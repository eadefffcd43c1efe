//! The pages. Each arranges parts and calls actions; none holds a rule or touches storage.

mod form;
mod home;

use leptos::prelude::*;

use crate::app::autosave::SaveState;
use crate::app::browser;
use crate::app::form_state::FormState;
use crate::app::parts;
use crate::app::route::Route;
use crate::app::state::{App, Slot};
use crate::app::text::{Text, fill, text};
use crate::app::words;
use crate::value::{Lang, is_blank};

/// The frame of every page. A change of language draws it anew; what is open stays open, since the
/// views hold no answers.
pub fn frame(app: App) -> AnyView {
    let page = move || {
        let lang = app.lang.get();
        let t = text(lang);
        browser::set_document(t.lang, &format!("{} – {}", t.app, t.home_title));
        view! {
            {header(app, t, lang)}
            <p class="banner">{t.secret}</p>
            {move || {
                app.storage_warning
                    .get()
                    .map(|_| view! { <p class="banner" role="alert" data-testid="storage-warning">{t.memory_only}</p> })
            }}
            {parts::notice(app, t)}
            {move || content(app, t, lang)}
        }
        .into_any()
    };
    view! { {page} }.into_any()
}

fn content(app: App, t: &'static Text, lang: Lang) -> AnyView {
    match (app.route.get(), app.slot.get()) {
        (Route::Home, _) => home::home(app, t, lang),
        (Route::Form(_), Slot::Open(form)) => form::page(form, t, lang),
        (Route::Form(_), Slot::Empty) => {
            view! { <main class="page page--narrow"><p role="status">{t.home_loading}</p></main> }
                .into_any()
        }
        (Route::Form(_), Slot::Gone) => lost(t, t.form_gone),
        (Route::Unknown, _) => lost(t, t.unknown_route),
    }
}

fn lost(t: &'static Text, words: &'static str) -> AnyView {
    view! {
        <main class="page page--narrow">
            <h1>{words}</h1>
            <p class="row"><a class="btn" href="#/">{t.back_home}</a></p>
        </main>
    }
    .into_any()
}

fn header(app: App, t: &'static Text, lang: Lang) -> AnyView {
    let open = move || match (app.route.get(), app.slot.get()) {
        (Route::Form(_), Slot::Open(form)) => Some(form),
        _ => None,
    };
    let (other, other_id, other_lang) = match lang {
        Lang::Vi => (Lang::En, "lang-en", "en"),
        Lang::En => (Lang::Vi, "lang-vi", "vi"),
    };
    view! {
        <header class="top">
            <a class="top__name" href="#/">{t.app}</a>
            {move || open().map(|form| unit_and_save(form, t))}
            {move || open().is_none().then(|| view! { <span class="top__unit"></span> })}
            <button class="lang" lang=other_lang data-testid=other_id on:click=move |_| app.speak(other)>
                {t.other_lang}
            </button>
        </header>
    }
    .into_any()
}

fn unit_and_save(form: FormState, t: &'static Text) -> AnyView {
    let unit = move || {
        form.watch(|session| {
            let own = session.form();
            let name = if is_blank(&own.unit.name) {
                t.unnamed
            } else {
                &own.unit.name
            };
            format!("{name} · {}", words::period(t, &own.period))
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
    view! {
        <span class="top__unit">{unit}</span>
        <span
            class="top__save"
            role="status"
            data-testid="save-state"
            data-state=move || state().0
            data-revision=move || state().1.to_string()
            title=t.saved_where
        >
            {move || state().2}
        </span>
    }
    .into_any()
}

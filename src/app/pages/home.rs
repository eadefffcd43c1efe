//! The first page: my forms, a new form, opening a file.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::app::browser;
use crate::app::import::import;
use crate::app::state::{App, Row, RowForm, Rows};
use crate::app::text::{Text, fill};
use crate::app::{parts, words};
use crate::value::{Lang, is_blank};

/// The first page.
pub fn home(app: App, t: &'static Text, lang: Lang) -> AnyView {
    let packs = app.packs();
    let options: Vec<_> = packs
        .packs()
        .iter()
        .map(|pack| (pack.id.to_string(), pack.title.text(lang).to_owned()))
        .collect();
    let first = options
        .first()
        .map(|(id, _)| id.clone())
        .unwrap_or_default();
    let chosen = RwSignal::new(first.clone());
    let list = move || match app.rows.get() {
        Rows::Loading => view! { <p role="status">{t.home_loading}</p> }.into_any(),
        Rows::Ready(rows) if rows.is_empty() => {
            view! { <p class="quiet" data-testid="form-list">{t.home_empty}</p> }.into_any()
        }
        Rows::Ready(rows) => {
            let rows = rows
                .into_iter()
                .map(|one| row(app, t, lang, one))
                .collect::<Vec<_>>();
            view! {
                <ul class="list" data-testid="form-list">{rows}</ul>
                <p class="quiet small">{t.home_local}</p>
            }
            .into_any()
        }
    };
    view! {
        <main class="page page--narrow">
            <h1>{t.home_title}</h1>
            <p>{t.home_say}</p>
            <section class="sheet" aria-labelledby="new-title">
                <h2 id="new-title">{t.home_new}</h2>
                {parts::choice("pack-choice".into(), t.home_pack.into(), options, first, None, move |id| chosen.set(id))}
                <p class="row">
                    <button class="btn" data-testid="new-form" on:click=move |_| app.new_form(chosen.get_untracked())>
                        {t.home_new}
                    </button>
                    {file_button(app, t)}
                </p>
            </section>
            <h2 class="row">{t.home_forms}</h2>
            {list}
        </main>
    }
    .into_any()
}

fn file_button(app: App, t: &'static Text) -> AnyView {
    let open = move |event: web_sys::Event| {
        let input = event
            .target()
            .and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
        let file = input.as_ref().and_then(|input| input.files()?.get(0));
        if let Some(file) = file {
            spawn_local(import(app, file));
        }
        // So that the same file can be chosen again.
        if let Some(input) = input {
            input.set_value("");
        }
    };
    view! {
        <label class="btn btn--quiet fileload">
            {t.home_import}
            <input type="file" accept=".json,application/json" data-testid="import-file" on:change=open />
        </label>
    }
    .into_any()
}

fn row(app: App, t: &'static Text, lang: Lang, row: Row) -> AnyView {
    let asking = RwSignal::new(false);
    let Row { key, form } = row;
    let title = match &form {
        Some(form) if !is_blank(&form.unit) => form.unit.clone(),
        Some(_) => t.unnamed.to_owned(),
        None => t.unreadable.to_owned(),
    };
    let head = match form {
        Some(form) => readable(t, lang, &key, &title, &form),
        None => unreadable(app, t, &key, &title),
    };
    let delete = {
        let (key, title) = (key.clone(), title.clone());
        move |_| app.delete(key.clone(), title.clone())
    };
    let label = format!("{}: {title}", t.delete);
    view! {
        <li data-testid="form-row">
            {head}
            <div class="row" hidden=move || asking.get()>
                <button class="btn btn--plain" data-testid="delete" aria-label=label on:click=move |_| asking.set(true)>
                    {t.delete}
                </button>
            </div>
            <div class="row" role="group" hidden=move || !asking.get()>
                <p>{t.delete_ask}</p>
                <button class="btn btn--bad" data-testid="delete-yes" on:click=delete>{t.delete_yes}</button>
                <button class="btn btn--quiet" on:click=move |_| asking.set(false)>{t.delete_no}</button>
            </div>
        </li>
    }
    .into_any()
}

fn readable(t: &'static Text, lang: Lang, key: &str, title: &str, form: &RowForm) -> AnyView {
    let (sign, verdict) = words::form_verdict(t, form.verdict);
    let (time, date) = browser::local(form.updated);
    let revision = if form.revision > 0 {
        fill(t.revision, &[&form.revision.to_string()])
    } else {
        t.not_sealed.to_owned()
    };
    let changed = fill(t.changed_on, &[&format!("{time} {date}")]);
    view! {
        <a class="list__title" href=format!("#/form/{key}")>{title.to_owned()}</a>
        <p>{sign}" "{verdict}</p>
        <p class="quiet small">{form.pack.text(lang).to_owned()}</p>
        <p class="quiet small">{format!("{} · {revision} · {changed}", words::period(t, &form.period))}</p>
    }
    .into_any()
}

fn unreadable(app: App, t: &'static Text, key: &str, title: &str) -> AnyView {
    let key = key.to_owned();
    view! {
        <p class="list__title">{title.to_owned()}</p>
        <p class="quiet small">{t.unreadable_say}</p>
        <p class="row">
            <button class="btn btn--quiet" on:click=move |_| app.save_raw(key.clone())>{t.keep_raw}</button>
        </p>
    }
    .into_any()
}

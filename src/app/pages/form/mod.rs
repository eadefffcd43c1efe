//! The page of a form: parts on the left, one section at a time, the verdict always in view.

mod adjustments;
mod gates;
mod items;
mod practices;
mod review;
mod seal;
mod side;
mod unit;
mod vote;

use leptos::prelude::*;

use crate::app::autosave::SaveState;
use crate::app::browser;
use crate::app::form_state::FormState;
use crate::app::text::{Text, fill};
use crate::app::words;
use crate::session::Section;
use crate::value::Lang;

/// The page of an open form.
pub fn page(form: FormState, t: &'static Text, lang: Lang) -> AnyView {
    follow_scrolling(form);
    let section = move || {
        let section = form.section.get();
        let title = form.look(|session| words::section(t, lang, session, section));
        let body = match section {
            Section::Unit => unit::unit(form, t, lang),
            Section::Criterion(place) => items::criterion(form, t, lang, place),
            Section::Gates => gates::gates(form, t, lang),
            Section::Adjustments => adjustments::adjustments(form, t, lang),
            Section::Vote => vote::vote(form, t),
            Section::Practices => practices::practices(form, t),
            Section::Review => review::review(form, t, lang),
        };
        view! {
            <h1 id="section-title" tabindex="-1">{title}</h1>
            {body}
            {next_section(form, t, lang, section)}
        }
    };
    view! {
        {save_trouble(form, t)}
        <div class="page page--form">
            {side::sections(form, t, lang)}
            <main id="main">{section}</main>
            {side::verdict(form, t, lang)}
        </div>
    }
    .into_any()
}

/// Trouble is loud: what happened, what to do now, where the work is.
fn save_trouble(form: FormState, t: &'static Text) -> AnyView {
    let trouble = move || match form.save.get() {
        SaveState::Failed { error, .. } => Some(words::store_error(t, &error)),
        _ => None,
    };
    let save_file = move |_| {
        let id = form.look(|session| session.form().id.as_str().to_owned());
        let text =
            form.look(|session| crate::json::pretty(&crate::json::Write::write(session.form())));
        form.app.save_file(&format!("bontot_{id}.json"), &text);
    };
    view! {
        <div role="alert">
            {move || {
                trouble()
                    .map(|words| {
                        view! {
                            <div class="notice notice--bad" data-testid="storage-warning">
                                <p>{words}</p>
                                <button class="btn btn--quiet" on:click=save_file>{t.save_file_now}</button>
                            </div>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

/// One thing follows another: after the last item of a section stands the way to the next.
fn next_section(form: FormState, t: &'static Text, lang: Lang, section: Section) -> AnyView {
    let next = form.look(|session| {
        let sections = session.sections();
        let place = sections.iter().position(|own| *own == section)?;
        let next = *sections.get(place + 1)?;
        Some((next, words::section(t, lang, session, next)))
    });
    next.map(|(next, name)| {
        view! {
            <p class="row">
                <button class="btn btn--quiet" data-testid="next-section" on:click=move |_| form.go(next)>
                    {fill(t.section_next, &[&name])}
                </button>
            </p>
        }
    })
    .into_any()
}

/// Notes now and then how far the page is scrolled, while this form is shown.
fn follow_scrolling(form: FormState) {
    let shown = StoredValue::new(());
    let waiting = std::rc::Rc::new(std::cell::Cell::new(false));
    browser::on("scroll", true, move || {
        // The page of the form is gone; its listener has nothing to note any more.
        if shown.try_get_value().is_none() || waiting.replace(true) {
            return;
        }
        let waiting = waiting.clone();
        browser::later(400, move || {
            waiting.set(false);
            if shown.try_get_value().is_some() {
                form.scrolled();
            }
        });
    });
}

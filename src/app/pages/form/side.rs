//! Beside the section: the parts of the form, and the verdict that stays in view.

use leptos::prelude::*;

use crate::app::form_state::FormState;
use crate::app::text::{Text, fill};
use crate::app::words;
use crate::rules::CriterionVerdict;
use crate::session::{Missing, Section};
use crate::value::Lang;

/// The list of sections; on a phone behind a button.
pub fn sections(form: FormState, t: &'static Text, lang: Lang) -> AnyView {
    let open = RwSignal::new(false);
    let list = move || {
        let all = form.watch_scope(|session| session.sections());
        let entry = |section: Section| {
            let (id, name) = form.look(|session| {
                (
                    session.section_name(section),
                    words::section(t, lang, session, section),
                )
            });
            let count = move || {
                let progress = form.watch(|session| session.progress(section));
                progress.map(|progress| {
                    if progress.done == progress.all {
                        "✓".to_owned()
                    } else {
                        format!("{}/{}", progress.done, progress.all)
                    }
                })
            };
            let go = move |event: web_sys::MouseEvent| {
                event.prevent_default();
                open.set(false);
                form.go(section);
            };
            view! {
                <li>
                    <a
                        href="#"
                        data-testid=format!("section-{id}")
                        aria-current=move || (form.section.get() == section).then_some("step")
                        on:click=go
                    >
                        {name}
                        <small>{count}</small>
                    </a>
                </li>
            }
        };
        all.into_iter().map(entry).collect::<Vec<_>>()
    };
    view! {
        <nav class="rail side" class:is-open=move || open.get() aria-label=t.sections>
            <button
                class="btn btn--quiet rail__toggle"
                data-testid="sections-toggle"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {t.sections}
            </button>
            <ol>{list}</ol>
        </nav>
    }
    .into_any()
}

/// The verdict: a sentence first, marks second; on a phone at the foot of the screen.
pub fn verdict(form: FormState, t: &'static Text, lang: Lang) -> AnyView {
    let verdict = Memo::new(move |_| form.watch(|session| session.verdict()));
    let why = Memo::new(move |_| form.watch(|session| words::why_short(t, lang, session)));
    let done = move || {
        let progress = form.watch(|session| session.item_progress());
        fill(
            t.items_done,
            &[&progress.done.to_string(), &progress.all.to_string()],
        )
    };
    let criteria = form.look(|session| session.pack().criteria.len());
    let criteria = (0..criteria)
        .map(|place| criterion(form, t, lang, place))
        .collect::<Vec<_>>();
    let next =
        move || form.watch(|session| next_open(session.missing(), form.section.get(), session));
    let go_next = move |_| match next() {
        Some(missing) => form.go_to_missing(&missing),
        None => form.go(Section::Review),
    };
    let next_words = move || {
        if next().is_some() {
            t.next_open
        } else {
            t.to_review
        }
    };
    view! {
        <aside
            class="verdict side"
            data-testid="verdict"
            data-verdict=move || verdict.get().as_str()
            aria-label=t.result
        >
            <div role="status">
                <p class="verdict__say">
                    <span aria-hidden="true">{move || words::form_verdict(t, verdict.get()).0}</span>
                    <span>{move || words::form_verdict(t, verdict.get()).1}</span>
                </p>
                <p class="verdict__why">{move || why.get()}</p>
            </div>
            <ol>{criteria}</ol>
            <div class="verdict__acts">
                <p class="quiet small long" data-testid="progress">{done}</p>
                <button class="btn" data-testid="next-open" on:click=go_next>{next_words}</button>
                <button class="btn btn--quiet" data-testid="missing" on:click=move |_| form.go_to(Section::Review, "missing-title".into())>
                    {t.what_missing}
                </button>
            </div>
        </aside>
    }
    .into_any()
}

/// The next thing missing, from the shown section on, then from the start.
fn next_open(
    missing: Vec<Missing>,
    shown: Section,
    session: &crate::session::Session,
) -> Option<Missing> {
    let sections = session.sections();
    let order = |section: Section| sections.iter().position(|own| *own == section);
    let here = order(shown);
    let from_here = missing
        .iter()
        .find(|one| order(session.section_of(one)) >= here);
    from_here.or(missing.first()).cloned()
}

fn criterion(form: FormState, t: &'static Text, lang: Lang, place: usize) -> AnyView {
    let (id, name) = form.look(|session| {
        let criterion = session.pack().criteria.get(place);
        let id = criterion.map(|c| c.id.to_string()).unwrap_or_default();
        let name = criterion
            .map(|c| c.label.text(lang).to_owned())
            .unwrap_or_default();
        (id, name)
    });
    let state = Memo::new(move |_| {
        form.watch(|session| {
            let progress = session
                .progress(Section::Criterion(place))
                .unwrap_or_default();
            let verdict = session.criterion_verdict(place);
            (verdict.unwrap_or(CriterionVerdict::Incomplete), progress)
        })
    });
    let words = move || match state.get() {
        (CriterionVerdict::Incomplete, progress) => format!("{}/{}", progress.done, progress.all),
        (verdict, _) => words::criterion(t, verdict).1.to_owned(),
    };
    view! {
        <li data-testid=format!("criterion-{id}") data-verdict=move || state.get().0.as_str()>
            <span>{place + 1}<span class="long">". "{name.clone()}</span></span>
            " "
            <span class=move || format!("st st--{}", state.get().0.as_str())>
                <span aria-hidden="true">{move || words::criterion(t, state.get().0).0}</span>
                " "
                <span class="long">{words}</span>
            </span>
            <progress
                aria-label=name
                max=move || state.get().1.all.to_string()
                value=move || state.get().1.done.to_string()
            ></progress>
        </li>
    }
    .into_any()
}

//! Beside the section: the list of sections, and the verdict.

use std::borrow::Cow;

use leptos::prelude::*;

use super::annotation;
use crate::app::actions::Form;
use crate::app::host;
use crate::app::pages::deferred;
use crate::app::parts::element::El;
use crate::app::parts::html;
use crate::app::parts::{self, button, quiet_button};
use crate::app::state::form::Access;
use crate::app::state::route::Route;
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::rules::CriterionVerdict;
use crate::session::{Missing, Section, Session};
use crate::value::Lang;

/// The list of sections; behind a button on phones.
pub fn sections(form: &Form, t: &'static Text, lang: Lang) -> El {
    let open = RwSignal::new(false);
    let list = form.bind(move |form| {
        let all = form.watch_scope(|session| session.sections());
        let entries = all.into_iter().map(|section| entry(form, t, lang, section, open));
        Some(html::ol().children(entries).together(form.bind(|form| form.watch(|_| ()))))
    });
    let toggle = quiet_button("quiet", t.sections, move || open.update(|open| *open = !*open))
        .class("btn btn--quiet rail__toggle")
        .test_id("sections-toggle")
        .attr_live("aria-expanded", move || Some(open.get().to_string()));
    html::nav()
        .attr_live("class", move || {
            Some(if open.get() { "rail side is-open" } else { "rail side" })
        })
        .attr("aria-label", t.sections)
        .child(toggle)
        .live_one(list)
}

/// One of the list, which is updated as a whole.
fn entry(form: &Form, t: &'static Text, lang: Lang, section: Section, open: RwSignal<bool>) -> El {
    let (id, name) = form.look(|session| {
        (session.section_name(section), wording::section(t, lang, session, section))
    });
    let count = form.bind(move |form| match form.look(|session| session.progress(section)) {
        Some(progress) if progress.done == progress.all => Cow::Borrowed("✓"),
        Some(progress) => format!("{}/{}", progress.done, progress.all).into(),
        None => "".into(),
    });
    let link = html::a()
        .attr("href", &format!("{}/{id}", Route::form(&form.id())))
        .test_id(&format!("section-{id}"))
        .attr_live(
            "aria-current",
            form.bind(move |form| (form.section.get() == section).then_some("step")),
        )
        .on(
            "click",
            form.bind_with(move |form, event: host::Event| {
                event.prevent_default();
                open.set(false);
                form.go(section);
            }),
        )
        .text(&name)
        .child(html::small().as_is().text_live(count));
    html::li().child(link)
}

/// The verdict: a sentence, then marks; at the bottom of the screen on phones. It is updated as a whole: words are
/// compared with what is shown after every change, since others may have replaced them.
pub fn verdict(form: &Form, t: &'static Text, lang: Lang) -> El {
    let verdict = form.bind(|form| form.look(Session::verdict));
    let (word, sign_of) = (verdict.clone(), verdict.clone());
    let done = form.bind(move |form| {
        let progress = form.look(Session::item_progress);
        fill(t.items_done, &[&progress.done.to_string(), &progress.all.to_string()])
    });
    let why = form.bind(move |form| form.look(|session| wording::why_short(t, lang, session)));
    // What decides leads to its place; on phones it stands for the sentence.
    let deciding = form.bind(move |form| form.look(|session| wording::deciding(t, session)));
    let is_none = deciding.clone();
    let go = form.bind(|form| {
        if let Some(one) = form.look(Session::deciding) {
            form.go_to_missing(&one);
        }
    });
    let deciding = parts::jump("", go)
        .class("jump verdict__jump")
        .test_id("verdict-jump")
        .hidden_live(move || is_none().is_none())
        .text_live(move || deciding().unwrap_or_default());
    let sign = html::span().attr("aria-hidden", "true");
    let say = html::p()
        .class("verdict__say")
        .as_is()
        .child(sign.text_live(move || wording::form_verdict(t, sign_of()).0))
        .child(html::span().text_live(move || wording::form_verdict(t, word()).1));
    let criteria = form.look(|session| session.pack().criteria.len());
    let acts = html::div()
        .class("verdict__acts")
        .child(html::p().class("quiet small long").as_is().test_id("progress").text_live(done))
        .child(next_button(form, t))
        .child(missing_button(form, t));
    html::aside()
        .class("verdict side")
        .test_id("verdict")
        .attr_live("data-verdict", move || Some(verdict().as_str()))
        .attr("aria-label", t.result)
        .child(
            html::div()
                .class("verdict__text")
                .child(
                    html::div()
                        .attr("role", "status")
                        .child(say)
                        .child(html::p().class("verdict__why").as_is().text_live(why)),
                )
                .child(deciding),
        )
        .child(html::ol().children((0..criteria).map(|index| criterion(form, t, lang, index))))
        .child(acts)
        .together(form.bind(|form| form.track_first()))
}

/// Is nothing missing?
fn is_complete(form: &Form) -> bool {
    form.look(|session| session.missing().next().is_none())
}

/// The next item that the superior returned and that is as it was.
fn next_returned(form: &Form) -> Option<Missing> {
    let is_there = annotation::is_there(form) && !form.is_trial();
    deferred::get().filter(|_| is_there).and_then(|views| (views.next_returned)(form))
}

/// The button to the next missing answer, to the next that was returned, or to the review.
fn next_button(form: &Form, t: &'static Text) -> El {
    let go = form.bind(|form| match form.section.get_untracked() {
        _ if form.go_to_next() => {}
        Section::Review => form.go_to(Section::Review, "seal-title"),
        _ => form.go(Section::Review),
    });
    let words = form.bind(move |form| {
        let is_review = form.section.get() == Section::Review;
        if !is_complete(form) || next_returned(form).is_some() {
            t.next_open
        } else if is_review {
            t.seal
        } else {
            t.to_review
        }
    });
    // A trial is not signed.
    let is_hidden = form.bind(|form| {
        let is_review = form.section.get() == Section::Review;
        form.access.get() == Access::Trial && is_review && is_complete(form)
    });
    button("", go).test_id("next-open").hidden_live(is_hidden).text_live(words)
}

fn missing_button(form: &Form, t: &'static Text) -> El {
    let go = form.bind(|form| form.go_to(Section::Review, "missing-title"));
    quiet_button("quiet", t.what_missing, go).test_id("missing")
}

fn criterion(form: &Form, t: &'static Text, lang: Lang, index: usize) -> El {
    let (id, name) = form.look(|session| {
        let criterion = session.pack().criteria.get(index);
        let id = criterion.map(|c| c.id.to_string());
        let name = criterion.map(|c| c.label.text(lang).to_owned());
        (id.unwrap_or_default(), name.unwrap_or_default())
    });
    let stated = form.bind(move |form| {
        let own = form.look(|session| session.criterion_verdict(index));
        own.unwrap_or(CriterionVerdict::Incomplete)
    });
    // What rests on numbers that cannot be is not painted green.
    let verdict =
        form.bind(move |form| form.look(|session| wording::shown_verdict(session, index)));
    let progress = form.bind(move |form| {
        let own = form.look(|session| session.progress(Section::Criterion(index)));
        own.unwrap_or_default()
    });
    let (own, done, all) = (verdict.clone(), progress.clone(), progress.clone());
    let words = move || match own() {
        CriterionVerdict::Incomplete => {
            let progress = progress();
            Cow::Owned(format!("{}/{}", progress.done, progress.all))
        }
        verdict => wording::criterion(t, verdict).1.into(),
    };
    let number = html::span()
        .text(&(index + 1).to_string())
        .child(html::span().class("long").text(". ").text(&name));
    let (class, sign_of) = (verdict.clone(), verdict.clone());
    let sign = html::span().attr("aria-hidden", "true");
    let state = html::span()
        .as_is()
        .attr_live("class", move || Some(mark(class())))
        .child(sign.text_live(move || wording::criterion(t, sign_of()).0))
        .text(" ")
        .child(html::span().class("long").text_live(words));
    let bar = html::progress()
        .attr("aria-label", &name)
        .attr_live("max", move || Some(all().all.max(1).to_string()))
        .attr_live("value", move || Some(done().done.to_string()));
    html::li()
        .test_id(&format!("criterion-{id}"))
        .attr_live("data-verdict", move || Some(stated().as_str()))
        .child(number)
        .text(" ")
        .child(state)
        .child(bar)
}

/// The class of the state of a criterion.
fn mark(verdict: CriterionVerdict) -> &'static str {
    match verdict {
        CriterionVerdict::Passed => "st st--passed",
        CriterionVerdict::Failed => "st st--failed",
        CriterionVerdict::Incomplete => "st st--incomplete",
    }
}

//! The plan to a better verdict: a sentence, then the steps by criterion, each linked to its place;
//! and a trial button.

use crate::app::actions::{Form, trial};
use crate::app::parts::{self, El, html, quiet_button};
use crate::app::state::form::Access;
use crate::app::text::{Text, fill};
use crate::app::wording::{self, PlanLine, PlanPart};
use crate::session::Missing;
use crate::value::Lang;
use leptos::prelude::*;

/// The plan of a form.
pub fn plan(form: &Form, t: &'static Text, lang: Lang) -> El {
    let section = html::section()
        .class("sheet")
        .attr("aria-labelledby", "plan-title")
        .test_id("plan")
        .live(form.bind(move |form| content(form, t, lang)));
    section.maybe((form.access.get_untracked() == Access::Writer).then(|| way_to_try(form, t)))
}

fn content(form: &Form, t: &'static Text, lang: Lang) -> Vec<El> {
    let (sentence, parts) = form.watch(|session| wording::plan_parts(t, lang, session));
    let mut all = vec![html::p().class("plan__say").test_id("plan-say").text(&sentence)];
    for part in parts {
        all.push(title(t, &part));
        let lines = part.lines.into_iter().map(|one| line(form, t, one));
        all.push(html::ul().class("bullets").children(lines));
    }
    all
}

fn title(t: &Text, part: &PlanPart) -> El {
    let title = html::h3().text(&part.title).text(" ");
    title.maybe(part.state.map(|state| {
        let (sign, words) = wording::criterion(t, state);
        html::span()
            .class(&format!("st st--{}", state.as_str()))
            .as_is()
            .child(html::span().attr("aria-hidden", "true").text(sign).text(" "))
            .text(words)
    }))
}

fn line(form: &Form, t: &Text, line: PlanLine) -> El {
    let must = line.is_mandatory.then(|| html::em().class("must").text(t.must));
    jump(form, &line.words, line.place).maybe(must)
}

/// A line of a list, linked to its place in the form if it has one.
pub fn jump(form: &Form, words: &str, place: Option<Missing>) -> El {
    match place {
        Some(place) => {
            html::li().child(parts::jump(words, form.bind(move |form| form.go_to_missing(&place))))
        }
        None => html::li().text(words),
    }
}

fn way_to_try(form: &Form, t: &'static Text) -> El {
    let words = match form.waiting_changes() {
        0 => t.later().plan_try.to_owned(),
        count => fill(t.later().plan_try_on, &[&count.to_string()]),
    };
    let begin = form.bind(move |form| form.when_loaded(trial::begin));
    html::div()
        .class("row")
        .child(quiet_button("quiet", &words, begin).test_id("try"))
        .child(html::span().class("quiet small").text(t.later().plan_try_say))
}

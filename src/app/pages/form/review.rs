//! The review: verdict, reasons, plan, missing answers; then the seal.

use super::history::history;
use super::paper::printing;
use super::seal::seal_panel;
use super::share::share_panel;
use super::{annotation, plan};
use crate::app::actions::Form;
use crate::app::parts::{self, El, html};
use crate::app::state::form::Access;
use crate::app::text::Text;
use crate::app::wording;
use crate::rules::{FormVerdict, Verdict};
use crate::session::{Section, Session};
use crate::value::Lang;
use leptos::prelude::*;

/// The last section.
pub fn review(form: &Form, t: &'static Text, lang: Lang) -> Vec<El> {
    let result = html::section()
        .class("sheet")
        .attr("aria-labelledby", "result-title")
        .test_id("review")
        .live(form.bind(move |form| form.watch(|session| result(t, lang, session))));
    let missing =
        form.bind(move |form| Some(form.watch(|session| missing(form, t, lang, session))));
    let missing = html::section()
        .class("sheet")
        .attr("aria-labelledby", "missing-title")
        .child(html::h2().id("missing-title").attr("tabindex", "-1").text(t.later().missing))
        .child(html::div().live_one(missing));
    let (print, paper) = printing(form, t, lang);
    let mut parts = vec![
        paper,
        result,
        plan::plan(form, t, lang),
        html::div().live_one(form.bind(move |form| {
            form.drawn.track();
            annotation::at(form, annotation::Slot::Review, t, lang)
        })),
        html::section()
            .class("sheet")
            .live(form.bind(move |form| form.watch(|session| criteria(t, lang, session)))),
        missing,
    ];
    // A trial cannot be signed and has no history.
    let is_trial = form.access.get_untracked() == Access::Trial;
    if !is_trial {
        parts.push(seal_panel(form, t));
    }
    parts.push(print);
    parts.push(share_panel(form, t));
    if !is_trial {
        parts.push(history(form, t, lang));
    }
    parts
}

fn result(t: &'static Text, lang: Lang, session: &Session) -> Vec<El> {
    let verdict = session.verdict();
    let (sign, title) = wording::form_verdict(t, verdict);
    let reasons = session.reasons();
    let because = if reasons.is_empty() {
        let words = match verdict {
            FormVerdict::Eligible => t.later().why_none.to_owned(),
            _ => wording::why_short(t, lang, session),
        };
        html::p().text(&words)
    } else {
        let line = |reason| html::li().text(&wording::reason_line(t, lang, session.pack(), reason));
        html::ul().class("bullets").test_id("reasons").children(reasons.iter().map(line))
    };
    let mut parts = vec![
        html::h2()
            .id("result-title")
            .as_is()
            .child(html::span().attr("aria-hidden", "true").text(sign).text(" "))
            .text(title),
        html::p().class("quiet").text(t.later().self_only).text(" ").text(t.later().proposal),
        html::h3().text(t.later().why),
        because,
    ];
    parts.extend(points(t, lang, session));
    parts
}

fn points(t: &Text, lang: Lang, session: &Session) -> Option<El> {
    let words = wording::points_total(t, lang, session)?;
    Some(html::p().test_id("points").text(&words))
}

fn criteria(t: &Text, lang: Lang, session: &Session) -> Vec<El> {
    let head = |sign: &str, words: &str| {
        html::th()
            .attr("scope", "col")
            .class("num")
            .child(html::span().attr("aria-hidden", "true").text(sign))
            .child(html::span().class("visually-hidden").text(words))
    };
    let number = |value: usize| html::td().class("num").text(&value.to_string());
    let heads = vec![
        parts::column(t.later().col_criterion),
        parts::column(t.later().col_state),
        head("✓", t.met),
        head("✗", t.not_met),
        head("–", t.not_applicable),
        head("◔", t.not_done),
    ];
    let row = |place: usize| {
        let name = wording::section(t, lang, session, Section::Criterion(place));
        let verdict = wording::shown_verdict(session, place);
        let (sign, state) = wording::criterion(t, verdict);
        let class = format!("st st--{}", verdict.as_str());
        let items = session.items_of(place).into_iter().filter_map(|index| session.item(index));
        let shown: Vec<_> = items.map(wording::shown_item).collect();
        let count = |verdict: &Verdict| shown.iter().filter(|own| *own == verdict).count();
        let counts = Verdict::ALL.iter().map(|verdict| number(count(verdict)));
        parts::row(&name)
            .child(html::td().class(&class).as_is().text(sign).text(" ").text(state))
            .children(counts)
    };
    let rows = (0..session.pack().criteria.len()).map(row).collect();
    vec![
        html::h2().id("criteria-title").text(t.later().by_criterion),
        parts::scrolling("criteria-title", parts::table("table", heads, rows)),
    ]
}

fn missing(form: &Form, t: &'static Text, lang: Lang, session: &Session) -> El {
    let mut missing = session.missing().peekable();
    if missing.peek().is_none() {
        return html::p().test_id("missing-list").text(t.later().nothing_missing);
    }
    let lines = missing.map(|one| {
        let words = wording::missing(t, lang, session, &one);
        plan::jump(form, &words, Some(one))
    });
    html::ul().class("bullets").test_id("missing-list").children(lines)
}

//! The review: verdict, reasons, what is missing, the plan, all answers; then the way to the superior.

use super::answers::answers;
use super::history::history;
use super::paper::{printing, sealed};
use super::seal::seal_panel;
use super::share::share_panel;
use super::{annotation, appraisal, handed_in, plan};
use crate::app::actions::Form;
use crate::app::parts::{El, fold, html};
use crate::app::state::form::Access;
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::rules::FormVerdict;
use crate::session::{Missing, Section, Session};
use crate::value::Lang;
use leptos::prelude::*;

/// How many missing answers stand in one list; more are folded by section.
const FEW: usize = 12;

/// The last section.
pub fn review(form: &Form, t: &'static Text, lang: Lang) -> Vec<El> {
    let result = html::section()
        .class("sheet")
        .attr("aria-labelledby", "result-title")
        .test_id("review")
        .live(form.bind(move |form| form.watch(|session| result(t, lang, session))));
    let title = form.bind(move |form| match form.watch(|session| session.missing().count()) {
        0 if appraisal::is_returned(form) => t.returned.to_owned(),
        0 => t.later().filing.complete.to_owned(),
        count => fill(t.missing_count, &[&count.to_string()]),
    });
    let left = html::section()
        .class("sheet")
        .attr("aria-labelledby", "missing-title")
        .child(html::h2().id("missing-title").attr("tabindex", "-1").text_live(title))
        .child(html::div().live_one(form.bind(move |form| appraisal::left(form, t, lang))))
        .child(html::div().live_one(form.bind(move |form| Some(missing(form, t, lang)))));
    let (print, paper) = printing(form, t, lang);
    let mut parts = vec![
        paper,
        result,
        left,
        plan::plan(form, t, lang),
        answers(form, t, lang),
        html::div().live_one(form.bind(move |form| {
            form.drawn.track();
            annotation::at(form, annotation::Slot::Review, t, lang)
        })),
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
        let line = |reason| html::li().text(&wording::reason_line(t, lang, session, reason));
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

/// What is still missing, each leading to its place; or how to go on.
fn missing(form: &Form, t: &'static Text, lang: Lang) -> El {
    let (count, groups) = form.watch(|session| {
        let mut groups: Vec<(Section, Vec<(String, Missing)>)> = Vec::new();
        for one in session.missing() {
            let line = (wording::missing(t, lang, session, &one), one);
            let section = session.section_of(&line.1);
            match groups.last_mut() {
                Some((own, lines)) if *own == section => lines.push(line),
                _ => groups.push((section, vec![line])),
            }
        }
        (groups.iter().map(|(_, lines)| lines.len()).sum::<usize>(), groups)
    });
    let list = |lines: Vec<(String, Missing)>| {
        let lines = lines.into_iter().map(|(words, place)| plan::jump(form, &words, Some(place)));
        html::ul().class("bullets").children(lines)
    };
    if count == 0 {
        return html::p().test_id("missing-list").text(&next_step(form, t));
    }
    if count <= FEW {
        let lines = groups.into_iter().flat_map(|(_, lines)| lines).collect();
        return list(lines).test_id("missing-list");
    }
    let group = |(section, lines): (Section, Vec<_>)| {
        let name = form.look(|session| wording::section(t, lang, session, section));
        let summary = fill(t.later().filing.missing_of, &[&name, &lines.len().to_string()]);
        fold(&summary).child(list(lines))
    };
    html::div().test_id("missing-list").children(groups.into_iter().map(group))
}

/// What is to be done once everything is filled in.
fn next_step(form: &Form, t: &Text) -> String {
    let l = t.later();
    if form.access.get() == Access::Trial {
        return l.filing.complete_say.to_owned();
    }
    if appraisal::is_returned(form) {
        let next = form.watch(|session| session.form().revision) + 1;
        return fill(t.later().returned_say, &[&next.to_string()]);
    }
    if let Some(handed_in) = handed_in::stands(form) {
        let (to, day) = (wording::superior(t, &handed_in.to), wording::day(handed_in.date));
        return fill(l.filing.complete_handed_in, &[&to, &day]);
    }
    let (superior, is_signed) = form.watch(|session| {
        let superior = wording::superior(t, &session.form().unit.superior);
        (superior, sealed(form, session).is_some())
    });
    fill(if is_signed { l.filing.complete_signed } else { t.next_sign }, &[&superior])
}

//! What the rules of a pack make of the answers that are tried out in its preview.

use leptos::prelude::*;

use super::page::Editor;
use crate::app::actions::Form;
use crate::app::parts::{El, html};
use crate::app::state::signals::memo;
use crate::app::text::Text;
use crate::app::wording;
use crate::rules::{CriterionVerdict, FormVerdict};
use crate::session::{Section, Session};
use crate::value::Lang;

/// An outcome in words.
#[derive(Clone, PartialEq)]
struct InWords {
    verdict: FormVerdict,
    why: Vec<String>,
    points: Option<String>,
    /// Each criterion with its sign.
    criteria: Vec<(&'static str, String)>,
}

impl InWords {
    fn of(t: &'static Text, lang: Lang, session: &Session) -> InWords {
        let reasons = session.reasons();
        let why = if reasons.is_empty() {
            vec![wording::why_short(t, lang, session)]
        } else {
            let line = |reason| wording::reason_line(t, lang, session, reason);
            reasons.iter().map(line).collect()
        };
        let criterion = |(place, own): (usize, &crate::pack::Criterion)| {
            let verdict = wording::shown_verdict(session, place);
            let (sign, words) = wording::criterion(t, verdict);
            let progress = session.progress(Section::Criterion(place)).unwrap_or_default();
            let state = match verdict {
                CriterionVerdict::Incomplete => format!("{}/{}", progress.done, progress.all),
                _ => words.to_owned(),
            };
            (sign, format!("{}. {}: {state}", place + 1, own.label.text(lang)))
        };
        InWords {
            verdict: session.verdict(),
            why,
            points: wording::points_total(t, lang, session),
            criteria: session.pack().criteria.iter().enumerate().map(criterion).collect(),
        }
    }
}

/// The outcome, which follows the answers.
pub(super) fn view(e: &Editor, form: &Form) -> El {
    let (t, lang) = (e.page.t, e.page.lang);
    let words = memo(form.bind(move |form| form.watch(|own| InWords::of(t, lang, own))));
    let (verdict, word, rest) = (words.clone(), words.clone(), words);
    let said = move || {
        let (sign, words) = verdict.with(|own| wording::form_verdict(t, own.verdict));
        format!("{sign} {words}")
    };
    html::section()
        .class("kit__outcome")
        .test_id("kit-outcome")
        .attr_live("data-verdict", move || Some(word.with(|own| own.verdict.as_str())))
        .attr("aria-labelledby", "kit-outcome-title")
        .child(html::h3().id("kit-outcome-title").text(e.page.k.outcome))
        .child(html::p().class("kit__said").attr("role", "status").text_live(said))
        .child(html::div().live(move || rest.with(drawn)))
}

fn drawn(own: &InWords) -> Vec<El> {
    let line = |words: &String| html::li().text(words);
    let criterion = |(sign, words): &(&'static str, String)| {
        let sign = html::span().attr("aria-hidden", "true").text(sign).text(" ");
        html::li().child(sign).text(words)
    };
    let mut all = vec![html::ul().class("bullets").children(own.why.iter().map(line))];
    all.extend(own.points.as_ref().map(|words| html::p().text(words)));
    all.push(html::ul().class("kit__findings").children(own.criteria.iter().map(criterion)));
    all
}

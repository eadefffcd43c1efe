//! What a worker says of a pack without errors: warnings, what choices cost, and forms that show it.

use leptos::prelude::*;

use super::findings::{live_of, place_words, rows};
use super::page::Editor;
use crate::app::host;
use crate::app::pages::bind::bind;
use crate::app::parts::{El, html, named_button};
use crate::app::state::kit::Advised;
use crate::app::text::{advised, fill};
use crate::app::wording;
use crate::form::Assessment;
use crate::kit::{Advice, Finding, Sample, Told, Warning};
use crate::value::Lang;

/// What is said of the value at a pointer: warnings in words, and advice.
pub(super) fn at(e: &Editor, pointer: &str) -> (Vec<String>, Vec<String>) {
    let advised = e.open.advised.get();
    let reviewed = e.open.reviewed.get_untracked();
    let (Some(told), Some(pack)) = (advised.told(), &reviewed.pack) else {
        return <(Vec<String>, Vec<String>)>::default();
    };
    let lang = e.page.lang;
    let warnings = told.warnings.iter().filter(|own| own.pointer == pointer);
    let advice = told.advice.iter().filter(|own| own.pointer == pointer);
    (
        warnings.map(|own| wording::warning(pack, lang, &own.what)).collect(),
        advice.map(|own| wording::advice(lang, &own.what)).collect(),
    )
}

/// The groups behind the errors.
pub(super) fn groups(e: &Editor) -> El {
    html::div()
        .child(live_of(e, state_words, |_, own| {
            own.map(|(name, words)| state(name, words)).into_iter().collect()
        }))
        .child(live_of(e, in_words, drawn))
}

/// How far the worker is.
fn state_words(e: &Editor) -> Option<(&'static str, &'static str)> {
    let a = advised(e.page.lang);
    match e.open.advised.get() {
        Advised::Unasked => None,
        Advised::Running(_) => Some(("running", a.running)),
        Advised::Failed => Some(("failed", a.failed)),
        Advised::Done(told) if told.warnings.is_empty() => Some(("done", a.none)),
        Advised::Done(_) => Some(("done", "")),
    }
}

/// A place and what is said of it.
type Row = (String, String);

/// The groups in words. Their forms are looked for once one is asked for, since they are others after each change.
#[derive(Clone, Default, PartialEq)]
struct InWords {
    /// Warnings, each with its index and whether forms show it.
    warnings: Vec<(usize, bool, Row)>,
    /// The places of labels without English, and what is said of them.
    plain: Option<(String, Vec<Row>)>,
    /// Advice by kind, each with the head of more than one.
    costs: Vec<(String, Vec<Row>)>,
    /// The levels and types of which a form is there.
    samples: Vec<String>,
}

fn in_words(e: &Editor) -> InWords {
    let now = e.open.advised.get();
    let reviewed = e.open.reviewed.get_untracked();
    let (Some(told), Some(pack)) = (now.told(), &reviewed.pack) else { return InWords::default() };
    let lang = e.page.lang;
    // Labels without English are many where a pack is for one language: they must not hide the others.
    let (plain, others): (Vec<_>, Vec<_>) =
        told.warnings.iter().enumerate().partition(|(_, own)| own.what == Warning::NoEnglish);
    let one = |(n, own): (usize, &Finding<Warning>)| {
        let has_forms = matches!(own.what, Warning::NotMonotone { .. });
        (n, has_forms, (own.pointer.clone(), wording::warning(pack, lang, &own.what)))
    };
    let plain_words = plain.first().map(|(_, own)| wording::warning(pack, lang, &own.what));
    let plain_row = |(_, own): (usize, &Finding<Warning>)| {
        let place = place_words(e, &own.pointer).unwrap_or_else(|| own.pointer.clone());
        (own.pointer.clone(), place)
    };
    InWords {
        warnings: others.into_iter().map(one).collect(),
        plain: plain_words.map(|words| (words, plain.into_iter().map(plain_row).collect())),
        costs: costs(lang, told),
        samples: told.samples.iter().map(|own| wording::kind(pack, lang, &own.kind)).collect(),
    }
}

fn drawn(e: &Editor, own: InWords) -> Vec<El> {
    let mut all = warnings(e, own.warnings, own.plain);
    if !own.costs.is_empty() {
        let groups = own.costs.into_iter().map(|(head, all)| {
            let count = all.len();
            let list = rows(e, all.into_iter());
            if count == 1 { list } else { folded(&head, count, list) }
        });
        all.push(html::h3().text(advised(e.page.lang).costs));
        all.push(html::div().test_id("kit-costs").children(groups));
    }
    all.extend(samples(e, own.samples));
    all
}

/// A list that is shown when asked for.
fn folded(head: &str, count: usize, list: El) -> El {
    let summary = html::summary().text(&fill("{} ({})", &[head, &count.to_string()]));
    html::details().child(summary).child(list)
}

fn state(name: &str, words: &str) -> El {
    html::p()
        .class("small")
        .attr("role", "status")
        .test_id("kit-advised")
        .attr("data-state", name)
        .text(words)
}

fn warnings(
    e: &Editor,
    others: Vec<(usize, bool, Row)>,
    plain: Option<(String, Vec<Row>)>,
) -> Vec<El> {
    let count = others.len() + plain.as_ref().map_or(0, |(_, all)| all.len());
    if count == 0 {
        return Vec::new();
    }
    let a = advised(e.page.lang);
    let row = |(n, has_forms, (pointer, words)): (usize, bool, Row)| {
        let forms = match has_forms {
            true => {
                vec![witness(e, a.before, &words, n, false), witness(e, a.after, &words, n, true)]
            }
            false => Vec::new(),
        };
        let one = rows(e, std::iter::once((pointer, words)));
        html::div().child(one).child(html::div().class("row").children(forms))
    };
    let plain = plain.map(|(words, all)| folded(&words, all.len(), rows(e, all.into_iter())));
    let head = fill("{} ({})", &[a.warnings, &count.to_string()]);
    vec![
        html::h3().text(&head),
        html::div().test_id("kit-warnings").children(others.into_iter().map(row)).maybe(plain),
    ]
}

/// A button that shows in the preview one of the two forms of a warning.
fn witness(e: &Editor, words: &str, name: &str, n: usize, is_after: bool) -> El {
    let look = move |e: &Editor| {
        let now = e.open.advised.get_untracked();
        let own = now.told().and_then(|told| told.warnings.get(n)).map(|own| &own.what);
        if let Some(Warning::NotMonotone { before, after, .. }) = own {
            show(e, if is_after { after } else { before });
        }
    };
    named_button(words, name, bind(e, look))
}

fn show(e: &Editor, form: &Assessment) {
    e.page.kit.show_witness(&e.open, form);
    host::focus_soon("kit-preview-title");
}

/// Advice, that of one kind together.
fn costs(lang: Lang, told: &Told) -> Vec<(String, Vec<Row>)> {
    let mut kinds: Vec<Vec<&Finding<Advice>>> = Vec::new();
    for own in &told.advice {
        let is_same = |all: &&mut Vec<&Finding<Advice>>| {
            all.iter().any(|one| one.what.code() == own.what.code())
        };
        match kinds.iter_mut().find(is_same) {
            Some(all) => all.push(own),
            None => kinds.push(vec![own]),
        }
    }
    let words = |own: &&Finding<Advice>| (own.pointer.clone(), wording::advice(lang, &own.what));
    let group = |all: &Vec<&Finding<Advice>>| {
        let head = all.first().map(|first| wording::kind_of_advice(lang, &first.what).to_owned());
        (head.unwrap_or_default(), all.iter().map(words).collect())
    };
    kinds.iter().map(group).collect()
}

/// Forms that are eligible, one for each level and type.
fn samples(e: &Editor, names: Vec<String>) -> Vec<El> {
    let a = advised(e.page.lang);
    if names.is_empty() {
        return Vec::new();
    }
    let rows = names.iter().enumerate().map(|(n, name)| {
        let look = bind(e, move |e: &Editor| {
            let now = e.open.advised.get_untracked();
            let own = now.told().and_then(|told| told.samples.get(n));
            if let Some(Ok(form)) = own.map(Sample::form) {
                show(e, &form);
            }
        });
        html::li().child(html::span().text(name)).child(named_button(a.look, name, look))
    });
    let list = html::ul().class("kit__findings").children(rows);
    let summary = html::summary().text(a.sample);
    vec![
        html::p().class("small").text(a.reachable),
        html::details().test_id("kit-samples").child(summary).child(list),
    ]
}

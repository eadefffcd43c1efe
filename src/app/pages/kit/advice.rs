//! What a worker says of a pack without errors: warnings, what choices cost, and forms that show it.

use leptos::prelude::*;

use super::findings::{place_words, rows};
use super::page::Editor;
use crate::app::host;
use crate::app::pages::bind::bind;
use crate::app::parts::{El, hint, html, named_button};
use crate::app::state::kit::Advised;
use crate::app::text::{advised, fill};
use crate::app::wording;
use crate::form::Assessment;
use crate::kit::{Advice, Finding, Told, Warning};
use crate::pack::Pack;

/// What is said of the value at a pointer.
pub(super) fn at(e: &Editor, pointer: &str) -> Vec<El> {
    let advised = e.open.advised.get();
    let reviewed = e.open.reviewed.get_untracked();
    let (Some(told), Some(pack)) = (advised.told(), &reviewed.pack) else { return Vec::new() };
    let lang = e.page.lang;
    let warnings = told.warnings.iter().filter(|own| own.pointer == pointer);
    let warnings = warnings
        .map(|own| html::p().class("kit__warning").text(&wording::warning(pack, lang, &own.what)));
    let advice = told.advice.iter().filter(|own| own.pointer == pointer);
    let advice = advice.map(|own| hint(&wording::advice(lang, &own.what)));
    warnings.chain(advice).collect()
}

/// The groups behind the errors.
pub(super) fn groups(e: &Editor) -> Vec<El> {
    let a = advised(e.page.lang);
    let now = e.open.advised.get();
    let reviewed = e.open.reviewed.get_untracked();
    let mut all = match &now {
        Advised::Unasked => return Vec::new(),
        Advised::Running(_) => vec![state("running", a.running)],
        Advised::Failed => vec![state("failed", a.failed)],
        Advised::Done(told) if told.warnings.is_empty() => vec![state("done", a.none)],
        Advised::Done(_) => vec![state("done", "")],
    };
    if let (Some(told), Some(pack)) = (now.told(), &reviewed.pack) {
        all.extend(warnings(e, told, pack));
        all.extend(costs(e, told));
        all.extend(samples(e, told, pack));
    }
    all
}

fn state(name: &str, words: &str) -> El {
    html::p()
        .class("small")
        .attr("role", "status")
        .test_id("kit-advised")
        .attr("data-state", name)
        .text(words)
}

fn warnings(e: &Editor, told: &Told, pack: &Pack) -> Vec<El> {
    if told.warnings.is_empty() {
        return Vec::new();
    }
    let (a, lang) = (advised(e.page.lang), e.page.lang);
    let row = |own: &Finding<Warning>| {
        let words = wording::warning(pack, lang, &own.what);
        let forms = match &own.what {
            Warning::NotMonotone { before, after, .. } => {
                vec![witness(e, a.before, &words, before), witness(e, a.after, &words, after)]
            }
            _ => Vec::new(),
        };
        let one = rows(e, std::iter::once((own.pointer.clone(), words)));
        html::div().child(one).child(html::div().class("row").children(forms))
    };
    // Labels without English are many where a pack is for one language: they must not hide the others.
    let (plain, others): (Vec<_>, Vec<_>) =
        told.warnings.iter().partition(|own| own.what == Warning::NoEnglish);
    let words = plain.first().map(|own| wording::warning(pack, lang, &own.what));
    let plain_rows = plain.iter().map(|own| {
        let place = place_words(e, &own.pointer).unwrap_or_else(|| own.pointer.clone());
        (own.pointer.clone(), place)
    });
    let plain = words.map(|words| {
        let summary = html::summary().text(&fill("{} ({})", &[&words, &plain.len().to_string()]));
        html::details().child(summary).child(rows(e, plain_rows))
    });
    let head = fill("{} ({})", &[a.warnings, &told.warnings.len().to_string()]);
    vec![
        html::h3().text(&head),
        html::div().test_id("kit-warnings").children(others.into_iter().map(row)).maybe(plain),
    ]
}

/// A button that shows a form in the preview.
fn witness(e: &Editor, words: &str, name: &str, form: &Assessment) -> El {
    let form = form.clone();
    named_button(words, name, bind(e, move |e: &Editor| show(e, &form)))
}

fn show(e: &Editor, form: &Assessment) {
    e.page.kit.show_witness(&e.open, form);
    host::focus_soon("kit-preview-title");
}

/// Advice, that of one kind folded together.
fn costs(e: &Editor, told: &Told) -> Vec<El> {
    if told.advice.is_empty() {
        return Vec::new();
    }
    let lang = e.page.lang;
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
    let group = |all: Vec<&Finding<Advice>>| {
        let list = rows(e, all.iter().map(words));
        match all.first() {
            Some(first) if all.len() > 1 => {
                let count = all.len().to_string();
                let head = wording::kind_of_advice(lang, &first.what);
                let summary = html::summary().text(&fill("{} ({})", &[head, &count]));
                html::details().child(summary).child(list)
            }
            _ => list,
        }
    };
    let head = html::h3().text(advised(lang).costs);
    vec![head, html::div().test_id("kit-costs").children(kinds.into_iter().map(group))]
}

/// Forms that are eligible, one for each level and type.
fn samples(e: &Editor, told: &Told, pack: &Pack) -> Vec<El> {
    let a = advised(e.page.lang);
    if told.samples.is_empty() {
        return Vec::new();
    }
    let rows = told.samples.iter().map(|own| {
        let name = wording::kind(pack, e.page.lang, &own.kind);
        let own = own.clone();
        let look = bind(e, move |e: &Editor| {
            if let Ok(form) = own.form() {
                show(e, &form);
            }
        });
        html::li().child(html::span().text(&name)).child(named_button(a.look, &name, look))
    });
    let list = html::ul().class("kit__findings").children(rows);
    let summary = html::summary().text(a.sample);
    vec![
        html::p().class("small").text(a.reachable),
        html::details().test_id("kit-samples").child(summary).child(list),
    ]
}

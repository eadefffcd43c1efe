//! What is said of the pack: at the place, and as a list that leads there.

use leptos::prelude::*;

use super::page::{Editor, control_id};
use crate::app::host;
use crate::app::pages::bind::bind;
use crate::app::parts::{El, hint, html, jump};
use crate::app::state::signals::memo;
use crate::app::text::fill;
use crate::app::wording;
use crate::app::wording::lint;

/// Every error, or those of one place, as its place and words.
fn errors(e: &Editor, at: Option<&str>) -> Vec<(String, String)> {
    let reviewed = e.open.reviewed.get();
    let is_there = |place: &str| at.is_none_or(|at| at == place);
    let unread = reviewed.unread.iter().filter(|error| is_there(&error.pointer.to_string()));
    // In the list each says where it is; at the place it need not.
    let placed = |pointer: &str, words: String| match (at, place_words(e, pointer)) {
        (None, Some(place)) => format!("{place}: {words}"),
        _ => words,
    };
    let unread = unread.map(|error| {
        let pointer = error.pointer.to_string();
        let words = placed(&pointer, wording::fault_words(e.page.t, error));
        (pointer, words)
    });
    let errors = reviewed.errors.iter().filter(|error| is_there(&error.pointer));
    let errors = errors.map(|error| {
        let words = lint::defect(e.page.lang, &error.defect);
        (error.pointer.clone(), placed(&error.pointer, words))
    });
    unread.chain(errors).collect()
}

/// Words that are drawn anew only where they differ: most changes leave them as they are, and drawing takes longer than all
/// the rest.
pub(super) fn live_of<T: Clone + PartialEq + Send + Sync + 'static>(
    e: &Editor,
    words: impl Fn(&Editor) -> T + Clone + 'static,
    draw: impl Fn(&Editor, T) -> Vec<El> + Clone + 'static,
) -> El {
    let words = memo(bind(e, words));
    html::div().live(bind(e, move |e: &Editor| draw(e, words.get())))
}

/// What is said of the value at a pointer.
pub(super) fn findings_at(e: &Editor, pointer: &str) -> El {
    let at = pointer.to_owned();
    let words = move |e: &Editor| {
        let errors: Vec<_> = errors(e, Some(&at)).into_iter().map(|(_, words)| words).collect();
        (errors, super::advice::at(e, &at))
    };
    live_of(e, words, |_, (errors, (warnings, advice))| {
        let errors = errors.iter().map(|words| html::p().class("problem").text(words));
        let warnings = warnings.iter().map(|words| html::p().class("kit__warning").text(words));
        errors.chain(warnings).chain(advice.iter().map(|words| hint(words))).collect()
    })
}

/// The list of all, each leading to its place.
pub(super) fn list(e: &Editor) -> El {
    let k = e.page.k;
    let words = |e: &Editor| {
        let all = errors(e, None);
        (e.open.reviewed.get().pack.is_some() || !all.is_empty()).then_some(all)
    };
    let told = live_of(e, words, move |e, all| {
        let Some(all) = all else { return Vec::new() };
        let count = fill(k.findings_count, &[&all.len().to_string()]);
        let head = if all.is_empty() { k.findings_none } else { &count };
        vec![
            html::p().attr("role", "status").test_id("kit-lint-count").text(head),
            rows(e, all.into_iter()),
        ]
    });
    html::section()
        .class("sheet")
        .test_id("kit-lint")
        .attr("aria-labelledby", "kit-lint-title")
        .child(html::h2().id("kit-lint-title").text(k.findings))
        .child(told)
        .child(super::advice::groups(e))
}

/// Findings, each with its place, which it leads to.
pub(super) fn rows(e: &Editor, all: impl Iterator<Item = (String, String)>) -> El {
    let row = |(place, words): (String, String)| {
        let own = e.clone();
        let go = move || go(&own, &place);
        html::li().child(jump(&words, go))
    };
    html::ul().class("kit__findings").children(all.map(row))
}

/// What a place is called: the part of the pack, and the element in it by its code.
pub(super) fn place_words(e: &Editor, pointer: &str) -> Option<String> {
    let k = e.page.k;
    let mut steps = pointer.split('/').skip(1);
    let (list, index) = (steps.next()?, steps.next());
    let part = match list {
        "items" => k.item,
        "criteria" => k.criterion,
        "levels" => k.levels,
        "types" => k.types,
        "facts" => k.facts,
        "checks" => k.pack_checks,
        "gates" => k.gates,
        "points" => k.points,
        "adjustments" => k.adjustments,
        "decision" => k.decision,
        "legal_basis" => k.basis,
        "title" => k.pack_title,
        "id" => k.pack_id,
        "version" => k.version,
        "issuer" => k.issuer,
        "note" => k.note,
        "effective" => k.effective,
        "periods" => k.periods,
        _ => return None,
    };
    let id = index.map(|index| e.text(&format!("/{list}/{index}/id"))).unwrap_or_default();
    Some([part, &id].join(" ").trim_end().to_owned())
}

/// Goes to the part and the field of a place.
pub(super) fn go(e: &Editor, pointer: &str) {
    let part = part_of(pointer);
    e.page.kit.go(&e.open, &part);
    // The control of the value, or of the nearest value above it that has one.
    let mut at = pointer.to_owned();
    let mut ids = vec![control_id(&format!("{pointer}/vi")), control_id(pointer)];
    while let Some((above, _)) = at.rsplit_once('/').map(|(a, b)| (a.to_owned(), b.to_owned())) {
        ids.push(control_id(&above));
        at = above;
    }
    host::later(100, move || {
        if let Some(id) = ids.iter().find(|id| host::element(id).is_some()) {
            host::focus_soon(id);
        }
    });
}

/// The part of the page that shows the value at a pointer.
pub(super) fn part_of(pointer: &str) -> String {
    let mut steps = pointer.split('/').skip(1);
    let (first, second) = (steps.next().unwrap_or_default(), steps.next());
    match (first, second) {
        ("levels" | "types" | "facts" | "checks", _) => "units".to_owned(),
        ("criteria", _) | ("items", None) => "criteria".to_owned(),
        ("items", Some(index)) => format!("items/{index}"),
        ("gates", _) => "gates".to_owned(),
        ("points" | "adjustments", _) => "points".to_owned(),
        ("decision", _) => "decision".to_owned(),
        _ => String::new(),
    }
}

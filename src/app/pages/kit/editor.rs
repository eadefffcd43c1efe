//! The page of one pack: its parts, the one that is shown, the linter, and the form beside it.

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use super::page::Editor;
use super::{
    compare, criteria, decision, earlier, findings, gates, general, item, list, matrix, points,
    preview, publish, trace, units,
};
use crate::app::actions::kit as actions;
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::bind;
use crate::app::parts::{El, button, html, notice};
use crate::app::state::form::{Access, SaveState};
use crate::app::state::route::KIT;
use crate::app::state::signals::SetIfChanged;
use crate::app::text::{fill, tables};
use crate::app::wording;

/// A part of the page.
struct Part {
    /// The end of its address.
    path: &'static str,
    title: fn(&Editor) -> &'static str,
    view: fn(&Editor) -> Vec<El>,
}

const PARTS: [Part; 11] = [
    Part { path: "", title: |e| e.page.k.general, view: general::view },
    Part { path: "units", title: |e| e.page.k.units, view: units::view },
    Part { path: "criteria", title: |e| e.page.k.criteria, view: criteria::view },
    Part { path: "applies", title: |e| e.page.k.applies, view: matrix::view },
    Part { path: "gates", title: |e| e.page.k.gates, view: gates::view },
    Part { path: "points", title: |e| e.page.k.points, view: points::view },
    Part { path: "decision", title: |e| e.page.k.decision, view: decision::view },
    Part { path: "trace", title: |e| e.page.k.trace, view: trace::view },
    Part { path: "compare", title: |e| tables(e.page.lang).compare, view: compare::view },
    Part { path: "publish", title: |e| e.page.k.publish, view: publish::view },
    Part { path: "earlier", title: |e| e.page.k.earlier, view: earlier::view },
];

/// The page.
pub(super) fn view(e: &Editor) -> Vec<El> {
    let title = bind(e, |e: &Editor| {
        e.open.changed.track();
        e.look(|document| list::title(&e.page, document.json()))
    });
    let panel = bind(e, |e: &Editor| {
        e.open.drawn.track();
        let place = e.open.place.get();
        untrack(|| panel(e, &place))
    });
    let is_read_only =
        bind(e, |e: &Editor| (e.open.access.get() == Access::Reader).then(String::new));
    keep_undo_keys(e);
    vec![
        html::p().class("small").child(html::a().attr("href", KIT).text(e.page.k.to_list)),
        html::h1().text_live(title),
        html::div().attr("role", "status").live_one(bind(e, read_only)),
        bar(e),
        html::div()
            .class("kit")
            .child(
                html::div()
                    .class("kit__write")
                    .child(parts_of(e))
                    .child(html::fieldset().attr_live("disabled", is_read_only).live(panel)),
            )
            .child(html::div().class("kit__side").child(findings::list(e)).child(preview::view(e))),
    ]
}

/// Ctrl+Z and Ctrl+Y, as long as the page of the pack is shown. In a field for text the browser handles them.
fn keep_undo_keys(e: &Editor) {
    let own = e.clone();
    let keys = SendWrapper::new(host::on_undo_keys(move |again| take_step(&own, !again)));
    on_cleanup(move || drop(keys));
}

/// Takes the last step back, or does it again, and goes to where it happened.
fn take_step(e: &Editor, back: bool) {
    if let Some(at) = e.page.kit.step(&e.open, back) {
        findings::go(e, &at);
    }
}

fn read_only(e: &Editor) -> Option<El> {
    let take = bind(e, |e: &Editor| {
        spawn_local(actions::take_over(e.page.kit.clone(), e.open.clone()));
    });
    (e.open.access.get() == Access::Reader).then(|| {
        notice("kit-read-only", e.page.k.read_only)
            .child(button(e.page.k.take_turn, take).test_id("kit-take-turn"))
    })
}

/// Undo, redo, and whether the last change is saved.
fn bar(e: &Editor) -> El {
    let t = e.page.t;
    let step = |back: bool, sign: &str, words: &str| {
        let run = bind(e, move |e: &Editor| take_step(e, back));
        let can = bind(e, move |e: &Editor| {
            e.open.changed.track();
            let can =
                e.look(|document| if back { document.can_undo() } else { document.can_redo() });
            (!can).then(String::new)
        });
        html::button()
            .attr("type", "button")
            .class("top__step")
            .attr("title", words)
            .attr("aria-label", words)
            .attr_live("disabled", can)
            .on_click(run)
            .text(sign)
    };
    let state = bind(e, move |e: &Editor| match e.open.save.get() {
        SaveState::Saving { revision } => ("saving", revision, t.saving.to_owned()),
        SaveState::Saved { revision, at } => {
            let time = at.map(|at| host::local(at).0).unwrap_or_default();
            ("saved", revision, fill(t.saved, &[&time]))
        }
        SaveState::Failed { revision, error } => {
            ("failed", revision, wording::store_error(t, &error))
        }
    });
    let said = bind(e, |e: &Editor| e.open.said.get());
    html::div()
        .class("row kit__bar")
        .child(step(true, "↶", t.undo).test_id("kit-undo"))
        .child(step(false, "↷", t.redo).test_id("kit-redo"))
        .child(
            html::span()
                .class("top__save")
                .as_is()
                .test_id("kit-save-state")
                .attr_live("data-state", bind(&state, |state| Some(state().0.to_owned())))
                .attr_live("data-revision", bind(&state, |state| Some(state().1.to_string())))
                .text_live(bind(&state, |state| state().2)),
        )
        .child(html::span().class("quiet small").attr("role", "status").text_live(said))
}

fn parts_of(e: &Editor) -> El {
    let links = PARTS.iter().map(|part| {
        let path = part.path;
        let is_own = bind(e, move |e: &Editor| {
            let place = e.open.place.get();
            let own = if place.starts_with("items/") { "criteria" } else { &place };
            (own == path).then(|| "page".to_owned())
        });
        let href = format!("{KIT}/{}/{path}", e.open.id().as_str());
        let link = html::a()
            .attr("href", href.trim_end_matches('/'))
            .test_id(&format!("kit-part-{path}"))
            .attr_live("aria-current", is_own)
            .text((part.title)(e));
        html::li().child(link)
    });
    // On a phone the list is folded: it would take the whole screen.
    let is_open = ArcRwSignal::new(false);
    let (class, folded, flip) = (is_open.clone(), is_open.clone(), is_open.clone());
    let toggle = html::button()
        .attr("type", "button")
        .class("btn btn--quiet kit__toggle")
        .test_id("kit-parts-toggle")
        .attr_live("aria-expanded", move || Some(folded.get().to_string()))
        .on_click(move || flip.update(|own| *own = !*own))
        .text_live(bind(e, |e: &Editor| part_title(e).to_owned()));
    html::nav()
        .attr_live("class", move || Some(if class.get() { "tabs is-open" } else { "tabs" }))
        .attr("aria-label", e.page.k.parts)
        .child(toggle)
        .child(html::ul().children(links).on("click", move |_| is_open.set_if_changed(false)))
}

/// The title of the part that is shown.
fn part_title(e: &Editor) -> &'static str {
    let place = e.open.place.get();
    let own = if place.starts_with("items/") { "criteria" } else { &place };
    let own = PARTS.iter().find(|part| part.path == own).or(PARTS.first());
    own.map(|part| (part.title)(e)).unwrap_or_default()
}

fn panel(e: &Editor, place: &str) -> Vec<El> {
    if let Some(index) = place.strip_prefix("items/").and_then(|index| index.parse().ok())
        && e.look(|document| document.get(&format!("/items/{index}")).is_some())
    {
        return item::view(e, index);
    }
    let own = PARTS.iter().find(|part| part.path == place).or(PARTS.first());
    own.map(|part| {
        let mut all =
            vec![html::h2().id("kit-part-title").attr("tabindex", "-1").text((part.title)(e))];
        all.extend((part.view)(e));
        all
    })
    .unwrap_or_default()
}

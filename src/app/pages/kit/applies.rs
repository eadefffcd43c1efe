//! Which levels and types of units something is for, as ticks.

use leptos::prelude::*;

use super::findings::findings_at;
use super::page::{Editor, control_id};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{self, El, html};
use crate::app::state::signals::memo;
use crate::kit::Matrix;

/// Which levels and types something is for, as a table to tick.
pub(super) fn applies(e: &Editor, pointer: &str) -> El {
    let k = e.page.k;
    let (levels, types) = (e.count("/levels"), e.count("/types"));
    let now = {
        let at = pointer.to_owned();
        move |e: &Editor| e.look(|document| Matrix::of(document.json(), document.list(&at)))
    };
    // Read once for all cells.
    let shown = memo(bind(e, {
        let now = now.clone();
        move |e: &Editor| {
            e.open.changed.track();
            now(e)
        }
    }));
    let cell = |level: usize, unit_type: usize| {
        let id = format!("{}-{level}-{unit_type}", control_id(pointer));
        let (shown, own) = (shown.clone(), now.clone());
        let is_set = move || shown.with(|own| own.has(level, unit_type));
        let at = pointer.to_owned();
        let set = bind_with(e, move |e: &Editor, ticked: bool| {
            let mut matrix = own(e);
            matrix.set(level, unit_type, ticked);
            e.set(&at, Some(matrix.entries().into()));
        });
        let name = format!(
            "{} · {}",
            e.name(&format!("/levels/{level}")),
            e.name(&format!("/types/{unit_type}"))
        );
        parts::tick(&id, &name, is_set, set)
    };
    let whole = shown.clone();
    let is_full = move || whole.with(Matrix::is_full);
    let at = pointer.to_owned();
    let last = now.clone();
    let set_all = bind_with(e, move |e: &Editor, ticked: bool| {
        let mut matrix = last(e);
        matrix.set_all(ticked);
        e.set(&at, Some(matrix.entries().into()));
    });
    let all_id = format!("{}-all", control_id(pointer));
    let cells = (0..levels).flat_map(|level| (0..types).map(move |own| (level, own)));
    html::fieldset()
        .id(&control_id(pointer))
        .attr("tabindex", "-1")
        .class("kit__ticks")
        .child(html::legend().text(k.applies_item))
        .child(parts::tick(&all_id, k.applies_all, is_full, set_all))
        .children(cells.map(|(level, own)| cell(level, own)))
        .child(findings_at(e, pointer))
}

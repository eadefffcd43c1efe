//! Which item is for which units, all items at once: one row an item, one column a level and type.

use leptos::prelude::*;

use super::page::{Editor, control_id};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{self, El, html};
use crate::kit::Matrix;

pub(super) fn view(e: &Editor) -> Vec<El> {
    let k = e.page.k;
    let (levels, types) = (e.count("/levels"), e.count("/types"));
    let columns: Vec<(usize, usize)> =
        (0..levels).flat_map(|level| (0..types).map(move |own| (level, own))).collect();
    let names: Vec<String> = columns
        .iter()
        .map(|(level, own)| {
            let level = e.name(&format!("/levels/{level}"));
            format!("{level} · {}", e.name(&format!("/types/{own}")))
        })
        .collect();
    let mut heads = vec![parts::column(k.item)];
    heads.extend(names.iter().map(|name| parts::column(name)));
    let rows = (0..e.count("/items")).map(|index| {
        let at = format!("/items/{index}");
        let title = format!("{} {}", e.text(&format!("{at}/id")), e.name(&at));
        let cells =
            columns.iter().zip(&names).map(|(cell, name)| tick(e, index, *cell, &title, name));
        parts::row(&title).children(cells)
    });
    let title = html::h3().id("kit-applies-title").class("visually-hidden").text(k.applies);
    let table = parts::table("kit__matrix", heads, rows.collect());
    vec![title, parts::scrolling("kit-applies-title", table)]
}

fn tick(e: &Editor, index: usize, (level, own): (usize, usize), title: &str, name: &str) -> El {
    let at = format!("/items/{index}/applies");
    let matrix = {
        let at = at.clone();
        move |e: &Editor| e.look(|document| Matrix::of(document.json(), document.list(&at)))
    };
    let (now, id) = (matrix.clone(), format!("{}-{level}-{own}", control_id(&at)));
    let is_set = bind(e, move |e: &Editor| {
        e.open.changed.track();
        now(e).has(level, own)
    });
    let was = is_set.clone();
    let set = bind_with(e, move |e: &Editor, (): ()| {
        let mut matrix = matrix(e);
        matrix.set(level, own, !untrack(&was));
        e.set(&at, Some(matrix.entries().into()));
    });
    let input = html::input()
        .attr("type", "checkbox")
        .attr("aria-label", &format!("{title}: {name}"))
        .test_id(&id)
        .id(&id)
        .checked_live(is_set)
        .on("change", move |_| set(()));
    html::td().child(html::label().class("kit__cell").child(input))
}

//! Which clause of the documents is covered by which items, and which by none.

use leptos::prelude::*;

use super::page::Editor;
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{self, El, hint, html};
use crate::json::Json;
use crate::kit::tree;

pub(super) fn view(e: &Editor) -> Vec<El> {
    let k = e.page.k;
    let now = e.open.record(|record| record.clauses.clone());
    let write = bind_with(e, |e: &Editor, text: String| e.page.kit.set_clauses(&e.open, text));
    vec![
        parts::lines("kit-clauses", k.clauses, now, write),
        hint(k.clauses_say),
        html::div().live(bind(e, |e: &Editor| {
            e.open.changed.track();
            table(e)
        })),
    ]
}

fn table(e: &Editor) -> Vec<El> {
    let k = e.page.k;
    let clauses = e.open.record(|record| record.clauses.clone());
    let named: Vec<(&str, &str)> = clauses
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| line.split_once(' ').unwrap_or((line, "")))
        .collect();
    // Clauses that items name and the list lacks stand at the end.
    let mut others = Vec::new();
    e.look(|document| {
        for item in document.list("/items") {
            for id in tree::list(item, "/source").iter().filter_map(Json::as_text) {
                if !named.iter().any(|(own, _)| *own == id) && !others.iter().any(|own| own == id) {
                    others.push(id.to_owned());
                }
            }
        }
    });
    let row = |id: &str, words: &str| {
        let covered = e.look(|document| {
            let items = document.list("/items").iter();
            let own = items.filter(|item| tree::list(item, "/source").contains(&id.into()));
            own.map(|item| tree::text(item, "/id").to_owned()).collect::<Vec<_>>().join(", ")
        });
        let cell = html::td();
        let cell = if covered.is_empty() {
            cell.class("problem").text(k.covered_by_none)
        } else {
            cell.text(&covered)
        };
        parts::row(&format!("{id} {words}")).child(cell)
    };
    let rows: Vec<El> = named
        .iter()
        .map(|(id, words)| row(id, words))
        .chain(others.iter().map(|id| row(id, "")))
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let heads = vec![parts::column(k.clause), parts::column(k.covered_by)];
    let title = html::h3().id("kit-trace-title").text(k.trace);
    vec![title, parts::scrolling("kit-trace-title", parts::table("", heads, rows))]
}

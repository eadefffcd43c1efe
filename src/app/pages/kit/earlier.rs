//! Earlier states of the pack. Going back to one is a step like any other.

use leptos::prelude::*;

use super::page::Editor;
use crate::app::actions::kit as actions;
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::bind;
use crate::app::parts::{El, html, named_button};
use crate::app::text::fill;
use crate::kit::tree;
use crate::store::KitRecord;

pub(super) fn view(e: &Editor) -> Vec<El> {
    let states = ArcRwSignal::new(None::<Vec<KitRecord>>);
    let (kit, id, read) = (e.page.kit.clone(), e.open.id(), states.clone());
    spawn_local(async move { read.set(Some(actions::states(kit, id).await)) });
    let own = e.clone();
    vec![html::div().live(move || match states.get() {
        None => vec![html::p().attr("role", "status").text(own.page.k.reading)],
        Some(states) if states.is_empty() => vec![html::p().text(own.page.k.states_none)],
        Some(states) => {
            vec![html::ul().class("list").children(states.iter().map(|state| row(&own, state)))]
        }
    })]
}

fn row(e: &Editor, state: &KitRecord) -> El {
    let k = e.page.k;
    let day = host::local_text(state.updated);
    let items = tree::list(&state.pack, "/items").len().to_string();
    let words = format!(
        "{} · {} · {} {items}",
        fill(k.state_of, &[&day]),
        tree::text(&state.pack, "/version"),
        k.criteria.to_lowercase()
    );
    let pack = state.pack.clone();
    let take = bind(e, move |e: &Editor| {
        let pack = pack.clone();
        e.change(|document| document.set("", Some(pack)));
    });
    html::li().child(html::p().text(&words)).child(html::p().class("row").child(named_button(
        k.state_take,
        &day,
        take,
    )))
}

//! Items of the pack that something names, chosen by ticks: nobody has to know their codes.

use std::rc::Rc;

use leptos::prelude::*;

use super::controls::with_findings;
use super::page::{Editor, control_id};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{self, El, html};
use crate::app::state::signals::{SetIfChanged, ViewMemo, memo};
use crate::app::text::fill;
use crate::json::Json;
use crate::kit::tree;

/// The most codes that the closed list repeats.
const CODES: usize = 12;

/// The codes in the list at a pointer.
pub(super) fn codes(e: &Editor, pointer: &str) -> Vec<String> {
    e.look(|document| {
        document.list(pointer).iter().filter_map(Json::as_text).map(str::to_owned).collect()
    })
}

/// The items named at a pointer: their codes, and, once it is opened, a tick for each item of the pack. `none` is said
/// where no item is named.
pub(super) fn items(e: &Editor, name: &'static str, none: &'static str, pointer: &str) -> El {
    let at = pointer.to_owned();
    let now = memo(bind(e, move |e: &Editor| {
        e.open.changed.track();
        codes(e, &at)
    }));
    let id = control_id(pointer);
    let is_open = ArcRwSignal::new(false);
    let (opens, shown) = (is_open.clone(), now.clone());
    let told = bind(e, move |e: &Editor| shown.with(|codes| summary(e, name, none, codes)));
    let at = pointer.to_owned();
    // Drawn when it is opened, since a pack may have hundreds of items.
    let ticks = bind(
        e,
        move |e: &Editor| {
            if is_open.get() { untrack(|| ticks(e, &at, &now)) } else { Vec::new() }
        },
    );
    let list = html::details()
        .test_id(&id)
        .on("toggle", move |_| opens.set_if_changed(true))
        .child(html::summary().id(&id).text_live(told))
        .child(html::div().live(ticks));
    with_findings(e, pointer, list)
}

fn summary(e: &Editor, name: &str, none: &str, codes: &[String]) -> String {
    if codes.is_empty() {
        return format!("{name}: {none}");
    }
    let mut words = codes.iter().take(CODES).cloned().collect::<Vec<_>>().join(", ");
    if codes.len() > CODES {
        words += &fill(e.page.k.items_more, &[&(codes.len() - CODES).to_string()]);
    }
    format!("{name}: {words}")
}

/// A tick for each item, criterion by criterion; before them what is named and is no item.
fn ticks(e: &Editor, pointer: &str, now: &ViewMemo<Vec<String>>) -> Vec<El> {
    let all = |list: &str| -> Vec<(String, String)> {
        let places = (0..e.count(list)).map(|n| format!("{list}/{n}"));
        places.map(|own| (e.text(&format!("{own}/id")), e.name(&own))).collect()
    };
    let (criteria, items) = (all("/criteria"), all("/items"));
    let own_criteria: Vec<String> = e.look(|document| {
        document.list("/items").iter().map(|own| tree::text(own, "/criterion").to_owned()).collect()
    });
    let order: Rc<[String]> = items.iter().map(|(id, _)| id.clone()).collect();
    let one = |id: &str, words: &str| {
        let is_set = {
            let (now, id) = (now.clone(), id.to_owned());
            move || now.with(|codes| codes.contains(&id))
        };
        let (at, own, order) = (pointer.to_owned(), id.to_owned(), order.clone());
        let set = bind_with(e, move |e: &Editor, ticked: bool| {
            let mut named = codes(e, &at);
            named.retain(|code| *code != own);
            if ticked {
                named.push(own.clone());
            }
            // In the order of the pack; what is no item of it comes first.
            named.sort_by_key(|code| order.iter().position(|own| own == code));
            e.set(
                &at,
                Some(named.iter().map(|code| code.as_str().into()).collect::<Vec<Json>>().into()),
            );
        });
        parts::tick(&format!("{}-{id}", control_id(pointer)), words, is_set, set)
    };
    let group = |words: &str, ticks: Vec<El>| {
        html::fieldset().class("kit__ticks").child(html::legend().text(words)).children(ticks)
    };
    let strangers: Vec<El> = untrack(|| now.get())
        .iter()
        .filter(|code| !order.contains(code))
        .map(|code| one(code, code))
        .collect();
    let mut drawn = Vec::new();
    if !strangers.is_empty() {
        drawn.push(group(e.page.k.items_strange, strangers));
    }
    for (criterion, name) in &criteria {
        let own = items.iter().zip(&own_criteria).filter(|(_, own)| *own == criterion);
        let own: Vec<El> = own.map(|((id, label), _)| one(id, &format!("{id} {label}"))).collect();
        if !own.is_empty() {
            drawn.push(group(name, own));
        }
    }
    if drawn.is_empty() {
        drawn.push(parts::hint(e.page.k.items_none));
    }
    drawn
}

//! The mandatory conditions: what makes a form not eligible, or pending, whatever it scores.

use leptos::prelude::*;

use super::applies::applies;
use super::chosen::{codes, items};
use super::controls::{add, choice, day, label, moving, tick};
use super::page::{Editor, control_id};
use super::units::{id_field, named, put};
use crate::app::pages::bind::bind;
use crate::app::parts::{El, hint, html};
use crate::app::state::signals::memo;
use crate::json::Json;
use crate::kit::{Kind, remove};

pub(super) fn view(e: &Editor) -> Vec<El> {
    let all = (0..e.count("/gates")).map(|index| gate(e, index));
    vec![
        hint(e.page.k.gate_say),
        html::ol().class("kit__list").children(all),
        html::p().class("row").child(add(e, e.page.k.gate_add, "/gates", |document| {
            let mut gate = named(document, Kind::Gate, "G");
            put(&mut gate, "effect", "fail".into());
            put(&mut gate, "applies", vec!["*:*".into()].into());
            put(&mut gate, "allows_exception", true.into());
            gate
        })),
    ]
}

fn gate(e: &Editor, index: usize) -> El {
    let k = e.page.k;
    let at = format!("/gates/{index}");
    // Only what a person declares has a day and can be excepted (spec 2.6): by items, a gate follows their verdicts.
    let own = at.clone();
    let by_items = memo(bind(e, move |e: &Editor| {
        e.open.changed.track();
        !codes(e, &format!("{own}/items")).is_empty()
    }));
    let own = at.clone();
    let declared = bind(e, move |e: &Editor| {
        let by_items = by_items.get();
        untrack(|| {
            if by_items {
                vec![hint(e.page.k.gate_by_items)]
            } else {
                let tick = tick(e, e.page.k.gate_exception, &format!("{own}/allows_exception"));
                vec![tick, span(e, &own)]
            }
        })
    });
    html::li()
        .id(&control_id(&at))
        .attr("tabindex", "-1")
        .child(label(e, k.label, &format!("{at}/label"), false, false))
        .child(label(e, k.help, &format!("{at}/help"), true, true))
        .child(html::div().class("kit__pair").child(id_field(e, Kind::Gate, index)).child(choice(
            e,
            k.gate_effect,
            &format!("{at}/effect"),
            &[("fail", k.gate_effects[0]), ("pending", k.gate_effects[1])],
        )))
        .child(items(e, k.gate_items, k.gate_declared, &format!("{at}/items")))
        .child(html::div().class("kit__declared").live(declared))
        .child(applies(e, &format!("{at}/applies")))
        .child(moving(e, "/gates", index, &e.name(&at), move |document| {
            remove(document, Kind::Gate, index);
        }))
}

/// From when to when violations count.
fn span(e: &Editor, at: &str) -> El {
    let k = e.page.k;
    // Days are members of a span, which is there once it is asked for.
    if matches!(e.get(&format!("{at}/in_force")), Some(Json::Object(_))) {
        html::div()
            .class("kit__pair")
            .child(day(e, k.in_force_from, &format!("{at}/in_force/from")))
            .child(day(e, k.in_force_to, &format!("{at}/in_force/to")))
    } else {
        super::points::begin(e, k.in_force_from, &format!("{at}/in_force"), || {
            Json::Object(vec![("from".to_owned(), Json::Null), ("to".to_owned(), Json::Null)])
        })
    }
}

//! The name of a pack, its version, when it is used, and the documents that it rests on.

use super::controls::{add, day, label, moving, plain_removal, text};
use super::page::{Editor, control_id};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{El, hint, html, tick};
use crate::app::wording;
use crate::json::Json;
use crate::pack::PeriodKind;
use leptos::prelude::*;

pub(super) fn view(e: &Editor) -> Vec<El> {
    let k = e.page.k;
    vec![
        label(e, k.pack_title, "/title", false, false),
        html::div()
            .class("kit__pair")
            .child(text(e, k.pack_id, "/id", false))
            .child(text(e, k.version, "/version", false)),
        hint(k.pack_id_say),
        hint(k.version_say),
        label(e, k.issuer, "/issuer", true, false),
        label(e, k.note, "/note", true, true),
        hint(k.note_say),
        html::div().class("kit__pair").child(day(e, k.from, "/effective/from")).child(day(
            e,
            k.to,
            "/effective/to",
        )),
        periods(e),
        html::h3().text(k.basis),
        html::ul()
            .class("kit__list")
            .children((0..e.count("/legal_basis")).map(|index| basis(e, index))),
        html::p().class("row").child(add(e, k.basis_add, "/legal_basis", |_| {
            Json::Object(vec![("cite".to_owned(), "".into())])
        })),
    ]
}

fn periods(e: &Editor) -> El {
    let one = |kind: PeriodKind| {
        let has = move |e: &Editor| {
            e.look(|document| document.list("/periods").contains(&kind.as_str().into()))
        };
        let is_set = bind(e, move |e: &Editor| {
            e.open.changed.track();
            has(e)
        });
        let set = bind_with(e, move |e: &Editor, ticked: bool| {
            let now = e.look(|document| document.list("/periods").to_vec());
            let is_in = |own: &PeriodKind| {
                if *own == kind { ticked } else { now.contains(&own.as_str().into()) }
            };
            // In the order of the format.
            let all = PeriodKind::ALL.iter().filter(|own| is_in(own));
            let all: Vec<Json> = all.map(|own| own.as_str().into()).collect();
            e.set("/periods", Some(all.into()));
        });
        let id = format!("{}-{}", control_id("/periods"), kind.as_str());
        tick(&id, wording::period_kind(e.page.t, kind), is_set, set)
    };
    let legend = html::legend().text(e.page.k.periods);
    html::fieldset()
        .id(&control_id("/periods"))
        .attr("tabindex", "-1")
        .class("kit__ticks")
        .child(legend)
        .children(PeriodKind::ALL.iter().map(|kind| one(*kind)))
        .child(super::findings::findings_at(e, "/periods"))
}

fn basis(e: &Editor, index: usize) -> El {
    let k = e.page.k;
    let at = format!("/legal_basis/{index}");
    let name = e.text(&format!("{at}/cite"));
    html::li()
        .child(text(e, k.cite, &format!("{at}/cite"), false))
        .child(day(e, k.issued, &format!("{at}/issued")))
        .child(moving(e, "/legal_basis", index, &name, plain_removal("/legal_basis", index)))
}

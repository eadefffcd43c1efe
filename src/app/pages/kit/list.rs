//! The packs that are being written, and how a new one begins.

use leptos::prelude::*;

use super::importing;
use super::page::Page;
use crate::app::actions::kit as actions;
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{self, El, button, html, link_button, named_button, quiet_button};
use crate::app::state::route::KIT;
use crate::app::text::{fill, kit};
use crate::device::KitRow;
use crate::json::Json;
use crate::kit::{Document, blank, next_version, tree};
use crate::pack::catalog::purpose;
use crate::store::KitRecord;
use crate::value::{Digest, Id, Lang, Version};

/// The list.
pub(super) fn view(page: &Page) -> Vec<El> {
    let k = page.k;
    vec![
        html::h1().text(k.title),
        html::p().text(k.say),
        html::div().attr("role", "status").live_one(bind(page, deleted)),
        parts::sheet("kit-rows-title", k.rows)
            .test_id("kit-rows")
            .child(html::div().live(bind(page, rows)))
            .child(html::div().live_one(bind(page, deleted_rows))),
        begin(page),
        html::div().live(bind(page, importing::view)),
        html::p().class("row").child(link_button("quiet", page.t.back_home, "#/")),
    ]
}

fn rows(page: &Page) -> Vec<El> {
    let Some(rows) = page.kit.state.rows.get() else {
        return vec![html::p().text(page.k.reading)];
    };
    let is_there = |row: &&KitRow| row.record.as_ref().is_ok_and(|own| own.deleted.is_some());
    let all: Vec<El> = rows.iter().filter(|row| !is_there(row)).map(|own| row(page, own)).collect();
    if all.is_empty() {
        return vec![html::p().text(page.k.none)];
    }
    vec![html::ul().class("list").children(all)]
}

/// What was deleted, each to be brought back.
fn deleted_rows(page: &Page) -> Option<El> {
    let rows = page.kit.state.rows.get()?;
    let read = rows.iter().filter_map(|row| row.record.as_ref().ok());
    let gone: Vec<El> =
        read.filter(|own| own.deleted.is_some()).map(|own| gone(page, own)).collect();
    let words = fill(page.k.deleted_rows, &[&gone.len().to_string()]);
    let list = html::ul().class("list").children(gone);
    (words != fill(page.k.deleted_rows, &["0"]))
        .then(|| parts::fold(&words).test_id("kit-deleted-rows").child(list))
}

fn gone(page: &Page, record: &KitRecord) -> El {
    let (title, id) = (title(page, &record.pack), record.id.clone());
    let back = bind(&page.kit, move |kit| {
        spawn_local(actions::delete(kit.clone(), id.clone(), false));
    });
    let changed = fill(page.k.changed, &[&host::local_text(record.updated)]);
    html::li().child(html::p().text(&title).text(" · ").text(&changed)).child(
        html::p()
            .class("row")
            .child(named_button(page.k.bring_back, &title, back).test_id("kit-bring-back")),
    )
}

fn row(page: &Page, row: &KitRow) -> El {
    let record = match &row.record {
        Ok(record) => record,
        Err(_) => return html::li().child(html::p().text(page.k.unreadable)),
    };
    let title = title(page, &record.pack);
    let version = tree::text(&record.pack, "/version");
    let changed = fill(page.k.changed, &[&host::local_text(record.updated)]);
    let id = record.id.clone();
    let delete = bind(&page.kit, move |kit| {
        spawn_local(actions::delete(kit.clone(), id.clone(), true));
    });
    html::li()
        .test_id("kit-row")
        .child(
            html::div()
                .child(
                    html::a()
                        .class("list__title")
                        .attr("href", &format!("{KIT}/{}", record.id.as_str()))
                        .text(&title),
                )
                .child(html::p().class("quiet small").text(version).text(" · ").text(&changed)),
        )
        .child(
            html::div().class("row").child(
                quiet_button("plain", page.k.delete, delete)
                    .test_id("kit-delete")
                    .attr("aria-label", &format!("{}: {title}", page.k.delete)),
            ),
        )
}

/// What a pack is called.
pub(super) fn title(page: &Page, pack: &Json) -> String {
    let own = match page.lang {
        Lang::En => tree::text(pack, "/title/en"),
        Lang::Vi => "",
    };
    let own = if own.is_empty() { tree::text(pack, "/title/vi") } else { own };
    if own.is_empty() { page.k.untitled.to_owned() } else { own.to_owned() }
}

fn deleted(page: &Page) -> Option<El> {
    let id = page.kit.state.deleted.get()?;
    let back = bind(&page.kit, move |kit| {
        spawn_local(actions::delete(kit.clone(), id.clone(), false));
    });
    Some(parts::notice("kit-deleted", page.k.deleted).child(button(page.k.bring_back, back)))
}

fn begin(page: &Page) -> El {
    let k = page.k;
    let blank = bind(page, |page: &Page| {
        if let Some(pack) = blank_pack(page) {
            page.kit.begin_with(pack);
        }
    });
    let packs = page.app.device.packs();
    let options: Vec<(String, String)> = packs
        .packs()
        .iter()
        .map(|pack| (pack.digest.to_string(), purpose(pack, page.lang).to_owned()))
        .collect();
    let first = options.first().map(|(id, _)| id.clone()).unwrap_or_default();
    let chosen = ArcRwSignal::new(first.clone());
    let choose = bind_with(&chosen, |chosen: &ArcRwSignal<String>, id: String| chosen.set(id));
    let copy = bind(page, move |page: &Page| {
        if let Some(pack) = copy_of(page, &chosen.get_untracked()) {
            page.kit.begin_with(pack);
        }
    });
    parts::sheet("kit-begin-title", k.begin)
        .child(html::p().class("row").child(button(k.begin_blank, blank).test_id("kit-new")))
        .child(importing::choose(page))
        .child(parts::choice("kit-copy", k.begin_copy, options, &first, None, choose))
        .child(
            html::p()
                .class("row")
                .child(quiet_button("quiet", k.begin_copy_go, copy).test_id("kit-copy-go")),
        )
}

/// A known pack as a tree, to go on with. A copy of a built-in one is another pack; what was taken goes on as its next
/// version.
fn copy_of(page: &Page, digest: &str) -> Option<Json> {
    let digest = Digest::parse(digest)?;
    let mut pack = Document::new(page.app.device.pack_json(&digest)?);
    if page.app.device.packs().is_built_in(&digest) {
        let id = format!("{}-ban-sao", pack.text("/id"));
        pack.set("/id", Some(id.into()));
        pack.set("/version", Some("0.1.0".into()));
        // Who issued the original does not answer for the copy.
        pack.set("/issuer", None);
    } else if let Some(next) = next_version(pack.text("/version"), true) {
        pack.set("/version", Some(next.into()));
    }
    Some(pack.json().clone())
}

/// A small pack without errors, to be changed. It says of itself that it is a proposal.
fn blank_pack(page: &Page) -> Option<Json> {
    let (id, version) = (Id::new("bo-tieu-chi-moi")?, Version::new("0.1.0")?);
    let title = page.k.untitled;
    let start = blank::Start { id: &id, version: &version, title, levels: &[], types: &[] };
    let mut pack = Document::new(blank::new(&start));
    let [vi, en] = [Lang::Vi, Lang::En].map(|lang| Json::from(kit(lang).proposal));
    pack.set("/note", Some(Json::from([("vi", vi), ("en", en)])));
    Some(pack.json().clone())
}

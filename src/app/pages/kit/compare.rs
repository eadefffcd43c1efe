//! What changed since another version, item by item, in words. Each change leads to its place.

use std::rc::Rc;

use leptos::prelude::*;

use super::findings;
use super::page::Editor;
use crate::app::actions::kit as actions;
use crate::app::host::{self, Event, spawn_local};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{self, El, html, jump, problem};
use crate::app::state::kit::Compared;
use crate::app::text::{Tables, fill, tables};
use crate::app::wording::changes::Sides;
use crate::json::Json;
use crate::kit::diff::{Change, Deed, Kind, Part, diff};
use crate::pack::Pack;
use crate::pack::catalog::purpose;
use crate::value::{Digest, shown};

pub(super) fn view(e: &Editor) -> Vec<El> {
    let s = tables(e.page.lang);
    let is_refused = ArcRwSignal::new(false);
    let own_id = e.text("/id");
    let packs = e.page.app.device.packs();
    let mut known: Vec<&Rc<Pack>> = packs.all().collect();
    // The same pack first, the newest version of it before.
    known.sort_by_key(|pack| pack.id.as_str() != own_id);
    let options: Vec<(String, String)> =
        known.iter().map(|pack| (pack.digest.to_string(), name(e, pack))).collect();
    let usual = known.first().filter(|pack| pack.id.as_str() == own_id);
    if e.open.compared.with_untracked(Option::is_none)
        && let Some(pack) = usual
    {
        e.open.compared.set(known_pack(e, &pack.digest));
    }
    let now = e.open.compared.get_untracked().and_then(|now| now.digest);
    let now = now.map(|digest| digest.to_string()).unwrap_or_default();
    let refused = is_refused.clone();
    let choose = bind_with(e, move |e: &Editor, digest: String| {
        refused.set(false);
        let known = Digest::parse(&digest).and_then(|digest| known_pack(e, &digest));
        e.open.compared.set(known);
    });
    let refused = is_refused.clone();
    let take = bind_with(e, move |e: &Editor, event: Event| {
        let Some(file) = host::chosen_files(&event).into_iter().next() else { return };
        let (e, refused) = (e.clone(), refused.clone());
        spawn_local(async move {
            let pack = actions::pack_of(&file).await;
            refused.set(pack.is_none());
            if let Some(pack) = pack {
                let file = shown(&host::path_of(&file)).into_owned();
                e.open.compared.set(Some(Rc::new(Compared { digest: None, file, pack })));
            }
        });
    });
    let told = bind(e, |e: &Editor| {
        e.open.changed.track();
        match e.open.compared.get() {
            Some(with) => changes(e, &with),
            None => Vec::new(),
        }
    });
    let told_of_file = move || is_refused.get().then(|| problem(s.compare_refused));
    let none = Some(s.compare_none);
    vec![
        html::p().text(s.compare_say),
        parts::choice("kit-compare", s.compare_with, options, &now, none, choose),
        html::p().class("row").child(parts::files(
            "kit-compare-file",
            s.compare_file,
            ".json",
            take,
        )),
        html::div().attr("role", "status").live_one(told_of_file),
        html::div().class("kit__compared").test_id("kit-compared").live(told),
    ]
}

fn name(e: &Editor, pack: &Pack) -> String {
    format!("{} {}", purpose(pack, e.page.lang), pack.version)
}

fn known_pack(e: &Editor, digest: &Digest) -> Option<Rc<Compared>> {
    let pack = e.page.app.device.pack_json(digest)?;
    Some(Rc::new(Compared { digest: Some(*digest), file: String::new(), pack }))
}

/// What the pack that this one is compared with is called.
fn compared_name(e: &Editor, with: &Compared) -> String {
    let packs = e.page.app.device.packs();
    let known = with.digest.as_ref().and_then(|digest| packs.by_digest(digest));
    known.map_or_else(|| with.file.clone(), |pack| name(e, pack))
}

fn changes(e: &Editor, with: &Compared) -> Vec<El> {
    let s = tables(e.page.lang);
    let after = e.look(|document| document.json().clone());
    let all = diff(&with.pack, &after);
    let count = |matters: bool| all.iter().filter(|own| own.matters() == matters).count();
    let (matter, others) = (count(true).to_string(), count(false).to_string());
    let name = compared_name(e, with);
    let words = if all.is_empty() {
        fill(s.compare_same, &[&name])
    } else {
        fill(s.compare_count, &[&name, &matter, &others])
    };
    let sides = Sides { lang: e.page.lang, before: &with.pack, after: &after };
    let count = html::p().attr("role", "status").test_id("kit-compare-count").text(&words);
    let mut shown = vec![count];
    for matters in [true, false] {
        let own: Vec<&Change> = all.iter().filter(|own| own.matters() == matters).collect();
        shown.extend(group(e, s, matters, &own, sides));
    }
    shown
}

/// The changes that matter, or the others: part by part.
fn group(
    e: &Editor,
    s: &Tables,
    matters: bool,
    changes: &[&Change],
    sides: Sides<'_>,
) -> Option<El> {
    if changes.is_empty() {
        return None;
    }
    let mut parts: Vec<(&Part, Vec<&Change>)> = Vec::new();
    for change in changes {
        match parts.last_mut() {
            Some((part, own)) if **part == change.part => own.push(change),
            _ => parts.push((&change.part, vec![change])),
        }
    }
    let row = |(part, own): (&Part, Vec<&Change>)| {
        let deeds = own.iter().map(|change| {
            let (e, at) = (e.clone(), place(change, sides.after));
            html::li().child(jump(&sides.deed(change), move || findings::go(&e, &at)))
        });
        html::li()
            .test_id("kit-change")
            .child(html::p().class("kit__part").text(&sides.part(part)))
            .child(html::ul().class("kit__findings").children(deeds))
    };
    let (id, title) = if matters { ("matter", s.matters) } else { ("words", s.words_only) };
    Some(
        html::div()
            .test_id(&format!("kit-compare-{id}"))
            .child(html::h3().text(title))
            .child(html::ul().class("kit__list").children(parts.into_iter().map(row))),
    )
}

/// Where a change is to be seen; what is gone, where its list is.
fn place(change: &Change, after: &Json) -> String {
    match (&change.deed, change.part.pointer(after)) {
        (Deed::Number { member, .. } | Deed::Member { member, .. }, Some(at)) => {
            format!("{at}/{member}")
        }
        (_, Some(at)) => at,
        (_, None) => {
            let first = change.part.0.first().map(|(kind, _)| *kind);
            format!("/{}", first.map(Kind::list).unwrap_or_default())
        }
    }
}

//! Below the list of forms: the full backup, and deleted forms.

use crate::app::actions::{App, backup, chunks, scan as reading};
use crate::app::pages::papers::papers;
use crate::app::parts::{El, fold, hint, html, link_button, named_button, quiet_button};
use crate::app::state::route::{DESK, KEYS, KIT};
use crate::app::text::{Text, fill};
use crate::app::{host, wording};
use crate::store::Deleted;
use leptos::prelude::*;

/// Backup and deleted forms, below the list.
pub fn kept(app: App, t: &'static Text) -> Vec<El> {
    let read = quiet_button("quiet", t.later().papers_open, move || reading::begin(app));
    let keys = link_button("quiet", t.later().keys_title, KEYS);
    // The page in one file has no desk and no form kit.
    let desk = (!host::is_file()).then(|| link_button("quiet", t.later().desk_link, DESK));
    let desk = desk.map(|desk| desk.test_id("desk"));
    let kit = (!host::is_file()).then(|| link_button("quiet", t.later().kit_link, KIT));
    let kit = kit.map(|kit| kit.test_id("kit"));
    vec![
        html::div().live_one(move || papers(app, t)),
        html::div().live(move || keeping(app, t)),
        html::div().live_one(move || deleted(app, t)),
        html::p()
            .class("row")
            .child(read.test_id("papers-open"))
            .child(keys.test_id("keys-link"))
            .maybe(desk)
            .maybe(kit),
    ]
}

/// The backup, and whether it is due.
fn keeping(app: App, t: &'static Text) -> Vec<El> {
    let Some(rows) = app.state.rows.get() else {
        return Vec::new();
    };
    let last = app.state.backup.get();
    let changed = rows.first().and_then(|row| Some(row.form.as_ref().ok()?.updated));
    let words = match last {
        _ if rows.is_empty() => return Vec::new(),
        Some(at) if changed <= Some(at) => fill(t.later().backup_done, &[&host::local_text(at)]),
        _ => t.later().backup_due.to_owned(),
    };
    let save = move || chunks::when_loaded(app, move |_| backup::save_all(app));
    let save = quiet_button("quiet", t.later().backup, save).test_id("backup");
    vec![
        html::p().class("row").child(save),
        hint(&words).test_id("backup-state"),
        hint(t.later().attached.attached_backup).test_id("backup-without"),
        html::p().class("quiet small").test_id("storage-state").text_live(move || room(app, t)),
    ]
}

/// How the browser keeps the data.
fn room(app: App, t: &'static Text) -> String {
    let Some(room) = app.state.room.get() else {
        return String::new();
    };
    let lasting = if room.lasting { t.later().room_lasting } else { t.later().room_may_go };
    match room.left {
        Some(left) => {
            let left = match left >> 20 {
                few @ ..2048 => format!("{few} MB"),
                many => format!("{} GB", (many >> 10)),
            };
            let left = fill(t.later().room_left, &[&left]);
            format!("{lasting} {left}")
        }
        None => lasting.to_owned(),
    }
}

/// Deleted forms that can be restored.
fn deleted(app: App, t: &'static Text) -> Option<El> {
    let all = app.state.deleted.get();
    if all.is_empty() {
        return None;
    }
    let line = |one: Deleted| {
        let name = wording::name(t, &one.title);
        let when = fill(t.later().deleted_on, &[&host::local_text(one.at)]);
        let back = move || {
            let one = one.clone();
            chunks::when_loaded(app, move |_| backup::bring_back(app, one));
        };
        let back = named_button(t.later().bring_back, &name, back);
        html::li().child(html::p().text(&name)).child(hint(&when)).child(back)
    };
    let head = fill(t.later().deleted_forms, &[&all.len().to_string()]);
    let lines = html::ul().class("list").children(all.into_iter().map(line));
    Some(fold(&head).test_id("deleted-forms").child(lines))
}

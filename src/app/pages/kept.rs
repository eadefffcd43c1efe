//! Below the list of forms: the full backup, and deleted forms.

use crate::app::actions::App;
use crate::app::actions::backup;
use crate::app::actions::chunks;
use crate::app::actions::scan as reading;
use crate::app::host;
use crate::app::pages::papers::papers;
use crate::app::parts::element::El;
use crate::app::parts::html;
use crate::app::parts::quiet_button;
use crate::app::state::route::KEYS;
use crate::app::text::{Text, fill};
use crate::store::Deleted;
use crate::value::{is_blank, plain};
use leptos::prelude::*;

/// Backup and deleted forms, below the list.
pub fn kept(app: App, t: &'static Text) -> Vec<El> {
    vec![
        html::div().live_one(move || papers(app, t)),
        html::div().live(move || keeping(app, t)),
        html::div().live_one(move || deleted(app, t)),
        html::p()
            .class("row")
            .child(
                quiet_button("quiet", t.later().papers_open, move || reading::begin(app))
                    .test_id("papers-open"),
            )
            .child(
                html::a()
                    .class("btn btn--quiet")
                    .attr("href", KEYS)
                    .test_id("keys-link")
                    .text(t.later().keys_title),
            ),
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
        Some(at) if changed <= Some(at) => {
            let (time, date) = host::local(at);
            fill(t.later().backup_done, &[&format!("{time} {date}")])
        }
        _ => t.later().backup_due.to_owned(),
    };
    let save = move || chunks::when_loaded(app, move |_| backup::save_all(app));
    vec![
        html::p()
            .class("row")
            .child(quiet_button("quiet", t.later().backup, save).test_id("backup")),
        html::p().class("quiet small").test_id("backup-state").text(&words),
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
        let name = if is_blank(&one.title) {
            t.unnamed.to_owned()
        } else {
            plain(&one.title).into_owned()
        };
        let (time, date) = host::local(one.at);
        let back = move || {
            let one = one.clone();
            chunks::when_loaded(app, move |_| backup::bring_back(app, one));
        };
        html::li()
            .child(html::p().text(&name))
            .child(
                html::p()
                    .class("quiet small")
                    .text(&fill(t.later().deleted_on, &[&format!("{time} {date}")])),
            )
            .child(
                quiet_button("quiet", t.later().bring_back, back)
                    .attr("aria-label", &format!("{}: {name}", t.later().bring_back)),
            )
    };
    let head = fill(t.later().deleted_forms, &[&all.len().to_string()]);
    Some(
        html::details()
            .test_id("deleted-forms")
            .child(html::summary().text(&head))
            .child(html::ul().class("list").children(all.into_iter().map(line))),
    )
}

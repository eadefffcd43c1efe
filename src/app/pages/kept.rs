//! Under the list of forms: the backup of everything, and forms that were deleted.

use crate::app::backup;
use crate::app::browser;
use crate::app::element::{El, el};
use crate::app::pages::papers::papers;
use crate::app::papers as reading;
use crate::app::parts::quiet_button;
use crate::app::rest;
use crate::app::route::KEYS;
use crate::app::rows::Rows;
use crate::app::state::App;
use crate::app::text::{Text, fill};
use crate::store::Deleted;
use crate::value::{is_blank, plain};

/// Backup and deleted forms, under the list of forms.
pub fn kept(app: App, t: &'static Text) -> Vec<El> {
    vec![
        el("div").live_one(move || papers(app, t)),
        el("div").live(move || keeping(app, t)),
        el("div").live_one(move || deleted(app, t)),
        el("p")
            .class("row")
            .child(
                quiet_button("quiet", t.later().papers_open, move || reading::begin(app))
                    .test_id("papers-open"),
            )
            .child(
                el("a")
                    .class("btn btn--quiet")
                    .attr("href", KEYS)
                    .test_id("keys-link")
                    .text(t.later().keys_title),
            ),
    ]
}

/// Taking a backup, and when one is due.
fn keeping(app: App, t: &'static Text) -> Vec<El> {
    let all = app.rows.get();
    let Rows::Ready(rows) = &*all else {
        return Vec::new();
    };
    let last = app.backup.get();
    let changed = rows
        .first()
        .and_then(|row| Some(row.form.as_ref().ok()?.updated));
    let words = match last {
        _ if rows.is_empty() => return Vec::new(),
        Some(at) if changed <= Some(at) => {
            let (time, date) = browser::local(at);
            fill(t.later().backup_done, &[&[&time, " ", &date].concat()])
        }
        _ => t.later().backup_due.to_owned(),
    };
    let save = move || rest::then(app, move |_| backup::save_all(app));
    vec![
        el("p")
            .class("row")
            .child(quiet_button("quiet", t.later().backup, save).test_id("backup")),
        el("p")
            .class("quiet small")
            .test_id("backup-state")
            .text(&words),
        el("p")
            .class("quiet small")
            .test_id("storage-state")
            .text_live(move || room(app, t)),
    ]
}

/// How the browser keeps the data.
fn room(app: App, t: &'static Text) -> String {
    let Some(room) = app.room.get() else {
        return String::new();
    };
    let lasting = if room.lasting {
        t.later().room_lasting
    } else {
        t.later().room_may_go
    };
    match room.left {
        Some(left) => {
            let left = match left >> 20 {
                few @ ..2048 => [&few.to_string(), " MB"].concat(),
                many => [&(many >> 10).to_string(), " GB"].concat(),
            };
            let left = fill(t.later().room_left, &[&left]);
            [lasting, " ", &left].concat()
        }
        None => lasting.to_owned(),
    }
}

/// What was deleted and can be brought back.
fn deleted(app: App, t: &'static Text) -> Option<El> {
    let all = app.deleted.get();
    if all.is_empty() {
        return None;
    }
    let line = |one: Deleted| {
        let name = if is_blank(&one.title) {
            t.unnamed.to_owned()
        } else {
            plain(&one.title).into_owned()
        };
        let (time, date) = browser::local(one.at);
        let back = move || {
            let one = one.clone();
            rest::then(app, move |_| backup::bring_back(app, one));
        };
        el("li")
            .child(el("p").text(&name))
            .child(el("p").class("quiet small").text(&fill(
                t.later().deleted_on,
                &[&[&time, " ", &date].concat()],
            )))
            .child(
                quiet_button("quiet", t.later().bring_back, back)
                    .attr("aria-label", &[t.later().bring_back, ": ", &name].concat()),
            )
    };
    let head = fill(t.later().deleted_forms, &[&all.len().to_string()]);
    Some(
        el("details")
            .test_id("deleted-forms")
            .child(el("summary").text(&head))
            .child(el("ul").class("list").children(all.into_iter().map(line))),
    )
}

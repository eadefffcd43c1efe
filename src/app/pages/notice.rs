//! The notice, in a permanent live region.

use crate::app::actions::ask::NOTICES;
use crate::app::actions::{App, Form, chunks};
use crate::app::pages::deferred;
use crate::app::parts::{El, html, quiet_button};
use crate::app::state::notice::{Notice, Received};
use crate::app::state::undo::Way;
use crate::app::text::{Text, fill};
use crate::app::wording::{name, store_error};
use leptos::prelude::*;

fn told(t: &Text, notice: &Notice) -> String {
    deferred::get().map(|views| (views.notice)(t, notice)).unwrap_or_default()
}

/// The notice of the page, with its actions.
pub fn notice(app: App, t: &'static Text) -> El {
    let body = move || {
        let notice = app.state.notice.get()?;
        let (words, bad) = match &*notice {
            Notice::Deleted(one) => (fill(t.deleted, &[&name(t, &one.title)]), false),
            Notice::Imported(_)
            | Notice::Restored(_)
            | Notice::Received(_)
            | Notice::Keys
            | Notice::Stepped(..) => (told(t, &notice), false),
            Notice::Refused(_)
            | Notice::NotOnPaper
            | Notice::FileUnreadable(_)
            | Notice::ClockMoved(_) => (told(t, &notice), true),
            Notice::Exported => (t.exported.to_owned(), false),
            Notice::Storage(error) => (store_error(t, error), true),
            Notice::Emptied(count) => (fill(t.store_emptied, &[count]), true),
            Notice::KeyNotKept => (t.key_not_kept.to_owned(), true),
            Notice::KeptCopy => (t.kept_copy.to_owned(), true),
            Notice::Returned => (t.history_returned.to_owned(), false),
            Notice::ChunkFailed => (t.rest_failed.to_owned(), true),
        };
        let undo = match &*notice {
            Notice::Deleted(one) => {
                let one = one.clone();
                let back = move || {
                    let one = one.clone();
                    chunks::when_loaded(app, move |deferred| (deferred.bring_back)(app, one));
                };
                Some(quiet_button("quiet", t.undo, back).test_id("undo"))
            }
            Notice::Received(Received::Moved(_)) => {
                let back = move || {
                    if let Some(open) = app.state.open_form() {
                        Form::new(app, open).undo(Way::Back);
                    }
                };
                Some(quiet_button("quiet", t.undo, back).test_id("undo-move"))
            }
            _ => None,
        };
        let class = if bad { "notice notice--bad" } else { "notice" };
        let told =
            html::div().class(class).test_id("notice").child(html::p().text(&words)).maybe(undo);
        let details = deferred::get().and_then(|views| (views.notice_details)(t, &notice));
        let told = told.maybe(details);
        Some(told.child(quiet_button("plain", t.close, move || app.hush())))
    };
    html::div().id(NOTICES).attr("tabindex", "-1").attr("role", "status").live_one(body)
}

//! What is to be told, in a live region that is always there.

use crate::app::element::{El, el};
use crate::app::import::{Imported, Refusal};
use crate::app::parts::quiet_button;
use crate::app::state::{App, Notice};
use crate::app::text::{Text, fill};
use crate::app::words::{read_error, store_error};

fn title(t: &Text, name: &str) -> String {
    if name.trim().is_empty() {
        t.unnamed.to_owned()
    } else {
        name.to_owned()
    }
}

fn imported(t: &Text, imported: &Imported) -> String {
    let mut words = vec![fill(t.imported, &[&title(t, &imported.unit)])];
    if imported.sound {
        words.push(t.import_status[4].to_owned());
    }
    if imported.copy {
        words.push(t.imported_copy.to_owned());
    }
    if imported.same {
        words.push(t.import_same.to_owned());
    }
    words.join(" ")
}

fn refused(t: &Text, file: &str, why: &Refusal) -> String {
    let why = match why {
        Refusal::Browser => t.file_unreadable.to_owned(),
        Refusal::Read(error) => fill(t.import_unknown, &[&read_error(t, error)]),
        Refusal::Signature => t.import_status[1].to_owned(),
        Refusal::Pack(pack) => fill(t.import_status[2], &[pack]),
        Refusal::Outcome(place) => fill(t.import_status[3], &[place]),
    };
    fill(t.import_refused, &[file, &why])
}

/// The notice of the page, with what can be done about it.
pub fn notice(app: App, t: &'static Text) -> El {
    let body = move || {
        let notice = app.notice.get()?;
        let (words, bad) = match &notice {
            Notice::Deleted { title: name, .. } => (fill(t.deleted, &[&title(t, name)]), false),
            Notice::Imported(own) => (imported(t, own), false),
            Notice::Refused { file, why } => (refused(t, file, why), true),
            Notice::Exported => (t.exported.to_owned(), false),
            Notice::Storage(error) => (store_error(t, error), true),
            Notice::KeptCopy => (t.kept_copy.to_owned(), true),
            Notice::RestFailed => (t.rest_failed.to_owned(), true),
        };
        let undo = match notice {
            Notice::Deleted { key, text, .. } => {
                let restore = move || app.restore(key.clone(), text.clone());
                Some(quiet_button("quiet", t.undo, restore).test_id("undo"))
            }
            _ => None,
        };
        let class = if bad { "notice notice--bad" } else { "notice" };
        let told = el("div")
            .class(class)
            .test_id("notice")
            .child(el("p").text(&words))
            .maybe(undo);
        Some(told.child(quiet_button("plain", t.close, move || app.notice.set(None))))
    };
    el("div").attr("role", "status").live_one(body)
}

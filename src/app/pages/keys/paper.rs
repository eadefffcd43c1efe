//! Keys on paper: the card to show, and the locked key to keep.

use crate::app::parts::{El, html, named, qr};
use crate::app::text::{Text, fill};
use crate::app::{host, wording};
use crate::store::KeyRecord;

/// A sheet.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Paper {
    /// The card of a key, as the text of its file.
    Card(KeyRecord, String),
    /// A locked key.
    Backup(KeyRecord),
}

impl Paper {
    /// The sheet.
    pub(super) fn draw(&self, t: &'static Text) -> Vec<El> {
        let (key, title, say, text) = match self {
            Paper::Card(key, card) => (key, t.later().card_title, t.later().card_say, card),
            Paper::Backup(key) => (key, t.later().backup_title, t.later().backup_say, &key.locked),
        };
        let name = wording::name(t, &key.unit);
        let code = named(t.later().check_code, html::strong().text(&key.check_code));
        let mut parts = vec![
            html::h1().text(title),
            html::p().child(html::strong().text(&name)),
            code.class("paper__code"),
            html::p().text(say),
        ];
        parts.extend(qr("paper-qr", title, text));
        if let Paper::Backup(_) = self {
            parts.push(html::p().class("paper__text").text(text));
        }
        let printed = fill(t.later().printed_at, &[&host::local_text(host::now())]);
        parts.push(html::p().class("small").text(&printed));
        if let Paper::Card(..) = self {
            parts.push(html::p().class("paper__sign").text(t.later().paper_sign));
        }
        parts
    }
}

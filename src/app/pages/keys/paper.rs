//! Keys on paper: the card to show, and the locked key to keep.

use crate::app::host;
use crate::app::parts::element::El;
use crate::app::parts::html;
use crate::app::parts::qr;
use crate::app::text::{Text, fill};
use crate::store::KeyRecord;
use crate::value::{is_blank, plain};

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
        let name = if is_blank(&key.unit) { t.unnamed.into() } else { plain(&key.unit) };
        let (time, date) = host::local(host::now());
        let code = html::p()
            .class("paper__code")
            .text(t.later().check_code)
            .text(": ")
            .child(html::strong().text(&key.check_code));
        let mut parts = vec![
            html::h1().text(title),
            html::p().child(html::strong().text(&name)),
            code,
            html::p().text(say),
        ];
        parts.extend(qr("paper-qr", title, text));
        if let Paper::Backup(_) = self {
            parts.push(html::p().class("paper__text").text(text));
        }
        let printed = fill(t.later().printed_at, &[&format!("{time} {date}")]);
        parts.push(html::p().class("small").text(&printed));
        if let Paper::Card(..) = self {
            parts.push(html::p().class("paper__sign").text(t.later().paper_sign));
        }
        parts
    }
}

//! The signed file as QR codes: scanning all pages restores it.

use crate::app::parts::{self, El, html};
use crate::app::text::{Text, fill};

/// The page of codes.
pub(super) fn codes(t: &Text, texts: &[String]) -> Vec<El> {
    let count = texts.len().to_string();
    let mut all = html::div().class("codes");
    for (place, text) in texts.iter().enumerate() {
        let number = (place + 1).to_string();
        let name = fill(t.later().paper.code_of, &[&number, &count]);
        let id = format!("paper-code-{number}");
        all = all.child(
            html::figure()
                .maybe(parts::qr_of_part(&id, &name, text))
                .child(html::figcaption().text(&name)),
        );
    }
    vec![
        html::h1().class("caps").text(t.later().paper.codes_title),
        html::p().class("codes__say").text(t.later().paper.codes_say),
        all,
    ]
}

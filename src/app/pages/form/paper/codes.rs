//! The signed file as QR codes: who scans the pages has the file.

use crate::app::element::{El, el};
use crate::app::parts;
use crate::app::text::{Text, fill};

/// The page of codes, these texts.
pub(super) fn codes(t: &Text, texts: &[String]) -> Vec<El> {
    let count = texts.len().to_string();
    let mut all = el("div").class("codes");
    for (place, text) in texts.iter().enumerate() {
        let number = (place + 1).to_string();
        let name = fill(t.later().paper.code_of, &[&number, &count]);
        let id = ["paper-code-", &number].concat();
        all = all.child(
            el("figure")
                .maybe(parts::qr_of_part(&id, &name, text))
                .child(el("figcaption").text(&name)),
        );
    }
    vec![
        el("h1").class("caps").text(t.later().paper.codes_title),
        el("p").class("codes__say").text(t.later().paper.codes_say),
        all,
    ]
}

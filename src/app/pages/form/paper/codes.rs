//! The signed file as QR codes: scanning all pages restores it.

use crate::app::parts::{self, El, html};
use crate::app::text::{Text, fill};

/// The page of codes.
pub(super) fn codes(t: &Text, texts: &[String]) -> Vec<El> {
    vec![
        html::h1().class("caps").text(t.later().paper.codes_title),
        html::p().class("codes__say").text(t.later().paper.codes_say),
        figures(t, texts, "paper-code", "codes"),
    ]
}

/// The codes of these texts, each with its number; `id` begins the ids of their elements.
pub(in crate::app::pages) fn figures(t: &Text, texts: &[String], id: &str, class: &str) -> El {
    let count = texts.len().to_string();
    let one = |(place, text): (usize, &String)| {
        let number = (place + 1).to_string();
        let name = fill(t.later().paper.code_of, &[&number, &count]);
        html::figure()
            .maybe(parts::qr_of_part(&format!("{id}-{number}"), &name, text))
            .child(html::figcaption().text(&name))
    };
    html::div().class(class).children(texts.iter().enumerate().map(one))
}

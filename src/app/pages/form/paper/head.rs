//! Head and end of a Party document: issuer, number, place and day, kind and subject; signature and
//! recipients (Instructions 36-HD/VPTW, appendix 3, and 05-HD/VPTW).

use crate::app::actions::letter::{Letter, Profile};
use crate::app::parts::{El, html};
use crate::app::text::{Text, fill};
use crate::value::{Date, is_blank, plain};

/// The head, with a document kind and subject.
pub(in crate::app::pages) fn head(t: &Text, letter: &Letter, title: &str, about: &str) -> Vec<El> {
    let mut parts = Vec::new();
    if letter.is_dressed {
        let number = if is_blank(&letter.number) {
            // Writing space.
            format!("{}{}", t.later().paper.number, "\u{a0}".repeat(12).as_str())
        } else {
            format!("{} {}", t.later().paper.number, letter.number)
        };
        let issuer = html::div()
            .class("head__issuer")
            .child(html::p().class("caps").text(&plain(&letter.superior)))
            .child(html::p().class("caps strong").text(&plain(&letter.issuer)))
            .child(html::p().text("*"))
            .child(html::p().class("head__number").text(&number));
        let party = html::div()
            .class("head__party")
            .child(html::p().class("caps strong").text(t.later().paper.party))
            .child(html::p().class("head__day").text(&place_day(t, letter)));
        parts.push(html::div().class("head").child(issuer).child(party));
    }
    parts.push(html::h1().class("caps").text(title));
    if !is_blank(about) {
        parts.push(html::p().class("about strong").text(about));
    }
    if letter.profile == Profile::Hd05 {
        parts.push(html::p().class("about").text("-----"));
    }
    parts
}

/// Place and day: days below ten and the first two months get a leading zero.
fn place_day(t: &Text, letter: &Letter) -> String {
    let dots = "…";
    let place = Some(letter.place.as_str()).filter(|place| !is_blank(place));
    let [day, month, year] = match letter.day.map(Date::parts) {
        Some((year, month, day)) => {
            let month = match month {
                1 | 2 => format!("{month:02}"),
                _ => month.to_string(),
            };
            [format!("{day:02}"), month, year.to_string()]
        }
        None => [dots, dots, dots].map(str::to_owned),
    };
    let place = place.unwrap_or(t.later().paper.dots);
    fill(t.later().paper.place_day, &[place, &day, &month, &year])
}

/// Recipients on the left, signature on the right.
pub(in crate::app::pages) fn signed(t: &Text, letter: &Letter) -> Option<El> {
    let lines = letter.recipients.lines().filter(|line| !is_blank(line));
    let lines: Vec<_> = lines.collect();
    let last = lines.len().saturating_sub(1);
    let lines = lines.iter().enumerate().map(|(place, line)| {
        let end = if place == last { "." } else { "," };
        html::p().text(&format!("- {}{end}", line.trim()))
    });
    let to = html::div()
        .class("end__to")
        .child(html::p().class("end__title").text(t.later().paper.recipients))
        .children(lines);
    let by = html::div()
        .class("end__by")
        .child(html::p().class("caps strong").text(&letter.authority))
        .child(html::p().class("caps end__office").text(&letter.position))
        .child(html::p().class("strong end__name").text(&letter.signer));
    letter.is_dressed.then(|| html::div().class("end").child(to).child(by))
}

//! The form on paper: a self-assessment in the form of Party documents, the minutes of the meeting, and the signed file as
//! codes, for the browser's own print.

pub(in crate::app::pages) mod codes;
pub(in crate::app::pages) mod head;
mod minutes;
mod panel;
mod sheet;

use leptos::prelude::*;
use std::rc::Rc;

use super::{appraisal, handed_in};
use crate::app::actions::Form;
use crate::app::actions::letter::{Letter, Profile};
use crate::app::host;
use crate::app::parts::{El, html};
use crate::app::text::{Text, fill};
use crate::seal::Submission;
use crate::session::Session;
use crate::value::Lang;

use panel::{Panel, Print};
pub(in crate::app::pages) use sheet::lines as item_lines;

/// The print button with its options, and the paper, which is hidden on screen.
pub fn printing(form: &Form, t: &'static Text, lang: Lang) -> (El, El) {
    let panel = Rc::new(Panel::new(form, t, lang));
    let drawn = panel.clone();
    let paper = html::div().class("paper").as_is().test_id("paper").live(form.bind(move |form| {
        let print = drawn.print.get();
        // Redrawn on every change: the browser's print menu uses it too.
        print.map_or_else(Vec::new, |print| {
            form.watch(|session| draw(form, t, lang, session, &print))
        })
    }));
    (panel::panel(&panel), paper)
}

/// The signed file, if the form is unchanged since signing.
pub(super) fn sealed(form: &Form, session: &Session) -> Option<Submission> {
    let sealed = form.sealed_text()?;
    let sealed = Submission::from_bytes(sealed.as_bytes()).ok()?;
    session.says_the_same_as(sealed.assessment()).then_some(sealed)
}

fn draw(form: &Form, t: &'static Text, lang: Lang, session: &Session, print: &Print) -> Vec<El> {
    let own = sealed(form, session);
    let foot = match &own {
        Some(own) => fill(t.later().paper.foot_code, &[&own.check_code()]),
        None => t.later().paper.foot_unsigned.to_owned(),
    };
    let letter = &print.letter;
    let mut parts = Vec::new();
    if !host::number_pages(&foot, t.later().paper.foot_page) {
        parts.push(html::p().class("foot").text(&foot));
    }
    if print.has_sheet {
        let mut sheet = head::head(t, letter, &letter.title, &letter.about);
        sheet.extend(sheet::sheet(t, lang, session));
        let appraised = appraisal::on_paper(form, t);
        let replaced = own.as_ref().and_then(|own| handed_in::replaced(form, t, own.assessment()));
        let said = replaced.into_iter().chain(handed_in::on_paper(form, t));
        let said = said.collect::<Vec<_>>().join(" ");
        let line = |id: &str, words: &str| html::p().class("body").test_id(id).text(words);
        // The signature stands with the last lines, and what is no word of the unit below it.
        let last = html::div()
            .class("last")
            .child(html::p().class("body").text(t.later().self_only))
            .maybe(appraised.map(|words| line("paper-appraised", &words)))
            .maybe((!said.is_empty()).then(|| line("paper-handed-in", &said)))
            .maybe(head::signed(t, letter));
        sheet.push(last);
        let packs = form.app.device.packs();
        sheet.push(sheet::remarks(t, lang, session, &packs, own.as_ref()));
        parts.push(document(letter, sheet));
    }
    if print.has_minutes {
        let mut own = head::head(t, letter, t.later().paper.minutes, t.later().paper.minutes_about);
        own.extend(minutes::minutes(t, lang, session, letter));
        parts.push(document(letter, own));
    }
    // The codes of the file with this check code, not of an earlier one.
    let file = own.map(|own| own.to_text());
    let codes = print.codes.as_ref();
    if let Some(codes) = codes.filter(|codes| file.as_ref() == Some(&codes.file)) {
        parts.push(document(letter, codes::codes(t, &codes.texts)));
    }
    parts
}

/// A document on its own pages.
fn document(letter: &Letter, parts: Vec<El>) -> El {
    let class = match letter.profile {
        Profile::Hd36 => "doc doc--hd36",
        Profile::Hd05 => "doc doc--hd05",
    };
    html::section().class(class).children(parts)
}

//! A form that came by a link: what it is, what was changed since, and the way to keep it.

use std::rc::Rc;

use crate::app::checking;
use crate::app::element::{El, el};
use crate::app::form_state::{Beside, Form, Spot};
use crate::app::parts::button;
use crate::app::rest::{self, Work};
use crate::app::text::{Text, fill};
use crate::app::words;
use crate::session::Session;
use crate::share::LinkError;
use crate::value::Lang;

/// Has a form from a link say that it is one.
#[inline(never)] // of the part of the program that loads later
pub fn begin(form: Form) -> Work {
    if form.has_beside() {
        return Box::pin(async {});
    }
    // As it was sent, for comparing.
    let sent = form.look(|session| Session::open(session.pack().clone(), session.form().clone()));
    let sent = sent.ok().map(Rc::new);
    let beside: Beside = Rc::new(move |spot, t, lang| match spot {
        Spot::Above => Some(above(form, t)),
        Spot::Item(_) => None,
        Spot::Review => differing(form, sent.as_ref()?, t, lang),
    });
    form.show_beside(beside);
    Box::pin(async {})
}

fn above(form: Form, t: &'static Text) -> El {
    let keep = move || rest::then(form.app, move || checking::keep(form));
    el("div")
        .class("notice")
        .test_id("check")
        .child(el("p").text(t.later.check_say))
        .child(button(t.later.check_keep, keep).test_id("check-keep"))
}

/// What was changed since it was sent.
fn differing(form: Form, sent: &Session, t: &'static Text, lang: Lang) -> Option<El> {
    let lines: Vec<El> = form.watch(|session| {
        let changes = session.changes_since(sent);
        let line = |change| el("li").text(&words::change(t, lang, session, change));
        changes.iter().map(line).collect()
    });
    let section = el("section")
        .class("sheet")
        .attr("aria-labelledby", "differs-title")
        .test_id("check-differs")
        .child(el("h2").id("differs-title").text(t.later.check_differs));
    Some(if lines.is_empty() {
        section.child(el("p").text(t.later.check_same))
    } else {
        section.child(el("ul").class("bullets").children(lines))
    })
}

/// The page of a link that is not opened.
#[inline(never)] // of the part of the program that loads later
pub fn refused(t: &'static Text, error: &LinkError) -> El {
    let why = match error {
        LinkError::NotALink => t.later.link_none.to_owned(),
        LinkError::Newer => t.later.link_newer.to_owned(),
        LinkError::Damaged => t.later.link_damaged.to_owned(),
        LinkError::UnknownPack(pack) => fill(t.later.link_pack, &[pack]),
        LinkError::Impossible => t.later.link_impossible.to_owned(),
    };
    let back = el("a").class("btn").attr("href", "#/").text(t.back_home);
    el("main")
        .class("page page--narrow")
        .child(el("h1").text(t.later.link_title))
        .child(
            el("p")
                .attr("role", "alert")
                .test_id("link-error")
                .text(&why),
        )
        .child(el("p").class("row").child(back))
}

//! A form that is open for trying, from a link or from this device: what it is, what was changed, and what can become
//! of it.

use std::rc::Rc;

use crate::app::element::{El, el};
use crate::app::form_state::{Beside, Form, Spot};
use crate::app::parts::{button, quiet_button};
use crate::app::rest;
use crate::app::text::{Text, fill};
use crate::app::{browser, checking, trying, words};
use crate::session::{Change, Missing, Section};
use crate::share::LinkError;
use crate::value::Lang;

/// What stands beside a form that is being tried.
pub fn trial_beside(form: Form) -> Beside {
    let is_own = trying::is_own(form);
    Rc::new(move |spot, t, lang| match spot {
        Spot::Above => Some(if is_own {
            above_own(form, t)
        } else {
            above_link(form, t)
        }),
        Spot::Item(_) => None,
        Spot::Review => Some(differing(form, is_own, t, lang)),
    })
}

fn above_link(form: Form, t: &'static Text) -> El {
    let keep = move || rest::then(form.app, move |_| checking::keep(form));
    el("div")
        .class("notice")
        .test_id("check")
        .child(el("p").text(t.later().check_say))
        .child(button(t.later().check_keep, keep).test_id("check-keep"))
}

fn above_own(form: Form, t: &'static Text) -> El {
    let drop_it = move || rest::then(form.app, move |_| trying::drop_it(form));
    el("div")
        .class("notice")
        .test_id("trial")
        .child(el("p").text(t.later().trial_say))
        .child(quiet_button("quiet", t.later().trial_drop, drop_it).test_id("trial-drop"))
}

/// The way of what was tried into the form.
fn way_into_form(form: Form, t: &'static Text) -> El {
    let apply = move || rest::then(form.app, move |_| trying::apply(form));
    let apply = button(t.later().trial_apply, apply).test_id("trial-apply");
    el("p").class("row").child(apply)
}

/// What was changed since the trial began, each a way to its place.
fn differing(form: Form, is_own: bool, t: &'static Text, lang: Lang) -> El {
    let lines: Vec<El> = trying::changes(form)
        .into_iter()
        .map(|change| {
            let words = form.look(|session| words::change(t, lang, session, &change));
            let jump = el("button").attr("type", "button").class("jump");
            el("li").child(jump.text(&words).on_click(move || go_to(form, &change)))
        })
        .collect();
    let (title, same) = if is_own {
        (t.later().trial_differs, t.later().trial_same)
    } else {
        (t.later().check_differs, t.later().check_same)
    };
    let section = el("section")
        .class("sheet")
        .attr("aria-labelledby", "differs-title")
        .test_id("check-differs")
        .child(el("h2").id("differs-title").text(title));
    if lines.is_empty() {
        section.child(el("p").text(same))
    } else {
        section
            .child(el("ul").class("bullets").children(lines))
            .maybe(is_own.then(|| way_into_form(form, t)))
    }
}

fn go_to(form: Form, change: &Change) {
    match change {
        Change::Unit => form.go_to(Section::Unit, "unit-name"),
        Change::Period => form.go_to(Section::Unit, "period-kind"),
        Change::Fact(place) => form.go_to_missing(&Missing::Fact(*place)),
        Change::Item(place, ..) => form.go_to_missing(&Missing::Item(*place)),
        Change::Gate(place) => form.go_to_missing(&Missing::Gate(*place)),
        Change::Adjustment(place) => form.go_to_missing(&Missing::Adjustment(*place)),
        Change::Vote => form.go_to_missing(&Missing::Vote),
        Change::Practices | Change::Remarks => form.go(Section::Practices),
    }
}

/// The page of a link that is not opened: what happened, and what to do.
pub fn refused(t: &'static Text, error: &LinkError) -> El {
    let (why, then) = match error {
        LinkError::NotALink => (t.later().link_none.to_owned(), t.later().link_again),
        LinkError::Newer => (t.later().link_newer.to_owned(), t.later().link_reload),
        LinkError::Damaged => (t.later().link_damaged.to_owned(), t.later().link_again),
        LinkError::UnknownPack(pack) => {
            (fill(t.later().link_pack, &[pack]), t.later().link_pack_then)
        }
        LinkError::Impossible => (
            t.later().link_impossible.to_owned(),
            t.later().link_impossible_then,
        ),
    };
    let reload = matches!(error, LinkError::Newer | LinkError::UnknownPack(_))
        .then(|| button(t.later().link_reload_button, browser::reload).test_id("link-reload"));
    let back = el("a")
        .class("btn quiet")
        .attr("href", "#/")
        .text(t.back_home);
    el("main")
        .class("page page--narrow")
        .child(el("h1").text(t.later().link_title))
        .child(
            el("div")
                .attr("role", "alert")
                .test_id("link-error")
                .child(el("p").text(&why))
                .child(el("p").text(then)),
        )
        .child(el("p").class("quiet").text(t.later().link_safe))
        .child(el("p").class("row").maybe(reload).child(back))
}

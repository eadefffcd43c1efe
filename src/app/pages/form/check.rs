//! A trial of a form, from a link or from this device: a note, its changes, and the buttons to apply
//! it.

use leptos::prelude::GetUntracked;

use super::annotation::Slot;
use crate::app::actions::{Form, trial};
use crate::app::parts::{self, El, button, html, link_button, notice, quiet_button};
use crate::app::state::route::Route;
use crate::app::text::{Text, fill};
use crate::app::{host, wording};
use crate::session::{Change, Missing, Section};
use crate::share::LinkError;
use crate::value::Lang;

/// The annotations of a trial.
pub fn at(form: &Form, slot: Slot, t: &'static Text, lang: Lang) -> Option<El> {
    let is_own = form.is_own_trial();
    let is_example = matches!(form.app.state.route.get_untracked(), Route::Example(_));
    match slot {
        Slot::Above if is_example => Some(above_example(t)),
        Slot::Review if is_example => None,
        Slot::Above if is_own => Some(above_own(form, t)),
        Slot::Above => Some(above_link(form, t)),
        Slot::Item(_) | Slot::HandedIn => None,
        Slot::Review => Some(differing(form, is_own, t, lang)),
    }
}

fn above_link(form: &Form, t: &'static Text) -> El {
    let keep = form.bind(move |form| form.when_loaded(trial::keep_linked));
    let keep = button(t.later().check_keep, keep).test_id("check-keep");
    notice("check", t.later().check_say).child(keep)
}

/// That the form is made up, and the way back to a form of one's own.
fn above_example(t: &'static Text) -> El {
    let back = link_button("quiet", t.later().example_back, "#/").test_id("example-back");
    notice("example-note", t.later().example_say).child(back)
}

fn above_own(form: &Form, t: &'static Text) -> El {
    let drop_it = form.bind(move |form| form.when_loaded(trial::discard));
    let drop_it = quiet_button("quiet", t.later().trial_drop, drop_it).test_id("trial-drop");
    notice("trial", t.later().trial_say).child(drop_it)
}

/// Applies a trial to its form.
fn way_into_form(form: &Form, t: &'static Text) -> El {
    let apply = form.bind(move |form| form.when_loaded(trial::apply));
    let apply = button(t.later().trial_apply, apply).test_id("trial-apply");
    html::p().class("row").child(apply)
}

/// The changes since the trial began, each linked to its place.
fn differing(form: &Form, is_own: bool, t: &'static Text, lang: Lang) -> El {
    let line = |change| {
        let words = form.look(|session| wording::change(t, lang, session, &change));
        html::li().child(parts::jump(&words, form.bind(move |form| go_to(form, &change))))
    };
    let lines: Vec<El> = form.trial_changes().into_iter().map(line).collect();
    let (title, same) = if is_own {
        (t.later().trial_differs, t.later().trial_same)
    } else {
        (t.later().check_differs, t.later().check_same)
    };
    let section = parts::sheet("differs-title", title).test_id("check-differs");
    if lines.is_empty() {
        section.child(html::p().text(same))
    } else {
        section
            .child(html::ul().class("bullets").children(lines))
            .maybe(is_own.then(|| way_into_form(form, t)))
    }
}

fn go_to(form: &Form, change: &Change) {
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

/// The page of a link with an error: what happened, what to do.
pub fn refused(t: &'static Text, error: &LinkError) -> El {
    let l = t.later();
    let (why, then) = match error {
        LinkError::NotALink => (l.link_none.to_owned(), l.link_again),
        LinkError::Newer => (l.link_newer.to_owned(), l.link_reload),
        LinkError::Damaged => (l.link_damaged.to_owned(), l.link_again),
        LinkError::UnknownPack(pack) => (fill(l.link_pack, &[pack]), l.link_pack_then),
        LinkError::Impossible => (l.link_impossible.to_owned(), l.link_impossible_then),
    };
    let reload = matches!(error, LinkError::Newer | LinkError::UnknownPack(_))
        .then(|| button(t.later().link_reload_button, host::reload).test_id("link-reload"));
    let back = html::a().class("btn quiet").attr("href", "#/").text(t.back_home);
    let told = html::div().attr("role", "alert").test_id("link-error");
    html::main()
        .class("page page--narrow")
        .child(html::h1().text(t.later().link_title))
        .child(told.child(html::p().text(&why)).child(html::p().text(then)))
        .child(html::p().class("quiet").text(t.later().link_safe))
        .child(html::p().class("row").maybe(reload).child(back))
}

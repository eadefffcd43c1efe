//! The papers of a superior: lists, sums, the letter to who decides, minutes and notices, made of the register and of what
//! a person fills in, for the browser's own print.

mod draw;
mod fields;
mod letter;
mod list;
mod own;
mod paper;
mod summary;
mod unit;

use leptos::prelude::*;

use super::overview;
use super::page::{Page, when_left};
use crate::app::actions::desk::papers as actions;
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::bind;
use crate::app::parts::{self, El, html, quiet_button};
use crate::app::text::{self, fill};
use crate::store::PaperKind;
use crate::value::Lang;
use own::{Own, units};

/// The end of the address of this section.
pub(super) const PATH: &str = "papers";

/// The section.
pub(super) fn section(page: &Page) -> Vec<El> {
    when_left(page, PATH, actions::leave);
    let vi = Page::of(page.app, text::text(Lang::Vi), Lang::Vi);
    let (p, w) = (text::papers(page.lang), text::paper_words());
    let own = Own { page: page.clone(), vi, p, w };
    spawn_local(actions::open(page.desk.clone()));
    // What comes is summed up again; what is being read comes soon.
    let sums_up = bind(page, |page| {
        if page.desk.state.shown.get().is_some() && !page.desk.is_reading() {
            spawn_local(actions::sum_up(page.desk.clone()));
        }
        None
    });
    let reads = bind(page, |page| {
        if let Some(shown) = page.desk.state.overview.shown.get() {
            spawn_local(actions::read_forms(page.desk.clone(), shown));
        }
        None
    });
    let print = || {
        host::plain_pages();
        host::print();
    };
    let has_none = bind(&own, |own| !own.has_paper());
    let print = html::p()
        .class("row")
        .hidden_live(has_none)
        .child(quiet_button("quiet", p.print, print).test_id("desk-paper-print"));
    let sheet = parts::sheet("desk-papers-title", p.title)
        .test_id("desk-papers")
        .child(html::p().text(p.say))
        .child(parts::hint(p.proposal))
        .child(html::div().live_one(sums_up))
        .child(html::div().live_one(reads))
        .child(overview::unknown_keys(page))
        .child(html::div().live(bind(&own, fields::looked_at)))
        .child(fields::choices(&own))
        .child(
            html::p().test_id("desk-paper-says").attr("role", "status").text_live(bind(&own, says)),
        )
        .child(fields::letter(&own))
        .child(print);
    let paper = html::div()
        .class("paper paper--shown")
        .test_id("desk-paper")
        .attr("lang", "vi")
        .attr("role", "region")
        .attr("aria-label", p.preview)
        .attr("tabindex", "0")
        .hidden_live(bind(&own, |own| !own.has_paper()))
        .as_is()
        .live(bind(&own, draw::draw));
    vec![sheet, paper]
}

/// How much there is in the paper, or why there is none.
fn says(own: &Own) -> String {
    let (p, state) = (own.p, own.state());
    let Some(made_of) = state.made_of.get() else { return p.reading.to_owned() };
    if made_of.forms.is_empty() {
        return p.none.to_owned();
    }
    let count = |scope| made_of.listed(scope).count();
    match own.kind() {
        PaperKind::List => match count(state.scope.get()) {
            0 => p.none_listed.to_owned(),
            count => fill(p.listed, &[&count.to_string()]),
        },
        PaperKind::Minutes if units(own).is_empty() => p.none_appraised.to_owned(),
        PaperKind::Returned if units(own).is_empty() => p.none_returned.to_owned(),
        _ => String::new(),
    }
}

//! The places for what comes into a section with the deferred chunk: shorter ways to answer, and what stands beside.

use leptos::prelude::*;

use crate::app::actions::Form;
use crate::app::pages::deferred;
use crate::app::parts::{El, html};
use crate::app::state::Chunk;
use crate::app::text::Text;
use crate::value::Lang;

/// Where a shorter way to answer is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// Above the items of a criterion, by its index in the pack.
    Rest(usize),
    /// At the fields of an item, by its index in the pack.
    Item(usize),
    /// Below the evidence of an item, by its index in the pack.
    Evidence(usize),
    /// Below the names of the unit.
    Unit,
    /// What the criteria are, below the unit.
    About,
    /// Below the facts.
    Facts,
    /// Below the numbers of the vote.
    Vote,
}

/// The shorter ways at a place.
pub fn shortcuts(form: &Form, t: &'static Text, lang: Lang, at: Shortcut) -> El {
    html::div().class("shortcuts").live(form.bind(move |form| {
        let is_ready = form.app.state.chunk.get() == Chunk::Ready;
        let views = is_ready.then(deferred::get).flatten();
        let ways = views.map(|views| untrack(|| (views.shortcuts)(form, t, lang, at)));
        ways.unwrap_or_default()
    }))
}

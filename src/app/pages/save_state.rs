//! Whether the last change is saved: shown at once, announced in a pause.

use std::cell::RefCell;

use leptos::prelude::*;

use crate::app::actions::Form;
use crate::app::host;
use crate::app::pages::bind::bind;
use crate::app::parts::{El, html};
use crate::app::state::form::{Access, SaveState};
use crate::app::text::{Text, fill};

/// How long nothing is changed before *saved* is announced, in milliseconds. A failure is announced by its own alert,
/// at once.
const PAUSE: u32 = 2_000;

/// The save state of a form, and its live region.
pub fn save_state(form: &Form, t: &'static Text) -> Vec<El> {
    let state = form.bind(move |form| match form.save.get() {
        // In memory it is not on disk, whatever memory says.
        SaveState::Saving { revision } | SaveState::Saved { revision, .. }
            if !form.app.state.keeps() =>
        {
            ("failed", revision, t.save_failed.to_owned())
        }
        SaveState::Saving { revision } => ("saving", revision, t.saving.to_owned()),
        SaveState::Saved { revision, at } => {
            let time = at.map(|at| host::local(at).0).unwrap_or_default();
            ("saved", revision, fill(t.saved, &[&time]))
        }
        SaveState::Failed { revision, .. } => ("failed", revision, t.save_failed.to_owned()),
    });
    let shown = html::span()
        .class("top__save")
        .hidden_live(form.bind(move |form| form.access.get() == Access::Trial))
        .as_is()
        .test_id("save-state")
        .attr("title", t.saved_where)
        .attr_live("data-state", bind(&state, |state| Some(state().0.to_owned())))
        .attr_live("data-revision", bind(&state, |state| Some(state().1.to_string())))
        .text_live(bind(&state, |state| state().2));
    // The change whose saving is announced, and what waits to announce the last one.
    let (said, waits) = (ArcRwSignal::new(0), RefCell::new(None));
    let announced = move || {
        let (state, revision, words) = state();
        if state == "saved" && revision > 0 {
            if said.get() == revision {
                return words;
            }
            let said = said.clone();
            waits.replace(Some(host::timer(PAUSE, move || said.set(revision))));
        } else {
            drop(waits.take());
        }
        // Emptied in between, so that the same words are announced again; that itself is not.
        String::new()
    };
    let told = html::span().class("visually-hidden").attr("role", "status").text_live(announced);
    vec![shown, told]
}

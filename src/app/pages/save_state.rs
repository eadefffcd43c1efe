//! Whether the last change is saved: shown at once, announced in a pause.

use std::cell::RefCell;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::app::actions::Form;
use crate::app::host;
use crate::app::pages::bind::bind;
use crate::app::parts::{El, html};
use crate::app::state::form::{Access, SaveState};
use crate::app::state::signals::SetIfChanged;
use crate::app::text::{Text, fill};

/// How long nothing is changed before *saved* is announced, in milliseconds. A failure is announced by its own alert,
/// at once.
const PAUSE: u32 = 2_000;

/// The save state of a form, and its live region.
pub fn save_state(form: &Form, t: &'static Text) -> Vec<El> {
    let state = form.bind(move |form| match form.save.get() {
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
        .attr_live("data-revision", bind(&state, |state| Some(state().1.to_string())));
    let said = announced(bind(&state, |state| {
        let (word, revision, words) = state();
        (word == "saved" && revision > 0).then_some(words)
    }));
    let told = html::span().class("visually-hidden").attr("role", "status");
    vec![shown.text_live(move || state().2), told.text_live(move || said.get())]
}

/// What is announced: the words, once they have stood for a pause.
fn announced(words: impl Fn() -> Option<String> + 'static) -> ArcRwSignal<String> {
    let said = ArcRwSignal::new(String::new());
    let (told, timer) = (said.clone(), SendWrapper::new(RefCell::new(None)));
    Effect::new(move |_| {
        let words = words();
        // Emptied in between, so that it is announced again; that itself is not.
        told.set_if_changed(String::new());
        let told = told.clone();
        let say = |words| host::timer(PAUSE, move || told.set_if_changed(words));
        timer.replace(words.map(say));
    });
    said
}

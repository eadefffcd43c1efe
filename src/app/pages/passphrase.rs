//! Passphrase fields: one to open a key, two for a new one, with its estimated strength.

use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

use zeroize::Zeroizing;

use crate::app::parts::{El, hint, html};
use crate::app::state::signals::SetIfChanged;
use crate::app::text::{Text, fill};
use crate::app::{host, wording};
use crate::device::{OwnKeyError, PASSPHRASE_MIN, strength};
use crate::seal::LockError;

/// The typed passphrase; wiped on drop.
#[derive(Default)]
pub struct Passphrase {
    typed: RefCell<Zeroizing<String>>,
    again: RefCell<Zeroizing<String>>,
    /// Its strength; `None` if nothing is typed.
    strength: ArcRwSignal<Option<usize>>,
    /// Whether what is typed can be read.
    is_shown: ArcRwSignal<bool>,
}

impl Passphrase {
    /// The field for the passphrase of an existing key; `id` must be unique on the page.
    pub fn field(self: &Rc<Self>, t: &'static Text, id: &'static str, label: &str) -> Vec<El> {
        self.forget();
        let hint = hint(t.later().passphrase_open).id(&hint_of(id));
        vec![username(t), self.first(t, id, label, "current-password"), hint]
    }

    /// The fields for a new passphrase; `id` must be unique on the page.
    pub fn new_fields(self: &Rc<Self>, t: &'static Text, id: &'static str, label: &str) -> Vec<El> {
        self.forget();
        let strong = self.clone();
        let words = move || {
            let strength = strong.strength.get();
            let words = strength.and_then(|strength| t.later().strength.get(strength));
            words.copied().unwrap_or_default().to_owned()
        };
        let hint = hint(t.later().passphrase_say)
            .id(&hint_of(id))
            .text(" ")
            .child(html::span().attr("role", "status").text_live(words));
        let again = self.clone();
        let label_again = t.later().passphrase_again;
        let again = self.secret(t, again_of(id), label_again, "new-password", move |text| {
            again.again.replace(Zeroizing::new(text));
        });
        // What is seen need not be typed twice.
        let seen = self.is_shown.clone();
        let again = again.hidden_live(move || seen.get());
        vec![username(t), self.first(t, id, label, "new-password"), hint, again]
    }

    fn first(self: &Rc<Self>, t: &'static Text, id: &'static str, label: &str, kind: &str) -> El {
        let own = self.clone();
        self.secret(t, id, label, kind, move |text| {
            own.strength.set_if_changed((!text.is_empty()).then(|| strength(&text)));
            own.typed.replace(Zeroizing::new(text));
        })
    }

    /// A field that hides what is typed until a person shows it, with all others here; `kind` is what a password manager takes it for.
    fn secret(
        self: &Rc<Self>,
        t: &'static Text,
        id: &'static str,
        label: &str,
        kind: &str,
        write: impl Fn(String) + 'static,
    ) -> El {
        let is_shown = self.is_shown.clone();
        let (own, named, pressed, name) =
            (is_shown.clone(), is_shown.clone(), is_shown.clone(), label.to_owned());
        let words = |own: &ArcRwSignal<bool>| match own.get() {
            true => t.later().filing.secret_hide,
            false => t.later().filing.secret_show,
        };
        let shown = is_shown.clone();
        let input = html::input()
            .attr("autocomplete", kind)
            .attr("autocapitalize", "none")
            .attr("spellcheck", "false")
            .id(id)
            .test_id(id)
            .attr("aria-describedby", &hint_of(id))
            .attr_live("type", move || Some(if own.get() { "text" } else { "password" }))
            .on_value("input", write);
        let toggle = html::button()
            .attr("type", "button")
            .class("btn btn--quiet")
            .test_id(&format!("{id}-show"))
            .attr_live("aria-label", move || Some(format!("{}: {name}", words(&named))))
            .attr_live("aria-pressed", move || Some(pressed.get().to_string()))
            .on_click(move || is_shown.set(!is_shown.get_untracked()))
            .text_live(move || words(&shown));
        html::div()
            .class("field")
            .child(html::label().attr("for", id).text(label))
            .child(html::div().class("secret").child(input).child(toggle))
    }

    /// Typed text.
    pub fn typed(&self) -> Zeroizing<String> {
        self.typed.borrow().clone()
    }

    /// The new passphrase that was typed into the fields with this id, or what is wrong with it, with the focus on
    /// the field that is wrong.
    pub fn new_one(&self, t: &Text, id: &'static str) -> Result<Zeroizing<String>, &'static str> {
        let typed = self.typed();
        if typed.chars().count() < PASSPHRASE_MIN {
            host::focus_soon(id);
            Err(t.later().passphrase_short)
        } else if !self.is_shown.get_untracked() && typed != *self.again.borrow() {
            host::focus_soon(again_of(id));
            Err(t.later().passphrase_differs)
        } else {
            Ok(typed)
        }
    }

    /// Wipes what was typed.
    pub fn forget(&self) {
        self.typed.take();
        self.again.take();
        self.strength.set_if_changed(None);
        self.is_shown.set_if_changed(false);
    }
}

/// The field to repeat a new passphrase in.
fn again_of(id: &'static str) -> &'static str {
    if id == "passphrase" { "passphrase-again" } else { "new-passphrase-again" }
}

fn hint_of(id: &str) -> String {
    format!("{}-hint", id.trim_end_matches("-again"))
}

/// The name under which a password manager keeps it.
fn username(t: &Text) -> El {
    html::input()
        .attr("type", "text")
        .attr("autocomplete", "username")
        .attr("hidden", "")
        .value(t.app.to_owned())
}

/// The text of a key error.
pub fn key_error(t: &Text, error: &OwnKeyError) -> String {
    match error {
        OwnKeyError::NoEntropy => t.later().no_entropy.to_owned(),
        OwnKeyError::Locked(fault) => match fault {
            LockError::WrongPassphrase => t.later().passphrase_wrong,
            LockError::Encoding => t.later().lock_unreadable,
            LockError::Unsupported => t.later().lock_unsupported,
            LockError::Key(_) => t.later().lock_no_key,
        }
        .to_owned(),
        OwnKeyError::Store(error) => wording::store_error(t, error),
        OwnKeyError::Here(name) => fill(t.later().key_here, &[name]),
    }
}

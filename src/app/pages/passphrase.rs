//! Passphrase fields: one to open a key, two for a new one, with its estimated strength.

use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

use zeroize::Zeroizing;

use crate::app::parts::{El, hint, html};
use crate::app::state::signals::SetIfChanged;
use crate::app::text::{Text, fill};
use crate::app::{host, parts, wording};
use crate::device::{OwnKeyError, PASSPHRASE_MIN, strength};
use crate::seal::LockError;

/// The typed passphrase; wiped on drop.
#[derive(Default)]
pub struct Passphrase {
    typed: RefCell<Zeroizing<String>>,
    again: RefCell<Zeroizing<String>>,
    /// Its strength; `None` if nothing is typed.
    strength: ArcRwSignal<Option<usize>>,
}

impl Passphrase {
    /// The field for the passphrase of an existing key; `id` must be unique on the page.
    pub fn field(self: &Rc<Self>, t: &'static Text, id: &'static str, label: &str) -> Vec<El> {
        self.forget();
        vec![self.first(id, label), hint(t.later().passphrase_open).id(&hint_of(id))]
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
        let again = secret(again_of(id), t.later().passphrase_again, move |text| {
            again.again.replace(Zeroizing::new(text));
        });
        vec![self.first(id, label), hint, again]
    }

    fn first(self: &Rc<Self>, id: &'static str, label: &str) -> El {
        let own = self.clone();
        secret(id, label, move |text| {
            own.strength.set_if_changed((!text.is_empty()).then(|| strength(&text)));
            own.typed.replace(Zeroizing::new(text));
        })
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
        } else if typed != *self.again.borrow() {
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
    }
}

/// The field to repeat a new passphrase in.
fn again_of(id: &'static str) -> &'static str {
    if id == "passphrase" { "passphrase-again" } else { "new-passphrase-again" }
}

fn hint_of(id: &str) -> String {
    format!("{}-hint", id.trim_end_matches("-again"))
}

fn secret(id: &'static str, label: &str, write: impl Fn(String) + 'static) -> El {
    let input = parts::input("password", id).attr("aria-describedby", &hint_of(id));
    parts::labelled(id, label).child(input.on_value("input", write))
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

//! Changes of the open pack: each is saved, reviewed by the linter, and can be undone.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::kit::Kit;
use crate::app::host::{self, spawn_local};
use crate::app::state::form::Access;
use crate::app::state::kit::{OpenKit, Reviewed};
use crate::app::state::signals::SetIfChanged;
use crate::json::{Json, ReadError};
use crate::kit::Document;
use crate::pack::{Pack, lint};

/// How long a click or a key that leaves a field may take, in milliseconds.
const LEAVING: i32 = 300;
/// How long nothing is changed before the linter looks, in milliseconds.
const PAUSE: i32 = 250;
/// For how long changes of single values are gathered before what else shows them is updated, in milliseconds: a person
/// takes it for at once, and the next letter need not wait for it.
const SOON: i32 = 80;

impl Kit {
    /// Sets or removes a value; what is shown stays. The field shows it by itself; what else does follows in a moment.
    pub fn set(self: &Rc<Self>, open: &Rc<OpenKit>, pointer: &str, value: Option<Json>) {
        if open.access.get_untracked() != Access::Writer {
            return;
        }
        open.change(|document| document.set(pointer, value));
        self.keep(open);
        if !open.is_telling.replace(true) {
            let open = open.clone();
            spawn_local(async move {
                host::pause(SOON).await;
                open.tell();
            });
        }
    }

    /// Makes a change after which what is shown is drawn anew.
    pub fn change(self: &Rc<Self>, open: &Rc<OpenKit>, change: impl FnOnce(&mut Document)) {
        if open.access.get_untracked() == Access::Writer {
            open.change(change);
            self.changed(open);
            open.drawn.notify();
        }
    }

    /// As [`Kit::change`], of a field that is being left: what is shown is drawn anew only once the click or the key that
    /// left it is over, and the focus stays where it went.
    pub fn change_soon(self: &Rc<Self>, open: &Rc<OpenKit>, change: impl FnOnce(&mut Document)) {
        if open.access.get_untracked() != Access::Writer {
            return;
        }
        open.change(change);
        self.changed(open);
        let (open, place) = (open.clone(), open.place.get_untracked());
        host::later(LEAVING, move || {
            if open.place.get_untracked() == place {
                let focused = host::focused();
                open.drawn.notify();
                host::focus_soon(&focused);
            }
        });
    }

    /// Takes the last step back, or does it again; shows where it happened.
    pub fn step(self: &Rc<Self>, open: &Rc<OpenKit>, back: bool) -> Option<String> {
        if open.access.get_untracked() != Access::Writer {
            return None;
        }
        let at = open.change(|document| if back { document.undo() } else { document.redo() })?;
        self.changed(open);
        open.drawn.notify();
        Some(at)
    }

    /// Sets the clauses that the pack is to cover.
    pub fn set_clauses(self: &Rc<Self>, open: &Rc<OpenKit>, clauses: String) {
        if open.access.get_untracked() == Access::Writer {
            open.change_record(|record| record.clauses = clauses);
            self.changed(open);
        }
    }

    /// Ends what is being typed, so that the next letters are a step of their own.
    pub fn rest(&self, open: &OpenKit) {
        open.change(Document::rest);
    }

    fn changed(self: &Rc<Self>, open: &Rc<OpenKit>) {
        open.tell();
        self.keep(open);
    }

    fn keep(self: &Rc<Self>, open: &Rc<OpenKit>) {
        // Undo is of this change now, not of what was said.
        open.said.set_if_changed(String::new());
        self.save(open);
        self.review_soon(open);
    }

    /// Lets the linter look once nothing was changed for a moment.
    pub fn review_soon(self: &Rc<Self>, open: &Rc<OpenKit>) {
        if open.is_reviewing.replace(true) {
            return;
        }
        let (kit, open) = (self.clone(), open.clone());
        spawn_local(async move {
            loop {
                let revision = open.revision.get();
                host::pause(if revision == 0 { 0 } else { PAUSE }).await;
                if open.revision.get() == revision {
                    break;
                }
            }
            // In tasks of their own, so that what is typed comes in between; then they are for the next look.
            open.is_reviewing.set(false);
            let revision = open.revision.get();
            let pack = open.look(|document| Pack::without_digest(document.json()));
            host::pause(0).await;
            if open.revision.get() != revision {
                return;
            }
            open.note_review(review(pack));
            host::pause(0).await;
            if open.revision.get() == revision {
                kit.show_preview(&open);
            }
            host::pause(0).await;
            if open.revision.get() == revision {
                kit.advise(&open);
            }
        });
    }
}

/// What the linter says of a pack that was read.
fn review(pack: Result<Pack, ReadError>) -> Reviewed {
    match pack {
        Ok(pack) => {
            let errors = lint::errors(&pack);
            Reviewed { pack: Some(Rc::new(pack)), unread: None, errors }
        }
        Err(error) => Reviewed { unread: Some(error), ..Reviewed::default() },
    }
}

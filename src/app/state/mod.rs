//! The state of the page, as signals and plain data: no waiting, no storage, no browser.

pub mod appraisals;
pub mod asking;
pub mod desk;
pub mod form;
#[cfg(feature = "split")]
pub mod importing;
#[cfg(feature = "split")]
pub mod kit;
pub mod notice;
pub mod overview;
pub mod papers;
pub mod route;
mod saving;
pub mod scan;
pub mod signals;
pub mod trial;
pub mod undo;
pub mod units;

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::app::state::form::{Access, OpenForm};
use crate::app::state::notice::Notice;
use crate::app::state::route::Route;
use crate::app::state::scan::Scan;
use crate::app::state::trial::Trial;
use crate::device::{Room, Row};
use crate::share::LinkError;
use crate::store::{Deleted, StoreError};
use crate::value::{AssessmentId, Instant, Lang};

/// The form that the page shows.
#[derive(Clone)]
pub enum Slot {
    /// No form, or still reading.
    Empty,
    /// Open.
    Open(Rc<OpenForm>),
    /// Not on this device.
    Gone,
    /// On this device, but unreadable.
    Unreadable,
    /// Its link cannot be opened.
    BadLink(Rc<LinkError>),
}

impl PartialEq for Slot {
    fn eq(&self, other: &Slot) -> bool {
        match (self, other) {
            (Slot::Empty, Slot::Empty)
            | (Slot::Gone, Slot::Gone)
            | (Slot::Unreadable, Slot::Unreadable) => true,
            (Slot::Open(a), Slot::Open(b)) => Rc::ptr_eq(a, b),
            (Slot::BadLink(a), Slot::BadLink(b)) => a == b,
            _ => false,
        }
    }
}

/// A page whose chunk is loaded when it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The desk.
    Desk,
    /// The form kit.
    Kit,
}

/// The load state of the deferred chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chunk {
    /// Being loaded.
    Loading,
    /// Loaded.
    Ready,
    /// Loading failed; it can be retried.
    Failed,
}

/// The offline state of this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offline {
    /// Not yet, or unsupported: it needs HTTPS or localhost.
    No,
    /// Works offline.
    Ready,
    /// A newer version is waiting.
    NewVersion,
    /// As before, but postponed by the person.
    NotNow,
}

/// The state of the page.
pub struct State {
    /// The language of the page.
    pub lang: ArcRwSignal<Lang>,
    /// The page that is shown.
    pub route: ArcRwSignal<Route>,
    /// The notice.
    pub notice: ArcRwSignal<Option<Rc<Notice>>>,
    /// The files that wait for a person's word, the first of which is asked about.
    pub asking: ArcRwSignal<Vec<Rc<asking::Asking>>>,
    /// The forms on this device; `None` until they are read.
    pub rows: ArcRwSignal<Option<Rc<Vec<Row>>>>,
    /// The forms that the superior returned, by their keys, with the number of items.
    pub returned: ArcRwSignal<Vec<(String, usize)>>,
    /// The form that is open.
    pub slot: ArcRwSignal<Slot>,
    /// Deleted forms that can be restored, the last deleted first.
    pub deleted: ArcRwSignal<Vec<Deleted>>,
    /// When the last backup was made in this browser.
    pub backup: ArcRwSignal<Option<Instant>>,
    /// Why storage fails on this device, if so.
    pub storage_warning: ArcRwSignal<Option<StoreError>>,
    /// How the browser keeps data, if known.
    pub room: ArcRwSignal<Option<Room>>,
    /// The deferred chunk.
    pub chunk: ArcRwSignal<Chunk>,
    /// The chunk of the desk.
    desk_chunk: ArcRwSignal<Chunk>,
    /// The chunk of the form kit.
    kit_chunk: ArcRwSignal<Chunk>,
    /// The offline state of the page.
    pub offline: ArcRwSignal<Offline>,
    /// The thumbprint of the open key; empty if none is open.
    pub open_key: ArcRwSignal<String>,
    /// Notifies when a file has brought a key.
    pub key_came: ArcTrigger,
    /// Notifies when a criteria pack was taken.
    pub pack_came: ArcTrigger,
    /// The state of the scan of paper.
    pub scan: Scan,
    /// A locked key from a file; the page of keys asks for its passphrase.
    pub locked_key: RefCell<Option<String>>,
    /// Forms that were left before they could be saved.
    pub unsaved: RefCell<Vec<Rc<OpenForm>>>,
    /// The last trial.
    pub trial: RefCell<Option<Trial>>,
}

impl State {
    /// The initial state of the page.
    pub fn new(lang: Lang, route: Route, backup: Option<Instant>) -> State {
        State {
            lang: ArcRwSignal::new(lang),
            route: ArcRwSignal::new(route),
            notice: ArcRwSignal::new(None),
            asking: ArcRwSignal::new(Vec::new()),
            rows: ArcRwSignal::new(None),
            returned: ArcRwSignal::new(Vec::new()),
            slot: ArcRwSignal::new(Slot::Empty),
            deleted: ArcRwSignal::new(Vec::new()),
            backup: ArcRwSignal::new(backup),
            storage_warning: ArcRwSignal::new(None),
            room: ArcRwSignal::new(None),
            chunk: ArcRwSignal::new(Chunk::Loading),
            desk_chunk: ArcRwSignal::new(Chunk::Loading),
            kit_chunk: ArcRwSignal::new(Chunk::Loading),
            offline: ArcRwSignal::new(Offline::No),
            open_key: ArcRwSignal::new(String::new()),
            key_came: ArcTrigger::new(),
            pack_came: ArcTrigger::new(),
            scan: Scan::default(),
            locked_key: RefCell::default(),
            unsaved: RefCell::default(),
            trial: RefCell::default(),
        }
    }

    /// The chunk of a page that is asked for.
    pub fn asked(&self, asked: Asked) -> &ArcRwSignal<Chunk> {
        match asked {
            Asked::Desk => &self.desk_chunk,
            Asked::Kit => &self.kit_chunk,
        }
    }

    /// The form that is open.
    pub fn open_form(&self) -> Option<Rc<OpenForm>> {
        match self.slot.get_untracked() {
            Slot::Open(form) => Some(form),
            _ => None,
        }
    }

    /// The open form, if it has this id and this access.
    pub fn open_as(&self, id: &str, access: Access) -> Option<Rc<OpenForm>> {
        self.open_form()
            .filter(|form| form.id().as_str() == id && form.access.get_untracked() == access)
    }

    /// The form with this id that was left before it could be saved.
    pub fn unsaved(&self, id: &AssessmentId) -> Option<Rc<OpenForm>> {
        let unsaved = self.unsaved.borrow();
        unsaved.iter().find(|form| form.id() == *id).cloned()
    }

    /// Does this browser keep what is stored, or is it lost when the page closes?
    pub fn keeps(&self) -> bool {
        self.storage_warning.with(Option::is_none)
    }

    /// Would closing the page lose anything?
    pub fn would_lose(&self) -> bool {
        let in_memory = self.storage_warning.get_untracked().is_some();
        match self.slot.get_untracked() {
            Slot::Open(form) if in_memory || form.has_failed() => true,
            _ if in_memory => {
                let rows = self.rows.get_untracked();
                rows.is_some_and(|rows| !rows.is_empty())
            }
            _ => self.unsaved.borrow().iter().any(|form| form.has_failed()),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;

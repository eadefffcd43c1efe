//! What the page does when a person, another tab or the browser asks for it: each action calls the device, sets the
//! state, navigates and tells.

pub mod appraisals;
pub mod autosave;
pub mod backup;
pub mod chunks;
pub mod edit;
pub mod files;
pub mod history;
pub mod keyring;
pub mod keys;
pub mod letter;
pub mod link;
pub mod lock;
pub mod navigate;
pub mod open_file;
pub mod periods;
pub mod rows;
pub mod scan;
pub mod sign;
pub mod trial;
pub mod trust;
pub mod unsaved;
pub mod update;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::chunks::{Chunk, Deferred, Loader};
use crate::app::actions::keyring::Keyring;
use crate::app::host;
use crate::app::host::locks::EditLock;
use crate::app::host::settings;
use crate::app::host::storage::Keeper;
use crate::app::state::State;
use crate::app::state::notice::Notice;
use crate::app::state::route::Route;
use crate::app::state::signals::SetIfChanged;
use crate::json::ReadError;
use crate::pack::catalog::Catalog;
use crate::store::{MemoryStorage, StoreError, WebStorage};
use crate::value::{AssessmentId, Instant, Lang};

pub use edit::Form;

/// What actions work on. There is one, made when the page starts; it lives as long as the page.
pub type App = &'static Context;

/// The state of the page, the storage of the device, and what actions keep between calls.
pub struct Context {
    /// What the page shows.
    pub state: State,
    /// The key that is open.
    pub keyring: Keyring,
    packs: RefCell<Rc<Catalog>>,
    storage: RefCell<Rc<Keeper>>,
    /// Loads the deferred chunk.
    loader: Loader,
    deferred: OnceCell<Deferred>,
    /// The lock of the form that this tab writes; without a lock where the browser has none.
    edit_lock: RefCell<Option<(AssessmentId, Option<EditLock>)>>,
    /// Whether it was told that the forms are gone.
    missed: Cell<bool>,
}

impl Context {
    /// What a page works on that has just been opened.
    ///
    /// # Errors
    /// A built-in pack cannot be read.
    pub fn new(loader: Loader) -> Result<Context, ReadError> {
        let lang = match settings::get(settings::LANG).as_deref() {
            Some("en") => Lang::En,
            _ => Lang::Vi,
        };
        let route = Route::parse(&host::fragment());
        let backup = settings::get(settings::BACKUP).and_then(|text| Instant::parse(&text));
        Ok(Context {
            state: State::new(lang, route, backup),
            keyring: Keyring::default(),
            packs: RefCell::new(Rc::new(Catalog::usual()?)),
            storage: RefCell::new(Rc::new(Keeper::Web(WebStorage::default()))),
            loader,
            deferred: OnceCell::new(),
            edit_lock: RefCell::default(),
            missed: Cell::default(),
        })
    }

    /// Where drafts and keys are kept.
    pub fn keeper(&self) -> Rc<Keeper> {
        self.storage.borrow().clone()
    }

    /// The packs that are known here: the usual one, and all of them once the deferred chunk is here.
    pub fn packs(&self) -> Rc<Catalog> {
        self.packs.borrow().clone()
    }

    /// Goes on in memory where the browser refuses to keep data.
    fn fall_back(&self, error: StoreError) {
        self.storage
            .replace(Rc::new(Keeper::Memory(MemoryStorage::default())));
        self.state.storage_warning.set_if_changed(Some(error));
    }

    /// Tells something.
    pub fn tell(&self, notice: Notice) {
        self.state.notice.set(Some(Rc::new(notice)));
    }

    /// The person has read what was told.
    pub fn hush(&self) {
        if self.missed.take() {
            settings::set(settings::FORMS, "0");
        }
        if self.state.notice.get_untracked().is_some() {
            self.state.notice.set(None);
        }
    }

    /// Changes the language, once the chunk is here that brings its words.
    pub fn speak(&'static self, lang: Lang) {
        chunks::when_loaded(self, move |_| {
            self.state.lang.set_if_changed(lang);
            let word = if lang == Lang::En { "en" } else { "vi" };
            settings::set(settings::LANG, word);
            Box::pin(async {})
        });
    }

    /// Notes that everything until now is in a backup.
    pub fn backed_up(&self, at: Instant) {
        self.state.backup.set_if_changed(Some(at));
        settings::set(settings::BACKUP, &at.to_string());
    }

    /// Is the deferred chunk here?
    pub fn is_whole(&self) -> bool {
        self.state.chunk.get_untracked() == Chunk::Ready
    }
}

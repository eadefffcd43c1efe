//! The actions of a person, another tab or the browser: each calls the device, sets the
//! state and navigates.

pub mod appraisals;
pub mod ask;
pub mod attached;
pub mod autosave;
pub mod backup;
pub mod begun;
pub mod chunks;
pub mod clock;
pub mod desk;
pub mod edit;
pub mod files;
pub mod form;
pub mod history;
pub mod keys;
#[cfg(feature = "split")]
pub mod kit;
pub mod letter;
pub mod link;
pub mod lock;
pub mod navigate;
pub mod open_file;
mod papers;
pub mod rows;
pub mod scan;
pub mod sign;
pub mod storage;
pub mod trial;
pub mod unsaved;
pub mod update;
pub mod upgrade;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::chunks::{Deferred, Loader};
use crate::app::actions::papers::Papers;
use crate::app::host::channel::TabChannel;
use crate::app::host::locks::EditLock;
use crate::app::host::storage::Keeper;
use crate::app::host::{self, Browser, settings};
use crate::app::state::notice::Notice;
use crate::app::state::route::Route;
use crate::app::state::signals::SetIfChanged;
use crate::app::state::{Chunk, State};
use crate::device::Device;
use crate::json::ReadError;
use crate::pack::catalog::Catalog;
use crate::store::{MemoryStorage, StoreError, WebStorage};
use crate::value::{AssessmentId, Instant, Lang};

pub use form::Form;

/// The context of all actions: a single one, which lives as long as the page.
pub type App = &'static Context;

/// The state of the page, the device, and the state of actions.
pub struct Context {
    /// The page's state.
    pub state: State,
    /// The device: storage and keys.
    pub device: Device<Keeper, Browser>,
    /// Loads the deferred chunk.
    loader: Loader,
    deferred: OnceCell<Deferred>,
    /// The form that this tab writes; no lock if the browser has none.
    edit_lock: RefCell<Option<(AssessmentId, Option<EditLock>)>>,
    /// The channel between tabs of this browser.
    tabs: TabChannel,
    /// Resources of a scan.
    papers: RefCell<Papers>,
    /// Whether the notice of lost forms was shown.
    missed: Cell<bool>,
    /// Whether the idle check of the open key runs.
    follows_key: Cell<bool>,
    /// The last deed of `is_again`, and when it was asked for.
    deed: RefCell<(String, u64)>,
    /// Whether a new form is being made.
    makes_form: Cell<bool>,
}

/// The second press of a double click follows the first within this time: the longest that Windows can be set to,
/// in milliseconds.
const DOUBLE_CLICK: u64 = 900;

/// How long a notice that only confirms stays, in milliseconds: long enough to be read.
const PASSING: i32 = 8_000;

impl Context {
    /// Makes the context of a new page; fails where a built-in pack cannot be read.
    pub fn new(loader: Loader) -> Result<Context, ReadError> {
        let lang = match settings::get(settings::LANG).as_deref() {
            Some("en") => Lang::En,
            _ => Lang::Vi,
        };
        let route = Route::parse(&host::fragment());
        let backup = settings::get(settings::BACKUP).and_then(|text| Instant::parse(&text));
        Ok(Context {
            state: State::new(lang, route, backup),
            device: Device::new(Keeper::Web(WebStorage::default()), Browser, Catalog::usual()?),
            loader,
            deferred: OnceCell::new(),
            edit_lock: RefCell::default(),
            tabs: TabChannel::open(),
            papers: RefCell::default(),
            missed: Cell::default(),
            follows_key: Cell::default(),
            deed: RefCell::default(),
            makes_form: Cell::default(),
        })
    }

    /// Switches to memory if browser storage fails.
    fn fall_back(&self, error: StoreError) {
        self.device.replace_storage(Keeper::Memory(MemoryStorage::default()));
        self.state.storage_warning.set_if_changed(Some(error));
    }

    /// Shows a notice; what only confirms goes by itself.
    pub fn tell(&self, notice: Notice) {
        let notice = Rc::new(notice);
        self.state.notice.set(Some(notice.clone()));
        if notice.is_passing() {
            let shown = self.state.notice.clone();
            host::later(PASSING, move || {
                let is_it = |own: &Option<Rc<Notice>>| {
                    own.as_ref().is_some_and(|own| Rc::ptr_eq(own, &notice))
                };
                if shown.with_untracked(is_it) {
                    shown.set(None);
                }
            });
        }
    }

    /// Is this deed asked for by the second press of a double click?
    pub fn is_again(&self, deed: &str) -> bool {
        let now = host::monotonic();
        let (before, at) = self.deed.replace((deed.to_owned(), now));
        before == deed && now - at < DOUBLE_CLICK
    }

    /// Hides the notice.
    pub fn hush(&self) {
        if self.missed.take() {
            settings::set(settings::FORMS, "0");
        }
        if self.state.notice.get_untracked().is_some() {
            self.state.notice.set(None);
        }
    }

    /// Changes the language once the deferred chunk is loaded.
    pub fn speak(&'static self, lang: Lang) {
        chunks::when_loaded(self, move |_| {
            // Everything is drawn anew: browsers that lose the place meanwhile are shown it again.
            let place = host::scroll();
            self.state.lang.set_if_changed(lang);
            host::scroll_soon(place);
            let word = if lang == Lang::En { "en" } else { "vi" };
            settings::set(settings::LANG, word);
            Box::pin(async {})
        });
    }

    /// Is the deferred chunk loaded?
    pub fn is_whole(&self) -> bool {
        self.state.chunk.get_untracked() == Chunk::Ready
    }
}

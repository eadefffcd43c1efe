//! What the whole page shares: language, address, the forms on this device, notices.

pub mod form;
pub mod route;
pub mod rows;
pub mod undo;
pub mod watched;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::app::actions::autosave::SaveState;
use crate::app::actions::backup::Report;
use crate::app::actions::chunks::{self, Chunk};
use crate::app::actions::keyring::Keyring;
use crate::app::actions::periods::usual_period;
use crate::app::actions::scan::Paper;
use crate::app::actions::update::Offline;
use crate::app::host::channel::TabChannel;
use crate::app::host::locks::{self, Claim, EditLock};
use crate::app::host::quota::Room;
use crate::app::host::settings;
use crate::app::host::storage::Keeper;
use crate::app::host::{self, spawn_local};
use crate::app::state::form::{Access, Form, OpenForm};
use crate::app::state::route::Route;
use crate::app::state::rows::Rows;
use crate::app::state::watched::{Held, Version, Watched};
use crate::form::Assessment;
use crate::json::ReadError;
use crate::pack::catalog::Catalog;
use crate::share::LinkError;
use crate::store::{Deleted, Draft, Kind, MemoryStorage, Storage, StoreError, WebStorage};
use crate::value::{AssessmentId, Instant, Lang};

/// Something to tell, kept as data so that it speaks the language of the page.
#[derive(Debug)]
pub enum Notice {
    /// A form was deleted; it can be brought back.
    Deleted(Deleted),
    /// A backup was merged into what is here.
    Restored(Report),
    /// A file was opened.
    Imported(crate::app::actions::open_file::Imported),
    /// A file that is no form was taken in.
    Received(crate::app::actions::open_file::Received),
    /// A file was refused.
    Refused {
        /// Its name.
        file: String,
        /// Why.
        why: crate::app::actions::open_file::Refusal,
    },
    /// A file was handed to the browser.
    Exported,
    /// The form is again as it was earlier.
    Returned,
    /// Storage did not do what it was asked.
    Storage(StoreError),
    /// There were forms here, this many, and there are none now.
    Emptied(String),
    /// The form was signed with a key for which there is no room.
    KeyNotKept,
    /// Another tab took the form before everything here was saved; it was kept as a form of its own.
    KeptCopy,
    /// The part of the program that this needs could not be loaded.
    ChunkFailed,
}

/// The form that is open.
#[derive(Clone)]
pub enum Slot {
    /// None, or one that is being read.
    Empty,
    /// This one.
    Open(Form),
    /// It is not on this device.
    Gone,
    /// It is on this device, and cannot be read.
    Unreadable,
    /// The link to it is not opened.
    BadLink(Rc<LinkError>),
}

impl PartialEq for Slot {
    fn eq(&self, other: &Slot) -> bool {
        match (self, other) {
            (Slot::Empty, Slot::Empty)
            | (Slot::Gone, Slot::Gone)
            | (Slot::Unreadable, Slot::Unreadable) => true,
            (Slot::Open(a), Slot::Open(b)) => std::ptr::eq(*a, *b),
            (Slot::BadLink(a), Slot::BadLink(b)) => a == b,
            _ => false,
        }
    }
}

/// What the whole page shares; there is one, and it lives as long as the page.
pub type App = &'static Shared;

/// What the whole page shares.
pub struct Shared {
    /// The language of the page.
    pub lang: Watched<Lang>,
    /// The page that is shown.
    pub route: Watched<Route>,
    /// What is to be told.
    pub notice: Watched<Option<Held<Notice>>>,
    /// The forms on this device.
    pub rows: Watched<Held<Rows>>,
    /// The form that is open.
    pub slot: Watched<Slot>,
    /// Forms that were deleted and can be brought back, the last deleted first.
    pub deleted: Watched<Vec<Deleted>>,
    /// When the last backup was made in this browser.
    pub backup: Watched<Option<Instant>>,
    /// Why nothing is kept on this device, if so.
    pub storage_warning: Watched<Option<StoreError>>,
    /// How the browser keeps the data, where it says.
    pub room: Watched<Option<Room>>,
    /// The part of the program that loads later.
    pub rest: Watched<Chunk>,
    /// What is known of the page without a network.
    pub offline: Watched<Offline>,
    pub(super) packs: Cell<&'static Catalog>,
    keeper: RefCell<Rc<Keeper>>,
    /// Whether it was told that the forms are gone.
    pub(super) missed: Cell<bool>,
    /// The turn at the form that is open.
    turn: RefCell<Option<(AssessmentId, Option<EditLock>)>>,
    /// What the tabs of this browser tell each other.
    pub tabs: TabChannel,
    /// The key that is open.
    pub keyring: Keyring,
    /// Rises when a file has brought a key.
    pub key_came: Version,
    /// What views watch of paper that is being read.
    pub paper: Paper,
    /// A locked key from a file, which waits for its passphrase on the page of keys.
    pub lock: RefCell<Option<String>>,
    /// Forms that were left before they could be saved.
    pub(super) unsaved: RefCell<Vec<Form>>,
}

impl Shared {
    /// The state of a page that has just been opened.
    ///
    /// # Errors
    /// A built-in pack cannot be read.
    pub fn open() -> Result<App, ReadError> {
        let lang = match settings::get(settings::LANG).as_deref() {
            Some("en") => Lang::En,
            _ => Lang::Vi,
        };
        Ok(Box::leak(Box::new(Shared {
            lang: Watched::new(lang),
            route: Watched::new(Route::parse(&host::fragment())),
            notice: Watched::new(None),
            rows: Watched::new(Held::new(Rows::Loading)),
            slot: Watched::new(Slot::Empty),
            deleted: Watched::new(Vec::new()),
            backup: Watched::new(last_backup()),
            storage_warning: Watched::new(None),
            room: Watched::new(None),
            rest: Watched::new(Chunk::Loading),
            offline: Watched::new(Offline::No),
            packs: Cell::new(Box::leak(Box::new(Catalog::usual()?))),
            keeper: RefCell::new(Rc::new(Keeper::Web(WebStorage::default()))),
            missed: Cell::default(),
            turn: RefCell::default(),
            tabs: TabChannel::open(),
            keyring: Keyring::default(),
            key_came: Version::default(),
            paper: Paper::new(),
            lock: RefCell::default(),
            unsaved: RefCell::default(),
        })))
    }

    /// Follows the address, and shows the page that it names.
    pub fn listen(&'static self) {
        host::on("hashchange", false, move || {
            self.route.set(Route::parse(&host::fragment()));
            self.show();
        })
        .forget();
        self.show();
    }

    /// Where drafts and keys are kept.
    pub fn keeper(&self) -> Rc<Keeper> {
        self.keeper.borrow().clone()
    }

    /// Changes the language, once the part of the program is here that brings its words.
    pub fn speak(&'static self, lang: Lang) {
        chunks::when_loaded(self, move |_| {
            self.lang.set(lang);
            let word = if lang == Lang::En { "en" } else { "vi" };
            settings::set(settings::LANG, word);
            Box::pin(async {})
        });
    }

    /// Tells something.
    pub fn tell(&self, notice: Notice) {
        self.notice.set(Some(Held::new(notice)));
    }

    fn show(&'static self) {
        let left = self.slot.peek();
        self.slot.set(Slot::Empty);
        spawn_local(async move {
            // What is shown next begins with what is on disk.
            if let Slot::Open(form) = left
                && !form.settle().await
            {
                self.unsaved.borrow_mut().push(form);
            }
            match self.route.peek() {
                Route::Home => {
                    self.turn.take();
                    self.read_rows().await;
                }
                Route::Form(id) => self.open_form(id).await,
                Route::Check(link) => {
                    self.turn.take();
                    chunks::when_loaded(self, move |deferred| (deferred.open_link)(self, link));
                }
                Route::Keys | Route::Unknown => drop(self.turn.take()),
            }
        });
    }

    /// Takes the turn at a form where no other tab has it.
    async fn claim(&'static self, id: &AssessmentId) {
        if self.access(id) == Access::Writer {
            return;
        }
        self.let_go();
        let own = id.clone();
        match locks::claim(&self.tabs, id.as_str(), Rc::new(move || self.lose(&own))).await {
            Claim::Ours(turn) => self.hold(id, turn),
            Claim::Others => {}
        }
    }

    /// Who may write a form.
    fn access(&self, id: &AssessmentId) -> Access {
        match &*self.turn.borrow() {
            Some((held, _)) if held == id => Access::Writer,
            _ => Access::Reader,
        }
    }

    /// Another tab has taken the turn, while this one slept.
    pub fn lose(&'static self, id: &AssessmentId) {
        let Slot::Open(form) = self.slot.peek() else {
            return;
        };
        // A trial of the form stands in for it.
        if form.id() == *id && form.access.peek() != Access::Reader {
            form.access.set(Access::Reader);
            self.let_go();
            if !matches!(form.save.peek(), SaveState::Saved { .. }) {
                chunks::when_loaded(self, move |deferred| (deferred.keep_unsaved)(self, form));
            }
        }
    }

    /// This tab has the turn at a form, where the browser has locks by one.
    pub fn hold(&self, id: &AssessmentId, turn: Option<EditLock>) {
        self.turn.replace(Some((id.clone(), turn)));
    }

    /// Another tab may have the turn.
    pub fn let_go(&self) {
        self.turn.take();
    }

    /// Goes on in memory where the browser refuses to keep data.
    pub(super) fn fall_back(&self, error: StoreError) {
        self.keeper
            .replace(Rc::new(Keeper::Memory(MemoryStorage::default())));
        self.storage_warning.set(Some(error));
    }

    async fn open_form(&'static self, id: AssessmentId) {
        let unsaved = self
            .unsaved
            .borrow()
            .iter()
            .find(|form| form.id() == id)
            .copied();
        if let Some(form) = unsaved {
            return self.slot.set(Slot::Open(form));
        }
        self.claim(&id).await;
        let access = self.access(&id);
        self.read_form(id, access, |_| {}).await;
    }

    /// Shows a form as it is on disk; `change` may say where in it.
    /// `whose` was the turn when that was asked for.
    pub async fn read_form(
        &'static self,
        id: AssessmentId,
        access: Access,
        change: impl FnOnce(&mut Draft),
    ) {
        let text = match self.keeper().get(Kind::Drafts, id.as_str()).await {
            Ok(text) => text,
            Err(error) => {
                self.fall_back(error);
                None
            }
        };
        let is_here = text.is_some();
        let draft = text.and_then(|text| Draft::from_text(&text).ok());
        let pack = draft.as_ref().map(|draft| &draft.form.pack.digest);
        let is_known = pack.is_none_or(|pack| self.packs().by_digest(pack).is_some());
        self.need_packs(is_known).await;
        let opened = draft.and_then(|draft| Some((draft.open(self.packs()).ok()?, draft)));
        // Where this tab took the turn while the disk was read, what it read then is shown, not this.
        let now = self.access(&id);
        if (access, now) == (Access::Reader, Access::Writer) {
            return;
        }
        // The person may have gone elsewhere meanwhile.
        if self.route.peek() == Route::Form(id) {
            self.slot.set(match opened {
                Some((session, mut draft)) => {
                    change(&mut draft);
                    Slot::Open(OpenForm::open(self, session, draft, now))
                }
                None if is_here => Slot::Unreadable,
                None => Slot::Gone,
            });
        }
    }

    /// Makes an empty form of a pack and opens it.
    pub fn new_form(&'static self, pack_id: &str) {
        let pack = self
            .packs()
            .packs()
            .iter()
            .find(|pack| pack.id.as_str() == pack_id);
        let made = pack.zip(host::entropy()).and_then(|(pack, bits)| {
            let id = AssessmentId::from_bits(bits);
            Assessment::blank(pack, id, usual_period(pack), host::now())
        });
        match made {
            Some(form) => spawn_local(self.keep_and_open(Draft::new(form))),
            None => self.tell(Notice::Storage(StoreError::Failed("crypto".into()))),
        }
    }

    /// Keeps a draft and goes to its page.
    pub async fn keep_and_open(&'static self, draft: Draft) {
        let (id, text) = (draft.form.id.clone(), draft.to_text());
        let error = match self.keeper().put(Kind::Drafts, id.as_str(), &text).await {
            Err(StoreError::QuotaExceeded) => return self.open_unsaved(draft),
            other => other.err(),
        };
        if let Some(error) = error {
            self.fall_back(error);
            if let Err(error) = self.keeper().put(Kind::Drafts, id.as_str(), &text).await {
                return self.tell(Notice::Storage(error));
            }
        }
        host::go(&Route::form(&id));
    }

    /// Notes that everything until now is in a backup.
    pub fn backed_up(&self, at: Instant) {
        self.backup.set(Some(at));
        settings::set(settings::BACKUP, &at.to_string());
    }
}

fn last_backup() -> Option<Instant> {
    Instant::parse(&settings::get(settings::BACKUP)?)
}

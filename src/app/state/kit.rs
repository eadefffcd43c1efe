//! The form kit: the packs that are being written, and the one that is open.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;

use crate::app::state::form::{Access, OpenForm, SaveState};
use crate::app::state::importing::Importing;
use crate::app::state::signals::SetIfChanged;
use crate::device::{KitRow, PublishError};
use crate::json::{Json, ReadError};
use crate::kit::{Document, Told};
use crate::pack::Pack;
use crate::pack::lint::LintError;
use crate::seal::PackFile;
use crate::store::{KitRecord, StoreError};
use crate::value::{AssessmentId, Digest};

/// The form kit.
pub struct KitState {
    /// The packs that are being written; `None` until they are read.
    pub rows: ArcRwSignal<Option<Rc<Vec<KitRow>>>>,
    /// The one that the address names.
    pub slot: ArcRwSignal<KitSlot>,
    /// Why storage cannot be read or written.
    pub fault: ArcRwSignal<Option<StoreError>>,
    /// Whether what was written here became a pack of its own, since another tab wrote it, too.
    pub parted: ArcRwSignal<bool>,
    /// The pack that was deleted last, which can be brought back.
    pub deleted: ArcRwSignal<Option<AssessmentId>>,
    /// The table that is to become a pack.
    pub import: Importing,
}

impl Default for KitState {
    fn default() -> Self {
        KitState {
            rows: ArcRwSignal::new(None),
            slot: ArcRwSignal::new(KitSlot::Empty),
            fault: ArcRwSignal::new(None),
            parted: ArcRwSignal::new(false),
            deleted: ArcRwSignal::new(None),
            import: Importing::default(),
        }
    }
}

/// What the address names.
#[derive(Clone)]
pub enum KitSlot {
    /// Nothing, or what is being read.
    Empty,
    /// No pack that is here.
    Gone,
    /// A pack.
    Open(Rc<OpenKit>),
}

/// What the linter says of a pack that is being written.
#[derive(Clone, Debug, Default)]
pub struct Reviewed {
    /// The pack, where it is complete enough to be read.
    pub pack: Option<Rc<Pack>>,
    /// Why it cannot be read.
    pub unread: Option<ReadError>,
    /// Its errors.
    pub errors: Vec<LintError>,
}

impl Reviewed {
    /// May the pack be published?
    pub fn is_sound(&self) -> bool {
        self.pack.is_some() && self.errors.is_empty()
    }
}

/// What a worker finds in a pack without errors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Advised {
    /// Nothing is asked: it has errors, or cannot be read.
    #[default]
    Unasked,
    /// It is looking; what it found before of an earlier state.
    Running(Rc<Told>),
    /// What it found.
    Done(Rc<Told>),
    /// It could not look.
    Failed,
}

impl Advised {
    /// What it found last.
    pub fn told(&self) -> Option<&Rc<Told>> {
        match self {
            Advised::Running(told) | Advised::Done(told) => Some(told),
            Advised::Unasked | Advised::Failed => None,
        }
    }
}

/// A pack that is open.
pub struct OpenKit {
    /// Whether this tab writes it.
    pub access: ArcRwSignal<Access>,
    /// The part that is shown, as in the address.
    pub place: ArcRwSignal<String>,
    /// Notifies when what is shown must be drawn anew.
    pub drawn: ArcTrigger,
    /// Notifies of each change.
    pub changed: ArcTrigger,
    /// The save state of the last change.
    pub save: ArcRwSignal<SaveState>,
    /// What the linter says of the last change but those of the last moments.
    pub reviewed: ArcRwSignal<Rc<Reviewed>>,
    /// What a worker finds beyond the errors.
    pub advised: ArcRwSignal<Advised>,
    /// Whether the worker is looking.
    pub is_advising: Cell<bool>,
    /// What was done last that can be undone, in words.
    pub said: ArcRwSignal<String>,
    /// The form that is shown beside it.
    pub preview: Preview,
    /// What was published of it last, as codes.
    pub coded: ArcRwSignal<Option<Rc<CodedPack>>>,
    /// How far publishing it is.
    pub publishing: Publishing,
    /// What it is compared with.
    pub compared: ArcRwSignal<Option<Rc<Compared>>>,
    /// Counts changes.
    pub revision: Cell<u32>,
    /// Whether a write is running.
    pub is_writing: Cell<bool>,
    /// Whether a look of the linter is due.
    pub is_reviewing: Cell<bool>,
    /// Whether what another tab wrote is about to be read.
    pub is_following: Cell<bool>,
    /// Whether a change is still to be told.
    pub is_telling: Cell<bool>,
    /// When a state was last kept, in milliseconds of the monotonic clock.
    pub kept: Cell<Option<u64>>,
    document: RefCell<Document>,
    record: RefCell<KitRecord>,
}

/// A published pack with the texts of the QR codes that hold its file.
pub struct CodedPack {
    /// The file.
    pub file: Rc<PackFile>,
    /// The texts, in order; `share::paper_code` draws each.
    pub texts: Vec<String>,
}

/// What was typed and told where a pack is published. It outlives the panel, which is drawn anew in another language.
#[derive(Clone, Default)]
pub struct Publishing {
    /// The name of the issuer; `None` until a person types one.
    pub author: ArcRwSignal<Option<String>>,
    /// What is new in this version.
    pub note: ArcRwSignal<String>,
    /// The progress.
    pub progress: ArcRwSignal<PublishProgress>,
    /// The link of what was published, once it is made; `None` within where it is too long.
    pub link: ArcRwSignal<Option<Option<String>>>,
}

/// The progress of publishing.
#[derive(Clone, Default, PartialEq)]
pub enum PublishProgress {
    /// Nothing was asked for.
    #[default]
    Idle,
    /// It is being signed.
    Busy,
    /// The name of the issuer is missing.
    NoAuthor,
    /// It was not published.
    Failed(PublishError),
    /// It is published as this file.
    Done(Rc<PackFile>),
}

/// A pack that another one is compared with.
pub struct Compared {
    /// The digest of a known pack; `None` for one in a file.
    pub digest: Option<Digest>,
    /// What the file is called.
    pub file: String,
    /// It, as a tree.
    pub pack: Json,
}

/// The form that is shown beside a pack.
pub struct Preview {
    /// The level and the type of the unit; empty for the first of the pack.
    pub level: ArcRwSignal<String>,
    /// The type.
    pub unit_type: ArcRwSignal<String>,
    /// The form; `None` where the pack cannot be read or has errors.
    pub form: ArcRwSignal<Option<Rc<OpenForm>>>,
    /// Whether the whole form is shown, not only the item that is being written.
    pub is_whole: ArcRwSignal<bool>,
}

impl OpenKit {
    /// Opens a record.
    pub fn new(record: KitRecord, access: Access, place: String) -> Rc<OpenKit> {
        Rc::new(OpenKit {
            access: ArcRwSignal::new(access),
            place: ArcRwSignal::new(place),
            drawn: ArcTrigger::new(),
            changed: ArcTrigger::new(),
            save: ArcRwSignal::new(SaveState::Saved { revision: 0, at: None }),
            reviewed: ArcRwSignal::new(Rc::default()),
            advised: ArcRwSignal::new(Advised::default()),
            is_advising: Cell::default(),
            said: ArcRwSignal::new(String::new()),
            preview: Preview {
                level: ArcRwSignal::new(String::new()),
                unit_type: ArcRwSignal::new(String::new()),
                form: ArcRwSignal::new(None),
                is_whole: ArcRwSignal::new(false),
            },
            coded: ArcRwSignal::new(None),
            publishing: Publishing::default(),
            compared: ArcRwSignal::new(None),
            revision: Cell::default(),
            is_writing: Cell::default(),
            is_reviewing: Cell::default(),
            is_following: Cell::default(),
            is_telling: Cell::default(),
            kept: Cell::default(),
            document: RefCell::new(Document::new(record.pack.clone())),
            record: RefCell::new(record),
        })
    }

    /// Its key.
    pub fn id(&self) -> AssessmentId {
        self.record.borrow().id.clone()
    }

    /// Looks at the pack.
    pub fn look<T>(&self, look: impl FnOnce(&Document) -> T) -> T {
        look(&self.document.borrow())
    }

    /// Looks at the record, whose pack is that of the last write.
    pub fn record<T>(&self, look: impl FnOnce(&KitRecord) -> T) -> T {
        look(&self.record.borrow())
    }

    /// Changes the record beside the pack.
    pub fn change_record(&self, change: impl FnOnce(&mut KitRecord)) {
        change(&mut self.record.borrow_mut());
    }

    /// Changes the pack. Tells nobody: see `actions::kit`.
    pub fn change<T>(&self, change: impl FnOnce(&mut Document) -> T) -> T {
        change(&mut self.document.borrow_mut())
    }

    /// Shows a record that another tab wrote.
    pub fn show(&self, record: KitRecord) {
        self.document.replace(Document::new(record.pack.clone()));
        self.record.replace(record);
        self.revision.set(self.revision.get() + 1);
        self.drawn.notify();
        self.tell();
    }

    /// Notifies of the changes that were made.
    pub fn tell(&self) {
        self.is_telling.set(false);
        self.changed.notify();
    }

    /// Is every change on disk?
    pub fn is_saved(&self) -> bool {
        matches!(self.save.get_untracked(), SaveState::Saved { .. })
    }

    /// Notes what the linter says.
    pub fn note_review(&self, reviewed: Reviewed) {
        self.reviewed.set(Rc::new(reviewed));
    }

    /// Shows another part.
    pub fn go(&self, place: &str) {
        self.place.set_if_changed(place.to_owned());
    }
}

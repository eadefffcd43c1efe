//! The desk of this page: its workers, what it shows, and what of it is being worked on.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use leptos::prelude::*;

use super::kept::Kept;
use crate::app::actions::App;
use crate::app::host::desk_worker::{DeskWorker, DeskWorkerError, Loaded};
use crate::app::host::{self, File};
use crate::app::state::desk::{DeskFault, DeskState, Shown};
use crate::app::state::signals::SetIfChanged;
use crate::app::state::units::UnitsState;
use crate::desk::register::{Reply, Task};
use crate::desk::{OpinionDraft, Status};
use crate::seal::Submission;
use crate::store::StoreError;
use crate::value::Digest;

/// How many entries of the list come at once: no more than can be read between two frames.
pub(super) const ENTRIES: usize = 250;

/// The desk of this page: it goes on receiving while another page is shown.
pub struct Desk {
    pub(super) app: App,
    /// What it shows.
    pub state: DeskState,
    /// The units that are to file.
    pub units: Units,
    /// The worker that keeps the list; `None` until what was received is read into it.
    pub(super) book: RefCell<Option<Rc<DeskWorker>>>,
    /// How many packs that this device took are known to it.
    packs: Cell<usize>,
    /// Whether the list is being read.
    pub(super) reads: Cell<bool>,
    /// Whether a person ended the intake.
    pub(super) is_stopped: Cell<bool>,
    /// The worker that keeps the sum.
    pub(super) sums: Kept,
    /// The worker that keeps the good practices.
    pub(super) practices: Kept,
    /// Appraisals that are being written.
    pub(super) drafts: Drafts,
}

/// The units of the desk.
#[derive(Default)]
pub struct Units {
    /// What is shown of them.
    pub state: UnitsState,
    /// Whether the worker is asked how they stand, and is to be asked again.
    pub(super) asks: Cell<bool>,
    pub(super) asks_again: Cell<bool>,
    /// Whether what a person set is read.
    pub(super) knows_settings: Cell<bool>,
    /// Whether the list that was read last is one that a person typed.
    pub(super) reads_typed: Cell<bool>,
    /// How many lists this page kept.
    pub(super) lists: Cell<u32>,
}

/// Appraisals that are being written: the newest of each, until it is stored.
#[derive(Default)]
pub(super) struct Drafts {
    pub(super) unsaved: RefCell<BTreeMap<Digest, OpinionDraft>>,
    pub(super) writes: Cell<bool>,
}

impl Desk {
    pub(super) fn new(app: App) -> Desk {
        Desk {
            app,
            state: DeskState::default(),
            units: Units::default(),
            book: RefCell::default(),
            packs: Cell::default(),
            reads: Cell::default(),
            is_stopped: Cell::default(),
            sums: Kept::default(),
            practices: Kept::default(),
            drafts: Drafts::default(),
        }
    }
}

/// Why something was not done.
pub(super) enum Failed {
    Worker,
    /// A worker says why not, in words for specialists.
    Refused(String),
    Store(StoreError),
}

impl Failed {
    /// What a reply says that is not the one that was asked for.
    pub(super) fn of(reply: Reply) -> Failed {
        match reply {
            Reply::Failed(why) => Failed::Refused(why),
            _ => Failed::Worker,
        }
    }
}

/// It is done, or why not.
pub(super) fn done(reply: Reply) -> Result<(), Failed> {
    match reply {
        Reply::Done => Ok(()),
        other => Err(Failed::of(other)),
    }
}

impl From<DeskWorkerError> for Failed {
    fn from(DeskWorkerError: DeskWorkerError) -> Failed {
        Failed::Worker
    }
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Failed {
        Failed::Store(error)
    }
}

impl Desk {
    pub(super) fn fail(&self, failed: Failed) {
        self.state.fault.set_if_changed(Some(match failed {
            Failed::Worker => DeskFault::NoWorker,
            Failed::Refused(why) => DeskFault::NotWritten(why),
            Failed::Store(error) => DeskFault::Store(error),
        }));
    }

    /// A worker that receives by the trust list of today.
    pub(super) async fn worker(&self) -> Result<DeskWorker, Failed> {
        self.worker_as(Loaded::Desk).await
    }

    pub(super) async fn worker_as(&self, loaded: Loaded) -> Result<DeskWorker, Failed> {
        let trust = self.app.device.trust_list().await?.to_text();
        let worker = DeskWorker::load(loaded).await?;
        let own = self.app.device.deciding_keys().await?;
        let packs = self.app.device.pack_files();
        if !packs.is_empty() {
            done(worker.ask(&Task::Packs(packs)).await?)?;
        }
        let begin = Task::Begin { trust, own, now: host::now().unix(), day: host::today() };
        worker.ask(&begin).await?;
        Ok(worker)
    }

    /// Whether what was received is being read into the list.
    pub fn is_reading(&self) -> bool {
        self.reads.get()
    }

    /// Hands every record of this device on, some at a time.
    pub(super) async fn each_record(
        &self,
        worker: &DeskWorker,
        task: impl Fn(Vec<String>) -> Task,
    ) -> Result<(), Failed> {
        let mut behind = None;
        while let Some((records, last)) = self.app.device.received_behind(behind.as_deref()).await?
        {
            hand_on(worker, task(records)).await?;
            behind = Some(last);
        }
        Ok(())
    }

    /// Hands every appraisal of this device on, some at a time.
    pub(super) async fn each_answer(
        &self,
        worker: &DeskWorker,
        task: impl Fn(Vec<String>) -> Task,
    ) -> Result<(), Failed> {
        let mut behind = None;
        while let Some((records, last)) = self.app.device.answers_behind(behind.as_deref()).await? {
            hand_on(worker, task(records)).await?;
            behind = Some(last);
        }
        Ok(())
    }

    /// The worker that keeps the list.
    pub(super) async fn book(&self) -> Result<Rc<DeskWorker>, Failed> {
        // A pack that was taken meanwhile is to be known to the worker that is told of it.
        let packs = self.app.device.pack_files().len();
        let own = self.book.borrow().clone();
        if let Some(book) = own.filter(|_| self.packs.replace(packs) == packs) {
            return Ok(book);
        }
        self.packs.set(packs);
        let book = Rc::new(self.worker().await?);
        self.each_record(&book, Task::Add).await?;
        self.each_answer(&book, Task::AddAppraisals).await?;
        self.book.replace(Some(book.clone()));
        Ok(book)
    }

    /// Shows the list as it is now.
    pub(super) async fn look(&self) -> Result<(), Failed> {
        let trust = self.app.device.trust_list().await?.to_text();
        let book = self.book().await?;
        let own = self.app.device.deciding_keys().await?;
        let looked = book.ask(&Task::Look(trust, own)).await?;
        let Reply::Looked(count, totals, opinions) = looked else {
            return Err(Failed::Worker);
        };
        let mut entries = Vec::with_capacity(count);
        while entries.len() < count {
            match book.ask(&Task::Entries(entries.len(), ENTRIES)).await? {
                Reply::Entries(some) if !some.is_empty() => entries.extend(some),
                _ => return Err(Failed::Worker),
            }
        }
        let mut selected = self.state.selected.get_untracked();
        if !selected.is_empty() {
            // What is not in the list any more is not selected.
            let here: BTreeSet<&String> = entries.iter().map(|entry| &entry.key).collect();
            selected.retain(|key| here.contains(key));
            self.state.selected.set_if_changed(selected);
        }
        let written = self.app.device.opinion_drafts().await?;
        self.state.written.set_if_changed(written.into_iter().collect());
        self.state.shown.set(Some(Rc::new(Shown { entries, totals, opinions })));
        Ok(())
    }

    /// The files of which the key was not trusted when they came, and is now; and those of which the pack was not known.
    pub(super) async fn trusted_since(&self) -> Result<Vec<(String, File)>, Failed> {
        let trust = self.app.device.trust_list().await?;
        let packs = self.app.device.packs();
        let trusted: Vec<String> = trust
            .keys
            .iter()
            .filter(|entry| entry.revoked.is_none())
            .map(|entry| entry.key.kid())
            .collect();
        let shown = self.state.shown.get_untracked().unwrap_or_default();
        let unknown = shown.entries.iter().filter(|entry| {
            let is_trusted = entry.kid.as_ref().is_some_and(|kid| trusted.contains(kid));
            let is_known =
                entry.pack.as_ref().is_some_and(|pack| packs.all().any(|own| own.id == *pack));
            match entry.status {
                Status::UnknownKey => entry.reasons.is_empty() && is_trusted,
                Status::UnknownPack => is_known,
                _ => false,
            }
        });
        // Of a pack that is known another version may be meant.
        let is_of_known = |text: &str| {
            let file = Submission::from_bytes(text.as_bytes());
            file.is_ok_and(|file| packs.by_digest(&file.assessment().pack.digest).is_some())
        };
        let mut files = Vec::new();
        for entry in unknown {
            if let Some(text) = self.app.device.received_text(&entry.key).await?
                && (entry.status != Status::UnknownPack || is_of_known(&text))
                && let Some(file) = host::file_of_text(&entry.file, &text)
            {
                files.push((entry.file.clone(), file));
            }
        }
        Ok(files)
    }
}

/// Hands records on. One that cannot be read is in no list; what is written without it would not be the register.
async fn hand_on(worker: &DeskWorker, task: Task) -> Result<(), Failed> {
    let may_lack = matches!(task, Task::Add(_) | Task::AddAppraisals(_));
    match worker.ask(&task).await? {
        Reply::Failed(_) if may_lack => Ok(()),
        reply => done(reply),
    }
}

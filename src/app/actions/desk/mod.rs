//! The desk: what was received, read into its list; files that come; the register written to a file.

mod appraise;
mod documents;
mod intake;
mod kept;
pub mod overview;
pub mod practices;
pub mod units;

pub use appraise::{
    OpinionFault, decide_selected, drop_answer, forget_draft, note_draft, read_draft, save_answers,
    sign,
};
pub use intake::{stop, take_dropped, take_in};

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::App;
use crate::app::host::desk_worker::{DeskWorker, DeskWorkerError};
use crate::app::host::{self, File};
use crate::app::state::desk::{DeskFault, DeskState, Shown};
use crate::app::state::signals::SetIfChanged;
use crate::desk::Status;
use crate::desk::register::{Export, Reply, Task};
use crate::store::StoreError;
use appraise::Drafts;
use kept::Kept;

/// How many entries of the list come at once: no more than can be read between two frames.
const ENTRIES: usize = 250;

/// The desk of this page: it goes on receiving while another page is shown.
pub struct Desk {
    app: App,
    /// What it shows.
    pub state: DeskState,
    /// The units that are to file.
    pub units: units::Units,
    /// The worker that keeps the list; `None` until what was received is read into it.
    book: RefCell<Option<Rc<DeskWorker>>>,
    /// Whether the list is being read.
    reads: Cell<bool>,
    /// Whether a person ended the intake.
    is_stopped: Cell<bool>,
    /// The worker that keeps the sum.
    sums: Kept,
    /// The worker that keeps the good practices.
    practices: Kept,
    /// Appraisals that are being written.
    drafts: Drafts,
}

thread_local! {
    static DESK: OnceCell<Rc<Desk>> = const { OnceCell::new() };
}

/// The desk.
pub fn desk(app: App) -> Rc<Desk> {
    let new = || Desk {
        app,
        state: DeskState::default(),
        units: units::Units::default(),
        book: RefCell::default(),
        reads: Cell::default(),
        is_stopped: Cell::default(),
        sums: Kept::default(),
        practices: Kept::default(),
        drafts: Drafts::default(),
    };
    DESK.with(|desk| desk.get_or_init(|| Rc::new(new())).clone())
}

/// Why something was not done.
enum Failed {
    Worker,
    Store(StoreError),
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
    fn fail(&self, failed: Failed) {
        self.state.fault.set_if_changed(Some(match failed {
            Failed::Worker => DeskFault::NoWorker,
            Failed::Store(error) => DeskFault::Store(error),
        }));
    }

    /// A worker that receives by the trust list of today.
    async fn worker(&self) -> Result<DeskWorker, Failed> {
        let trust = self.app.device.trust_list().await?.to_text();
        let worker = DeskWorker::load().await?;
        let own = self.app.device.deciding_keys().await?;
        let begin = Task::Begin { trust, own, now: host::now().unix(), day: host::today() };
        worker.ask(&begin).await?;
        Ok(worker)
    }

    /// Whether what was received is being read into the list.
    pub fn is_reading(&self) -> bool {
        self.reads.get()
    }

    /// Hands every record of this device on, some at a time.
    async fn each_record(
        &self,
        worker: &DeskWorker,
        task: impl Fn(Vec<String>) -> Task,
    ) -> Result<(), Failed> {
        let mut behind = None;
        while let Some((records, last)) = self.app.device.received_behind(behind.as_deref()).await?
        {
            worker.ask(&task(records)).await?;
            behind = Some(last);
        }
        Ok(())
    }

    /// Hands every appraisal of this device on, some at a time.
    async fn each_answer(
        &self,
        worker: &DeskWorker,
        task: impl Fn(Vec<String>) -> Task,
    ) -> Result<(), Failed> {
        let mut behind = None;
        while let Some((records, last)) = self.app.device.answers_behind(behind.as_deref()).await? {
            worker.ask(&task(records)).await?;
            behind = Some(last);
        }
        Ok(())
    }

    /// The worker that keeps the list.
    async fn book(&self) -> Result<Rc<DeskWorker>, Failed> {
        let own = self.book.borrow().clone();
        if let Some(book) = own {
            return Ok(book);
        }
        let book = Rc::new(self.worker().await?);
        self.each_record(&book, Task::Add).await?;
        self.each_answer(&book, Task::AddAppraisals).await?;
        self.book.replace(Some(book.clone()));
        Ok(book)
    }

    /// Shows the list as it is now.
    async fn look(&self) -> Result<(), Failed> {
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

    /// The files of which the key was not trusted when they came, and is now.
    async fn trusted_since(&self) -> Result<Vec<(String, File)>, Failed> {
        let trust = self.app.device.trust_list().await?;
        let trusted: Vec<String> = trust
            .keys
            .iter()
            .filter(|entry| entry.revoked.is_none())
            .map(|entry| entry.key.kid())
            .collect();
        let shown = self.state.shown.get_untracked().unwrap_or_default();
        let unknown = shown.entries.iter().filter(|entry| {
            let is_trusted = entry.kid.as_ref().is_some_and(|kid| trusted.contains(kid));
            entry.status == Status::UnknownKey && entry.reasons.is_empty() && is_trusted
        });
        let mut files = Vec::new();
        for entry in unknown {
            if let Some(text) = self.app.device.received_text(&entry.key).await?
                && let Some(file) = host::file_of_text(&entry.file, &text)
            {
                files.push((entry.file.clone(), file));
            }
        }
        Ok(files)
    }
}

/// Reads what was received, unless it is being read; then what came before its key was trusted is received once more.
pub async fn open(desk: Rc<Desk>) {
    if desk.reads.replace(true) {
        return;
    }
    desk.state.fault.set_if_changed(None);
    let mut looked = desk.look().await;
    if matches!(looked, Err(Failed::Store(_))) && desk.app.state.keeps() {
        if let Err(Failed::Store(error)) = looked {
            desk.app.fall_back(error);
        }
        desk.book.take();
        looked = desk.look().await;
    }
    desk.reads.set(false);
    let again = match looked {
        Ok(()) => desk.trusted_since().await,
        Err(failed) => Err(failed),
    };
    match again {
        Ok(files) if !files.is_empty() => take_in(desk, files, 0).await,
        Ok(_) => {}
        Err(failed) => {
            desk.book.take();
            desk.fail(failed);
        }
    }
}

/// Writes the register to a file.
pub async fn export(desk: Rc<Desk>, export: Export) {
    if desk.state.writes.get_untracked() {
        return;
    }
    desk.state.writes.set_if_changed(true);
    let written = async {
        let worker = desk.worker().await?;
        worker.ask(&Task::Export(export)).await?;
        desk.each_record(&worker, Task::Write).await?;
        desk.each_answer(&worker, Task::WriteAppraisals).await?;
        Ok::<_, Failed>(worker.written().await?)
    };
    match written.await {
        Ok(bytes) => {
            let (end, kind) = match export {
                Export::Ndjson => ("ndjson", "application/x-ndjson"),
                Export::Csv => ("csv", "text/csv"),
            };
            let name = format!("bontot_so-tiep-nhan_{}.{end}", host::today());
            if let Err(error) = host::download_bytes(&name, kind, &bytes) {
                host::report(&error);
            }
        }
        Err(failed) => desk.fail(failed),
    }
    desk.state.writes.set_if_changed(false);
}

/// Takes a file out of the register.
pub async fn take_back(desk: Rc<Desk>, key: String) {
    match desk.app.device.take_back(&[key]).await {
        Ok(()) => {
            desk.state.chosen.set_if_changed(None);
            // What it replaced may count again: the list is read anew.
            desk.book.take();
            open(desk).await;
        }
        Err(error) => desk.fail(error.into()),
    }
}

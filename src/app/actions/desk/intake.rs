//! Files that come to the desk: a pool of workers receives them, and each batch is on disk before it counts.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use leptos::prelude::*;

use super::documents;
use super::shared::{Desk, Failed};
use crate::app::host::desk_worker::{Archive, Arrived, DeskWorker, workers};
use crate::app::host::worker::PaperWorker;
use crate::app::host::{self, Dropped, File, picture, spawn_local};
use crate::app::state::desk::{Intake, Stage};
use crate::app::state::signals::SetIfChanged;
use crate::desk::register::{Arrival, NO_CODES, Reply, Task};
use crate::json::FILE_LIMIT;
use crate::share::Pictures;

/// The most files and bytes of a batch: what the page can store between two frames.
const FILES: usize = 16;
const BYTES: u64 = 1 << 18;
/// Milliseconds between two changes of what is shown of the progress, and of what is told to who listens.
const TO_SHOW: u64 = 200;
const TO_TELL: u64 = 5000;

/// A file that waits, with its name, where that is known. That of a chosen file is asked for when its turn comes: to ask for
/// ten thousand takes longer than a frame.
type Waiting = (Option<String>, File);

/// One intake.
pub(super) struct Run {
    queue: RefCell<VecDeque<Waiting>>,
    /// Files that are received alone, since a worker stopped at a batch with them.
    alone: RefCell<Vec<(String, File)>>,
    pictures: RefCell<Vec<(String, File)>>,
    /// PDF documents.
    documents: RefCell<Vec<(String, File)>>,
    done: Cell<usize>,
    appraisals: Cell<usize>,
    all: Cell<usize>,
    /// Which page of a document is read, and how many that has.
    pub(super) page: Cell<Option<(usize, usize)>>,
    began: u64,
    shown: Cell<u64>,
    told: Cell<u64>,
    at_work: Cell<usize>,
}

/// Ends the intake after the batches that are being received.
pub fn stop(desk: &Desk) {
    desk.is_stopped.set(true);
}

/// Takes in what was dropped.
pub async fn take_dropped(desk: Rc<Desk>, dropped: Dropped) {
    let (files, unread) = dropped.files().await;
    take_in(desk, named(files), unread).await;
}

/// Takes in what was chosen.
pub async fn take_chosen(desk: Rc<Desk>, files: Vec<File>) {
    take_in(desk, files.into_iter().map(|file| (None, file)).collect(), 0).await;
}

/// Takes in files with their names.
pub(super) async fn take_named(desk: Rc<Desk>, files: Vec<(String, File)>) {
    take_in(desk, named(files), 0).await;
}

fn named(files: Vec<(String, File)>) -> Vec<Waiting> {
    files.into_iter().map(|(name, file)| (Some(name), file)).collect()
}

/// Takes in files; so many more could not be read at all. One intake at a time.
async fn take_in(desk: Rc<Desk>, files: Vec<Waiting>, unread: usize) {
    let is_busy =
        |intake: &Option<Intake>| intake.is_some_and(|intake| intake.stage == Stage::Running);
    if desk.state.intake.with_untracked(is_busy) || files.is_empty() && unread == 0 {
        return;
    }
    desk.is_stopped.set(false);
    desk.state.fault.set_if_changed(None);
    desk.state.bags.set(Vec::new());
    let began = host::monotonic();
    let run = Rc::new(Run {
        all: Cell::new(files.len()),
        queue: RefCell::new(files.into()),
        alone: RefCell::default(),
        pictures: RefCell::default(),
        documents: RefCell::default(),
        done: Cell::default(),
        page: Cell::default(),
        appraisals: Cell::default(),
        began,
        shown: Cell::new(0),
        told: Cell::new(0),
        at_work: Cell::default(),
    });
    run.show(&desk, Stage::Running);
    // The list is read first, so that every batch finds it.
    if let Err(failed) = desk.book().await.map(drop) {
        run.show(&desk, Stage::Cancelled);
        return desk.fail(failed);
    }
    let count = workers().min(run.all.get().div_ceil(FILES)).max(1);
    run.at_work.set(count);
    for _ in 0..count {
        let (desk, run) = (desk.clone(), run.clone());
        spawn_local(async move {
            if let Err(failed) = work(&desk, &run).await {
                desk.is_stopped.set(true);
                desk.fail(failed);
            }
            run.at_work.set(run.at_work.get() - 1);
        });
    }
    while run.at_work.get() > 0 {
        host::pause(20).await;
    }
    let mut ended = Ok(());
    let has_paper = !run.pictures.borrow().is_empty() || !run.documents.borrow().is_empty();
    if !desk.is_stopped.get() && has_paper {
        ended = read_paper(&desk, &run).await;
    }
    if ended.is_ok() {
        ended = desk.look().await;
    }
    if let Err(failed) = ended {
        desk.fail(failed);
    }
    let is_whole = run.done.get() == run.all.get() && !desk.is_stopped.get();
    run.show(&desk, if is_whole { Stage::Ended(unread) } else { Stage::Cancelled });
}

impl Run {
    pub(super) fn show(&self, desk: &Desk, stage: Stage) {
        let millis = host::monotonic().saturating_sub(self.began);
        let (done, appraisals) = (self.done.get(), self.appraisals.get());
        let (all, page) = (self.all.get(), self.page.get());
        let intake = Intake { done, appraisals, all, page, millis, stage };
        let is_due = |last: &Cell<u64>, after: u64| {
            let is_due = stage != Stage::Running || millis == 0 || millis >= last.get() + after;
            if is_due {
                last.set(millis);
            }
            is_due
        };
        if is_due(&self.shown, TO_SHOW) {
            desk.state.intake.set_if_changed(Some(intake));
        }
        if is_due(&self.told, TO_TELL) {
            desk.state.told.set_if_changed(Some(intake));
        }
    }

    /// The next files that are received together; an archive is alone.
    fn next(&self) -> Vec<(String, File)> {
        if let Some(one) = self.alone.borrow_mut().pop() {
            return vec![one];
        }
        let mut queue = self.queue.borrow_mut();
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while let Some((name, file)) = queue.pop_front() {
            let name = name.unwrap_or_else(|| host::path_of(&file));
            if is_archive(&name) && !batch.is_empty() {
                queue.push_front((Some(name), file));
                break;
            }
            bytes += host::length_of(&file).min(FILE_LIMIT as u64);
            let is_last = is_archive(&name) || batch.len() + 1 == FILES || bytes >= BYTES;
            batch.push((name, file));
            if is_last {
                break;
            }
        }
        batch
    }
}

fn is_archive(name: &str) -> bool {
    name.get(name.len().saturating_sub(4)..).is_some_and(|end| end.eq_ignore_ascii_case(".zip"))
}

/// One worker of the pool, until nothing is left.
async fn work(desk: &Desk, run: &Run) -> Result<(), Failed> {
    let mut worker = desk.worker().await?;
    while !desk.is_stopped.get() {
        let batch = run.next();
        match &batch[..] {
            [] => break,
            [(name, file)] if is_archive(name) => {
                if open_archive(desk, run, &worker, name, file).await?.is_none() {
                    worker = desk.worker().await?;
                    refuse(desk, run, &worker, name, "the archive stops what reads it").await?;
                }
            }
            _ => {
                let (names, files): (Vec<_>, Vec<_>) = batch.iter().cloned().unzip();
                match worker.receive(&names, &files, FILE_LIMIT).await {
                    Ok((arrived, unread)) => {
                        store(desk, run, arrived, &batch).await?;
                        for name in unread {
                            let why = "the browser cannot read it: it was moved or changed";
                            refuse(desk, run, &worker, &name, why).await?;
                        }
                    }
                    Err(_) => {
                        worker = desk.worker().await?;
                        if let [(name, _)] = &batch[..] {
                            let why = "the file stops what reads it";
                            refuse(desk, run, &worker, name, why).await?;
                        } else {
                            run.alone.borrow_mut().extend(batch);
                        }
                    }
                }
            }
        }
    }
    Ok(())
}

/// Receives all of an archive; `None` where the worker stopped.
async fn open_archive(
    desk: &Desk,
    run: &Run,
    worker: &DeskWorker,
    name: &str,
    file: &File,
) -> Result<Option<()>, Failed> {
    match worker.open(name, file).await {
        Ok(Ok(Archive { count, bag })) => {
            if let Some(signer) = bag {
                desk.state.bags.update(|bags| bags.push((name.to_owned(), signer)));
            }
            // The archive was counted as one file.
            run.all.set((run.all.get() + count).saturating_sub(1));
            // Other workers count at the same time.
            let mut found = 0;
            while !desk.is_stopped.get() {
                let Ok(arrived) = worker.next(FILES).await else {
                    return Ok(None);
                };
                if arrived.0.is_empty() {
                    // Folders are entries, and no files; a bag has rows without files.
                    run.all.set((run.all.get() + found).saturating_sub(count));
                    break;
                }
                found += arrived.0.len();
                store(desk, run, arrived, &[]).await?;
            }
        }
        Ok(Err(why)) => refuse(desk, run, worker, name, &why).await?,
        Err(_) => return Ok(None),
    }
    Ok(Some(()))
}

/// Stores a file that cannot be received, with the reason.
async fn refuse(
    desk: &Desk,
    run: &Run,
    worker: &DeskWorker,
    name: &str,
    why: &str,
) -> Result<(), Failed> {
    match worker.ask(&Task::Refuse(name.to_owned(), why.to_owned())).await? {
        Reply::Arrived(arrivals) => store(desk, run, (arrivals, Vec::new()), &[]).await,
        _ => Err(Failed::Worker),
    }
}

/// Stores what arrived, takes it into the list, and counts it. Pictures and PDF documents wait for other workers.
async fn store(
    desk: &Desk,
    run: &Run,
    (arrivals, beside): Arrived,
    chosen: &[(String, File)],
) -> Result<(), Failed> {
    let papers = arrivals.iter().filter_map(|arrival| match arrival {
        Arrival::Picture(name) => Some((name.clone(), &run.pictures)),
        Arrival::Pdf(name) => Some((name.clone(), &run.documents)),
        Arrival::Received { .. } | Arrival::Appraisal { .. } => None,
    });
    let mut waiting = 0;
    for ((name, waits), bytes) in papers.zip(beside) {
        waiting += 1;
        // One that was chosen is read whole; no more of it was sent than a form can have.
        let own = chosen.iter().find(|(own, _)| *own == name).map(|(_, file)| file.clone());
        if let Some(file) = own.or_else(|| host::file_of(&name, &bytes)) {
            waits.borrow_mut().push((name, file));
        }
    }
    let book = desk.book().await?;
    let merge = async |pairs| match book.ask(&Task::Merge(pairs)).await? {
        Reply::Merged(merged) => Ok(merged),
        _ => Err(Failed::Worker),
    };
    let records = desk.app.device.hold_received(&arrivals, merge).await?;
    book.ask(&Task::Add(records)).await?;
    let answers = arrivals.iter().filter_map(|arrival| match arrival {
        Arrival::Appraisal { record, .. } => Some(record.clone()),
        Arrival::Received { .. } | Arrival::Picture(_) | Arrival::Pdf(_) => None,
    });
    let answers: Vec<String> = answers.collect();
    run.appraisals.set(run.appraisals.get() + answers.len());
    if !answers.is_empty() {
        book.ask(&Task::AddAppraisals(answers)).await?;
    }
    run.done.set(run.done.get() + arrivals.len() - waiting);
    run.show(desk, Stage::Running);
    Ok(())
}

/// Reads pictures and PDF documents of paper; a form may be spread over several of them.
async fn read_paper(desk: &Desk, run: &Run) -> Result<(), Failed> {
    let mut found = Pictures::default();
    let mut refused = Vec::new();
    read_pictures(desk, run, &mut found, &mut refused).await?;
    // Where the worker for documents is not there, what was found before counts.
    let waiting = run.documents.take();
    let documents = documents::read(desk, run, waiting, &mut found, &mut refused).await;
    run.page.set(None);
    if desk.is_stopped.get() {
        return documents.map(drop);
    }
    let left = documents.as_ref().map_or(1, |()| 0);
    let worker = desk.worker().await?;
    let whole = found.files();
    // A picture with two forms is there twice.
    run.all.set(run.done.get() + refused.len() + whole.len() + left);
    for (name, why) in refused {
        refuse(desk, run, &worker, &name, &why).await?;
    }
    for (name, bytes) in whole {
        let file = bytes.map(|bytes| host::file_of_bytes(&name, &bytes));
        match file {
            Ok(Some(file)) => {
                let (names, files) = ([name], [file]);
                let (arrived, _) = worker.receive(&names, &files, FILE_LIMIT).await?;
                store(desk, run, arrived, &[]).await?;
            }
            Ok(None) => return Err(Failed::Worker),
            Err(why) => refuse(desk, run, &worker, &name, &why).await?,
        }
    }
    documents
}

/// Reads pictures; tells those without a code.
async fn read_pictures(
    desk: &Desk,
    run: &Run,
    found: &mut Pictures,
    refused: &mut Vec<(String, String)>,
) -> Result<(), Failed> {
    let mut worker: Option<PaperWorker> = None;
    for (name, file) in run.pictures.take() {
        if desk.is_stopped.get() {
            return Ok(());
        }
        let paper = match worker.take() {
            Some(paper) => paper,
            None => PaperWorker::load().await.map_err(|_| Failed::Worker)?,
        };
        // A picture that stops the worker shows no form, and the next one gets another worker.
        let seen = match picture::of_file(&file).await {
            Ok(pixels) => match paper.look(pixels, false).await {
                Ok(seen) => {
                    worker = Some(paper);
                    Some(seen.texts)
                }
                Err(_) => None,
            },
            Err(_) => {
                worker = Some(paper);
                None
            }
        };
        match seen {
            Some(texts) if !texts.is_empty() => found.add(name, texts),
            _ => refused.push((name, NO_CODES.to_owned())),
        }
        run.show(desk, Stage::Running);
    }
    Ok(())
}

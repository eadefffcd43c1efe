//! Paper on the way in and out: the codes of a signed file, and reading them from pictures and from the camera.

use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

use web_sys::File;

use crate::app::actions::App;
use crate::app::actions::chunks::Work;
use crate::app::actions::open_file;
use crate::app::host;
use crate::app::host::dynamic::get;
use crate::app::state::notice::Notice;
use crate::app::state::route::Route;
use crate::app::state::signals::SetIfChanged;
use crate::app::text::text;

use crate::app::host::camera;
use crate::app::host::picture;
use crate::app::host::worker::{PaperWorker, Pixels, Seen};
pub use crate::app::host::worker::{PaperWorkerError, PartialFile};
pub use camera::VIDEO;

/// Why a file has no codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodesError {
    /// The part of the page that makes them could not be loaded, or stopped.
    PaperWorker(PaperWorkerError),
    /// The file is too long for paper.
    TooLong,
}

/// The texts of the codes that hold a file, in order; `share::paper_code` draws each.
///
/// # Errors
/// [`CodesError`].
pub async fn codes_of(file: &str) -> Result<Vec<String>, CodesError> {
    let worker = PaperWorker::load().await.map_err(CodesError::PaperWorker)?;
    let codes = worker.pack(file).await.map_err(CodesError::PaperWorker)?;
    codes.map_err(|_| CodesError::TooLong)
}

/// What became of a file or a picture, by its name.
#[derive(Clone)]
pub struct Line {
    /// The name.
    pub name: String,
    /// What became of it.
    pub told: ScanReport,
}

/// What became of a file or a picture.
#[derive(Clone)]
pub enum ScanReport {
    /// So many codes were read from it, and so many of them are parts of a form.
    Codes(usize, usize),
    /// Its codes were refused: the number of a [`PaperError`](crate::share::PaperError).
    Refused(usize),
    /// It is no picture, or one that could not be read.
    NoPicture,
    /// The part of the page that reads could not be loaded.
    NotLoaded,
    /// It was opened; this was told of it.
    Opened(Option<Rc<Notice>>),
}

/// What is being read, as it is shown.
#[derive(Clone, Default)]
pub struct Shown {
    /// The files that are not whole.
    pub partial_files: Vec<PartialFile>,
    /// What became of each file and picture so far.
    pub lines: Vec<Line>,
    /// Which of how many is being looked at.
    pub at_work: Option<(usize, usize)>,
}

/// What the camera does.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Camera {
    /// It is off.
    #[default]
    Off,
    /// The person is asked, or it looks.
    On,
    /// The person or the browser has refused it.
    Refused,
    /// There is none, or this page may not use it.
    None,
}

/// What views watch of paper that is being read; it stands in what all of the page shares.
pub struct Paper {
    /// Whether there is any.
    pub is_read: ArcRwSignal<bool>,
    /// Rises when what was read changes.
    pub changes: ArcTrigger,
    /// What the camera does.
    pub camera: ArcRwSignal<Camera>,
}

impl Paper {
    /// Nobody reads.
    #[expect(clippy::new_without_default)] // one function, which the first part of the program takes in
    #[inline(always)]
    pub fn new() -> Paper {
        Paper {
            is_read: ArcRwSignal::new(false),
            changes: ArcTrigger::default(),
            camera: ArcRwSignal::new(Camera::Off),
        }
    }
}

#[derive(Default)]
struct Papers {
    shown: Shown,
    worker: Option<Rc<PaperWorker>>,
    /// The parts that were read, for another worker if this one stops.
    texts: Vec<String>,
}

thread_local! {
    static PAPERS: RefCell<Papers> = RefCell::default();
}

fn papers<T>(run: impl FnOnce(&mut Papers) -> T) -> T {
    PAPERS.with_borrow_mut(run)
}

fn change(version: &ArcTrigger, run: impl FnOnce(&mut Shown)) {
    papers(|papers| run(&mut papers.shown));
    version.notify();
}

/// What is being read, watched by what is running now.
pub fn shown(app: App) -> Shown {
    app.state.paper.changes.track();
    papers(|papers| papers.shown.clone())
}

/// Begins reading, with nothing read yet.
pub fn begin(app: App) {
    app.state.paper.is_read.set_if_changed(true);
    host::focus_soon("papers");
}

/// Ends reading: the camera goes off, and what was read so far is let go.
pub fn close(app: App) {
    camera::stop();
    papers(|papers| *papers = Papers::default());
    app.state.paper.camera.set_if_changed(Camera::Off);
    app.state.paper.is_read.set_if_changed(false);
}

/// Is a file a picture, by its type or its name?
fn is_picture(file: &File) -> bool {
    let kind = get(file, "type").as_string().unwrap_or_default();
    kind.starts_with("image/")
}

/// Takes files that a person chose: one file is opened, pictures are read, and of several it is told what became of each.
pub fn take(app: App, files: Vec<File>) -> Work {
    Box::pin(async move {
        if let [file] = &files[..]
            && !is_picture(file)
        {
            let taken = open_file::take_in_file(app, file).await;
            return open_file::follow(app, taken);
        }
        if app.state.route.get_untracked() != Route::Home {
            host::go("#/");
        }
        app.state.paper.is_read.set_if_changed(true);
        host::focus_soon("papers");
        let all = files.len();
        for (place, file) in files.into_iter().enumerate() {
            // The person may have closed it meanwhile.
            if !app.state.paper.is_read.get_untracked() {
                return;
            }
            change(&app.state.paper.changes, |shown| {
                shown.at_work = Some((place + 1, all))
            });
            if is_picture(&file) {
                let seen = read(app, &file).await;
                if !app.state.paper.is_read.get_untracked() {
                    return;
                }
                let told = match &seen {
                    Ok(seen) => tell(seen),
                    Err(told) => told.clone(),
                };
                note(app, file.name(), told);
                if let Ok(seen) = seen {
                    arrived(app, seen).await;
                }
            } else {
                let taken = open_file::take_in_file(app, &file).await;
                note(app, file.name(), ScanReport::Opened(taken.notice));
            }
        }
        change(&app.state.paper.changes, |shown| shown.at_work = None);
    })
}

fn note(app: App, name: String, told: ScanReport) {
    change(&app.state.paper.changes, |shown| {
        shown.lines.push(Line { name, told })
    });
}

fn tell(seen: &Seen) -> ScanReport {
    match seen.refused {
        Some(refused) if seen.texts.is_empty() => ScanReport::Refused(refused),
        _ => ScanReport::Codes(seen.codes, seen.texts.len()),
    }
}

async fn read(app: App, file: &File) -> Result<Seen, ScanReport> {
    let pixels = picture::of_file(file).await.map_err(|error| {
        host::report(&error);
        ScanReport::NoPicture
    })?;
    look(app, pixels, false).await
}

/// Looks at a picture; a worker that it stops is replaced by one that knows what was read before.
pub async fn look(app: App, pixels: Pixels, quick: bool) -> Result<Seen, ScanReport> {
    let worker = worker().await.map_err(|_| ScanReport::NotLoaded)?;
    match worker.look(pixels, quick).await {
        Ok(seen) => {
            papers(|papers| papers.texts.extend(seen.texts.iter().cloned()));
            // Drawn anew only where something is new: what the camera sees stands there too.
            if papers(|papers| papers.shown.partial_files != seen.partial_files) {
                change(&app.state.paper.changes, |shown| {
                    shown.partial_files.clone_from(&seen.partial_files)
                });
            }
            Ok(seen)
        }
        Err(_) => {
            papers(|papers| papers.worker.take_if(|own| Rc::ptr_eq(own, &worker)));
            Err(ScanReport::NoPicture)
        }
    }
}

async fn worker() -> Result<Rc<PaperWorker>, PaperWorkerError> {
    if let Some(worker) = papers(|papers| papers.worker.clone()) {
        return Ok(worker);
    }
    let worker = Rc::new(PaperWorker::load().await?);
    // Somebody else may have loaded one meanwhile.
    if let Some(worker) = papers(|papers| papers.worker.clone()) {
        return Ok(worker);
    }
    let texts = papers(|papers| papers.texts.clone());
    if !texts.is_empty() {
        // What comes of it came before.
        worker.take(&texts).await?;
    }
    papers(|papers| papers.worker = Some(worker.clone()));
    Ok(worker)
}

/// Files that are whole go the way of every file that is opened.
pub async fn arrived(app: App, seen: Seen) {
    if seen.files.is_empty() {
        return;
    }
    if seen.partial_files.is_empty() {
        close(app);
    }
    for file in seen.files {
        let name = text(app.state.lang.get_untracked()).later().papers_sheet;
        let taken = open_file::take_in(app, name, &file).await;
        open_file::follow(app, taken);
    }
}

/// Has the camera look for codes, until it is stopped or all is there.
pub fn watch(app: App) -> Work {
    Box::pin(camera::watch(app))
}

/// Turns the camera off.
pub fn look_away(app: App) {
    camera::stop();
    app.state.paper.camera.set_if_changed(Camera::Off);
}

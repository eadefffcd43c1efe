//! Paper on the way in and out: the codes of a signed file, and reading them from pictures and from the camera.

use std::cell::RefCell;
use std::rc::Rc;

use crate::app::actions::chunks::Work;
use crate::app::actions::open_file;
use crate::app::host::camera::{self, CameraError, Cameras};
use crate::app::host::picture::{self, is_picture};
use crate::app::host::worker::{PaperWorker, Pixels, Seen};
pub use crate::app::host::worker::{PaperWorkerError, PartialFile};
use crate::app::host::{self, File};
use crate::app::state::route::Route;
use crate::app::state::watched::{Held, Version, Watched};
use crate::app::state::{App, Notice};
use crate::app::text::text;

/// The id of the element that shows what the camera sees.
pub const VIDEO: &str = "papers-video";
/// Milliseconds between two frames of the camera.
const PAUSE: i32 = 250;

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
    Opened(Option<Held<Notice>>),
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
    pub is_read: Watched<bool>,
    /// Rises when what was read changes.
    pub changes: Version,
    /// What the camera does.
    pub camera: Watched<Camera>,
    /// What is held while it is read.
    papers: RefCell<Papers>,
}

impl Paper {
    /// No scan is running.
    #[expect(clippy::new_without_default)] // one function, which the first part of the program takes in
    #[inline(always)]
    pub fn new() -> Paper {
        Paper {
            is_read: Watched::new(false),
            changes: Version::default(),
            camera: Watched::new(Camera::Off),
            papers: RefCell::default(),
        }
    }

    fn papers<T>(&self, run: impl FnOnce(&mut Papers) -> T) -> T {
        run(&mut self.papers.borrow_mut())
    }

    fn change(&self, run: impl FnOnce(&mut Shown)) {
        self.papers(|papers| run(&mut papers.shown));
        self.changes.rise();
    }
}

#[derive(Default)]
struct Papers {
    shown: Shown,
    worker: Option<Rc<PaperWorker>>,
    /// The parts that were read, for another worker if this one stops.
    texts: Vec<String>,
    /// The camera, while it is on.
    camera: Option<camera::Camera>,
}

/// What is being read, watched by what is running now.
pub fn shown(app: App) -> Shown {
    app.paper.changes.watch();
    app.paper.papers(|papers| papers.shown.clone())
}

/// Begins reading, with nothing read yet.
pub fn begin(app: App) {
    app.paper.is_read.set(true);
    host::focus_soon("papers");
}

/// Ends reading: the camera goes off, and what was read so far is let go.
pub fn close(app: App) {
    app.paper.papers(|papers| *papers = Papers::default());
    app.paper.camera.set(Camera::Off);
    app.paper.is_read.set(false);
}

/// Takes files that a person chose: one file is opened, pictures are read, and of several it is told what became of each.
pub fn take(app: App, files: Vec<File>) -> Work {
    Box::pin(async move {
        if let [file] = &files[..]
            && !is_picture(file)
        {
            return open_file::import(app, file.clone()).await;
        }
        if app.route.peek() != Route::Home {
            host::go("#/");
        }
        app.paper.is_read.set(true);
        host::focus_soon("papers");
        let all = files.len();
        for (place, file) in files.into_iter().enumerate() {
            // The person may have closed it meanwhile.
            if !app.paper.is_read.peek() {
                return;
            }
            app.paper
                .change(|shown| shown.at_work = Some((place + 1, all)));
            if is_picture(&file) {
                let seen = read(app, &file).await;
                if !app.paper.is_read.peek() {
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
                let opened = open(app, &file).await;
                note(app, file.name(), ScanReport::Opened(opened));
            }
        }
        app.paper.change(|shown| shown.at_work = None);
    })
}

fn note(app: App, name: String, told: ScanReport) {
    app.paper
        .change(|shown| shown.lines.push(Line { name, told }));
}

fn tell(seen: &Seen) -> ScanReport {
    match seen.refused {
        Some(refused) if seen.texts.is_empty() => ScanReport::Refused(refused),
        _ => ScanReport::Codes(seen.codes, seen.texts.len()),
    }
}

/// Opens one of several files: what is told of it stays here, and so does the person.
async fn open(app: App, file: &File) -> Option<Held<Notice>> {
    app.hush();
    open_file::import(app, file.clone()).await;
    let told = app.notice.peek();
    app.hush();
    host::go("#/");
    told
}

async fn read(app: App, file: &File) -> Result<Seen, ScanReport> {
    let pixels = picture::of_file(file).await.map_err(|error| {
        host::report(&error);
        ScanReport::NoPicture
    })?;
    look(app, pixels, false).await
}

/// Looks at a picture; a worker that it stops is replaced by one that knows what was read before.
async fn look(app: App, pixels: Pixels, quick: bool) -> Result<Seen, ScanReport> {
    let worker = worker(app).await.map_err(|_| ScanReport::NotLoaded)?;
    match worker.look(pixels, quick).await {
        Ok(seen) => {
            app.paper
                .papers(|papers| papers.texts.extend(seen.texts.iter().cloned()));
            // Drawn anew only where something is new: what the camera sees stands there too.
            if app
                .paper
                .papers(|papers| papers.shown.partial_files != seen.partial_files)
            {
                app.paper
                    .change(|shown| shown.partial_files.clone_from(&seen.partial_files));
            }
            Ok(seen)
        }
        Err(_) => {
            app.paper
                .papers(|papers| papers.worker.take_if(|own| Rc::ptr_eq(own, &worker)));
            Err(ScanReport::NoPicture)
        }
    }
}

async fn worker(app: App) -> Result<Rc<PaperWorker>, PaperWorkerError> {
    if let Some(worker) = app.paper.papers(|papers| papers.worker.clone()) {
        return Ok(worker);
    }
    let worker = Rc::new(PaperWorker::load().await?);
    // Somebody else may have loaded one meanwhile.
    if let Some(worker) = app.paper.papers(|papers| papers.worker.clone()) {
        return Ok(worker);
    }
    let texts = app.paper.papers(|papers| papers.texts.clone());
    if !texts.is_empty() {
        // What comes of it came before.
        worker.take(&texts).await?;
    }
    app.paper
        .papers(|papers| papers.worker = Some(worker.clone()));
    Ok(worker)
}

/// Files that are whole go the way of every file that is opened.
async fn arrived(app: App, seen: Seen) {
    if seen.files.is_empty() {
        return;
    }
    if seen.partial_files.is_empty() {
        close(app);
    }
    for file in seen.files {
        let name = text(app.lang.peek()).later().papers_sheet;
        open_file::import_bytes(app, name.to_owned(), &file).await;
    }
}

/// Has the camera look for codes, until it is stopped, or out of sight, or all is there.
pub fn watch(app: App) -> Work {
    Box::pin(async move {
        let to = |camera| app.paper.camera.set(camera);
        let Some(cameras) = Cameras::new() else {
            return to(Camera::None);
        };
        to(Camera::On);
        let camera = match cameras.turn_on().await {
            Ok(camera) => camera,
            Err(CameraError::Refused) => return to(Camera::Refused),
            Err(CameraError::Missing) => return to(Camera::None),
        };
        // It may have been closed while the person was asked.
        if !app.paper.is_read.peek() {
            return;
        }
        app.paper.papers(|papers| papers.camera = Some(camera));
        while let Some(video) = video(app) {
            if !host::is_visible() {
                break;
            }
            if let Some(pixels) = video.pixels()
                && let Ok(seen) = look(app, pixels, true).await
            {
                arrived(app, seen).await;
            }
            host::pause(PAUSE).await;
        }
        turn_off(app);
        if app.paper.camera.peek() == Camera::On {
            to(Camera::Off);
        }
    })
}

/// What the camera sees, while it is on and the page shows it.
fn video(app: App) -> Option<camera::Video> {
    app.paper
        .papers(|papers| papers.camera.as_ref()?.show(VIDEO))
}

fn turn_off(app: App) {
    app.paper.papers(|papers| papers.camera = None);
}

/// Turns the camera off.
pub fn look_away(app: App) {
    turn_off(app);
    app.paper.camera.set(Camera::Off);
}

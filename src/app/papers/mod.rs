//! Paper on the way in and out: the codes of a signed file, and reading them from pictures and from the camera.

mod camera;
mod hand;
mod picture;

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::File;

use crate::app::browser;
use crate::app::browser::dynamic::get;
use crate::app::import;
use crate::app::rest::Work;
use crate::app::route::Route;
use crate::app::state::{App, Notice};
use crate::app::text::text;
use crate::app::watched::{Held, Version, Watched};
use crate::share::{Findings, PaperError, PartialFile};

pub use camera::VIDEO;
pub use hand::HandError;
use hand::{Hand, Pixels};

/// Why a file has no codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodesError {
    /// The part of the page that makes them could not be loaded, or stopped.
    Hand(HandError),
    /// The file is too long for paper.
    TooLong,
}

/// The texts of the codes that hold a file, in order; `share::paper_code` draws each.
///
/// # Errors
/// [`CodesError`].
#[inline(never)] // of the part of the program that loads later
pub async fn codes_of(file: &str) -> Result<Vec<String>, CodesError> {
    let hand = Hand::load().await.map_err(CodesError::Hand)?;
    let codes = hand.pack(file).await.map_err(CodesError::Hand)?;
    codes.map_err(|_| CodesError::TooLong)
}

/// What became of a file or a picture, by its name.
#[derive(Clone)]
pub struct Line {
    /// The name.
    pub name: String,
    /// What became of it.
    pub told: Told,
}

/// What became of a file or a picture.
#[derive(Clone)]
pub enum Told {
    /// So many codes were read from it, and so many of them are parts of a form.
    Codes(usize, usize),
    /// Its codes were refused.
    Refused(PaperError),
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
    pub piles: Vec<PartialFile>,
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
}

impl Paper {
    /// Nobody reads.
    #[expect(clippy::new_without_default)] // one function, which the first part of the program takes in
    #[inline(always)]
    pub fn new() -> Paper {
        Paper {
            is_read: Watched::new(false),
            changes: Version::default(),
            camera: Watched::new(Camera::Off),
        }
    }
}

#[derive(Default)]
struct Papers {
    shown: Shown,
    hand: Option<Rc<Hand>>,
    /// The parts that were read, for another worker if this one stops.
    texts: Vec<String>,
}

thread_local! {
    static PAPERS: RefCell<Papers> = RefCell::default();
}

fn papers<T>(run: impl FnOnce(&mut Papers) -> T) -> T {
    PAPERS.with_borrow_mut(run)
}

fn change(version: Version, run: impl FnOnce(&mut Shown)) {
    papers(|papers| run(&mut papers.shown));
    version.rise();
}

/// What is being read, watched by what is running now.
pub fn shown(app: App) -> Shown {
    app.paper.changes.watch();
    papers(|papers| papers.shown.clone())
}

/// Begins reading, with nothing read yet.
pub fn begin(app: App) {
    app.paper.is_read.set(true);
    browser::focus_soon("papers");
}

/// Ends reading: the camera goes off, and what was read so far is let go.
pub fn close(app: App) {
    camera::stop();
    papers(|papers| *papers = Papers::default());
    app.paper.camera.set(Camera::Off);
    app.paper.is_read.set(false);
}

/// Is a file a picture, by its type or its name?
fn is_picture(file: &File) -> bool {
    let kind = get(file, "type").as_string().unwrap_or_default();
    kind.starts_with("image/")
}

/// Takes files that a person chose: one file is opened, pictures are read, and of several it is told what became of each.
#[inline(never)] // of the part of the program that loads later
pub fn take(app: App, files: Vec<File>) -> Work {
    Box::pin(async move {
        if let [file] = &files[..]
            && !is_picture(file)
        {
            return import::import(app, file.clone()).await;
        }
        if app.route.peek() != Route::Home {
            browser::go("#/");
        }
        app.paper.is_read.set(true);
        browser::focus_soon("papers");
        let all = files.len();
        for (place, file) in files.into_iter().enumerate() {
            // The person may have closed it meanwhile.
            if !app.paper.is_read.peek() {
                return;
            }
            change(app.paper.changes, |shown| {
                shown.at_work = Some((place + 1, all))
            });
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
                note(app, file.name(), Told::Opened(opened));
            }
        }
        change(app.paper.changes, |shown| shown.at_work = None);
    })
}

fn note(app: App, name: String, told: Told) {
    change(app.paper.changes, |shown| {
        shown.lines.push(Line { name, told })
    });
}

fn tell(seen: &Findings) -> Told {
    match seen.refused {
        Some(refused) if seen.texts.is_empty() => Told::Refused(refused),
        _ => Told::Codes(seen.codes, seen.texts.len()),
    }
}

/// Opens one of several files: what is told of it stays here, and so does the person.
async fn open(app: App, file: &File) -> Option<Held<Notice>> {
    app.hush();
    import::import(app, file.clone()).await;
    let told = app.notice.peek();
    app.hush();
    browser::go("#/");
    told
}

async fn read(app: App, file: &File) -> Result<Findings, Told> {
    let pixels = picture::of_file(file).await.map_err(|error| {
        browser::report(&error);
        Told::NoPicture
    })?;
    look(app, pixels, false).await
}

/// Looks at a picture; a worker that it stops is replaced by one that knows what was read before.
async fn look(app: App, pixels: Pixels, quick: bool) -> Result<Findings, Told> {
    let hand = hand().await.map_err(|_| Told::NotLoaded)?;
    match hand.look(pixels, quick).await {
        Ok(seen) => {
            papers(|papers| papers.texts.extend(seen.texts.iter().cloned()));
            // Drawn anew only where something is new: what the camera sees stands there too.
            if papers(|papers| papers.shown.piles != seen.partial) {
                change(app.paper.changes, |shown| {
                    shown.piles.clone_from(&seen.partial)
                });
            }
            Ok(seen)
        }
        Err(_) => {
            papers(|papers| papers.hand.take_if(|own| Rc::ptr_eq(own, &hand)));
            Err(Told::NoPicture)
        }
    }
}

async fn hand() -> Result<Rc<Hand>, HandError> {
    if let Some(hand) = papers(|papers| papers.hand.clone()) {
        return Ok(hand);
    }
    let hand = Rc::new(Hand::load().await?);
    // Somebody else may have loaded one meanwhile.
    if let Some(hand) = papers(|papers| papers.hand.clone()) {
        return Ok(hand);
    }
    let texts = papers(|papers| papers.texts.clone());
    if !texts.is_empty() {
        // What comes of it came before.
        hand.take(&texts).await?;
    }
    papers(|papers| papers.hand = Some(hand.clone()));
    Ok(hand)
}

/// Files that are whole go the way of every file that is opened.
async fn arrived(app: App, seen: Findings) {
    if seen.files.is_empty() {
        return;
    }
    if seen.partial.is_empty() {
        close(app);
    }
    for file in seen.files {
        let name = text(app.lang.peek()).later.papers_sheet;
        import::import_bytes(app, name.to_owned(), &file).await;
    }
}

/// Has the camera look for codes, until it is stopped or all is there.
#[inline(never)] // of the part of the program that loads later
pub fn watch(app: App) -> Work {
    Box::pin(camera::watch(app))
}

/// Turns the camera off.
pub fn look_away(app: App) {
    camera::stop();
    app.paper.camera.set(Camera::Off);
}

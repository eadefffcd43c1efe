//! The QR codes of a signed file: making them, and reading them from pictures and the camera.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::chunks::Work;
use crate::app::actions::{App, Context, files, open_file};
use crate::app::host::camera::{self, CameraError, Cameras};
use crate::app::host::picture::{self, is_picture};
use crate::app::host::worker::{PaperWorker, PaperWorkerError, Pixels};
use crate::app::host::{self, File};
use crate::app::state::route::Route;
use crate::app::state::scan::{Camera, Line, ScanReport, Shown};
use crate::app::state::signals::SetIfChanged;
use crate::app::text::text;
use crate::share::Findings;
use crate::value::shown;

/// The id of the video element of the camera.
pub const VIDEO: &str = "papers-video";
/// Milliseconds between two frames of the camera.
const PAUSE: i32 = 250;

/// Why a file has no codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodesError {
    /// The worker could not be loaded, or stopped.
    PaperWorker(PaperWorkerError),
    /// The file is too long for paper.
    TooLong,
}

/// The texts of the codes of a file, in order; `share::paper_code` draws each.
pub async fn codes_of(file: &str) -> Result<Vec<String>, CodesError> {
    let worker = PaperWorker::load().await.map_err(CodesError::PaperWorker)?;
    let codes = worker.pack(file).await.map_err(CodesError::PaperWorker)?;
    codes.map_err(|_| CodesError::TooLong)
}

impl Context {
    fn change_scan(&self, change: impl FnOnce(&mut Shown)) {
        self.state.scan.shown.update(change);
    }
}

/// Opens the scan panel.
pub fn begin(app: App) {
    app.state.scan.is_open.set_if_changed(true);
    host::focus_soon("papers");
}

/// Ends the scan: turns off the camera and drops the parts read so far.
pub fn close(app: App) {
    app.papers.take();
    app.state.scan.shown.set(Shown::default());
    app.state.scan.camera.set_if_changed(Camera::Off);
    app.state.scan.is_open.set_if_changed(false);
}

/// Takes the chosen files: opens a single file, scans pictures, and lists the outcome of each of several.
pub fn take(app: App, chosen: Vec<File>) -> Work {
    Box::pin(async move {
        if let [file] = &chosen[..]
            && !is_picture(file)
        {
            if let Some(refused) = files::refused_before_reading(file).await {
                return app.tell(refused);
            }
            let taken = open_file::take_in_file(app, file).await;
            return open_file::follow(app, taken);
        }
        if app.state.route.get_untracked() != Route::Home {
            host::go("#/");
        }
        app.state.scan.is_open.set_if_changed(true);
        host::focus_soon("papers");
        let all = chosen.len();
        for (place, file) in chosen.into_iter().enumerate() {
            // The panel may have been closed.
            if !app.state.scan.is_open.get_untracked() {
                return;
            }
            app.change_scan(|shown| shown.at_work = Some((place + 1, all)));
            if let Some(refused) = files::refused_before_reading(&file).await {
                note(app, file.name(), ScanReport::Opened(Some(Rc::new(refused))));
            } else if is_picture(&file) {
                let seen = read(app, &file).await;
                if !app.state.scan.is_open.get_untracked() {
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
                note(app, file.name(), open_file::report(app, taken));
            }
        }
        app.change_scan(|shown| shown.at_work = None);
    })
}

fn note(app: App, name: String, told: ScanReport) {
    let name = shown(&name).into_owned();
    app.change_scan(|shown| shown.lines.push(Line { name, told }));
}

fn tell(seen: &Findings) -> ScanReport {
    match seen.refused {
        Some(refused) if seen.texts.is_empty() => ScanReport::Refused(refused),
        _ => ScanReport::Codes(seen.codes, seen.texts.len()),
    }
}

async fn read(app: App, file: &File) -> Result<Findings, ScanReport> {
    let pixels = picture::of_file(file).await.map_err(|error| {
        host::report(&error);
        ScanReport::NoPicture
    })?;
    look(app, pixels, false).await
}

/// Scans a picture. If the worker stops, the next scan loads one with the parts read so far.
async fn look(app: App, pixels: Pixels, quick: bool) -> Result<Findings, ScanReport> {
    let worker = worker(app).await.map_err(|_| ScanReport::NotLoaded)?;
    match worker.look(pixels, quick).await {
        Ok(seen) => {
            app.papers.borrow_mut().texts.extend(seen.texts.iter().cloned());
            // Redraw only on change: the live camera picture is in the same view.
            let shown = &app.state.scan.shown;
            if shown.with_untracked(|shown| shown.partial_files != seen.partial) {
                app.change_scan(|shown| shown.partial_files.clone_from(&seen.partial));
            }
            Ok(seen)
        }
        Err(_) => {
            let mut papers = app.papers.borrow_mut();
            papers.worker.take_if(|own| Rc::ptr_eq(own, &worker));
            Err(ScanReport::NoPicture)
        }
    }
}

async fn worker(app: App) -> Result<Rc<PaperWorker>, PaperWorkerError> {
    let loaded = || app.papers.borrow().worker.clone();
    if let Some(worker) = loaded() {
        return Ok(worker);
    }
    let worker = Rc::new(PaperWorker::load().await?);
    // Another call may have loaded a worker.
    if let Some(worker) = loaded() {
        return Ok(worker);
    }
    let texts = app.papers.borrow().texts.clone();
    if !texts.is_empty() {
        // These findings are known.
        worker.take(&texts).await?;
    }
    app.papers.borrow_mut().worker = Some(worker.clone());
    Ok(worker)
}

/// Opens complete files. Codes bring signed forms and packs only.
async fn arrived(app: App, seen: Findings) {
    if seen.files.is_empty() {
        return;
    }
    if seen.partial.is_empty() {
        close(app);
    }
    for file in seen.files {
        let name = text(app.state.lang.get_untracked()).later().papers_sheet;
        let taken = open_file::take_in_paper(app, name, &file).await;
        open_file::follow(app, taken);
    }
}

/// Scans with the camera until it is stopped, the page is hidden, or a file is complete.
pub fn watch(app: App) -> Work {
    Box::pin(async move {
        let to = |camera| app.state.scan.camera.set_if_changed(camera);
        let Some(cameras) = Cameras::new() else {
            return to(Camera::None);
        };
        to(Camera::On);
        let camera = match cameras.turn_on().await {
            Ok(camera) => camera,
            Err(CameraError::Refused) => return to(Camera::Refused),
            Err(CameraError::Missing) => return to(Camera::None),
        };
        // The panel may have been closed meanwhile.
        if !app.state.scan.is_open.get_untracked() {
            return;
        }
        app.papers.borrow_mut().camera = Some(camera);
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
        if app.state.scan.camera.get_untracked() == Camera::On {
            to(Camera::Off);
        }
    })
}

/// The camera's video, while it is on and shown.
fn video(app: App) -> Option<camera::Video> {
    app.papers.borrow().camera.as_ref()?.show(VIDEO)
}

fn turn_off(app: App) {
    app.papers.borrow_mut().camera = None;
}

/// Turns the camera off.
pub fn look_away(app: App) {
    turn_off(app);
    app.state.scan.camera.set_if_changed(Camera::Off);
}

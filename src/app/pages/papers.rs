//! Scanning paper: the parts read so far, and what to do next.

use leptos::prelude::*;

use crate::app::actions::scan::{self, VIDEO};
use crate::app::actions::{App, chunks};
use crate::app::host;
use crate::app::pages::notices;
use crate::app::parts::{El, files, html, quiet_button, sheet};
use crate::app::state::scan::{Camera, Line, ScanReport, Shown};
use crate::app::text::{Text, fill};
use crate::share::PartialFile;

/// The scan panel; `None` if no scan is running.
pub fn papers(app: App, t: &'static Text) -> Option<El> {
    let shown = move || app.state.scan.shown.get();
    let say = move || say(t, &shown());
    let parts = move || shown().partial_files.iter().map(|pile| parts(t, pile)).collect();
    let line = move |line: &Line| html::li().text(&words(t, line));
    let lines = move || shown().lines.iter().map(line).collect();
    let close = quiet_button("plain", t.later().papers_close, move || scan::close(app));
    let close = close.test_id("papers-close");
    app.state.scan.is_open.get().then(|| {
        sheet("papers-title", t.later().papers_title)
            .id("papers")
            .attr("tabindex", "-1")
            .test_id("papers")
            .child(html::p().class("quiet").text(t.later().papers_say))
            .child(html::p().attr("role", "status").test_id("papers-state").text_live(say))
            .child(html::div().live(parts))
            .child(html::div().live(move || camera(app, t)))
            .child(html::p().class("row").child(more(app, t)).child(eye(app, t)).child(close))
            .child(html::ul().class("bullets small").test_id("papers-lines").live(lines))
    })
}

/// The progress, in a sentence.
fn say(t: &Text, shown: &Shown) -> String {
    let mut said = Vec::new();
    if let Some((place, all)) = shown.at_work {
        said.push(fill(t.later().papers_at_work, &[&place.to_string(), &all.to_string()]));
    }
    for pile in &shown.partial_files {
        let read = (pile.count - pile.missing.len().min(pile.count)).to_string();
        let missing: Vec<_> = pile.missing.iter().map(usize::to_string).collect();
        let words = [read, pile.count.to_string(), missing.join(", ")];
        said.push(fill(t.later().papers_read, &words.each_ref().map(String::as_str)));
    }
    if said.is_empty() {
        said.push(t.later().papers_none.to_owned());
    }
    said.join(" ")
}

/// The parts as squares.
fn parts(t: &Text, pile: &PartialFile) -> El {
    let part = |number: usize| {
        let is_missing = pile.missing.contains(&number);
        let (class, sign, words) = if is_missing {
            ("parts__one", "", t.later().papers_missing)
        } else {
            ("parts__one parts__one--read", "✓ ", t.later().papers_there)
        };
        let number = number.to_string();
        html::li()
            .class(class)
            .child(html::span().attr("aria-hidden", "true").text(&format!("{sign}{number}")))
            .child(html::span().class("visually-hidden").text(&fill(words, &[&number])))
    };
    html::ol()
        .class("parts")
        .test_id("papers-parts")
        .attr("aria-label", t.later().papers_parts)
        .children((1..=pile.count).map(part))
}

fn words(t: &Text, line: &Line) -> String {
    let told = match &line.told {
        ScanReport::Codes(0, _) => t.later().papers_no_code.to_owned(),
        ScanReport::Codes(codes, ours) => {
            fill(t.later().papers_codes, &[&codes.to_string(), &ours.to_string()])
        }
        ScanReport::Refused(why) => {
            let why = t.later().paper.refused.get(*why as usize);
            why.copied().unwrap_or(t.later().papers_unreadable).to_owned()
        }
        ScanReport::NoPicture => t.later().papers_unreadable.to_owned(),
        ScanReport::NotLoaded => t.later().papers_not_loaded.to_owned(),
        ScanReport::Asked => t.later().asked_above.to_owned(),
        ScanReport::Opened(Some(notice)) => notices::words(t, notice),
        ScanReport::Opened(None) => t.later().papers_alone.to_owned(),
    };
    format!("{}: {told}", line.name)
}

/// The button that adds pictures.
fn more(app: App, t: &'static Text) -> El {
    files("papers-more", t.later().papers_more, "image/*", move |event| {
        let files = host::chosen_files(&event);
        chunks::when_loaded(app, move |_| scan::take(app, files));
    })
}

/// The button that turns the camera on or off.
fn eye(app: App, t: &'static Text) -> El {
    let turn = move || {
        if app.state.scan.camera.get_untracked() == Camera::On {
            scan::look_away(app);
        } else {
            chunks::when_loaded(app, move |_| scan::watch(app));
        }
    };
    let words = move || match app.state.scan.camera.get() {
        Camera::On => t.later().papers_camera_stop,
        _ => t.later().papers_camera,
    };
    html::button()
        .attr("type", "button")
        .class("btn btn--quiet")
        .test_id("papers-camera")
        .on_click(turn)
        .text_live(move || words().to_owned())
}

fn camera(app: App, t: &'static Text) -> Vec<El> {
    match app.state.scan.camera.get() {
        Camera::Off => Vec::new(),
        Camera::On => vec![
            html::video()
                .id(VIDEO)
                .class("parts__video")
                .attr("playsinline", "")
                .attr("aria-label", t.later().papers_video),
        ],
        Camera::Refused => vec![told(t.later().papers_camera_refused)],
        Camera::None => vec![told(t.later().papers_camera_none)],
    }
}

fn told(words: &str) -> El {
    html::p().attr("role", "alert").test_id("papers-camera-state").text(words)
}

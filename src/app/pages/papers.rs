//! Scanning paper: the parts read so far, and what to do next.

use crate::app::host::Event;
use leptos::prelude::*;

use crate::app::actions::App;
use crate::app::actions::chunks;
use crate::app::actions::scan::{self, VIDEO};
use crate::app::host;
use crate::app::pages::notices;
use crate::app::parts::element::El;
use crate::app::parts::html;
use crate::app::parts::quiet_button;
use crate::app::state::scan::{Camera, Line, ScanReport, Shown};
use crate::app::text::{Text, fill};
use crate::share::PartialFile;

/// The scan panel; `None` if no scan is running.
pub fn papers(app: App, t: &'static Text) -> Option<El> {
    if !app.state.scan.is_open.get() {
        return None;
    }
    let say = move || say(t, &app.state.scan.shown.get());
    let parts = move || {
        app.state.scan.shown.get().partial_files.iter().map(|pile| parts(t, pile)).collect()
    };
    let lines = move || {
        let lines = app.state.scan.shown.get().lines;
        let lines = lines.iter().map(|line| html::li().text(&words(t, line)));
        lines.collect()
    };
    let close = move || scan::close(app);
    Some(
        html::section()
            .class("sheet")
            .id("papers")
            .attr("tabindex", "-1")
            .attr("aria-labelledby", "papers-title")
            .test_id("papers")
            .child(html::h2().id("papers-title").text(t.later().papers_title))
            .child(html::p().class("quiet").text(t.later().papers_say))
            .child(html::p().attr("role", "status").test_id("papers-state").text_live(say))
            .child(html::div().live(parts))
            .child(html::div().live(move || camera(app, t)))
            .child(html::p().class("row").child(more(app, t)).child(eye(app, t)).child(
                quiet_button("plain", t.later().papers_close, close).test_id("papers-close"),
            ))
            .child(html::ul().class("bullets small").test_id("papers-lines").live(lines)),
    )
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
        said.push(fill(
            t.later().papers_read,
            &[&read, &pile.count.to_string(), &missing.join(", ")],
        ));
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
            let why = t.later().papers_refused.get(*why as usize);
            why.copied().unwrap_or(t.later().papers_unreadable).to_owned()
        }
        ScanReport::NoPicture => t.later().papers_unreadable.to_owned(),
        ScanReport::NotLoaded => t.later().papers_not_loaded.to_owned(),
        ScanReport::Opened(Some(notice)) => notices::words(t, notice),
        ScanReport::Opened(None) => t.later().papers_alone.to_owned(),
    };
    format!("{}: {told}", line.name)
}

/// The button that adds pictures.
fn more(app: App, t: &'static Text) -> El {
    let add = move |event: Event| {
        let files = host::chosen_files(&event);
        chunks::when_loaded(app, move |_| scan::take(app, files));
    };
    let input = html::input()
        .attr("type", "file")
        .attr("accept", "image/*")
        .attr("multiple", "")
        .test_id("papers-more")
        .on("change", add);
    html::label().class("btn btn--quiet fileload").text(t.later().papers_more).child(input)
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

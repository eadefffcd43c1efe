//! Reading paper: which parts of a form were read, and what to do next.

use web_sys::Event;

use crate::app::browser;
use crate::app::element::{El, el};
use crate::app::papers::{self, Camera, Line, Shown, Told, VIDEO};
use crate::app::parts::{of_files, quiet_button};
use crate::app::rest;
use crate::app::state::App;
use crate::app::text::{Text, fill};
use crate::share::PartialFile;

/// What is being read; nothing where nobody reads.
#[inline(never)] // of the part of the program that loads later
pub fn papers(app: App, t: &'static Text) -> Option<El> {
    if !app.paper.is_read.get() {
        return None;
    }
    let say = move || say(t, &papers::shown(app));
    let parts = move || {
        papers::shown(app)
            .piles
            .iter()
            .map(|pile| parts(t, pile))
            .collect()
    };
    let lines = move || {
        let lines = papers::shown(app).lines;
        let lines = lines.iter().map(|line| el("li").text(&words(t, line)));
        lines.collect()
    };
    let close = move || papers::close(app);
    Some(
        el("section")
            .class("sheet")
            .id("papers")
            .attr("tabindex", "-1")
            .attr("aria-labelledby", "papers-title")
            .test_id("papers")
            .child(el("h2").id("papers-title").text(t.later.papers_title))
            .child(el("p").class("quiet").text(t.later.papers_say))
            .child(
                el("p")
                    .attr("role", "status")
                    .test_id("papers-state")
                    .text_live(say),
            )
            .child(el("div").live(parts))
            .child(el("div").live(move || camera(app, t)))
            .child(
                el("p")
                    .class("row")
                    .child(more(app, t))
                    .child(eye(app, t))
                    .child(
                        quiet_button("plain", t.later.papers_close, close).test_id("papers-close"),
                    ),
            )
            .child(
                el("ul")
                    .class("bullets small")
                    .test_id("papers-lines")
                    .live(lines),
            ),
    )
}

/// How far it is, in a sentence.
fn say(t: &Text, shown: &Shown) -> String {
    let mut said = Vec::new();
    if let Some((place, all)) = shown.at_work {
        said.push(fill(
            t.later.papers_at_work,
            &[&place.to_string(), &all.to_string()],
        ));
    }
    for pile in &shown.piles {
        let read = (pile.count - pile.missing.len().min(pile.count)).to_string();
        let missing: Vec<_> = pile.missing.iter().map(usize::to_string).collect();
        said.push(fill(
            t.later.papers_read,
            &[&read, &pile.count.to_string(), &missing.join(", ")],
        ));
    }
    if said.is_empty() {
        said.push(t.later.papers_none.to_owned());
    }
    said.join(" ")
}

/// The picture of the parts: a square each.
fn parts(t: &Text, pile: &PartialFile) -> El {
    let part = |number: usize| {
        let is_missing = pile.missing.contains(&number);
        let (class, sign, words) = if is_missing {
            ("parts__one", "", t.later.papers_missing)
        } else {
            ("parts__one parts__one--read", "✓ ", t.later.papers_there)
        };
        let number = number.to_string();
        el("li")
            .class(class)
            .child(
                el("span")
                    .attr("aria-hidden", "true")
                    .text(&[sign, &number].concat()),
            )
            .child(
                el("span")
                    .class("visually-hidden")
                    .text(&fill(words, &[&number])),
            )
    };
    el("ol")
        .class("parts")
        .test_id("papers-parts")
        .attr("aria-label", t.later.papers_parts)
        .children((1..=pile.count).map(part))
}

fn words(t: &Text, line: &Line) -> String {
    let told = match &line.told {
        Told::Codes(0, _) => t.later.papers_no_code.to_owned(),
        Told::Codes(codes, ours) => fill(
            t.later.papers_codes,
            &[&codes.to_string(), &ours.to_string()],
        ),
        Told::Refused(why) => {
            let why = t.later.papers_refused.get(*why as usize);
            why.copied().unwrap_or(t.later.papers_unreadable).to_owned()
        }
        Told::NoPicture => t.later.papers_unreadable.to_owned(),
        Told::NotLoaded => t.later.papers_not_loaded.to_owned(),
        Told::Opened(Some(notice)) => of_files::words(t, notice),
        Told::Opened(None) => t.later.papers_alone.to_owned(),
    };
    [&line.name, ": ", &told].concat()
}

/// The button that adds pictures.
fn more(app: App, t: &'static Text) -> El {
    let add = move |event: Event| {
        let files = browser::chosen_files(&event);
        rest::then(app, move || papers::take(app, files));
    };
    let input = el("input")
        .attr("type", "file")
        .attr("accept", "image/*")
        .attr("multiple", "")
        .test_id("papers-more")
        .on("change", add);
    el("label")
        .class("btn btn--quiet fileload")
        .text(t.later.papers_more)
        .child(input)
}

/// The button that turns the camera on or off.
fn eye(app: App, t: &'static Text) -> El {
    let turn = move || {
        if app.paper.camera.peek() == Camera::On {
            papers::look_away(app);
        } else {
            rest::then(app, move || papers::watch(app));
        }
    };
    let words = move || match app.paper.camera.get() {
        Camera::On => t.later.papers_camera_stop,
        _ => t.later.papers_camera,
    };
    el("button")
        .attr("type", "button")
        .class("btn btn--quiet")
        .test_id("papers-camera")
        .on_click(turn)
        .text_live(move || words().to_owned())
}

fn camera(app: App, t: &'static Text) -> Vec<El> {
    match app.paper.camera.get() {
        Camera::Off => Vec::new(),
        Camera::On => vec![
            el("video")
                .id(VIDEO)
                .class("parts__video")
                .attr("playsinline", "")
                .attr("aria-label", t.later.papers_video),
        ],
        Camera::Refused => vec![told(t.later.papers_camera_refused)],
        Camera::None => vec![told(t.later.papers_camera_none)],
    }
}

fn told(words: &str) -> El {
    el("p")
        .attr("role", "alert")
        .test_id("papers-camera-state")
        .text(words)
}

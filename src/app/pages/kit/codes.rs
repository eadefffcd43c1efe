//! A published pack as QR codes, on the screen and on paper: whoever reads all of them has its file.

use std::rc::Rc;

use leptos::prelude::*;

use super::page::{Editor, Page};
use crate::app::actions::scan::{self, CodesError};
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::bind;
use crate::app::pages::form::paper::codes::figures;
use crate::app::parts::{El, html, problem, quiet_button};
use crate::app::state::kit::{CodedPack, KitSlot};
use crate::app::text::fill;
use crate::seal::PackFile;
use crate::value::check_code;

/// Milliseconds for drawing the codes before the print dialogue opens.
const DRAWING: i32 = 50;

/// Whether codes are being made, and why there are none.
#[derive(Clone, Copy, PartialEq)]
enum Work {
    Idle,
    Busy,
    Failed(CodesError),
}

/// The button that makes the codes of a file, and the codes.
pub(super) fn view(e: &Editor, file: &Rc<PackFile>) -> Vec<El> {
    let work = ArcRwSignal::new(Work::Idle);
    let make = bind(e, {
        let (file, work) = (file.clone(), work.clone());
        move |e: &Editor| {
            if work.get_untracked() != Work::Busy {
                work.set(Work::Busy);
                spawn_local(code(e.clone(), file.clone(), work.clone()));
            }
        }
    });
    let told = bind(e, move |e: &Editor| {
        let (k, p) = (e.page.k, e.page.t.later().paper);
        Some(match work.get() {
            Work::Idle => return None,
            Work::Busy => html::p().text(p.codes_busy),
            Work::Failed(CodesError::TooLong) => problem(k.codes_long),
            Work::Failed(CodesError::PaperWorker(_)) => problem(k.codes_failed),
        })
    });
    vec![
        html::p()
            .class("row")
            .child(quiet_button("quiet", e.page.k.codes, make).test_id("kit-codes")),
        html::div().attr("role", "status").live_one(told),
        html::div().live(bind(e, on_screen)),
    ]
}

async fn code(e: Editor, file: Rc<PackFile>, work: ArcRwSignal<Work>) {
    match scan::codes_of(file.text()).await {
        Ok(texts) => {
            work.set(Work::Idle);
            e.open.coded.set(Some(Rc::new(CodedPack { file, texts })));
        }
        Err(error) => work.set(Work::Failed(error)),
    }
}

/// The codes, for a camera that looks at the screen.
fn on_screen(e: &Editor) -> Vec<El> {
    let k = e.page.k;
    let Some(coded) = e.open.coded.get() else { return Vec::new() };
    let print = bind(e, |_: &Editor| host::later(DRAWING, host::print));
    vec![
        html::p().test_id("kit-codes-say").text(&say(&e.page, &coded)),
        html::p().class("row").child(quiet_button("quiet", k.codes_print, print)),
        figures(e.page.t, &coded.texts, "kit-code", "kit__codes"),
    ]
}

/// The codes on paper; nothing where none were made.
pub(super) fn paper(page: &Page) -> Vec<El> {
    let KitSlot::Open(open) = page.kit.state.slot.get() else { return Vec::new() };
    let Some(coded) = open.coded.get() else { return Vec::new() };
    let (k, p) = (page.k, page.t.later().paper);
    let pack = &coded.file.pack;
    let foot = fill(p.foot_code, &[&check_code(&pack.digest)]);
    let mut all = Vec::new();
    if !host::number_pages(&foot, p.foot_page) {
        all.push(html::p().class("foot").text(&foot));
    }
    let author = coded.file.published.as_ref().map(|(own, _)| own.content().author.clone());
    let version = fill(k.codes_of, &[&pack.version.to_string(), &author.unwrap_or_default()]);
    all.push(
        html::section()
            .class("doc doc--hd36")
            .child(html::h1().text(pack.title.text(page.lang)))
            .child(html::p().class("about").text(&version))
            .child(html::p().class("codes__say").text(&say(page, &coded)))
            .child(figures(page.t, &coded.texts, "kit-paper-code", "codes")),
    );
    all
}

fn say(page: &Page, coded: &CodedPack) -> String {
    fill(page.k.codes_say, &[page.t.later().papers_open, &coded.texts.len().to_string()])
}

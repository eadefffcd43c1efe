//! Receiving: files that are chosen or dropped, how it goes, and the register that they come into.

use leptos::prelude::*;

use super::page::Page;
use super::{detail, list};
use crate::app::actions::desk;
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{self, El, html, quiet_button};
use crate::app::state::desk::{Intake, Stage};
use crate::app::text::{self, fill};
use crate::app::wording;
use crate::desk::register::{BagKey, BagSigner};
use crate::value::shown;

/// The section.
pub fn section(page: &Page) -> Vec<El> {
    vec![import(page), list::section(page), html::div().live_one(bind(page, detail::section))]
}

fn is_running(intake: Option<Intake>) -> bool {
    intake.is_some_and(|intake| intake.stage == Stage::Running)
}

/// Choosing, dropping, and how it goes.
fn import(page: &Page) -> El {
    let d = page.d;
    let take = |page: &Page, event: host::Event| {
        spawn_local(desk::take_chosen(page.desk.clone(), host::chosen_files(&event)));
    };
    let input = |id: &str, label: &str| {
        let input = html::input()
            .attr("type", "file")
            .attr("multiple", "")
            .test_id(id)
            .on("change", bind_with(page, take));
        (html::label().class("btn btn--quiet fileload").text(label), input)
    };
    let (files, files_input) = input("desk-import", d.choose);
    let kinds = ".json,.zip,.png,.jpg,.jpeg,.pdf,application/json,application/zip,image/png,image/jpeg,application/pdf";
    let files = files.child(files_input.attr("accept", kinds));
    let (folder, folder_input) = input("desk-import-folder", d.choose_folder);
    let folder = folder.child(folder_input.attr("webkitdirectory", ""));
    let drop = bind_with(page, |page, event: host::Event| {
        let dropped = host::dropped(&event);
        spawn_local(desk::take_dropped(page.desk.clone(), dropped));
    });
    let is_busy = bind(page, |page| is_running(page.desk.state.intake.get()));
    let choosing = html::div().hidden_live(is_busy);
    parts::sheet("desk-import-title", d.import)
        .on("dragover", |event| host::accept_drop(&event))
        .on("drop", drop)
        .child(
            choosing
                .child(html::p().class("row").child(files).child(folder))
                .child(parts::hint(d.drop)),
        )
        .child(html::div().live(bind(page, progress)))
        .child(html::div().attr("role", "status").live(bind(page, bags)))
        .child(
            html::p()
                .class("visually-hidden")
                .attr("role", "status")
                .text_live(bind(page, |page| told(page, page.desk.state.told.get()))),
        )
}

/// How the intake goes, in words.
fn told(page: &Page, intake: Option<Intake>) -> String {
    let (d, Some(intake)) = (page.d, intake) else { return String::new() };
    let done = intake.done.to_string();
    let forms = (intake.done - intake.appraisals.min(intake.done)).to_string();
    let ended = match intake.appraisals {
        0 => fill(d.ended, &[&done]),
        some => fill(page.a.ended_with, &[&forms, &some.to_string()]),
    };
    match intake.stage {
        Stage::Running => {
            let rate = intake.rate().to_string();
            let words = fill(d.progress, &[&done, &intake.all.to_string(), &rate]);
            let left = intake.left().map(|seconds| match seconds {
                few @ ..100 => fill(d.seconds, &[&few.to_string()]),
                many => fill(d.minutes, &[&many.div_ceil(60).to_string()]),
            });
            let left = left.map(|left| fill(d.time_left, &[&left])).unwrap_or_default();
            let at = intake
                .page
                .map(|(page, all)| fill(d.pdf_page, &[&page.to_string(), &all.to_string()]));
            let said = [words, at.unwrap_or_default(), left];
            said.into_iter().filter(|own| !own.is_empty()).collect::<Vec<_>>().join(" ")
        }
        Stage::Ended(0) => ended,
        Stage::Ended(unread) => [ended, fill(d.unread, &[&unread.to_string()])].join(" "),
        Stage::Cancelled => fill(d.cancelled, &[&done]),
    }
}

/// Who signed the bags that came last.
fn bags(page: &Page) -> Vec<El> {
    let b = text::bags(page.lang);
    let bags = page.desk.state.bags.get();
    let told = bags.iter().map(|(name, signer)| {
        let name = shown(name);
        let Some(BagSigner { code, key }) = signer else {
            return ("unsigned", fill(b.unsigned, &[&name]));
        };
        match key {
            BagKey::Own(unit) => ("own", fill(b.own, &[&name, &shown(unit), code])),
            BagKey::Trusted(unit) => ("trusted", fill(b.trusted, &[&name, &shown(unit), code])),
            BagKey::Revoked(day) => {
                ("revoked", fill(b.revoked, &[&name, &wording::day(*day), code]))
            }
            BagKey::Unknown => ("unknown", fill(b.unknown, &[&name, code])),
        }
    });
    told.map(|(key, words)| {
        html::p().test_id("desk-bag-signer").attr("data-key", key).as_is().text(&words)
    })
    .collect()
}

fn progress(page: &Page) -> Vec<El> {
    let Some(intake) = page.desk.state.intake.get() else { return Vec::new() };
    let words = told(page, Some(intake));
    let said = html::p().test_id("desk-progress").attr(
        "data-state",
        match intake.stage {
            Stage::Running => "running",
            Stage::Ended(_) => "ended",
            Stage::Cancelled => "cancelled",
        },
    );
    let said = said.as_is().text(&words);
    if intake.stage != Stage::Running {
        return vec![said];
    }
    let bar = html::progress()
        .class("desk__bar")
        .attr("aria-label", page.d.import)
        .attr("max", &intake.all.max(1).to_string())
        .attr("value", &intake.done.to_string());
    let stop = bind(&page.desk, |desk| desk::stop(desk));
    let stop = quiet_button("quiet", page.d.cancel, stop).test_id("desk-cancel");
    vec![said, bar, html::p().class("row").child(stop)]
}

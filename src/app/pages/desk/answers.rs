//! The appraisals that a form has: what each says, whether it counts, and the file that goes back to the unit.

use leptos::prelude::*;

use super::Page;
use super::ask::{Asked, asked};
use crate::app::actions::desk;
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::bind;
use crate::app::parts::{El, button, html, named, quiet_button};
use crate::app::state::desk::{Decided, JustSigned};
use crate::app::text::fill;
use crate::app::wording::word_of;
use crate::app::{parts, wording};
use crate::desk::register::{AppraisalStatus, Entry, KeptAppraisal};
use crate::desk::{Opinion, OpinionDraft, answer_name, number_and_note, side_by_side};
use crate::pack::Pack;
use crate::seal::{Appraisal, Submission};
use crate::value::shown;

/// The name of what was decided.
pub(super) fn decided_words(page: &Page, decided: Decided) -> &'static str {
    let a = page.a;
    match decided {
        Decided::Open => a.undecided,
        Decided::Contradicted => a.contradicted,
        Decided::As(own) => word_of(crate::seal::AppraisalDecision::ALL, own, &a.decisions),
    }
}

/// The name of what becomes of an appraisal.
pub(super) fn status_words(page: &Page, own: AppraisalStatus) -> &'static str {
    word_of(AppraisalStatus::ALL, own, &page.a.statuses)
}

/// What a status of an appraisal means.
pub(super) fn status_says(page: &Page, own: AppraisalStatus) -> &'static str {
    word_of(AppraisalStatus::ALL, own, &page.a.status_says)
}

/// What was signed just now, to be downloaded.
pub(super) fn signed_now(
    page: &Page,
    entry: &Entry,
    submission: &Submission,
    all: &[(KeptAppraisal, AppraisalStatus)],
) -> Option<El> {
    let state = &page.desk.state.signed;
    let signed = state.get_untracked().filter(|own| own.file == entry.key)?;
    let (kept, _) = all.iter().find(|(kept, _)| kept.key() == signed.answer)?;
    let decision = kept.appraisal().ok()?.content().decision;
    if signed.is_new {
        state.set(Some(JustSigned { is_new: false, ..signed }));
        host::focus_soon("desk-signed-save");
    }
    let words = fill(page.a.done, &[decided_words(page, Decided::As(decision))]);
    let (app, name, text) = (page.app, answer_name(submission), kept.text.clone());
    let save = button(page.a.download, move || app.save_file(&name, &text));
    let save = save.id("desk-signed-save").test_id("desk-signed-save");
    let told = html::div().class("desk__told").test_id("desk-signed").attr("role", "status");
    Some(told.child(html::p().text(&words)).child(html::p().class("row").child(save)))
}

/// What a new appraisal begins with: the one that counts, as of today.
pub(super) fn begun(all: &[(KeptAppraisal, AppraisalStatus)]) -> OpinionDraft {
    let counting = all.iter().find(|(_, own)| *own == AppraisalStatus::Counts);
    let content = counting.and_then(|(kept, _)| kept.appraisal().ok());
    let mut opinion = content.map(|own| Opinion::from(own.content())).unwrap_or_default();
    let date = *opinion.date.get_or_insert(host::today());
    OpinionDraft { opinion, day: date.shown() }
}

/// The appraisals of a form.
pub(super) fn list(
    page: &Page,
    pack: &Pack,
    submission: &Submission,
    all: &[(KeptAppraisal, AppraisalStatus)],
) -> Vec<El> {
    if all.is_empty() {
        return Vec::new();
    }
    let items = all.iter().enumerate();
    let items =
        items.filter_map(|(place, (kept, own))| one(page, (pack, submission), (kept, *own), place));
    vec![
        html::h3().text(page.a.signed),
        html::ul().class("list").test_id("desk-answers").children(items),
    ]
}

fn one(
    page: &Page,
    (pack, submission): (&Pack, &Submission),
    (kept, own): (&KeptAppraisal, AppraisalStatus),
    place: usize,
) -> Option<El> {
    let a = page.a;
    let appraisal = kept.appraisal().ok()?;
    let content = appraisal.content();
    let (number, note) = number_and_note(&content.note);
    let decision = decided_words(page, Decided::As(content.decision));
    let head = fill(a.signed_line, &[decision, &wording::day(content.date)]);
    let signer = appraisal.verify().ok().and_then(|signers| signers.into_iter().next());
    let signer = signer.map(|signer| parts::hint(&fill(a.by, &[&signer.key.check_code()])).as_is());
    let number =
        (!number.is_empty()).then(|| named(a.number, html::span().as_is().text(&shown(number))));
    let note = (!note.is_empty()).then(|| named(a.note, html::span().as_is().text(&shown(note))));
    let name = answer_name(submission);
    let text = kept.text.clone();
    let app = page.app;
    let save = quiet_button("quiet", a.download, move || app.save_file(&name, &text));
    let key = kept.key();
    let drop = bind(&page.desk, move |desk| {
        spawn_local(desk::drop_answer(desk.clone(), key.clone()));
    });
    let asks = Asked {
        test_id: "desk-answer-drop",
        id: format!("desk-answer-drop-{place}"),
        words: a.drop,
        question: a.drop_ask,
        yes: a.drop_yes,
    };
    let drop = asked(page, &asks, drop);
    Some(
        html::li()
            .attr("data-status", own.as_str())
            .attr("data-decision", content.decision.as_str())
            .test_id("desk-answer")
            .child(html::p().as_is().child(html::strong().text(&head)))
            .child(html::p().text(status_says(page, own)))
            .maybe(number)
            .maybe(note)
            .child(html::p().text(&differing(page, pack, submission, &appraisal)))
            .children(said(page, pack, submission, &appraisal))
            .maybe(signer)
            .child(html::p().class("row").child(save.test_id("desk-answer-save")))
            .child(drop),
    )
}

/// The items of which the superior says something else than the unit, in a sentence.
fn differing(page: &Page, pack: &Pack, submission: &Submission, appraisal: &Appraisal) -> String {
    let all = side_by_side(pack, submission, appraisal);
    let ids = all
        .iter()
        .filter(|item| item.differs())
        .filter_map(|item| pack.items.get(item.index).map(|item| item.id.to_string()));
    let ids: Vec<String> = ids.collect();
    if ids.is_empty() {
        return page.a.nothing_differs.to_owned();
    }
    fill(page.a.differs, &[&ids.join(", ")])
}

/// The items of which something is said, with both verdicts and the note.
fn said(page: &Page, pack: &Pack, submission: &Submission, appraisal: &Appraisal) -> Vec<El> {
    let all = side_by_side(pack, submission, appraisal);
    let lines = all.iter().filter_map(|own| {
        let superior = wording::signed_verdict(page.t, own.superior?.into());
        let unit = wording::signed_verdict(page.t, own.own);
        let name = wording::item(page.lang, pack.items.get(own.index)?);
        let line = html::li().text(&fill(page.a.said_line, &[&name, &unit, &superior]));
        let note = (!own.note.is_empty()).then(|| shown(&own.note));
        Some(line.maybe(note.map(|note| parts::hint(&note))))
    });
    let lines: Vec<El> = lines.collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let lines = html::ul().class("bullets").as_is().test_id("desk-answer-items").children(lines);
    vec![html::p().text(page.a.said_of_items), lines]
}

/// What becomes of the appraisals, and which do not count.
pub(super) fn opinions(page: &Page) -> Vec<El> {
    let Some(all) = page.desk.state.shown.get() else { return Vec::new() };
    let (a, opinions) = (page.a, &all.opinions);
    if opinions.counts.is_empty() {
        return Vec::new();
    }
    let counts =
        opinions.counts.iter().map(|(own, count)| format!("{count} {}", status_words(page, *own)));
    let counts: Vec<String> = counts.collect();
    let told = fill(a.count, &[&counts.join(", ")]);
    let mut all = vec![html::p().test_id("desk-opinions").text(&told)];
    if !opinions.odd.is_empty() {
        let lines = opinions.odd.iter().map(|(file, own)| {
            let line = fill(a.odd_line, &[&shown(file), status_says(page, *own)]);
            html::li().text(&line)
        });
        let lines = html::ul().class("bullets").children(lines);
        all.push(parts::fold(a.odd).child(lines).test_id("desk-odd"));
    }
    all
}

/// What was decided of a file, and when; nothing while nothing is.
fn decision_of(page: &Page, entry: &Entry) -> String {
    match (Decided::of(entry), entry.decision_date) {
        (Decided::Open, _) => String::new(),
        (own, None) => decided_words(page, own).to_owned(),
        (own, Some(day)) => {
            fill(page.a.decided_on, &[decided_words(page, own), &wording::day(day)])
        }
    }
}

/// What was decided, with its day; and that an appraisal is being written.
pub(super) fn decision_cell(page: &Page, entry: &Entry) -> El {
    let words = decision_of(page, entry);
    let is_written = page.desk.state.written.with(|written| written.contains(entry.digest()));
    let written = html::span().class("desk__writing small").test_id("desk-writing");
    let words = (!words.is_empty()).then(|| html::span().class("desk__cell").text(&words).as_is());
    html::td().maybe(words).maybe(is_written.then(|| written.text(page.a.is_writing)))
}

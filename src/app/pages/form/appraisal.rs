//! What the superior said of the form: above it, at its items, and side by side in the review.

use std::rc::Rc;

use super::signatures::standing;
use crate::app::appraising::{Shown, of_form};
use crate::app::element::{El, el};
use crate::app::form_state::{Beside, Form, Spot};
use crate::app::rest::Work;
use crate::app::state::Notice;
use crate::app::text::{Text, fill};
use crate::app::{browser, keys, trusting, trying, words};
use crate::desk::{AppraisedItem, side_by_side};
use crate::rules::Verdict;
use crate::seal::AppraisalDecision;
use crate::store::{KeyRecord, StoreError, TrustRecord};
use crate::value::{Lang, is_blank};

/// Reads what was said of a form, and has it shown.
#[inline(never)] // of the part of the program that loads later
pub fn load(form: Form) -> Work {
    Box::pin(async move {
        // Beside what is being tried stands what it is.
        if trying::is_trial(form) {
            return;
        }
        match read(form).await {
            Ok(all) if all.shown.is_empty() => {}
            Ok(all) => {
                let beside: Beside = Rc::new(move |spot, t, lang| match spot {
                    Spot::Above => above(form, &all, t),
                    Spot::Item(place) => at_item(form, &all, place, t),
                    Spot::Review => Some(in_review(&all, t, lang)),
                });
                form.show_beside(beside);
            }
            Err(error) => form.app.tell(Notice::Storage(error)),
        }
    })
}

/// What was said of the form, and the keys that are known here.
struct All {
    shown: Vec<Shown>,
    own: Vec<KeyRecord>,
    others: Vec<TrustRecord>,
}

async fn read(form: Form) -> Result<All, StoreError> {
    let app = form.app;
    Ok(All {
        shown: of_form(app, &form.id()).await?,
        own: keys::usable(app).await?,
        others: trusting::all(app).await?,
    })
}

/// What is still to be answered: what was said last, until the form is signed again.
fn current(form: Form, all: &All) -> Option<&Shown> {
    let revision = form.look(|session| session.form().revision);
    let last = all.shown.first()?;
    (last.submission.assessment().revision >= revision).then_some(last)
}

fn decision(t: &Text, decision: AppraisalDecision) -> &'static str {
    let place = AppraisalDecision::ALL
        .iter()
        .position(|own| *own == decision);
    let words = place.and_then(|place| t.later.decisions.get(place));
    words.copied().unwrap_or_default()
}

/// The heading of an appraisal: of which revision, what was decided, when.
fn heading(t: &Text, shown: &Shown) -> String {
    let content = shown.appraisal.content();
    let revision = shown.submission.assessment().revision.to_string();
    let words = [
        revision.as_str(),
        decision(t, content.decision),
        &words::day(content.date),
    ];
    fill(t.later.appraised, &words)
}

fn above(form: Form, all: &All, t: &'static Text) -> Option<El> {
    let shown = current(form, all)?;
    let content = shown.appraisal.content();
    let class = match content.decision {
        AppraisalDecision::Returned | AppraisalDecision::NotRecognised => "notice notice--bad",
        AppraisalDecision::Agreed | AppraisalDecision::Recognised => "notice",
    };
    let note = (!is_blank(&content.note)).then(|| el("p").text(&content.note));
    let next = (content.decision == AppraisalDecision::Returned).then(|| {
        let next = (shown.submission.assessment().revision + 1).to_string();
        el("p").text(&fill(t.later.returned_say, &[&next]))
    });
    let banner = el("div")
        .class(class)
        .test_id("appraised")
        .attr("data-decision", content.decision.as_str())
        .child(el("p").child(el("strong").text(&heading(t, shown))));
    Some(banner.maybe(note).maybe(next))
}

fn rows(shown: &Shown) -> Vec<AppraisedItem> {
    side_by_side(&shown.pack, &shown.submission, &shown.appraisal)
}

/// The remark at an item.
fn at_item(form: Form, all: &All, place: usize, t: &'static Text) -> Option<El> {
    let shown = current(form, all)?;
    let row = rows(shown)
        .into_iter()
        .find(|row| row.place == place && row.superior.is_some())?;
    let said = Verdict::from(row.superior?);
    let verdict = [words::sign(said), " ", words::verdict(t, said)].concat();
    let note = (!is_blank(&row.note)).then(|| el("p").text(&row.note));
    Some(
        el("div")
            .class("remark")
            .test_id("remark")
            .child(
                el("p")
                    .text(t.later.superior_says)
                    .text(": ")
                    .child(el("strong").text(&verdict)),
            )
            .maybe(note),
    )
}

/// In the review: everything that was said, the last first.
fn in_review(all: &All, t: &'static Text, lang: Lang) -> El {
    el("section")
        .class("sheet")
        .attr("aria-labelledby", "appraisals-title")
        .test_id("appraisals")
        .child(el("h2").id("appraisals-title").text(t.later.appraisals))
        .children(all.shown.iter().map(|shown| one(all, shown, t, lang)))
}

/// One appraisal: the remark on the whole, both columns where they say something, who signed.
fn one(all: &All, shown: &Shown, t: &'static Text, lang: Lang) -> El {
    let content = shown.appraisal.content();
    let rows = rows(shown);
    let said: Vec<_> = rows.iter().filter(|row| row.superior.is_some()).collect();
    let differing = said.iter().filter(|row| row.differs()).count().to_string();
    let others = (rows.len() - said.len()).to_string();
    let part = el("div")
        .child(el("h3").text(&heading(t, shown)))
        .maybe((!is_blank(&content.note)).then(|| el("p").text(&content.note)))
        .child(el("p").text(&fill(t.later.appraised_counts, &[&differing, &others])))
        .maybe((!said.is_empty()).then(|| columns(shown, &said, t, lang)));
    let code = fill(t.later.appraised_of, &[&shown.submission.check_code()]);
    let signers = shown.signers.iter().map(|signer| {
        let standing = standing(t, signer, &all.own, &all.others);
        let (time, date) = browser::local(signer.issued);
        let words = [
            t.later.role_superior,
            " – ",
            &fill(t.later.key_code, &[&signer.key.check_code()]),
            ", ",
            &fill(t.later.signed_when, &[&time, &date]),
            ". ",
            &standing,
        ];
        el("p").class("quiet small").text(&words.concat())
    });
    part.child(el("p").class("quiet small").text(&code))
        .children(signers)
}

fn columns(shown: &Shown, rows: &[&AppraisedItem], t: &'static Text, lang: Lang) -> El {
    let head = |words| el("th").attr("scope", "col").text(words);
    let heads = el("tr")
        .child(head(t.later.col_item))
        .child(head(t.later.col_own))
        .child(head(t.later.col_superior));
    let state = |verdict| [words::sign(verdict), " ", words::verdict(t, verdict)].concat();
    let lines = rows.iter().filter_map(|row| {
        let item = shown.pack.items.get(row.place)?;
        let superior = Verdict::from(row.superior?);
        let note = (!is_blank(&row.note)).then(|| el("p").class("small").text(&row.note));
        let differs = row.differs().then(|| {
            el("p")
                .class("small")
                .child(el("strong").text(t.later.differs))
        });
        Some(
            el("tr")
                .test_id("appraised-row")
                .attr("data-item", item.id.as_str())
                .child(el("th").attr("scope", "row").text(&words::item(lang, item)))
                .child(el("td").text(&state(row.own)))
                .child(
                    el("td")
                        .child(el("p").text(&state(superior)))
                        .maybe(differs)
                        .maybe(note),
                ),
        )
    });
    let table = el("table")
        .class("table")
        .child(el("thead").child(heads))
        .child(el("tbody").children(lines.collect::<Vec<_>>()));
    el("div")
        .class("scroll")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-labelledby", "appraisals-title")
        .child(table)
}

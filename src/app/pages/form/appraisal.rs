//! Appraisals of the form: above it, at its items, and side by side in the review.

use super::annotation::Slot;
use super::signatures::standing;
use crate::app::actions::Form;
use crate::app::host;
use crate::app::parts::element::El;
use crate::app::parts::html;
use crate::app::state::appraisals::Appraisals;
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::desk::{AppraisedItem, side_by_side};
use crate::device::VerifiedAppraisal;
use crate::rules::Verdict;
use crate::seal::AppraisalDecision;
use crate::value::{Lang, is_blank};

/// The appraisal at a slot.
pub fn at(form: &Form, all: &Appraisals, slot: Slot, t: &'static Text, lang: Lang) -> Option<El> {
    match slot {
        Slot::Above => above(form, all, t),
        Slot::Item(index) => at_item(form, all, index, t),
        Slot::Review => Some(in_review(all, t, lang)),
    }
}

/// The last appraisal, until the form is signed again.
fn current<'a>(form: &Form, all: &'a Appraisals) -> Option<&'a VerifiedAppraisal> {
    let revision = form.look(|session| session.form().revision);
    let last = all.shown.first()?;
    (last.submission.assessment().revision >= revision).then_some(last)
}

fn decision(t: &Text, decision: AppraisalDecision) -> &'static str {
    let place = AppraisalDecision::ALL.iter().position(|own| *own == decision);
    let words = place.and_then(|place| t.later().decisions.get(place));
    words.copied().unwrap_or_default()
}

/// The heading of an appraisal: revision, decision, date.
fn heading(t: &Text, shown: &VerifiedAppraisal) -> String {
    let content = shown.appraisal.content();
    let revision = shown.submission.assessment().revision.to_string();
    let words = [revision.as_str(), decision(t, content.decision), &wording::day(content.date)];
    fill(t.later().appraised, &words)
}

fn above(form: &Form, all: &Appraisals, t: &'static Text) -> Option<El> {
    let shown = current(form, all)?;
    let content = shown.appraisal.content();
    let class = match content.decision {
        AppraisalDecision::Returned | AppraisalDecision::NotRecognised => "notice notice--bad",
        AppraisalDecision::Agreed | AppraisalDecision::Recognised => "notice",
    };
    let note = (!is_blank(&content.note)).then(|| html::p().text(&content.note));
    let next = (content.decision == AppraisalDecision::Returned).then(|| {
        let next = (shown.submission.assessment().revision + 1).to_string();
        html::p().text(&fill(t.later().returned_say, &[&next]))
    });
    let banner = html::div()
        .class(class)
        .test_id("appraised")
        .attr("data-decision", content.decision.as_str())
        .child(html::p().child(html::strong().text(&heading(t, shown))));
    Some(banner.maybe(note).maybe(next))
}

fn rows(shown: &VerifiedAppraisal) -> Vec<AppraisedItem> {
    side_by_side(&shown.pack, &shown.submission, &shown.appraisal)
}

/// The remark at an item.
fn at_item(form: &Form, all: &Appraisals, place: usize, t: &'static Text) -> Option<El> {
    let shown = current(form, all)?;
    let row = rows(shown).into_iter().find(|row| row.index == place && row.superior.is_some())?;
    let said = Verdict::from(row.superior?);
    let verdict = format!("{} {}", wording::sign(said), wording::verdict(t, said));
    let note = (!is_blank(&row.note)).then(|| html::p().text(&row.note));
    Some(
        html::div()
            .class("remark")
            .test_id("remark")
            .child(
                html::p()
                    .text(t.later().superior_says)
                    .text(": ")
                    .child(html::strong().text(&verdict)),
            )
            .maybe(note),
    )
}

/// All appraisals for the review, newest first.
fn in_review(all: &Appraisals, t: &'static Text, lang: Lang) -> El {
    html::section()
        .class("sheet")
        .attr("aria-labelledby", "appraisals-title")
        .test_id("appraisals")
        .child(html::h2().id("appraisals-title").text(t.later().appraisals))
        .children(all.shown.iter().map(|shown| one(all, shown, t, lang)))
}

/// One appraisal: the general remark, both columns if they have entries, the signers.
fn one(all: &Appraisals, shown: &VerifiedAppraisal, t: &'static Text, lang: Lang) -> El {
    let content = shown.appraisal.content();
    let rows = rows(shown);
    let said: Vec<_> = rows.iter().filter(|row| row.superior.is_some()).collect();
    let differing = said.iter().filter(|row| row.differs()).count().to_string();
    let others = (rows.len() - said.len()).to_string();
    let part = html::div()
        .child(html::h3().text(&heading(t, shown)))
        .maybe((!is_blank(&content.note)).then(|| html::p().text(&content.note)))
        .child(html::p().text(&fill(t.later().appraised_counts, &[&differing, &others])))
        .maybe((!said.is_empty()).then(|| columns(shown, &said, t, lang)));
    let code = fill(t.later().appraised_of, &[&shown.submission.check_code()]);
    let signers = shown.signers.iter().map(|signer| {
        let standing = standing(t, signer, &all.own, &all.others);
        let (time, date) = host::local(signer.issued);
        let words = [
            t.later().role_superior,
            " – ",
            &fill(t.later().key_code, &[&signer.key.check_code()]),
            ", ",
            &fill(t.later().signed_when, &[&time, &date]),
            ". ",
            &standing,
        ];
        html::p().class("quiet small").text(&words.concat())
    });
    part.child(html::p().class("quiet small").text(&code)).children(signers)
}

fn columns(shown: &VerifiedAppraisal, rows: &[&AppraisedItem], t: &'static Text, lang: Lang) -> El {
    let head = |words| html::th().attr("scope", "col").text(words);
    let heads = html::tr()
        .child(head(t.later().col_item))
        .child(head(t.later().col_own))
        .child(head(t.later().col_superior));
    let state = |verdict| format!("{} {}", wording::sign(verdict), wording::verdict(t, verdict));
    let lines = rows.iter().filter_map(|row| {
        let item = shown.pack.items.get(row.index)?;
        let superior = Verdict::from(row.superior?);
        let note = (!is_blank(&row.note)).then(|| html::p().class("small").text(&row.note));
        let differs = row
            .differs()
            .then(|| html::p().class("small").child(html::strong().text(t.later().differs)));
        Some(
            html::tr()
                .test_id("appraised-row")
                .attr("data-item", item.id.as_str())
                .child(html::th().attr("scope", "row").text(&wording::item(lang, item)))
                .child(html::td().text(&state(row.own)))
                .child(
                    html::td().child(html::p().text(&state(superior))).maybe(differs).maybe(note),
                ),
        )
    });
    let table = html::table()
        .class("table")
        .child(html::thead().child(heads))
        .child(html::tbody().children(lines.collect::<Vec<_>>()));
    html::div()
        .class("scroll")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-labelledby", "appraisals-title")
        .child(table)
}

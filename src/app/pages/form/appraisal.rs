//! Appraisals of the form: above it, at its items, and side by side in the review.

use super::annotation::Slot;
use super::plan;
use super::signatures::standing;
use crate::app::actions::Form;
use crate::app::parts::{self, El, hint, html, named, scrolling, sheet};
use crate::app::state::appraisals::Appraisals;
use crate::app::text::{Text, fill};
use crate::app::{host, wording};
use crate::desk::{AppraisedItem, side_by_side};
use crate::device::{AppraisedBy, VerifiedAppraisal};
use crate::rules::Verdict;
use crate::seal::AppraisalDecision;
use crate::session::Missing;
use crate::value::{Lang, is_blank, shown as shown_as};
use leptos::prelude::*;

/// The appraisal at a slot.
pub fn at(form: &Form, all: &Appraisals, slot: Slot, t: &'static Text, lang: Lang) -> Option<El> {
    match slot {
        Slot::Above => above(form, all, t),
        Slot::Item(index) => at_item(form, all, index, t),
        Slot::Review => Some(in_review(all, t, lang)),
        Slot::HandedIn => None,
    }
}

/// The appraisal that stands, until the form is signed again.
fn current<'a>(form: &Form, all: &'a Appraisals) -> Option<&'a VerifiedAppraisal> {
    all.standing(form.look(|session| session.form().revision))
}

/// Whose word it is.
fn by(t: &Text, by: &AppraisedBy) -> String {
    match by {
        AppraisedBy::Superior(name) => fill(t.later().by_superior, &[&wording::name(t, name)]),
        AppraisedBy::Unit => t.later().by_unit.to_owned(),
        AppraisedBy::Revoked(day) => fill(t.later().by_revoked, &[&wording::day(*day)]),
        AppraisedBy::Unknown => t.later().by_unknown.to_owned(),
    }
}

/// The same for tests and tools.
fn by_word(by: &AppraisedBy) -> &'static str {
    match by {
        AppraisedBy::Superior(_) => "superior",
        AppraisedBy::Unit => "unit",
        AppraisedBy::Revoked(_) => "revoked",
        AppraisedBy::Unknown => "unknown",
    }
}

/// The appraisal that stands, in a line for paper.
pub fn on_paper(form: &Form, t: &Text) -> Option<String> {
    let all = form.appraisals.borrow().clone()?;
    let opinion = current(form, &all)?;
    Some(format!("{}. {}.", by(t, &opinion.by), heading(t, opinion)))
}

/// The heading of an appraisal: revision, decision, date.
fn heading(t: &Text, shown: &VerifiedAppraisal) -> String {
    let content = shown.appraisal.content();
    let revision = shown.submission.assessment().revision.to_string();
    let all = AppraisalDecision::ALL;
    let decision = wording::word_of(all, content.decision, &t.later().decisions);
    fill(t.later().appraised, &[&revision, decision, &wording::day(content.date)])
}

fn above(form: &Form, all: &Appraisals, t: &'static Text) -> Option<El> {
    let shown = current(form, all)?;
    let content = shown.appraisal.content();
    let class = match content.decision {
        AppraisalDecision::Returned | AppraisalDecision::NotRecognised => "notice notice--bad",
        AppraisalDecision::Agreed | AppraisalDecision::Recognised => "notice",
    };
    let next = shown.is_returned().then(|| {
        let next = (shown.submission.assessment().revision + 1).to_string();
        html::p().text(&fill(t.later().returned_say, &[&next]))
    });
    let banner = html::div()
        .class(class)
        .test_id("appraised")
        .attr("data-decision", content.decision.as_str())
        .attr("data-by", by_word(&shown.by))
        .child(html::p().child(html::strong().text(&by(t, &shown.by))))
        .child(html::p().child(html::strong().text(&heading(t, shown))));
    Some(banner.maybe(note(&content.note)).maybe(next))
}

/// What was written, if anything.
fn note(text: &str) -> Option<El> {
    (!is_blank(text)).then(|| html::p().text(text))
}

fn rows(shown: &VerifiedAppraisal) -> Vec<AppraisedItem> {
    side_by_side(&shown.pack, &shown.submission, &shown.appraisal)
}

/// The remark at an item.
fn at_item(form: &Form, all: &Appraisals, place: usize, t: &'static Text) -> Option<El> {
    let opinion = current(form, all)?;
    let row = rows(opinion).into_iter().find(|row| row.index == place && row.superior.is_some())?;
    let said = wording::signed_verdict(t, Verdict::from(row.superior?));
    let said = named(&by(t, &opinion.by), html::strong().text(&said));
    let remark = html::div().class("remark").test_id("remark");
    Some(remark.attr("data-by", by_word(&opinion.by)).child(said).maybe(note(&row.note)))
}

/// Did the superior return the form as it was signed last?
pub fn is_returned(form: &Form) -> bool {
    form.drawn.track();
    form.handed_in();
    let all = form.appraisals.borrow().clone();
    all.is_some_and(|all| current(form, &all).is_some_and(VerifiedAppraisal::is_returned))
}

/// The next item that was returned and not changed since, after where the person is, and then from the top.
pub fn next_returned(form: &Form) -> Option<Missing> {
    let all = form.appraisals.borrow().clone()?;
    let shown = current(form, &all).filter(|shown| shown.is_returned())?;
    let sealed = &shown.submission.assessment().items;
    form.look(|session| {
        let is_same = |row: &AppraisedItem| {
            let item = shown.pack.items.get(row.index);
            item.is_some_and(|item| session.form().items.get(&item.id) == sealed.get(&item.id))
        };
        let left = shown.objections().into_iter().filter(is_same);
        let left: Vec<_> = left.map(|row| Missing::Item(row.index)).collect();
        let after = left.iter().find(|one| session.place_of(one) > form.here());
        after.or_else(|| left.first()).cloned()
    })
}

/// What the superior returned, each item leading to its place, with the word whether it was changed since; `None`
/// where the form is not returned.
pub fn left(form: &Form, t: &'static Text, lang: Lang) -> Option<El> {
    form.drawn.track();
    let all = form.appraisals.borrow().clone()?;
    // A form that is signed again is not returned any more.
    form.handed_in();
    let shown = current(form, &all).filter(|shown| shown.is_returned())?;
    let sealed = &shown.submission.assessment().items;
    let line = |row: AppraisedItem| {
        let item = shown.pack.items.get(row.index)?;
        let is_changed = form.watch(|session| {
            let now = session.item(row.index).map(|state| state.verdict);
            session.form().items.get(&item.id) != sealed.get(&item.id) || now != Some(row.own)
        });
        let name = wording::item(lang, item);
        let said = [
            (!is_blank(&row.note)).then(|| shown_as(&row.note).into_owned()),
            is_changed.then(|| t.later().filing.returned_changed.to_owned()),
        ];
        let said: Vec<_> = said.into_iter().flatten().collect();
        let words = if said.is_empty() { name } else { format!("{name} – {}", said.join("; ")) };
        Some(
            plan::jump(form, &words, Some(Missing::Item(row.index)))
                .attr("data-item", item.id.as_str()),
        )
    };
    let objections = shown.objections();
    let title = match objections.len() {
        0 => t.returned.to_owned(),
        count => fill(t.returned_items, &[&count.to_string()]),
    };
    let lines = objections.into_iter().filter_map(line);
    Some(
        html::div()
            .test_id("returned-list")
            .child(html::h3().text(&title))
            .child(html::ul().class("bullets").children(lines)),
    )
}

/// All appraisals for the review, newest first.
fn in_review(all: &Appraisals, t: &'static Text, lang: Lang) -> El {
    sheet("appraisals-title", t.later().appraisals)
        .test_id("appraisals")
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
        .child(html::p().child(html::strong().text(&by(t, &shown.by))))
        .maybe(note(&content.note))
        .child(html::p().text(&fill(t.later().appraised_counts, &[&differing, &others])))
        .maybe((!said.is_empty()).then(|| columns(shown, &said, t, lang)));
    let code = fill(t.later().appraised_of, &[&shown.submission.check_code()]);
    let signers = shown.signers.iter().map(|signer| {
        let standing = standing(t, signer, &all.own, &all.others);
        let (time, date) = host::local(signer.issued);
        let code = fill(t.later().key_code, &[&signer.key.check_code()]);
        let when = fill(t.later().signed_when, &[&time, &date]);
        hint(&format!("{code}, {when}. {standing}"))
    });
    part.child(hint(&code)).children(signers)
}

fn columns(shown: &VerifiedAppraisal, rows: &[&AppraisedItem], t: &'static Text, lang: Lang) -> El {
    let heads = [t.later().col_item, t.later().col_own, t.later().col_superior];
    let state = |verdict| wording::signed_verdict(t, verdict);
    let lines = rows.iter().filter_map(|row| {
        let item = shown.pack.items.get(row.index)?;
        let superior = html::p().text(&state(Verdict::from(row.superior?)));
        let note = note(&row.note).map(|note| note.class("small"));
        let differs = html::strong().text(t.later().differs);
        let differs = row.differs().then(|| html::p().class("small").child(differs));
        let line = parts::row(&wording::item(lang, item))
            .test_id("appraised-row")
            .attr("data-item", item.id.as_str());
        Some(
            line.child(html::td().text(&state(row.own)))
                .child(html::td().child(superior).maybe(differs).maybe(note)),
        )
    });
    let heads = heads.map(parts::column).into();
    scrolling("appraisals-title", parts::table("table", heads, lines.collect()))
}

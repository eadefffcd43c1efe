//! Papers on one unit: the minutes of the appraisal of its form, and the notice that it is returned.

use std::rc::Rc;

use leptos::prelude::*;

use super::paper::{Paper, line, lower, rules};
use crate::app::parts::{self, El, html};
use crate::app::state::papers::AppraisedForm;
use crate::app::text::fill;
use crate::app::wording::{self, word_of};
use crate::desk::{AppraisedItem, Results, number_and_note, side_by_side};
use crate::pack::Pack;
use crate::rules::Verdict;
use crate::seal::AppraisalDecision;
use crate::value::{is_blank, plain_lines, shown};

/// How many lines are ruled where nothing is said of the whole.
const RULES: usize = 2;

/// A form with its pack.
struct Unit {
    own: Rc<AppraisedForm>,
    pack: Rc<Pack>,
    /// The items of which something else is said, or which have a remark.
    items: Vec<AppraisedItem>,
}

impl Unit {
    fn of(paper: &Paper) -> Option<Unit> {
        let own = paper.own.state().appraised.get()?;
        let packs = paper.own.page.app.device.packs();
        let pack = packs.by_digest(&own.submission.assessment().pack.digest)?.clone();
        let all = side_by_side(&pack, &own.submission, &own.appraisal);
        let items = all.into_iter().filter(|item| item.differs() || !is_blank(&item.note));
        Some(Unit { items: items.collect(), own, pack })
    }

    fn name(&self, paper: &Paper) -> String {
        let unit = &self.own.submission.assessment().unit;
        match unit.parent.as_str() {
            parent if is_blank(parent) => paper.name(&unit.name),
            parent => fill(paper.own.w.form_parent, &[&paper.name(&unit.name), &shown(parent)]),
        }
    }

    fn period(&self, paper: &Paper) -> String {
        lower(&paper.period(&self.own.submission.assessment().period))
    }

    /// Items with both verdicts and the remark.
    fn table(&self, paper: &Paper) -> El {
        let (t, w) = (paper.own.vi.t, paper.own.w);
        let rows = self.items.iter().filter_map(|own| {
            let item = self.pack.items.get(own.index)?;
            let superior = own.superior.map(|verdict| wording::verdict(t, Verdict::from(verdict)));
            Some(
                parts::row(&wording::item(paper.own.vi.lang, item))
                    .child(html::td().class("mark").text(wording::verdict(t, own.own)))
                    .child(html::td().class("mark").text(superior.unwrap_or(w.as_unit)))
                    .child(html::td().text(&plain_lines(&own.note))),
            )
        });
        let [what, own, superior, note] = w.minutes_columns;
        let mark = |words: &str| parts::column(words).class("mark");
        let heads = vec![parts::column(what), mark(own), mark(superior), parts::column(note)];
        parts::table("grid grid--minutes", heads, rows.collect())
    }

    /// Each criterion, by the unit and with what the superior changes.
    fn criteria(&self, paper: &Paper, own: &Results, superior: &Results) -> El {
        let (t, w) = (paper.own.vi.t, paper.own.w);
        let both = own.criteria.iter().zip(&superior.criteria);
        let rows = self.pack.criteria.iter().zip(both).enumerate();
        let rows = rows.map(|(place, (criterion, (own, superior)))| {
            let name = format!("{}. {}", place + 1, criterion.label.text(paper.own.vi.lang));
            let cell = |own| html::td().class("mark").text(wording::criterion(t, own).1);
            parts::row(&name).child(cell(*own)).child(cell(*superior))
        });
        let [_, unit, other, _] = w.minutes_columns;
        let mark = |words: &str| parts::column(words).class("mark");
        let heads = vec![parts::column(w.criterion_column), mark(unit), mark(other)];
        parts::table("grid grid--sum", heads, rows.collect())
    }
}

/// The minutes between their head and their end.
pub(super) fn minutes(paper: &Paper) -> Vec<El> {
    let Some(unit) = Unit::of(paper) else { return Vec::new() };
    let (t, w, settings) = (paper.own.vi.t, paper.own.w, paper.own.settings());
    let form = unit.own.submission.assessment();
    let content = unit.own.appraisal.content();
    let (number, note) = number_and_note(&content.note);
    let day = wording::day(content.date);
    let own = Results::of(&unit.pack, form);
    let said = content.items.iter().map(|(id, said)| (id, said.verdict));
    let superior = Results::with(&unit.pack, form, said);
    let types = unit.pack.types.iter().find(|one| one.id == form.unit.unit_type);
    let unit_type = types.map(|one| one.label.text(paper.own.vi.lang)).unwrap_or_default();
    let title = unit.pack.title.text(paper.own.vi.lang);
    let code = unit.own.submission.check_code();
    let about = [&unit.name(paper), &lower(unit_type), &unit.period(paper), &code, title];
    let verdict = |own: &Results| lower(wording::form_verdict(t, own.verdict).1);
    let decision = word_of(AppraisalDecision::ALL, content.decision, &w.decisions);
    let mut all = vec![
        line(&fill(w.when, &[&day])),
        line(&fill(w.place, &[&paper.or(&settings.place, w.dots)])),
        line(&fill(w.chair, &[&paper.or(&settings.chair, w.dots)])),
        line(&fill(w.clerk, &[&paper.or(&settings.clerk, w.dots)])),
        line(&fill(w.there, &[w.dots])),
        line(&fill(w.form, &about.map(AsRef::as_ref))),
        line(&fill(w.verdicts, &[&verdict(&own), &verdict(&superior)])),
        unit.criteria(paper, &own, &superior),
    ];
    if unit.items.is_empty() {
        all.push(line(w.no_differing));
    } else {
        all.push(line(w.differing));
        all.push(unit.table(paper));
    }
    if is_blank(note) {
        all.push(line(&fill(w.note, &[""])));
        all.extend(rules(RULES));
    } else {
        all.push(line(&fill(w.note, &[&plain_lines(note)])));
    }
    all.push(line(&match number {
        "" => fill(w.decision, &[&lower(decision), &day]),
        number => fill(w.decision_number, &[&lower(decision), &shown(number), &day]),
    }));
    all.push(line(w.end));
    all
}

/// The notice between its head and its end.
pub(super) fn returned(paper: &Paper) -> Vec<El> {
    let Some(unit) = Unit::of(paper) else { return Vec::new() };
    let w = paper.own.w;
    let (_, note) = number_and_note(&unit.own.appraisal.content().note);
    let name = paper.name(&unit.own.submission.assessment().unit.name);
    let code = unit.own.submission.check_code();
    let about = [&*paper.issuer(), &name, &unit.period(paper), &code];
    let mut all = vec![
        html::p().class("about dear").text(&fill(w.dear, &[&name])),
        line(&fill(w.returned, &about)),
    ];
    if unit.items.is_empty() {
        all.push(line(w.returned_no_items));
    } else {
        all.push(line(w.returned_items));
        all.push(unit.table(paper));
    }
    if is_blank(note) {
        all.push(line(&fill(w.returned_note, &[""])));
        all.extend(rules(RULES));
    } else {
        all.push(line(&fill(w.returned_note, &[&plain_lines(note)])));
    }
    all.push(line(&fill(w.returned_end, &[&name])));
    all
}

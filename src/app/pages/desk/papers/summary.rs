//! The sum of the results: by type, and of each criterion.

use super::paper::{Paper, line};
use crate::app::parts::{self, El, html};
use crate::app::text::fill;
use crate::desk::register::{Counts, Grouped};
use crate::rules::{CriterionVerdict, FormVerdict};
use crate::seal::AppraisalDecision;
use crate::value::Id;

pub(super) const RESULTS: [FormVerdict; 4] = [
    FormVerdict::Eligible,
    FormVerdict::NotEligible,
    FormVerdict::Incomplete,
    FormVerdict::Pending,
];
pub(super) const DECISIONS: [AppraisalDecision; 4] = [
    AppraisalDecision::Recognised,
    AppraisalDecision::Agreed,
    AppraisalDecision::Returned,
    AppraisalDecision::NotRecognised,
];
const CRITERION: [CriterionVerdict; 3] =
    [CriterionVerdict::Passed, CriterionVerdict::Failed, CriterionVerdict::Incomplete];

/// How often each of some values occurs.
pub(super) fn counts<T: Copy + Ord>(all: &Counts<T>, values: &[T]) -> Vec<usize> {
    values.iter().map(|value| all.of(*value)).collect()
}

/// The tables below their head.
pub(super) fn body(paper: &Paper) -> Vec<El> {
    let w = paper.own.w;
    let sum = &paper.made_of.sum.summary;
    let forms = sum.verdicts.all.all();
    let title = |words: &str| html::h2().text(words);
    let opinions = by_type(paper, &sum.verdicts, |of| {
        let counts_of = |all: &Grouped<AppraisalDecision>| match of {
            None => counts(&all.all, &DECISIONS),
            Some(id) => all.by_type.get(id).map_or(vec![0; 4], |own| counts(own, &DECISIONS)),
        };
        let forms = match of {
            None => sum.verdicts.all.all(),
            Some(id) => sum.verdicts.by_type.get(id).map_or(0, Counts::all),
        };
        let mut all = counts_of(&sum.decisions);
        let decided: usize = all.iter().sum();
        all.push(forms.saturating_sub(decided));
        all
    });
    let results = by_type(paper, &sum.verdicts, |of| match of {
        None => counts(&sum.verdicts.all, &RESULTS),
        Some(id) => sum.verdicts.by_type.get(id).map_or(vec![0; 4], |own| counts(own, &RESULTS)),
    });
    let mut parts = vec![
        html::p().class("about").text(&fill(w.by_pack, &[&paper.pack()])),
        line(&fill(w.total, &[&forms.to_string()])),
    ];
    parts.extend(paper.doubt());
    parts.extend([
        title(w.results),
        table(w.unit_type, &[&w.results_are[..], &[w.sum]].concat(), results),
        title(w.opinions),
        table(w.unit_type, &[&w.opinions_are[..], &[w.sum]].concat(), opinions),
        title(w.criteria),
        criteria(paper),
    ]);
    parts
}

/// A row: what it is of, and its numbers.
type Line = (String, Vec<usize>);

/// A line of each type in the order of the pack, and their sum.
fn by_type(
    paper: &Paper,
    forms: &Grouped<FormVerdict>,
    of: impl Fn(Option<&Id>) -> Vec<usize>,
) -> Vec<Line> {
    let pack = paper.view.pack();
    let place = |id: &Id| {
        pack.and_then(|pack| pack.types.iter().position(|own| own.id == *id)).unwrap_or(usize::MAX)
    };
    let mut types: Vec<_> = forms.by_type.keys().collect();
    types.sort_by_key(|id| place(id));
    let lines = types.into_iter().map(|id| (paper.view.type_name(id), of(Some(id))));
    lines.chain([(paper.own.w.sum.to_owned(), of(None))]).collect()
}

fn number(words: &str) -> El {
    html::td().class("mark").text(words)
}

fn table(of: &str, names: &[&str], lines: Vec<Line>) -> El {
    let heads = names.iter().map(|words| parts::column(words).class("mark"));
    let heads = std::iter::once(parts::column(of)).chain(heads).collect();
    let last = lines.len().saturating_sub(1);
    let rows = lines.into_iter().enumerate().map(|(place, (name, numbers))| {
        let all: usize = numbers.iter().sum();
        let numbers = numbers.iter().chain([&all]).map(|own| number(&own.to_string()));
        let row = parts::row(&name).children(numbers);
        if place == last { row.class("strong") } else { row }
    });
    parts::table("grid grid--sum", heads, rows.collect())
}

fn criteria(paper: &Paper) -> El {
    let w = paper.own.w;
    let all = &paper.made_of.sum.summary.criteria;
    let names = w.criteria_parts.iter().chain([&w.sum, &w.rate]);
    let heads = names.map(|words| parts::column(words).class("mark"));
    let heads = std::iter::once(parts::column(w.criterion_column)).chain(heads).collect();
    let rows = paper.criteria().into_iter().filter_map(|id| {
        let own = &all.get(&id)?.all;
        let numbers = counts(own, &CRITERION);
        let whole = own.all();
        let rate = own.passed().per_mille().map(|rate| paper.view.rate(rate));
        let numbers = numbers.iter().chain([&whole]).map(|own| number(&own.to_string()));
        let row = parts::row(&paper.view.criterion(&id)).children(numbers);
        Some(row.child(number(&rate.unwrap_or_default())))
    });
    parts::table("grid grid--sum", heads, rows.collect())
}

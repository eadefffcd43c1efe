//! The charts of an overview.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

use super::View;
use super::bars::{Bar, Chart};
use crate::app::state::overview::By;
use crate::app::text::fill;
use crate::app::wording;
use crate::desk::register::{Change, Counts, Grouped, Overview, Share};
use crate::rules::{CriterionVerdict, FormVerdict, Verdict};
use crate::seal::AppraisalDecision;
use crate::value::{Id, order_key};

const CRITERION: [CriterionVerdict; 3] =
    [CriterionVerdict::Passed, CriterionVerdict::Failed, CriterionVerdict::Incomplete];
const ITEM: [Verdict; 3] = [Verdict::Met, Verdict::NotMet, Verdict::Unanswered];
const FAILING: [Verdict; 3] = [Verdict::NotMet, Verdict::Met, Verdict::Unanswered];
const FORM: [FormVerdict; 4] = [
    FormVerdict::Eligible,
    FormVerdict::NotEligible,
    FormVerdict::Incomplete,
    FormVerdict::Pending,
];
const DECISIONS: [AppraisalDecision; 4] = [
    AppraisalDecision::Recognised,
    AppraisalDecision::Agreed,
    AppraisalDecision::Returned,
    AppraisalDecision::NotRecognised,
];
/// How many of the items that fail most are shown, as in `bontot report`.
const MOST_FAILING: usize = 10;

fn parts<T: Copy + Ord>(counts: &Counts<T>, values: &[T]) -> Vec<usize> {
    values.iter().map(|value| counts.of(*value)).collect()
}

fn bar(id: &str, name: String, parts: Vec<usize>) -> Bar {
    Bar { group: String::new(), id: id.to_owned(), name, parts }
}

/// Results of forms, or decisions on them: of all, and of each type.
fn of_forms<T: Copy + Ord>(view: &View, forms: &Grouped<T>, values: &[T]) -> Vec<Bar> {
    let mut bars = vec![bar("", view.o.all.to_owned(), parts(&forms.all, values))];
    let types = forms.by_type.iter();
    bars.extend(types.map(|(id, own)| bar(id.as_str(), view.type_name(id), parts(own, values))));
    bars
}

pub(super) fn results(view: &View, shown: &Overview) -> Chart {
    let verdicts = &shown.summary.verdicts;
    Chart {
        id: "results",
        title: view.o.results.to_owned(),
        say: None,
        of: view.d.unit_type,
        legend: FORM.iter().map(|own| wording::form_verdict(view.t, *own).1).collect(),
        first: 1,
        rate: view.o.rates[0],
        is_cut: false,
        bars: of_forms(view, verdicts, &FORM),
    }
}

pub(super) fn decisions(view: &View, shown: &Overview) -> Option<Chart> {
    let decisions = &shown.summary.decisions;
    (decisions.all.all() > 0).then(|| Chart {
        id: "decisions",
        title: view.o.decisions.to_owned(),
        say: None,
        of: view.d.unit_type,
        legend: view.o.decision_names.to_vec(),
        first: 1,
        rate: view.o.rates[1],
        is_cut: false,
        bars: of_forms(view, decisions, &DECISIONS),
    })
}

pub(super) fn criteria(view: &View, shown: &Overview) -> Chart {
    let all = &shown.summary.criteria;
    let bars = view.criteria(all).into_iter().map(|id| {
        let counts = all.get(&id).map(|own| parts(&own.all, &CRITERION));
        bar(id.as_str(), view.criterion(&id), counts.unwrap_or_default())
    });
    Chart {
        id: "criteria",
        title: view.o.criteria.to_owned(),
        say: None,
        of: view.o.criterion,
        legend: view.o.criterion_parts.to_vec(),
        first: 1,
        rate: view.o.rates[2],
        is_cut: false,
        bars: bars.collect(),
    }
}

pub(super) fn items(view: &View, shown: &Overview) -> Chart {
    let all = &shown.summary.items;
    let bars = view.items(all).into_iter().map(|id| {
        let counts = all.get(&id).map(|own| parts(&own.all, &ITEM)).unwrap_or_default();
        let group = view.criterion_of(&id);
        Bar { group, ..bar(id.as_str(), view.item(&id), counts) }
    });
    Chart {
        id: "items",
        title: view.o.items.to_owned(),
        say: Some(view.o.items_say.to_owned()),
        of: view.o.item,
        legend: view.o.item_parts.to_vec(),
        first: 1,
        rate: view.o.rates[2],
        is_cut: false,
        bars: bars.collect(),
    }
}

pub(super) fn failing(view: &View, shown: &Overview) -> Option<Chart> {
    let all = shown.summary.failing(MOST_FAILING);
    let bars = all.iter().filter_map(|(id, _)| {
        let counts = parts(&shown.summary.items.get(*id)?.all, &FAILING);
        Some(bar(id.as_str(), view.item(id), counts))
    });
    (!all.is_empty()).then(|| Chart {
        id: "failing",
        title: view.o.failing.to_owned(),
        say: Some(view.o.items_say.to_owned()),
        of: view.o.item,
        legend: view.o.failing_parts.to_vec(),
        first: 1,
        rate: view.o.rates[3],
        is_cut: false,
        bars: bars.collect(),
    })
}

/// What superiors made of items; nothing where they changed none.
pub(super) fn changes(view: &View, shown: &Overview) -> Option<Chart> {
    let changes = &shown.summary.changes;
    let (met, not_met) = (Verdict::Met, Verdict::NotMet);
    let bars = changes.changed().into_iter().filter_map(|(id, changed)| {
        let counts = changes.items.get(id)?;
        let of = |own, superior| counts.of(Change { own, superior });
        let (down, up) = (of(met, not_met), of(not_met, met));
        let parts = vec![down, up, changed - down - up, counts.all() - changed];
        Some(bar(id.as_str(), view.item(id), parts))
    });
    let bars: Vec<Bar> = bars.collect();
    (!bars.is_empty()).then(|| Chart {
        id: "changes",
        title: view.o.changes.to_owned(),
        say: Some(fill(view.o.changes_say, &[&changes.forms.to_string()])),
        of: view.o.item,
        legend: view.o.change_parts.to_vec(),
        first: 3,
        rate: view.o.change_rate,
        is_cut: false,
        bars,
    })
}

/// The parts of groups, by type or by parent, in the order of their names.
fn groups<T: Copy + Ord>(view: &View, own: &Grouped<T>, by: By, values: &[T]) -> Vec<Bar> {
    let mut bars: Vec<Bar> = match by {
        By::Type => own
            .by_type
            .iter()
            .map(|(id, own)| bar(id.as_str(), view.type_name(id), parts(own, values)))
            .collect(),
        By::Parent => own
            .by_parent
            .iter()
            .map(|(key, own)| bar(key, view.parent(key), parts(own, values)))
            .collect(),
    };
    bars.sort_by_cached_key(|own| order_key(&own.name));
    bars
}

/// One criterion or item in groups.
pub(super) fn grouped(view: &View, shown: &Overview) -> Chart {
    let by = view.page.desk.state.overview.by.get();
    let (summary, part) = (&shown.summary, view.part(shown));
    let criterion = part.as_ref().and_then(|id| summary.criteria.get(id));
    let item = part.as_ref().and_then(|id| summary.items.get(id));
    let (bars, legend) = match (criterion, item) {
        (Some(own), _) => (groups(view, own, by, &CRITERION), view.o.criterion_parts),
        (None, Some(own)) => (groups(view, own, by, &ITEM), view.o.item_parts),
        (None, None) => (Vec::new(), view.o.item_parts),
    };
    let name = part.map(|id| view.part_name(&id)).unwrap_or_default();
    Chart {
        id: "groups",
        title: format!("{}: {name}", view.o.groups),
        say: None,
        of: view.o.by_names[usize::from(by == By::Parent)],
        legend: legend.to_vec(),
        first: 1,
        rate: view.o.rates[2],
        is_cut: true,
        bars,
    }
}

/// What passes in each period, in order of time.
pub(super) fn periods(view: &View, shown: &Overview) -> Chart {
    let ids: BTreeSet<&Id> = shown.moments.iter().flat_map(|own| own.criteria.keys()).collect();
    let known: BTreeMap<Id, ()> = ids.into_iter().map(|id| (id.clone(), ())).collect();
    let series = std::iter::once(None).chain(view.criteria(&known).into_iter().map(Some));
    let mut bars = Vec::new();
    for own in series {
        let group = own.as_ref().map_or(view.o.eligible.to_owned(), |id| view.criterion(id));
        for moment in &shown.moments {
            let share = match &own {
                None => Some(moment.eligible),
                Some(id) => moment.criteria.get(id).copied(),
            };
            let Share { part, whole } = share.unwrap_or_default();
            bars.push(Bar {
                group: group.clone(),
                id: own.as_ref().map(Id::to_string).unwrap_or_default(),
                name: wording::period(view.t, &moment.period),
                parts: vec![part, whole - part],
            });
        }
    }
    Chart {
        id: "periods",
        title: view.o.periods.to_owned(),
        say: None,
        of: view.o.period,
        legend: view.o.passed_parts.to_vec(),
        first: 1,
        rate: view.o.rates[2],
        is_cut: false,
        bars,
    }
}

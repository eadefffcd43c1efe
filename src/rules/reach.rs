//! The points that a form still lacks after the other steps of its plan, and their possible sources.

use crate::form::Answer;
use crate::json::in_order;
use crate::pack::{Band, Expr, FieldKind, Item, PointScheme};
use crate::rules::nearest::set;
use crate::rules::plan::Planner;
use crate::rules::points::adjustments;
use crate::rules::{
    ItemProblem, ItemScore, ItemState, PlanStep, PointSource, Problem, Scope, Verdict,
};
use crate::value::Id;

/// The most that an item can bring beyond its points now.
pub(super) fn gain(planner: &Planner<'_>, item: &Item) -> i64 {
    let score = planner.state(item).and_then(|state| state.score);
    score.map_or(0, |score| (best(item) - score.earned).max(0))
}

/// The most points of an item, by its bands.
fn best(item: &Item) -> i64 {
    let Some(points) = &item.points else { return 0 };
    let bands = points.bands.iter().map(|band| band.points);
    bands.max().unwrap_or(points.max)
}

/// The step for points, where they decide and fall short even after the steps so far.
pub(super) fn points(planner: &Planner<'_>, steps: &[PlanStep]) -> Option<PlanStep> {
    let scheme = planner.pack.points.as_ref()?;
    let bands = scheme.bands.iter();
    let eligible: Vec<&Band> =
        bands.filter(|band| scheme.eligible_bands.contains(&band.id)).collect();
    let first = eligible.first()?;
    let reach = Reach::after(planner, scheme, steps);
    if reach.available == 0 {
        // No item is scored, so no band can be reached.
        return Some(PlanStep::Points {
            band: first.id.clone(),
            missing: 0,
            full_items: Vec::new(),
            sources: Vec::new(),
            is_reachable: false,
        });
    }
    let mut ways = eligible.into_iter().map(|band| reach.way(band));
    let mut nearest = ways.next()?;
    for way in ways {
        if rank(way.as_ref()) < rank(nearest.as_ref()) {
            nearest = way;
        }
    }
    nearest
}

/// Reached, then in reach with few changes, then out of reach.
fn rank(way: Option<&PlanStep>) -> (bool, usize) {
    match way {
        Some(PlanStep::Points { sources, is_reachable, .. }) => (!is_reachable, sources.len()),
        _ => (false, 0),
    }
}

struct Reach<'a> {
    planner: &'a Planner<'a>,
    /// The points of every item, after the steps so far.
    scores: Vec<Option<ItemScore>>,
    /// Adjustments included.
    earned: i64,
    available: i64,
    /// Adjustments that could count more often, with the points they can bring; and the most of all together.
    bonuses: Vec<(Id, i64)>,
    bonus_left: i64,
}

impl<'a> Reach<'a> {
    fn after(planner: &'a Planner<'a>, scheme: &PointScheme, steps: &[PlanStep]) -> Reach<'a> {
        let items = planner.pack.items.iter().enumerate();
        let scores: Vec<_> = items
            .map(|(index, item)| after(planner, item, planner.evaluation.item(index)?, steps))
            .collect();
        let of_items: i64 = scores.iter().flatten().map(|score| score.earned).sum();
        let available = scores.iter().flatten().map(|score| score.available).sum();
        let scope = planner.evaluation.scope();
        let (up, down) = adjustments(planner.pack, planner.form, scope);
        let mut bonuses = Vec::new();
        for adjustment in Scope::belonging(&planner.pack.adjustments, &scope.adjustments) {
            let times = planner.form.adjustments.get(&adjustment.id).copied().unwrap_or(0);
            let more = adjustment.points * (adjustment.max_times - times);
            if more > 0 && adjustment.points > 0 {
                bonuses.push((adjustment.id.clone(), more));
            }
        }
        Reach {
            planner,
            scores,
            earned: of_items + scheme.adjustment_cap.capped(up, down),
            available,
            bonuses,
            bonus_left: (scheme.adjustment_cap.up - up).max(0),
        }
    }

    /// The step to reach a band; `None` where it is reached.
    fn way(&self, band: &Band) -> Option<PlanStep> {
        let floor = (band.at_least_bp * self.available + 9_999) / 10_000;
        let missing = (floor - self.earned).max(0);
        let mut left = missing;
        let mut is_reachable = true;
        let mut sources = Vec::new();
        let mut full_items = Vec::new();
        // By index: the points that an item can still bring.
        let mut more: Vec<(usize, i64)> = Vec::new();
        for (index, item) in self.planner.pack.items.iter().enumerate() {
            let Some(score) = self.scores.get(index).copied().flatten() else {
                continue;
            };
            let gain = (best(item) - score.earned).max(0);
            if band.full_items.contains(&item.id) && score.earned < score.available {
                is_reachable &= score.earned + gain == score.available;
                full_items.push(item.id.clone());
                left -= gain;
                if gain > 0 {
                    sources.push(PointSource::Item { item: item.id.clone(), points: gain });
                }
            } else if gain > 0 {
                more.push((index, gain));
            }
        }
        if missing == 0 && full_items.is_empty() {
            return None;
        }
        let most_first = in_order(more.len(), |a, b| more[b].1.cmp(&more[a].1));
        for (index, gain) in most_first.into_iter().map(|at| more[at]) {
            if left <= 0 {
                break;
            }
            left -= gain;
            let item = &self.planner.pack.items[index];
            sources.push(PointSource::Item { item: item.id.clone(), points: gain });
        }
        let mut bonus_left = self.bonus_left;
        for (id, gain) in &self.bonuses {
            let gain = (*gain).min(bonus_left);
            if left <= 0 || gain == 0 {
                break;
            }
            left -= gain;
            bonus_left -= gain;
            sources.push(PointSource::Adjustment { adjustment: id.clone(), points: gain });
        }
        Some(PlanStep::Points {
            band: band.id.clone(),
            missing,
            full_items,
            sources,
            is_reachable: is_reachable && left <= 0,
        })
    }
}

/// The points of an item after the steps: its maximum where it is to be answered or met.
fn after(
    planner: &Planner<'_>,
    item: &Item,
    state: &ItemState,
    steps: &[PlanStep],
) -> Option<ItemScore> {
    let full =
        item.points.as_ref().map(|points| ItemScore { earned: best(item), available: points.max });
    let answer = |id: &Id| planner.form.items.get(id).cloned().unwrap_or_default();
    let judged = |answer: &Answer| ItemState::of(planner.pack, item, &planner.values(answer));
    for step in steps {
        match step {
            PlanStep::Answer { item: own, .. } if *own == item.id => return full,
            PlanStep::Meet { item: own, changes, .. } if *own == item.id => {
                let mut answer = answer(own);
                changes.iter().for_each(|change| set(&mut answer, &change.field, change.to));
                return match judged(&answer) {
                    // The changed numbers decide the points.
                    after if after.verdict == Verdict::Met && !changes.is_empty() => after.score,
                    _ => full,
                };
            }
            PlanStep::MeetSome { count, items, .. } => {
                let count = usize::try_from(*count).unwrap_or(0);
                if items.iter().take(count).any(|own| *own == item.id) {
                    return full;
                }
            }
            PlanStep::Mend { at: Problem::Item { problem, item: own, .. } } if *own == item.id => {
                match problem {
                    ItemProblem::PointsUnknown => {
                        let known = best_by_numbers(item, &answer(own), judged);
                        return full.map(|full| known.unwrap_or(full));
                    }
                    ItemProblem::ReasonRequired => {
                        let mut answer = answer(own);
                        if matches!(state.verdict, Verdict::Met | Verdict::NotApplicable) {
                            answer.verdict = None;
                        } else {
                            "…".clone_into(&mut answer.reason);
                        }
                        return judged(&answer).score;
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    state.score
}

/// The most ways in which blank numbers are tried.
const TRIES: usize = 256;

/// The score of an item with the best numbers in its blank fields, of those around which its bands may change; `None` where
/// that would be too many to try, or its points stay unknown.
fn best_by_numbers(
    item: &Item,
    answer: &Answer,
    judged: impl Fn(&Answer) -> ItemState,
) -> Option<ItemScore> {
    let mut constants = Vec::new();
    for band in item.points.iter().flat_map(|points| &points.bands) {
        band.when.each_expr(&mut |expr| {
            if let Expr::Int(value) = expr {
                constants.extend([value - 1, *value, value + 1]);
            }
        });
    }
    let mut tried = vec![answer.clone()];
    for field in &item.fields {
        let FieldKind::Integer { min, max } = field.kind else { continue };
        if answer.integer(&field.id).is_some() {
            continue;
        }
        let mut values: Vec<i64> = constants.iter().map(|value| *value.clamp(&min, &max)).collect();
        values.extend([min, max]);
        values.sort_unstable();
        values.dedup();
        if tried.len() * values.len() > TRIES {
            return None;
        }
        let with = |answer: &Answer| {
            let mut answers = vec![answer.clone(); values.len()];
            for (answer, value) in answers.iter_mut().zip(&values) {
                set(answer, &field.id, *value);
            }
            answers
        };
        tried = tried.iter().flat_map(with).collect();
    }
    let states = tried.iter().map(judged);
    let known = states
        .filter(|own| !own.problems.iter().any(|(one, _)| *one == ItemProblem::PointsUnknown));
    known.filter_map(|state| state.score).max_by_key(|score| score.earned)
}

//! Picks of endings where a better band does not make a form eligible and a later one does: then more points are not
//! always better, and every sum that the form can come to is looked at, up to a limit.

use std::collections::BTreeMap;

use crate::kit::analysis::model::{Model, Own};
use crate::kit::analysis::search::{Pick, Picked};
use crate::kit::findings::Obstacle;
use crate::pack::PointScheme;
use crate::rules::Verdict;

/// The most states that are looked at beside each other.
const LIMIT: usize = 20_000;

/// What a form comes to so far, at first and after the change of one answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    passed: i64,
    share: i64,
    is_failed: bool,
    is_open: bool,
    available: i64,
    earned: [i64; 2],
    /// By bit: the bands of which an item is not full.
    not_full: [u64; 2],
}

/// What is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A form that is eligible.
    Eligible,
    /// A complete form whose band does not make it eligible, with fewer points than before the answer to this item changed
    /// for the better. Its state is the one afterwards; the second half of it is what was before.
    Outside(usize),
    /// A form that leaves the eligible bands when the answer to this item, by index in the model, changes for the better.
    Leaves(usize),
}

/// What serves: for each item its ending, and how often each adjustment counts.
pub(super) struct Exact {
    pub pick: Pick,
    pub times: Vec<i64>,
}

type Choice = (usize, usize);

/// Looks for a pick.
pub(super) fn pick(
    model: &Model<'_>,
    scheme: &PointScheme,
    wanted: Wanted,
    possible: &[Vec<usize>],
) -> Result<Option<Exact>, Undecided> {
    if scheme.bands.len() > 64 {
        return Err(Undecided);
    }
    let mut order: Vec<usize> = (0..model.items.len()).collect();
    order.sort_by_key(|at| model.items[*at].criterion);
    let mut layers: Vec<BTreeMap<State, (State, Choice)>> = Vec::new();
    let mut states = BTreeMap::from([(State::default(), (State::default(), (0, 0)))]);
    let mut done = 0;
    let mut marks = Vec::new();
    for at in &order {
        let own = &model.items[*at];
        states = close(states, &mut layers, &mut marks, own.criterion - done);
        done = own.criterion;
        let mut next = BTreeMap::new();
        let choices = choices(own, *at, &possible[*at], wanted);
        if !model.memo.take(states.len() * choices.len()) {
            return Err(Undecided);
        }
        for state in states.keys() {
            for choice in &choices {
                let choice = *choice;
                if let Some(new) = step(model, scheme, own, *state, choice) {
                    next.entry(new).or_insert((*state, choice));
                }
            }
        }
        if next.len() > LIMIT {
            return Err(Undecided);
        }
        layers.push(std::mem::replace(&mut states, next));
        marks.push(Some(*at));
    }
    let left = model.pack.criteria.len() - done;
    states = close(states, &mut layers, &mut marks, left);
    let sums = adjustments(model, scheme)?;
    let required = model.pack.decision.criteria_required;
    let earned =
        |state: &State, n: usize, sum: i64| (state.earned[n] + sum).clamp(0, state.available);
    let eligible = |state: &State, n: usize, sum: i64| {
        let earned = earned(state, n, sum);
        let bp = (state.available > 0).then(|| earned * 10_000 / state.available);
        let is_reached = |(band, own): &(usize, &crate::pack::Band)| {
            bp.is_some_and(|bp| bp >= own.at_least_bp) && state.not_full[n] >> band & 1 == 0
        };
        let band = scheme.bands.iter().enumerate().find(is_reached);
        band.is_some_and(|(_, band)| scheme.eligible_bands.contains(&band.id))
    };
    for state in states.keys().filter(|state| state.passed >= required) {
        for (sum, times) in &sums {
            let is_wanted = match wanted {
                Wanted::Eligible => eligible(state, 0, *sum),
                Wanted::Outside(_) => {
                    !eligible(state, 0, *sum) && earned(state, 0, *sum) < earned(state, 1, *sum)
                }
                Wanted::Leaves(_) => eligible(state, 0, *sum) && !eligible(state, 1, *sum),
            };
            if !is_wanted {
                continue;
            }
            let mut pick = vec![None; model.items.len()];
            let mut at_state = *state;
            layers.push(states.clone());
            for n in (1..layers.len()).rev() {
                let Some((before, choice)) = layers[n].get(&at_state) else {
                    return Err(Undecided);
                };
                if let Some(at) = marks[n - 1] {
                    pick[at] = Some(choice.0);
                }
                at_state = *before;
            }
            return Ok(Some(Exact { pick, times: times.clone() }));
        }
    }
    Ok(None)
}

/// It is too much to decide.
pub(super) struct Undecided;

/// As a pick that is searched for.
pub(super) fn picked(exact: &Result<Option<Exact>, Undecided>) -> Picked<Obstacle> {
    match exact {
        Ok(Some(exact)) => Picked::Yes(exact.pick.clone()),
        Ok(None) => Picked::No(vec![Obstacle::BandWindow]),
        Err(Undecided) => Picked::Undecided,
    }
}

/// Ends criteria: each is passed or not.
fn close(
    states: BTreeMap<State, (State, Choice)>,
    layers: &mut Vec<BTreeMap<State, (State, Choice)>>,
    marks: &mut Vec<Option<usize>>,
    count: usize,
) -> BTreeMap<State, (State, Choice)> {
    let mut states = states;
    for n in 0..count {
        let mut next = BTreeMap::new();
        for state in states.keys() {
            let is_passed = !state.is_failed && !state.is_open && state.share >= 0;
            let passed = state.passed + i64::from(is_passed);
            let new = State { passed, share: 0, is_failed: false, is_open: false, ..*state };
            next.entry(new).or_insert((*state, (n, n)));
        }
        layers.push(std::mem::replace(&mut states, next));
        marks.push(None);
    }
    states
}

/// The endings that an item may have, with that of a better answer where it is to change.
fn choices(own: &Own<'_>, at: usize, possible: &[usize], wanted: Wanted) -> Vec<Choice> {
    let is_allowed = |ending: &&usize| match own.endings[**ending].verdict {
        Verdict::Met | Verdict::NotApplicable => true,
        Verdict::NotMet => !own.on_fail && (!own.on_pending || wanted != Wanted::Eligible),
        Verdict::Unanswered => !own.on_fail && !own.on_pending,
    };
    let pairs = possible.iter().flat_map(|one| possible.iter().map(|other| (*one, *other)));
    let pairs = pairs.filter(|(before, after)| is_better(own, *before, *after));
    match wanted {
        Wanted::Leaves(changed) if changed == at => {
            pairs.filter(|(before, after)| is_allowed(&before) && is_allowed(&after)).collect()
        }
        Wanted::Outside(changed) if changed == at => {
            let pairs = pairs.map(|(before, after)| (after, before));
            pairs.filter(|(after, _)| is_allowed(&after)).collect()
        }
        _ => possible.iter().filter(is_allowed).map(|ending| (*ending, *ending)).collect(),
    }
}

/// Is the second ending a better answer than the first? Neither may overrule the rule.
pub(super) fn is_better(own: &Own<'_>, before: usize, after: usize) -> bool {
    let (before, after) = (&own.endings[before], &own.endings[after]);
    if before.way.overrules || after.way.overrules {
        return false;
    }
    if (before.verdict, after.verdict) == (Verdict::NotMet, Verdict::Met) {
        return true;
    }
    let rises = before.score.zip(after.score).is_some_and(|(a, b)| a.earned < b.earned);
    before.verdict == after.verdict && rises
}

fn step(
    model: &Model<'_>,
    scheme: &PointScheme,
    own: &Own<'_>,
    state: State,
    choice: Choice,
) -> Option<State> {
    let mut state = state;
    let percent = model.pack.criteria.get(own.criterion)?.others_percent;
    for (n, ending) in [choice.0, choice.1].into_iter().enumerate() {
        let ending = own.endings.get(ending)?;
        if n == 0 {
            match (own.item.mandatory, ending.verdict) {
                (_, Verdict::Unanswered) => state.is_open = true,
                (true, Verdict::NotMet) => state.is_failed = true,
                (true, _) | (_, Verdict::NotApplicable) => {}
                (false, Verdict::Met) => state.share += 100 - percent,
                (false, Verdict::NotMet) => state.share -= percent,
            }
        }
        let Some(score) = ending.score else { continue };
        if n == 0 {
            state.available += score.available;
        }
        state.earned[n] += score.earned;
        if score.earned < score.available {
            for (bit, band) in scheme.bands.iter().enumerate() {
                state.not_full[n] |= u64::from(band.full_items.contains(&own.item.id)) << bit;
            }
        }
    }
    Some(state)
}

/// Every sum that adjustments can come to, with how often each then counts.
fn adjustments(
    model: &Model<'_>,
    scheme: &PointScheme,
) -> Result<BTreeMap<i64, Vec<i64>>, Undecided> {
    let none = vec![0; model.pack.adjustments.len()];
    let mut sums = BTreeMap::from([((0, 0), none)]);
    let own = model.pack.adjustments.iter().zip(&model.scope.adjustments).enumerate();
    for (n, (adjustment, _)) in own.filter(|(_, (_, belongs))| **belongs) {
        let mut next = sums.clone();
        for ((up, down), times) in &sums {
            for count in 1..=adjustment.max_times {
                let points = adjustment.points * count;
                let sum = (
                    (up + points.max(0)).min(scheme.adjustment_cap.up),
                    (down + points.min(0)).max(-scheme.adjustment_cap.down),
                );
                next.entry(sum).or_insert_with(|| {
                    let mut times = times.clone();
                    times[n] = count;
                    times
                });
            }
        }
        if next.len() > LIMIT / 20 {
            return Err(Undecided);
        }
        sums = next;
    }
    Ok(sums.into_iter().map(|((up, down), times)| (up + down, times)).collect())
}

/// Does points' way to eligible lead only upwards: are the bands that make a form eligible the first ones?
pub(super) fn leads_upwards(scheme: &PointScheme) -> bool {
    let eligible = scheme.bands.iter().map(|band| scheme.eligible_bands.contains(&band.id));
    !eligible.skip_while(|own| *own).any(|own| own)
}

/// The adjustments of a model, to be set in a form.
pub(super) fn set_times(model: &Model<'_>, form: &mut crate::form::Assessment, times: &[i64]) {
    for (adjustment, times) in model.pack.adjustments.iter().zip(times) {
        if *times > 0 {
            form.adjustments.insert(adjustment.id.clone(), *times);
        }
    }
}

/// As often as they may, the bonuses of a form.
pub(super) fn all_bonuses(model: &Model<'_>) -> Vec<i64> {
    let belongs = model.scope.adjustments.iter();
    let own = model.pack.adjustments.iter().zip(belongs);
    own.map(|(own, belongs)| if *belongs && own.points > 0 { own.max_times } else { 0 }).collect()
}

//! Picks of endings that make a form eligible, where the bands that make it so are the first of the list (or points do not
//! decide): then the best pick is the best of each item, but that a criterion needs a share of its items met.

use crate::kit::analysis::model::{Model, Own};
use crate::kit::analysis::options::Ending;
use crate::kit::analysis::search::{Pick, Picked};
use crate::kit::findings::Obstacle;
use crate::pack::{Band, Criterion, Pack};
use crate::rules::{Scope, Verdict};
use crate::value::Id;

/// What a band asks of the points; without a band nothing.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    pub band: Option<&'a Band>,
    /// Units that bonuses may add.
    pub bonus: i64,
}

/// How much an ending brings beyond the floor of the band, in units of 1/10,000 of a point's unit; and whether it is
/// scored at all.
type Worth = (i64, bool);

impl Target<'_> {
    fn worth(&self, ending: &Ending<'_>) -> Worth {
        let (Some(band), Some(score)) = (self.band, ending.score) else {
            return (0, false);
        };
        (10_000 * score.earned - band.at_least_bp * score.available, score.available > 0)
    }

    /// May the item come to this, in a form of this band?
    fn allows(&self, own: &Own<'_>, ending: &Ending<'_>) -> bool {
        let is_full = ending.score.is_none_or(|score| score.earned == score.available);
        let must_be_full = self.band.is_some_and(|band| band.full_items.contains(&own.item.id));
        let is_good = matches!(ending.verdict, Verdict::Met | Verdict::NotApplicable);
        (is_full || !must_be_full) && (is_good || !(own.on_fail || own.on_pending))
    }
}

/// The most units that the bonuses of a form may add.
pub(super) fn bonus(pack: &Pack, scope: &Scope) -> i64 {
    let own = Scope::belonging(&pack.adjustments, &scope.adjustments);
    let most: i64 = own.map(|own| own.points.max(0) * own.max_times).sum();
    pack.points.as_ref().map_or(0, |points| most.min(points.adjustment_cap.up))
}

/// Items of one criterion, by index in the model, with the endings that are allowed and possible.
type Part = Vec<(usize, Vec<usize>)>;

/// A way for some items: the share that they leave over, what they bring, the way before and the ending of the last.
#[derive(Clone, Copy)]
struct Step {
    share: i64,
    worth: Worth,
    before: usize,
    ending: usize,
}

fn plus(a: Worth, b: Worth) -> Worth {
    (a.0 + b.0, a.1 || b.1)
}

/// The best way for a criterion to pass.
fn best_to_pass(
    model: &Model<'_>,
    target: Target<'_>,
    criterion: &Criterion,
    part: &Part,
) -> Option<(Worth, Vec<usize>)> {
    let start = Step { share: 0, worth: (0, false), before: 0, ending: 0 };
    let mut layers = vec![vec![start]];
    for (at, endings) in part {
        let own = &model.items[*at];
        let mut next: Vec<Step> = Vec::new();
        for (before, step) in layers.last()?.iter().enumerate() {
            for ending in endings {
                let end = &own.endings[*ending];
                let share = match (own.item.mandatory, end.verdict) {
                    (_, Verdict::Unanswered) | (true, Verdict::NotMet) => continue,
                    (true, _) | (_, Verdict::NotApplicable) => 0,
                    (false, Verdict::Met) => 100 - criterion.others_percent,
                    (false, Verdict::NotMet) => -criterion.others_percent,
                };
                let share = step.share + share;
                let worth = plus(step.worth, target.worth(end));
                next.push(Step { share, worth, before, ending: *ending });
            }
        }
        // Only those that no other beats in both.
        next.sort_by_key(|step| std::cmp::Reverse((step.share, step.worth)));
        let mut most = None;
        next.retain(|step| {
            let is_more = most.is_none_or(|most| step.worth > most);
            if is_more {
                most = Some(step.worth);
            }
            is_more
        });
        layers.push(next);
    }
    let last = layers.last()?.iter().filter(|step| step.share >= 0);
    let mut step = *last.max_by_key(|step| step.worth)?;
    let worth = step.worth;
    let mut endings = Vec::new();
    for layer in layers.iter().rev().skip(1) {
        endings.push(step.ending);
        step = *layer.get(step.before)?;
    }
    endings.reverse();
    Some((worth, endings))
}

/// The best way for a criterion that need not pass; `None` where an item of it has none.
fn best_at_all(model: &Model<'_>, target: Target<'_>, part: &Part) -> Option<(Worth, Vec<usize>)> {
    let mut worth = (0, false);
    let mut picked = Vec::new();
    for (at, endings) in part {
        let own = &model.items[*at];
        let of = |ending: &usize| target.worth(&own.endings[*ending]);
        let best = endings.iter().copied().rev().max_by_key(of)?;
        worth = plus(worth, of(&best));
        picked.push(best);
    }
    Some((worth, picked))
}

/// The best pick for a form to be eligible with a band, or why there is none.
pub(super) fn pick(
    model: &Model<'_>,
    target: Target<'_>,
    possible: &[Vec<usize>],
) -> Picked<Obstacle> {
    let picked = attempt(model, target, possible);
    let Picked::No(reasons) = &picked else { return picked };
    let nothing_scored = |reason: &Obstacle| matches!(reason, Obstacle::NothingScored);
    if !reasons.iter().any(nothing_scored) {
        return picked;
    }
    // Some item must be scored, at a loss: whichever it is.
    for (at, own) in model.items.iter().enumerate() {
        let is_scored =
            |ending: &&usize| own.endings[**ending].score.is_some_and(|score| score.available > 0);
        let scored: Vec<usize> = possible[at].iter().filter(is_scored).copied().collect();
        if scored.is_empty() {
            continue;
        }
        let mut narrower = possible.to_vec();
        narrower[at] = scored;
        if let Picked::Yes(pick) = attempt(model, target, &narrower) {
            return Picked::Yes(pick);
        }
    }
    picked
}

fn attempt(model: &Model<'_>, target: Target<'_>, possible: &[Vec<usize>]) -> Picked<Obstacle> {
    let criteria = &model.pack.criteria;
    let mut parts: Vec<Part> = vec![Vec::new(); criteria.len()];
    let mut obstacles = Vec::new();
    for (at, (own, possible)) in model.items.iter().zip(possible).enumerate() {
        let allowed = |ending: &&usize| target.allows(own, &own.endings[**ending]);
        let endings: Vec<usize> = possible.iter().filter(allowed).copied().collect();
        if endings.is_empty() {
            obstacles.push(stuck(model, target, own, possible));
        }
        parts[own.criterion].push((at, endings));
    }
    if !obstacles.is_empty() {
        return Picked::No(obstacles);
    }
    let free: Vec<_> = parts.iter().filter_map(|part| best_at_all(model, target, part)).collect();
    let mut passing = Vec::new();
    for (n, (criterion, part)) in criteria.iter().zip(&parts).enumerate() {
        match best_to_pass(model, target, criterion, part) {
            Some(best) => passing.push((n, best)),
            None => obstacles.push(blocked(model, criterion, part)),
        }
    }
    let required = usize::try_from(model.pack.decision.criteria_required).unwrap_or(0);
    if passing.len() < required {
        return Picked::No(obstacles);
    }
    // Those pass that lose least by it.
    let loss = |n: usize, worth: Worth| free.get(n).map_or(0, |(free, _)| free.0 - worth.0);
    passing.sort_by_key(|(n, (worth, _))| loss(*n, *worth));
    passing.truncate(required);
    let mut ways = free;
    for (n, best) in passing {
        ways[n] = best;
    }
    let worth = ways.iter().fold((0, false), |sum, (worth, _)| plus(sum, *worth));
    if let Some(band) = target.band {
        let available: i64 = scores(model, &parts, &ways).map(|(_, available)| available).sum();
        let earned: i64 = scores(model, &parts, &ways).map(|(earned, _)| earned).sum();
        if worth.0 + 10_000 * target.bonus < 0 {
            let earned = (earned + target.bonus).min(available);
            let most_bp = if available > 0 { earned * 10_000 / available } else { 0 };
            let (floor_bp, band) = (band.at_least_bp, band.id.clone());
            return Picked::No(vec![Obstacle::Band { band, floor_bp, most_bp }]);
        }
        if available == 0 {
            return Picked::No(vec![Obstacle::NothingScored]);
        }
    }
    let mut pick: Pick = vec![None; model.items.len()];
    for (part, (_, endings)) in parts.iter().zip(&ways) {
        for ((at, _), ending) in part.iter().zip(endings) {
            pick[*at] = Some(*ending);
        }
    }
    Picked::Yes(pick)
}

fn scores<'m>(
    model: &'m Model<'_>,
    parts: &'m [Part],
    ways: &'m [(Worth, Vec<usize>)],
) -> impl Iterator<Item = (i64, i64)> + 'm {
    let each = parts.iter().zip(ways).flat_map(|(part, (_, endings))| part.iter().zip(endings));
    each.filter_map(|((at, _), ending)| {
        let score = model.items[*at].endings[*ending].score?;
        Some((score.earned, score.available))
    })
}

/// Why an item has no ending that the form could have.
fn stuck(model: &Model<'_>, target: Target<'_>, own: &Own<'_>, possible: &[usize]) -> Obstacle {
    let item = own.item.id.clone();
    if possible.is_empty() {
        return Obstacle::ItemStuck { item };
    }
    let is_good = |ending: &&usize| {
        matches!(own.endings[**ending].verdict, Verdict::Met | Verdict::NotApplicable)
    };
    if (own.on_fail || own.on_pending) && !possible.iter().any(|ending| is_good(&ending)) {
        let mut gates = Scope::belonging(&model.pack.gates, &model.scope.gates);
        let gate = gates.find(|gate| gate.items.contains(&item)).map(|gate| gate.id.clone());
        return Obstacle::GateItem { gate, item };
    }
    Obstacle::NeverFull { item, band: target.band.map(|band| band.id.clone()) }
}

/// Why a criterion cannot pass: its mandatory items that can neither be met nor be left out, or else the others of
/// that kind.
fn blocked(model: &Model<'_>, criterion: &Criterion, part: &Part) -> Obstacle {
    let cannot = |mandatory: bool| -> Vec<Id> {
        let own = part.iter().filter(|(at, endings)| {
            let own = &model.items[*at];
            let is_good = |ending: &usize| {
                matches!(own.endings[*ending].verdict, Verdict::Met | Verdict::NotApplicable)
            };
            own.item.mandatory == mandatory && !endings.iter().any(is_good)
        });
        own.map(|(at, _)| model.items[*at].item.id.clone()).collect()
    };
    let mandatory = cannot(true);
    let items = if mandatory.is_empty() { cannot(false) } else { mandatory };
    Obstacle::Criterion { criterion: criterion.id.clone(), items }
}

//! Can a better answer to an item make the outcome worse?
//!
//! A *better answer* changes the answer to one item only, without a problem at the item before or after and without
//! overruling its rule, so that its verdict goes from *not met* to *met*, or stays while its points rise. The outcome is
//! *worse* if the verdict of the form is lower (not eligible, incomplete, pending, eligible), or, where that is equal, if
//! its band stands later in the list (none is last) or its points are fewer. An item is not monotone where some facts and
//! some answers to the rest of the form exist with which that happens. From *incomplete* to *not eligible* is no fall of
//! the verdict: a form that could not be decided before was not better (one that lacks a criterion and then has it is
//! decided by its band); there the band and the points tell.
//!
//! It can happen in two ways only, since a better verdict never opens a gate, never fails a criterion and never changes
//! what is available, and more points never leave a band for a later one:
//!
//! 1. the points fall although the verdict rises, in a form whose verdict does not rise with it: one that stays incomplete,
//!    as any form with a contradictory vote does, or one that is not eligible for another reason, at last for its band;
//! 2. the points rise into a band that does not make the form eligible, from a later one that does.

use std::cell::RefCell;

use crate::form::Assessment;
use crate::kit::analysis::exact::{self, Wanted, is_better, leads_upwards, set_times};
use crate::kit::analysis::memo::Memo;
use crate::kit::analysis::model::{Model, Own};
use crate::kit::analysis::reach;
use crate::kit::analysis::search::{Found, Picked, search};
use crate::kit::analysis::solve::{Answer, Budget, Point};
use crate::kit::analysis::system::System;
use crate::kit::analysis::witness;
use crate::kit::findings::{Monotone, Obstacle, Worse};
use crate::pack::{Effect, Pack, PointScheme};
use crate::rules::{FormVerdict, Outcome, Scope, Verdict, outcome};
use crate::value::Id;

/// Decides for every item of the forms of a level and type, by index in the pack, whether it is monotone.
pub(super) fn monotone(
    memo: &Memo<'_>,
    level: &Id,
    unit_type: &Id,
    budget: u64,
) -> Vec<(usize, Monotone)> {
    let models = Model::complete(memo, level, unit_type).zip(Model::loose(memo, level, unit_type));
    let Some((complete, loose)) = models else { return Vec::new() };
    let each = complete.items.iter().enumerate();
    each.map(|(at, own)| {
        let mut budget = Budget(budget);
        let falls = points_fall(&complete, &loose, at, &mut budget);
        let answer = match falls {
            Monotone::Yes => leaves_band(&complete, at, &mut budget),
            other => other,
        };
        (own.index, answer)
    })
    .collect()
}

/// Where nothing but the item itself decides, other things are as follows.
#[derive(Clone, Copy)]
enum Setting<'a> {
    /// The form is not eligible, since a gate is open that a person declares.
    Gate(&'a Id),
    /// The form is not eligible, since the vote fails.
    Vote,
    /// The form stays incomplete, since the vote contradicts itself: the item not met must not fail it.
    Incomplete,
    /// The form is not eligible for other items.
    Failed,
    /// The form is not eligible for its band.
    Band,
}

/// The first way: the points fall although the verdict rises.
fn points_fall(
    complete: &Model<'_>,
    loose: &Model<'_>,
    at: usize,
    budget: &mut Budget,
) -> Monotone {
    let pack = complete.pack;
    let own = &complete.items[at];
    let pairs = pairs(own, &|before, after| after.0 < before.0);
    if pairs.is_empty() {
        return Monotone::Yes;
    }
    let mut gates = Scope::belonging(&pack.gates, &complete.scope.gates);
    let gate = gates.find(|gate| gate.effect == Effect::Fail && gate.items.is_empty());
    let fails = pack.decision.vote.as_ref().is_some_and(|rule| !rule.passes(0, rule.base(1, 1)));
    let settings: Vec<Setting<'_>> = match gate {
        Some(gate) => vec![Setting::Gate(&gate.id)],
        None if fails => vec![Setting::Vote],
        None => vec![Setting::Incomplete, Setting::Failed, Setting::Band],
    };
    let mut is_decided = true;
    for pair in pairs {
        // The pair alone, before the others are looked at.
        match loose.both_alone(own, pair, budget, &|system| both(own, pair, system)) {
            Answer::No => continue,
            Answer::Undecided => return Monotone::Undecided,
            Answer::Yes(_) => {}
        }
        for setting in &settings {
            let found = match setting {
                Setting::Band => outside_bands(complete, at, pair, budget),
                _ => in_setting(loose, (at, own), pair, *setting, budget),
            };
            match found {
                Monotone::Yes => {}
                Monotone::Undecided => is_decided = false,
                other => return other,
            }
        }
    }
    if is_decided { Monotone::Yes } else { Monotone::Undecided }
}

/// The first way, in a setting that the other items and the rest of the form make.
fn in_setting(
    loose: &Model<'_>,
    (at, own): (usize, &Own<'_>),
    pair: (usize, usize),
    setting: Setting<'_>,
    budget: &mut Budget,
) -> Monotone {
    let found = search(loose, budget, &|system| both(own, pair, system), &|possible| {
        others(loose, at, setting, possible)
    });
    match found {
        Found::Yes(pick, system, point) => {
            let Some(mut form) = reach::form(loose, &pick, &system, &point) else {
                return Monotone::Undecided;
            };
            match setting {
                Setting::Gate(gate) => witness::open_gate(&mut form, gate),
                Setting::Vote => form.vote = witness::vote(1, 1, 0),
                Setting::Incomplete => form.vote = witness::vote(0, 1, 1),
                Setting::Failed | Setting::Band => {}
            }
            verified(loose.pack, own, two(&form, own, pair, &system, &point))
        }
        Found::No(_) => Monotone::Yes,
        Found::Undecided => Monotone::Undecided,
    }
}

/// Pairs of endings of an item where the second is better and their points, earned and available, are so.
fn pairs(own: &Own<'_>, so: &dyn Fn((i64, i64), (i64, i64)) -> bool) -> Vec<(usize, usize)> {
    let points = |ending: usize| {
        own.endings[ending].score.map_or((0, 0), |score| (score.earned, score.available))
    };
    let count = own.endings.len();
    let all = (0..count).flat_map(|before| (0..count).map(move |after| (before, after)));
    let better = all.filter(|(before, after)| is_better(own, *before, *after));
    better.filter(|(before, after)| so(points(*before), points(*after))).collect()
}

/// Verdicts of the other items for a setting.
fn others(
    model: &Model<'_>,
    at: usize,
    setting: Setting<'_>,
    possible: &[Vec<usize>],
) -> Picked<Obstacle> {
    let verdict = |n: usize, ending: usize| model.items[n].endings[ending].verdict;
    let order = match setting {
        Setting::Gate(_) | Setting::Vote | Setting::Band => {
            return Picked::Yes(vec![None; model.items.len()]);
        }
        Setting::Incomplete => {
            [Verdict::Met, Verdict::Unanswered, Verdict::NotApplicable, Verdict::NotMet]
        }
        Setting::Failed => {
            [Verdict::NotMet, Verdict::NotApplicable, Verdict::Unanswered, Verdict::Met]
        }
    };
    let is_not_met = matches!(setting, Setting::Incomplete);
    let mut pick = vec![None; model.items.len()];
    let mut failed = vec![false; model.pack.criteria.len()];
    let mut share = vec![0; model.pack.criteria.len()];
    let mut is_open = false;
    for (n, other) in model.items.iter().enumerate() {
        let verdict = if n == at {
            if is_not_met { Verdict::NotMet } else { Verdict::Met }
        } else {
            let first = order.iter().find_map(|wanted| {
                possible[n].iter().find(|ending| verdict(n, **ending) == *wanted)
            });
            let Some(first) = first else { return Picked::No(Vec::new()) };
            pick[n] = Some(*first);
            verdict(n, *first)
        };
        let percent = model.pack.criteria[other.criterion].others_percent;
        match (verdict, other.item.mandatory) {
            (Verdict::NotMet, true) => failed[other.criterion] = true,
            (Verdict::NotMet, false) => share[other.criterion] -= percent,
            (Verdict::Met | Verdict::Unanswered, false) => share[other.criterion] += 100 - percent,
            _ => {}
        }
        is_open |= verdict == Verdict::NotMet && other.on_fail;
    }
    let failed = failed.iter().zip(&share).filter(|(failed, share)| **failed || **share < 0);
    let count = i64::try_from(failed.count()).unwrap_or(i64::MAX);
    let criteria = i64::try_from(model.pack.criteria.len()).unwrap_or(i64::MAX);
    let is_failed = is_open || count > criteria - model.pack.decision.criteria_required;
    if is_failed == is_not_met { Picked::No(Vec::new()) } else { Picked::Yes(pick) }
}

/// The last setting of the first way: with the better answer the form is complete, but its band does not make it eligible.
fn outside_bands(
    model: &Model<'_>,
    at: usize,
    pair: (usize, usize),
    budget: &mut Budget,
) -> Monotone {
    let Some(scheme) = model.pack.points.as_ref().filter(|own| !own.eligible_bands.is_empty())
    else {
        return Monotone::Yes;
    };
    by_sums(model, scheme, at, pair, Wanted::Outside(at), budget)
}

/// The second way: the points rise out of the bands that make the form eligible.
fn leaves_band(model: &Model<'_>, at: usize, budget: &mut Budget) -> Monotone {
    let scheme = model.pack.points.as_ref().filter(|scheme| !leads_upwards(scheme));
    let own = &model.items[at];
    let (Some(scheme), Some(_)) = (scheme, &own.item.points) else { return Monotone::Yes };
    let mut answer = Monotone::Yes;
    for pair in pairs(own, &|before, after| before.0 < after.0) {
        match by_sums(model, scheme, at, pair, Wanted::Leaves(at), budget) {
            Monotone::Yes => {}
            Monotone::Undecided => answer = Monotone::Undecided,
            other => return other,
        }
    }
    answer
}

/// Looks for a form of which the points are as wanted, where one item has these two endings.
fn by_sums(
    model: &Model<'_>,
    scheme: &PointScheme,
    at: usize,
    pair: (usize, usize),
    wanted: Wanted,
    budget: &mut Budget,
) -> Monotone {
    if !reach::vote_can_pass(model.pack) {
        // No form is complete.
        return Monotone::Yes;
    }
    let own = &model.items[at];
    let times = RefCell::new(Vec::new());
    let found = search(model, budget, &|system| both(own, pair, system), &|possible| {
        let mut only = possible.to_vec();
        only[at] = vec![pair.0, pair.1];
        let exact = exact::pick(model, scheme, wanted, &only);
        if let Ok(Some(exact)) = &exact {
            times.replace(exact.times.clone());
        }
        let mut picked = exact::picked(&exact);
        if let Picked::Yes(pick) = &mut picked {
            pick[at] = None;
        }
        picked
    });
    match found {
        Found::Yes(pick, system, point) => {
            let Some(mut form) = reach::form(model, &pick, &system, &point) else {
                return Monotone::Undecided;
            };
            set_times(model, &mut form, &times.into_inner());
            verified(model.pack, own, two(&form, own, pair, &system, &point))
        }
        Found::No(_) => Monotone::Yes,
        Found::Undecided => Monotone::Undecided,
    }
}

/// Requires both answers to an item.
fn both(own: &Own<'_>, (before, after): (usize, usize), system: &mut System) {
    own.endings[before].require(system, (own.index, 0), own.item);
    own.endings[after].require(system, (own.index, 1), own.item);
}

/// The form with the first and with the second answer to an item.
fn two(
    form: &Assessment,
    own: &Own<'_>,
    (before, after): (usize, usize),
    system: &System,
    point: &Point,
) -> [Assessment; 2] {
    [(before, 0), (after, 1)].map(|(ending, copy)| {
        let ending = &own.endings[ending];
        let (place, evidence) = (((own.index, copy), own.item), ending.asks_evidence(own.item));
        let mut form = form.clone();
        let answer = witness::answer(&form, system, point, place, &ending.way, evidence);
        form.items.insert(own.item.id.clone(), answer);
        form
    })
}

/// The witness, if the rules find it to be one: else there is a fault here, and nothing is claimed.
fn verified(pack: &Pack, own: &Own<'_>, [before, after]: [Assessment; 2]) -> Monotone {
    let is_form = |form: &Assessment| crate::form::check(pack, form).is_ok();
    let outcomes = [outcome(pack, &before), outcome(pack, &after)];
    match worse(pack, &outcomes) {
        Some(how) if is_form(&before) && is_form(&after) => {
            let item = own.item.id.clone();
            Monotone::No { item, how, before: Box::new(before), after: Box::new(after) }
        }
        _ => Monotone::Undecided,
    }
}

/// How the second outcome is worse than the first, if it is.
pub fn worse(pack: &Pack, [before, after]: &[Outcome; 2]) -> Option<Worse> {
    let rank = |verdict: FormVerdict| match verdict {
        FormVerdict::NotEligible => 0,
        FormVerdict::Incomplete => 1,
        FormVerdict::Pending => 2,
        FormVerdict::Eligible => 3,
    };
    let is_decided =
        (before.verdict, after.verdict) != (FormVerdict::Incomplete, FormVerdict::NotEligible);
    if rank(after.verdict) != rank(before.verdict) && is_decided {
        let is_lower = rank(after.verdict) < rank(before.verdict);
        return is_lower.then_some(Worse::Verdict { before: before.verdict, after: after.verdict });
    }
    let (first, second) = before.points.as_ref().zip(after.points.as_ref())?;
    let bands = pack.points.as_ref().map_or(&[][..], |points| &points.bands);
    let place = |band: &Option<Id>| {
        let at = band.as_ref().and_then(|band| bands.iter().position(|own| own.id == *band));
        at.unwrap_or(bands.len())
    };
    if place(&second.band) > place(&first.band) {
        return Some(Worse::Band { before: first.band.clone(), after: second.band.clone() });
    }
    let (before, after) = (first.earned, second.earned);
    (after < before).then_some(Worse::Points { before, after })
}

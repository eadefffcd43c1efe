//! Can a form of a level and type be eligible?

use std::cell::RefCell;

use crate::form::Assessment;
use crate::kit::analysis::exact::{self, Wanted, all_bonuses, leads_upwards, set_times};
use crate::kit::analysis::memo::Memo;
use crate::kit::analysis::model::Model;
use crate::kit::analysis::pick::{Target, bonus, pick};
use crate::kit::analysis::search::{Found, Pick, Picked, search};
use crate::kit::analysis::solve::{Answer, Budget, Point, solve};
use crate::kit::analysis::system::System;
use crate::kit::analysis::witness;
use crate::kit::findings::{Obstacle, Reachable};
use crate::pack::{Pack, PointScheme, VoteRule};
use crate::rules::{FormVerdict, outcome};
use crate::value::Id;

/// A vote that passes by a rule, if there is any.
fn passing_vote(rule: &VoteRule) -> Option<i64> {
    let passes = |count: &i64| rule.passes(*count, rule.base(*count, *count));
    [10, 1, 0].into_iter().find(passes)
}

/// Is there a vote that keeps no form from being eligible, or none needed?
pub(super) fn vote_can_pass(pack: &Pack) -> bool {
    let required = pack.decision.vote.as_ref().filter(|rule| rule.required);
    required.is_none_or(|rule| passing_vote(rule).is_some())
}

/// Decides whether a form of this level and type can be eligible.
pub(super) fn reachable(
    memo: &Memo<'_>,
    level: &Id,
    unit_type: &Id,
    budget: &mut Budget,
) -> Reachable {
    let pack = memo.pack;
    let Some(model) = Model::complete(memo, level, unit_type) else {
        return Reachable::Undecided;
    };
    let mut obstacles = Vec::new();
    if !vote_can_pass(pack) {
        obstacles.push(Obstacle::Vote);
    }
    if solve(&model.system(&model.facts), budget) == Answer::No {
        obstacles.push(Obstacle::Checks);
    }
    if !obstacles.is_empty() {
        return Reachable::No(obstacles);
    }
    let scheme = pack.points.as_ref().filter(|scheme| !scheme.eligible_bands.is_empty());
    match scheme {
        Some(scheme) if !leads_upwards(scheme) => by_sums(&model, scheme, budget),
        Some(scheme) => {
            let bonus = bonus(pack, &model.scope);
            let is_eligible = |id: &Id| scheme.eligible_bands.contains(id);
            let bands = scheme.bands.iter().filter(|band| is_eligible(&band.id));
            let targets = bands.map(|band| Target { band: Some(band), bonus });
            by_targets(&model, targets, budget)
        }
        None => by_targets(&model, [Target { band: None, bonus: 0 }].into_iter(), budget),
    }
}

fn by_targets<'a>(
    model: &Model<'_>,
    targets: impl Iterator<Item = Target<'a>>,
    budget: &mut Budget,
) -> Reachable {
    let mut all: Vec<Obstacle> = Vec::new();
    for target in targets {
        match search(model, budget, &|_| {}, &|possible| pick(model, target, possible)) {
            Found::Yes(pick, system, point) => {
                return verified(model, &pick, &system, &point, &all_bonuses(model));
            }
            Found::Undecided => return Reachable::Undecided,
            Found::No(obstacles) => {
                for obstacle in obstacles {
                    if !all.contains(&obstacle) {
                        all.push(obstacle);
                    }
                }
            }
        }
    }
    not_reachable(model, all)
}

fn by_sums(model: &Model<'_>, scheme: &PointScheme, budget: &mut Budget) -> Reachable {
    let times = RefCell::new(Vec::new());
    let found = search(model, budget, &|_| {}, &|possible| {
        let exact = exact::pick(model, scheme, Wanted::Eligible, possible);
        if let Ok(Some(exact)) = &exact {
            times.replace(exact.times.clone());
        }
        match exact::picked(&exact) {
            // What stands in the way for points alone is said best without them.
            Picked::No(own) => match pick(model, Target { band: None, bonus: 0 }, possible) {
                Picked::No(plain) => Picked::No(plain),
                _ => Picked::No(own),
            },
            other => other,
        }
    });
    match found {
        Found::Yes(pick, system, point) => {
            verified(model, &pick, &system, &point, &times.into_inner())
        }
        Found::Undecided => Reachable::Undecided,
        Found::No(obstacles) => not_reachable(model, obstacles),
    }
}

fn not_reachable(model: &Model<'_>, obstacles: Vec<Obstacle>) -> Reachable {
    if obstacles.is_empty() {
        let facts = model.used_facts().into_iter().collect();
        return Reachable::No(vec![Obstacle::Together { facts }]);
    }
    Reachable::No(obstacles)
}

/// The form of a solution, if the rules find it eligible: else there is a fault here, and nothing is claimed.
fn verified(
    model: &Model<'_>,
    pick: &Pick,
    system: &System,
    point: &Point,
    times: &[i64],
) -> Reachable {
    let Some(mut form) = form(model, pick, system, point) else {
        return Reachable::Undecided;
    };
    set_times(model, &mut form, times);
    if outcome(model.pack, &form).verdict == FormVerdict::Eligible
        && crate::form::check(model.pack, &form).is_ok()
    {
        Reachable::Yes(Box::new(form))
    } else {
        Reachable::Undecided
    }
}

/// A form with the facts and answers of a solution, every declared gate clear and, where one is asked for, a vote that
/// passes.
pub(super) fn form(
    model: &Model<'_>,
    pick: &Pick,
    system: &System,
    point: &Point,
) -> Option<Assessment> {
    let pack = model.pack;
    let mut form = witness::blank(pack, model.level, model.unit_type)?;
    witness::set_facts(&mut form, system, point);
    witness::clear_gates(pack, &mut form);
    if let Some(count) = pack.decision.vote.as_ref().and_then(passing_vote) {
        form.vote = witness::vote(count, count, count);
    }
    for (own, ending) in model.items.iter().zip(pick) {
        let Some(ending) = ending.and_then(|ending| own.endings.get(ending)) else { continue };
        let evidence = ending.asks_evidence(own.item);
        let place = ((own.index, 0), own.item);
        let answer = witness::answer(&form, system, point, place, &ending.way, evidence);
        if !answer.is_empty() {
            form.items.insert(own.item.id.clone(), answer);
        }
    }
    Some(form)
}

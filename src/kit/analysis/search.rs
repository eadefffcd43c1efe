//! Decides over whole forms. Items share nothing but facts: so it is decided for each item alone what it can come to
//! where the facts are within some bounds; a pick of one ending for each is made that serves the goal; and one system
//! decides whether facts exist for the pick as a whole. Where they do not, the bounds are halved, down to single facts,
//! at which the items are independent and the pick is exact.

use crate::kit::analysis::domain::Domain;
use crate::kit::analysis::model::{Facts, Model};
use crate::kit::analysis::solve::{Answer, Budget, Point, solve};
use crate::kit::analysis::system::System;

/// For each item of the model the ending that it comes to; `None` leaves it open.
pub(super) type Pick = Vec<Option<usize>>;

/// What serves a goal, given what each item may come to.
pub(super) enum Picked<O> {
    /// This pick.
    Yes(Pick),
    /// Nothing, for these reasons.
    No(Vec<O>),
    /// It is too much to decide.
    Undecided,
}

/// What was found.
pub(super) enum Found<O> {
    /// A pick with facts and fields.
    Yes(Pick, Box<System>, Point),
    /// Nothing; the reasons where facts may be anything, none where each part alone could be.
    No(Vec<O>),
    /// The budget ended.
    Undecided,
}

/// Searches for facts and answers that serve a goal; `extra` requires more of each system.
pub(super) fn search<O>(
    model: &Model<'_>,
    budget: &mut Budget,
    extra: &dyn Fn(&mut System),
    pick: &dyn Fn(&[Vec<usize>]) -> Picked<O>,
) -> Found<O> {
    let mut boxes: Vec<Facts> = vec![model.facts.clone()];
    let mut why = Vec::new();
    let mut is_first = true;
    let mut used = None;
    while let Some(facts) = boxes.pop() {
        let possible = model.possible(&facts, budget);
        if budget.0 == 0 {
            return Found::Undecided;
        }
        let picked = match pick(&possible) {
            Picked::Yes(picked) => picked,
            Picked::No(reasons) => {
                if is_first {
                    why = reasons;
                }
                is_first = false;
                continue;
            }
            Picked::Undecided => return Found::Undecided,
        };
        is_first = false;
        let mut system = model.system(&facts);
        for (own, ending) in model.items.iter().zip(&picked) {
            if let Some(ending) = ending.and_then(|ending| own.endings.get(ending)) {
                ending.require(&mut system, (own.index, 0), own.item);
            }
        }
        extra(&mut system);
        match solve(&system, budget) {
            Answer::Yes(point) => return Found::Yes(picked, Box::new(system), point),
            Answer::Undecided => return Found::Undecided,
            Answer::No => {
                let used = used.get_or_insert_with(|| model.used_facts());
                let is_used = |n: usize| facts.get(n).is_some_and(|(id, _)| used.contains(id));
                boxes.extend(halves(&facts, is_used));
            }
        }
    }
    Found::No(why)
}

/// The same bounds in two parts, at the fact with the widest range that is used; nothing where all facts are decided.
fn halves(facts: &Facts, is_used: impl Fn(usize) -> bool) -> Vec<Facts> {
    let width = |domain: &Domain| {
        let either = i64::from(domain.may_be_either());
        if domain.given { domain.hi - domain.lo + either } else { 0 }
    };
    let used = facts.iter().enumerate().filter(|(n, (_, own))| is_used(*n) && width(own) > 0);
    let Some((at, (_, own))) = used.max_by_key(|(_, (_, own))| width(own)) else {
        return Vec::new();
    };
    let with = |domain: Domain| {
        let mut facts = facts.clone();
        facts[at].1 = domain;
        facts
    };
    if own.may_be_either() {
        let (blank, given) = (Domain { given: false, ..*own }, Domain { blank: false, ..*own });
        return vec![with(blank), with(given)];
    }
    let middle = own.lo + (own.hi - own.lo) / 2;
    let (low, high) = (Domain { hi: middle, ..*own }, Domain { lo: middle + 1, ..*own });
    vec![with(high), with(low)]
}

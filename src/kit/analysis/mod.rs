//! What a pack can come to, decided, not sampled: whether a form of each level and type can be eligible, and whether a
//! better answer can make an outcome worse. Where the budget of steps ends, the answer is *undecided*. Every form that is
//! shown as a witness has been judged by the real rules.

mod conditions;
mod domain;
mod eliminate;
mod exact;
mod halve;
mod memo;
mod model;
mod monotone;
mod options;
mod pick;
mod reach;
mod search;
mod solve;
mod system;
mod witness;

pub(in crate::kit) use conditions::{conditions, each_share};
pub use monotone::worse;

use crate::kit::findings::{Finding, Monotone, Reachable};
use crate::kit::warning::Warning;
use crate::pack::{Applies, Pack};
use crate::rules::Scope;
use crate::value::Id;
use memo::Memo;
use solve::Budget;

/// Steps for each level and type, to decide whether it is reachable.
const REACH_BUDGET: u64 = 4_000_000;
/// Steps for each item, to decide whether it is monotone.
const MONOTONE_BUDGET: u64 = 400_000;

/// What was decided of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Analysis {
    /// For each level and type, in pack order: can a form be eligible?
    pub reachable: Vec<(Applies, Reachable)>,
    /// For each item that belongs to any form, in pack order.
    pub monotone: Vec<(Id, Monotone)>,
}

/// Analyses a pack without errors.
pub fn analyse(pack: &Pack) -> Analysis {
    let mut reachable: Vec<(Applies, Reachable)> = Vec::new();
    let mut monotone: Vec<Option<Monotone>> = vec![None; pack.items.len()];
    let mut seen: Vec<Scope> = Vec::new();
    let memo = Memo::new(pack);
    let pairs = pack.levels.iter().flat_map(|level| pack.types.iter().map(move |own| (level, own)));
    for (level, unit_type) in pairs {
        let (level, unit_type) = (&level.id, &unit_type.id);
        let kind = Applies { level: Some(level.clone()), unit_type: Some(unit_type.clone()) };
        let Some(form) = witness::blank(pack, level, unit_type) else { continue };
        // Forms to which the same parts belong come to the same.
        let scope = Scope::of(pack, &form.unit);
        if let Some(same) = seen.iter().position(|own| *own == scope) {
            let mut same = reachable[same].1.clone();
            if let Reachable::Yes(form) = &mut same {
                (form.unit.level, form.unit.unit_type) = (level.clone(), unit_type.clone());
            }
            seen.push(scope);
            reachable.push((kind, same));
            continue;
        }
        seen.push(scope);
        let own = reach::reachable(&memo, level, unit_type, &mut Budget(REACH_BUDGET));
        reachable.push((kind, own));
        for (index, own) in monotone::monotone(&memo, level, unit_type, MONOTONE_BUDGET) {
            let slot = &mut monotone[index];
            let is_more = match (&slot, &own) {
                (None, _) => true,
                (Some(Monotone::No { .. }), _) => false,
                (_, own) => *own != Monotone::Yes,
            };
            if is_more {
                *slot = Some(own);
            }
        }
    }
    let items = pack.items.iter().zip(monotone);
    let monotone = items.filter_map(|(item, own)| Some((item.id.clone(), own?))).collect();
    Analysis { reachable, monotone }
}

impl Analysis {
    /// What of it is a warning, with its place in the pack.
    pub fn warnings(&self, pack: &Pack) -> Vec<Finding<Warning>> {
        let mut found = Vec::new();
        for (kind, reachable) in &self.reachable {
            let kind = kind.clone();
            let what = match reachable {
                Reachable::Yes(_) => continue,
                Reachable::No(obstacles) => {
                    Warning::NeverEligible { kind, obstacles: obstacles.clone() }
                }
                Reachable::Undecided => Warning::ReachableUndecided { kind },
            };
            found.push(Finding { pointer: "/decision".to_owned(), what });
        }
        for (item, monotone) in &self.monotone {
            let item = item.clone();
            let pointer = format!("/items/{}", pack.item_index(&item).unwrap_or(0));
            let what = match monotone.clone() {
                Monotone::Yes => continue,
                Monotone::No { item, how, before, after } => {
                    Warning::NotMonotone { item, how, before, after }
                }
                Monotone::Undecided => Warning::MonotoneUndecided { item },
            };
            found.push(Finding { pointer, what });
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::catalog::Catalog;

    #[test]
    fn what_the_budget_does_not_reach_is_undecided_not_guessed() {
        let packs = Catalog::built_in().unwrap();
        for pack in packs.packs() {
            let (level, unit_type) = (&pack.levels[0].id, &pack.types[0].id);
            let with = |steps| {
                let memo = Memo::new(pack);
                reach::reachable(&memo, level, unit_type, &mut Budget(steps))
            };
            assert_eq!(with(20), Reachable::Undecided, "{}", pack.id);
            assert!(matches!(with(REACH_BUDGET), Reachable::Yes(_)), "{}", pack.id);
        }
    }
    #[test]
    fn a_field_of_more_choices_than_are_told_apart_leaves_it_undecided() {
        let packs = Catalog::built_in().unwrap();
        let mut pack = packs.packs()[0].as_ref().clone();
        let is_choice = |item: &crate::pack::Item| {
            let field = item.fields.first();
            field.is_some_and(|field| matches!(field.kind, crate::pack::FieldKind::Choice(_)))
        };
        let at = pack.items.iter().position(is_choice).unwrap();
        pack.items = vec![pack.items[at].clone()];
        pack.gates.clear();
        let with = |count: usize| {
            let mut pack = pack.clone();
            let field = &mut pack.items[0].fields[0];
            let crate::pack::FieldKind::Choice(choices) = &mut field.kind else { panic!() };
            let name = |n: usize| Id::new(&format!("c{n}")).unwrap();
            let choice = |n| crate::pack::Choice { id: name(n), ..choices[0].clone() };
            *choices = (0..count).map(choice).collect();
            let last = name(count - 1);
            let field = field.id.clone();
            pack.items[0].met_when = Some(crate::pack::Cond::Choice { field, among: vec![last] });
            (conditions(&pack), analyse(&pack).reachable[0].1.clone())
        };
        for count in [3, 127, 128] {
            let (found, reachable) = with(count);
            assert!(found.is_empty() && matches!(reachable, Reachable::Yes(_)), "{count}");
        }
        assert_eq!(with(129), (Vec::new(), Reachable::Undecided));
    }
}

//! The parts of a pack that belong to the forms of one level and type, with what each item can come to.

use std::collections::BTreeSet;

use crate::kit::analysis::domain::{ANY, Domain, FALSE};
use crate::kit::analysis::options::{Ending, endings, verdicts};
use crate::kit::analysis::solve::{Answer, Budget, solve};
use crate::kit::analysis::system::System;
use crate::pack::{Cond, Effect, Expr, Gate, Item, Pack, Severity};
use crate::rules::Scope;
use crate::value::Id;

/// The forms of one level and type.
pub(super) struct Model<'a> {
    pub pack: &'a Pack,
    pub level: &'a Id,
    pub unit_type: &'a Id,
    pub scope: Scope,
    pub items: Vec<Own<'a>>,
    /// Facts of the pack; one that does not belong to the form is always blank.
    pub facts: Facts,
    /// Checks of severity error that facts alone decide.
    pub checks: Vec<&'a Cond>,
}

/// Facts with what each may hold.
pub(super) type Facts = Vec<(Id, Domain)>;

/// An item of the form.
pub(super) struct Own<'a> {
    /// Its index in the pack.
    pub index: usize,
    pub item: &'a Item,
    /// The index of its criterion.
    pub criterion: usize,
    pub endings: Vec<Ending<'a>>,
    /// Does it open a gate that fails the form?
    pub on_fail: bool,
    /// Does it open a gate that lets the form wait?
    pub on_pending: bool,
}

impl<'a> Model<'a> {
    /// The forms of this level and type, with every fact given and every item without a problem.
    pub fn complete(pack: &'a Pack, level: &'a Id, unit_type: &'a Id) -> Option<Model<'a>> {
        Model::of(pack, level, unit_type, true)
    }

    /// The forms of this level and type, whatever is blank or has a problem; points are left aside.
    pub fn loose(pack: &'a Pack, level: &'a Id, unit_type: &'a Id) -> Option<Model<'a>> {
        Model::of(pack, level, unit_type, false)
    }

    fn of(pack: &'a Pack, level: &'a Id, unit_type: &'a Id, clean: bool) -> Option<Model<'a>> {
        let form = super::witness::blank(pack, level, unit_type)?;
        let scope = Scope::of(pack, &form.unit);
        let gates: Vec<&Gate> = Scope::belonging(&pack.gates, &scope.gates).collect();
        let on = |effect: Effect| -> BTreeSet<&Id> {
            let with = gates.iter().filter(|gate| gate.effect == effect);
            with.flat_map(|gate| &gate.items).collect()
        };
        let (fail, pending) = (on(Effect::Fail), on(Effect::Pending));
        let own = |(index, item): (usize, &'a Item)| {
            let criterion = pack.criteria.iter().position(|own| own.id == item.criterion)?;
            let endings = if clean { endings(pack, item) } else { verdicts(item) };
            let (on_fail, on_pending) = (fail.contains(&item.id), pending.contains(&item.id));
            Some(Own { index, item, criterion, endings, on_fail, on_pending })
        };
        let items = pack.items.iter().enumerate().zip(&scope.items);
        let items = items.filter(|(_, belongs)| **belongs).filter_map(|(item, _)| own(item));
        let items = items.collect();
        let facts = pack.facts.iter().zip(&scope.facts).map(|(fact, belongs)| {
            let blank = !(clean && *belongs);
            let domain = Domain { blank, given: *belongs, ..Domain::number(fact.min, fact.max) };
            (fact.id.clone(), domain)
        });
        let facts = facts.collect();
        let checks = pack.checks.iter().zip(&scope.checks);
        let checks = checks
            .filter(|(check, belongs)| clean && **belongs && check.severity == Severity::Error);
        let checks = checks.map(|(check, _)| &check.when).collect();
        Some(Model { pack, level, unit_type, scope, items, facts, checks })
    }

    /// A system over the facts, with what they must keep among themselves.
    pub fn system(&self, facts: &Facts) -> System {
        let mut system = System::over(facts);
        for check in &self.checks {
            system.require_of_facts(check, ANY & !FALSE);
        }
        system
    }

    /// The endings that each item may come to where the facts are within these; of the same verdict and points only the
    /// first.
    pub fn possible(&self, facts: &Facts, budget: &mut Budget) -> Vec<Vec<usize>> {
        let empty = self.system(facts);
        let of_item = |own: &Own<'a>| {
            let mut possible: Vec<usize> = Vec::new();
            for (n, ending) in own.endings.iter().enumerate() {
                let is_same = |other: &usize| {
                    let other = &own.endings[*other];
                    (other.verdict, other.score) == (ending.verdict, ending.score)
                };
                if possible.iter().any(is_same) {
                    continue;
                }
                let mut system = empty.clone();
                ending.require(&mut system, (own.index, 0), own.item);
                if solve(&system, budget) != Answer::No {
                    possible.push(n);
                }
            }
            possible
        };
        self.items.iter().map(of_item).collect()
    }

    /// The facts that any rule of the form uses.
    pub fn used_facts(&self) -> BTreeSet<Id> {
        let mut used = BTreeSet::new();
        let mut look = |cond: &Cond| {
            cond.each_expr(&mut |expr| {
                if let Expr::Fact(id) = expr {
                    used.insert(id.clone());
                }
            });
        };
        for own in &self.items {
            own.item.conditions().for_each(&mut look);
            own.item.checks.iter().for_each(|check| look(&check.when));
        }
        self.checks.iter().for_each(|check| look(check));
        used
    }
}

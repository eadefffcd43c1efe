//! The parts of a pack that belong to the forms of one level and type, with what each item can come to.

use std::collections::BTreeSet;

use crate::kit::analysis::domain::{ANY, Domain, FALSE};
use crate::kit::analysis::memo::Memo;
use crate::kit::analysis::options::Ending;
use crate::kit::analysis::solve::{Answer, Budget, solve};
use crate::kit::analysis::system::System;
use crate::pack::{Cond, Effect, Expr, Gate, Item, Pack, Severity};
use crate::rules::Scope;
use crate::value::Id;

/// The forms of one level and type.
pub(super) struct Model<'a> {
    pub pack: &'a Pack,
    pub memo: &'a Memo<'a>,
    is_clean: bool,
    pub level: &'a Id,
    pub unit_type: &'a Id,
    pub scope: Scope,
    pub items: Vec<Own<'a>>,
    /// Facts of the pack; one that does not belong to the form is always blank.
    pub facts: Facts,
    /// Checks of severity error that facts alone decide, by index.
    checks: Vec<usize>,
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
    pub endings: &'a [Ending<'a>],
    /// Does it open a gate that fails the form?
    pub on_fail: bool,
    /// Does it open a gate that lets the form wait?
    pub on_pending: bool,
}

impl<'a> Model<'a> {
    /// The forms of this level and type, with every fact given and every item without a problem.
    pub fn complete(memo: &'a Memo<'a>, level: &'a Id, unit_type: &'a Id) -> Option<Model<'a>> {
        Model::of(memo, level, unit_type, true)
    }

    /// The forms of this level and type, whatever is blank or has a problem; points are left aside.
    pub fn loose(memo: &'a Memo<'a>, level: &'a Id, unit_type: &'a Id) -> Option<Model<'a>> {
        Model::of(memo, level, unit_type, false)
    }

    fn of(memo: &'a Memo<'a>, level: &'a Id, unit_type: &'a Id, clean: bool) -> Option<Model<'a>> {
        let pack = memo.pack;
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
            let endings = if clean { memo.clean.get(index) } else { memo.loose.get(index) }?;
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
        let checks = pack.checks.iter().zip(&scope.checks).enumerate();
        let checks = checks.filter(|(_, (check, belongs))| {
            clean && **belongs && check.severity == Severity::Error
        });
        let checks = checks.map(|(n, _)| n).collect();
        Some(Model { pack, memo, is_clean: clean, level, unit_type, scope, items, facts, checks })
    }

    /// The checks of severity error that facts alone decide.
    fn conditions(&self) -> impl Iterator<Item = &'a Cond> {
        self.checks.iter().filter_map(|n| self.pack.checks.get(*n)).map(|check| &check.when)
    }

    /// A system over the facts, with what they must keep among themselves.
    pub fn system(&self, facts: &Facts) -> System {
        let mut system = System::over(facts);
        for check in self.conditions() {
            system.require_of_facts(check, ANY & !FALSE);
        }
        system
    }

    /// The endings that each item may come to where the facts are within these; of the same verdict and points only the
    /// first. None of any item where the facts contradict each other.
    pub fn possible(&self, facts: &Facts, budget: &mut Budget) -> Vec<Vec<usize>> {
        if !self.checks.is_empty() && solve(&self.system(facts), budget) == Answer::No {
            return vec![Vec::new(); self.items.len()];
        }
        self.items.iter().map(|own| self.possible_of(own, facts, budget)).collect()
    }

    fn possible_of(&self, own: &Own<'a>, facts: &Facts, budget: &mut Budget) -> Vec<usize> {
        let bounds = self.memo.bounds(own.index, facts, &self.checks, self.is_clean);
        if let Some(known) = self.memo.known(own.index, &bounds) {
            return known;
        }
        let empty = self.memo.system(own.index, &bounds);
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
        // What the budget did not reach was not found out.
        if budget.0 > 0 {
            self.memo.keep(own.index, bounds, &possible);
        }
        possible
    }

    /// Can an item come to both of two endings with the same facts, whatever else holds?
    pub fn both_alone(
        &self,
        own: &Own<'_>,
        pair: (usize, usize),
        budget: &mut Budget,
        require: &dyn Fn(&mut System),
    ) -> Answer<()> {
        let bounds = self.memo.bounds(own.index, &self.facts, &self.checks, self.is_clean);
        if let Some(can) = self.memo.known_pair(own.index, &bounds, pair) {
            return if can { Answer::Yes(()) } else { Answer::No };
        }
        let mut system = self.memo.system(own.index, &bounds);
        require(&mut system);
        let answer = match solve(&system, budget) {
            Answer::Undecided => return Answer::Undecided,
            Answer::Yes(_) => Answer::Yes(()),
            Answer::No => Answer::No,
        };
        self.memo.keep_pair(own.index, bounds, pair, answer == Answer::Yes(()));
        answer
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
        self.conditions().for_each(&mut look);
        used
    }
}

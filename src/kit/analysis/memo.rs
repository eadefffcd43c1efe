//! What each item alone can come to, remembered. It depends on nothing but the facts that the item uses and those that
//! checks tie to them: so it is the same in forms of other levels and types, and whatever the other facts are.

use std::cell::{Cell, RefCell};

use crate::kit::analysis::domain::{ANY, Domain, FALSE};
use crate::kit::analysis::model::Facts;
use crate::kit::analysis::options::{Ending, endings, verdicts};
use crate::kit::analysis::system::System;
use crate::pack::{Cond, Expr, FactCheck, Item, Pack, Severity};
use crate::value::Id;

/// The most answers that are kept of each item.
const MOST: usize = 64;

/// Steps for sums of points, of all questions about a pack.
const SUMS: u64 = 1_000_000;

/// The facts on which an item depends, and the checks of severity error that are about them, by index.
#[derive(Clone, Debug, Default)]
pub(super) struct Near {
    pub facts: Vec<usize>,
    pub checks: Vec<usize>,
}

/// The endings of an item that are possible.
type Endings = Vec<(Bounds, Vec<usize>)>;

/// Whether pairs of endings of an item are possible.
type Pairs = Vec<(Bounds, (usize, usize), bool)>;

/// What was decided of the items of a pack, each alone.
pub(super) struct Memo<'a> {
    pub pack: &'a Pack,
    /// Of each item the endings without a problem.
    pub clean: Vec<Vec<Ending<'a>>>,
    /// Of each item all verdicts.
    pub loose: Vec<Vec<Ending<'a>>>,
    pub near: Vec<Near>,
    sums: Cell<u64>,
    possible: RefCell<Vec<Endings>>,
    pairs: RefCell<Vec<Pairs>>,
}

/// What an answer depends on.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Bounds {
    is_clean: bool,
    facts: Vec<Domain>,
    checks: Vec<usize>,
}

impl<'a> Memo<'a> {
    /// Nothing is decided yet.
    pub fn new(pack: &'a Pack) -> Memo<'a> {
        let items = pack.items.iter();
        let near = Ties::of(pack);
        Memo {
            pack,
            clean: items.clone().map(|item| endings(pack, item)).collect(),
            loose: items.clone().map(verdicts).collect(),
            near: items.map(|item| near.item(item)).collect(),
            sums: Cell::new(SUMS),
            possible: RefCell::new(vec![Vec::new(); pack.items.len()]),
            pairs: RefCell::new(vec![Vec::new(); pack.items.len()]),
        }
    }

    /// Takes some steps for sums of points; false where they are used up.
    pub fn take(&self, steps: usize) -> bool {
        let left = u64::try_from(steps).ok().and_then(|steps| self.sums.get().checked_sub(steps));
        self.sums.set(left.unwrap_or(0));
        left.is_some()
    }

    /// What the answers of an item depend on where the facts are within these; of the checks of severity error those hold
    /// that are said.
    pub fn bounds(&self, item: usize, facts: &Facts, checks: &[usize], is_clean: bool) -> Bounds {
        let near = &self.near[item];
        let domains = near.facts.iter().filter_map(|n| facts.get(*n)).map(|(_, own)| *own);
        let own = near.checks.iter().copied().filter(|own| checks.contains(own));
        Bounds { is_clean, facts: domains.collect(), checks: own.collect() }
    }

    /// A system over the facts on which an item depends, with what they must keep.
    pub fn system(&self, item: usize, bounds: &Bounds) -> System {
        let near = &self.near[item];
        system(self.pack, near, &bounds.facts, bounds.checks.iter().copied())
    }

    /// The endings that were found possible.
    pub fn known(&self, item: usize, bounds: &Bounds) -> Option<Vec<usize>> {
        let all = self.possible.borrow();
        let own = all.get(item)?.iter().find(|(own, _)| own == bounds);
        own.map(|(_, possible)| possible.clone())
    }

    /// Keeps the endings that were found possible.
    pub fn keep(&self, item: usize, bounds: Bounds, possible: &[usize]) {
        if let Some(own) = self.possible.borrow_mut().get_mut(item)
            && own.len() < MOST
        {
            own.push((bounds, possible.to_vec()));
        }
    }

    /// Whether a pair of endings was found possible.
    pub fn known_pair(&self, item: usize, bounds: &Bounds, pair: (usize, usize)) -> Option<bool> {
        let all = self.pairs.borrow();
        let own = all.get(item)?.iter().find(|(own, of, _)| *of == pair && own == bounds);
        own.map(|(_, _, can)| *can)
    }

    /// Keeps whether a pair of endings was found possible.
    pub fn keep_pair(&self, item: usize, bounds: Bounds, pair: (usize, usize), can: bool) {
        if let Some(own) = self.pairs.borrow_mut().get_mut(item)
            && own.len() < MOST * MOST
        {
            own.push((bounds, pair, can));
        }
    }
}

/// A system over some facts of a pack, within these domains, with some of its checks.
pub(super) fn system(
    pack: &Pack,
    near: &Near,
    domains: &[Domain],
    checks: impl Iterator<Item = usize>,
) -> System {
    let ids = near.facts.iter().filter_map(|n| pack.facts.get(*n)).map(|fact| fact.id.clone());
    let facts: Facts = ids.zip(domains.iter().copied()).collect();
    let mut system = System::over(&facts);
    for check in checks.filter_map(|n| pack.checks.get(n)) {
        system.require_of_facts(&check.when, ANY & !FALSE);
    }
    system
}

/// The checks of severity error, each with the facts in it.
pub(super) struct Ties<'a> {
    pack: &'a Pack,
    checks: Vec<(usize, Vec<usize>)>,
}

impl<'a> Ties<'a> {
    /// Those of a pack.
    pub fn of(pack: &'a Pack) -> Ties<'a> {
        let errors = |(_, check): &(usize, &FactCheck)| check.severity == Severity::Error;
        let checks = pack.checks.iter().enumerate().filter(errors);
        let checks = checks.map(|(n, check)| (n, facts_in(pack, [&check.when])));
        Ties { pack, checks: checks.collect() }
    }

    /// What an item depends on.
    pub fn item(&self, item: &Item) -> Near {
        let checks = item.checks.iter().map(|check| &check.when);
        self.close(facts_in(self.pack, item.conditions().chain(checks)))
    }

    /// What a check of the pack depends on, it itself aside.
    pub fn check(&self, check: usize) -> Near {
        let when = self.pack.checks.get(check).map(|own| &own.when);
        let mut near = self.close(facts_in(self.pack, when));
        near.checks.retain(|own| *own != check);
        near
    }

    /// Adds the facts that checks tie to these, and to those.
    fn close(&self, mut facts: Vec<usize>) -> Near {
        let mut checks = Vec::new();
        loop {
            let is_new = |own: &&(usize, Vec<usize>)| {
                !checks.contains(&own.0) && own.1.iter().any(|fact| facts.contains(fact))
            };
            let Some((check, own)) = self.checks.iter().find(is_new) else { break };
            checks.push(*check);
            for fact in own {
                if !facts.contains(fact) {
                    facts.push(*fact);
                }
            }
        }
        facts.sort_unstable();
        checks.sort_unstable();
        Near { facts, checks }
    }
}

/// The facts in some conditions, by index.
fn facts_in<'c>(pack: &Pack, conditions: impl IntoIterator<Item = &'c Cond>) -> Vec<usize> {
    let mut found = Vec::new();
    let at = |id: &Id| pack.facts.iter().position(|fact| fact.id == *id);
    for cond in conditions {
        cond.each_expr(&mut |expr| {
            if let Expr::Fact(id) = expr
                && let Some(own) = at(id)
                && !found.contains(&own)
            {
                found.push(own);
            }
        });
    }
    found
}

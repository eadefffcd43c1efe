//! Rules and checks that can never be true, or never be false, and shares of nothing: each decided for its item alone.

use crate::kit::analysis::domain::{ANY, Domain, FALSE, TRUE, UNKNOWN};
use crate::kit::analysis::memo::{self, Near, Ties};
use crate::kit::analysis::solve::{Answer, Budget, solve};
use crate::kit::analysis::system::System;
use crate::kit::findings::Finding;
use crate::kit::warning::Warning;
use crate::pack::{Applies, Cond, Item, Pack, Severity, Share};

/// Steps for each question about a condition.
const BUDGET: u64 = 20_000;

/// Every condition of a pack that most likely does not say what is meant, in pack order.
pub(in crate::kit) fn conditions(pack: &Pack) -> Vec<Finding<Warning>> {
    let mut found = Vec::new();
    let ties = Ties::of(pack);
    for (n, check) in pack.checks.iter().enumerate() {
        let probe = Probe::new(pack, None, ties.check(n), &check.applies);
        if probe.domains.is_empty() {
            continue;
        }
        if let Some(what) = probe.check(&check.when, &check.id) {
            found.push(Finding { pointer: format!("/checks/{n}/when"), what });
        }
    }
    for (n, item) in pack.items.iter().enumerate() {
        let probe = Probe::new(pack, Some(item), ties.item(item), &item.applies);
        if !probe.domains.is_empty() {
            probe.item(&format!("/items/{n}"), item, &mut found);
        }
    }
    found
}

/// The domains of some facts in the forms to which a part belongs, each set of them once.
fn domains(pack: &Pack, near: &Near, applies: &[Applies]) -> Vec<Vec<Domain>> {
    let mut all: Vec<Vec<Domain>> = Vec::new();
    for level in &pack.levels {
        for unit_type in &pack.types {
            if !Applies::any(applies, &level.id, &unit_type.id) {
                continue;
            }
            let own = near.facts.iter().filter_map(|n| pack.facts.get(*n)).map(|fact| {
                let given = Applies::any(&fact.applies, &level.id, &unit_type.id);
                Domain { blank: !given, given, ..Domain::number(fact.min, fact.max) }
            });
            let own: Vec<Domain> = own.collect();
            if !all.contains(&own) {
                all.push(own);
            }
        }
    }
    all
}

/// Asks what conditions of an item, or of facts alone, can come to.
struct Probe<'a> {
    item: Option<&'a Item>,
    domains: Vec<Vec<Domain>>,
    /// For each of the domains a system with the fields of the item, and what the facts must keep.
    systems: Vec<System>,
}

const SLOT: (usize, u8) = (0, 0);

impl<'a> Probe<'a> {
    fn new(pack: &Pack, item: Option<&'a Item>, near: Near, applies: &[Applies]) -> Probe<'a> {
        let domains = domains(pack, &near, applies);
        let system = |own: &Vec<Domain>| {
            let mut system = memo::system(pack, &near, own, near.checks.iter().copied());
            if let Some(item) = item {
                system.answer(SLOT, item);
            }
            system
        };
        let systems = domains.iter().map(system).collect();
        Probe { item, domains, systems }
    }

    /// Can all of these conditions have one of some truth values, where the checks of the facts hold?
    fn can(&self, wanted: &[(&Cond, u8)]) -> bool {
        let can = |system: &System| {
            let mut system = system.clone();
            match self.item {
                Some(item) => {
                    wanted.iter().for_each(|(cond, own)| system.require(SLOT, item, cond, *own));
                }
                None => wanted.iter().for_each(|(cond, own)| system.require_of_facts(cond, *own)),
            }
            // What was not decided is not claimed.
            solve(&system, &mut Budget(BUDGET)) != Answer::No
        };
        self.systems.iter().any(can)
    }

    fn check(&self, cond: &Cond, id: &crate::value::Id) -> Option<Warning> {
        let check = id.clone();
        if !self.can(&[(cond, TRUE)]) {
            Some(Warning::CheckNeverHolds { check })
        } else if !self.can(&[(cond, FALSE)]) {
            Some(Warning::CheckNeverFails { check })
        } else {
            None
        }
    }

    fn item(&self, pointer: &str, item: &Item, found: &mut Vec<Finding<Warning>>) {
        let id = || item.id.clone();
        let mut add = |pointer: String, what| found.push(Finding { pointer, what });
        for (name, cond) in [("na_when", &item.na_when), ("met_when", &item.met_when)] {
            let Some(cond) = cond else { continue };
            if !self.can(&[(cond, TRUE)]) {
                add(format!("{pointer}/{name}"), Warning::NeverTrue { item: id() });
            } else if !self.can(&[(cond, FALSE)]) {
                add(format!("{pointer}/{name}"), Warning::NeverFalse { item: id() });
            }
        }
        let applies: Vec<_> =
            item.na_when.iter().map(|cond| (cond, FALSE | UNKNOWN)).chain(errors(item)).collect();
        let mut before = applies.clone();
        for (n, band) in item.points.iter().flat_map(|points| points.bands.iter().enumerate()) {
            before.push((&band.when, TRUE));
            if !self.can(&before) {
                let pointer = format!("{pointer}/points/bands/{n}/when");
                add(pointer, Warning::StepNeverReached { item: id() });
            }
            before.pop();
            before.push((&band.when, FALSE));
        }
        let steps = item.points.iter().flat_map(|points| points.bands.iter().enumerate());
        let steps = steps.map(|(n, band)| (format!("{pointer}/points/bands/{n}/when"), &band.when));
        let met = item.met_when.iter().map(|cond| (format!("{pointer}/met_when"), cond));
        for (pointer, cond) in met.chain(steps) {
            each_share(cond, pointer, &mut |pointer, share| {
                if self.is_of_nothing(&applies, cond, share) {
                    add(pointer, Warning::ShareOfNothing { item: id() });
                }
            });
        }
        for (n, check) in item.checks.iter().enumerate() {
            if let Some(what) = self.check(&check.when, &check.id) {
                add(format!("{pointer}/checks/{n}/when"), what);
            }
        }
    }

    /// Can the whole of a share be 0 where the share decides its condition?
    fn is_of_nothing(&self, applies: &[(&Cond, u8)], cond: &Cond, share: &Share) -> bool {
        let zero = Cond::Eq(Box::new([share.within.clone(), crate::pack::Expr::Int(0)]));
        let with = |truth| replaced(cond, share, truth);
        let (held, failed) = (with(true), with(false));
        [(TRUE, FALSE | UNKNOWN), (FALSE | UNKNOWN, TRUE)].into_iter().any(|(first, second)| {
            let mut wanted = applies.to_vec();
            wanted.extend([(&zero, TRUE), (&held, first), (&failed, second)]);
            self.can(&wanted)
        })
    }
}

/// The checks of an item of severity error, which must not fail.
fn errors(item: &Item) -> impl Iterator<Item = (&Cond, u8)> {
    let errors = item.checks.iter().filter(|check| check.severity == Severity::Error);
    errors.map(|check| (&check.when, ANY & !FALSE))
}

/// The condition with a constant in the place of one of its shares.
fn replaced(cond: &Cond, share: &Share, truth: bool) -> Cond {
    let inner = |own: &Cond| replaced(own, share, truth);
    match cond {
        Cond::All(own) => Cond::All(own.iter().map(inner).collect()),
        Cond::Any(own) => Cond::Any(own.iter().map(inner).collect()),
        Cond::Not(own) => Cond::Not(Box::new(inner(own))),
        Cond::Share(own) if std::ptr::eq(own.as_ref(), share) => match truth {
            true => Cond::All(Vec::new()),
            false => Cond::Any(Vec::new()),
        },
        other => other.clone(),
    }
}

/// Calls `visit` on every share of a condition, with its place.
pub(in crate::kit) fn each_share(
    cond: &Cond,
    pointer: String,
    visit: &mut dyn FnMut(String, &Share),
) {
    match cond {
        Cond::All(inner) | Cond::Any(inner) => {
            let name = if matches!(cond, Cond::All(_)) { "all" } else { "any" };
            for (n, own) in inner.iter().enumerate() {
                each_share(own, format!("{pointer}/{name}/{n}"), visit);
            }
        }
        Cond::Not(inner) => each_share(inner, format!("{pointer}/not"), visit),
        Cond::Share(share) => visit(format!("{pointer}/share"), share),
        _ => {}
    }
}

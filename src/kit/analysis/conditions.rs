//! Rules and checks that can never be true, or never be false, and shares of nothing: each decided for its item alone.

use crate::kit::analysis::domain::{ANY, Domain, FALSE, TRUE, UNKNOWN};
use crate::kit::analysis::model::Facts;
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
    for (n, check) in pack.checks.iter().enumerate() {
        let probe = Probe { pack, item: None, facts: facts(pack, &check.applies), but: Some(n) };
        if probe.facts.is_empty() {
            continue;
        }
        if let Some(what) = probe.check(&check.when, &check.id) {
            found.push(Finding { pointer: format!("/checks/{n}/when"), what });
        }
    }
    for (n, item) in pack.items.iter().enumerate() {
        let facts = facts(pack, &item.applies);
        if !facts.is_empty() {
            let probe = Probe { pack, item: Some(item), facts, but: None };
            probe.item(&format!("/items/{n}"), item, &mut found);
        }
    }
    found
}

/// The facts of the forms to which a part belongs, each set of them once.
fn facts(pack: &Pack, applies: &[Applies]) -> Vec<Facts> {
    let mut all: Vec<Facts> = Vec::new();
    for level in &pack.levels {
        for unit_type in &pack.types {
            if !Applies::any(applies, &level.id, &unit_type.id) {
                continue;
            }
            let own = pack.facts.iter().map(|fact| {
                let given = Applies::any(&fact.applies, &level.id, &unit_type.id);
                let domain = Domain { blank: !given, given, ..Domain::number(fact.min, fact.max) };
                (fact.id.clone(), domain)
            });
            let own: Facts = own.collect();
            if !all.contains(&own) {
                all.push(own);
            }
        }
    }
    all
}

/// Asks what conditions of an item, or of facts alone, can come to.
struct Probe<'a> {
    pack: &'a Pack,
    item: Option<&'a Item>,
    facts: Vec<Facts>,
    /// The check of the pack that is itself in question.
    but: Option<usize>,
}

const SLOT: (usize, u8) = (0, 0);

impl Probe<'_> {
    /// Can all of these conditions have one of some truth values, where the checks of the facts hold?
    fn can(&self, wanted: &[(&Cond, u8)]) -> bool {
        let can = |facts: &Facts| {
            let mut system = System::over(facts);
            for (n, check) in self.pack.checks.iter().enumerate() {
                if check.severity == Severity::Error && self.but != Some(n) {
                    system.require_of_facts(&check.when, ANY & !FALSE);
                }
            }
            match self.item {
                Some(item) => {
                    system.answer(SLOT, item);
                    wanted.iter().for_each(|(cond, own)| system.require(SLOT, item, cond, *own));
                }
                None => wanted.iter().for_each(|(cond, own)| system.require_of_facts(cond, *own)),
            }
            // What was not decided is not claimed.
            solve(&system, &mut Budget(BUDGET)) != Answer::No
        };
        self.facts.iter().any(can)
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

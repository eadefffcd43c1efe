//! What the author of a pack loses by a choice. None of it is a fault.

use serde::{Deserialize, Serialize};

use crate::kit::analysis::each_share;
use crate::kit::findings::Finding;
use crate::pack::{Comparison, Cond, Effect, EvidenceRule, Expr, FieldKind, Item, Pack};
use crate::value::Id;

/// One piece of advice.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Advice {
    /// Of the items of a criterion that are not mandatory all must be met.
    #[error("one item of {items} that is not met fails criterion {criterion}, mandatory or not")]
    OneFailsAll {
        /// The criterion.
        criterion: Id,
        /// How many items of it are not mandatory.
        items: usize,
    },
    /// All criteria must pass.
    #[error("all {criteria} criteria must pass: one that fails decides the form")]
    EveryCriterion {
        /// How many there are.
        criteria: usize,
    },
    /// Nobody can say that an exception holds.
    #[error(
        "the gate {gate} has no exception: a case that the rule does not mean cannot be told apart"
    )]
    NoException {
        /// The gate.
        gate: Id,
    },
    /// A gate fails a form whatever the law was on the day.
    #[error(
        "the gate {gate} fails a form and is in force for ever: say from when, and until when, its rule holds"
    )]
    FailsForEver {
        /// The gate.
        gate: Id,
    },
    /// A mandatory item asks for all of a number.
    #[error(
        "item {item} is mandatory and asks for all, without exception: one who is absent fails the criterion"
    )]
    AllOfThem {
        /// The item.
        item: Id,
    },
    /// Many items ask for evidence.
    #[error("{required} of {items} items ask for evidence: each costs the unit time")]
    MuchEvidence {
        /// How many ask for it.
        required: usize,
        /// How many items there are.
        items: usize,
    },
    /// Derived verdicts that nobody may overrule.
    #[error("nobody may overrule, with a reason, what the numbers say of: {}", list(.items))]
    NoOverride {
        /// The items.
        items: Vec<Id>,
    },
    /// Small units hit the share exactly, and that is not enough.
    #[error("item {item}: {part} of {whole} is exactly {percent} %, and that is not {} it", if *.op == Comparison::Gt { "over" } else { "under" })]
    Boundary {
        /// The item.
        item: Id,
        /// More than, or less than.
        op: Comparison,
        /// The share.
        percent: i64,
        /// The least numbers that hit it.
        part: i64,
        /// Of so many.
        whole: i64,
    },
    /// Points are counted and decide nothing.
    #[error("points are counted but decide nothing: no band makes a form eligible or not")]
    PointsInform,
    /// A field that no rule and no check uses.
    #[error(
        "no rule and no check uses the field {field} of item {item}: it is asked for its own sake"
    )]
    UnusedField {
        /// The item.
        item: Id,
        /// The field.
        field: Id,
    },
    /// A fact that no rule and no check uses.
    #[error("no rule and no check uses the fact {fact}: it is asked for its own sake")]
    UnusedFact {
        /// The fact.
        fact: Id,
    },
}

impl Advice {
    /// What kind of advice it is, as a word that programs can rely on.
    pub fn code(&self) -> &'static str {
        match self {
            Advice::OneFailsAll { .. } => "one_fails_all",
            Advice::EveryCriterion { .. } => "every_criterion",
            Advice::NoException { .. } => "no_exception",
            Advice::FailsForEver { .. } => "fails_for_ever",
            Advice::AllOfThem { .. } => "all_of_them",
            Advice::MuchEvidence { .. } => "much_evidence",
            Advice::NoOverride { .. } => "no_override",
            Advice::Boundary { .. } => "boundary",
            Advice::PointsInform => "points_inform",
            Advice::UnusedField { .. } => "unused_field",
            Advice::UnusedFact { .. } => "unused_fact",
        }
    }
}

fn list(ids: &[Id]) -> String {
    ids.iter().map(Id::as_str).collect::<Vec<_>>().join(", ")
}

/// Least units of which a share is not worth a word: larger ones rarely hit it exactly.
const SMALL_UNIT: i64 = 40;

/// Every piece of advice on a pack, in pack order of its kind.
pub(super) fn advice(pack: &Pack) -> Vec<Finding<Advice>> {
    let mut found = Vec::new();
    let mut add = |pointer: String, what| found.push(Finding { pointer, what });
    let used = |id: &Id| {
        let is_it = |expr: &Expr| matches!(expr, Expr::Fact(own) if own == id);
        let mut in_check = false;
        for check in &pack.checks {
            check.when.each_expr(&mut |expr| in_check |= is_it(expr));
        }
        in_check || pack.items.iter().any(|item| item.uses(is_it))
    };
    for (n, fact) in pack.facts.iter().enumerate().filter(|(_, fact)| !used(&fact.id)) {
        add(format!("/facts/{n}"), Advice::UnusedFact { fact: fact.id.clone() });
    }
    for (n, criterion) in pack.criteria.iter().enumerate() {
        let others = |item: &&Item| item.criterion == criterion.id && !item.mandatory;
        let items = pack.items.iter().filter(others).count();
        if criterion.others_percent == 100 && items > 1 {
            let criterion = criterion.id.clone();
            let pointer = format!("/criteria/{n}/others_percent");
            add(pointer, Advice::OneFailsAll { criterion, items });
        }
    }
    for (n, item) in pack.items.iter().enumerate() {
        of_item(&format!("/items/{n}"), item, &mut add);
    }
    let items = pack.items.len();
    let asks = |item: &&Item| item.evidence == EvidenceRule::Required;
    let required = pack.items.iter().filter(asks).count();
    if required > 3 && required * 2 > items {
        add("/items".to_owned(), Advice::MuchEvidence { required, items });
    }
    let fixed = pack.items.iter().filter(|item| item.met_when.is_some() && !item.overridable);
    let fixed: Vec<Id> = fixed.map(|item| item.id.clone()).collect();
    if !fixed.is_empty() {
        add("/items".to_owned(), Advice::NoOverride { items: fixed });
    }
    for (n, gate) in pack.gates.iter().enumerate().filter(|(_, gate)| gate.items.is_empty()) {
        if !gate.allows_exception {
            let gate = gate.id.clone();
            add(format!("/gates/{n}/allows_exception"), Advice::NoException { gate });
        }
        if gate.effect == Effect::Fail && gate.in_force == crate::pack::Span::default() {
            let gate = gate.id.clone();
            add(format!("/gates/{n}/in_force"), Advice::FailsForEver { gate });
        }
    }
    if pack.points.as_ref().is_some_and(|points| points.eligible_bands.is_empty()) {
        add("/points/eligible_bands".to_owned(), Advice::PointsInform);
    }
    let criteria = pack.criteria.len();
    if criteria > 1 && i64::try_from(criteria) == Ok(pack.decision.criteria_required) {
        add("/decision/criteria_required".to_owned(), Advice::EveryCriterion { criteria });
    }
    found
}

fn of_item(pointer: &str, item: &Item, add: &mut dyn FnMut(String, Advice)) {
    let id = || item.id.clone();
    if let Some(cond) = &item.met_when {
        if item.mandatory && asks_for_all(cond) {
            add(format!("{pointer}/met_when"), Advice::AllOfThem { item: id() });
        }
        each_share(cond, format!("{pointer}/met_when"), &mut |pointer, share| {
            let divisor = gcd(share.percent, 100);
            let (part, whole) = (share.percent / divisor, 100 / divisor);
            let is_strict = matches!(share.op, Comparison::Gt | Comparison::Lt);
            if is_strict && (1..100).contains(&share.percent) && whole <= SMALL_UNIT {
                let (op, percent) = (share.op, share.percent);
                add(pointer, Advice::Boundary { item: id(), op, percent, part, whole });
            }
        });
    }
    for (n, field) in item.fields.iter().enumerate() {
        // Texts are for people to read.
        if !matches!(field.kind, FieldKind::Text) && !uses_field(item, &field.id) {
            let (item, field) = (id(), field.id.clone());
            add(format!("{pointer}/fields/{n}"), Advice::UnusedField { item, field });
        }
    }
}

/// Is it a share of 100 per cent, or one number that must equal or reach another, with nothing beside it?
fn asks_for_all(cond: &Cond) -> bool {
    let is_number = |expr: &Expr| !matches!(expr, Expr::Int(_));
    match cond {
        Cond::All(inner) => inner.iter().any(asks_for_all),
        Cond::Share(share) => share.op == Comparison::Ge && share.percent == 100,
        Cond::Eq(sides) | Cond::Ge(sides) => sides.iter().all(is_number),
        _ => false,
    }
}

fn uses_field(item: &Item, id: &Id) -> bool {
    let mut found = item.uses(|expr| matches!(expr, Expr::Field(own) if own == id));
    let checks = item.checks.iter().map(|check| &check.when);
    for cond in item.conditions().chain(checks) {
        cond.each(&mut |own| match own {
            Cond::Choice { field, .. } | Cond::Given { field } | Cond::InPeriod { field } => {
                found |= field == id;
            }
            _ => {}
        });
    }
    found
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

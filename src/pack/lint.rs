//! Errors of a pack beyond its format: references, duplicates, unreachable parts (spec s. 2.8).

use std::collections::BTreeSet;

use crate::pack::{Applies, Band, Cond, Expr, Field, FieldKind, Item, Pack};
use crate::value::Id;

/// One error of a pack. A pack with any error is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {defect}")]
pub struct LintError {
    /// JSON Pointer (RFC 6901) to the value.
    pub pointer: String,
    /// What is wrong with the value.
    pub defect: Defect,
}

/// What is wrong with a pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Defect {
    /// A reference to an id that the pack does not define.
    #[error("nothing here has the id {0}")]
    ReferenceToNothing(Id),
    /// An id that stands twice in its list.
    #[error("the id {0} stands twice in its list")]
    DuplicateId(Id),
    /// A comparison or share of a field that is no integer.
    #[error("the field {0} is no integer and cannot be compared")]
    NotAnInteger(Id),
    /// A `choice` condition on a field that is no choice field.
    #[error("the field {0} is no choice field")]
    NotAChoice(Id),
    /// An `in_period` condition on a field that is no date field.
    #[error("the field {0} is no date field")]
    NotADate(Id),
    /// An item among `full_items` that has no points.
    #[error("the item {0} has no points")]
    ItemWithoutPoints(Id),
    /// A band behind another that takes every form that could reach it.
    #[error("the band {band} can never be reached: {behind} comes first and covers it")]
    UnreachableBand {
        /// The band that is never reached.
        band: Id,
        /// The band that takes its forms.
        behind: Id,
    },
    /// More criteria are required than there are.
    #[error("{required} criteria are required, but there are only {criteria}")]
    TooManyCriteriaRequired {
        /// How many are required.
        required: i64,
        /// How many there are.
        criteria: usize,
    },
    /// A list that must hold something is empty.
    #[error("this list must not be empty")]
    Empty,
    /// A span that ends before it begins.
    #[error("this ends before it begins")]
    SpanEndsBeforeItBegins,
}

/// Every error of a pack, in pack order; empty where the pack may be used.
pub fn errors(pack: &Pack) -> Vec<LintError> {
    let mut lint = Lint { pack, findings: Vec::new() };
    lint.lists();
    lint.spans();
    for (n, fact) in pack.facts.iter().enumerate() {
        lint.applies(&format!("/facts/{n}"), &fact.applies);
    }
    for (n, check) in pack.checks.iter().enumerate() {
        lint.applies(&format!("/checks/{n}"), &check.applies);
        lint.cond(&format!("/checks/{n}/when"), &[], &check.when);
    }
    for (n, item) in pack.items.iter().enumerate() {
        lint.item(&format!("/items/{n}"), item);
    }
    for (n, gate) in pack.gates.iter().enumerate() {
        lint.applies(&format!("/gates/{n}"), &gate.applies);
        for (m, id) in gate.items.iter().enumerate() {
            if pack.item(id).is_none() {
                lint.nothing(format!("/gates/{n}/items/{m}"), id.clone());
            }
        }
    }
    for (n, adjustment) in pack.adjustments.iter().enumerate() {
        lint.applies(&format!("/adjustments/{n}"), &adjustment.applies);
    }
    lint.points();
    let required = pack.decision.criteria_required;
    let criteria = pack.criteria.len();
    if usize::try_from(required).is_ok_and(|required| required > criteria) {
        lint.add(
            "/decision/criteria_required".into(),
            Defect::TooManyCriteriaRequired { required, criteria },
        );
    }
    lint.findings
}

struct Lint<'a> {
    pack: &'a Pack,
    findings: Vec<LintError>,
}

impl Lint<'_> {
    fn add(&mut self, pointer: String, defect: Defect) {
        self.findings.push(LintError { pointer, defect });
    }

    fn nothing(&mut self, pointer: String, id: Id) {
        self.add(pointer, Defect::ReferenceToNothing(id));
    }

    fn unique<'i>(&mut self, list: &str, ids: impl Iterator<Item = &'i Id>) {
        let mut seen = BTreeSet::new();
        for (n, id) in ids.enumerate() {
            if !seen.insert(id) {
                self.add(format!("{list}/{n}/id"), Defect::DuplicateId(id.clone()));
            }
        }
    }

    fn lists(&mut self) {
        let pack = self.pack;
        for (list, empty) in [
            ("/levels", pack.levels.is_empty()),
            ("/types", pack.types.is_empty()),
            ("/periods", pack.periods.is_empty()),
        ] {
            if empty {
                self.add(list.into(), Defect::Empty);
            }
        }
        self.unique("/levels", pack.levels.iter().map(|x| &x.id));
        self.unique("/types", pack.types.iter().map(|x| &x.id));
        self.unique("/facts", pack.facts.iter().map(|x| &x.id));
        self.unique("/checks", pack.checks.iter().map(|x| &x.id));
        self.unique("/criteria", pack.criteria.iter().map(|x| &x.id));
        self.unique("/items", pack.items.iter().map(|x| &x.id));
        self.unique("/gates", pack.gates.iter().map(|x| &x.id));
        self.unique("/adjustments", pack.adjustments.iter().map(|x| &x.id));
    }

    fn spans(&mut self) {
        let pack = self.pack;
        let basis = pack.legal_basis.iter().map(|basis| &basis.in_force).enumerate();
        let basis = basis.map(|(n, span)| (format!("/legal_basis/{n}/in_force"), span));
        let gates = pack.gates.iter().map(|gate| &gate.in_force).enumerate();
        let gates = gates.map(|(n, span)| (format!("/gates/{n}/in_force"), span));
        let own = std::iter::once(("/effective".to_owned(), &pack.effective));
        for (pointer, span) in own.chain(basis).chain(gates) {
            if matches!((span.from, span.to), (Some(from), Some(to)) if to < from) {
                self.add(pointer, Defect::SpanEndsBeforeItBegins);
            }
        }
    }

    fn applies(&mut self, pointer: &str, entries: &[Applies]) {
        let pack = self.pack;
        for (n, entry) in entries.iter().enumerate() {
            for (id, known) in [(&entry.level, &pack.levels), (&entry.unit_type, &pack.types)] {
                if let Some(id) = id
                    && known.iter().all(|term| term.id != *id)
                {
                    self.nothing(format!("{pointer}/applies/{n}"), id.clone());
                }
            }
        }
    }

    fn item(&mut self, pointer: &str, item: &Item) {
        if self.pack.criterion(&item.criterion).is_none() {
            let id = item.criterion.clone();
            self.nothing(format!("{pointer}/criterion"), id);
        }
        self.applies(pointer, &item.applies);
        self.unique(&format!("{pointer}/fields"), item.fields.iter().map(|x| &x.id));
        for (n, field) in item.fields.iter().enumerate() {
            if let FieldKind::Choice(choices) = &field.kind {
                let list = format!("{pointer}/fields/{n}/choices");
                self.unique(&list, choices.iter().map(|x| &x.id));
                if choices.is_empty() {
                    self.add(list, Defect::Empty);
                }
            }
        }
        for (name, cond) in [("na_when", &item.na_when), ("met_when", &item.met_when)] {
            if let Some(cond) = cond {
                self.cond(&format!("{pointer}/{name}"), &item.fields, cond);
            }
        }
        for (n, band) in item.points.iter().flat_map(|p| p.bands.iter().enumerate()) {
            self.cond(&format!("{pointer}/points/bands/{n}/when"), &item.fields, &band.when);
        }
        self.unique(&format!("{pointer}/checks"), item.checks.iter().map(|x| &x.id));
        for (n, check) in item.checks.iter().enumerate() {
            self.cond(&format!("{pointer}/checks/{n}/when"), &item.fields, &check.when);
        }
    }

    /// Checks the references of a condition that may use these fields.
    fn cond(&mut self, pointer: &str, fields: &[Field], cond: &Cond) {
        let kind = |id: &Id| fields.iter().find(|field| field.id == *id).map(|field| &field.kind);
        let mut defects = Vec::new();
        cond.each_expr(&mut |expr| match expr {
            Expr::Field(id) => match kind(id) {
                Some(FieldKind::Integer { .. }) => {}
                Some(_) => defects.push(Defect::NotAnInteger(id.clone())),
                None => defects.push(Defect::ReferenceToNothing(id.clone())),
            },
            Expr::Fact(id) if self.pack.fact(id).is_none() => {
                defects.push(Defect::ReferenceToNothing(id.clone()));
            }
            _ => {}
        });
        cond.each(&mut |cond| match cond {
            Cond::Given { field: id } if kind(id).is_none() => {
                defects.push(Defect::ReferenceToNothing(id.clone()));
            }
            Cond::InPeriod { field: id } => match kind(id) {
                Some(FieldKind::Date) => {}
                Some(_) => defects.push(Defect::NotADate(id.clone())),
                None => defects.push(Defect::ReferenceToNothing(id.clone())),
            },
            Cond::Choice { field, among } => match kind(field) {
                Some(FieldKind::Choice(choices)) => {
                    let unknown = among.iter().filter(|id| choices.iter().all(|c| c.id != **id));
                    defects.extend(unknown.cloned().map(Defect::ReferenceToNothing));
                }
                Some(_) => defects.push(Defect::NotAChoice(field.clone())),
                None => defects.push(Defect::ReferenceToNothing(field.clone())),
            },
            _ => {}
        });
        for defect in defects {
            self.add(pointer.to_owned(), defect);
        }
    }

    fn points(&mut self) {
        let Some(points) = &self.pack.points else {
            return;
        };
        self.unique("/points/bands", points.bands.iter().map(|x| &x.id));
        for (n, band) in points.bands.iter().enumerate() {
            for (m, id) in band.full_items.iter().enumerate() {
                let pointer = format!("/points/bands/{n}/full_items/{m}");
                match self.pack.item(id) {
                    None => self.nothing(pointer, id.clone()),
                    Some(item) if item.points.is_none() => {
                        self.add(pointer, Defect::ItemWithoutPoints(id.clone()));
                    }
                    Some(_) => {}
                }
            }
            if let Some(behind) = points.bands.iter().take(n).find(|earlier| covers(earlier, band))
            {
                self.add(
                    format!("/points/bands/{n}"),
                    Defect::UnreachableBand { band: band.id.clone(), behind: behind.id.clone() },
                );
            }
        }
        for (n, id) in points.eligible_bands.iter().enumerate() {
            if points.bands.iter().all(|band| band.id != *id) {
                self.nothing(format!("/points/eligible_bands/{n}"), id.clone());
            }
        }
    }
}

/// Does every form that reaches `later` reach `earlier` too?
fn covers(earlier: &Band, later: &Band) -> bool {
    earlier.at_least_bp <= later.at_least_bp
        && earlier.full_items.iter().all(|id| later.full_items.contains(id))
}

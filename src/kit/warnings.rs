//! Warnings that the parts of a pack show by themselves or beside each other. Those about conditions are decided in
//! `analysis`.

use crate::kit::findings::Finding;
use crate::kit::warning::{Part, Warning};
use crate::pack::{Applies, Expr, Item, Pack, PointScheme, Span};
use crate::value::{Id, Label};

/// Collects warnings.
struct Look<'a> {
    pack: &'a Pack,
    kinds: Vec<Applies>,
    found: Vec<Finding<Warning>>,
}

/// The warnings that need no analysis, in pack order of their kind.
pub(super) fn warnings(pack: &Pack) -> Vec<Finding<Warning>> {
    let kinds = pack.levels.iter().flat_map(|level| {
        pack.types
            .iter()
            .map(|own| Applies { level: Some(level.id.clone()), unit_type: Some(own.id.clone()) })
    });
    let mut look = Look { pack, kinds: kinds.collect(), found: Vec::new() };
    look.labels();
    look.belonging();
    look.facts();
    look.gates();
    look.points();
    look.decision();
    look.found
}

/// Does a part belong to forms of this kind?
fn belongs(entries: &[Applies], kind: &Applies) -> bool {
    kind.level
        .as_ref()
        .zip(kind.unit_type.as_ref())
        .is_some_and(|(level, unit_type)| Applies::any(entries, level, unit_type))
}

impl Look<'_> {
    fn add(&mut self, pointer: impl Into<String>, what: Warning) {
        self.found.push(Finding { pointer: pointer.into(), what });
    }

    fn label(&mut self, pointer: String, label: &Label) {
        if label.en.is_none() {
            self.add(pointer, Warning::NoEnglish);
        }
    }

    fn labels(&mut self) {
        let pack = self.pack;
        let mut labels: Vec<(String, &Label)> = vec![("/title".into(), &pack.title)];
        let named = [("/issuer", &pack.issuer), ("/note", &pack.note)];
        labels.extend(named.iter().filter_map(|(at, own)| Some(((*at).into(), own.as_ref()?))));
        for (list, terms) in [("/levels", &pack.levels), ("/types", &pack.types)] {
            let terms = terms.iter().enumerate();
            labels.extend(terms.map(|(n, own)| (format!("{list}/{n}/label"), &own.label)));
        }
        for (n, own) in pack.facts.iter().enumerate() {
            labels.push((format!("/facts/{n}/label"), &own.label));
        }
        for (n, own) in pack.checks.iter().enumerate() {
            labels.push((format!("/checks/{n}/message"), &own.message));
        }
        for (n, own) in pack.criteria.iter().enumerate() {
            labels.push((format!("/criteria/{n}/label"), &own.label));
        }
        for (n, item) in pack.items.iter().enumerate() {
            labels.extend(labels_of(&format!("/items/{n}"), item));
        }
        for (n, own) in pack.gates.iter().enumerate() {
            labels.push((format!("/gates/{n}/label"), &own.label));
            labels.extend(own.help.as_ref().map(|help| (format!("/gates/{n}/help"), help)));
        }
        for (n, own) in pack.adjustments.iter().enumerate() {
            labels.push((format!("/adjustments/{n}/label"), &own.label));
        }
        let bands = pack.points.iter().flat_map(|points| points.bands.iter().enumerate());
        labels.extend(bands.map(|(n, own)| (format!("/points/bands/{n}/label"), &own.label)));
        for (pointer, label) in labels {
            self.label(pointer, label);
        }
    }

    fn belonging(&mut self) {
        let pack = self.pack;
        let facts = pack.facts.iter().map(|own| (&own.id, &own.applies)).collect::<Vec<_>>();
        let checks = pack.checks.iter().map(|own| (&own.id, &own.applies)).collect();
        let items = pack.items.iter().map(|own| (&own.id, &own.applies)).collect();
        let gates = pack.gates.iter().map(|own| (&own.id, &own.applies)).collect();
        let adjustments = pack.adjustments.iter().map(|own| (&own.id, &own.applies)).collect();
        for (list, part, own) in [
            ("/facts", Part::Fact, facts),
            ("/checks", Part::Check, checks),
            ("/items", Part::Item, items),
            ("/gates", Part::Gate, gates),
            ("/adjustments", Part::Adjustment, adjustments),
        ] {
            for (n, (id, applies)) in own.into_iter().enumerate() {
                if !self.kinds.iter().any(|kind| belongs(applies, kind)) {
                    let id = id.clone();
                    self.add(format!("{list}/{n}/applies"), Warning::InNoForm { part, id });
                }
            }
        }
        for (n, criterion) in pack.criteria.iter().enumerate() {
            let own = |item: &&Item| item.criterion == criterion.id;
            let own: Vec<&Item> = pack.items.iter().filter(own).collect();
            let is_empty = |kind: &&Applies| !own.iter().any(|item| belongs(&item.applies, kind));
            let kinds: Vec<Applies> = self.kinds.iter().filter(is_empty).cloned().collect();
            if !kinds.is_empty() {
                let criterion = criterion.id.clone();
                self.add(format!("/criteria/{n}"), Warning::NoItem { criterion, kinds });
            }
        }
    }

    /// Facts that items use in forms where nobody is asked for them.
    fn facts(&mut self) {
        for (n, item) in self.pack.items.iter().enumerate() {
            for fact in &self.pack.facts {
                if !item.uses(|expr| matches!(expr, Expr::Fact(id) if *id == fact.id)) {
                    continue;
                }
                let kinds = self.kinds.iter();
                let kinds = kinds.filter(|kind| belongs(&item.applies, kind));
                let kinds = kinds.filter(|kind| !belongs(&fact.applies, kind));
                let kinds: Vec<Applies> = kinds.cloned().collect();
                if !kinds.is_empty() {
                    let (item, fact) = (item.id.clone(), fact.id.clone());
                    self.add(format!("/items/{n}"), Warning::FactNotAsked { item, fact, kinds });
                }
            }
        }
    }

    fn gates(&mut self) {
        let pack = self.pack;
        for (n, gate) in pack.gates.iter().enumerate() {
            for (m, id) in gate.items.iter().enumerate() {
                let Some(item) = pack.item(id) else { continue };
                let both =
                    |kind: &Applies| belongs(&gate.applies, kind) && belongs(&item.applies, kind);
                if !self.kinds.iter().any(both) {
                    let (gate, item) = (gate.id.clone(), id.clone());
                    let pointer = format!("/gates/{n}/items/{m}");
                    self.add(pointer, Warning::GateItemElsewhere { gate, item });
                }
            }
            if gate.items.is_empty() && !overlap(&gate.in_force, &pack.effective) {
                let gate = gate.id.clone();
                self.add(format!("/gates/{n}/in_force"), Warning::GateNotInForce { gate });
            }
        }
    }

    fn points(&mut self) {
        let pack = self.pack;
        for (n, adjustment) in pack.adjustments.iter().enumerate() {
            let cap = pack.points.as_ref().map(|points| &points.adjustment_cap);
            let counts = cap.is_some_and(|cap| {
                adjustment.points > 0 && cap.up > 0 || adjustment.points < 0 && cap.down > 0
            });
            if !counts {
                let adjustment = adjustment.id.clone();
                let what = Warning::AdjustmentWithoutEffect { adjustment };
                self.add(format!("/adjustments/{n}"), what);
            }
        }
        let Some(scheme) = &pack.points else {
            for (n, item) in pack.items.iter().enumerate().filter(|(_, own)| own.points.is_some()) {
                let item = item.id.clone();
                self.add(format!("/items/{n}/points"), Warning::PointsNotCounted { item });
            }
            return;
        };
        let is_eligible = |id: &Id| scheme.eligible_bands.contains(id);
        for (n, band) in scheme.bands.iter().enumerate().filter(|(_, own)| !is_eligible(&own.id)) {
            if let Some(later) = later(scheme, n) {
                let (band, later) = (band.id.clone(), later.clone());
                let what = Warning::BetterBandNotEligible { band, later };
                self.add(format!("/points/bands/{n}"), what);
            }
        }
    }

    fn decision(&mut self) {
        if self.pack.decision.criteria_required == 0 {
            self.add("/decision/criteria_required", Warning::NothingRequired);
        }
        let Some(rule) = &self.pack.decision.vote else { return };
        // Of one who may vote, who is there, and who votes against and for.
        if rule.passes(0, rule.base(1, 1)) {
            self.add("/decision/vote", Warning::EveryVotePasses);
        }
        if !rule.passes(1, rule.base(1, 1)) {
            let (num, den) = (rule.num, rule.den);
            self.add("/decision/vote", Warning::NoVotePasses { num, den });
        }
    }
}

/// The first band behind the n-th that makes a form eligible.
fn later(scheme: &PointScheme, n: usize) -> Option<&Id> {
    let behind = scheme.bands.iter().skip(n + 1).map(|band| &band.id);
    behind.into_iter().find(|id| scheme.eligible_bands.contains(id))
}

/// Do two spans have a day in common?
fn overlap(one: &Span, other: &Span) -> bool {
    let is_before =
        |a: &Span, b: &Span| matches!((a.to, b.from), (Some(to), Some(from)) if to < from);
    !is_before(one, other) && !is_before(other, one)
}

fn labels_of<'a>(pointer: &str, item: &'a Item) -> Vec<(String, &'a Label)> {
    let mut labels = vec![(format!("{pointer}/label"), &item.label)];
    labels.extend(item.help.as_ref().map(|help| (format!("{pointer}/help"), help)));
    for (n, field) in item.fields.iter().enumerate() {
        labels.push((format!("{pointer}/fields/{n}/label"), &field.label));
        if let crate::pack::FieldKind::Choice(choices) = &field.kind {
            let choices = choices.iter().enumerate();
            let place = |m| format!("{pointer}/fields/{n}/choices/{m}/label");
            labels.extend(choices.map(|(m, own)| (place(m), &own.label)));
        }
    }
    let checks = item.checks.iter().enumerate();
    labels.extend(checks.map(|(n, own)| (format!("{pointer}/checks/{n}/message"), &own.message)));
    labels
}

//! A system of conditions over the answers to some items and the facts they share.
//!
//! Every comparison of a pack is linear, so it holds where one linear form of bounded whole numbers lies in a range. The
//! same form has one range in the whole system, however many comparisons use it: `a < b` and `b < a` contradict each
//! other at once. [`solve`](super::solve) decides whether the system has a solution.

use crate::kit::analysis::domain::{ANY, Domain, FALSE, Place, Range, Sum, TRUE, UNKNOWN};
use crate::pack::{Cond, Expr, FieldKind, Item};
use crate::value::Id;

/// A condition with its comparisons by index.
#[derive(Clone, Debug)]
pub(super) enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Atom(usize),
}

/// What a condition is made of.
#[derive(Clone, Debug)]
pub(super) enum Atom {
    /// A comparison: unknown where a variable is blank.
    Within { vars: Vec<usize>, form: usize, lo: i128, hi: i128, within: bool },
    /// One of some choices; also a day in the period, of the two choices that there are.
    Among { var: usize, set: u128 },
    /// Given at all.
    Given { var: usize },
}

/// A linear form and the variables in it.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub terms: Vec<(usize, i128)>,
}

/// A condition that must have one of some truth values.
#[derive(Clone, Debug)]
pub(super) struct Requirement {
    pub node: Node,
    pub allowed: u8,
}

/// Variables, and what is required of them.
#[derive(Clone, Debug, Default)]
pub(super) struct System {
    pub places: Vec<Place>,
    pub domains: Vec<Domain>,
    pub forms: Vec<Form>,
    pub atoms: Vec<Atom>,
    /// The forms of each variable.
    pub forms_of: Vec<Vec<usize>>,
    pub requirements: Vec<Requirement>,
    /// Has a field more choices than are told apart? Then nothing is decided.
    pub is_too_wide: bool,
    facts: usize,
    /// Where the fields of each answer begin.
    fields: Vec<(usize, u8, usize)>,
}

/// The most choices of a field that are told apart.
pub(super) const MOST_CHOICES: usize = 128;

/// The day in the period, as the first of the two choices of a date.
pub(super) const IN_PERIOD: u128 = 1;

/// An answer of an item, by index in the pack and copy.
pub(super) type Slot = (usize, u8);

impl System {
    /// A system over facts, with nothing required.
    pub fn over(facts: &[(Id, Domain)]) -> System {
        let mut system = System::default();
        for (id, domain) in facts {
            system.variable(Place::Fact(id.clone()), *domain);
        }
        system.facts = facts.len();
        system
    }

    fn variable(&mut self, place: Place, domain: Domain) {
        self.places.push(place);
        self.domains.push(domain);
        self.forms_of.push(Vec::new());
    }

    /// Adds the fields of an answer, once.
    pub fn answer(&mut self, slot: Slot, item: &Item) {
        if self.begin(slot).is_some() {
            return;
        }
        self.fields.push((slot.0, slot.1, self.places.len()));
        for field in &item.fields {
            self.is_too_wide |=
                matches!(&field.kind, FieldKind::Choice(choices) if choices.len() > MOST_CHOICES);
            let domain = match &field.kind {
                FieldKind::Integer { min, max } => Domain::number(*min, *max),
                FieldKind::Choice(choices) => Domain::choice(choices.len()),
                FieldKind::Date => Domain::choice(2),
                FieldKind::Text => Domain::choice(1),
            };
            let place = Place::Field { item: slot.0, copy: slot.1, field: field.id.clone() };
            self.variable(place, domain);
        }
    }

    fn begin(&self, slot: Slot) -> Option<usize> {
        // The latest is asked for most.
        let found = self.fields.iter().rev().find(|(item, copy, _)| (*item, *copy) == slot);
        found.map(|(_, _, begin)| *begin)
    }

    fn field(&self, slot: Slot, item: &Item, id: &Id) -> Option<usize> {
        let at = item.fields.iter().position(|field| field.id == *id)?;
        Some(self.begin(slot)? + at)
    }

    fn fact(&self, id: &Id) -> Option<usize> {
        let is_it = |place: &Place| matches!(place, Place::Fact(own) if own == id);
        self.places.iter().take(self.facts).position(is_it)
    }

    /// Requires a field to be given.
    pub fn give(&mut self, slot: Slot, item: &Item, id: &Id) {
        if let Some(domain) = self.field(slot, item, id).and_then(|var| self.domains.get_mut(var)) {
            domain.blank = false;
        }
    }

    /// Requires a condition of facts alone to have one of some truth values.
    pub fn require_of_facts(&mut self, cond: &Cond, allowed: u8) {
        let node = self.node(None, cond);
        self.requirements.push(Requirement { node, allowed });
    }

    /// Requires a condition of an item to have one of some truth values.
    pub fn require(&mut self, slot: Slot, item: &Item, cond: &Cond, allowed: u8) {
        let node = self.node(Some((slot, item)), cond);
        self.requirements.push(Requirement { node, allowed });
    }

    fn node(&mut self, own: Option<(Slot, &Item)>, cond: &Cond) -> Node {
        let mut list = |inner: &[Cond]| inner.iter().map(|one| self.node(own, one)).collect();
        match cond {
            Cond::All(inner) => Node::All(list(inner)),
            Cond::Any(inner) => Node::Any(list(inner)),
            Cond::Not(inner) => Node::Not(Box::new(self.node(own, inner))),
            _ => {
                let atom = self.atom(own, cond);
                self.atoms.push(atom);
                Node::Atom(self.atoms.len() - 1)
            }
        }
    }

    fn atom(&mut self, own: Option<(Slot, &Item)>, cond: &Cond) -> Atom {
        let field = |id: &Id| own.and_then(|(slot, item)| self.field(slot, item, id));
        let var = |expr: &Expr| match expr {
            Expr::Field(id) => field(id),
            Expr::Fact(id) => self.fact(id),
            _ => None,
        };
        let mut sum = Sum::default();
        let op = if let Some((op, [left, right])) = cond.comparison() {
            sum.add(left, 1, &var);
            sum.add(right, -1, &var);
            op
        } else if let Cond::Share(share) = cond {
            sum.add(&share.of, 100, &var);
            sum.add(&share.within, -i128::from(share.percent), &var);
            // A whole of 0 per cent still counts as used: its terms stay, with the factor 0.
            share.op
        } else {
            return match cond {
                Cond::Choice { field: id, among } => {
                    let choices = own.and_then(|(_, item)| item.field(id)).map(|own| &own.kind);
                    let mut set = 0;
                    if let Some(FieldKind::Choice(choices)) = choices {
                        for (n, choice) in choices.iter().enumerate().take(MOST_CHOICES) {
                            set |= u128::from(among.contains(&choice.id)) << n;
                        }
                    }
                    Atom::Among { var: field(id).unwrap_or(usize::MAX), set }
                }
                Cond::InPeriod { field: id } => {
                    Atom::Among { var: field(id).unwrap_or(usize::MAX), set: IN_PERIOD }
                }
                Cond::Given { field: id } => Atom::Given { var: field(id).unwrap_or(usize::MAX) },
                _ => Atom::Given { var: usize::MAX },
            };
        };
        let vars = sum.terms.iter().map(|(var, _)| *var).collect();
        let Range { terms, lo, hi, within } = Range::of(&sum, op);
        Atom::Within { vars, form: self.form(terms), lo, hi, within }
    }

    /// The form with these terms, made where there is none.
    fn form(&mut self, terms: Vec<(usize, i128)>) -> usize {
        let near = terms.first().and_then(|(var, _)| self.forms_of.get(*var));
        let known =
            near.and_then(|near| near.iter().find(|form| self.forms[**form].terms == terms));
        if let Some(known) = known {
            return *known;
        }
        let form = self.forms.len();
        for (var, _) in &terms {
            self.forms_of[*var].push(form);
        }
        self.forms.push(Form { terms });
        form
    }
}

/// The truth values that a negation may have.
fn negated(mask: u8) -> u8 {
    (mask & UNKNOWN) | ((mask & TRUE) << 1) | ((mask & FALSE) >> 1)
}

/// The truth values that a node may have, given those of its atoms (Kleene's logic over sets of values).
pub(super) fn mask(node: &Node, atom: &dyn Fn(usize) -> u8) -> u8 {
    match node {
        Node::Atom(own) => atom(*own),
        Node::Not(inner) => negated(mask(inner, atom)),
        Node::All(inner) => all(inner.iter().map(|own| mask(own, atom))),
        Node::Any(inner) => negated(all(inner.iter().map(|own| negated(mask(own, atom))))),
    }
}

fn all(masks: impl Iterator<Item = u8>) -> u8 {
    let (mut some_false, mut all_true, mut none_false, mut some_unknown) = (0, TRUE, true, false);
    for mask in masks {
        some_false |= mask & FALSE;
        all_true &= mask;
        none_false &= mask & (TRUE | UNKNOWN) != 0;
        some_unknown |= mask & UNKNOWN != 0;
    }
    some_false | all_true | if none_false && some_unknown { UNKNOWN } else { 0 }
}

/// The first atom of a node that stands open and may change it.
pub(super) fn open_atom(node: &Node, atom: &dyn Fn(usize) -> u8) -> Option<usize> {
    let is_open = |node: &&Node| !is_single(mask(node, atom));
    match node {
        Node::Atom(own) => (!is_single(atom(*own))).then_some(*own),
        Node::Not(inner) => open_atom(inner, atom),
        Node::All(inner) | Node::Any(inner) => {
            inner.iter().filter(is_open).find_map(|own| open_atom(own, atom))
        }
    }
}

/// Is it one truth value only?
pub(super) fn is_single(mask: u8) -> bool {
    (mask & ANY).count_ones() == 1
}

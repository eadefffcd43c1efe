//! The result of a rule, in a full sentence.

use crate::app::text::{Text, fill};
use crate::app::wording::{label, verdict};
use crate::pack::{Comparison, Cond, Expr, FieldKind, Item};
use crate::rules::{Explained, Number, Values, Verdict, explain, holds};
use crate::session::Session;
use crate::value::{Id, Lang};

/// What a rule derives for an item.
pub struct Derived {
    /// The verdict.
    pub derived: Verdict,
    /// The verdict as it is shown: none where it rests on numbers that cannot be.
    pub shown: Verdict,
    /// The sentence under the item.
    pub words: String,
}

/// What a rule derives for an item, in words; `None` if a person says.
pub fn derived_line(t: &Text, lang: Lang, session: &Session, place: usize) -> Option<Derived> {
    let item = session.pack().items.get(place)?;
    let derived = session.item(place)?.derived?;
    let teller = Teller { t, lang, session, item, values: session.values(&item.id) };
    let why = match derived {
        Verdict::NotApplicable => teller.plain(item.na_when.as_ref()?),
        Verdict::Unanswered => teller.blanks(item.met_when.as_ref()?),
        Verdict::Met | Verdict::NotMet => teller.compared(item.met_when.as_ref()?),
    };
    // Numbers that cannot be make neither glad nor sorry; the check below says what cannot be.
    Some(match session.item(place)?.is_impossible() {
        true => Derived { derived, shown: Verdict::Unanswered, words: t.impossible.to_owned() },
        false => {
            Derived { derived, shown: derived, words: format!("{} – {why}", verdict(t, derived)) }
        }
    })
}

/// The facts that an item's rules read, with their values; `None` if they read none.
pub fn facts_line(t: &Text, lang: Lang, session: &Session, place: usize) -> Option<String> {
    let item = session.pack().items.get(place)?;
    let values = session.values(&item.id);
    let mut names: Vec<String> = Vec::new();
    for cond in item.na_when.iter().chain(&item.met_when) {
        cond.each_expr(&mut |expr| {
            if let Expr::Fact(id) = expr
                && let Some(fact) = session.pack().fact(id)
            {
                let value = values.fact(id).map_or("…".to_owned(), |value| value.to_string());
                let name = format!("{} {value}", fact.label.text(lang));
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        });
    }
    (!names.is_empty()).then(|| fill(t.taken_from_unit, &[&names.join("; ")]))
}

/// A number as text. No form has one beyond 64 bits, and formatting more is not worth its code
/// bytes.
fn told(value: i128) -> String {
    match i64::try_from(value) {
        Ok(value) => value.to_string(),
        Err(_) if value > 0 => format!("> {}", i64::MAX),
        Err(_) => format!("< {}", i64::MIN),
    }
}

struct Teller<'a> {
    t: &'a Text,
    lang: Lang,
    session: &'a Session,
    item: &'a Item,
    values: Values<'a>,
}

impl Teller<'_> {
    /// The name of a number: its label, or its formula.
    fn name(&self, expr: &Expr) -> String {
        match expr {
            Expr::Int(value) => value.to_string(),
            Expr::Field(id) => self.field(id),
            Expr::Fact(id) => label(self.session.pack().fact(id).map(|own| &own.label), self.lang),
            Expr::Add(_) | Expr::Sub(_) | Expr::Mul(..) => self.formula(expr),
        }
    }

    fn field(&self, id: &Id) -> String {
        label(self.item.field(id).map(|field| &field.label), self.lang)
    }

    /// The formula of a number, such as `17 − 6`.
    fn formula(&self, expr: &Expr) -> String {
        let value = |value: Option<i64>| value.map_or("…".to_owned(), |value| value.to_string());
        match expr {
            Expr::Int(constant) => constant.to_string(),
            Expr::Field(id) => value(self.values.field(id)),
            Expr::Fact(id) => value(self.values.fact(id)),
            Expr::Add(terms) => {
                terms.iter().map(|term| self.formula(term)).collect::<Vec<_>>().join(" + ")
            }
            Expr::Sub(sides) => {
                format!("{} − {}", self.formula(&sides[0]), self.formula(&sides[1]))
            }
            Expr::Mul(factor, constant) => format!("{} × {constant}", self.formula(factor)),
        }
    }

    fn value(&self, number: &Number<'_>) -> String {
        number.value.map_or("…".to_owned(), told)
    }

    /// The formula in brackets; empty for a plain number.
    fn made_of(&self, expr: &Expr) -> String {
        match expr {
            Expr::Add(_) | Expr::Sub(_) | Expr::Mul(..) => format!(" ({})", self.formula(expr)),
            Expr::Int(_) | Expr::Field(_) | Expr::Fact(_) => String::new(),
        }
    }

    fn choices(&self, field: &Id, among: &[Id]) -> String {
        let choices = match self.item.field(field).map(|field| &field.kind) {
            Some(FieldKind::Choice(choices)) => choices.as_slice(),
            _ => &[],
        };
        let named = choices.iter().filter(|choice| among.contains(&choice.id));
        named.map(|choice| choice.label.text(self.lang)).collect::<Vec<_>>().join(", ")
    }

    /// The deciding comparisons, with the requirement.
    fn compared(&self, cond: &Cond) -> String {
        let truth = holds(cond, &self.values) == Some(true);
        let tell = |part: &Explained<'_>| match part {
            Explained::Share { of, within, op, percent } => {
                let words = if truth { self.t.share_ops } else { self.t.share_not_ops };
                let place = match op {
                    Comparison::Gt => 0,
                    Comparison::Ge => 1,
                    Comparison::Lt => 2,
                    // Shares have four comparisons; `eq` and `ne` are none of them.
                    Comparison::Le | Comparison::Eq | Comparison::Ne => 3,
                };
                let level = fill(words[place], &[&percent.to_string()]);
                let how = self.made_of(within.expr);
                fill(self.t.share, &[&self.value(of), &self.value(within), &how, &level])
            }
            Explained::Compare { left, op, right } => {
                let place = Comparison::ALL.iter().position(|known| known == op).unwrap_or(0);
                let op = self.t.compare_ops.get(place).copied().unwrap_or_default();
                let required = match right.expr {
                    Expr::Int(value) => value.to_string(),
                    expr => format!("{} ({})", self.value(right), self.name(expr)),
                };
                let name = self.name(left.expr);
                fill(self.t.compare, &[&name, &self.value(left), op, &required])
            }
            Explained::Choice { field, among, negated } => {
                let sentence = if *negated { self.t.choice_out } else { self.t.choice_in };
                fill(sentence, &[&self.field(field), &self.choices(field, among)])
            }
            Explained::Given { field, negated } => {
                let sentence = if *negated { self.t.not_given } else { self.t.given };
                fill(sentence, &[&self.field(field)])
            }
            Explained::InPeriod { field, negated } => {
                let sentence = if *negated { self.t.out_of_period } else { self.t.in_period };
                fill(sentence, &[&self.field(field)])
            }
        };
        explain(cond, &self.values).iter().map(tell).collect::<Vec<_>>().join("; ") + "."
    }

    /// The deciding numbers, without the requirement.
    fn plain(&self, cond: &Cond) -> String {
        let mut said: Vec<String> = Vec::new();
        let mut say = |name: String, value: String| {
            let part = format!("{name}: {value}");
            if !said.contains(&part) {
                said.push(part);
            }
        };
        for part in explain(cond, &self.values) {
            match part {
                Explained::Share { of, within, .. } => {
                    say(self.name(of.expr), self.value(&of));
                    say(self.name(within.expr), self.value(&within));
                }
                Explained::Compare { left, right, .. } => {
                    for side in [left, right] {
                        if !matches!(side.expr, Expr::Int(_)) {
                            say(self.name(side.expr), self.value(&side));
                        }
                    }
                }
                Explained::Choice { field, .. }
                | Explained::Given { field, .. }
                | Explained::InPeriod { field, .. } => {
                    let answer = self.values.answer.and_then(|a| a.text(field)).unwrap_or("…");
                    let chosen = Id::new(answer).map(|id| self.choices(field, &[id]));
                    say(self.field(field), chosen.unwrap_or_else(|| answer.to_owned()));
                }
            }
        }
        said.join("; ") + "."
    }

    /// The blank numbers and choices that a rule needs.
    fn blanks(&self, cond: &Cond) -> String {
        let mut names: Vec<String> = Vec::new();
        let mut blank = |name: String| {
            if !names.contains(&name) {
                names.push(name);
            }
        };
        cond.each_expr(&mut |expr| match expr {
            Expr::Field(id) if self.values.field(id).is_none() => blank(self.field(id)),
            Expr::Fact(id) if self.values.fact(id).is_none() => blank(self.name(expr)),
            _ => {}
        });
        cond.each(&mut |part| {
            if let Cond::Choice { field, .. } = part
                && self.values.answer.is_none_or(|answer| answer.is_blank(field))
            {
                blank(self.field(field));
            }
        });
        fill(self.t.fill_in, &[&names.join("; ")])
    }
}

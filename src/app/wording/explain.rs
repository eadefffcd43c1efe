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
    /// The same where the verdict stands beside it.
    pub why: String,
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
        true => Derived {
            derived,
            shown: Verdict::Unanswered,
            words: t.impossible.to_owned(),
            why: t.impossible.to_owned(),
        },
        false => {
            let words = format!("{} – {why}", verdict(t, derived));
            Derived { derived, shown: derived, words, why }
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

/// How the labels of numbers begin, in both languages.
const COUNTING: [&str; 5] = ["Tổng số ", "Số lượng ", "Số ", "Total number of ", "Number of "];

/// A share in per cent with as many decimals, up to three, as tell it from the level that it is held against, and none
/// where it is whole; `None` where nothing is shared. Numbers beyond 64 bits are not worth their code bytes.
fn share_of(of: i128, whole: i128, level: i64, lang: Lang) -> Option<String> {
    let of = i64::try_from(of).ok().filter(|of| *of >= 0)?.checked_mul(100_000)?;
    let whole = i64::try_from(whole).ok().filter(|whole| *whole > 0)?;
    if of % whole == 0 && of / whole % 1000 == 0 {
        return Some([&(of / whole / 1000).to_string(), " %"].concat());
    }
    let (mut unit, mut words) = (1000, String::new());
    while unit > 1 {
        unit /= 10;
        let value = whole.checked_mul(unit)?;
        let value = of.checked_add(value / 2)? / value;
        let base = 1000 / unit;
        // The decimals with their leading zeros.
        let decimals = (base + value % base).to_string();
        let comma = if lang == Lang::Vi { "," } else { "." };
        words = [&(value / base).to_string(), comma, decimals.get(1..)?, " %"].concat();
        if value != level * base {
            break;
        }
    }
    Some(words)
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

    /// The formula of a number that is not plain.
    fn made_of(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Add(_) | Expr::Sub(_) | Expr::Mul(..) => Some(self.formula(expr)),
            Expr::Int(_) | Expr::Field(_) | Expr::Fact(_) => None,
        }
    }

    /// What a number counts, as it follows the number: its label without the words for counting. What is less some of
    /// a kind is still of that kind; empty where nothing names it.
    fn noun(&self, expr: &Expr) -> String {
        let label = match expr {
            Expr::Field(_) | Expr::Fact(_) => self.name(expr),
            Expr::Sub(sides) => return self.noun(&sides[0]),
            Expr::Int(_) | Expr::Add(_) | Expr::Mul(..) => return String::new(),
        };
        let counted = COUNTING.iter().find_map(|words| label.strip_prefix(words));
        let mut signs = counted.unwrap_or(&label).chars();
        let first = signs.next().into_iter().flat_map(char::to_lowercase);
        [' '].into_iter().chain(first).chain(signs).collect()
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
                let [of_value, whole] =
                    [self.value(of), self.value(within) + &self.noun(within.expr)];
                let share = of.value.zip(within.value);
                let share = share.and_then(|(of, whole)| share_of(of, whole, *percent, self.lang));
                let how: Vec<_> = self.made_of(within.expr).into_iter().chain(share).collect();
                fill(self.t.share, &[&of_value, &whole, &how.join("; "), &level])
            }
            Explained::Compare { left, op, right } => {
                let place = Comparison::ALL.iter().position(|known| known == op).unwrap_or(0);
                let required = match right.expr {
                    Expr::Int(value) => value.to_string(),
                    expr => format!("{} ({})", self.value(right), self.name(expr)),
                };
                let name = self.name(left.expr);
                if matches!((op, right.expr), (Comparison::Eq | Comparison::Le, Expr::Int(0))) {
                    return fill(self.t.compare_none, &[&name, &self.value(left)]);
                }
                let word = self.t.compare_ops.get(place).copied().unwrap_or_default();
                fill(self.t.compare, &[&name, &self.value(left), word, &required])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_told_with_one_decimal() {
        let cases = [
            (10, 11, "90,9 %", "90.9 %"),
            (17, 20, "85 %", "85 %"),
            (12, 12, "100 %", "100 %"),
            (0, 7, "0 %", "0 %"),
            (1, 8, "12,5 %", "12.5 %"),
            (2, 3, "66,7 %", "66.7 %"),
            (1, 2000, "0,1 %", "0.1 %"),
            (30, 11, "272,7 %", "272.7 %"),
            // Next to the level: enough decimals to see on which side it lies.
            (8501, 10_000, "85,01 %", "85.01 %"),
            (84_996, 100_000, "84,996 %", "84.996 %"),
        ];
        for (of, whole, vi, en) in cases {
            assert_eq!(share_of(of, whole, 85, Lang::Vi).as_deref(), Some(vi));
            assert_eq!(share_of(of, whole, 85, Lang::En).as_deref(), Some(en));
        }
        assert_eq!(share_of(3, 0, 85, Lang::Vi), None);
        assert_eq!(share_of(-3, 4, 85, Lang::Vi), None);
        assert_eq!(share_of(i128::MAX, 4, 85, Lang::Vi), None);
    }
}

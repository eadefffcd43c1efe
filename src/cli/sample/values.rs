//! Values of fields, drawn and tried against the rules of the item until they give the wanted verdict.

use crate::form::{Answer, Assessment, FieldValue};
use crate::json::Map;
use crate::pack::{Choice, Cond, Expr, FieldKind, Item, Pack};
use crate::rules::{Scope, Values, holds, number};
use crate::value::Id;

use super::generator::Generator;
use super::periods::Times;
use super::phrases;

/// How often values are drawn for an item.
const TRIES: usize = 80;

/// The wanted verdict of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    /// The item is met.
    Met,
    /// The item is not met.
    NotMet,
    /// The item does not apply.
    NotApplicable,
}

/// The inputs of values.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) pack: &'a Pack,
    pub(super) scope: &'a Scope,
    pub(super) form: &'a Assessment,
    pub(super) times: &'a Times,
}

impl Setting<'_> {
    fn values<'b>(&'b self, answer: Option<&'b Answer>) -> Values<'b> {
        Values { answer, form: self.form, pack: self.pack, scope: self.scope }
    }

    /// Does a condition hold without any field?
    pub(super) fn holds_anyway(&self, cond: &Cond) -> bool {
        holds(cond, &self.values(None)) == Some(true)
    }

    /// Field values with which the item has the verdict aimed at, else the last ones drawn. Believable
    /// values come before others (20 of 17 members).
    pub(super) fn draw(
        &self,
        item: &Item,
        aim: Aim,
        generator: &mut Generator,
    ) -> Map<Id, FieldValue> {
        let rule = rule_of(item);
        let anchors = rule.map(|rule| self.anchors(rule)).unwrap_or_default();
        let mut second_best = None;
        let mut answer = Answer::default();
        for _ in 0..TRIES {
            answer.fields = self.draw_once(item, aim, &anchors, generator);
            let values = self.values(Some(&answer));
            let skipped = item.na_when.as_ref().and_then(|cond| holds(cond, &values)) == Some(true);
            let fits = match aim {
                Aim::NotApplicable => skipped || item.na_when.is_none(),
                Aim::Met | Aim::NotMet if skipped => false,
                aim => rule.is_none_or(|rule| holds(rule, &values) == Some(aim == Aim::Met)),
            };
            if !fits {
                continue;
            }
            if rule.is_none_or(|rule| is_believable(rule, &values)) {
                return answer.fields;
            }
            second_best = Some(answer.fields.clone());
        }
        second_best.unwrap_or(answer.fields)
    }

    /// The thresholds of a rule, as far as facts and constants give them.
    fn anchors(&self, rule: &Cond) -> Vec<i64> {
        let mut anchors = Vec::new();
        let mut add = |value: i128| anchors.extend(i64::try_from(value));
        let none = self.values(None);
        rule.each(&mut |part| {
            if let Some((_, sides)) = part.comparison() {
                sides.iter().filter_map(|side| number(side, &none)).for_each(&mut add);
            } else if let Cond::Share(share) = part
                && let Some(whole) = number(&share.within, &none)
            {
                add(whole);
                add(whole * i128::from(share.percent) / 100 + 1);
            }
        });
        anchors
    }

    fn draw_once(
        &self,
        item: &Item,
        aim: Aim,
        anchors: &[i64],
        generator: &mut Generator,
    ) -> Map<Id, FieldValue> {
        let mut fields = Map::new();
        let mut drawn = Vec::new();
        // Optional fields are filled or left out together.
        let only_needed = generator.percent(30);
        for field in &item.fields {
            let is_ruled = is_ruled(item, &field.id);
            if only_needed && !field.required && !is_ruled {
                continue;
            }
            let value = match &field.kind {
                FieldKind::Integer { min, max } => {
                    let value = if is_ruled {
                        ruled_number(anchors, &drawn, generator)
                    } else {
                        free_number(&drawn, generator)
                    };
                    let value = value.clamp(*min, *max);
                    drawn.push(value);
                    Some(FieldValue::Int(value))
                }
                FieldKind::Text => Some(FieldValue::Text(generator.phrase(&phrases::WORK))),
                FieldKind::Date => Some(FieldValue::Text(self.times.day(generator).to_string())),
                FieldKind::Choice(choices) => choice(choices, aim, is_ruled, generator),
            };
            fields.extend(value.map(|value| (field.id.clone(), value)));
        }
        fields
    }
}

/// The condition that decides about an item's numbers: its rule, else the best step of its points.
fn rule_of(item: &Item) -> Option<&Cond> {
    let best_step = || item.points.as_ref()?.bands.first().map(|band| &band.when);
    item.met_when.as_ref().or_else(best_step)
}

/// Does any rule of the item use this field?
fn is_ruled(item: &Item, id: &Id) -> bool {
    let mut found = item.uses(|expr| matches!(expr, Expr::Field(field) if field == id));
    for rule in item.conditions() {
        rule.each(&mut |cond| match cond {
            Cond::Choice { field, .. } | Cond::Given { field } => found |= field == id,
            _ => {}
        });
    }
    found
}

/// A number for a field that rules use: mostly near a threshold.
fn ruled_number(anchors: &[i64], drawn: &[i64], generator: &mut Generator) -> i64 {
    let near = match generator.below(10) {
        0..=4 => generator.pick(drawn).or_else(|| anchors.last()).copied(),
        5..=7 => generator.pick(anchors).copied(),
        _ => None,
    };
    let Some(near) = near else {
        let most = generator.between(2, 24).min(generator.between(2, 24));
        return generator.between(0, most);
    };
    match generator.below(8) {
        0..=4 => near,
        5 => near.saturating_add(1),
        6 => near.saturating_sub(1),
        _ => near.saturating_sub(generator.between(0, (near / 8).max(1))),
    }
}

/// A number that no rule uses: small, and not larger than the one before it, since forms mostly ask for
/// the whole before the part.
fn free_number(drawn: &[i64], generator: &mut Generator) -> i64 {
    let most = drawn.last().copied().unwrap_or_else(|| generator.between(1, 12));
    generator.between(0, most)
}

/// A choice; choices are mostly listed from best to worst.
fn choice(
    choices: &[Choice],
    aim: Aim,
    is_ruled: bool,
    generator: &mut Generator,
) -> Option<FieldValue> {
    let half = choices.len().div_ceil(2);
    let among = match aim {
        _ if is_ruled => choices,
        Aim::NotMet => choices.get(half.saturating_sub(1)..).unwrap_or(choices),
        Aim::Met | Aim::NotApplicable => choices.get(..half).unwrap_or(choices),
    };
    let chosen = generator.pick(among)?;
    Some(FieldValue::Text(chosen.id.to_string()))
}

/// Would a person believe these numbers? A part is not larger than its whole, and what was done not
/// more than what was planned.
fn is_believable(rule: &Cond, values: &Values<'_>) -> bool {
    let mut believable = true;
    rule.each(&mut |part| {
        let pair = match part {
            Cond::Share(share) => Some((&share.of, &share.within)),
            Cond::Ge(sides) | Cond::Gt(sides) => {
                let is_plan = !matches!(sides[1], Expr::Int(_));
                is_plan.then_some((&sides[0], &sides[1]))
            }
            _ => None,
        };
        let numbers =
            pair.and_then(|(part, whole)| Some((number(part, values)?, number(whole, values)?)));
        believable &= numbers.is_none_or(|(part, whole)| part <= whole);
    });
    believable
}

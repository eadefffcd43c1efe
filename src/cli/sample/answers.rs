//! The answer to one item.

use crate::form::{Answer, AnswerVerdict};
use crate::pack::{EvidenceRule, Expr, Item};

use super::generator::Generator;
use super::phrases;
use super::values::{Aim, Setting};

/// An answer that gives an item the verdict aimed at, as far as its rules allow.
pub(super) fn answer(
    setting: &Setting<'_>,
    item: &Item,
    aim: Aim,
    generator: &mut Generator,
) -> Answer {
    // Facts alone can make an item not apply; it then stays empty.
    if item.na_when.as_ref().is_some_and(|cond| setting.holds_anyway(cond)) {
        return Answer::default();
    }
    // Sometimes a unit overrules its numbers, with a reason.
    let overrule =
        aim == Aim::Met && item.overridable && item.met_when.is_some() && generator.percent(2);
    let drawn = if overrule { Aim::NotMet } else { aim };
    let mut answer = Answer::default();
    if aim != Aim::NotApplicable || item.na_when.is_some() {
        answer.fields = setting.draw(item, drawn, generator);
    }
    let is_derived =
        item.met_when.is_some() || (aim == Aim::NotApplicable && item.na_when.is_some());
    if !is_derived || overrule || generator.percent(25) {
        answer.verdict = Some(match aim {
            Aim::Met => AnswerVerdict::Met,
            Aim::NotMet => AnswerVerdict::NotMet,
            Aim::NotApplicable => AnswerVerdict::NotApplicable,
        });
    }
    match aim {
        Aim::Met if overrule => answer.reason = generator.phrase(&phrases::OVERRULED),
        Aim::Met => {}
        Aim::NotMet if generator.percent(70) => answer.reason = generator.phrase(&phrases::NOT_MET),
        Aim::NotMet => {}
        Aim::NotApplicable => answer.reason = generator.phrase(&phrases::SKIPPED),
    }
    let shows = match item.evidence {
        EvidenceRule::None => false,
        EvidenceRule::Optional => aim == Aim::Met && generator.percent(55),
        EvidenceRule::Required => aim == Aim::Met,
    };
    if shows {
        answer.evidence = phrases::evidence(setting, generator);
    }
    answer
}

/// Can an answer make the item not apply, by a number or by its verdict?
pub(super) fn can_skip(item: &Item) -> bool {
    match &item.na_when {
        Some(cond) => {
            let mut by_field = false;
            cond.each_expr(&mut |expr| by_field |= matches!(expr, Expr::Field(_)));
            by_field
        }
        None => item.may_skip && item.met_when.is_none(),
    }
}

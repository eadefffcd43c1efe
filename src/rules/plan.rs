//! What it would still take for a form to be eligible: the fewest steps, in pack order.

use crate::form::{Answer, Assessment, FieldValue};
use crate::json::sorted_places;
use crate::pack::{Band, Cond, Effect, FieldKind, Item, Pack, VoteBase, VoteOp};
use crate::rules::{
    Change, CriterionVerdict, Evaluation, FormVerdict, GateState, Plan, Step, Values, Verdict,
    VoteState, holds, number,
};
use crate::value::Id;

/// What it would still take for a form to be eligible.
pub fn plan(pack: &Pack, form: &Assessment) -> Plan {
    let evaluation = Evaluation::of(pack, form);
    let planner = Planner {
        pack,
        form,
        evaluation: &evaluation,
    };
    let verdict = evaluation.verdict(pack, form);
    let steps = if verdict == FormVerdict::Eligible {
        Vec::new()
    } else {
        planner.steps()
    };
    Plan { verdict, steps }
}

struct Planner<'a> {
    pack: &'a Pack,
    form: &'a Assessment,
    evaluation: &'a Evaluation,
}

impl Planner<'_> {
    fn steps(&self) -> Vec<Step> {
        let problems = self.evaluation.problems(self.pack, self.form);
        let mut steps: Vec<_> = problems.into_iter().map(Step::Mend).collect();
        steps.extend(self.criteria());
        steps.extend(self.gates());
        steps.extend(self.vote());
        steps.extend(self.points());
        steps
    }

    /// The steps of as many criteria as must pass, those with the fewest steps first, and of the
    /// items of the others that a gate stands on.
    fn criteria(&self) -> Vec<Step> {
        let required = usize::try_from(self.pack.decision.criteria_required).unwrap_or(0);
        // By place: the steps if the criterion is to pass, and those that it takes in any case.
        let mut each: Vec<(Vec<Step>, Vec<Step>)> = (0..self.pack.criteria.len())
            .map(|place| (self.criterion(place, true), self.criterion(place, false)))
            .collect();
        let extra = |place: usize| {
            let (all, any) = &each[place];
            all.len().saturating_sub(any.len())
        };
        let fewest_first = sorted_places(each.len(), &|a, b| extra(a).cmp(&extra(b)));
        for place in fewest_first.into_iter().skip(required) {
            each[place].0 = std::mem::take(&mut each[place].1);
        }
        each.into_iter().flat_map(|(all, _)| all).collect()
    }

    /// The steps of a criterion that is to pass; of another only those that a gate asks for.
    fn criterion(&self, place: usize, to_pass: bool) -> Vec<Step> {
        let (Some(criterion), Some(tally)) =
            (self.pack.criteria.get(place), self.evaluation.tally(place))
        else {
            return Vec::new();
        };
        let to_pass = to_pass && tally.verdict(criterion) != CriterionVerdict::Passed;
        let mut steps = Vec::new();
        let mut others = Vec::new();
        let mut gated = 0;
        for (place, item) in self.pack.items.iter().enumerate() {
            let Some(state) = self.evaluation.item(place) else {
                continue;
            };
            let on_gate = self.is_on_a_gate(item);
            if item.criterion != criterion.id || !(to_pass || on_gate) {
                continue;
            }
            match state.verdict {
                // Said to be not applicable, with the reason missing: mending that is all it takes.
                Verdict::Unanswered if state.lacks_reason() => {}
                Verdict::Unanswered => steps.push(Step::Answer {
                    criterion: criterion.id.clone(),
                    item: item.id.clone(),
                }),
                Verdict::NotMet if item.mandatory || on_gate => {
                    gated += i64::from(!item.mandatory);
                    steps.push(self.meet(item));
                }
                Verdict::NotMet => others.push(item),
                Verdict::Met | Verdict::NotApplicable => {}
            }
        }
        let reachable = tally.others_met + tally.others_unanswered + gated;
        let total = tally.others_met + tally.others_unanswered + tally.others_not_met;
        let needed = (criterion.others_percent * total + 99) / 100 - reachable;
        if to_pass && needed > 0 && needed == tally.others_not_met - gated {
            steps.extend(others.into_iter().map(|item| self.meet(item)));
        } else if to_pass && needed > 0 {
            steps.push(Step::MeetSome {
                criterion: criterion.id.clone(),
                count: needed,
                items: others.into_iter().map(|item| item.id.clone()).collect(),
            });
        }
        steps
    }

    /// Does a gate of the form stand on the item, so that it must not stay unmet?
    fn is_on_a_gate(&self, item: &Item) -> bool {
        let gates = self.pack.gates.iter().enumerate();
        gates
            .filter(|(place, _)| self.evaluation.gate(*place).is_some())
            .any(|(_, gate)| gate.items.contains(&item.id))
    }

    fn meet(&self, item: &Item) -> Step {
        Step::Meet {
            criterion: item.criterion.clone(),
            item: item.id.clone(),
            change: self.nearest_change(item),
        }
    }

    /// The smallest change of one number of the item that makes its rule true; none where a person
    /// overruled the rule, since its numbers are not what stands in the way.
    fn nearest_change(&self, item: &Item) -> Option<Change> {
        let state = self.evaluation.item(self.pack.item_index(&item.id)?)?;
        if state.derived != Some(Verdict::NotMet) {
            return None;
        }
        let cond = item.met_when.as_ref()?;
        let answer = self.form.items.get(&item.id)?;
        let mut best: Option<Change> = None;
        for field in &item.fields {
            let FieldKind::Integer { min, max } = field.kind else {
                continue;
            };
            let Some(from) = answer.integer(&field.id) else {
                continue;
            };
            for to in self.turning_points(cond, answer, &field.id) {
                let to = i64::try_from(to.clamp(i128::from(min), i128::from(max))).unwrap_or(max);
                let nearer = best
                    .as_ref()
                    .is_none_or(|b| from.abs_diff(to) < b.from.abs_diff(b.to));
                if nearer
                    && self.with_field(answer, &field.id, to, |v| holds(cond, v)) == Some(true)
                {
                    let field = field.id.clone();
                    best = Some(Change { field, from, to });
                }
            }
        }
        best
    }

    /// Values of a field around which some comparison of a condition changes. Every comparison is
    /// linear in one field, so its values at 0 and 1 tell where it changes.
    fn turning_points(&self, cond: &Cond, answer: &Answer, field: &Id) -> Vec<i128> {
        let difference = |at: i64, cond: &Cond| {
            self.with_field(answer, field, at, |values| match cond {
                Cond::Compare(_, sides) => {
                    Some(number(&sides[0], values)? - number(&sides[1], values)?)
                }
                Cond::Share(share) => {
                    let whole = number(&share.within, values)? * i128::from(share.percent);
                    Some(number(&share.of, values)? * 100 - whole)
                }
                _ => None,
            })
        };
        let mut points = Vec::new();
        cond.each(&mut |part| {
            if let (Some(at_0), Some(at_1)) = (difference(0, part), difference(1, part)) {
                let slope = at_1 - at_0;
                if slope != 0 {
                    let root = (-at_0).div_euclid(slope);
                    points.extend([root - 1, root, root + 1, root + 2]);
                }
            }
        });
        points
    }

    fn with_field<T>(
        &self,
        answer: &Answer,
        field: &Id,
        value: i64,
        look: impl Fn(&Values<'_>) -> T,
    ) -> T {
        let mut answer = answer.clone();
        answer.fields.insert(field.clone(), FieldValue::Int(value));
        look(&Values {
            answer: Some(&answer),
            form: self.form,
            pack: self.pack,
            scope: self.evaluation.scope(),
        })
    }

    fn gates(&self) -> Vec<Step> {
        let with_effect = |effect: Effect| {
            self.pack
                .gates
                .iter()
                .enumerate()
                .filter(move |(_, gate)| gate.effect == effect)
        };
        let step = |(place, gate): (usize, &crate::pack::Gate)| {
            // A gate on items follows from their steps.
            match self.evaluation.gate(place)?.state {
                GateState::Unanswered if gate.items.is_empty() => {
                    Some(Step::DeclareGate(gate.id.clone()))
                }
                GateState::Open if gate.items.is_empty() => Some(Step::CloseGate(gate.id.clone())),
                _ => None,
            }
        };
        with_effect(Effect::Fail)
            .chain(with_effect(Effect::Pending))
            .filter_map(step)
            .collect()
    }

    fn vote(&self) -> Option<Step> {
        let rule = self.pack.decision.vote.as_ref()?;
        match self.evaluation.vote(self.pack, self.form).0 {
            VoteState::Missing => Some(Step::TakeVote),
            VoteState::Failed => {
                let (eligible, present, from) = self.form.vote.consistent()?;
                let base = match rule.of {
                    VoteBase::Eligible => eligible,
                    VoteBase::Present => present,
                };
                let share = rule.num * base;
                let to = match rule.op {
                    VoteOp::Gt => share / rule.den + 1,
                    VoteOp::Ge => (share + rule.den - 1) / rule.den,
                };
                Some(Step::Votes { from, to })
            }
            VoteState::Passed | VoteState::NotRequired => None,
        }
    }

    fn points(&self) -> Option<Step> {
        let scheme = self.pack.points.as_ref()?;
        let points = self.evaluation.points(self.pack, self.form)?;
        let eligible = |band: &&Band| scheme.eligible_bands.contains(&band.id);
        if scheme.eligible_bands.is_empty()
            || points
                .band
                .is_some_and(|band| scheme.eligible_bands.contains(&band))
        {
            return None;
        }
        let band = scheme
            .bands
            .iter()
            .filter(eligible)
            .min_by_key(|band| band.at_least_bp)?;
        let floor = (band.at_least_bp * points.available + 9_999) / 10_000;
        let is_full = |id: &Id| {
            let state = self
                .pack
                .item_index(id)
                .and_then(|place| self.evaluation.item(place));
            state
                .and_then(|s| s.score)
                .is_none_or(|score| score.earned == score.available)
        };
        Some(Step::Points {
            band: band.id.clone(),
            missing: (floor - points.earned).max(0),
            full_items: band
                .full_items
                .iter()
                .filter(|id| !is_full(id))
                .cloned()
                .collect(),
        })
    }
}

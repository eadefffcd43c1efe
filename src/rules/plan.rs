//! The plan for a form to become eligible: the fewest changes, criterion by criterion, mandatory items first.

use crate::form::{Answer, Assessment};
use crate::json::in_order;
use crate::pack::{Effect, Gate, Item, Pack, VoteOp};
use crate::rules::{
    Evaluation, FormVerdict, GateProblem, GateState, ItemState, Plan, PlanStep, Problem,
    RulesVersion, Values, Verdict, VoteState, nearest, reach,
};
use crate::value::Id;

/// The plan for a form to become eligible.
///
/// Sufficient: after every step the form is eligible, except where a gate is open that no answer closes
/// ([`PlanStep::CloseGate`]), where points are out of reach ([`PlanStep::Points`]), or where a rule or the band of an
/// item can never hold. Of the criteria that could pass, it takes those with the fewest items to change. Items whose rules use a blank
/// fact are unanswered, so they are among those to be answered.
pub fn plan(pack: &Pack, form: &Assessment) -> Plan {
    let evaluation = Evaluation::of(pack, form);
    let verdict = evaluation.verdict(pack, form);
    let planner = Planner { pack, form, evaluation: &evaluation };
    let steps = if verdict == FormVerdict::Eligible { Vec::new() } else { planner.steps() };
    Plan { spec: RulesVersion, verdict, steps }
}

pub(super) struct Planner<'a> {
    pub pack: &'a Pack,
    pub form: &'a Assessment,
    pub evaluation: &'a Evaluation,
}

/// The steps of one criterion.
#[derive(Default)]
struct CriterionSteps {
    steps: Vec<PlanStep>,
    /// How many of its items change.
    items: i64,
}

/// The verdict of an item once its problems are mended as is best for the form: a missing reason is given, or the
/// verdict without a reason is withdrawn.
fn mended(state: &ItemState, said: Option<Verdict>) -> Verdict {
    match said {
        Some(said) if state.lacks_reason() && is_good(said) => said,
        _ => state.verdict,
    }
}

fn is_good(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Met | Verdict::NotApplicable)
}

impl Planner<'_> {
    fn steps(&self) -> Vec<PlanStep> {
        let problems = self.evaluation.problems(self.pack, self.form).into_iter();
        let facts = problems.filter(|problem| {
            matches!(problem, Problem::FactRequired { .. } | Problem::CheckFailed { .. })
        });
        let mut steps: Vec<_> = facts.map(|at| PlanStep::Mend { at }).collect();
        steps.extend(self.criteria());
        let of_points = reach::points(self, &steps);
        steps.extend(self.gates());
        steps.extend(self.vote());
        steps.extend(of_points);
        steps
    }

    /// The steps of as many criteria as must pass, those with the fewest items to change first; of the others only
    /// problems to mend and items that a gate depends on.
    fn criteria(&self) -> Vec<PlanStep> {
        let required = usize::try_from(self.pack.decision.criteria_required).unwrap_or(0);
        // By index: the steps for the criterion to pass, and the steps needed in any case.
        let mut each: Vec<(CriterionSteps, CriterionSteps)> = (0..self.pack.criteria.len())
            .map(|index| (self.criterion(index, true), self.criterion(index, false)))
            .collect();
        let of_changes = |index: usize| each[index].0.items - each[index].1.items;
        let fewest_first = in_order(each.len(), |a, b| of_changes(a).cmp(&of_changes(b)));
        for index in fewest_first.into_iter().skip(required) {
            each[index].0 = std::mem::take(&mut each[index].1);
        }
        each.into_iter().flat_map(|(part, _)| part.steps).collect()
    }

    /// The steps of a criterion, for it to pass or only those needed in any case.
    fn criterion(&self, index: usize, to_pass: bool) -> CriterionSteps {
        let Some(criterion) = self.pack.criteria.get(index) else {
            return CriterionSteps::default();
        };
        let own = |mandatory: bool| {
            let items = self.pack.items.iter().enumerate();
            items.filter_map(move |(index, item)| {
                let state = self.evaluation.item(index)?;
                (item.criterion == criterion.id && item.mandatory == mandatory)
                    .then_some((item, state))
            })
        };
        let mut part = CriterionSteps::default();
        // Of the items that are not mandatory: how many count, how many will be met anyway, and which of the
        // others are unanswered or not met.
        let (mut total, mut sure) = (0, 0);
        let mut open: Vec<&Item> = Vec::new();
        let mut not_met: Vec<(&Item, bool)> = Vec::new();
        for (item, state) in own(true).chain(own(false)) {
            let must = self.is_on_a_gate(item) || (to_pass && item.mandatory);
            let verdict = mended(state, self.said(item));
            let counts = !item.mandatory && verdict != Verdict::NotApplicable;
            total += i64::from(counts);
            sure += i64::from(counts && (must || verdict == Verdict::Met));
            match verdict {
                Verdict::Unanswered if must => part.answer(item, true),
                Verdict::Unanswered if to_pass => open.push(item),
                Verdict::NotMet if must => part.meet(self, item),
                _ => {
                    part.mend(item, state);
                    if verdict == Verdict::NotMet && !item.mandatory {
                        not_met.push((item, !state.problems.is_empty()));
                    }
                }
            }
        }
        if to_pass {
            // Percent of a count that is far below 2^50.
            let needed = (criterion.others_percent * total + 99) / 100 - sure;
            let of_open = part.open(self, &criterion.id, &open, needed);
            part.some(self, &criterion.id, not_met, needed - of_open);
        }
        part
    }

    /// The inputs of an item's rules with another answer.
    pub(super) fn values<'b>(&'b self, answer: &'b Answer) -> Values<'b> {
        let scope = self.evaluation.scope();
        Values { answer: Some(answer), form: self.form, pack: self.pack, scope }
    }

    /// The state of an item.
    pub(super) fn state(&self, item: &Item) -> Option<&ItemState> {
        self.evaluation.item(self.pack.item_index(&item.id)?)
    }

    fn said(&self, item: &Item) -> Option<Verdict> {
        self.form.items.get(&item.id)?.verdict.map(Verdict::from)
    }

    /// Do points decide whether the form is eligible?
    fn points_decide(&self) -> bool {
        let scheme = self.pack.points.as_ref();
        scheme.is_some_and(|scheme| !scheme.eligible_bands.is_empty())
    }

    /// Does a gate of the form depend on the item, so that it must not stay unmet?
    fn is_on_a_gate(&self, item: &Item) -> bool {
        let gates = self.pack.gates.iter().enumerate();
        gates
            .filter(|(index, _)| self.evaluation.gate(*index).is_some())
            .any(|(_, gate)| gate.items.contains(&item.id))
    }

    fn gates(&self) -> Vec<PlanStep> {
        let with_effect = |effect: Effect| {
            let gates = self.pack.gates.iter().enumerate();
            gates.filter(move |(_, gate)| gate.effect == effect)
        };
        with_effect(Effect::Fail)
            .chain(with_effect(Effect::Pending))
            .flat_map(|(index, gate)| self.gate(index, gate))
            .collect()
    }

    fn gate(&self, index: usize, gate: &Gate) -> Vec<PlanStep> {
        // A gate that depends on items is closed by their steps.
        let Some(result) = self.evaluation.gate(index).filter(|_| gate.items.is_empty()) else {
            return Vec::new();
        };
        let mend = |problem: &GateProblem| PlanStep::Mend {
            at: Problem::Gate { problem: *problem, gate: gate.id.clone() },
        };
        let mut steps: Vec<_> = result.problems.iter().map(mend).collect();
        match result.state {
            GateState::Unanswered => steps.push(PlanStep::DeclareGate { gate: gate.id.clone() }),
            // Without a day the state is not known yet.
            GateState::Open if !result.problems.contains(&GateProblem::DateRequired) => {
                steps.push(PlanStep::CloseGate { gate: gate.id.clone() });
            }
            GateState::Open | GateState::Clear => {}
        }
        steps
    }

    fn vote(&self) -> Option<PlanStep> {
        let (state, is_inconsistent) = self.evaluation.vote(self.pack, self.form);
        if is_inconsistent {
            return Some(PlanStep::Mend { at: Problem::VoteInconsistent });
        }
        let rule = self.pack.decision.vote.as_ref()?;
        match state {
            VoteState::Missing => Some(PlanStep::TakeVote),
            VoteState::Failed => {
                let (eligible, present, from) = self.form.vote.consistent()?;
                let share = rule.num * rule.base(eligible, present);
                let to = match rule.op {
                    VoteOp::Gt => share / rule.den + 1,
                    VoteOp::Ge => (share + rule.den - 1) / rule.den,
                };
                let present = (present < to).then_some(present);
                Some(PlanStep::Votes { from, to, present })
            }
            VoteState::Passed | VoteState::NotRequired => None,
        }
    }
}

impl CriterionSteps {
    fn answer(&mut self, item: &Item, to_be_met: bool) {
        self.items += 1;
        self.steps.push(PlanStep::Answer {
            criterion: item.criterion.clone(),
            item: item.id.clone(),
            to_be_met,
        });
    }

    fn meet(&mut self, planner: &Planner<'_>, item: &Item) {
        self.items += 1;
        self.steps.push(PlanStep::Meet {
            criterion: item.criterion.clone(),
            item: item.id.clone(),
            changes: nearest::changes(planner, item),
        });
    }

    fn mend(&mut self, item: &Item, state: &ItemState) {
        self.items += i64::from(!state.problems.is_empty());
        self.steps.extend(state.problems_of(item).map(|at| PlanStep::Mend { at }));
    }

    /// Adds steps to answer the open items and to meet `needed` of them; returns how many will be met. Where points
    /// decide, all are to be met: that costs no further step and brings points.
    fn open(&mut self, planner: &Planner<'_>, criterion: &Id, open: &[&Item], needed: i64) -> i64 {
        let all = open.len() as i64; // a pack holds fewer than 10^5 items
        let count = if planner.points_decide() { all } else { needed.clamp(0, all) };
        for item in open {
            self.answer(item, count == all);
        }
        if count > 0 && count < all {
            self.steps.push(PlanStep::MeetSome {
                criterion: criterion.clone(),
                count,
                items: open.iter().map(|item| item.id.clone()).collect(),
            });
        }
        count
    }

    /// Adds steps to meet `needed` of the items that are not met. Each comes with whether it has to be mended anyway;
    /// those come first, then those that bring most points.
    fn some(
        &mut self,
        planner: &Planner<'_>,
        criterion: &Id,
        not_met: Vec<(&Item, bool)>,
        needed: i64,
    ) {
        if needed <= 0 {
            return;
        }
        let keys: Vec<_> = not_met
            .iter()
            .map(|(item, is_mended)| (!is_mended, -reach::gain(planner, item)))
            .collect();
        let order = in_order(keys.len(), |a, b| keys[a].cmp(&keys[b]));
        let is_mended = |items: &[usize]| items.iter().filter(|index| not_met[**index].1).count();
        let count = usize::try_from(needed).unwrap_or(0).min(order.len());
        if count == order.len() {
            // A met item has no problem left to mend.
            for (item, _) in &not_met {
                self.steps.retain(|step| !mends(step, &item.id));
                self.meet(planner, item);
            }
            self.items -= is_mended(&order) as i64;
            return;
        }
        self.items += needed - is_mended(&order[..count]) as i64;
        self.steps.push(PlanStep::MeetSome {
            criterion: criterion.clone(),
            count: needed,
            items: order.iter().map(|index| not_met[*index].0.id.clone()).collect(),
        });
    }
}

fn mends(step: &PlanStep, own: &Id) -> bool {
    matches!(step, PlanStep::Mend { at: Problem::Item { item, .. } } if item == own)
}

//! The evaluation of a form, kept per item and per criterion and refreshed part by part.

use crate::form::Assessment;
use crate::pack::{Effect, Expr, FactCheck, Pack, Severity};
use crate::rules::{
    CriterionOutcome, CriterionVerdict, FormVerdict, GateOutcome, GateResult, GateState, ItemState,
    Outcome, PointsOutcome, Problem, Reason, RulesVersion, Scope, Tally, Values, Verdict,
    VoteState, holds, points,
};
use crate::value::Id;

/// The results of the rules for every part of a form.
///
/// Invariant: equal to [`Evaluation::of`] the same pack and form, provided that every change of the
/// form is followed by the `refresh_…` call of the part that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    scope: Scope,
    states: Vec<Option<ItemState>>,
    tallies: Vec<Tally>,
    gates: Vec<Option<GateResult>>,
    blank_facts: usize,
    /// The checks of the pack that fail, by index.
    failed_checks: Vec<usize>,
}

/// The first rule of spec s. 2.7 that holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DecidingRule {
    /// Rule 1: a gate, the criteria or the vote.
    Failed,
    /// Rule 2: an answer is missing.
    Incomplete,
    /// Rule 3: the band of the points.
    Band,
    /// Rule 4: a gate waits for verification.
    Pending,
    /// Rule 5: none of the above.
    Nothing,
}

impl Evaluation {
    /// Evaluates a whole form.
    pub fn of(pack: &Pack, form: &Assessment) -> Evaluation {
        let mut evaluation = Evaluation {
            scope: Scope::of(pack, &form.unit),
            states: vec![None; pack.items.len()],
            tallies: vec![Tally::default(); pack.criteria.len()],
            gates: vec![None; pack.gates.len()],
            blank_facts: 0,
            failed_checks: Vec::new(),
        };
        for index in 0..pack.items.len() {
            evaluation.refresh_state(pack, form, index);
        }
        for index in 0..pack.gates.len() {
            evaluation.refresh_gate(pack, form, index);
        }
        evaluation.refresh_facts(pack, form);
        evaluation
    }

    /// The parts of the pack that apply to the form.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The state of an item, by its index in the pack; `None` where it does not apply.
    pub fn item(&self, index: usize) -> Option<&ItemState> {
        self.states.get(index)?.as_ref()
    }

    /// The result of a gate, by its index in the pack; `None` where it does not apply.
    pub fn gate(&self, index: usize) -> Option<&GateResult> {
        self.gates.get(index)?.as_ref()
    }

    /// The counts of a criterion, by its index in the pack.
    pub fn tally(&self, index: usize) -> Option<&Tally> {
        self.tallies.get(index)
    }

    /// Refreshes an item whose answer changed, by its index in the pack, and the gates that depend on it.
    pub fn refresh_item(&mut self, pack: &Pack, form: &Assessment, index: usize) {
        self.refresh_state(pack, form, index);
        let Some(item) = pack.items.get(index) else {
            return;
        };
        for (gate_index, gate) in pack.gates.iter().enumerate() {
            if gate.items.contains(&item.id) {
                self.refresh_gate(pack, form, gate_index);
            }
        }
    }

    /// Refreshes a fact that changed and every item whose rules use it; returns the indices of those
    /// items.
    pub fn refresh_fact(&mut self, pack: &Pack, form: &Assessment, fact: &Id) -> Vec<usize> {
        let uses = |expr: &Expr| matches!(expr, Expr::Fact(id) if id == fact);
        let items = pack.items.iter().enumerate();
        let touched = items.filter(|(index, item)| self.item(*index).is_some() && item.uses(uses));
        let touched: Vec<_> = touched.map(|(index, _)| index).collect();
        for index in &touched {
            self.refresh_item(pack, form, *index);
        }
        self.refresh_facts(pack, form);
        touched
    }

    /// Refreshes a gate whose declaration changed, or the verdict of one of its items.
    pub fn refresh_gate(&mut self, pack: &Pack, form: &Assessment, index: usize) {
        let belongs = self.scope.gates.get(index) == Some(&true);
        let (Some(gate), true) = (pack.gates.get(index), belongs) else {
            return;
        };
        let result = if gate.items.is_empty() {
            GateResult::of_answer(gate, form.gates.get(&gate.id), &form.period)
        } else {
            let states = gate.items.iter().filter_map(|id| self.item(pack.item_index(id)?));
            GateResult::of_items(states.map(|state| state.verdict))
        };
        if let Some(slot) = self.gates.get_mut(index) {
            *slot = Some(result);
        }
    }

    fn refresh_state(&mut self, pack: &Pack, form: &Assessment, index: usize) {
        let belongs = self.scope.items.get(index) == Some(&true);
        let (Some(item), true) = (pack.items.get(index), belongs) else {
            return;
        };
        let values = Values { answer: form.items.get(&item.id), form, pack, scope: &self.scope };
        let state = ItemState::of(pack, item, &values);
        let criterion = pack.criteria.iter().position(|c| c.id == item.criterion);
        let Some(slot) = self.states.get_mut(index) else {
            return;
        };
        if let Some(tally) = criterion.and_then(|c| self.tallies.get_mut(c)) {
            if let Some(old) = slot {
                tally.count(item, old, -1);
            }
            tally.count(item, &state, 1);
        }
        *slot = Some(state);
    }

    fn refresh_facts(&mut self, pack: &Pack, form: &Assessment) {
        self.blank_facts = self.facts_missing(pack, form).count();
        let values = Values { answer: None, form, pack, scope: &self.scope };
        let checks = pack.checks.iter().zip(&self.scope.checks).enumerate();
        let failed = checks.filter(|(_, (check, belongs))| {
            **belongs && holds(&check.when, &values) == Some(false)
        });
        self.failed_checks = failed.map(|(index, _)| index).collect();
    }

    /// The checks of the pack that fail, of either severity, by index in the pack.
    pub fn failed_checks(&self) -> &[usize] {
        &self.failed_checks
    }

    /// The checks of the pack that fail and keep the form incomplete, by index in the pack.
    pub fn failed_errors<'a>(&'a self, pack: &'a Pack) -> impl Iterator<Item = usize> + 'a {
        let is_error = |check: &FactCheck| check.severity == Severity::Error;
        let failed = self.failed_checks.iter().copied();
        failed.filter(move |index| pack.checks.get(*index).is_some_and(is_error))
    }

    fn facts_missing<'a>(
        &'a self,
        pack: &'a Pack,
        form: &'a Assessment,
    ) -> impl Iterator<Item = &'a Id> {
        let facts = Scope::belonging(&pack.facts, &self.scope.facts);
        facts.map(|fact| &fact.id).filter(|id| !form.facts.contains_key(id))
    }

    /// The state of the vote, and whether its numbers are inconsistent.
    pub fn vote(&self, pack: &Pack, form: &Assessment) -> (VoteState, bool) {
        let consistent = form.vote.consistent();
        let inconsistent = form.vote.is_given() && consistent.is_none();
        let state = match (&pack.decision.vote, consistent) {
            (None, _) => VoteState::NotRequired,
            (Some(rule), None) if rule.required => VoteState::Missing,
            (Some(_), None) => VoteState::NotRequired,
            (Some(rule), Some((eligible, present, in_favour))) => {
                let passes = rule.passes(in_favour, rule.base(eligible, present));
                if passes { VoteState::Passed } else { VoteState::Failed }
            }
        };
        (state, inconsistent)
    }

    /// The points of the form; `None` where its pack counts none.
    pub fn points(&self, pack: &Pack, form: &Assessment) -> Option<PointsOutcome> {
        points::points(pack, form, &self.scope, &self.states, &self.tallies)
    }

    fn open_gates<'a>(&'a self, pack: &'a Pack, effect: Effect) -> impl Iterator<Item = &'a Id> {
        let is_open = |result: &Option<GateResult>| {
            result.as_ref().is_some_and(|result| result.state == GateState::Open)
        };
        let with_effect =
            pack.gates.iter().zip(&self.gates).filter(move |(g, _)| g.effect == effect);
        with_effect.filter(move |(_, result)| is_open(result)).map(|(gate, _)| &gate.id)
    }

    /// The verdict of the form, by the first rule of spec s. 2.7 that holds.
    pub fn verdict(&self, pack: &Pack, form: &Assessment) -> FormVerdict {
        match self.deciding_rule(pack, form) {
            DecidingRule::Failed | DecidingRule::Band => FormVerdict::NotEligible,
            DecidingRule::Incomplete => FormVerdict::Incomplete,
            DecidingRule::Pending => FormVerdict::Pending,
            DecidingRule::Nothing => FormVerdict::Eligible,
        }
    }

    fn deciding_rule(&self, pack: &Pack, form: &Assessment) -> DecidingRule {
        let verdicts = pack.criteria.iter().zip(&self.tallies).map(|(c, t)| t.verdict(c));
        let (mut failed, mut passed) = (0, 0);
        for verdict in verdicts {
            failed += i64::from(verdict == CriterionVerdict::Failed);
            passed += i64::from(verdict == CriterionVerdict::Passed);
        }
        let required = pack.decision.criteria_required;
        let criteria = i64::try_from(pack.criteria.len()).unwrap_or(i64::MAX);
        let (vote, vote_inconsistent) = self.vote(pack, form);
        if self.open_gates(pack, Effect::Fail).next().is_some()
            || failed > criteria - required
            || vote == VoteState::Failed
        {
            return DecidingRule::Failed;
        }
        let gates = || self.gates.iter().flatten();
        if self.blank_facts > 0
            || self.failed_errors(pack).next().is_some()
            || self.tallies.iter().any(|tally| tally.problems > 0)
            || gates().any(|gate| !gate.problems.is_empty() || gate.state == GateState::Unanswered)
            || vote_inconsistent
            || passed < required
            || vote == VoteState::Missing
        {
            return DecidingRule::Incomplete;
        }
        if !self.band_is_eligible(pack, form) {
            DecidingRule::Band
        } else if self.open_gates(pack, Effect::Pending).next().is_some() {
            DecidingRule::Pending
        } else {
            DecidingRule::Nothing
        }
    }

    fn band_is_eligible(&self, pack: &Pack, form: &Assessment) -> bool {
        let eligible = pack.points.as_ref().map_or(&[][..], |points| &points.eligible_bands);
        let band = || self.points(pack, form).and_then(|points| points.band);
        eligible.is_empty() || band().is_some_and(|band| eligible.contains(&band))
    }

    /// Every reason that holds, in the order of spec s. 2.7.
    pub fn reasons(&self, pack: &Pack, form: &Assessment) -> Vec<Reason> {
        let open_gates = |effect| self.open_gates(pack, effect).cloned();
        let mut reasons: Vec<_> =
            open_gates(Effect::Fail).map(|gate| Reason::GateOpen { gate }).collect();
        for (criterion, tally) in pack.criteria.iter().zip(&self.tallies) {
            if tally.mandatory_not_met > 0 {
                let failed = pack.items.iter().zip(&self.states).filter(|(item, state)| {
                    let not_met = |state: &ItemState| state.verdict == Verdict::NotMet;
                    item.mandatory
                        && item.criterion == criterion.id
                        && state.as_ref().is_some_and(not_met)
                });
                reasons.extend(failed.map(|(item, _)| Reason::MandatoryNotMet {
                    criterion: criterion.id.clone(),
                    item: item.id.clone(),
                }));
            }
            if tally.share_missed(criterion) {
                reasons.push(Reason::ShareNotReached { criterion: criterion.id.clone() });
            }
        }
        if self.vote(pack, form).0 == VoteState::Failed {
            reasons.push(Reason::VoteNotPassed);
        }
        if self.deciding_rule(pack, form) == DecidingRule::Band {
            reasons.push(Reason::BandNotReached);
        }
        reasons.extend(open_gates(Effect::Pending).map(|gate| Reason::GatePending { gate }));
        reasons
    }

    /// Every problem, in the order of spec s. 2.7.
    pub fn problems(&self, pack: &Pack, form: &Assessment) -> Vec<Problem> {
        let facts = self.facts_missing(pack, form).cloned();
        let mut problems: Vec<_> = facts.map(|fact| Problem::FactRequired { fact }).collect();
        let checks = self.failed_errors(pack).filter_map(|index| pack.checks.get(index));
        problems.extend(checks.map(|check| Problem::CheckFailed { check: check.id.clone() }));
        for (item, state) in pack.items.iter().zip(&self.states) {
            problems.extend(state.iter().flat_map(|state| state.problems_of(item)));
        }
        for (gate, result) in pack.gates.iter().zip(&self.gates) {
            let own = result.iter().flat_map(|result| &result.problems);
            problems.extend(
                own.map(|problem| Problem::Gate { problem: *problem, gate: gate.id.clone() }),
            );
        }
        if self.vote(pack, form).1 {
            problems.push(Problem::VoteInconsistent);
        }
        problems
    }

    /// The outcome, as signed files state it.
    pub fn outcome(&self, pack: &Pack, form: &Assessment) -> Outcome {
        let criteria =
            pack.criteria.iter().zip(&self.tallies).map(|(criterion, tally)| CriterionOutcome {
                id: criterion.id.clone(),
                verdict: tally.verdict(criterion),
                met: tally.met,
                not_met: tally.not_met,
                not_applicable: tally.not_applicable,
                unanswered: tally.unanswered,
                earned: pack.points.as_ref().map(|_| tally.earned),
                available: pack.points.as_ref().map(|_| tally.available),
            });
        let gates = pack.gates.iter().zip(&self.gates);
        let gates = gates.filter_map(|(gate, result)| {
            Some(GateOutcome { id: gate.id.clone(), state: result.as_ref()?.state })
        });
        Outcome {
            spec: RulesVersion,
            verdict: self.verdict(pack, form),
            criteria: criteria.collect(),
            gates: gates.collect(),
            vote: self.vote(pack, form).0,
            points: self.points(pack, form),
            reasons: self.reasons(pack, form),
            problems: self.problems(pack, form),
        }
    }
}

//! What holds of every plan: it is empty where nothing is missing, carrying it out is enough, and no fewer changes
//! would be.

use std::collections::BTreeSet;

use bon_tot::form::{Answer, AnswerVerdict, Assessment, FieldValue, GateAnswer, Vote, check};
use bon_tot::pack::{Expr, Field, FieldKind, Item, Pack, catalog};
use bon_tot::rules::{
    Evaluation, FormVerdict, ItemState, Plan, PlanStep, PointSource, Problem, Scope, Values,
    Verdict, holds, outcome, plan,
};
use bon_tot::value::{Date, Id};
use proptest::collection::vec;
use proptest::prelude::*;

use super::cases;
use super::forms::{fill, filling};
use super::generate::{Rules, pack};

/// Why a plan cannot be carried out, which its form or its pack is to blame for.
#[derive(Debug, PartialEq)]
enum Stuck {
    /// No answer to the item makes it met, or brings the points that its bands speak of.
    Item,
    /// The plan says so itself: points are out of reach.
    Points,
}

/// A hand that does what a plan says, and notes which items it changed.
struct Hand<'a> {
    pack: &'a Pack,
    form: Assessment,
    changed: BTreeSet<Id>,
}

impl Hand<'_> {
    fn carry_out(&mut self, plan: &Plan) -> Result<(), Stuck> {
        for step in &plan.steps {
            match step {
                PlanStep::Answer { item, to_be_met: true, .. } => self.meet(item, true)?,
                PlanStep::Answer { item, .. } => self.answer(item)?,
                PlanStep::Meet { item, changes, .. } => {
                    for change in changes {
                        let answer = self.form.items.get_mut(item).unwrap();
                        assert_eq!(answer.integer(&change.field), Some(change.from));
                        let value = FieldValue::Int(change.to);
                        answer.fields.insert(change.field.clone(), value);
                    }
                    self.meet(item, changes.is_empty())?;
                }
                PlanStep::MeetSome { count, items, .. } => {
                    assert!((1..items.len() as i64).contains(count));
                    for item in items.iter().take(usize::try_from(*count).unwrap()) {
                        self.meet(item, true)?;
                    }
                }
                PlanStep::DeclareGate { gate } | PlanStep::CloseGate { gate } => self.clear(gate),
                PlanStep::TakeVote => self.form.vote = unanimous(),
                PlanStep::Votes { from, to, present } => {
                    assert_eq!(self.form.vote.in_favour, Some(*from));
                    assert_eq!(present.is_some(), self.form.vote.present < Some(*to));
                    self.form.vote.in_favour = Some(*to);
                    if present.is_some() {
                        self.form.vote.present = Some(*to);
                    }
                }
                PlanStep::Mend { at: problem } => self.mend(problem)?,
                PlanStep::Points { is_reachable: false, .. } => return Err(Stuck::Points),
                PlanStep::Points { sources, .. } => {
                    for source in sources {
                        self.draw_on(source)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn clear(&mut self, gate: &Id) {
        self.form.gates.insert(gate.clone(), GateAnswer::default());
    }

    fn item(&self, id: &Id) -> &Item {
        self.pack.item(id).unwrap()
    }

    fn state(&self, id: &Id, answer: &Answer) -> ItemState {
        let scope = Scope::of(self.pack, &self.form.unit);
        self.state_in(&scope, id, answer)
    }

    fn state_in(&self, scope: &Scope, id: &Id, answer: &Answer) -> ItemState {
        let values = Values { answer: Some(answer), form: &self.form, pack: self.pack, scope };
        ItemState::of(self.pack, self.item(id), &values)
    }

    /// Gives the answer that is met, of those with the most points; may keep the numbers as they are.
    fn meet(&mut self, id: &Id, other_numbers: bool) -> Result<(), Stuck> {
        self.best(id, other_numbers, |state| {
            matches!(state.verdict, Verdict::Met | Verdict::NotApplicable)
        })?;
        let scheme = self.pack.points.as_ref();
        if other_numbers && scheme.is_some_and(|scheme| !scheme.eligible_bands.is_empty()) {
            self.has_all_points(id)?;
        }
        Ok(())
    }

    /// Bands may speak of points that no answer brings.
    fn has_all_points(&self, id: &Id) -> Result<(), Stuck> {
        let state = self.state(id, &self.form.items[id]);
        let (Some(score), Some(points)) = (state.score, &self.item(id).points) else {
            return Ok(());
        };
        let bands = points.bands.iter().map(|band| band.points);
        let all = bands.max().unwrap_or(points.max);
        if score.earned < all { Err(Stuck::Item) } else { Ok(()) }
    }

    /// Gives an answer that is not met where there is one, since any would do.
    fn answer(&mut self, id: &Id) -> Result<(), Stuck> {
        self.best(id, true, |state| state.verdict == Verdict::NotMet)
            .or_else(|_| self.meet(id, true))
    }

    fn best(
        &mut self,
        id: &Id,
        other_numbers: bool,
        wanted: impl Fn(&ItemState) -> bool,
    ) -> Result<(), Stuck> {
        let own = self.form.items.get(id).cloned().unwrap_or_default();
        let points = |state: &ItemState| state.score.map_or(0, |score| score.earned);
        let scheme = self.pack.points.as_ref();
        let points_decide = scheme.is_some_and(|scheme| !scheme.eligible_bands.is_empty());
        let most = self.item(id).points.as_ref().map_or(0, |points| points.max);
        let scope = Scope::of(self.pack, &self.form.unit);
        let mut best: Option<(ItemState, Answer)> = None;
        for answer in answers(self.item(id), &own, other_numbers) {
            let state = self.state_in(&scope, id, &answer);
            let is_better = best.as_ref().is_none_or(|(then, _)| points(&state) > points(then));
            if is_better && wanted(&state) && state.problems.is_empty() {
                let is_enough = !points_decide || points(&state) == most;
                best = Some((state, answer));
                if is_enough {
                    break;
                }
            }
        }
        let (_, answer) = best.ok_or(Stuck::Item)?;
        self.form.items.insert(id.clone(), answer);
        self.changed.insert(id.clone());
        Ok(())
    }

    /// Mends a problem and nothing else.
    fn mend(&mut self, problem: &Problem) -> Result<(), Stuck> {
        match problem {
            Problem::FactRequired { fact } => {
                let min = self.pack.fact(fact).unwrap().min;
                self.form.facts.insert(fact.clone(), min);
            }
            Problem::Item { item, .. } => {
                let own = self.form.items.get(item).cloned().unwrap_or_default();
                let then = self.state(item, &own);
                // Another number only where points are unknown.
                let is_better = |state: &ItemState| {
                    let is_good =
                        |verdict| matches!(verdict, Verdict::Met | Verdict::NotApplicable);
                    is_good(state.verdict) >= is_good(then.verdict)
                };
                self.best(item, false, is_better).or_else(|_| self.best(item, true, is_better))?;
            }
            Problem::CheckFailed { check } => self.mend_facts(check)?,
            Problem::Gate { gate, .. } => self.clear(gate),
            Problem::VoteInconsistent => self.form.vote = unanimous(),
        }
        Ok(())
    }

    /// Changes one fact so that a check of the pack holds.
    fn mend_facts(&mut self, check: &Id) -> Result<(), Stuck> {
        let check = self.pack.check(check).unwrap();
        let scope = Scope::of(self.pack, &self.form.unit);
        let mut facts = Vec::new();
        check.when.each_expr(&mut |expr| {
            if let Expr::Fact(id) = expr {
                facts.push(self.pack.fact(id).unwrap());
            }
        });
        for fact in facts {
            for value in NUMBERS.into_iter().filter(|n| (fact.min..=fact.max).contains(n)) {
                let mut form = self.form.clone();
                form.facts.insert(fact.id.clone(), value);
                let values = Values { answer: None, form: &form, pack: self.pack, scope: &scope };
                if holds(&check.when, &values) == Some(true) {
                    self.form = form;
                    return Ok(());
                }
            }
        }
        Err(Stuck::Item)
    }

    fn draw_on(&mut self, source: &PointSource) -> Result<(), Stuck> {
        match source {
            PointSource::Item { item: id, .. } => {
                self.best(id, true, |state| state.verdict == Verdict::Met)?;
                self.has_all_points(id)?;
            }
            PointSource::Adjustment { adjustment: id, .. } => {
                let own = self.pack.adjustments.iter().find(|own| own.id == *id).unwrap();
                self.form.adjustments.insert(id.clone(), own.max_times);
            }
        }
        Ok(())
    }
}

/// Numbers that are tried, among those of a field.
const NUMBERS: [i64; 16] = [0, 1, 2, 3, 5, 8, 10, 12, 15, 18, 20, 22, 24, 26, 28, 30];

/// Answers to an item that differ from one in what matters, the likeliest first.
fn answers<'a>(
    item: &'a Item,
    own: &'a Answer,
    other_numbers: bool,
) -> impl Iterator<Item = Answer> + 'a {
    let values = |field: &Field| -> Vec<Option<FieldValue>> {
        let text = |text: &str| Some(FieldValue::Text(text.to_owned()));
        let mut values: Vec<_> = match &field.kind {
            FieldKind::Integer { min, max } => {
                let numbers = NUMBERS.iter().filter(|n| (min..=max).contains(n));
                numbers.map(|n| Some(FieldValue::Int(*n))).collect()
            }
            FieldKind::Choice(choices) => choices.iter().map(|one| text(one.id.as_str())).collect(),
            FieldKind::Text => vec![text("có")],
            FieldKind::Date => vec![text("2026-03-04")],
        };
        match own.fields.get(&field.id) {
            Some(value) if other_numbers => values.insert(0, Some(value.clone())),
            Some(value) => values = vec![Some(value.clone())],
            None if other_numbers => values.push(None),
            None => values.insert(0, None),
        }
        values
    };
    let choices: Vec<_> = item.fields.iter().map(values).collect();
    let count: usize = choices.iter().map(Vec::len).product();
    let verdicts = [
        own.verdict,
        Some(AnswerVerdict::Met),
        None,
        Some(AnswerVerdict::NotMet),
        Some(AnswerVerdict::NotApplicable),
    ];
    verdicts.into_iter().flat_map(move |verdict| {
        let choices = choices.clone();
        (0..count).map(move |n| {
            let mut n = n;
            let mut answer = Answer {
                verdict,
                reason: "vì sao".into(),
                evidence: "biên bản".into(),
                fields: own.fields.clone(),
                ..Answer::default()
            };
            for (field, values) in item.fields.iter().zip(&choices) {
                answer.fields.remove(&field.id);
                let value = values[n % values.len()].clone();
                answer.fields.extend(value.map(|value| (field.id.clone(), value)));
                n /= values.len();
            }
            answer
        })
    })
}

fn unanimous() -> Vote {
    Vote { eligible: Some(11), present: Some(11), in_favour: Some(11), ..Vote::default() }
}

/// Carries a plan out, and those that follow where more is known then; the items that were changed.
fn carried_out(
    pack: &Pack,
    form: &Assessment,
    rounds: usize,
) -> Result<(FormVerdict, BTreeSet<Id>), Stuck> {
    let mut hand = Hand { pack, form: form.clone(), changed: BTreeSet::new() };
    for _ in 0..rounds {
        let plan = plan(pack, &hand.form);
        hand.carry_out(&plan)?;
    }
    assert_eq!(check(pack, &hand.form), Ok(()));
    Ok((outcome(pack, &hand.form).verdict, hand.changed))
}

/// The fewest items that have to be changed, every other thing being as it should be; `None` where no answers do.
fn fewest(pack: &Pack, form: &Assessment) -> Option<usize> {
    let count = pack.items.len();
    let mut sets: Vec<u32> = (0..1 << count).collect();
    sets.sort_by_key(|set| set.count_ones());
    // For each item: what it could be changed to, by what the rules make of it.
    let hand = Hand { pack, form: form.clone(), changed: BTreeSet::new() };
    let evaluation = Evaluation::of(pack, form);
    let better: Vec<Option<Answer>> = (0..count)
        .map(|place| {
            evaluation.item(place)?;
            let item = &pack.items[place];
            let own = form.items.get(&item.id).cloned().unwrap_or_default();
            answers(item, &own, true).find(|answer| {
                let state = hand.state(&item.id, answer);
                state.verdict == Verdict::Met && state.problems.is_empty()
            })
        })
        .collect();
    let reaches = |set: &u32| {
        let mut form = form.clone();
        for place in (0..count).filter(|place| set & (1 << place) != 0) {
            let Some(answer) = &better[place] else {
                return false;
            };
            form.items.insert(pack.items[place].id.clone(), answer.clone());
        }
        outcome(pack, &form).verdict == FormVerdict::Eligible
    };
    let least = sets.into_iter().find(reaches)?;
    Some(least.count_ones() as usize)
}

/// The form with facts, gates and vote as they should be, so that only items are left.
fn but_for_items(pack: &Pack, form: &mut Assessment) {
    for fact in &pack.facts {
        if !form.facts.contains_key(&fact.id) {
            form.facts.insert(fact.id.clone(), fact.min);
        }
    }
    for gate in &pack.gates {
        form.gates.insert(gate.id.clone(), GateAnswer::default());
    }
    form.vote = unanimous();
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn a_plan_is_empty_exactly_where_a_form_is_eligible(
        pack in pack(Rules::Some),
        filling in filling(),
    ) {
        let form = fill(&pack, &filling);
        let plan = plan(&pack, &form);
        prop_assert_eq!(plan.verdict, outcome(&pack, &form).verdict);
        prop_assert_eq!(plan.steps.is_empty(), plan.verdict == FormVerdict::Eligible);
        let waits = plan.open_gates().next().is_some();
        prop_assert!(waits || plan.steps.is_empty() || plan.count() > 0);
    }

    #[test]
    fn a_plan_that_is_carried_out_makes_the_form_eligible(
        pack in pack(Rules::None),
        filling in filling(),
    ) {
        let form = fill(&pack, &filling);
        match carried_out(&pack, &form, 1) {
            Ok((verdict, _)) => prop_assert_eq!(verdict, FormVerdict::Eligible, "{:?}", plan(&pack, &form)),
            Err(stuck) => prop_assert_eq!(stuck, Stuck::Points),
        }
    }
}

proptest! {
    #![proptest_config(cases(60))]

    /// Where items have rules of their own, and numbers stand in the way.
    #[test]
    fn a_plan_by_numbers_that_is_carried_out_makes_the_form_eligible(
        pack in pack(Rules::Some),
        filling in filling(),
    ) {
        let form = fill(&pack, &filling);
        let scope = Evaluation::of(&pack, &form).scope().clone();
        let mut facts = pack.facts.iter().zip(&scope.facts).filter(|(_, own)| **own);
        // What was unknown while facts were blank is planned once they are known.
        let rounds = if facts.all(|(fact, _)| form.facts.contains_key(&fact.id)) { 1 } else { 3 };
        if let Ok((verdict, _)) = carried_out(&pack, &form, rounds) {
            prop_assert_eq!(verdict, FormVerdict::Eligible, "{:?}", plan(&pack, &form));
        }
    }

    #[test]
    fn no_fewer_items_could_be_changed(
        rules in prop_oneof![Just(Rules::None), Just(Rules::Some)],
        packs in (pack(Rules::None), pack(Rules::Some)),
        filling in filling(),
    ) {
        let mut pack = if rules == Rules::None { packs.0 } else { packs.1 };
        if let Some(points) = &mut pack.points {
            points.eligible_bands.clear();
        }
        let mut form = fill(&pack, &filling);
        but_for_items(&pack, &mut form);
        if let (Ok((verdict, changed)), Some(least)) = (carried_out(&pack, &form, 1), fewest(&pack, &form)) {
            prop_assert_eq!(verdict, FormVerdict::Eligible);
            prop_assert_eq!(changed.len(), least, "{:?}", plan(&pack, &form));
        }
    }

    /// The built-in packs, with items that are answered at random.
    #[test]
    fn plans_of_the_built_in_packs_are_enough(
        which in 0..catalog::BUILT_IN.len(),
        answered in vec((0u8..4, 0i64..12, 0i64..12), 100),
        votes in (0i64..9, 9i64..12),
        facts in vec(0i64..12, 10),
        gates in vec(any::<Option<bool>>(), 10),
    ) {
        let pack = &catalog::BUILT_IN[which].read().unwrap();
        let mut form = super::blank(pack);
        if !pack.periods.contains(&form.period.kind) {
            form.period.kind = pack.periods[0];
            form.period.to = Date::parse("2026-01-31").unwrap();
        }
        for (fact, value) in pack.facts.iter().zip(&facts) {
            if *value > 0 {
                form.facts.insert(fact.id.clone(), (*value).max(fact.min));
            }
        }
        for (item, (kind, first, second)) in pack.items.iter().zip(&answered) {
            if *kind == 0 {
                continue;
            }
            let mut answer = Answer::default();
            for (field, value) in item.fields.iter().zip([first, second]) {
                if let FieldKind::Integer { min, max } = field.kind {
                    let value = FieldValue::Int((*value).clamp(min, max));
                    answer.fields.insert(field.id.clone(), value);
                }
            }
            if item.met_when.is_none() {
                answer.verdict = [AnswerVerdict::Met, AnswerVerdict::NotMet, AnswerVerdict::NotApplicable].get(usize::from(*kind) - 1).copied();
            }
            form.items.insert(item.id.clone(), answer);
        }
        for (gate, open) in pack.gates.iter().zip(&gates) {
            form.gates.extend(open.map(|open| (gate.id.clone(), GateAnswer { open, ..Default::default() })));
        }
        form.vote = Vote { in_favour: Some(votes.0), present: Some(votes.0), eligible: Some(votes.1), ..Vote::default() };
        let blank = pack.facts.iter().any(|fact| !form.facts.contains_key(&fact.id));
        let contradict = !Evaluation::of(pack, &form).failed_checks().is_empty();
        match carried_out(pack, &form, if blank || contradict { 3 } else { 1 }) {
            Ok((verdict, _)) => prop_assert_eq!(verdict, FormVerdict::Eligible, "{:?}", plan(pack, &form)),
            Err(stuck) => prop_assert_eq!(stuck, Stuck::Item),
        }
    }

    #[test]
    fn changed_numbers_make_their_rule_hold(pack in pack(Rules::Some), filling in filling()) {
        let form = fill(&pack, &filling);
        for step in plan(&pack, &form).steps {
            let PlanStep::Meet { item, changes, .. } = step else {
                continue;
            };
            let mut form = form.clone();
            for change in &changes {
                prop_assert_ne!(change.from, change.to);
                let answer = form.items.get_mut(&item).unwrap();
                prop_assert_eq!(answer.integer(&change.field), Some(change.from));
                answer.fields.insert(change.field.clone(), FieldValue::Int(change.to));
            }
            let state = Evaluation::of(&pack, &form);
            let state = state.item(pack.item_index(&item).unwrap()).unwrap();
            prop_assert!(changes.is_empty() || state.derived == Some(Verdict::Met), "{:?}", state);
            prop_assert_eq!(check(&pack, &form), Ok(()));
        }
    }

    /// Criteria in pack order, and in each the mandatory items first.
    #[test]
    fn mandatory_items_come_first(pack in pack(Rules::Some), filling in filling()) {
        let form = fill(&pack, &filling);
        let steps = plan(&pack, &form).steps;
        let ranks = steps.iter().filter_map(|step| {
            let id = match step {
                PlanStep::Answer { item, .. } | PlanStep::Meet { item, .. } => item,
                PlanStep::Mend { at: Problem::Item { item, .. } } => item,
                _ => return None,
            };
            let item = pack.item(id).unwrap();
            let criterion = pack.criteria.iter().position(|own| own.id == item.criterion);
            Some((criterion, !item.mandatory))
        });
        prop_assert!(ranks.is_sorted(), "{:?}", steps);
    }
}

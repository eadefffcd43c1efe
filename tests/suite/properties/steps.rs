//! What holds of every plan: it is empty where nothing is missing, and carrying it out is enough.

use bon_tot::form::{Answer, AnswerVerdict, Assessment, FieldValue, Vote, check};
use bon_tot::pack::Pack;
use bon_tot::rules::{Evaluation, FormVerdict, Plan, Problem, Step, Verdict, outcome, plan};
use bon_tot::value::Id;
use proptest::prelude::*;

use super::cases;
use super::forms::{answer_to, fill, filling};
use super::generate::{Rules, pack};

/// Carries out every step; `false` where one needs points, which no single step brings.
fn carry_out(pack: &Pack, form: &mut Assessment, plan: &Plan) -> bool {
    for step in &plan.steps {
        match step {
            Step::Answer { item, .. } | Step::Meet { item, .. } => meet(pack, form, item),
            Step::MeetSome { count, items, .. } => {
                let count = usize::try_from(*count).unwrap();
                items
                    .iter()
                    .take(count)
                    .for_each(|item| meet(pack, form, item));
            }
            Step::DeclareGate(gate) | Step::CloseGate(gate) => {
                form.gates.insert(gate.clone(), Default::default());
            }
            Step::TakeVote => form.vote = unanimous(),
            Step::Votes { to, .. } => {
                form.vote.in_favour = Some(*to);
                form.vote.present = form.vote.present.max(Some(*to));
            }
            Step::Mend(problem) => mend(pack, form, problem),
            Step::Points { .. } => return false,
        }
    }
    true
}

fn unanimous() -> Vote {
    Vote {
        eligible: Some(11),
        present: Some(11),
        in_favour: Some(11),
        ..Vote::default()
    }
}

fn full_answer(pack: &Pack, form: &Assessment, item: &Id) -> Answer {
    let mut full = form.clone();
    super::scoring::all_met(pack, &mut full);
    full.items.remove(item).unwrap()
}

fn meet(pack: &Pack, form: &mut Assessment, item: &Id) {
    let answer = full_answer(pack, form, item);
    form.items.insert(item.clone(), answer);
}

fn mend(pack: &Pack, form: &mut Assessment, problem: &Problem) {
    match problem {
        Problem::FactRequired(fact) => {
            form.facts
                .insert(fact.clone(), pack.fact(fact).unwrap().min);
        }
        Problem::Item { item, field, .. } => {
            let full = full_answer(pack, form, item);
            let answer = answer_to(form, item);
            answer.reason = "vì sao".into();
            answer.evidence.clone_from(&full.evidence);
            if let Some(field) = field {
                answer
                    .fields
                    .insert(field.clone(), full.fields[field].clone());
            }
            if answer.verdict == Some(AnswerVerdict::NotApplicable)
                && !pack.item(item).unwrap().may_skip
            {
                answer.verdict = None;
            }
        }
        Problem::Gate { gate, .. } => {
            form.gates.insert(gate.clone(), Default::default());
        }
        Problem::VoteInconsistent => form.vote = unanimous(),
    }
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
    }

    #[test]
    fn a_plan_that_is_carried_out_makes_the_form_eligible(
        pack in pack(Rules::None),
        filling in filling(),
    ) {
        let mut form = fill(&pack, &filling);
        let first = plan(&pack, &form);
        if carry_out(&pack, &mut form, &first) {
            // Mended answers may ask for more: a skip that is not allowed becomes unanswered.
            let second = plan(&pack, &form);
            if carry_out(&pack, &mut form, &second) {
                let verdict = outcome(&pack, &form).verdict;
                prop_assert_eq!(verdict, FormVerdict::Eligible, "{:?} {:?}", first, second);
            }
        }
    }

    #[test]
    fn a_changed_number_makes_its_rule_hold(pack in pack(Rules::Some), filling in filling()) {
        let form = fill(&pack, &filling);
        for step in plan(&pack, &form).steps {
            let Step::Meet { item, change: Some(change), .. } = step else {
                continue;
            };
            prop_assert_ne!(change.from, change.to);
            let mut form = form.clone();
            let answer = form.items.get_mut(&item).unwrap();
            prop_assert_eq!(answer.integer(&change.field), Some(change.from));
            answer.fields.insert(change.field, FieldValue::Int(change.to));
            let state = Evaluation::of(&pack, &form);
            let state = state.item(pack.item_index(&item).unwrap()).unwrap();
            let met = [Some(Verdict::Met), Some(Verdict::NotApplicable)];
            prop_assert!(met.contains(&state.derived), "{:?}", state);
            prop_assert_eq!(check(&pack, &form), Ok(()));
        }
    }
}

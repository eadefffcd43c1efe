//! What holds of the outcome of every form.

use bon_tot::form::{Answer, AnswerVerdict, Assessment, FieldValue, GateAnswer, Vote, check};
use bon_tot::json::{Json, from_json, to_canonical, to_json};
use bon_tot::pack::{Cond, FieldKind, Pack, lint};
use bon_tot::rules::{
    Evaluation, FormVerdict, GateState, Scope, Values, Verdict, VoteState, holds, outcome,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::forms::{answer, answer_to, declaration, fill, filling, id};
use super::generate::{FACTS, Rules, comparison, condition, pack};
use super::{blank, cases};

fn written(pack: &Pack, form: &Assessment) -> String {
    to_canonical(&outcome(pack, form))
}

/// Worse to better.
fn rank(verdict: FormVerdict) -> u8 {
    match verdict {
        FormVerdict::NotEligible => 0,
        FormVerdict::Incomplete => 1,
        FormVerdict::Pending => 2,
        FormVerdict::Eligible => 3,
    }
}

/// One change of a form that is being filled.
#[derive(Clone, Debug)]
enum Edit {
    Answer(usize, Option<Answer>),
    Fact(usize, Option<i64>),
    Gate(usize, Option<GateAnswer>),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (0usize..6, option::of(answer())).prop_map(|(n, answer)| Edit::Answer(n, answer)),
        (0usize..2, option::of(0i64..31)).prop_map(|(n, value)| Edit::Fact(n, value)),
        (0usize..2, option::of(declaration())).prop_map(|(n, declared)| Edit::Gate(n, declared)),
    ]
}

fn apply(edit: &Edit, pack: &Pack, form: &mut Assessment, evaluation: &mut Evaluation) {
    match edit {
        Edit::Answer(n, answer) => {
            let place = n % pack.items.len();
            let item = &pack.items[place].id;
            form.items.retain(|id, _| id != item);
            let answer = answer.clone();
            form.items.extend(answer.map(|answer| (item.clone(), answer)));
            evaluation.refresh_item(pack, form, place);
        }
        Edit::Fact(n, value) => {
            let fact = id(FACTS[*n]);
            form.facts.retain(|id, _| *id != fact);
            form.facts.extend(value.map(|value| (fact.clone(), value)));
            evaluation.refresh_fact(pack, form, &fact);
        }
        Edit::Gate(n, declared) => {
            if let Some(gate) = pack.gates.get(*n) {
                form.gates.retain(|id, _| *id != gate.id);
                let declared = declared.clone();
                form.gates.extend(declared.map(|declared| (gate.id.clone(), declared)));
                evaluation.refresh_gate(pack, form, *n);
            }
        }
    }
}

/// The same values with the members of every object in another order.
fn shuffled(json: &Json, by: usize) -> Json {
    match json {
        Json::Object(members) => {
            let inner = members.iter();
            let mut members: Vec<_> =
                inner.map(|(name, value)| (name.clone(), shuffled(value, by + 1))).collect();
            let middle = by % members.len().max(1);
            members.rotate_left(middle);
            Json::Object(members)
        }
        Json::List(values) => Json::List(values.iter().map(|v| shuffled(v, by)).collect()),
        other => other.clone(),
    }
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn random_packs_are_sound_and_random_forms_fit_them(
        pack in pack(Rules::Some),
        filling in filling(),
    ) {
        prop_assert_eq!(lint::errors(&pack), []);
        prop_assert_eq!(check(&pack, &fill(&pack, &filling)), Ok(()));
    }

    #[test]
    fn the_outcome_does_not_depend_on_the_order_of_answers(
        pack in pack(Rules::Some),
        filling in filling(),
        by in 0usize..20,
    ) {
        let form = fill(&pack, &filling);
        let read = from_json::<Assessment>(&shuffled(&to_json(&form), by)).unwrap();
        prop_assert_eq!(&to_json(&read), &to_json(&form));
        prop_assert_eq!(written(&pack, &read), written(&pack, &form));
    }

    #[test]
    fn leaving_out_what_does_not_belong_changes_no_outcome(
        pack in pack(Rules::Some),
        filling in filling(),
    ) {
        let form = fill(&pack, &filling);
        let mut pruned = form.clone();
        Scope::of(&pack, &form.unit).prune(&pack, &mut pruned);
        prop_assert_eq!(written(&pack, &pruned), written(&pack, &form));
    }

    #[test]
    fn refreshing_what_was_touched_is_working_it_all_out_again(
        pack in pack(Rules::Some),
        filling in filling(),
        edits in vec(edit(), 1..12),
    ) {
        let mut form = fill(&pack, &filling);
        let mut evaluation = Evaluation::of(&pack, &form);
        for edit in &edits {
            apply(edit, &pack, &mut form, &mut evaluation);
            prop_assert_eq!(&evaluation, &Evaluation::of(&pack, &form));
        }
    }

    /// Kleene's logic: a truth that is known while something is blank stays, whatever is filled in.
    #[test]
    fn a_known_truth_stays_when_blanks_are_filled(
        cond in condition(comparison().boxed()),
        pack in pack(Rules::None),
        filling in filling(),
        later in filling(),
    ) {
        let cond = from_json::<Cond>(&cond).unwrap();
        let truth = |form: &Assessment| {
            let scope = Scope::of(&pack, &form.unit);
            let answer = form.items.get(&pack.items[0].id);
            holds(&cond, &Values { answer, form, pack: &pack, scope: &scope })
        };
        let form = fill(&pack, &filling);
        let mut filled = fill(&pack, &later);
        filled.unit = form.unit.clone();
        filled.facts.extend(form.facts.clone());
        for (id, answer) in &form.items {
            answer_to(&mut filled, id).fields.extend(answer.fields.clone());
        }
        if let Some(known) = truth(&form) {
            prop_assert_eq!(truth(&filled), Some(known));
        }
    }

    #[test]
    fn counts_add_up_and_points_keep_their_range(pack in pack(Rules::Some), filling in filling()) {
        let form = fill(&pack, &filling);
        let outcome = outcome(&pack, &form);
        let counted: i64 = outcome
            .criteria
            .iter()
            .map(|c| c.met + c.not_met + c.not_applicable + c.unanswered)
            .sum();
        let belong = Scope::of(&pack, &form.unit).items.iter().filter(|own| **own).count();
        prop_assert_eq!(counted, belong as i64);
        for (earned, available) in outcome.criteria.iter().filter_map(|c| c.earned.zip(c.available)) {
            prop_assert!((0..=available).contains(&earned));
        }
        if let Some(points) = outcome.points {
            prop_assert!((0..=points.available).contains(&points.earned));
            prop_assert!(points.bp.is_none_or(|bp| (0..=10_000).contains(&bp)));
            prop_assert_eq!(points.bp.is_none(), points.available == 0);
        }
    }

    #[test]
    fn an_eligible_form_lacks_nothing(pack in pack(Rules::Some), filling in filling()) {
        let outcome = outcome(&pack, &fill(&pack, &filling));
        if rank(outcome.verdict) >= rank(FormVerdict::Pending) {
            prop_assert_eq!(&outcome.problems, &[]);
            let open = outcome.gates.iter().filter(|gate| gate.state != GateState::Clear);
            prop_assert_eq!(open.count() == 0, outcome.verdict == FormVerdict::Eligible);
            prop_assert!(outcome.gates.iter().all(|gate| gate.state != GateState::Unanswered));
            prop_assert!(matches!(outcome.vote, VoteState::Passed | VoteState::NotRequired));
            let passed = outcome.criteria.iter().filter(|c| c.verdict.as_str() == "passed").count();
            prop_assert!(passed as i64 >= pack.decision.criteria_required);
        }
    }

    #[test]
    fn a_form_that_lacks_nothing_is_eligible(pack in pack(Rules::None), filling in filling()) {
        let mut pack = pack;
        if let Some(points) = &mut pack.points {
            points.eligible_bands.clear();
        }
        let mut form = fill(&pack, &filling);
        all_met(&pack, &mut form);
        prop_assert_eq!(outcome(&pack, &form).verdict, FormVerdict::Eligible);
    }

    /// An unanswered item is not met: as long as one is needed, the form is incomplete at best.
    #[test]
    fn an_unanswered_item_is_never_met(
        pack in pack(Rules::None),
        filling in filling(),
        place in 0usize..6,
    ) {
        let mut pack = pack;
        pack.decision.criteria_required = pack.criteria.len() as i64;
        let mut form = fill(&pack, &filling);
        all_met(&pack, &mut form);
        let place = place % pack.items.len();
        form.items.remove(&pack.items[place].id);
        let belongs = Scope::of(&pack, &form.unit).items[place];
        let outcome = outcome(&pack, &form);
        prop_assert!(!belongs || rank(outcome.verdict) <= rank(FormVerdict::Incomplete));
        let unanswered: i64 = outcome.criteria.iter().map(|c| c.unanswered).sum();
        prop_assert_eq!(unanswered, i64::from(belongs));
    }

    /// Admitting that an item is not met never makes a failed form better, nor is it ever better
    /// than meeting the item. (It may complete a form that can do without the item.)
    #[test]
    fn not_met_is_never_better_than_met_nor_than_failed(
        pack in pack(Rules::Some),
        filling in filling(),
        place in 0usize..6,
    ) {
        let mut pack = pack;
        pack.points = None;
        let form = fill(&pack, &filling);
        let evaluation = Evaluation::of(&pack, &form);
        // An item that a person judges, if there is one.
        let judged = |place: &usize| {
            evaluation.item(*place).is_some_and(|state| state.derived.is_none())
        };
        let count = pack.items.len();
        let Some(place) = (place..place + count).map(|n| n % count).find(judged) else {
            return Ok(());
        };
        let item = &pack.items[place];
        let with = |verdict: Option<AnswerVerdict>| {
            let mut form = form.clone();
            let answer = answer_to(&mut form, &item.id);
            answer.verdict = verdict;
            answer.evidence = "biên bản".into();
            rank(outcome(&pack, &form).verdict)
        };
        let not_met = with(Some(AnswerVerdict::NotMet));
        prop_assert!(not_met <= with(Some(AnswerVerdict::Met)));
        let unanswered = with(None);
        prop_assert!(unanswered > rank(FormVerdict::NotEligible) || not_met == unanswered);
    }
}

/// Answers all that a person can, as well as it can be.
pub(super) fn all_met(pack: &Pack, form: &mut Assessment) {
    for fact in &pack.facts {
        form.facts.insert(fact.id.clone(), fact.min);
    }
    for item in &pack.items {
        let value = |kind: &FieldKind| match kind {
            FieldKind::Integer { min, .. } => FieldValue::Int(*min),
            FieldKind::Text => FieldValue::Text("có".into()),
            FieldKind::Date => FieldValue::Text("2026-03-04".into()),
            FieldKind::Choice(choices) => FieldValue::Text(choices[0].id.to_string()),
        };
        let fields = item.fields.iter().map(|f| (f.id.clone(), value(&f.kind)));
        let answer = Answer {
            fields: fields.collect(),
            verdict: Some(AnswerVerdict::Met),
            reason: String::new(),
            evidence: "biên bản".into(),
            ..Answer::default()
        };
        form.items.insert(item.id.clone(), answer);
    }
    for gate in &pack.gates {
        form.gates.insert(gate.id.clone(), GateAnswer::default());
    }
    form.vote =
        Vote { eligible: Some(11), present: Some(11), in_favour: Some(11), ..Vote::default() };
}

#[test]
fn a_blank_form_has_only_unanswered_items_unless_a_rule_needs_no_answer() {
    let pack = Pack::from_bytes(include_bytes!("../vectors/pack/tiny.json")).unwrap();
    let form = blank(&pack);
    let evaluation = Evaluation::of(&pack, &form);
    let verdict = |place| evaluation.item(place).unwrap().verdict;
    // The rule of the first item looks at whether a field is given, which is never unknown.
    assert_eq!(verdict(0), Verdict::NotApplicable);
    assert_eq!(verdict(1), Verdict::Unanswered);
}

//! Packs: the built-in ones as they must be, and what the reader and the linter refuse.
#![cfg(test)] // so that clippy knows these helpers for tests

mod lint;
mod reader;

use std::collections::BTreeSet;

use bon_tot::form::check as check_form;
use bon_tot::form::{Answer, AnswerVerdict, Assessment, FieldValue, GateAnswer, Period, Vote};
use bon_tot::pack::lint::errors;
use bon_tot::pack::{FieldKind, Item, Pack, catalog};
use bon_tot::rules::{FormVerdict, ItemState, Scope, Values, Verdict, outcome};
use bon_tot::value::{AssessmentId, Date, Id, Instant, Lang};

/// A valid pack with one of everything; each bad pack below is one edit of its text.
const TINY: &str = include_str!("vectors/pack/tiny.json");

fn built_in(id: &str) -> Pack {
    catalog::by_id(id).unwrap().read().unwrap()
}

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

/// The tiny pack with the only place that reads `from` changed to `to`.
#[track_caller]
fn edited(from: &str, to: &str) -> String {
    assert_eq!(TINY.matches(from).count(), 1, "{from}");
    TINY.replacen(from, to, 1)
}

#[test]
fn the_linter_finds_nothing_in_the_built_in_packs() {
    for built_in in &catalog::BUILT_IN {
        let pack = built_in.read().unwrap();
        assert_eq!(pack.id.as_str(), built_in.id);
        assert_eq!(errors(&pack), [], "{}", built_in.id);
    }
}

/// Every form that was filled in with a built-in pack names it by its digest.
#[test]
fn the_built_in_packs_keep_their_digests() {
    let digests = catalog::BUILT_IN.iter().chain(&catalog::EARLIER).map(|built_in| {
        let pack = built_in.read().unwrap();
        (built_in.id, pack.version.to_string(), pack.digest.to_string())
    });
    let digests: Vec<_> = digests.collect();
    let known = [
        (
            "nghe-an-2024",
            "1.1.0",
            "04923518f38dc61fe9064e01e0a20e20ccb943d20114d36d61497a4381ba015c",
        ),
        (
            "sinh-hoat-hd42",
            "1.1.0",
            "175a9fe2bda3991ae4a21888d81cbfc6d98cac9549407ad33b1a0eaa440e7b3e",
        ),
        (
            "sinh-hoat-hd12",
            "1.0.0",
            "c6dd9aca7b805fb47e0a558e0182c89edb03dd2f25e33e424e8bfe786f6676e6",
        ),
        (
            "phieu-thang-dat",
            "1.0.0",
            "17babc7ed08d4404e84215b1f941b0c0c94d9579eea0657080f28d7a7eec6ad9",
        ),
        (
            "chin-tieu-chi-dang-bo",
            "1.0.0",
            "e1b17cfb3c8e9b7f50c5dc5869daf05218c4abc8611efeceff84544275694815",
        ),
        (
            "nghe-an-2024",
            "1.0.0",
            "3aa1e12eff529735edbb4f847b9b47a8f6f108f803fffccbf1d03939f9890f10",
        ),
        (
            "sinh-hoat-hd42",
            "1.0.0",
            "ef1ca2c9008ce9bce368a3cef8efa4f2eecab08c9db867a30f6be7ea927e81e8",
        ),
    ];
    let known = known.map(|(id, version, digest)| (id, version.to_owned(), digest.to_owned()));
    assert_eq!(digests, known);
}

#[test]
fn nghe_an_asks_64_items_and_covers_every_clause_of_the_guidance() {
    let pack = built_in("nghe-an-2024");
    let items = |criterion: &str| {
        let own = |item: &&Item| item.criterion.as_str() == criterion;
        pack.items.iter().filter(own).count()
    };
    assert_eq!(["C1", "C2", "C3", "C4"].map(items), [20, 20, 15, 9]);
    assert_eq!(pack.items.len(), 64);
    let covered: BTreeSet<&str> =
        pack.items.iter().flat_map(|item| item.source.iter().map(Id::as_str)).collect();
    let clauses = [(1, 15), (2, 11), (3, 12), (4, 8)];
    let clauses: Vec<String> = clauses
        .iter()
        .flat_map(|(part, last)| (1..=*last).map(move |clause| format!("S{part}.{clause}")))
        .collect();
    assert_eq!(clauses.len(), 46);
    for clause in &clauses {
        assert!(covered.contains(clause.as_str()), "{clause}");
    }
}

#[test]
fn every_kind_of_unit_has_items_in_each_criterion_and_can_become_eligible() {
    for built_in in &catalog::BUILT_IN {
        let pack = built_in.read().unwrap();
        for form in every_kind_of_unit(&pack) {
            let kind = format!("{} {}:{}", pack.id, form.unit.level, form.unit.unit_type);
            check_form(&pack, &form).unwrap();
            let outcome = outcome(&pack, &form);
            for criterion in &outcome.criteria {
                assert!(criterion.met > 0, "{kind} {criterion:?}");
                let other = criterion.not_met + criterion.not_applicable + criterion.unanswered;
                assert_eq!(other, 0, "{kind} {criterion:?}");
            }
            assert_eq!(outcome.verdict, FormVerdict::Eligible, "{kind} {outcome:?}");
        }
    }
}

#[test]
fn the_best_meeting_has_exactly_100_points() {
    for pack in ["sinh-hoat-hd42", "sinh-hoat-hd12"].map(built_in) {
        let scale = pack.points.as_ref().unwrap().scale;
        for form in every_kind_of_unit(&pack) {
            let points = outcome(&pack, &form).points.unwrap();
            assert_eq!((points.earned, points.available), (100 * scale, 100 * scale));
        }
    }
}

/// The built-in packs are downloaded where a network is slow.
#[test]
fn a_pack_beside_the_usual_one_is_small() {
    for built_in in catalog::BUILT_IN.iter().skip(1) {
        let size = built_in.text.len();
        assert!(size < 25_000, "{}: {size} bytes", built_in.id);
    }
}

/// What is short on a phone, and what every built-in pack says of itself.
#[test]
fn the_built_in_packs_are_written_in_both_languages_and_short() {
    for built_in in &catalog::BUILT_IN {
        let pack = built_in.read().unwrap();
        let note = pack.note.as_ref().unwrap();
        for lang in [Lang::Vi, Lang::En] {
            let purpose = catalog::purpose(&pack, lang).chars().count();
            assert!(purpose <= 36, "{}: {purpose}", pack.id);
            let proposal = ["đề xuất của chúng tôi", "our proposal"];
            assert!(proposal.iter().any(|own| note.text(lang).contains(own)), "{}", pack.id);
            for item in &pack.items {
                let label = item.label.text(lang).chars().count();
                assert!(label <= 80, "{} {}: {label}", pack.id, item.id);
                assert!(item.help.is_some(), "{} {}", pack.id, item.id);
            }
        }
    }
}

#[test]
fn a_threshold_changed_in_the_text_alone_changes_digest_and_outcome() {
    let text = catalog::by_id("nghe-an-2024").unwrap().text;
    let from = r#""op": "gt", "percent": 85"#;
    assert_eq!(text.matches(from).count(), 1);
    let usual = built_in("nghe-an-2024");
    let text = text.replace(from, r#""op": "gt", "percent": 95"#);
    let stricter = Pack::from_bytes(text.as_bytes()).unwrap();
    assert_ne!(stricter.digest, usual.digest);

    let mut form = every_kind_of_unit(&usual).remove(0);
    let total = form.facts[&id("members_total")] - form.facts[&id("members_exempt")];
    assert_eq!(total, 12);
    let attendance = form.items.get_mut(&id("2.08")).unwrap();
    attendance.fields.insert(id("present"), FieldValue::Int(11)); // 91 %
    assert_eq!(outcome(&usual, &form).verdict, FormVerdict::Eligible);
    assert_eq!(outcome(&stricter, &form).verdict, FormVerdict::NotEligible);
}

/// For each level and type a form in which every item is met by its own rule, the vote passed,
/// the gates clear and every bonus counted.
fn every_kind_of_unit(pack: &Pack) -> Vec<Assessment> {
    let day = |text| Date::parse(text).unwrap();
    let period = Period { kind: pack.periods[0], from: day("2026-10-01"), to: day("2026-10-31") };
    let mut forms = Vec::new();
    for level in &pack.levels {
        for unit_type in &pack.types {
            let random = AssessmentId::from_bits([7; 16]);
            let mut form = Assessment::blank(pack, random, period, Instant::from_unix(0)).unwrap();
            form.unit.level = level.id.clone();
            form.unit.unit_type = unit_type.id.clone();
            fill(pack, &mut form);
            forms.push(form);
        }
    }
    forms
}

fn fill(pack: &Pack, form: &mut Assessment) {
    let scope = Scope::of(pack, &form.unit);
    // Each fact at its floor or at 12: of these, the first under which every item can be met.
    let found = (0..1 << pack.facts.len()).any(|choice| {
        for (n, fact) in pack.facts.iter().enumerate() {
            let value = if choice >> n & 1 == 0 { 12 } else { fact.min };
            form.facts.insert(fact.id.clone(), value);
        }
        let answers = pack.items.iter().zip(&scope.items).filter(|(_, own)| **own);
        let answers: Option<Vec<_>> = answers
            .map(|(item, _)| Some((item.id.clone(), best_answer(pack, form, &scope, item)?)))
            .collect();
        form.items = answers.unwrap_or_default().into_iter().collect();
        !form.items.is_empty()
    });
    assert!(found, "no facts under which every item can be met");
    for gate in &pack.gates {
        form.gates.insert(gate.id.clone(), GateAnswer::default());
    }
    for bonus in pack.adjustments.iter().filter(|a| a.points > 0) {
        form.adjustments.insert(bonus.id.clone(), bonus.max_times);
    }
    if pack.decision.vote.is_some() {
        form.vote =
            Vote { eligible: Some(12), present: Some(12), in_favour: Some(12), ..Vote::default() };
    }
}

/// The answer that meets the item, without a problem, with the most points; `None` where no
/// combination of some usual numbers meets it.
fn best_answer(pack: &Pack, form: &Assessment, scope: &Scope, item: &Item) -> Option<Answer> {
    let mut answers = vec![Answer::default()];
    for field in &item.fields {
        let values: Vec<FieldValue> = match &field.kind {
            FieldKind::Integer { min, max } => [0, 1, 4, 12, 120]
                .into_iter()
                .filter(|n| (min..=max).contains(&n))
                .map(FieldValue::Int)
                .collect(),
            FieldKind::Text => vec![FieldValue::Text("có".into())],
            FieldKind::Date => vec![FieldValue::Text("2026-10-05".into())],
            FieldKind::Choice(choices) => vec![FieldValue::Text(choices[0].id.to_string())],
        };
        let with = |answer: &Answer, value: &FieldValue| {
            let mut answer = answer.clone();
            answer.fields.insert(field.id.clone(), value.clone());
            answer
        };
        let all = answers.iter();
        answers =
            all.flat_map(|answer| values.iter().map(move |value| with(answer, value))).collect();
    }
    let earned = |answer: &Answer| {
        let values = Values { answer: Some(answer), form, pack, scope };
        let state = ItemState::of(pack, item, &values);
        let met = state.verdict == Verdict::Met && state.problems.is_empty();
        met.then(|| state.score.map_or(0, |score| score.earned))
    };
    if item.met_when.is_none() {
        for answer in &mut answers {
            answer.verdict = Some(AnswerVerdict::Met);
        }
    }
    let best = answers.into_iter().filter(|a| earned(a).is_some());
    best.max_by_key(|a| earned(a))
}

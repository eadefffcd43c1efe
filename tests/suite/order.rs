//! The way through a form: what comes next, what can be answered at once, what is proposed.

use std::rc::Rc;

use bon_tot::form::{AnswerVerdict, Assessment, FieldValue, GateAnswer, Period};
use bon_tot::pack::{FieldKind, PeriodKind, catalog};
use bon_tot::rules::Verdict;
use bon_tot::session::{EntryField, Missing, Proposals, Section, Session, zeros};
use bon_tot::value::{AssessmentId, Date, Id, Instant};

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn session(pack: &str) -> Session {
    let pack = Rc::new(catalog::by_id(pack).unwrap().read().unwrap());
    let kind =
        if pack.periods.contains(&PeriodKind::Year) { PeriodKind::Year } else { PeriodKind::Month };
    let period = Period { kind, from: day("2026-01-01"), to: day("2026-12-31") };
    let now = Instant::from_unix(1_795_000_000);
    let blank = Assessment::blank(&pack, AssessmentId::from_bits([7; 16]), period, now).unwrap();
    Session::open(pack, blank).unwrap()
}

#[test]
fn next_goes_on_and_wraps() {
    let session = session("nghe-an-2024");
    // Pressed again and again on an empty form, it visits all that is missing once, in the order of the page.
    let all: Vec<Missing> = session.missing().collect();
    let mut here = session.top_of(Section::Unit);
    for expected in &all {
        let next = session.next_missing(here, |_| false).unwrap();
        assert_eq!(next, *expected);
        here = session.place_of(&next);
    }
    // After the last comes the first.
    assert_eq!(session.next_missing(here, |_| false).as_ref(), all.first());
    // From the top of a section, its first comes.
    let gates = session.top_of(Section::Gates);
    assert!(matches!(session.next_missing(gates, |_| false), Some(Missing::Gate(_))));
}

#[test]
fn what_is_put_off_comes_last() {
    let mut session = session("nghe-an-2024");
    let first = session.items_of(0)[0];
    let own = session.pack().items[first].id.clone();
    let here = session.top_of(Section::Criterion(0));
    let next = session.next_missing(here, |item| *item == own).unwrap();
    assert_eq!(next, Missing::Item(session.items_of(0)[1]));
    // Nothing else being left, it comes all the same.
    for index in 0..session.pack().items.len() {
        let item = session.pack().items[index].clone();
        if index != first && session.item(index).is_some() {
            for field in &item.fields {
                let value = match &field.kind {
                    FieldKind::Integer { .. } => FieldValue::Int(0),
                    FieldKind::Choice(choices) => FieldValue::Text(choices[0].id.to_string()),
                    FieldKind::Date => FieldValue::Text("2026-03-15".into()),
                    FieldKind::Text => FieldValue::Text("x".into()),
                };
                session.set_field(&item.id, &field.id, Some(value));
            }
            session.set_verdict(&item.id, Some(AnswerVerdict::Met));
        }
    }
    session.edit_unit(|unit| unit.name = "Chi bộ xóm 3".into());
    for fact in session.pack().facts.clone() {
        session.enter(EntryField::Fact(fact.id), "12");
    }
    for gate in session.declared_gates().collect::<Vec<_>>() {
        let gate = session.pack().gates[gate].id.clone();
        session.set_gate(&gate, Some(GateAnswer::default()));
    }
    session.edit_vote(|vote| {
        (vote.eligible, vote.present, vote.in_favour) = (Some(9), Some(9), Some(9));
    });
    // An item with a number that cannot be is no longer open, but a problem; only the first is open.
    let next = session.next_missing(here, |_| false).unwrap();
    assert_eq!(next, Missing::Item(first));
    let next = session.next_missing(here, |_| true).unwrap();
    assert_eq!(next, Missing::Item(first));
}

#[test]
fn the_rest_is_neither_mandatory_nor_a_number() {
    for pack in ["nghe-an-2024", "sinh-hoat-hd42"] {
        let mut session = session(pack);
        for criterion in 0..session.pack().criteria.len() {
            let rest = session.rest_of(criterion);
            let touched = session.meet_rest(criterion);
            assert_eq!(touched.items, rest);
            assert!(session.rest_of(criterion).is_empty());
            for index in session.items_of(criterion) {
                let item = &session.pack().items[index];
                let state = session.item(index).unwrap();
                let numbers =
                    item.fields.iter().any(|f| matches!(f.kind, FieldKind::Integer { .. }));
                if rest.contains(&index) {
                    assert!(!item.mandatory && !numbers && item.met_when.is_none(), "{}", item.id);
                    assert_eq!(state.verdict, Verdict::Met, "{}", item.id);
                    assert!(state.problems.is_empty(), "{}", item.id);
                } else {
                    assert_eq!(session.form().items.get(&item.id), None, "{}", item.id);
                }
            }
        }
    }
}

#[test]
fn none_answers_the_numbers_that_shall_be_zero() {
    let mut session = session("nghe-an-2024");
    let mut answered = Vec::new();
    for index in 0..session.pack().items.len() {
        let item = session.pack().items[index].clone();
        if !zeros(&item).is_empty() && session.item(index).is_some() {
            assert_eq!(session.expected_zeros(index), zeros(&item));
            session.set_zeros(index);
            assert!(session.expected_zeros(index).is_empty());
            assert_eq!(session.item(index).unwrap().verdict, Verdict::Met, "{}", item.id);
            answered.push(item.id.to_string());
        }
    }
    assert_eq!(answered, ["1.20", "2.09", "3.06", "3.07", "4.02"]);
    // A text that is no number goes with it.
    let (item, field) = (id("3.06"), id("violations"));
    session.enter(EntryField::Field(item.clone(), field.clone()), "khong");
    let index = session.pack().item_index(&item).unwrap();
    session.set_zeros(index);
    assert_eq!(session.entry(&EntryField::Field(item, field)), "0");
}

#[test]
fn what_follows_is_proposed_until_it_is_written() {
    let mut session = session("nghe-an-2024");
    let today = day("2026-11-27");
    let all = Proposals::of(&session.pack().id);
    assert_eq!(all.len(), 6, "a proposal cannot be read");
    let proposed = |session: &Session, at: &str| {
        let own = all.iter().find(|own| own.at.to_text() == at).unwrap();
        session.proposed(own, today)
    };
    // Each names a field of the pack.
    for own in &all {
        assert!(own.at.kind(session.pack()).is_some(), "{}", own.at.to_text());
    }
    assert_eq!(proposed(&session, "fact/meetings_due").as_deref(), Some("12"));
    assert_eq!(proposed(&session, "field/2.06/due").as_deref(), Some("4"));
    assert_eq!(proposed(&session, "vote/eligible"), None);
    session.enter(EntryField::Fact(id("members_total")), "17");
    session.enter(EntryField::Fact(id("members_exempt")), "6");
    assert_eq!(proposed(&session, "vote/eligible").as_deref(), Some("11"));
    session.enter(EntryField::VoteEligible, "10");
    assert_eq!(proposed(&session, "vote/eligible"), None);
    // More exempt than there are: nothing is proposed.
    session.enter(EntryField::VoteEligible, "");
    session.enter(EntryField::Fact(id("members_exempt")), "25");
    assert_eq!(proposed(&session, "vote/eligible"), None);
    assert_eq!(proposed(&session, "field/3.11/arisen"), None);
    session.enter(EntryField::Field(id("1.19"), id("arisen")), "3");
    assert_eq!(proposed(&session, "field/3.11/arisen").as_deref(), Some("3"));
    assert_eq!(proposed(&session, "vote/date").as_deref(), Some("27/11/2026"));
    assert!(Proposals::of(&id("sinh-hoat-hd42")).is_empty());
    // A committee votes with its members.
    let mut committee = self::session("chin-tieu-chi-dang-bo");
    let own = Proposals::of(&committee.pack().id);
    assert_eq!(own.len(), 2, "a proposal cannot be read");
    committee.enter(EntryField::Fact(id("committee_members")), "15");
    let eligible = own.iter().find(|own| own.at == EntryField::VoteEligible).unwrap();
    assert_eq!(committee.proposed(eligible, today).as_deref(), Some("15"));
    // What follows from monthly sheets does not follow from the form.
    let sheets = Proposals::of_meetings(&session.pack().id);
    assert_eq!(sheets.len(), 15);
    assert!(sheets.iter().all(|own| session.proposed(own, today).is_none()));
}

#[test]
fn what_decides_is_named() {
    let mut session = session("nghe-an-2024");
    assert_eq!(session.deciding(), None);
    let item = id("2.01");
    session.set_verdict(&item, Some(AnswerVerdict::NotMet));
    assert_eq!(session.deciding(), session.pack().item_index(&item).map(Missing::Item));
    session.set_verdict(&item, Some(AnswerVerdict::Met));
    // One of the others, of which all must be met.
    let item = id("3.02");
    session.set_verdict(&item, Some(AnswerVerdict::NotMet));
    assert_eq!(session.deciding(), session.pack().item_index(&item).map(Missing::Item));
}

//! What a person types into number fields.

use bon_tot::form::{Assessment, Period};
use bon_tot::pack::catalog::Catalog;
use bon_tot::rules::Verdict;
use bon_tot::session::{EntryError, EntryField, EntryKind, EntryValue, Section, Session};
use bon_tot::value::{AssessmentId, Date, Id, Instant};

#[test]
fn only_digits_in_range_are_a_number() {
    let read = |text| {
        let read = EntryKind::Number(1, 100).read(text);
        read.map(|value| value.and_then(EntryValue::number))
    };
    assert_eq!(read("  "), Ok(None));
    assert_eq!(read(" 17 "), Ok(Some(17)));
    assert_eq!(read("1o"), Err(EntryError::NotANumber));
    assert_eq!(read("1.5"), Err(EntryError::NotANumber));
    assert_eq!(read("-3"), Err(EntryError::NotANumber));
    let out = Err(EntryError::OutOfRange { min: 1, max: 100 });
    assert_eq!(read("0"), out);
    assert_eq!(read("99999999999999999999"), out);
}

#[test]
fn a_place_reads_back_what_it_writes() {
    let id = |text| Id::new(text).unwrap();
    for field in [
        EntryField::Fact(id("members_total")),
        EntryField::Field(id("2.08"), id("present")),
        EntryField::Adjustment(id("B1")),
        EntryField::VoteInFavour,
        EntryField::VoteDate,
        EntryField::GateDate(id("G1")),
        EntryField::PeriodFrom,
        EntryField::PeriodTo,
    ] {
        assert_eq!(EntryField::from_text(&field.to_text()), Some(field));
    }
    assert_eq!(EntryField::from_text("vote/none"), None);
    assert_eq!(EntryField::from_text("field/a/b/c"), None);
}

/// A form of the built-in pack in which every fact is given.
fn session() -> Session {
    let packs = Catalog::built_in().unwrap();
    let pack = packs.packs()[0].clone();
    let day = |month, day| Date::new(2026, month, day).unwrap();
    let period = Period { kind: pack.periods[0], from: day(1, 1), to: day(12, 31) };
    let id = AssessmentId::from_bits([7; 16]);
    let form = Assessment::blank(&pack, id, period, Instant::from_unix(1_790_000_000)).unwrap();
    let mut session = Session::open(pack, form).unwrap();
    for (fact, value) in [("members_total", "45"), ("members_exempt", "2")] {
        session.enter(EntryField::Fact(Id::new(fact).unwrap()), value);
    }
    session
}

#[test]
fn a_number_that_cannot_be_is_no_answer() {
    let mut session = session();
    let present = EntryField::Field(Id::new("2.08").unwrap(), Id::new("present").unwrap());
    let done = |session: &Session| session.progress(Section::Criterion(1)).unwrap().done;
    let blank = done(&session);
    session.enter(present.clone(), "43");
    assert_eq!((done(&session), session.impossible()), (blank + 1, 0));
    session.enter(present, "60");
    assert_eq!((done(&session), session.impossible()), (blank, 1));
    // The rules say met all the same (spec s. 2.3); the form is incomplete.
    let index = session.pack().items.iter().position(|item| item.id.as_str() == "2.08").unwrap();
    assert_eq!(session.item(index).unwrap().verdict, Verdict::Met);
}

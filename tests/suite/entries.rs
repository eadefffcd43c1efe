//! What a person types into number fields.

use bon_tot::session::{EntryError, EntryField, EntryKind, EntryValue};
use bon_tot::value::Id;

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

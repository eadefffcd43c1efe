//! What a person types into number fields.

use bon_tot::session::{EntryError, NumberField, read_number};
use bon_tot::value::Id;

#[test]
fn only_digits_in_range_are_a_number() {
    let read = |text| read_number(text, (1, 100));
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
        NumberField::Fact(id("members_total")),
        NumberField::Field(id("2.08"), id("present")),
        NumberField::Adjustment(id("B1")),
        NumberField::VoteInFavour,
    ] {
        assert_eq!(NumberField::from_text(&field.to_text()), Some(field));
    }
    assert_eq!(NumberField::from_text("vote/none"), None);
    assert_eq!(NumberField::from_text("field/a/b/c"), None);
}

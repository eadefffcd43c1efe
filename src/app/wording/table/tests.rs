//! Every finding has words in both languages, which say all of its values.

use super::doubt::doubted;
use super::*;
use crate::kit::import::Doubt;
use crate::value::Id;

/// One of each doubt. A new one must be added here, or this does not compile.
fn doubts() -> Vec<Doubt> {
    let (row, column, text) = (4, 2, "x".to_owned());
    let id = Id::new("a").unwrap();
    let (stated, sum) = ("10".to_owned(), "9.5".to_owned());
    let all = vec![
        Doubt::Undecided { others_percent: 100 },
        Doubt::ColumnTwice { role: Role::Points, first: 1, second: 2 },
        Doubt::ColumnUnused { column, name: text.clone() },
        Doubt::HiddenColumn { column, role: Role::Note },
        Doubt::NoPointsColumn,
        Doubt::HiddenRow { row },
        Doubt::Merged { column, first: 1, last: 2 },
        Doubt::NumbersAsText { column, rows: vec![row] },
        Doubt::ErrorCell { row, column, text: text.clone() },
        Doubt::FormulaWithoutValue { row, column },
        Doubt::PointsUnreadable { row, column, text: text.clone() },
        Doubt::PointsAreADay { row, column, text: text.clone() },
        Doubt::NegativePoints { row, points: "5".to_owned() },
        Doubt::NoPoints { row },
        Doubt::Steps { row },
        Doubt::NumberTwice { row, first: 1, number: "1".to_owned() },
        Doubt::IdTwice { row, first: 1, id },
        Doubt::IdInvalid { row, column, text: text.clone() },
        Doubt::KindUnknown { row, column, text: text.clone() },
        Doubt::AppliesUnknown { row, column, text },
        Doubt::SecondTable { row },
        Doubt::SumDiffers { row, stated: stated.clone(), sum: sum.clone() },
        Doubt::TotalDiffers { row, stated, sum },
        Doubt::SubHeading { row },
        Doubt::NoItemsBelow { row },
        Doubt::NoHeadings,
        Doubt::LoneItem { row },
        Doubt::OldEncoding { row, column, encoding: Encoding::Vni },
    ];
    let mut places: Vec<usize> = all.iter().map(place).collect();
    places.dedup();
    assert_eq!(places, (0..all.len()).collect::<Vec<_>>());
    all
}

fn place(doubt: &Doubt) -> usize {
    match doubt {
        Doubt::Undecided { .. } => 0,
        Doubt::ColumnTwice { .. } => 1,
        Doubt::ColumnUnused { .. } => 2,
        Doubt::HiddenColumn { .. } => 3,
        Doubt::NoPointsColumn => 4,
        Doubt::HiddenRow { .. } => 5,
        Doubt::Merged { .. } => 6,
        Doubt::NumbersAsText { .. } => 7,
        Doubt::ErrorCell { .. } => 8,
        Doubt::FormulaWithoutValue { .. } => 9,
        Doubt::PointsUnreadable { .. } => 10,
        Doubt::PointsAreADay { .. } => 11,
        Doubt::NegativePoints { .. } => 12,
        Doubt::NoPoints { .. } => 13,
        Doubt::Steps { .. } => 14,
        Doubt::NumberTwice { .. } => 15,
        Doubt::IdTwice { .. } => 16,
        Doubt::IdInvalid { .. } => 17,
        Doubt::KindUnknown { .. } => 18,
        Doubt::AppliesUnknown { .. } => 19,
        Doubt::SecondTable { .. } => 20,
        Doubt::SumDiffers { .. } => 21,
        Doubt::TotalDiffers { .. } => 22,
        Doubt::SubHeading { .. } => 23,
        Doubt::NoItemsBelow { .. } => 24,
        Doubt::NoHeadings => 25,
        Doubt::LoneItem { .. } => 26,
        Doubt::OldEncoding { .. } => 27,
    }
}

#[track_caller]
fn check(own: impl Fn(Lang) -> String) {
    let (vi, en) = (own(Lang::Vi), own(Lang::En));
    assert!(!vi.trim().is_empty() && !en.trim().is_empty() && vi != en, "{vi} / {en}");
    assert!(!vi.contains("{}") && !en.contains("{}") && !vi.contains('!'), "{vi} / {en}");
}

#[test]
fn every_doubt_has_words_in_both_languages_that_say_all_its_values() {
    for own in doubts() {
        check(|lang| doubt(lang, &own));
        for lang in [Lang::Vi, Lang::En] {
            let ([vi, en], values) = doubted(lang, &own);
            for words in [vi, en] {
                assert_eq!(words.matches("{}").count(), values.len(), "{words}");
            }
            assert!(values.iter().all(|value| !value.is_empty()), "{own:?}");
        }
    }
    let at = |lang| {
        let error = Doubt::ErrorCell { row: 4, column: 2, text: "#REF!".to_owned() };
        doubt(lang, &error)
    };
    assert_eq!(at(Lang::Vi), "Ô C5 báo lỗi #REF!. Sửa công thức hoặc gõ thẳng giá trị.");
    let sums = |lang| {
        let (stated, sum) = ("62.5".to_owned(), "60,5".to_owned());
        doubt(lang, &Doubt::TotalDiffers { row: 4, stated, sum })
    };
    assert!(sums(Lang::Vi).contains("62,5") && sums(Lang::Vi).contains("60,5"));
    assert!(sums(Lang::En).contains("62.5") && sums(Lang::En).contains("60.5"));
    assert_eq!(at(Lang::En), "Cell C5 holds the error #REF!. Mend the formula or write the value.");
}

#[test]
fn every_reason_role_and_error_has_words_in_both_languages() {
    use Reason as R;
    let reasons = [
        R::Above,
        R::Head,
        R::HeadAgain,
        R::ColumnNumbers,
        R::Total,
        R::Hidden,
        R::OtherTable,
        R::WholeTable,
        R::NoItemsBelow,
        R::Negative,
        R::Words,
        R::NoLabel,
    ];
    for own in reasons {
        check(|lang| reason(lang, own).to_owned());
    }
    for own in Role::ALL {
        check(|lang| role(lang, own).to_owned());
    }
    let old = Encoding::Tcvn3;
    let unread = [
        ImportError::Empty,
        ImportError::NoHead,
        ImportError::OldEncoding(old),
        ImportError::NoItems { head: 3 },
    ];
    for own in unread {
        check(|lang| unmade(lang, &own));
    }
    let files = [
        FileError::TooLarge,
        FileError::OldWorkbook,
        FileError::Protected,
        FileError::Damaged("x".to_owned()),
        FileError::NotUnicode,
        FileError::OldEncoding(old),
        FileError::Quotation,
    ];
    for own in files {
        check(|lang| refused(lang, &own));
    }
}

//! Why a file is not opened, in words.

use crate::app::text::{Text, fill};
use crate::app::wording::word_of;
use crate::json::{Expected, Fault, Foreign, ReadError};
use crate::value::shown;

/// Files of other kinds, in the order of their words.
pub(super) const FOREIGN: [Foreign; 7] = [
    Foreign::Empty,
    Foreign::WideText,
    Foreign::Picture,
    Foreign::Pdf,
    Foreign::Html,
    Foreign::Archive,
    Foreign::Office,
];

/// A read error as sentences. What only specialists understand is left to [`technical`].
pub fn read_refusal(t: &Text, error: &ReadError) -> String {
    let words = fault(t, &error.fault);
    let named = place(t, &error.pointer);
    match (&error.fault, named) {
        (Fault::NewerFormat { .. }, _) => words,
        (_, Some(place)) => {
            let words = fill(t.later().files.fault_place, &[&place, &words]);
            fill(t.later().import_why, &[&words])
        }
        (fault, None) if is_technical(fault) => t.later().import_unknown.to_owned(),
        _ => fill(t.later().import_why, &[&words]),
    }
}

/// What is wrong and where, as specialists read it; `None` where the refusal has told it all.
pub fn technical(t: &Text, error: &ReadError) -> Option<String> {
    let files = t.later().files;
    let words = match &error.fault {
        Fault::CutShort { line, column } => {
            fill(files.fault_cut_at, &[&line.to_string(), &column.to_string()])
        }
        own if is_technical(own) => fault(t, own),
        _ => return None,
    };
    if error.pointer.is_empty() {
        return Some(words);
    }
    Some(fill(files.fault_place, &[&shown(&error.pointer), &words]))
}

/// Does a fault say something only to those who know the format?
fn is_technical(fault: &Fault) -> bool {
    match fault {
        Fault::Syntax { .. }
        | Fault::TooDeep { .. }
        | Fault::DuplicateMember
        | Fault::NotAnInteger
        | Fault::Missing
        | Fault::UnknownMember
        | Fault::DuplicateId
        | Fault::DuplicateDigest
        | Fault::DuplicateKey
        | Fault::OtherFormat { .. }
        | Fault::Expected(_) => true,
        Fault::TooLarge { .. }
        | Fault::Foreign(_)
        | Fault::NotUtf8
        | Fault::CutShort { .. }
        | Fault::OtherProduct
        | Fault::NewerFormat { .. } => false,
    }
}

/// What is wrong, without its place.
#[cfg(feature = "split")]
pub fn fault_words(t: &Text, error: &ReadError) -> String {
    fault(t, &error.fault)
}

/// The name of a place in the form, if people know it by one.
pub(super) fn place(t: &Text, pointer: &str) -> Option<String> {
    let mut steps = pointer.rsplit('/');
    let (last, before) = (steps.next().unwrap_or_default(), steps.next().unwrap_or_default());
    let name = match (before, last) {
        ("period", "from") => [t.period, t.period_from].join(", "),
        ("period", "to") => [t.period, t.period_to].join(", "),
        ("unit", "name") => t.unit_name.to_owned(),
        ("keys", number) => {
            let number = number.parse().map_or(0, |index: usize| index + 1);
            fill(t.later().files.fault_key, &[&number.to_string()])
        }
        _ => return None,
    };
    Some(name)
}

fn fault(t: &Text, fault: &Fault) -> String {
    let files = t.later().files;
    let words = match fault {
        Fault::TooLarge { limit } => {
            return fill(files.fault_size, &[&(limit >> 20).to_string()]);
        }
        Fault::Syntax { line, column } => {
            return fill(files.fault_syntax, &[&line.to_string(), &column.to_string()]);
        }
        Fault::TooDeep { limit } => return fill(files.fault_deep, &[&limit.to_string()]),
        Fault::OtherFormat { wanted, .. } => {
            let format = fill(files.fault_kinds[20], &[wanted]);
            return fill(files.fault_expected, &[&format]);
        }
        Fault::Expected(expected) => {
            return fill(files.fault_expected, &[&kind(t, expected)]);
        }
        Fault::Foreign(kind) => word_of(&FOREIGN, *kind, &files.fault_foreign),
        Fault::NotUtf8 => files.fault_encoding,
        Fault::CutShort { .. } => files.fault_cut,
        Fault::OtherProduct => files.fault_other,
        Fault::NewerFormat { .. } => t.later().import_newer,
        Fault::DuplicateMember => files.fault_member_twice,
        Fault::NotAnInteger => files.fault_number,
        Fault::Missing => files.fault_missing,
        Fault::UnknownMember => files.fault_unknown,
        Fault::DuplicateId => files.fault_id_twice,
        Fault::DuplicateKey => files.fault_key_twice,
        Fault::DuplicateDigest => files.fault_digest_twice,
    };
    words.to_owned()
}

/// What should have stood at a place.
fn kind(t: &Text, expected: &Expected) -> String {
    let kinds = &t.later().files.fault_kinds;
    let range = |words, from: &dyn ToString, to: &dyn ToString| {
        fill(words, &[&from.to_string(), &to.to_string()])
    };
    let place = match expected {
        Expected::Length { min, max } => return range(kinds[2], min, max),
        Expected::Integer { min, max } => return range(kinds[6], min, max),
        Expected::OneOf(words) => return fill(kinds[19], &[&words.join(", ")]),
        Expected::Object => 0,
        Expected::List => 1,
        Expected::Text => 3,
        Expected::NonEmptyText => 4,
        Expected::Bool => 5,
        Expected::FieldValue => 7,
        Expected::Id => 8,
        Expected::Date => 9,
        Expected::Instant => 10,
        Expected::Version => 11,
        Expected::Digest => 12,
        Expected::AssessmentId => 13,
        Expected::Applies => 14,
        Expected::PublicKey => 15,
        Expected::Thumbprint => 16,
        Expected::Expression => 17,
        Expected::Condition => 18,
        Expected::PeriodInOrder => 21,
        Expected::Described(_) => 22,
        Expected::AttachmentName => 23,
        Expected::MediaType => 24,
    };
    kinds[place].to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::app::text::{english, text};
    use crate::value::Lang;

    /// Every kind of value that a place can want.
    fn kinds() -> Vec<Expected> {
        vec![
            Expected::Object,
            Expected::List,
            Expected::Length { min: 1, max: 8 },
            Expected::Text,
            Expected::NonEmptyText,
            Expected::Bool,
            Expected::Integer { min: 3, max: 7 },
            Expected::FieldValue,
            Expected::Id,
            Expected::Date,
            Expected::Instant,
            Expected::Version,
            Expected::Digest,
            Expected::AssessmentId,
            Expected::Applies,
            Expected::PublicKey,
            Expected::Thumbprint,
            Expected::Expression,
            Expected::Condition,
            Expected::OneOf(&["unit", "superior"]),
            Expected::PeriodInOrder,
            Expected::Described("a sequence".into()),
            Expected::AttachmentName,
            Expected::MediaType,
        ]
    }

    /// Every fault.
    fn faults() -> Vec<Fault> {
        let wanted = "bontot.submission/1";
        let mut faults = vec![
            Fault::TooLarge { limit: 2 << 20 },
            Fault::NotUtf8,
            Fault::CutShort { line: 41, column: 7 },
            Fault::OtherProduct,
            Fault::NewerFormat { found: "bontot.submission/2".into(), wanted },
            Fault::OtherFormat { found: "bontot.pack/1".into(), wanted },
            Fault::Syntax { line: 3, column: 9 },
            Fault::TooDeep { limit: 32 },
            Fault::DuplicateMember,
            Fault::NotAnInteger,
            Fault::Missing,
            Fault::UnknownMember,
            Fault::DuplicateId,
            Fault::DuplicateKey,
            Fault::DuplicateDigest,
        ];
        faults.extend(FOREIGN.map(Fault::Foreign));
        faults.extend(kinds().into_iter().map(Fault::Expected));
        faults
    }

    fn name(fault: &Fault) -> String {
        let debug = format!("{fault:?}");
        debug.split([' ', '{', '(']).next().unwrap_or_default().to_owned()
    }

    #[test]
    fn every_fault_has_words_of_its_own_in_both_languages() {
        let mut seen = BTreeSet::new();
        for (t, lang) in [(text(Lang::Vi), Lang::Vi), (english(), Lang::En)] {
            for fault in faults() {
                let error = ReadError::here(fault.clone());
                let told = read_refusal(t, &error);
                let words = technical(t, &error).unwrap_or_else(|| told.clone());
                assert!(!words.is_empty() && !words.contains("{}"), "{fault:?}: {words:?}");
                assert!(seen.insert(words.clone()), "{words:?} is said of two faults");
                // Not what the tool says, which is English.
                assert!(lang == Lang::En || !words.contains(&fault.to_string()), "{words:?}");
                // Where the cause is known, the file is not called damaged as well.
                let is_vague = told.contains("đã hỏng") || told.contains("is damaged");
                assert_eq!(is_vague, is_technical(&fault), "{told}");
                // People are told no lines, columns and places of a file.
                let is_cut = matches!(fault, Fault::CutShort { .. });
                let is_plain = !told.contains(|sign: char| sign.is_ascii_digit() || sign == '/');
                assert!(is_plain || !(is_technical(&fault) || is_cut), "{told}");
            }
        }
    }

    /// The lists of these tests name every fault that the sources declare.
    #[test]
    fn no_fault_is_left_out() {
        let source = include_str!("../../json/error.rs");
        let declared = |of: &str| {
            let body = source.split_once(&format!("pub enum {of} {{")).unwrap().1;
            let body = body.split_once("\n}\n").unwrap().0.lines();
            let names = body.filter_map(|line| line.strip_prefix("    "));
            let names = names.filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
            names
                .map(|line| line.split([' ', '(', ',']).next().unwrap().to_owned())
                .collect::<BTreeSet<_>>()
        };
        assert_eq!(faults().iter().map(name).collect::<BTreeSet<_>>(), declared("Fault"));
        let kinds = kinds().into_iter().map(|kind| format!("{kind:?}"));
        let kinds: BTreeSet<_> =
            kinds.map(|kind| kind.split([' ', '(']).next().unwrap().to_owned()).collect();
        assert_eq!(kinds, declared("Expected"));
    }

    #[test]
    fn the_place_is_named_as_people_know_it() {
        let vi = text(Lang::Vi);
        let year = ReadError::expected(Expected::Date).within("from").within("period");
        let words = read_refusal(vi, &year.within("assessment"));
        assert!(words.contains("Kỳ đánh giá, Từ ngày: phải là"), "{words}");
        assert!(words.contains("năm từ 1900 đến 2100"), "{words}");
        let twice = ReadError::here(Fault::DuplicateKey).within_element(1).within("keys");
        let words = read_refusal(vi, &twice);
        assert_eq!(words, "Lý do: khóa thứ 2: khóa này đứng hai lần trong danh sách.");
        let html = crate::json::parse(b"<!doctype html><p>login", 100).unwrap_err();
        assert!(read_refusal(vi, &html).contains("HTML"));
    }

    #[test]
    fn what_only_specialists_read_stands_apart() {
        let vi = text(Lang::Vi);
        let wrong = ReadError::here(Fault::UnknownMember).within("palace").within("assessment");
        let words = read_refusal(vi, &wrong);
        assert_eq!(words, "Tệp này không phải phiếu Bốn Tốt, hoặc đã hỏng hay bị sửa.");
        let words = technical(vi, &wrong).unwrap();
        assert_eq!(words, "/assessment/palace: định dạng này không có phần ấy");
        let words = technical(vi, &ReadError::here(Fault::Syntax { line: 1, column: 1 })).unwrap();
        assert_eq!(words, "nội dung không phải JSON ở dòng 1, cột 1");
        assert_eq!(technical(vi, &ReadError::here(Fault::NotUtf8)), None);
    }
}

//! Sentences on received files: their statuses and reasons.

use super::fault::{self, FOREIGN};
use super::{criterion, day, form_verdict, verdict, word_of};
use crate::app::text::{Desk, Text, fill};
use crate::desk::{ConflictKind, Difference, Reason, SignatureFault, Status};
use crate::rules::{CriterionVerdict, FormVerdict, Verdict};
use crate::value::{Instant, shown};

const FAULTS: [SignatureFault; 4] = [
    SignatureFault::Mismatch,
    SignatureFault::Role,
    SignatureFault::Repeated,
    SignatureFault::Form,
];
/// Formats of files that are received where a signed form is wanted, in the order of their words.
const FORMATS: [&str; 6] = ["pack", "published", "assessment", "trust", "key", "other"];
const CONFLICTS: [ConflictKind; 3] =
    [ConflictKind::Revision, ConflictKind::Unit, ConflictKind::Form];

/// The name of a status.
pub fn status(d: &Desk, status: Status) -> &'static str {
    word_of(Status::ALL, status, &d.statuses)
}

/// What a status means.
pub fn status_says(d: &Desk, status: Status) -> &'static str {
    word_of(Status::ALL, status, &d.status_says)
}

/// The sign of a status, besides colour.
pub fn status_sign(status: Status) -> &'static str {
    match status {
        Status::Verified => "✓",
        Status::UnknownKey | Status::UnknownPack => "?",
        Status::Superseded | Status::Duplicate => "–",
        Status::Conflict => "!",
        Status::Malformed | Status::BadSignature | Status::OutcomeDiffers => "✗",
    }
}

/// A value of an outcome: a verdict in words, anything else as it is written.
fn value(t: &Text, d: &Desk, pointer: &str, text: &str) -> String {
    let plain = text.trim_matches('"');
    let of_criterion = CriterionVerdict::from_word(plain).map(|own| criterion(t, own).1);
    let of_form = FormVerdict::from_word(plain).map(|own| form_verdict(t, own).1);
    // The form and its criteria share a word.
    let of_both = match pointer {
        "/verdict" => of_form.or(of_criterion),
        _ => of_criterion.or(of_form),
    };
    let words = of_both.or_else(|| Verdict::from_word(plain).map(|own| verdict(t, own)));
    match (words, text) {
        (Some(words), _) => fill(d.quoted, &[words]),
        (None, "false") => d.truths[0].to_owned(),
        (None, "true") => d.truths[1].to_owned(),
        (None, text) => shown(text).into_owned(),
    }
}

/// Which of [`FORMATS`] a format is, such as `bontot.pack/1`.
fn other_format(format: &str) -> &'static str {
    let name = format.split(['.', '/']).nth(1).unwrap_or_default();
    FORMATS.into_iter().find(|own| *own == name).unwrap_or("other")
}

/// Both sides of a difference, in words.
fn sides(t: &Text, d: &Desk, own: &Difference) -> [String; 2] {
    [&own.stated, &own.computed].map(|side| {
        let side = side.as_deref().map(|text| value(t, d, &own.pointer, text));
        side.unwrap_or_else(|| d.nothing.to_owned())
    })
}

/// A reason; `local` says an instant as the clock of this place has it.
pub fn reason(t: &Text, d: &Desk, reason: &Reason, local: &dyn Fn(Instant) -> String) -> String {
    let place = |index: &usize| (index + 1).to_string();
    match reason {
        Reason::TooLarge => d.too_large.to_owned(),
        Reason::NotUtf8 => d.not_utf8.to_owned(),
        Reason::Foreign(kind) => word_of(&FOREIGN, *kind, &d.foreign).to_owned(),
        Reason::CutShort { .. } => d.cut_short.to_owned(),
        Reason::Syntax { .. } => d.syntax.to_owned(),
        Reason::OtherProduct => d.other_product.to_owned(),
        Reason::Newer => d.newer.to_owned(),
        Reason::OtherFormat(format) => {
            word_of(&FORMATS, other_format(format), &d.other_formats).to_owned()
        }
        Reason::Wrong { pointer, .. } if pointer.is_empty() => d.wrong_whole.to_owned(),
        Reason::Wrong { pointer, .. } => match fault::place(t, pointer) {
            Some(name) => fill(d.wrong_at, &[&name]),
            None => d.wrong.to_owned(),
        },
        Reason::PackIdentity => d.pack_identity.to_owned(),
        Reason::Signature { index, fault } => {
            fill(d.signature, &[&place(index), word_of(&FAULTS, *fault, &d.signature_faults)])
        }
        Reason::Pack(pack) => fill(d.pack, &[pack.id.as_str(), pack.version.as_str()]),
        Reason::Outcome(difference) => {
            let [stated, computed] = sides(t, d, difference);
            match &difference.item {
                Some(item) => fill(d.outcome_item, &[&shown(item), &stated, &computed]),
                None => fill(d.outcome, &[&stated, &computed]),
            }
        }
        Reason::Revoked(date) => fill(d.revoked, &[&day(*date)]),
        Reason::RevokedLater(date) => fill(d.revoked_later, &[&day(*date)]),
        Reason::OtherUnit(unit) => fill(d.other_unit, &[&shown(unit)]),
        Reason::SameAs(file) => fill(d.same_as, &[&shown(file)]),
        Reason::Later(revision) => fill(d.later, &[&revision.to_string()]),
        Reason::Conflict { kind, others, more } => {
            let names: Vec<_> = others.iter().map(|name| shown(name)).collect();
            let names = names.join(", ");
            let names = match more {
                0 => names,
                more => fill(d.and_more, &[&names, &more.to_string()]),
            };
            fill(word_of(&CONFLICTS, *kind, &d.conflicts), &[&names])
        }
        Reason::SignedBefore { index, signed, made } => {
            fill(d.signed_before, &[&place(index), &local(*signed), &local(*made)])
        }
        Reason::SignedAfter { index, signed, received } => {
            fill(d.signed_after, &[&place(index), &local(*signed), &local(*received)])
        }
        Reason::NoCodes => d.no_codes.to_owned(),
        Reason::LockedPdf => d.locked_pdf.to_owned(),
        Reason::Unopened(_) => d.unopened.to_owned(),
        Reason::Stated(_) => d.stated.to_owned(),
        Reason::Attached { matched, missing, .. } if missing.is_empty() => {
            fill(d.attached, &[&matched.to_string()])
        }
        Reason::Attached { matched, missing, more } => {
            let all = (matched + missing.len() + more).to_string();
            let names: Vec<_> = missing.iter().map(|name| shown(name)).collect();
            let names = match more {
                0 => names.join(", "),
                more => fill(d.and_more, &[&names.join(", "), &more.to_string()]),
            };
            fill(d.attached_missing, &[&matched.to_string(), &all, &names])
        }
    }
}

/// What only specialists read of a reason.
pub fn technical(reason: &Reason) -> Option<String> {
    match reason {
        Reason::CutShort { line, column } | Reason::Syntax { line, column } => {
            Some(format!("line {line}, column {column}"))
        }
        Reason::Wrong { pointer, fault } if pointer.is_empty() => Some(fault.clone()),
        Reason::Wrong { pointer, fault } => Some(format!("{pointer}: {fault}")),
        Reason::Unopened(why) | Reason::Stated(why) => Some(why.clone()),
        Reason::Outcome(difference) => Some(difference.to_string()),
        Reason::Pack(pack) => Some(pack.digest.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::app::text::{desk, english, text};
    use crate::desk::{Conflict, Detail};
    use crate::json::{Expected, Fault, Foreign, ReadError};
    use crate::pack::PackRef;
    use crate::pack::catalog::BUILT_IN;
    use crate::seal::{SignatureError, SignatureErrorAt};
    use crate::value::{Date, Lang};

    fn a_day() -> Date {
        Date::parse("2026-03-05").unwrap()
    }

    fn pack() -> PackRef {
        BUILT_IN[0].read().unwrap().reference()
    }

    /// One of each; a new kind does not compile until it stands here.
    fn is_listed(detail: &Detail) -> bool {
        match detail {
            Detail::Read(_)
            | Detail::PackIdentity
            | Detail::Signature(_)
            | Detail::Pack(_)
            | Detail::Outcome(_)
            | Detail::Revoked(_)
            | Detail::OtherUnit(_)
            | Detail::SameAs(_)
            | Detail::Later(_)
            | Detail::Conflict(_) => true,
        }
    }

    fn details() -> Vec<Detail> {
        let read = [
            Fault::TooLarge { limit: 1 },
            Fault::NotUtf8,
            Fault::CutShort { line: 3, column: 7 },
            Fault::OtherProduct,
            Fault::NewerFormat { found: "bontot.submission/2".into(), wanted: "" },
            Fault::OtherFormat { found: "bontot.pack/1".into(), wanted: "" },
            Fault::Syntax { line: 3, column: 7 },
            Fault::TooDeep { limit: 32 },
            Fault::DuplicateMember,
            Fault::NotAnInteger,
            Fault::Missing,
            Fault::UnknownMember,
            Fault::DuplicateId,
            Fault::DuplicateKey,
            Fault::DuplicateDigest,
            Fault::Expected(Expected::Date),
        ];
        let foreign = FOREIGN.map(Fault::Foreign);
        let signature = [
            SignatureError::Encoding,
            SignatureError::NotReduced,
            SignatureError::Commitment,
            SignatureError::Mismatch,
            SignatureError::Role,
            SignatureError::Repeated,
        ];
        let difference = |item: Option<&str>| Difference {
            pointer: "/verdict".into(),
            item: item.map(str::to_owned),
            stated: Some("\"eligible\"".into()),
            computed: None,
        };
        let mut all: Vec<Detail> =
            read.into_iter().chain(foreign).map(|own| Detail::Read(ReadError::here(own))).collect();
        all.push(Detail::Read(ReadError::here(Fault::Missing).within("assessment")));
        all.extend(signature.map(|error| Detail::Signature(SignatureErrorAt { index: 1, error })));
        all.extend(
            CONFLICTS.map(|kind| Detail::Conflict(Conflict { kind, others: vec![0, 1], more: 2 })),
        );
        all.extend([
            Detail::PackIdentity,
            Detail::Pack(Box::new(pack())),
            Detail::Outcome(difference(Some("2.08"))),
            Detail::Outcome(difference(None)),
            Detail::Revoked(a_day()),
            Detail::OtherUnit("Chi bộ A".into()),
            Detail::SameAs(4),
            Detail::Later(7),
        ]);
        assert!(all.iter().all(is_listed));
        all
    }

    #[test]
    fn every_status_has_a_name_a_sentence_and_a_sign() {
        for d in [desk(Lang::Vi), desk(Lang::En)] {
            let names: BTreeSet<_> = Status::ALL.iter().map(|own| status(d, *own)).collect();
            let says: BTreeSet<_> = Status::ALL.iter().map(|own| status_says(d, *own)).collect();
            assert_eq!((names.len(), says.len()), (Status::ALL.len(), Status::ALL.len()));
            assert!(!names.contains("") && !says.contains(""));
            assert!(Status::ALL.iter().all(|own| !status_sign(*own).is_empty()));
        }
    }

    #[test]
    fn every_detail_is_said_in_both_languages() {
        let name = |index: usize| format!("phieu-{index}.json");
        let local = |instant: Instant| instant.to_string();
        let now = Instant::from_unix(1_795_000_000);
        let others = [
            Reason::RevokedLater(a_day()),
            Reason::SignedBefore { index: 0, signed: now, made: now },
            Reason::SignedAfter { index: 0, signed: now, received: now },
            Reason::NoCodes,
            Reason::LockedPdf,
            Reason::Unopened("the entry is damaged".into()),
            Reason::Stated("the text is cut short".into()),
            Reason::of_attached(3, &[]),
            Reason::of_attached(1, &["a.jpg".to_owned()]),
        ];
        let reasons: Vec<Reason> =
            details().iter().map(|detail| Reason::of(detail, &name)).chain(others).collect();
        for own in &reasons {
            let told = [(text(Lang::Vi), Lang::Vi), (english(), Lang::En)]
                .map(|(t, lang)| reason(t, desk(lang), own, &local));
            assert_ne!(told[0], told[1]);
            for words in told {
                assert!(words.len() > 8 && !words.contains("{}"), "{words}");
                assert!(words.ends_with(['.', ')']), "{words}");
            }
        }
        let vi = |detail: Detail| {
            reason(text(Lang::Vi), desk(Lang::Vi), &Reason::of(&detail, &name), &local)
        };
        assert_eq!(vi(Detail::SameAs(4)), "Cùng nội dung với tệp phieu-4.json.");
        assert!(vi(Detail::Revoked(a_day())).contains("05/03/2026"));
        assert!(vi(details().pop().unwrap()).contains('7'));
        let foreign = Reason::Foreign(Foreign::Pdf);
        assert!(reason(english(), desk(Lang::En), &foreign, &local).contains("PDF"));
    }

    #[test]
    fn values_of_an_outcome_are_said_in_words() {
        let (t, d) = (text(Lang::Vi), desk(Lang::Vi));
        let said = |pointer: &str, text: &str| value(t, d, pointer, text);
        for verdict in FormVerdict::ALL {
            let words = said("/verdict", &format!("\"{}\"", verdict.as_str()));
            assert_eq!(words, format!("“{}”", form_verdict(t, *verdict).1));
        }
        for verdict in CriterionVerdict::ALL {
            let words = said("/criteria/0/verdict", &format!("\"{}\"", verdict.as_str()));
            assert_eq!(words, format!("“{}”", criterion(t, *verdict).1));
        }
        for own in Verdict::ALL {
            let words = said("/items/0/verdict", &format!("\"{}\"", own.as_str()));
            assert_eq!(words, format!("“{}”", verdict(t, *own)));
        }
        assert_eq!([said("/a", "true"), said("/a", "false")], ["“có”", "“không”"]);
        assert_eq!(said("/points/earned", "120"), "120");
    }
}

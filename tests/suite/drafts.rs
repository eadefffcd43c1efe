//! Drafts of every version so far still open, with every word in them. Files under `vectors/draft`
//! are only ever added: one that no longer opens is a form that somebody would lose.
#![cfg(test)] // so that clippy knows these helpers for tests

use std::fs;
use std::path::Path;

use bon_tot::desk::{Status, TrustList, receive};
use bon_tot::form::AnswerVerdict;
use bon_tot::pack::catalog::Catalog;
use bon_tot::rules::{FormVerdict, Verdict};
use bon_tot::session::{Change, EntryField, Session};
use bon_tot::store::{Backup, Draft, DraftError, HandedIn};
use bon_tot::value::{Date, Digest, Id, Instant};

/// The golden drafts: version, name, and the verdict of the form.
const GOLDEN: &[(u32, &str, FormVerdict)] = &[
    (1, "half", FormVerdict::Incomplete),
    (1, "sealed", FormVerdict::Eligible),
    (1, "whole", FormVerdict::Eligible),
];

fn folder(version: u32) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    format!("{root}/tests/suite/vectors/draft/v{version}")
}

fn golden(version: u32, name: &str) -> String {
    let file = format!("{}/{name}.json", folder(version));
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn opened(name: &str) -> Session {
    let draft = Draft::from_text(&golden(1, name)).unwrap();
    draft.open(&Catalog::built_in().unwrap()).unwrap()
}

#[test]
fn drafts_of_every_version_open_with_all_that_is_in_them() {
    let packs = Catalog::built_in().unwrap();
    for (version, name, verdict) in GOLDEN {
        let text = golden(*version, name);
        let draft = Draft::from_text(&text).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let session = draft.open(&packs).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        assert_eq!(session.verdict(), *verdict, "{name}");
        // Taken in again, nothing of it has gone.
        let mut again = draft.clone();
        again.take_in(&session);
        assert_eq!(again, draft, "{name}");
        if *version == 1 {
            assert_eq!(draft.to_text(), text, "{name}");
        }
        if let Some(sealed) = &draft.sealed {
            let receipt = receive(sealed.as_bytes(), &packs, &TrustList::default());
            assert_eq!(receipt.status, Status::UnknownKey, "{name}");
        }
    }
}

/// As backups were before they carried what could not be read and earlier states.
#[test]
fn a_backup_of_the_first_kind_is_read() {
    let root = env!("CARGO_MANIFEST_DIR");
    let file = format!("{root}/tests/suite/vectors/backup/v1/first.json");
    let backup = Backup::from_bytes(&fs::read(file).unwrap()).unwrap();
    let texts: Vec<_> = backup.drafts.iter().map(Draft::to_text).collect();
    assert_eq!(texts, [golden(1, "half"), golden(1, "whole")]);
    assert_eq!((backup.unreadable, backup.history), (vec![], vec![]));
}

#[test]
fn every_golden_draft_is_listed() {
    let files = |version| fs::read_dir(folder(version)).unwrap().count();
    assert_eq!(files(1), GOLDEN.len());
    assert!(!Path::new(&folder(2)).exists());
}

#[test]
fn what_was_typed_and_is_no_number_is_still_there() {
    let session = opened("half");
    let id = |text| Id::new(text).unwrap();
    let place = EntryField::Field(id("m.02"), id("present"));
    assert_eq!(session.typed().get(&place), Some(&"1o".to_owned()));
}

#[test]
fn a_draft_of_an_unknown_pack_is_read_and_says_so() {
    let mut draft = Draft::from_text(&golden(1, "half")).unwrap();
    let other = Draft::from_text(&golden(1, "whole")).unwrap();
    let packs = Catalog::built_in().unwrap();
    let known = draft.form.pack.digest;
    draft.form.pack.digest = Digest::of_bytes(b"another");
    assert_eq!(draft.open(&packs).unwrap_err(), DraftError::UnknownPack);
    draft.form.pack.digest = known;
    // Answers that do not fit the pack are not the pack's fault.
    draft.form.pack = other.form.pack;
    let fault = draft.open(&packs).unwrap_err();
    assert!(matches!(fault, DraftError::Read(_)), "{fault:?}");
}

#[test]
fn what_differs_is_told_part_by_part() {
    let (mut now, then) = (opened("sealed"), opened("sealed"));
    assert_eq!(now.changes_since(&then), []);
    now.touch(Instant::from_unix(1_800_000_000));
    assert_eq!(now.changes_since(&then), []);
    let id = |text| Id::new(text).unwrap();
    now.enter(EntryField::Fact(id("members_total")), "1o");
    now.enter(EntryField::VotePresent, "3");
    now.set_verdict(&id("m.03"), Some(AnswerVerdict::NotMet));
    let pack = now.pack().clone();
    let item = pack.item_index(&id("m.03")).unwrap();
    let fact = pack.facts.iter().position(|f| f.id == id("members_total"));
    let changes = now.changes_since(&then);
    assert!(changes.contains(&Change::Fact(fact.unwrap())), "{changes:?}");
    assert!(changes.contains(&Change::Vote), "{changes:?}");
    let met = Change::Item(item, Verdict::Met, Verdict::NotMet);
    assert!(changes.contains(&met), "{changes:?}");
}

#[test]
fn returning_takes_every_answer_back_and_no_revision() {
    let (mut now, then) = (opened("sealed"), opened("half"));
    let revision = now.form().revision;
    now.touch(Instant::from_unix(1_900_000_000));
    let touched = now.return_to(opened("half"));
    assert_eq!(touched.items.len(), now.pack().items.len());
    assert_eq!(now.changes_since(&then), []);
    assert_eq!(now.typed(), then.typed());
    assert_eq!(now.form().revision, revision);
    assert_eq!(now.form().updated, Instant::from_unix(1_900_000_000));
}

/// The draft of a signed form, handed in as that revision.
fn handed_in(to: &str) -> Draft {
    let mut draft = Draft::from_text(&golden(1, "sealed")).unwrap();
    let day = Date::parse("2026-11-23").unwrap();
    draft.handed_in = Some(HandedIn::new(draft.form.revision, day, to));
    draft
}

#[test]
fn that_a_form_was_handed_in_is_kept_and_is_no_part_of_the_form() {
    let draft = handed_in("Đảng ủy xã Nghi Lâm");
    let text = draft.to_text();
    let member = r#""handed_in":{"date":"2026-11-23","revision":1,"to":"Đảng ủy xã Nghi Lâm"}"#;
    assert!(text.contains(member), "{text}");
    assert_eq!(Draft::from_text(&text).unwrap(), draft);
    let session = draft.open(&Catalog::built_in().unwrap()).unwrap();
    assert_eq!(draft.text_with(&session), text);
    let plain = Draft { handed_in: None, ..draft.clone() };
    assert_eq!(plain.to_text(), golden(1, "sealed"));
    assert_eq!(draft.form, plain.form);
    // A state without an id is known by all that it says.
    assert_ne!(draft.lineage(), plain.lineage());
}

#[test]
fn what_cannot_be_handed_in_is_refused() {
    let text = handed_in("x").to_text();
    let table = [
        (r#""revision":1"#, r#""revision":0"#),
        (r#""revision":1"#, r#""revision":1000001"#),
        ("2026-11-23", "2026-11-31"),
        (r#""to":"x""#, r#""to":7"#),
        (r#""to":"x""#, r#""to":"x","by":"y""#),
    ];
    for (sound, wrong) in table {
        let at = text.find(r#""handed_in""#).unwrap();
        let changed = format!("{}{}", &text[..at], text[at..].replacen(sound, wrong, 1));
        assert_ne!(changed, text, "{wrong}");
        let fault = Draft::from_text(&changed).unwrap_err();
        assert!(fault.pointer.starts_with("/handed_in"), "{wrong}: {fault:?}");
    }
    // Without a name it is read; a name is cut when it is noted, and refused where it is too long all the same.
    assert!(Draft::from_text(&text.replacen(r#","to":"x""#, "", 1)).is_ok());
    let long = "ố".repeat(400);
    let cut = handed_in(&long).handed_in.unwrap().to;
    assert_eq!((cut.len(), cut.chars().next()), (999, Some('ố')));
    let text = text.replacen(r#""to":"x""#, &format!(r#""to":"{long}""#), 1);
    assert_eq!(Draft::from_text(&text).unwrap_err().pointer, "/handed_in/to");
}

#[test]
fn what_changes_after_it_was_handed_in_is_noticed() {
    let packs = Catalog::built_in().unwrap();
    let draft = handed_in("x");
    let mut session = draft.open(&packs).unwrap();
    assert!(!draft.has_changed_since_handed_in(&session));
    let item = Id::new("m.03").unwrap();
    let before = session.form().items.get(&item).and_then(|answer| answer.verdict);
    session.set_verdict(&item, Some(AnswerVerdict::NotMet));
    assert!(draft.has_changed_since_handed_in(&session));
    // Changed back, it says what was handed in.
    session.set_verdict(&item, before);
    assert!(!draft.has_changed_since_handed_in(&session));
    let mut later = draft.clone();
    later.handed_in.as_mut().unwrap().revision += 1;
    assert!(later.has_changed_since_handed_in(&session));
    assert!(Draft { sealed: None, ..draft.clone() }.has_changed_since_handed_in(&session));
    assert!(!Draft { handed_in: None, ..draft }.has_changed_since_handed_in(&session));
}

/// The draft of a half-filled form with proposed texts, by the text of their member.
fn with_proposed(member: &str) -> String {
    golden(1, "half").replacen(r#""scroll":"#, &format!(r#""proposed":{member},"scroll":"#), 1)
}

#[test]
fn proposed_texts_are_kept_within_their_limits() {
    let text = with_proposed(r#"{"1.14":"Biên bản số 12"}"#);
    let draft = Draft::from_text(&text).unwrap();
    assert_eq!(draft.proposed.text(&Id::new("1.14").unwrap()), Some("Biên bản số 12"));
    assert_eq!(draft.to_text(), text);
    let session = draft.open(&Catalog::built_in().unwrap()).unwrap();
    assert_eq!(draft.text_with(&session), text);
    // They are no part of what the form says.
    let plain = Draft::from_text(&golden(1, "half")).unwrap();
    assert_eq!((&draft.form, draft.lineage()), (&plain.form, plain.lineage()));
    assert_eq!(Draft::from_text(&with_proposed("{}")).unwrap(), plain);

    let long = "ố".repeat(20_000);
    assert!(Draft::from_text(&with_proposed(&format!(r#"{{"1.14":"{long}"}}"#))).is_ok());
    let many: Vec<_> = (0..10).map(|item| format!(r#""1.{item}":"{long}""#)).collect();
    let table = [
        r#"{"1.14":7}"#.to_owned(),
        r#"{"no id":"x"}"#.to_owned(),
        format!(r#"{{"1.14":"{long}ố"}}"#),
        format!("{{{}}}", many.join(",")),
    ];
    for wrong in table {
        let fault = Draft::from_text(&with_proposed(&wrong)).unwrap_err();
        assert!(fault.pointer.starts_with("/proposed"), "{fault:?}");
    }
}

//! Files that are opened: each kind, and what is refused.

use std::fs;

use bon_tot::device::{KeyStanding, refused_unread};
use bon_tot::json::{Expected, FILE_LIMIT, Fault};
use bon_tot::pack::lint;
use bon_tot::store::{BACKUP_LIMIT, DRAFT_LIMIT};
use bon_tot::value::Digest;

use super::*;

fn hostile(format: &str, name: &str) -> Vec<u8> {
    let root = env!("CARGO_MANIFEST_DIR");
    let file = format!("{root}/tests/suite/vectors/hostile/{format}/{name}");
    fs::read(&file).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The files of a format, each with what is said of it.
fn expected(format: &str) -> Vec<(String, String)> {
    let text = String::from_utf8(hostile(format, "expected.txt")).unwrap();
    let lines = text.lines().filter_map(|line| line.split_once(": "));
    lines.map(|(name, said)| (name.to_owned(), said.to_owned())).collect()
}

fn told(unit: &str) -> Imported {
    Imported { unit: unit.to_owned(), copy: false, same: false, signer: None, received: false }
}

#[test]
fn a_signed_file_becomes_a_form_with_its_seal() {
    let device = device();
    let (imported, draft) = import(&device, SOUND);
    let signer = Some(KeyStanding::Unknown);
    let sound = Imported { signer, received: true, ..told("Chi bộ xóm Tân Sơn") };
    assert_eq!(imported, sound);
    assert_eq!(draft.form.id.as_str(), ID);
    assert_eq!(draft.form.revision, 1);
    assert_eq!(draft.sealed.as_deref(), Some(SOUND.trim_end()));
    assert_eq!(kept(&device, &draft.form.id), Some(draft));
}

#[test]
fn a_file_of_another_key_is_only_looked_at_until_a_person_goes_on_with_it() {
    let here = device();
    let (_, draft) = import(&here, SOUND);
    assert!(draft.received);
    assert!(run(here.rows()).unwrap()[0].is_received());
    run(here.make_own(&draft.form.id)).unwrap();
    assert!(!run(here.rows()).unwrap()[0].is_received());
    assert_eq!(kept(&here, &draft.form.id), Some(Draft { received: false, ..draft }));
    // Where the form is gone, nothing is made.
    run(device().make_own(&AssessmentId::new(ID).unwrap())).unwrap();

    // What a key of this device signed goes on at once.
    let (own, other) = (device(), device());
    let key = run(own.make_key("Chi bộ 1", PASSPHRASE)).unwrap();
    let form = super::draft(1, 1, 0).form;
    let file = seal(&tiny(), &form, &key.key, Instant::from_unix(NOW)).to_text();
    let (imported, taken) = import(&own, file.clone());
    assert!(!imported.received && !taken.received);
    let (imported, taken) = import(&other, file);
    assert!(imported.received && taken.received);
}

#[test]
fn an_assessment_becomes_a_form() {
    let device = device();
    let (imported, draft) = import(&device, FORM);
    assert_eq!(imported, told("Chi bộ xóm Tân Sơn"));
    assert_eq!(draft, Draft::new(form()));
    assert_eq!(kept(&device, &draft.form.id), Some(draft));
}

#[test]
fn a_draft_is_taken_in_as_it_was_kept() {
    let device = device();
    let (imported, draft) = import(&device, SEALED_DRAFT);
    assert!(imported.signer.is_some() && !imported.copy);
    assert_eq!(draft.to_text(), SEALED_DRAFT.trim_end());
    let text = record(&device, Table::Drafts, draft.form.id.as_str());
    assert_eq!(text.as_deref(), Some(SEALED_DRAFT.trim_end()));
}

#[test]
fn the_seal_of_a_draft_is_dropped_where_it_does_not_fit() {
    let mut own = draft(1, 1, 0);
    own.sealed = Some(signed(&draft(2, 1, 0), 1).to_text());
    let (imported, taken) = import(&device(), own.to_text());
    assert!(imported.signer.is_none());
    assert_eq!(taken.sealed, None);
    own.sealed = Some(signed(&own, 1).to_text());
    let (imported, taken) = import(&device(), own.to_text());
    assert!(imported.signer.is_some());
    assert_eq!(taken, own);
    let changed = own.sealed.as_ref().unwrap().replace("Chi bộ 1", "Chi bộ 9");
    own.sealed = Some(changed);
    let (imported, taken) = import(&device(), own.to_text());
    assert!(imported.signer.is_none());
    assert_eq!(taken.sealed, None);
}

#[test]
fn the_very_same_form_is_not_kept_twice() {
    let device = device();
    let (_, mut first) = import(&device, FORM);
    // Where the person was on the page is no other content.
    first.scroll = 99;
    put(&device, &first);
    let before = device.storage().all();
    let (imported, again) = import(&device, FORM);
    assert!(imported.same && !imported.copy);
    assert_eq!(again.form.id, first.form.id);
    assert_eq!(device.storage().all(), before);
}

#[test]
fn another_form_of_the_same_id_is_kept_beside_it() {
    let device = device();
    let (_, first) = import(&device, FORM);
    let (imported, copy) = import(&device, SOUND);
    assert!(imported.copy && !imported.same && imported.signer.is_some());
    assert_ne!(copy.form.id, first.form.id);
    assert_eq!(kept(&device, &first.form.id), Some(first));
    assert_eq!(kept(&device, &copy.form.id), Some(copy));
    // So is one beside a record that cannot be read.
    run(device.put_draft_text(&AssessmentId::new(ID).unwrap(), "?")).unwrap();
    let (imported, _) = import(&device, FORM);
    assert!(imported.copy);
    assert_eq!(record(&device, Table::Drafts, ID).as_deref(), Some("?"));
}

#[test]
fn a_form_that_cannot_be_kept_is_handed_back() {
    for error in [StoreError::QuotaExceeded, StoreError::Unavailable] {
        let device = device();
        device.storage().fail_for_good(1, error.clone());
        let Ok(Opened::Form { imported, draft, kept }) = open(&device, FORM) else {
            panic!("no form");
        };
        assert_eq!(imported, told("Chi bộ xóm Tân Sơn"));
        assert_eq!(kept, Err(error));
        assert_eq!(*draft, Draft::new(form()));
        device.storage().mend();
        put(&device, &draft);
        assert_eq!(count(&device, Table::Drafts), 1);
    }
}

#[test]
fn a_locked_key_waits_for_its_passphrase() {
    let one = device();
    run(one.make_key("x", PASSPHRASE)).unwrap();
    let locked = run(one.own_keys()).unwrap().remove(0).1.locked;
    let other = device();
    let opened = open(&other, format!(" {locked}\n"));
    assert_eq!(opened, Ok(Opened::LockedKey(locked.clone())));
    assert_eq!(other.storage().all(), []);
    run(other.restore_key(&locked, "x", PASSPHRASE)).unwrap();
    assert_eq!(count(&other, Table::Keys), 1);
}

#[test]
fn hostile_submissions_are_refused_and_nothing_is_written() {
    let files = expected("submission");
    assert!(files.len() > 60);
    for (name, said) in files {
        let device = device();
        let opened = open(&device, hostile("submission", &name));
        let status = said.split(':').next().unwrap();
        if status == "unknown_key" {
            let Ok(Opened::Form { imported, .. }) = opened else {
                panic!("{name}: {opened:?}");
            };
            assert!(imported.signer.is_some(), "{name}");
            assert_eq!(count(&device, Table::Drafts), 1, "{name}");
            continue;
        }
        assert_eq!(device.storage().all(), [], "{name}");
        let error = opened.expect_err(&name);
        let is_right = match status {
            // Who lies about a pack names one that nobody has.
            "malformed" if name.starts_with("pack-") => matches!(error, OpenError::Pack(_)),
            "malformed" if name == "another-format.json" => error == OpenError::Newer,
            "malformed" => matches!(error, OpenError::Read(_)),
            "bad_signature" => error == OpenError::Signature,
            "unknown_pack" => error == OpenError::Pack("tiny 1.0.0".to_owned()),
            "outcome_differs" => matches!(error, OpenError::Outcome(_)),
            other => panic!("{name}: {other}"),
        };
        assert!(is_right, "{name}: {error:?}");
    }
}

#[test]
fn hostile_cards_and_lists_are_refused_and_nothing_is_written() {
    for format in ["card", "trust"] {
        let files = expected(format);
        assert!(files.len() > 5, "{format}");
        for (name, said) in files {
            let device = device();
            let opened = open(&device, hostile(format, &name));
            if said.starts_with("sound") {
                assert!(opened.is_ok(), "{name}: {opened:?}");
                assert_ne!(count(&device, Table::Trust), 0, "{name}");
                assert!(run(device.trust_list()).unwrap().keys.is_empty());
            } else {
                assert!(opened.is_err(), "{name}: {opened:?}");
                assert_eq!(device.storage().all(), [], "{name}");
            }
        }
    }
    let refused = open(&device(), hostile("card", "another-name.json"));
    assert_eq!(refused, Err(OpenError::Signature));
}

#[test]
fn a_form_that_does_not_fit_its_pack_is_refused() {
    let device = device();
    let mut strange = draft(1, 0, 0);
    strange.form.pack.digest = Digest::of_bytes(b"another");
    let unknown = Err(OpenError::Pack("tiny 1.0.0".to_owned()));
    assert_eq!(open(&device, strange.to_text()), unknown);
    let digest = tiny().digest.to_string();
    assert!(FORM.contains(&digest));
    let other = Digest::of_bytes(b"another").to_string();
    assert_eq!(open(&device, FORM.replace(&digest, &other)), unknown);
    for (from, to) in [(r#"{"n": 20}"#, r#"{"n": 0}"#), (r#""i2""#, r#""i99""#)] {
        assert_eq!(FORM.matches(from).count(), 1, "{from}");
        let refused = open(&device, FORM.replace(from, to)).unwrap_err();
        assert!(matches!(refused, OpenError::Read(_)), "{refused:?}");
    }
    assert_eq!(device.storage().all(), []);
}

#[test]
fn every_kind_has_its_limit() {
    let device = device();
    let too_large = |text: &str, size: usize| {
        let padded = format!("{text}{}", " ".repeat(size - text.len()));
        match open(&device, padded) {
            Err(OpenError::Read(error)) => match error.fault {
                Fault::TooLarge { limit } => Some(limit),
                _ => None,
            },
            _ => None,
        }
    };
    assert_eq!(too_large(SOUND, FILE_LIMIT + 1), Some(FILE_LIMIT));
    assert_eq!(too_large(SOUND, DRAFT_LIMIT + 1), Some(DRAFT_LIMIT));
    assert_eq!(too_large(FORM, DRAFT_LIMIT + 1), Some(DRAFT_LIMIT));
    assert_eq!(too_large("not JSON", DRAFT_LIMIT + 1), Some(DRAFT_LIMIT));
    assert_eq!(too_large("{}", BACKUP_LIMIT + 1), Some(DRAFT_LIMIT));
    assert_eq!(device.storage().all(), []);
    let backup = run(device.backup_file()).unwrap().0.text;
    assert_eq!(too_large(&backup, BACKUP_LIMIT + 1), Some(DRAFT_LIMIT));
    assert_eq!(too_large(SOUND, FILE_LIMIT), None);
    assert_eq!(count(&device, Table::Drafts), 1);
    assert_eq!(too_large(FORM, FILE_LIMIT), None);
    assert_eq!(too_large(FORM, FILE_LIMIT + 1), Some(FILE_LIMIT));
    assert_eq!(too_large(&backup, DRAFT_LIMIT + 1), None);
}

#[test]
fn a_file_is_refused_by_its_length_and_its_first_bytes() {
    let too_large = |length: usize, first: &[u8]| match refused_unread(length as u64, first)? {
        OpenError::Read(error) => match error.fault {
            Fault::TooLarge { limit } => Some(limit),
            _ => panic!("{error:?}"),
        },
        other => panic!("{other:?}"),
    };
    let cases = [
        (&b""[..], FILE_LIMIT),
        (b"{}", FILE_LIMIT),
        (b"[1, 2]", FILE_LIMIT),
        (b"{\"name\":\"a\"", FILE_LIMIT),
        (b"{\"assessment\":{", FILE_LIMIT),
        (b"a.b.c.d.e", FILE_LIMIT),
        (b"{\"form\":{", DRAFT_LIMIT),
        (b"\xEF\xBB\xBF { \"typed\" : {", DRAFT_LIMIT),
        (b"{\n  \"format\": \"bontot.backup/1\"", BACKUP_LIMIT),
    ];
    for (first, limit) in cases {
        assert_eq!(too_large(limit, first), None, "{first:?}");
        assert_eq!(too_large(limit + 1, first), Some(limit), "{first:?}");
    }
    // What is no text of ours is not merely too large.
    for first in [&b"PK\x03\x04"[..], b"\x89PNG", b"%PDF-1.7", b"<!doctype html>"] {
        assert_eq!(refused_unread(FILE_LIMIT as u64, first), None);
        let Some(OpenError::Read(error)) = refused_unread(3 << 20, first) else {
            panic!("{first:?}");
        };
        assert!(matches!(error.fault, Fault::Foreign(_)), "{error}");
    }
    // Whatever member of a draft or a backup stands first, the file is read.
    let members = |text: &str| match bon_tot::json::parse(text.as_bytes(), FILE_LIMIT).unwrap() {
        bon_tot::json::Json::Object(members) => members,
        other => panic!("{other:?}"),
    };
    let texts = [draft(1, 0, 0).to_text(), run(device().backup_file()).unwrap().0.text];
    for (name, _) in texts.iter().flat_map(|text| members(text)) {
        let first = format!("{{\"{name}\":");
        assert_eq!(too_large(FILE_LIMIT + 1, first.as_bytes()), None, "{name}");
    }
    // A backup that is refused unread would not have been restored either.
    let backup = run(device().backup_file()).unwrap().0.text;
    assert_eq!(too_large(BACKUP_LIMIT, backup.as_bytes()), None);
}

#[test]
fn a_refusal_names_the_cause() {
    let device = device();
    let fault = |bytes: &[u8]| match open(&device, bytes) {
        Err(OpenError::Read(error)) => (error.pointer.clone(), error.fault.clone()),
        other => panic!("{other:?}"),
    };
    let case = |name: &str| {
        let root = env!("CARGO_MANIFEST_DIR");
        fs::read(format!("{root}/tests/suite/vectors/cases/{name}")).unwrap()
    };
    let (place, year) = fault(&case("t1c_signed.json"));
    assert_eq!(place, "/assessment/period/from");
    assert_eq!(year, Fault::Expected(Expected::Date));
    assert_eq!(fault(&case("security/t_dup.json")), ("/keys/1".to_owned(), Fault::DuplicateKey));
    assert_eq!(fault(b"[1,2]"), (String::new(), Fault::OtherProduct));
    let spaces = " ".repeat(3 << 20);
    let too_large = Fault::TooLarge { limit: FILE_LIMIT };
    for text in ["{\"name\":1}", "[1,2]", FORM] {
        assert_eq!(fault((text.to_owned() + &spaces).as_bytes()).1, too_large, "{text}");
    }
}

#[test]
fn a_refusal_shows_no_more_of_a_name_than_a_sentence_bears() {
    let device = device();
    let refused =
        |name: &str, text: &str| run(device.open_file(name, text.as_bytes())).unwrap_err();
    let long = refused(&"ộ".repeat(10_000), "{}");
    assert_eq!(long.file, format!("{}…", "ộ".repeat(119)));
    let turned = refused("phieu\u{202e}nosj.exe", "{}");
    assert_eq!(turned.file, "phieu\\u{202e}nosj.exe");
}

#[test]
fn what_is_no_file_of_ours_is_refused_in_words() {
    let device = device();
    for text in ["", "[]", "{}", r#"{"format": "bontot.x/1"}"#, "a.b.c.d.e"] {
        let refused = run(device.open_file("a.json", text.as_bytes())).unwrap_err();
        assert!(matches!(refused.why, OpenError::Read(_)), "{refused:?}");
        assert!(refused.to_string().starts_with("a.json: "), "{refused}");
    }
    // A pack that is known changes nothing.
    let pack = include_bytes!("../vectors/pack/tiny.json");
    assert_eq!(lint::errors(&tiny()), []);
    assert_eq!(open(&device, pack), Ok(Opened::Pack(tiny().reference())));
    let latin = open(&device, [b'"', 0xE9, b'"']);
    assert!(matches!(latin, Err(OpenError::Read(_))), "{latin:?}");
    assert_eq!(device.storage().all(), []);
}

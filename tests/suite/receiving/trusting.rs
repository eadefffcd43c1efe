//! Whose signature it is, and which of several files counts: trust lists, key cards, revisions.

use bon_tot::desk::{Reception, Status, Trust, TrustError, TrustList, reconcile};
use bon_tot::form::Vote;
use bon_tot::json::{canonical, to_canonical, to_json};
use bon_tot::seal::{KeyCard, SignatureError};
use bon_tot::value::{AssessmentId, Date};

use super::*;

#[track_caller]
fn check_trust(trust: &TrustList, status: Status, detail: &str) {
    let receipt = receive(SOUND.as_bytes(), &packs(), trust);
    let told = receipt.detail.map(|d| d.to_string()).unwrap_or_default();
    assert_eq!((receipt.status, told.as_str()), (status, detail));
}

#[test]
fn a_sound_file_is_verified_when_its_key_is_trusted() {
    check_trust(&TrustList::default(), Status::UnknownKey, "");
    check_trust(&trusting(&[[2; 32]]), Status::UnknownKey, "");
    check_trust(&trusting(&[[2; 32], SEED]), Status::Verified, "");
}

/// Whoever stole a key states any time of signing.
#[test]
fn a_revoked_key_never_verifies_whatever_time_it_states() {
    let mut trust = trusting(&[SEED]);
    // Signed on 23 November 2026.
    for day in ["2100-12-31", "2026-11-24", "2026-11-23", "2026-11-22", "1900-01-01"] {
        trust.keys[0].revoked = Date::parse(day);
        check_trust(&trust, Status::UnknownKey, &format!("the key was revoked from {day} on"));
    }
}

#[test]
fn a_key_counts_only_for_the_units_that_it_is_trusted_for() {
    let mut trust = trusting(&[SEED]);
    let mut name = |unit: &str, also: &[&str]| {
        trust.keys[0].unit = unit.to_owned();
        trust.keys[0].also = also.iter().map(|name| (*name).to_owned()).collect();
        receive(SOUND.as_bytes(), &packs(), &trust)
    };
    for (unit, also) in [
        ("Chi bộ xóm Tân Sơn", &[][..]),
        ("CHI BỘ  XÓM TÂN SƠN", &[]),
        ("Chi bo\u{323}\u{302} xóm Tân Sơn", &[]),
        ("Chi bộ xóm Hai", &["Chi bộ xóm Ba", "chi bộ xóm tân sơn"]),
    ] {
        let receipt = name(unit, also);
        assert_eq!((receipt.status, receipt.detail), (Status::Verified, None), "{unit}");
        let trusted_as = receipt.received.unwrap().trusted_as.unwrap();
        assert_eq!(trusted_as, *also.last().unwrap_or(&unit));
    }
    for unit in ["Chi bộ xóm Tân Tiến", "Chi bộ xóm Tan Son", ""] {
        let receipt = name(unit, &["Chi bộ xóm Ba"]);
        assert_eq!(receipt.status, Status::UnknownKey, "{unit}");
        assert!(receipt.detail.unwrap().to_string().contains(&format!("as that of {unit}")));
        assert_eq!(receipt.received.unwrap().trusted_as.as_deref(), Some(unit));
    }
}

#[test]
fn stated_times_that_cannot_be_are_remarks_and_no_status() {
    let made = form().created.unix();
    let signed = |at: i64| {
        let content = content(sealed(&form()).assessment());
        let header = header(&SEED, "unit").replace(&NOW.to_string(), &at.to_string());
        file(&content, vec![signature(&content, &SEED, &header)])
    };
    let (packs, trust) = (packs(), trusting(&[SEED]));
    let day = 86_400;
    let told = |text: &str, now: i64| {
        let now = Some(Instant::from_unix(now));
        let receipt = Reception { packs: &packs, trust: &trust, now }.file(text.as_bytes());
        assert_eq!(receipt.status, Status::Verified);
        receipt.told(&|n| n.to_string())
    };
    assert_eq!(told(&signed(made), made), None);
    assert_eq!(told(&signed(made - day), made), None);
    assert_eq!(told(&signed(made + day), made), None);
    let early = told(&signed(made - day - 1), made).unwrap();
    assert!(early.contains("signature 1 is dated") && early.contains("before the form was made"));
    let late = told(&signed(made + day + 1), made).unwrap();
    assert!(late.contains("after the file was received"), "{late}");
    assert!(told(&signed(0), made).unwrap().contains("1970-01-01T00:00:00Z"));
}

#[test]
fn only_the_units_key_is_looked_up() {
    let content = content(sealed(&form()).assessment());
    let by = |seed: [u8; 32], role| signature(&content, &seed, &header(&seed, role));
    let text = file(&content, vec![by([2; 32], "unit"), by(SEED, "superior")]);
    check(&text, Status::UnknownKey, "");
}

#[test]
fn a_trust_list_reads_back_and_refuses_a_kid_of_another_key() {
    let mut trust = trusting(&[SEED, [2; 32]]);
    trust.keys[1].revoked = Date::parse("2026-01-31");
    let text = to_canonical(&trust);
    let read = TrustList::from_bytes(text.as_bytes()).unwrap();
    assert_eq!(read, trust);
    let unit = "Chi bộ xóm Tân Sơn";
    assert_eq!(read.look_up(&trust.keys[0].key, unit), Trust::Trusted(unit));
    let twice = TrustList { keys: vec![trust.keys[0].clone(), trust.keys[0].clone()] };
    let error = TrustList::from_bytes(to_canonical(&twice).as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "/keys/1: this key stands twice in its list");
    trust.keys[0].also = vec!["Chi bộ xóm Hai".into()];
    let text = to_canonical(&trust);
    assert_eq!(TrustList::from_bytes(text.as_bytes()).as_ref(), Ok(&trust));
    let kid = |n: usize| trust.keys[n].key.kid();
    let error = TrustList::from_bytes(text.replace(&kid(0), &kid(1)).as_bytes()).unwrap_err();
    assert_eq!(error.pointer, "/keys/0/kid");
}

#[test]
fn a_key_card_is_signed_by_its_own_key() {
    let key = SecretKey::from_seed(&SEED);
    let card = KeyCard::make("Chi bộ xóm Tân Sơn", &key, Instant::from_unix(NOW));
    let read = KeyCard::from_bytes(card.to_text().as_bytes()).unwrap();
    assert_eq!(read.to_text(), card.to_text());
    assert_eq!(read.verify(), Ok(()));
    assert_eq!(read.key(), key.public());
    assert_eq!(read.check_code(), card.check_code());

    let renamed = card.to_text().replace("Tân Sơn", "Tân Tiến");
    let renamed = KeyCard::from_bytes(renamed.as_bytes()).unwrap();
    assert_eq!(renamed.verify(), Err(SignatureError::Mismatch));
    // Another key in the card, truly signed by the first.
    let other = SecretKey::from_seed(&[2; 32]).public();
    let content = Json::from([
        ("format", "bontot.key/1".into()),
        ("unit", "Chi bộ xóm Tân Sơn".into()),
        ("jwk", to_json(&other)),
    ]);
    let text = file(&content, vec![signature(&content, &SEED, &header(&SEED, "unit"))]);
    let stolen = KeyCard::from_bytes(text.as_bytes()).unwrap();
    assert_eq!(stolen.verify(), Err(SignatureError::Mismatch));
}

/// A sealed file of the form after a change, signed by the key of a seed.
fn sealed_by(seed: [u8; 32], change: impl Fn(&mut Assessment)) -> String {
    let mut form = form();
    change(&mut form);
    let now = Instant::from_unix(NOW);
    seal(&tiny(), &form, &SecretKey::from_seed(&seed), now).to_text()
}

/// Receives some files together: the status of each.
fn statuses(files: &[&str]) -> Vec<(Status, String)> {
    let mut receipts: Vec<_> = files.iter().map(|text| received(text.as_bytes())).collect();
    reconcile(&mut receipts);
    let told = |receipt: Receipt| {
        let detail = receipt.detail.map(|d| d.to_string()).unwrap_or_default();
        (receipt.status, detail)
    };
    receipts.into_iter().map(told).collect()
}

fn told(status: Status, detail: &str) -> (Status, String) {
    (status, detail.to_owned())
}

#[test]
fn the_same_content_twice_is_a_duplicate() {
    let first = sealed_by(SEED, |_| ());
    let again = pretty(&parse(first.as_bytes(), FILE_LIMIT).unwrap());
    let other = sealed_by([3; 32], |form| form.locality = "Vinh".into());
    assert_eq!(
        statuses(&["?", &first, &again, &other, &first])[1..],
        [
            told(Status::Verified, ""),
            told(Status::Duplicate, "same content as file 2"),
            told(Status::UnknownKey, ""),
            told(Status::Duplicate, "same content as file 2"),
        ]
    );
}

/// Whoever has a file can sign its content again; that must not push the unit's own file aside.
#[test]
fn a_trusted_file_is_no_duplicate_of_its_content_under_another_key() {
    let own = sealed_by(SEED, |_| ());
    let content = without_signatures(&own);
    let other = [2; 32];
    let stolen = file(&content, vec![signature(&content, &other, &header(&other, "unit"))]);
    let verified = || told(Status::Verified, "");
    let duplicate = |detail| told(Status::Duplicate, detail);
    let of_2 = duplicate("same content as file 2");
    assert_eq!(statuses(&[&stolen, &own]), [of_2, verified()]);
    let of_1 = duplicate("same content as file 1");
    assert_eq!(statuses(&[&own, &stolen]), [verified(), of_1]);
}

#[test]
fn of_one_key_and_period_the_highest_revision_counts() {
    let revision = |n: i64| sealed_by(SEED, |form| form.revision = n - 1);
    let (one, two, three) = (revision(1), revision(2), revision(3));
    let superseded = || told(Status::Superseded, "revision 3 is here");
    let verified = || told(Status::Verified, "");
    assert_eq!(statuses(&[&one, &three, &two]), [superseded(), verified(), superseded()]);
    assert_eq!(statuses(&[&three, &two, &one]), [verified(), superseded(), superseded()]);
    assert_eq!(
        statuses(&[&one, &one, &three]),
        [superseded(), told(Status::Duplicate, "same content as file 1"), verified()]
    );
}

#[test]
fn another_key_or_form_supersedes_nothing() {
    let one = sealed_by(SEED, |_| ());
    let period = sealed_by(SEED, |form| {
        form.id = AssessmentId::from_bits([9; 16]);
        form.revision = 5;
        form.period.from = Date::parse("2026-02-01").unwrap();
    });
    let unit = sealed_by(SEED, |form| {
        form.id = AssessmentId::from_bits([8; 16]);
        form.revision = 7;
        form.unit.name = "Chi bộ xóm Hai".into();
    });
    let key = sealed_by([2; 32], |form| form.revision = 5);
    let other =
        "the key is trusted as that of Chi bộ xóm Tân Sơn, not of the unit that the file names";
    assert_eq!(
        statuses(&[&one, &period, &unit, &key]),
        [
            told(Status::Verified, ""),
            told(Status::Verified, ""),
            told(Status::UnknownKey, other),
            told(Status::UnknownKey, "")
        ]
    );
}

#[test]
fn files_that_contradict_each_other_are_all_in_conflict() {
    let of = |id: u8, revision: i64, unit: &str, place: &str| {
        sealed_by(SEED, |form| {
            form.id = AssessmentId::from_bits([id; 16]);
            form.revision = revision - 1;
            form.unit.name = unit.into();
            form.locality = place.into();
        })
    };
    let unit = "Chi bộ xóm Tân Sơn";
    let conflict = |detail: &str| told(Status::Conflict, detail);
    let verified = || told(Status::Verified, "");

    // The same revision with other content; lower ones are superseded all the same.
    let (low, x, y) = (of(1, 1, unit, ""), of(1, 2, unit, "x"), of(1, 2, unit, "y"));
    let revision = "this revision of the form has other content in";
    assert_eq!(
        statuses(&[&x, &low, &y, &x]),
        [
            conflict(&format!("{revision} file 3")),
            told(Status::Superseded, "revision 2 is here"),
            conflict(&format!("{revision} file 1")),
            told(Status::Duplicate, "same content as file 1"),
        ]
    );

    // Two forms of one unit and period, its name written in whatever way.
    let (a, b) = (of(1, 1, unit, ""), of(2, 4, "CHI BỘ XÓM TÂN SƠN", ""));
    let form = "another form of this unit and period is in";
    assert_eq!(
        statuses(&[&a, &b]),
        [conflict(&format!("{form} file 2")), conflict(&format!("{form} file 1"))]
    );
    // A superseded revision contradicts nothing.
    let moved = sealed_by(SEED, |form| {
        form.id = AssessmentId::from_bits([1; 16]);
        form.revision = 1;
        form.period.from = Date::parse("2026-02-01").unwrap();
    });
    let told_of: Vec<_> = statuses(&[&a, &b, &moved]);
    assert_eq!(told_of, [told(Status::Superseded, "revision 2 is here"), verified(), verified()]);

    // A form that changes its unit replaces nothing of that unit.
    let (own, renamed) = (of(1, 1, unit, ""), of(1, 9, "Chi bộ xóm Hai", ""));
    let units = "the same form names another unit in";
    assert_eq!(
        statuses(&[&own, &renamed]),
        [conflict(&format!("{units} file 2")), conflict(&format!("{units} file 1"))]
    );
}

#[test]
fn a_conflict_names_a_few_files_and_counts_the_rest() {
    let files: Vec<_> = (0..10)
        .map(|n| sealed_by(SEED, |form| form.id = AssessmentId::from_bits([n; 16])))
        .collect();
    let files: Vec<_> = files.iter().map(String::as_str).collect();
    for (index, (status, detail)) in statuses(&files).into_iter().enumerate() {
        assert_eq!(status, Status::Conflict);
        assert!(detail.ends_with(" and 6 more"), "{detail}");
        assert!(!detail.contains(&format!("file {},", index + 1)), "{detail}");
    }
}

/// Whatever the order in which files come, each gets the same status.
#[test]
fn the_order_of_the_files_does_not_matter() {
    let of = |seed: u8, id: u8, revision: i64, place: &str| {
        sealed_by([seed; 32], |form| {
            form.id = AssessmentId::from_bits([id; 16]);
            form.revision = revision;
            form.locality = place.into();
        })
    };
    let files =
        [of(1, 1, 1, ""), of(1, 1, 2, "a"), of(1, 1, 2, "b"), of(1, 2, 0, ""), of(2, 1, 3, "")];
    let first = statuses(&files.iter().map(String::as_str).collect::<Vec<_>>());
    for turn in 1..files.len() {
        let turned: Vec<_> =
            (0..files.len()).map(|n| files[(n + turn) % files.len()].as_str()).collect();
        for (n, (status, _)) in statuses(&turned).into_iter().enumerate() {
            assert_eq!(status, first[(n + turn) % files.len()].0, "{turn} {n}");
        }
    }
}

#[test]
fn a_key_is_added_by_its_whole_code_and_named_for_each_unit() {
    let (key, today) = (SecretKey::from_seed(&SEED), Date::parse("2026-11-27").unwrap());
    let card = KeyCard::make("Chi bộ xóm Một", &key, Instant::from_unix(NOW));
    let code = card.check_code();
    let mut trust = TrustList::default();
    let mut add = |code: &str, unit: &str| trust.add(&card, code, unit, today);
    for short in ["", &code[..9], &code[..18]] {
        assert_eq!(add(short, "Chi bộ xóm Một"), Err(TrustError::PartOfCode), "{short}");
    }
    assert_eq!(add("AAAA-AAAA-AAAA-AAAA", "Một"), Err(TrustError::OtherCode));
    assert_eq!(add(&code.to_lowercase().replace('-', " – "), "Chi bộ xóm Một"), Ok(0));
    let known = Err(TrustError::Known("Chi bộ xóm Một".into()));
    assert_eq!(add(&code, "chi bộ xóm một"), known);
    assert_eq!(add(&code, "Chi bộ xóm Hai"), Ok(0));
    assert_eq!(trust.keys.len(), 1);
    assert_eq!(trust.keys[0].also, ["Chi bộ xóm Hai"]);
    assert_eq!(trust.find(&code), [0]);
    assert!(trust.find(&code[..9]).is_empty());
}

#[test]
fn a_file_that_is_not_sound_supersedes_nothing() {
    let one = sealed_by(SEED, |_| ());
    let later = sealed_by(SEED, |form| form.revision = 5);
    let forged = later.replace("Tân Sơn", "Tân Tiến");
    let mut form = form();
    form.revision = 6;
    form.vote = Vote::default();
    let right = to_json(&outcome(&tiny(), &form));
    let wrong = canonical(&right).replace("\"spec\":1", "\"spec\":0");
    let wrong = parse(wrong.as_bytes(), FILE_LIMIT).unwrap();
    let lie = signed(&unsigned(to_json(&form), wrong));
    let told: Vec<_> = statuses(&[&forged, &lie, &one]).into_iter().map(|(s, _)| s).collect();
    assert_eq!(told, [Status::BadSignature, Status::OutcomeDiffers, Status::Verified]);
}

//! Whose signature it is, and which of several files counts: trust lists, key cards, revisions.

use bon_tot::desk::{Status, Trust, TrustList, reconcile};
use bon_tot::form::Vote;
use bon_tot::json::{canonical, to_canonical, to_json};
use bon_tot::seal::{KeyCard, SignatureError};
use bon_tot::value::Date;

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

#[test]
fn a_revoked_key_counts_for_what_it_signed_before() {
    let mut trust = trusting(&[SEED]);
    let mut revoke = |day| {
        trust.keys[0].revoked = Date::parse(day);
        trust.clone()
    };
    let revoked = |day| format!("the key was revoked from {day} on");
    // Signed on 23 November 2026.
    check_trust(&revoke("2026-11-24"), Status::Verified, "");
    for day in ["2026-11-23", "2026-11-22"] {
        check_trust(&revoke(day), Status::UnknownKey, &revoked(day));
    }
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
    let now = Instant::from_unix(NOW);
    assert_eq!(read.look_up(&trust.keys[0].key, now), Trust::Trusted);
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
    let other = sealed_by(SEED, |form| form.locality = "Vinh".into());
    assert_eq!(
        statuses(&["?", &first, &again, &other, &first])[1..],
        [
            told(Status::Verified, ""),
            told(Status::Duplicate, "same content as file 2"),
            told(Status::Verified, ""),
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
fn another_key_or_period_supersedes_nothing() {
    let one = sealed_by(SEED, |_| ());
    let period = sealed_by(SEED, |form| {
        form.revision = 5;
        form.period.from = Date::parse("2026-02-01").unwrap();
    });
    let key = sealed_by([2; 32], |form| form.revision = 5);
    assert_eq!(
        statuses(&[&one, &period, &key]),
        [told(Status::Verified, ""), told(Status::Verified, ""), told(Status::UnknownKey, "")]
    );
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

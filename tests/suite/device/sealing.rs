//! Sealing: the next revision, proved before it is given out, and recorded.

use bon_tot::desk::{Status, TrustList, receive};
use bon_tot::device::{KeyChoice, OwnKeyError, SealError, stated_verdict};
use bon_tot::seal::{AddSignatureError, LockError, Role};
use bon_tot::session::{EntryField, Session};
use bon_tot::store::KeyRecord;

use super::*;

fn session(device: &TestDevice) -> Session {
    device.open_draft(&Draft::new(form())).unwrap()
}

/// All the steps of sealing a form with a new key.
fn sealed(device: &TestDevice) -> (Session, Draft, Submission) {
    let mut session = session(device);
    let unit = session.form().unit.name.clone();
    let key = run(device.signing_key(&KeyChoice::New, &unit, PASSPHRASE)).unwrap();
    device.host().pass(60);
    let submission = device.seal(&mut session, &key.key).unwrap();
    let mut draft = Draft::of(&session);
    draft.sealed = Some(submission.to_text());
    put(device, &draft);
    run(device.record_sealed(&draft)).unwrap();
    (session, draft, submission)
}

#[test]
fn sealing_raises_the_revision_proves_the_file_and_records_the_state() {
    let device = device();
    let (mut session, draft, submission) = sealed(&device);
    assert_eq!(session.form().revision, 1);
    assert_eq!(session.form().updated, Instant::from_unix(NOW + 60));
    assert!(session.says_the_same_as(submission.assessment()));
    let text = submission.to_text();
    let receipt = receive(text.as_bytes(), &device.packs(), &TrustList::default());
    assert_eq!(receipt.status, Status::UnknownKey);
    let verdict = receipt.received.unwrap().verdict;
    assert_eq!(stated_verdict(&submission), verdict);
    assert_ne!(verdict, "");
    let states = run(device.states(&draft.form.id)).unwrap();
    assert_eq!((states.len(), states[0].revision), (1, 1));
    assert_eq!(run(device.read_state(&states[0])), Ok(Some(draft)));
    // The key is here, with the name of the unit, and open for the next time.
    let key = run(device.usable_keys()).unwrap().remove(0);
    assert_eq!(key.unit, session.form().unit.name);
    let choice = KeyChoice::Kept(key);
    let again = run(device.signing_key(&choice, "", "not needed")).unwrap();
    assert!(again.is_kept);
    let second = device.seal(&mut session, &again.key).unwrap();
    assert_eq!(second.assessment().revision, 2);
}

#[test]
fn texts_are_normal_once_a_form_is_sealed() {
    let device = device();
    let mut session = session(&device);
    session.edit_unit(|unit| unit.name = "  Chi b\u{f4}\u{323} ".to_owned());
    let key = run(device.make_key("x", PASSPHRASE)).unwrap();
    let submission = device.seal(&mut session, &key.key).unwrap();
    assert_eq!(submission.assessment().unit.name, "Chi b\u{1ed9}");
    assert_eq!(session.form(), submission.assessment());
}

#[test]
fn a_file_that_does_not_verify_is_not_given_out() {
    let device = device();
    let mut session = session(&device);
    session.edit_unit(|unit| unit.name = " x ".to_owned());
    let before = session.form().clone();
    let key = run(device.make_key("x", PASSPHRASE)).unwrap();
    // The superior would not know the pack.
    device.learn_packs(Catalog::usual().unwrap());
    let refused = device.seal(&mut session, &key.key).unwrap_err();
    assert!(matches!(&refused, SealError::NotSound(why) if why.contains("tiny")));
    assert_eq!(*session.form(), before);
}

#[test]
fn a_key_that_cannot_be_had_seals_nothing() {
    let device = device();
    run(device.make_key("x", PASSPHRASE)).unwrap();
    device.lock_key();
    let record = run(device.usable_keys()).unwrap().remove(0);
    let before = device.storage().all();
    let refused = run(device.signing_key(&KeyChoice::Kept(record.clone()), "", "sai sai sai"));
    let wrong = OwnKeyError::Locked(LockError::WrongPassphrase);
    assert_eq!(refused.err(), Some(wrong.clone()));
    let refused = run(device.add_signature(SOUND, &record, Role::Unit, "sai sai sai"));
    assert_eq!(refused, Err(SealError::Key(wrong)));
    let broken = KeyRecord { locked: "x".to_owned(), ..record };
    let refused = run(device.signing_key(&KeyChoice::Kept(broken), "", PASSPHRASE));
    assert_eq!(refused.err(), Some(OwnKeyError::Locked(LockError::Encoding)));
    assert_eq!(device.storage().all(), before);
}

#[test]
fn where_there_is_no_room_for_the_key_the_form_is_still_signed() {
    let device = device();
    let mut session = session(&device);
    device.storage().fail_for_good(0, StoreError::QuotaExceeded);
    let key = run(device.signing_key(&KeyChoice::New, "x", PASSPHRASE)).unwrap();
    assert!(!key.is_kept);
    assert!(device.seal(&mut session, &key.key).is_ok());
}

#[test]
fn a_second_signature_leaves_digest_and_check_code_as_they_are() {
    let device = device();
    let (_, _, submission) = sealed(&device);
    run(device.make_key("đảng ủy", PASSPHRASE)).unwrap();
    device.lock_key();
    let keys = run(device.usable_keys()).unwrap();
    let key = keys.iter().find(|key| key.unit == "đảng ủy").unwrap();
    let text = submission.to_text();
    let add = |text: &str| run(device.add_signature(text, key, Role::Superior, PASSPHRASE));
    let signed = add(&text).unwrap();
    let again = Submission::from_bytes(signed.as_bytes()).unwrap();
    assert_eq!(again.check_code(), submission.check_code());
    assert_eq!(again.verify().unwrap().signers().len(), 2);
    let refused = add(&signed).unwrap_err();
    assert_eq!(refused, SealError::NotAdded(AddSignatureError::Signed));
    // Not to a file that was changed, whatever the passphrase.
    for bad in [text.replace("Tân Sơn", "Tân Tiến"), "{}".to_owned()] {
        let refused = run(device.add_signature(&bad, key, Role::Superior, "sai"));
        assert!(matches!(refused, Err(SealError::NotSound(_))), "{refused:?}");
    }
}

#[test]
fn a_period_that_cannot_be_read_is_not_signed() {
    let device = device();
    let mut session = session(&device);
    let key = run(device.make_key("Chi bộ 1", PASSPHRASE)).unwrap().key;
    let last = session.form().period.to.shown();
    session.enter(EntryField::PeriodTo, "31/12/202");
    assert!(matches!(device.seal(&mut session, &key), Err(SealError::UnreadPeriod)));
    session.enter(EntryField::PeriodTo, &last);
    assert!(device.seal(&mut session, &key).is_ok());
}

//! What superiors said: taken in where it fits, and verified whenever it is shown.

use std::fs;

use bon_tot::desk::{TrustList, TrustedKey};
use bon_tot::store::AppraisalRecord;

use super::*;

/// An appraisal of the signed form that the tests open.
const SAID: &str = include_str!("../vectors/hostile/appraisal/sound.json");

fn form_id() -> AssessmentId {
    AssessmentId::new(ID).unwrap()
}

fn with_form() -> TestDevice {
    let device = device();
    import(&device, SOUND);
    device
}

#[test]
fn an_appraisal_is_shown_with_the_file_that_it_speaks_of() {
    let device = with_form();
    assert_eq!(open(&device, SAID), Ok(Opened::Appraisal(form_id())));
    let all = run(device.appraisals_of(&form_id())).unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].appraisal.to_text(), SAID.trim_end());
    assert_eq!(all[0].submission.to_text(), SOUND.trim_end());
    assert_eq!(all[0].received, Instant::from_unix(NOW));
    assert_eq!(all[0].pack.id.as_str(), "tiny");
    assert_eq!(all[0].signers.len(), 1);
    assert_eq!(run(device.appraisals_of(&id(1))).unwrap().len(), 0);
    // The same file once more is the same record, and moves nothing.
    let before = device.storage().all();
    device.host().pass(60);
    open(&device, SAID).unwrap();
    assert_eq!(device.storage().all(), before);
    // The form may go on: what was said of the signed file stays.
    put(&device, &Draft::new(form()));
    assert_eq!(run(device.appraisals_of(&form_id())).unwrap().len(), 1);
}

#[test]
fn the_file_may_be_an_earlier_revision() {
    let device = device();
    assert_eq!(open(&device, SAID), Err(OpenError::NoSuchForm));
    assert_eq!(device.storage().all(), []);
    let sound = Submission::from_bytes(SOUND.as_bytes()).unwrap();
    let mut sealed = Draft::new(sound.assessment().clone());
    sealed.sealed = Some(sound.to_text());
    run(device.record_sealed(&sealed)).unwrap();
    assert_eq!(open(&device, SAID), Ok(Opened::Appraisal(form_id())));
}

#[test]
fn hostile_appraisals_are_refused_and_nothing_is_written() {
    let root = env!("CARGO_MANIFEST_DIR");
    let folder = format!("{root}/tests/suite/vectors/hostile/appraisal");
    let device = with_form();
    let before = device.storage().all();
    let refused = |name: &str| {
        let refused = open(&device, fs::read(format!("{folder}/{name}.json")).unwrap());
        refused.expect_err(name)
    };
    let table = [
        ("changed-decision", OpenError::Signature),
        ("changed-verdict", OpenError::Signature),
        ("signed-as-a-unit", OpenError::Signature),
        ("of-another-submission", OpenError::NoSuchForm),
    ];
    for (name, error) in table {
        assert_eq!(refused(name), error, "{name}");
    }
    let item = refused("item-that-the-form-does-not-have");
    assert!(matches!(item, OpenError::Item(_)), "{item:?}");
    for name in ["decision-unknown", "no-signature", "unknown-member"] {
        let error = refused(name);
        assert!(matches!(error, OpenError::Read(_)), "{name}: {error:?}");
    }
    assert_eq!(device.storage().all(), before);
}

#[test]
fn only_what_verifies_is_shown_and_the_rest_is_left_alone() {
    let device = with_form();
    open(&device, SAID).unwrap();
    let storage = device.storage();
    let (key, text) = run(storage.list(Table::Appraised)).unwrap().remove(0);
    let own = AppraisalRecord::from_text(&text).unwrap();
    let forged = |change: fn(&mut AppraisalRecord)| {
        let mut record = own.clone();
        change(&mut record);
        record.to_text()
    };
    let records = [
        forged(|record| record.appraisal = record.appraisal.replace("\"note\":\"", "\"note\":\"x")),
        forged(|record| record.submission = record.submission.replace("Tân Sơn", "Tân Tiến")),
        forged(|record| record.submission = "?".to_owned()),
        "of a later version".to_owned(),
    ];
    for record in records {
        assert_ne!(record, text);
        run(storage.put(Table::Appraised, &key, &record)).unwrap();
        let before = storage.all();
        assert_eq!(run(device.appraisals_of(&form_id())).unwrap().len(), 0);
        assert_eq!(storage.all(), before);
    }
    // Of another form, under its own key.
    let other = AppraisalRecord::key(&id(1), "AAAA");
    run(storage.put(Table::Appraised, &other, &text)).unwrap();
    assert_eq!(run(device.appraisals_of(&form_id())).unwrap().len(), 0);
    // Without its pack nothing can be checked.
    run(storage.put(Table::Appraised, &key, &text)).unwrap();
    assert_eq!(run(device.appraisals_of(&form_id())).unwrap().len(), 1);
    device.learn_packs(Catalog::usual().unwrap());
    assert_eq!(run(device.appraisals_of(&form_id())).unwrap().len(), 0);
}

#[test]
fn a_form_is_returned_by_a_trusted_superior_until_it_is_signed_again() {
    let device = with_form();
    assert_eq!(run(device.returned_forms()), Ok(vec![]));
    open(&device, SAID).unwrap();
    // A stranger returns nothing.
    assert_eq!(run(device.returned_forms()), Ok(vec![]));
    let said = run(device.appraisals_of(&form_id())).unwrap();
    assert!(!said[0].is_returned());
    let key = said[0].signers[0].key;
    let office = TrustedKey {
        key,
        unit: "Đảng ủy xã".to_owned(),
        also: Vec::new(),
        added: Date::new(2026, 6, 1).unwrap(),
        revoked: None,
    };
    open(&device, TrustList { keys: vec![office] }.to_text()).unwrap();
    run(device.trust_listed_key(&key.kid())).unwrap();
    assert_eq!(run(device.returned_forms()), Ok(vec![(ID.to_owned(), 1)]));
    let said = run(device.appraisals_of(&form_id())).unwrap();
    let items: Vec<_> = said[0].objections().into_iter().map(|item| item.note).collect();
    assert_eq!(items, ["<b>Xem lại</b>"]);
    // The next revision is not returned.
    let mut next = kept(&device, &form_id()).unwrap();
    next.form.revision += 1;
    put(&device, &next);
    assert_eq!(run(device.returned_forms()), Ok(vec![]));
}

//! Whose keys signed a file: a key counts for the unit that it is trusted for, and a revoked one for none.

use bon_tot::desk::Remark;
use bon_tot::device::{AppraisedBy, KeyStanding, Signer};
use bon_tot::seal::{KeyCard, Role};

use super::*;

/// A file that was once believed.
fn case(name: &str) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    std::fs::read_to_string(format!("{root}/tests/suite/vectors/cases/security/{name}")).unwrap()
}

/// A device with a list of the cases, every key of which is trusted.
fn with_list(name: &str) -> TestDevice {
    let device = device();
    open(&device, case(name)).unwrap();
    for key in run(device.others_keys()).unwrap() {
        run(device.trust_listed_key(&key.key.kid())).unwrap();
    }
    device
}

/// What is said of the first signature of a file when it is opened, and at its signatures afterwards.
fn first(device: &TestDevice, text: &str) -> Signer {
    let (imported, draft) = import(device, text);
    let submission = Submission::from_bytes(draft.sealed.unwrap().as_bytes()).unwrap();
    let signer = run(device.signers_of(&submission)).unwrap().remove(0);
    assert_eq!(imported.signer, Some(signer.standing.clone()));
    signer
}

#[test]
fn a_key_trusted_for_one_unit_is_not_known_for_another() {
    let device = with_list("t.json");
    let own = first(&device, &case("A_r1.json"));
    assert_eq!(own.standing, KeyStanding::Trusted("Chi bộ xóm A".to_owned()));
    let other = first(&device, &case("B_as_A.json"));
    assert_eq!(other.standing, KeyStanding::OtherUnit("Chi bộ xóm B".to_owned()));
    assert_eq!(other.remarks, []);
}

#[test]
fn a_revoked_key_is_said_to_be_revoked_though_nobody_ever_trusted_it() {
    for device in [with_list("t_rev.json"), with_list("t.json")] {
        open(&device, case("t_rev.json")).unwrap();
        let day = Date::new(2026, 6, 1).unwrap();
        let signer = first(&device, &case("rev_0.json"));
        assert_eq!(signer.standing, KeyStanding::Revoked(day, "Chi bộ xóm A".to_owned()));
        // Signed in 1970, made in 2026.
        let [Remark::SignedBefore { index: 0, signed, made }] = signer.remarks[..] else {
            panic!("{:?}", signer.remarks);
        };
        assert_eq!(signed.unix(), 0);
        assert!(made.unix() > NOW - 2 * 365 * DAY);
    }
}

#[test]
fn a_signature_of_the_future_is_remarked_on() {
    let device = device();
    let submission = signed(&draft(1, 0, 0), 1);
    let early = Device::new(FakeStorage::default(), FakeHost::at(NOW - 2 * DAY), packs());
    let remarks =
        |device: &TestDevice| run(device.signers_of(&submission)).unwrap().remove(0).remarks;
    assert_eq!(remarks(&device), []);
    assert!(matches!(remarks(&early)[..], [Remark::SignedAfter { index: 0, .. }]));
}

#[test]
fn a_superior_has_a_name_of_its_own_and_is_not_the_unit() {
    let device = device();
    let key = |seed: u8| SecretKey::from_seed(&[seed; 32]);
    for (seed, name) in [(1, "Chi bộ 1"), (2, "Đảng ủy xã")] {
        let card = KeyCard::make(name, &key(seed), Instant::from_unix(NOW)).to_text();
        open(&device, card).unwrap();
        run(device.trust_key(&key(seed).public().kid())).unwrap();
    }
    let now = Instant::from_unix(NOW);
    let by = |unit: u8, superior: u8| {
        let verified = signed(&draft(1, 0, 0), unit).verify().unwrap();
        let both = verified.add(&key(superior), Role::Superior, now).unwrap();
        let signers = run(device.signers_of(&both)).unwrap().into_iter();
        signers.map(|signer| signer.standing).collect::<Vec<_>>()
    };
    let trusted = |name: &str| KeyStanding::Trusted(name.to_owned());
    assert_eq!(by(1, 2), [trusted("Chi bộ 1"), trusted("Đảng ủy xã")]);
    let other = KeyStanding::OtherUnit("Đảng ủy xã".to_owned());
    assert_eq!(by(2, 1), [other, KeyStanding::UnitItself("Chi bộ 1".to_owned())]);
    assert_eq!(by(3, 4), [KeyStanding::Unknown, KeyStanding::Unknown]);
}

#[test]
fn an_opinion_by_a_revoked_key_is_named_as_one_though_nobody_ever_trusted_the_key() {
    let device = device();
    import(&device, SOUND);
    let said = include_str!("../vectors/hostile/appraisal/sound.json");
    open(&device, said).unwrap();
    let id = AssessmentId::new(ID).unwrap();
    let shown = run(device.appraisals_of(&id)).unwrap();
    assert_eq!(shown[0].by, AppraisedBy::Unknown);
    let day = Date::new(2026, 6, 1).unwrap();
    let list = bon_tot::desk::TrustList {
        keys: vec![bon_tot::desk::TrustedKey {
            key: shown[0].signers[0].key,
            unit: "Đảng ủy xã".to_owned(),
            also: Vec::new(),
            added: day,
            revoked: Some(day),
        }],
    };
    open(&device, list.to_text()).unwrap();
    assert_eq!(run(device.appraisals_of(&id)).unwrap()[0].by, AppraisedBy::Revoked(day));
}

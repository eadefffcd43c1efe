//! Keys of others where others can write to the storage, as every HTML file of a disk can to that of the portable page:
//! trust counts only as it was proved under the key that is open.

use bon_tot::seal::KeyCard;
use bon_tot::store::TrustRecord;

use super::*;

fn key(seed: u8) -> SecretKey {
    SecretKey::from_seed(&[seed; 32])
}

fn kid(seed: u8) -> String {
    key(seed).public().kid()
}

/// A device whose storage is shared, with an own open key and the cards of two others.
fn shared() -> TestDevice {
    let device = device();
    device.host().is_shared.set(true);
    for (seed, unit) in [(1, "Đảng ủy xã"), (2, "Chi bộ xóm Đông")] {
        let card = KeyCard::make(unit, &key(seed), Instant::from_unix(NOW)).to_text();
        open(&device, card).unwrap();
    }
    run(device.make_key("Chi bộ xóm Tân Sơn", PASSPHRASE)).unwrap();
    device
}

fn trusted(device: &TestDevice) -> Vec<String> {
    let list = run(device.trust_list()).unwrap();
    // The list and the rows of the page say the same.
    let rows = run(device.others_keys()).unwrap();
    assert_eq!(rows.iter().filter(|row| row.added.is_some()).count(), list.keys.len());
    assert_eq!(rows.len(), 2);
    list.keys.into_iter().map(|key| key.key.kid()).collect()
}

fn stored(device: &TestDevice, seed: u8) -> TrustRecord {
    TrustRecord::from_text(&record(device, Table::Trust, &kid(seed)).unwrap()).unwrap()
}

type Change<'a> = &'a dyn Fn(&mut TrustRecord);

/// Writes a record as another program would.
fn write(device: &TestDevice, record: &TrustRecord) {
    run(device.storage().put(Table::Trust, &record.key.kid(), &record.to_text())).unwrap();
}

#[test]
fn trust_counts_while_the_key_is_open_under_which_it_was_given() {
    let device = shared();
    run(device.trust_key(&kid(1))).unwrap();
    assert_eq!(trusted(&device), [kid(1)]);
    let own = run(device.usable_keys()).unwrap().remove(0);

    let unproved = |device: &TestDevice| run(device.unproved_keys()).unwrap();
    assert_eq!(unproved(&device), [""; 0]);
    device.lock_key();
    assert_eq!(trusted(&device), [""; 0]);
    // It is told apart from one that nobody ever compared.
    assert_eq!(unproved(&device), [kid(1)]);
    let before = stored(&device, 2);
    assert_eq!(run(device.trust_key(&kid(2))), Err(StoreError::NoOpenKey));
    assert_eq!(run(device.trust_listed_key(&kid(2))), Err(StoreError::NoOpenKey));
    assert_eq!(stored(&device, 2), before);

    run(device.open_key(&own, PASSPHRASE)).unwrap();
    assert_eq!(trusted(&device), [kid(1)]);
    device.host().pass(15 * 60);
    assert_eq!(trusted(&device), [""; 0], "an idle key proves nothing");

    // Another key of this device did not give it.
    run(device.make_key("Chi bộ khác", PASSPHRASE)).unwrap();
    assert_eq!(trusted(&device), [""; 0]);
    assert_eq!(unproved(&device), [kid(1)]);
    run(device.open_key(&own, PASSPHRASE)).unwrap();
    assert_eq!(trusted(&device), [kid(1)]);
}

#[test]
fn a_record_that_another_program_wrote_is_not_trusted() {
    let device = shared();
    run(device.trust_key(&kid(1))).unwrap();
    let good = stored(&device, 1);
    let mut forged = stored(&device, 2);
    forged.added = good.added;
    let day = Instant::from_unix(NOW - DAY).date();
    let changes: [(&str, Change); 6] = [
        ("unit", &|record| record.unit = "Chi bộ xóm Tây".to_owned()),
        ("day", &|record| record.added = Some(day)),
        ("revoked", &|record| record.revoked = Some(day)),
        ("deeds", &|record| record.deeds.truncate(1)),
        ("no mac", &|record| record.mac = None),
        ("other mac", &|record| record.prove(&key(9))),
    ];
    for (what, change) in changes {
        let mut changed = good.clone();
        change(&mut changed);
        assert_ne!(changed, good, "{what}");
        write(&device, &changed);
        assert_eq!(trusted(&device), [""; 0], "{what}");
    }
    write(&device, &good);
    assert_eq!(trusted(&device), [kid(1)]);

    // Nor with the proof of another record.
    for mac in [None, good.mac.clone(), Some(String::new())] {
        forged.mac = mac;
        write(&device, &forged);
        assert_eq!(trusted(&device), [kid(1)]);
    }
    // A person who compares its code makes it count.
    run(device.trust_key(&kid(2))).unwrap();
    assert_eq!(trusted(&device).len(), 2);
}

#[test]
fn no_change_but_trusting_makes_a_forged_record_count() {
    let device = shared();
    let mut forged = stored(&device, 1);
    forged.added = Some(Instant::from_unix(NOW).date());
    write(&device, &forged);
    run(device.revoke_key(&kid(1), Some(Instant::from_unix(NOW).date()))).unwrap();
    run(device.revoke_key(&kid(1), None)).unwrap();
    assert_eq!(trusted(&device), [""; 0]);
}

#[test]
fn what_is_revoked_stays_so_without_an_open_key() {
    let device = shared();
    run(device.trust_key(&kid(1))).unwrap();
    let today = Instant::from_unix(NOW).date();
    run(device.revoke_key(&kid(1), Some(today))).unwrap();
    assert_eq!(trusted(&device), [kid(1)], "listed, and revoked");
    run(device.revoke_key(&kid(1), None)).unwrap();
    assert_eq!(trusted(&device), [kid(1)]);
    run(device.revoke_key(&kid(1), Some(today))).unwrap();
    let revoked = stored(&device, 1);

    device.lock_key();
    let rows = run(device.others_keys()).unwrap();
    assert!(rows.iter().any(|row| row.revoked == Some(today)));
    run(device.revoke_key(&kid(1), None)).unwrap();
    assert_eq!(trusted(&device), [""; 0], "it waits to be compared");
    assert_eq!(stored(&device, 1).mac, None);
    assert!(revoked.mac.is_some());
}

#[test]
fn a_storage_of_its_own_needs_no_proof() {
    let device = shared();
    device.lock_key();
    device.host().is_shared.set(false);
    run(device.trust_key(&kid(1))).unwrap();
    assert_eq!(run(device.unproved_keys()), Ok(Vec::new()));
    assert_eq!(trusted(&device), [kid(1)]);
    assert!(!record(&device, Table::Trust, &kid(1)).unwrap().contains("mac"));
}

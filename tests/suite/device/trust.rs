//! Keys of others: no file makes one trusted, only a person does.

use bon_tot::desk::{TrustList, TrustedKey};
use bon_tot::seal::KeyCard;
use bon_tot::store::{Backup, Deed, DeedAt, StoredRecords, TrustRecord};

use super::*;

fn key(seed: u8) -> SecretKey {
    SecretKey::from_seed(&[seed; 32])
}

fn kid(seed: u8) -> String {
    key(seed).public().kid()
}

fn card(seed: u8, unit: &str) -> String {
    KeyCard::make(unit, &key(seed), Instant::from_unix(NOW)).to_text()
}

fn day(days: i64) -> Date {
    Instant::from_unix(NOW + days * DAY).date()
}

fn list(entries: &[(u8, Option<Date>)]) -> String {
    let keys = entries.iter().map(|(seed, revoked)| TrustedKey {
        key: key(*seed).public(),
        unit: format!(" Đơn vị {seed} "),
        added: day(-100),
        also: Vec::new(),
        revoked: *revoked,
    });
    let keys = keys.collect();
    TrustList { keys }.to_text()
}

fn of(device: &TestDevice, seed: u8) -> TrustRecord {
    let text = record(device, Table::Trust, &kid(seed)).unwrap();
    TrustRecord::from_text(&text).unwrap()
}

#[test]
fn a_card_brings_a_key_that_waits_to_be_compared() {
    let device = device();
    let new = Opened::KeyCard { unit: "Đảng ủy".to_owned(), is_new: true };
    assert_eq!(open(&device, card(1, "Đảng ủy")), Ok(new));
    let came = of(&device, 1);
    assert_eq!((came.unit.as_str(), came.added), ("Đảng ủy", None));
    assert_eq!(came.deeds, [DeedAt { at: Instant::from_unix(NOW), did: Deed::Card }]);
    assert_eq!(run(device.trust_list()), Ok(TrustList::default()));

    run(device.trust_key(&kid(1))).unwrap();
    let trusted = run(device.trust_list()).unwrap();
    assert_eq!(trusted.keys[0].added, day(0));
    // Its card once more, under whatever name, changes nothing.
    let before = of(&device, 1);
    let known = Opened::KeyCard { unit: "Tên khác".to_owned(), is_new: false };
    assert_eq!(open(&device, card(1, "Tên khác")), Ok(known));
    assert_eq!(of(&device, 1), before);
}

#[test]
fn a_list_trusts_nobody_and_revokes() {
    let device = device();
    open(&device, card(1, "a")).unwrap();
    open(&device, card(2, "b")).unwrap();
    for seed in [1, 2] {
        run(device.trust_key(&kid(seed))).unwrap();
    }
    run(device.revoke_key(&kid(2), Some(day(-9)))).unwrap();
    let revoking = list(&[(1, Some(day(-5))), (2, Some(day(-1))), (3, None), (4, Some(day(-2)))]);
    let opened = open(&device, &revoking);
    assert_eq!(opened, Ok(Opened::TrustList { added: 2, revoked: 2 }));
    assert_eq!(of(&device, 1).revoked, Some(day(-5)));
    assert_eq!(of(&device, 1).deeds.last().unwrap().did, Deed::Revoked);
    // The earlier day stays.
    assert_eq!(of(&device, 2).revoked, Some(day(-9)));
    assert_eq!((of(&device, 3).added, of(&device, 3).revoked), (None, None));
    assert_eq!(of(&device, 3).unit, "Đơn vị 3");
    assert_eq!(of(&device, 4).revoked, Some(day(-2)));
    // Opened again, it revokes nothing more.
    let opened = open(&device, &revoking);
    assert_eq!(opened, Ok(Opened::TrustList { added: 0, revoked: 0 }));
    // A list that does not revoke takes nothing back.
    let opened = open(&device, list(&[(1, None), (2, None)]));
    assert_eq!(opened, Ok(Opened::TrustList { added: 0, revoked: 0 }));
    assert_eq!(of(&device, 1).revoked, Some(day(-5)));
    let trusted = run(device.trust_list()).unwrap();
    assert_eq!(trusted.keys.len(), 2);
}

#[test]
fn a_key_trusted_with_its_list_is_not_said_to_be_compared() {
    let device = device();
    open(&device, list(&[(1, None), (2, Some(day(-5)))])).unwrap();
    for seed in [1, 2] {
        run(device.trust_listed_key(&kid(seed))).unwrap();
    }
    assert_eq!(of(&device, 1).added, Some(day(0)));
    let deeds: Vec<_> = of(&device, 1).deeds.iter().map(|deed| deed.did).collect();
    assert_eq!(deeds, [Deed::Listed]);
    // What the list revokes does not become trusted with it.
    assert_eq!((of(&device, 2).added, of(&device, 2).revoked), (None, Some(day(-5))));
}

#[test]
fn a_backup_trusts_nobody_and_changes_no_key_that_is_here() {
    let one = device();
    for seed in [1, 2] {
        open(&one, card(seed, "a")).unwrap();
        run(one.trust_key(&kid(seed))).unwrap();
    }
    let text = run(one.backup_file()).unwrap().0.text;
    let other = device();
    open(&other, card(1, "tên ở đây")).unwrap();
    let before = of(&other, 1);
    let Ok(Opened::Backup(report)) = open(&other, text) else {
        panic!("no backup");
    };
    assert_eq!(report.trust, 1);
    assert_eq!(of(&other, 1), before);
    assert_eq!(of(&other, 2).added, None);
    assert_eq!(of(&other, 2).deeds.last().unwrap().did, Deed::Listed);
    assert_eq!(run(other.trust_list()), Ok(TrustList::default()));
    // A record that names another key is kept under its own.
    let now = Instant::from_unix(NOW);
    let record = TrustRecord::new(key(5).public(), "x".to_owned(), Deed::Card, now);
    let all = StoredRecords {
        trust: vec![(kid(6), record.to_text()), (kid(7), "?".to_owned())],
        ..StoredRecords::default()
    };
    let backup = Backup::gather(now, all);
    assert_eq!(run(other.restore_backup(backup)).unwrap().trust, 1);
    assert_eq!(of(&other, 5).unit, "x");
    assert_eq!(super::record(&other, Table::Trust, &kid(6)), None);
}

#[test]
fn those_that_wait_come_first_then_by_name() {
    let device = device();
    for (seed, name) in [(1, "b"), (2, "C"), (3, "a"), (4, "D")] {
        open(&device, card(seed, name)).unwrap();
    }
    for seed in [1, 3] {
        run(device.trust_key(&kid(seed))).unwrap();
    }
    // Under another key's name it is no record of ours.
    let text = record(&device, Table::Trust, &kid(1)).unwrap();
    let storage = device.storage();
    run(storage.put(Table::Trust, &kid(9), &text)).unwrap();
    run(storage.put(Table::Trust, "later", "?")).unwrap();
    let all = run(device.others_keys()).unwrap();
    let names: Vec<_> = all.iter().map(|record| record.unit.as_str()).collect();
    assert_eq!(names, ["C", "D", "a", "b"]);
    assert_eq!(count(&device, Table::Trust), 6);
}

#[test]
fn a_revocation_can_be_taken_back_and_a_waiting_key_dropped() {
    let device = device();
    open(&device, card(1, "a")).unwrap();
    run(device.revoke_key(&kid(1), Some(day(0)))).unwrap();
    run(device.revoke_key(&kid(1), None)).unwrap();
    let record = of(&device, 1);
    assert_eq!(record.revoked, None);
    let deeds: Vec<_> = record.deeds.iter().map(|deed| deed.did).collect();
    assert_eq!(deeds, [Deed::Card, Deed::Revoked, Deed::Restored]);
    run(device.drop_waiting_key(&kid(1))).unwrap();
    assert_eq!(device.storage().all(), []);
    run(device.trust_key(&kid(1))).unwrap();
    assert_eq!(device.storage().all(), []);
}

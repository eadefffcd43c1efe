//! Keys of this device: made, opened, restored, renamed, retired; wiped when nobody is there.

use bon_tot::device::{OwnKeyError, PASSPHRASE_MIN, key_file_name, strength};
use bon_tot::seal::{Derivation, LockError, LockSalts, LockedKey};
use bon_tot::store::KeyRecord;

use super::*;

const IDLE: u64 = 15 * 60 * 1000;

fn wrong() -> OwnKeyError {
    OwnKeyError::Locked(LockError::WrongPassphrase)
}

/// A device with one key, which is locked: its thumbprint and record.
fn with_key() -> (TestDevice, String, KeyRecord) {
    let device = device();
    run(device.make_key("Chi bộ", PASSPHRASE)).unwrap();
    device.lock_key();
    let (kid, record) = run(device.own_keys()).unwrap().remove(0);
    (device, kid, record)
}

fn reread(device: &TestDevice) -> KeyRecord {
    run(device.own_keys()).unwrap().remove(0).1
}

#[test]
fn a_key_is_open_when_it_is_made_and_kept_locked() {
    let device = device();
    let made = run(device.make_key("  Chi bộ ", PASSPHRASE)).unwrap();
    assert!(made.is_kept);
    let code = made.key.public().check_code();
    assert_eq!(device.open_key_kid(), made.key.public().kid());
    let (kid, record) = run(device.own_keys()).unwrap().remove(0);
    assert_eq!(kid, made.key.public().kid());
    assert_eq!(record.unit, "Chi bộ");
    assert_eq!((record.check_code.as_str(), record.retired), (&*code, None));
    assert_eq!(record.created, Instant::from_unix(NOW));

    device.lock_key();
    assert_eq!(device.open_key_kid(), "");
    assert!(device.opened_key(&record.kid).is_none());
    let refused = run(device.open_key(&record, "mật khẩu khác"));
    assert_eq!(refused.err(), Some(wrong()));
    assert_eq!(device.open_key_kid(), "");
    let opened = run(device.open_key(&record, PASSPHRASE)).unwrap();
    assert_eq!(opened.public(), made.key.public());
    // It is open: nobody types the passphrase again.
    assert!(run(device.open_key(&record, "mật khẩu khác")).is_ok());
}

#[test]
fn a_passphrase_is_the_same_however_its_marks_are_typed() {
    let device = device();
    run(device.make_key("x", " mật khẩu dài ")).unwrap();
    device.lock_key();
    let decomposed = "m\u{61}\u{323}\u{302}t kh\u{61}\u{302}\u{309}u dài";
    let record = reread(&device);
    assert!(run(device.open_key(&record, decomposed)).is_ok());
}

#[test]
fn a_key_is_wiped_after_15_idle_minutes_of_the_monotonic_clock() {
    for wall in [NOW, NOW - 365 * DAY, NOW + 14 * 60] {
        let (device, _, record) = with_key();
        run(device.open_key(&record, PASSPHRASE)).unwrap();
        let host = device.host();
        // The wall clock stands still, goes back, or says that less than 15 minutes have passed.
        host.wall.set(wall);
        let begun = host.monotonic.get();
        host.monotonic.set(begun + IDLE - 1);
        assert!(!device.lock_idle_key());
        assert!(device.opened_key(&record.kid).is_some());
        // To ask for the key is not to be there.
        host.monotonic.set(begun + IDLE);
        assert!(device.opened_key(&record.kid).is_none());
        assert_eq!(device.open_key_kid(), "");
        let refused = run(device.open_key(&record, "mật khẩu khác"));
        assert_eq!(refused.err(), Some(wrong()));
    }
}

/// The monotonic clock of a browser may stand still while the machine sleeps.
#[test]
fn a_key_is_wiped_after_15_idle_minutes_of_the_wall_clock() {
    let (device, _, record) = with_key();
    run(device.open_key(&record, PASSPHRASE)).unwrap();
    device.host().wall.set(NOW + 15 * 60 - 1);
    assert!(!device.lock_idle_key());
    device.host().wall.set(NOW + 15 * 60);
    assert!(device.lock_idle_key());
    assert!(device.opened_key(&record.kid).is_none());
}

#[test]
fn a_key_stays_open_while_somebody_does_something() {
    let (device, _, record) = with_key();
    run(device.open_key(&record, PASSPHRASE)).unwrap();
    for _ in 0..5 {
        let now = device.host().monotonic.get();
        device.host().monotonic.set(now + IDLE - 1);
        device.touch_key();
        assert!(!device.lock_idle_key());
    }
    let now = device.host().monotonic.get();
    device.host().monotonic.set(now + IDLE);
    assert!(device.lock_idle_key());
    assert!(!device.lock_idle_key());
    // Whoever comes back then opens it anew.
    device.touch_key();
    assert_eq!(device.open_key_kid(), "");
}

#[test]
fn only_one_key_is_open() {
    let device = device();
    let one = run(device.make_key("một", PASSPHRASE)).unwrap();
    let two = run(device.make_key("hai", PASSPHRASE)).unwrap();
    assert!(device.opened_key(&one.key.public().kid()).is_none());
    assert!(device.opened_key(&two.key.public().kid()).is_some());
}

#[test]
fn a_device_that_is_full_still_signs_with_a_new_key() {
    let device = device();
    device.storage().fail_once(0, StoreError::QuotaExceeded);
    let made = run(device.make_key("x", PASSPHRASE)).unwrap();
    assert!(!made.is_kept);
    assert_eq!(device.open_key_kid(), made.key.public().kid());
    assert_eq!(device.storage().all(), []);
    // Any other trouble is one.
    device.lock_key();
    device.storage().fail_once(0, StoreError::Unavailable);
    let refused = run(device.make_key("x", PASSPHRASE)).err();
    assert_eq!(refused, Some(OwnKeyError::Store(StoreError::Unavailable)));
    assert_eq!(device.open_key_kid(), "");
}

#[test]
fn a_key_is_restored_under_our_own_lock() {
    let (device, kid, record) = with_key();
    let other = super::device();
    let refused = run(other.restore_key(&record.locked, "x", "khác khác khác"));
    assert_eq!(refused, Err(wrong()));
    let refused = run(other.restore_key("a.b", "x", PASSPHRASE));
    assert_eq!(refused, Err(OwnKeyError::Locked(LockError::Encoding)));
    assert_eq!(other.storage().all(), []);

    run(other.restore_key(&record.locked, "Tên khác", PASSPHRASE)).unwrap();
    let (restored, copy) = run(other.own_keys()).unwrap().remove(0);
    assert_eq!((restored, copy.unit.as_str()), (kid.clone(), "Tên khác"));
    assert_eq!(other.open_key_kid(), record.kid);
    // The salts are the other device's own; here both hosts draw the same bytes, one draw apart.
    assert_ne!(copy.locked, record.locked);

    let before = device.storage().all();
    let refused = run(device.restore_key(&record.locked, "x", PASSPHRASE));
    assert_eq!(refused, Err(OwnKeyError::Here("Chi bộ".to_owned())));
    let storage = device.storage();
    assert_eq!(storage.all(), before);
    // A record that cannot be read is not overwritten either.
    run(storage.put(Table::Keys, &kid, "of a later version")).unwrap();
    let refused = run(device.restore_key(&record.locked, "x", PASSPHRASE));
    assert_eq!(refused, Err(OwnKeyError::Here(String::new())));
    let left = super::record(&device, Table::Keys, &kid);
    assert_eq!(left.as_deref(), Some("of a later version"));
}

#[test]
fn a_lock_of_another_tool_opens_with_the_passphrase_as_it_was_typed() {
    let device = device();
    let typed = " m\u{61}\u{323}t khau "; // neither NFC nor trimmed
    let salts = LockSalts::from_bytes(&[9; 60]);
    let kek = fake::quick(&Derivation::for_lock(&salts)).run(typed);
    let key = SecretKey::from_seed(&[3; 32]);
    let locked = LockedKey::lock(&key, &kek, &salts).unwrap();
    run(device.restore_key(locked.as_str(), "x", typed)).unwrap();
    // Under our own lock it is normal.
    device.lock_key();
    let record = reread(&device);
    assert!(run(device.open_key(&record, "m\u{1ea1}t khau")).is_ok());
}

#[test]
fn a_key_gets_another_name_and_nothing_else_changes() {
    let (device, kid, mut record) = with_key();
    run(device.rename_key(&kid, " Chi bộ xóm ")).unwrap();
    record.unit = "Chi bộ xóm".to_owned();
    assert_eq!(reread(&device), record);
    run(device.rename_key("none", "x")).unwrap();
    assert_eq!(count(&device, Table::Keys), 1);
}

#[test]
fn a_key_that_retires_is_wiped_and_not_offered() {
    let (device, kid, record) = with_key();
    run(device.make_key("khác", PASSPHRASE)).unwrap();
    // Another one is open, and stays so.
    run(device.retire_key(&kid, true)).unwrap();
    assert_ne!(device.open_key_kid(), "");
    let usable = run(device.usable_keys()).unwrap();
    assert_eq!(usable.len(), 1);
    assert_ne!(usable[0].check_code, record.check_code);
    run(device.retire_key(&kid, false)).unwrap();
    assert_eq!(run(device.usable_keys()).unwrap().len(), 2);
    run(device.open_key(&record, PASSPHRASE)).unwrap();
    run(device.retire_key(&kid, true)).unwrap();
    assert_eq!(device.open_key_kid(), "");
    let keys = run(device.own_keys()).unwrap();
    let own = keys.iter().find(|(own, _)| *own == kid).unwrap();
    assert_eq!(own.1.retired, Some(Instant::from_unix(NOW)));
}

#[test]
fn to_change_a_passphrase_one_must_know_it() {
    let (device, kid, record) = with_key();
    run(device.open_key(&record, PASSPHRASE)).unwrap();
    let change = |old: &str| run(device.change_passphrase(&kid, &record, old, "một câu mới"));
    assert_eq!(change("không phải thế"), Err(wrong()));
    assert_eq!(reread(&device), record);
    assert_eq!(change(PASSPHRASE), Ok(()));
    device.lock_key();
    let changed = reread(&device);
    let refused = run(device.open_key(&changed, PASSPHRASE));
    assert_eq!(refused.err(), Some(wrong()));
    let opened = run(device.open_key(&changed, "một câu mới")).unwrap();
    assert_eq!(opened.public().kid(), kid);
    assert_eq!((changed.unit, changed.created), (record.unit, record.created));
}

#[test]
fn a_record_that_cannot_be_read_is_left_out_and_left_alone() {
    let (device, kid, _) = with_key();
    let storage = device.storage();
    run(storage.put(Table::Keys, &kid, "of a later version")).unwrap();
    let before = storage.all();
    assert_eq!(run(device.own_keys()), Ok(vec![]));
    run(device.rename_key(&kid, "x")).unwrap();
    run(device.retire_key(&kid, true)).unwrap();
    assert_eq!(storage.all(), before);
}

#[test]
fn the_last_made_key_comes_first() {
    let device = device();
    for name in ["a", "b", "c"] {
        run(device.make_key(name, PASSPHRASE)).unwrap();
        device.host().pass(1);
    }
    let keys = run(device.usable_keys()).unwrap();
    let names: Vec<_> = keys.iter().map(|key| key.unit.as_str()).collect();
    assert_eq!(names, ["c", "b", "a"]);
}

#[test]
fn a_passphrase_is_as_strong_as_it_is_long_and_varied() {
    let table = [
        ("ngắn", 0),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", 1),
        ("mười ký tự", 2),
        ("mườikýtựab", 1),
        ("mườibốnkýtựabc", 2),
        ("một câu dài của tôi", 3),
        ("motcaudaihaimuoikytu", 3),
    ];
    for (passphrase, strong) in table {
        assert_eq!(strength(passphrase), strong, "{passphrase}");
    }
    assert_eq!(strength(&"abcdefghijkl"[..PASSPHRASE_MIN - 1]), 0);
    assert_eq!(
        key_file_name("khoa", "Chi bộ xóm", "ABCD", ".jwe"),
        "bontot_khoa_chi-bo-xom_ABCD.jwe"
    );
}

//! Without random bytes: whoever asked is told, and nothing has changed.

use bon_tot::device::{DeviceError, KeyChoice, OpenLinkError, OwnKeyError, link_of};
use bon_tot::share::Texts;
use bon_tot::store::{Backup, StoredRecords};

use super::*;

/// Runs `act` with so many random draws that go well, fewer each time than it needs: it must fail
/// with `error`, and leave every record and the keyring as they were. With all of them it succeeds.
#[track_caller]
fn check<T, E: PartialEq + std::fmt::Debug>(
    device: &TestDevice,
    draws: u32,
    error: E,
    act: impl Fn(&TestDevice) -> Result<T, E>,
) {
    let before = device.storage().all();
    let kid = device.open_key_kid();
    for enough in 0..draws {
        device.host().draws.set(enough);
        assert_eq!(act(device).err().as_ref(), Some(&error), "{enough}");
        assert_eq!(device.storage().all(), before, "{enough}");
        assert_eq!(device.open_key_kid(), kid, "{enough}");
    }
    device.host().draws.set(draws);
    assert!(act(device).is_ok());
    assert_eq!(device.host().draws.get(), 0);
    device.host().draws.set(u32::MAX);
}

#[test]
fn forms() {
    let own = DeviceError::NoEntropy;
    check(&device(), 1, own.clone(), |device| device.new_form("tiny"));
    let copied = device();
    put(&copied, &draft(1, 0, 0));
    check(&copied, 1, own.clone(), |device| run(device.keep_copy(draft(1, 0, 0))));
    let taken = device();
    put(&taken, &draft(1, 0, 0));
    let deleted = run(taken.delete_form(id(1).as_str(), "")).unwrap().unwrap();
    put(&taken, &draft(1, 0, 5));
    check(&taken, 1, own, |device| run(device.bring_back(&deleted)));
}

#[test]
fn files() {
    let device = device();
    import(&device, FORM);
    check(&device, 1, OpenError::NoEntropy, |device| open(device, SOUND));
    let merged = super::device();
    put(&merged, &draft(1, 2, 10));
    let all = StoredRecords {
        drafts: vec![(id(1).as_str().to_owned(), draft(1, 1, 20).to_text())],
        ..StoredRecords::default()
    };
    let backup = Backup::gather(Instant::from_unix(NOW), all);
    check(&merged, 1, DeviceError::NoEntropy, |device| run(device.restore_backup(backup.clone())));
    let session = device.open_draft(&draft(1, 0, 0)).unwrap();
    let link = link_of(&session, true, Texts::Left).unwrap();
    check(&device, 1, OpenLinkError::NoEntropy, |device| device.open_link(&link));
}

#[test]
fn keys() {
    let none = OwnKeyError::NoEntropy;
    check(&device(), 2, none.clone(), |device| run(device.make_key("x", PASSPHRASE)));
    check(&device(), 2, none.clone(), |device| {
        run(device.signing_key(&KeyChoice::New, "x", PASSPHRASE))
    });
    let one = device();
    run(one.make_key("x", PASSPHRASE)).unwrap();
    let (kid, record) = run(one.own_keys()).unwrap().remove(0);
    check(&device(), 1, none.clone(), |device| {
        run(device.restore_key(&record.locked, "x", PASSPHRASE))
    });
    check(&one, 1, none, |device| {
        run(device.change_passphrase(&kid, &record, PASSPHRASE, "một câu mới"))
    });
}

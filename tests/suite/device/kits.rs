//! Packs that are being written: kept, never written over, brought back, in backups, published.

use bon_tot::device::{KitSaved, OpenError, PublishError};
use bon_tot::json::{Json, canonical, parse};
use bon_tot::kit::Document;
use bon_tot::store::{Backup, KitRecord, Table};

use super::packs::text;
use super::*;

/// A pack with its members in the order in which records are written.
fn pack(version: &str) -> Json {
    let json = parse(text(version).as_bytes(), 1 << 20).unwrap();
    parse(canonical(&json).as_bytes(), 1 << 20).unwrap()
}

fn titled(record: &KitRecord, title: &str) -> KitRecord {
    let mut pack = Document::new(record.pack.clone());
    pack.set("/title/vi", Some(title.into()));
    KitRecord { pack: pack.json().clone(), revision: record.revision + 1, ..record.clone() }
}

fn records(device: &TestDevice) -> Vec<KitRecord> {
    let rows = run(device.kits()).unwrap();
    rows.into_iter().map(|row| *row.record.unwrap()).collect()
}

#[test]
fn a_pack_is_kept_and_never_written_over() {
    let device = device();
    let first = device.new_kit(pack("1.0.0")).unwrap();
    assert_eq!(run(device.save_kit(&first)), Ok(KitSaved::Done));
    let second = titled(&first, "Hai");
    assert_eq!(run(device.save_kit(&second)), Ok(KitSaved::Done));
    assert_eq!(run(device.read_kit(&first.id)), Ok(Some(second.clone())));
    // Another tab goes on from what it read before: both are there.
    let other = titled(&first, "Ba");
    let Ok(KitSaved::Apart(own)) = run(device.save_kit(&other)) else {
        panic!("it was written over")
    };
    assert_eq!(run(device.read_kit(&first.id)), Ok(Some(second.clone())));
    assert_eq!(run(device.read_kit(&own)).unwrap().unwrap().pack, other.pack);
    // What cannot be read stays as it is.
    run(device.storage().put(Table::Kit, second.id.as_str(), "{}")).unwrap();
    assert!(matches!(run(device.save_kit(&titled(&second, "Bốn"))), Ok(KitSaved::Apart(_))));
    assert_eq!(run(device.storage().get(Table::Kit, second.id.as_str())).unwrap().unwrap(), "{}");
}

#[test]
fn a_deleted_pack_comes_back() {
    let device = device();
    let own = device.new_kit(pack("1.0.0")).unwrap();
    run(device.save_kit(&own)).unwrap();
    assert_eq!(run(device.delete_kit(&own.id, true)), Ok(true));
    assert_eq!(run(device.read_kit(&own.id)), Ok(None));
    assert_eq!(run(device.delete_kit(&own.id, false)), Ok(true));
    assert_eq!(run(device.read_kit(&own.id)).unwrap().unwrap().pack, own.pack);
}

#[test]
fn the_last_earlier_states_are_kept() {
    let device = device();
    let mut own = device.new_kit(pack("1.0.0")).unwrap();
    let other = device.new_kit(pack("1.0.0")).unwrap();
    run(device.keep_kit_state(&other)).unwrap();
    for n in 0..40 {
        own = titled(&own, &n.to_string());
        run(device.keep_kit_state(&own)).unwrap();
    }
    let states = run(device.kit_states(&own.id)).unwrap();
    assert_eq!(states.len(), 30);
    assert_eq!((states[0].revision, states[29].revision), (40, 11));
    assert_eq!(run(device.kit_states(&other.id)).unwrap(), [other]);
}

#[test]
fn a_backup_brings_packs_that_are_written() {
    let (one, other) = (device(), device());
    let own = one.new_kit(pack("1.0.0")).unwrap();
    run(one.save_kit(&own)).unwrap();
    let backup = || Backup::from_bytes(run(one.backup_file()).unwrap().0.text.as_bytes()).unwrap();
    assert_eq!(run(other.restore_backup(backup())).unwrap().kits, 1);
    assert_eq!(run(other.restore_backup(backup())).unwrap().kits, 0);
    assert_eq!(records(&other), std::slice::from_ref(&own));
    // Gone on with here and there: what is here stays, what comes is an earlier state, or a pack of its own.
    run(other.save_kit(&titled(&own, "Ở đây"))).unwrap();
    run(one.save_kit(&titled(&own, "Ở kia"))).unwrap();
    run(other.restore_backup(backup())).unwrap();
    assert_eq!(records(&other), [titled(&own, "Ở đây")]);
    assert_eq!(run(other.kit_states(&own.id)).unwrap(), [titled(&own, "Ở kia")]);
    // One that claims to be another is refused.
    let mut forged = backup();
    forged.kits[0].key = "0".repeat(26);
    assert_eq!(run(other.restore_backup(forged)).unwrap().refused, 1);
}

#[test]
fn a_pack_is_published_once_a_version() {
    let device = device();
    let key = SecretKey::from_seed(&[9; 32]);
    let by = ("Ban Tổ chức", "Bản đầu");
    let file = run(device.publish(pack("1.0.0"), by, &key)).unwrap();
    assert_eq!(file.published.as_ref().unwrap().1.key, key.public());
    assert!(device.new_form("ban-2026").is_ok());
    let mut other = Document::new(pack("1.0.0"));
    other.set("/title/vi", Some("Khác".into()));
    let refused = run(device.publish(other.json().clone(), by, &key));
    assert!(matches!(refused, Err(PublishError::Refused(OpenError::Namesake(_)))), "{refused:?}");
    other.set("/version", Some("1.1.0".into()));
    assert!(run(device.publish(other.json().clone(), by, &key)).is_ok());
    other.set("/items", Some(Json::List(vec![Json::Null])));
    let refused = run(device.publish(other.json().clone(), by, &key));
    assert!(matches!(refused, Err(PublishError::Refused(OpenError::Read(_)))), "{refused:?}");
}

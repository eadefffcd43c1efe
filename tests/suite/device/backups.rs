//! A backup holds all, and merges into what is here without losing any of it.

use bon_tot::device::RestoreReport;
use bon_tot::store::{Backup, BackupKey, Deleted, Record, StoredRecords};

use super::*;

const SAID: &str = include_str!("../vectors/hostile/appraisal/sound.json");

fn backup(drafts: &[Draft]) -> Backup {
    let records = drafts.iter();
    let records = records.map(|draft| (draft.form.id.as_str().to_owned(), draft.to_text()));
    let all = StoredRecords { drafts: records.collect(), ..StoredRecords::default() };
    Backup::gather(Instant::from_unix(NOW), all)
}

fn restore(device: &TestDevice, backup: &Backup) -> RestoreReport {
    match open(device, backup.to_text()) {
        Ok(Opened::Backup(report)) => report,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_device_that_is_restored_holds_what_the_other_held() {
    let one = device();
    put(&one, &draft(1, 0, 0));
    run(one.put_draft_text(&id(2), "of a later version")).unwrap();
    run(one.record_state(&draft(1, 0, 0))).unwrap();
    run(one.make_key("Chi bộ", PASSPHRASE)).unwrap();
    import(&one, SOUND);
    open(&one, SAID).unwrap();

    let (file, made) = run(one.backup_file()).unwrap();
    assert_eq!(file.name, "bontot_sao-luu_2026-11-23.json");
    assert_eq!(made, Instant::from_unix(NOW));
    let other = device();
    let opened = open(&other, &file.text);
    let report = RestoreReport { added: 3, keys: 1, ..RestoreReport::default() };
    assert_eq!(opened, Ok(Opened::Backup(report)));
    assert_eq!(other.storage().all(), one.storage().all());
    // Once more, nothing happens.
    let same = RestoreReport { same: 2, ..RestoreReport::default() };
    assert_eq!(open(&other, &file.text), Ok(Opened::Backup(same)));
    assert_eq!(other.storage().all(), one.storage().all());
}

#[test]
fn what_came_out_of_a_form_replaces_it_and_what_went_two_ways_is_kept_twice() {
    let device = device();
    let first = [1, 2, 3, 4].map(|bits| draft(bits, 1, 10));
    let here = [first[0].clone(), changed(&first[1], 7), changed(&first[2], 7), first[3].clone()];
    for draft in &here {
        put(&device, draft);
    }
    let theirs = [
        changed(&changed(&first[0], 8), 8), // came out of it
        first[1].clone(),                   // before it
        changed(&first[2], 8),              // another way
        first[3].clone(),                   // the same
        draft(5, 0, 0),                     // new
    ];
    let report = restore(&device, &backup(&theirs));
    let expected =
        RestoreReport { added: 1, replaced: 1, stayed: 1, twice: 1, same: 1, ..Default::default() };
    assert_eq!(report, expected);
    assert_eq!(kept(&device, &id(1)).as_ref(), Some(&theirs[0]));
    for own in &here[1..] {
        assert_eq!(kept(&device, &own.form.id).as_ref(), Some(own));
    }
    assert_eq!(kept(&device, &id(5)).as_ref(), Some(&theirs[4]));
    assert_eq!(count(&device, Table::Drafts), 6);
    // The form that was replaced can be brought back.
    let deleted = run(device.deleted_forms()).unwrap();
    assert_eq!(deleted.len(), 1);
    assert_eq!(deleted[0].text, here[0].to_text());
    assert_eq!(deleted[0].title, "Chi bộ 1");
    // The second copy is the one of the backup.
    let rows = run(device.rows()).unwrap();
    let own = |key: &str| (1..=5).any(|bits| id(bits).as_str() == key);
    let copy = rows.iter().find(|row| !own(&row.key)).unwrap();
    let copy = kept(&device, &AssessmentId::new(&copy.key).unwrap()).unwrap();
    let mut again = copy.clone();
    again.form.id = id(3);
    assert_eq!(again.parted.take(), Some(id(3)));
    assert_eq!(again, theirs[2]);
    // Once more, nothing is kept a third time, and nothing goes back.
    let before = device.storage().all();
    let report = restore(&device, &backup(&theirs));
    assert_eq!(report, RestoreReport { stayed: 1, same: 4, ..Default::default() });
    assert_eq!(device.storage().all(), before);
}

#[test]
fn nothing_that_cannot_be_read_is_overwritten() {
    let device = device();
    let storage = device.storage();
    let one = super::device();
    run(one.make_key("x", PASSPHRASE)).unwrap();
    import(&one, SOUND);
    open(&one, SAID).unwrap();
    let (kid, key) = run(one.own_keys()).unwrap().remove(0);
    let state = format!("{} 2026-11-23T00:00:00Z 0", id(1).as_str());
    let said = run(one.storage().list(Table::Appraised)).unwrap().remove(0);
    let appraised = said.0.clone();
    let (one, two) = (id(1), id(2));
    let here = [
        (Table::Drafts, one.as_str()),
        (Table::Drafts, two.as_str()),
        (Table::Keys, &kid),
        (Table::History, &state),
        (Table::Appraised, &appraised),
    ];
    for (kind, key) in here {
        run(storage.put(kind, key, "of a later version")).unwrap();
    }
    let record = |key: &str, text: &str| Record { key: key.to_owned(), text: text.to_owned() };
    let mut backup = backup(&[draft(1, 9, 9)]);
    backup.keys = vec![BackupKey { kid: kid.clone(), key }];
    backup.unreadable = vec![record(id(2).as_str(), "?")];
    backup.history = vec![record(&state, "?"), record("no state", "?")];
    backup.appraised = vec![record(&appraised, &said.1), record("x", "?")];
    let report = restore(&device, &backup);
    let twice = RestoreReport { twice: 1, refused: 1, ..RestoreReport::default() };
    assert_eq!(report, twice);
    for (kind, key) in here {
        let text = super::record(&device, kind, key);
        assert_eq!(text.as_deref(), Some("of a later version"), "{key}");
    }
    // What no version would have written is not taken in, except a state that might be of a later one.
    assert_eq!(storage.all().len(), here.len() + 2);
}

#[test]
fn a_seal_in_a_backup_stays_only_where_it_fits() {
    let sound = Submission::from_bytes(SOUND.as_bytes()).unwrap();
    let mut own = Draft::new(sound.assessment().clone());
    own.sealed = Some(sound.to_text());
    let mut changed = draft(2, 1, 0);
    changed.sealed = Some(signed(&changed, 1).to_text().replace("Chi bộ 2", "Chi bộ 3"));
    let mut of_another = draft(3, 1, 0);
    of_another.sealed = Some(signed(&draft(4, 1, 0), 1).to_text());
    let device = device();
    device.learn_packs(packs());
    let drafts = [own.clone(), changed, of_another];
    assert_eq!(restore(&device, &backup(&drafts)).added, 3);
    assert_eq!(kept(&device, &own.form.id), Some(own.clone()));
    assert_eq!(kept(&device, &id(2)).unwrap().sealed, None);
    assert_eq!(kept(&device, &id(3)).unwrap().sealed, None);
    // Where the pack is not known the signature is all that can be checked.
    let other = super::device();
    other.learn_packs(Catalog::usual().unwrap());
    assert_eq!(restore(&other, &backup(&drafts)).added, 3);
    assert_eq!(kept(&other, &own.form.id), Some(own));
    assert_eq!(kept(&other, &id(2)).unwrap().sealed, None);
}

#[test]
fn a_backup_of_the_first_kind_is_restored() {
    let device = device();
    let first = include_bytes!("../vectors/backup/v1/first.json");
    let Ok(Opened::Backup(report)) = open(&device, first) else {
        panic!("no backup");
    };
    assert_eq!(report.added, 2);
    assert_eq!(run(device.rows()).unwrap().len(), 2);
}

/// Every record, the deleted forms without their numbers.
fn unnumbered(device: &TestDevice) -> Vec<(Table, String, String)> {
    let mut all = device.storage().all();
    for (table, key, text) in &mut all {
        if *table == Table::Deleted {
            let deleted = Deleted { order: 0, ..Deleted::from_text(text).unwrap() };
            (*key, *text) = (deleted.record_key(), deleted.to_text());
        }
    }
    all
}

#[test]
fn a_restore_that_broke_off_goes_on_when_it_is_done_again() {
    let theirs = backup(&[changed(&draft(1, 1, 10), 1), draft(2, 0, 0), draft(3, 0, 0)]);
    let whole = device();
    put(&whole, &draft(1, 1, 10));
    restore(&whole, &theirs);
    for after in 0.. {
        let device = device();
        put(&device, &draft(1, 1, 10));
        device.storage().fail_for_good(after, StoreError::Unavailable);
        let broken = run(device.restore_backup(theirs.clone()));
        if !device.storage().mend() {
            assert!(broken.is_ok() && after > 5);
            break;
        }
        assert!(broken.is_err());
        restore(&device, &theirs);
        assert_eq!(unnumbered(&device), unnumbered(&whole), "{after}");
    }
}

#[test]
fn a_backup_is_named_by_the_day_on_the_device() {
    let device = device();
    device.host().zone.set(7 * 60 * 60);
    device.host().wall.set(Instant::parse("2026-11-23T18:30:00Z").unwrap().unix());
    let (file, made) = run(device.backup_file()).unwrap();
    assert_eq!(file.name, "bontot_sao-luu_2026-11-24.json");
    assert_eq!(made.to_string(), "2026-11-23T18:30:00Z");
    // So is the day on which a key became trusted.
    let key = SecretKey::from_seed(&[1; 32]);
    let card = bon_tot::seal::KeyCard::make("a", &key, made).to_text();
    open(&device, card).unwrap();
    run(device.trust_key(&key.public().kid())).unwrap();
    let trusted = run(device.trust_list()).unwrap();
    assert_eq!(trusted.keys[0].added, Date::new(2026, 11, 24).unwrap());
}

#[test]
fn earlier_states_keep_their_order_whatever_their_clocks_said() {
    let text = |n: i64| draft(1, n, 0).to_text();
    // The clock went back between the first and the second.
    let times = ["2030-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"];
    let key = |n: usize| format!("{} {} 0 {}", id(1).as_str(), times[n - 1], n);
    let record = |n: usize| Record { key: key(n), text: text(i64::try_from(n).unwrap()) };
    let order = |device: &TestDevice| -> Vec<String> {
        let states = run(device.states(&id(1))).unwrap();
        states.iter().map(|state| state.at.to_string()).collect()
    };
    let mut file = backup(&[]);
    file.history = [2, 1, 3].map(record).to_vec();

    let empty = device();
    restore(&empty, &file);
    let from_last: Vec<_> = times.iter().rev().map(|time| (*time).to_owned()).collect();
    assert_eq!(order(&empty), from_last);
    restore(&empty, &file);
    assert_eq!(order(&empty), from_last);

    // Where the device has a state of its own, they come before it.
    let own = device();
    let mine = format!("{} 2020-01-01T00:00:00Z 0 1", id(1).as_str());
    run(own.storage().put(Table::History, &mine, &text(9))).unwrap();
    restore(&own, &file);
    let mut all = vec!["2020-01-01T00:00:00Z".to_owned()];
    all.extend(from_last);
    assert_eq!(order(&own), all);
}

//! Storage that fails at any step: whoever asked is told, and no record that was there is lost.

use bon_tot::desk::{TrustList, TrustedKey};
use bon_tot::device::{DeviceError, OwnKeyError};
use bon_tot::seal::KeyCard;
use bon_tot::store::{
    Backup, BackupKey, Deed, Deleted, Record, SavedState, StoredRecords, TrustRecord,
};

use super::*;

const SAID: &str = include_str!("../vectors/hostile/appraisal/sound.json");

/// The trouble that storage had, in whatever it was wrapped.
trait Trouble {
    fn trouble(self) -> StoreError;
}

impl Trouble for StoreError {
    fn trouble(self) -> StoreError {
        self
    }
}

impl Trouble for DeviceError {
    fn trouble(self) -> StoreError {
        match self {
            DeviceError::Store(error) => error,
            other => panic!("{other}"),
        }
    }
}

impl Trouble for OwnKeyError {
    fn trouble(self) -> StoreError {
        match self {
            OwnKeyError::Store(error) => error,
            other => panic!("{other}"),
        }
    }
}

impl Trouble for OpenError {
    fn trouble(self) -> StoreError {
        match self {
            OpenError::Store(error) => error,
            other => panic!("{other}"),
        }
    }
}

/// A device with something of every kind on it.
fn filled() -> TestDevice {
    let device = device();
    run(device.read_clock()).unwrap();
    import(&device, SOUND);
    put(&device, &draft(1, 1, 10));
    put(&device, &draft(2, 2, 10));
    put(&device, &draft(3, 0, 0));
    run(device.put_draft_text(&id(9), "of a later version")).unwrap();
    run(device.delete_form(id(3).as_str(), "")).unwrap();
    run(device.make_key("x", PASSPHRASE)).unwrap();
    device.lock_key();
    for n in 0..20 {
        run(device.record_state(&draft(1, 1, n))).unwrap();
    }
    open(&device, card(4)).unwrap();
    run(device.trust_key(&kid(4))).unwrap();
    open(&device, SAID).unwrap();
    device
}

fn card(seed: u8) -> String {
    let key = SecretKey::from_seed(&[seed; 32]);
    KeyCard::make("x", &key, Instant::from_unix(NOW)).to_text()
}

fn kid(seed: u8) -> String {
    SecretKey::from_seed(&[seed; 32]).public().kid()
}

/// A form as it is, whatever its id, or a text that is none.
fn content(text: &str) -> String {
    match Draft::from_text(text) {
        Ok(mut draft) => {
            draft.form.id = id(0);
            draft.to_text()
        }
        Err(_) => text.to_owned(),
    }
}

/// Every form on a device, those that were deleted too.
fn forms(all: &[(Table, String, String)]) -> Vec<String> {
    let forms = all.iter().filter_map(|(kind, _, text)| match kind {
        Table::Drafts => Some(content(text)),
        Table::Deleted => Some(content(&Deleted::from_text(text).unwrap().text)),
        _ => None,
    });
    forms.collect()
}

/// Runs `act` on what stands on a device, over and over: each time another call of storage fails, in each of
/// the ways in which storage fails, or all from then on. `may_go` are records that it is there to
/// remove.
#[track_caller]
fn check<T, E: Trouble>(
    may_go: impl Fn(Table, &str) -> bool,
    act: impl Fn(&TestDevice) -> Result<T, E>,
) {
    let device = filled();
    let before = device.storage().all();
    let power_cut = StoreError::Failed("AbortError".to_owned());
    let troubles = [
        (StoreError::Unavailable, false),
        (StoreError::NewerVersion, false),
        (StoreError::QuotaExceeded, false),
        (power_cut.clone(), false),
        (power_cut, true),
    ];
    for (error, is_lasting) in troubles {
        for after in 0.. {
            device.replace_storage(FakeStorage::of(&before));
            device.lock_key();
            device.host().wall.set(NOW);
            let storage = device.storage();
            if is_lasting {
                storage.fail_for_good(after, error.clone());
            } else {
                storage.fail_once(after, error.clone());
            }
            let done = act(&device).map_err(Trouble::trouble);
            if !storage.mend() {
                assert!(done.is_ok(), "fails where storage does not");
                assert!(after > 0, "storage was not asked");
                break;
            }
            assert_eq!(done.err().as_ref(), Some(&error), "call {after}");
            let now = storage.all();
            let left = forms(&now);
            for (kind, key, text) in &before {
                let is_here = match kind {
                    Table::Drafts => left.contains(&content(text)),
                    Table::Deleted => {
                        left.contains(&content(&Deleted::from_text(text).unwrap().text))
                    }
                    _ => now.iter().any(|(k, own, _)| k == kind && own == key),
                };
                assert!(
                    is_here || may_go(*kind, key),
                    "lost at call {after} ({error:?}): {kind:?} {key}"
                );
            }
        }
    }
}

fn nothing(_: Table, _: &str) -> bool {
    false
}

#[test]
fn reading() {
    check(nothing, |device| run(device.rows()));
    check(nothing, |device| run(device.read_draft(&id(1))));
    check(nothing, |device| run(device.raw_draft(id(1).as_str())));
    check(nothing, |device| run(device.deleted_forms()));
    check(nothing, |device| run(device.states(&id(1))));
    check(nothing, |device| {
        let at = Instant::from_unix(NOW);
        let (id, revision, order) = (id(1), 0, 1);
        run(device.read_state(&SavedState { id, at, revision, order }))
    });
    check(nothing, |device| run(device.own_keys()));
    check(nothing, |device| run(device.usable_keys()).map(drop));
    check(nothing, |device| run(device.others_keys()));
    check(nothing, |device| run(device.trust_list()));
    check(nothing, |device| run(device.appraisals_of(&form().id)));
    check(nothing, |device| run(device.backup_file()));
}

#[test]
fn forms_and_states() {
    // Storage keeps a text whole or not at all: a draft that is written anew is not lost.
    check(nothing, |device| run(device.put_draft(&draft(7, 0, 0))));
    check(nothing, |device| run(device.keep_copy(draft(1, 5, 50))));
    check(nothing, |device| run(device.delete_form(id(1).as_str(), "tên")));
    check(nothing, |device| {
        let text = draft(3, 0, 0).to_text();
        run(device.bring_back(&Deleted {
            at: Instant::from_unix(NOW),
            key: id(3).as_str().to_owned(),
            title: String::new(),
            text,
            order: 1,
            day: 1,
        }))
    });
    check(nothing, |device| {
        run(device.bring_back(&Deleted {
            at: Instant::from_unix(NOW),
            key: id(1).as_str().to_owned(),
            title: String::new(),
            text: draft(1, 0, 0).to_text(),
            order: 0,
            day: 0,
        }))
    });
    let first = SavedState { id: id(1), at: Instant::from_unix(NOW), revision: 0, order: 1 };
    check(
        |kind, key| kind == Table::History && key == first.key(),
        |device| run(device.record_state(&draft(1, 1, 99))),
    );
    check(nothing, |device| run(device.record_sealed(&draft(2, 1, 99))));
    let over = |kind: Table, key: &str| kind == Table::Deleted && key.starts_with(id(3).as_str());
    check(over, |device| {
        for _ in 0..31 {
            device.host().pass(DAY);
            run(device.read_clock())?;
        }
        run(device.deleted_forms())
    });
}

#[test]
fn keys() {
    // Making one is another matter where there is no room: see `keys`.
    let (kid, key) = run(filled().own_keys()).unwrap().remove(0);
    check(nothing, |device| run(device.rename_key(&kid, "tên")));
    check(nothing, |device| run(device.retire_key(&kid, true)));
    check(nothing, |device| run(device.change_passphrase(&kid, &key, PASSPHRASE, "một câu mới")));
    let other = device();
    other.host().pass(1);
    run(other.make_key("x", PASSPHRASE)).unwrap();
    run(other.make_key("y", PASSPHRASE)).unwrap();
    let locked = run(other.usable_keys()).unwrap();
    let locked = locked.iter().find(|key| key.unit == "y").unwrap().clone();
    check(nothing, |device| {
        let restored = run(device.restore_key(&locked.locked, "y", PASSPHRASE));
        assert_eq!(restored.is_ok(), device.open_key_kid() != "");
        restored
    });
}

#[test]
fn keys_of_others() {
    check(nothing, |device| run(device.trust_key(&kid(4))));
    let day = Instant::from_unix(NOW).date();
    check(nothing, |device| run(device.revoke_key(&kid(4), Some(day))));
    let dropped = |kind: Table, key: &str| kind == Table::Trust && key == kid(4);
    check(dropped, |device| run(device.drop_waiting_key(&kid(4))));
    check(nothing, |device| open(device, card(5)));
    let keys = [4, 6].map(|seed| TrustedKey {
        key: SecretKey::from_seed(&[seed; 32]).public(),
        unit: "x".to_owned(),
        added: day,
        also: Vec::new(),
        revoked: Some(day),
    });
    let list = TrustList { keys: keys.to_vec() };
    check(nothing, |device| open(device, list.to_text()));
}

/// The outcome of opening a form, as a failure where it was not kept.
fn opened(device: &TestDevice, bytes: &str) -> Result<(), OpenError> {
    match open(device, bytes)? {
        Opened::Form { kept, .. } => kept.map_err(OpenError::Store),
        _ => Ok(()),
    }
}

#[test]
fn files() {
    check(nothing, |device| opened(device, FORM)); // a copy
    check(nothing, |device| opened(device, SOUND)); // the same
    check(nothing, |device| opened(device, SEALED_DRAFT)); // a new one
    check(nothing, |device| opened(device, SAID));
}

#[test]
fn backups() {
    let other = device();
    run(other.make_key("x", PASSPHRASE)).unwrap();
    run(other.make_key("y", PASSPHRASE)).unwrap();
    let keys = run(other.own_keys()).unwrap().into_iter();
    let record = |key: &str, text: &str| Record { key: key.to_owned(), text: text.to_owned() };
    let now = Instant::from_unix(NOW);
    let key = SecretKey::from_seed(&[8; 32]).public();
    let trusted = TrustRecord::new(key, "x".to_owned(), Deed::Card, now);
    let later = changed(&draft(1, 1, 10), 1);
    let drafts = [later, draft(2, 1, 50), draft(4, 0, 0), draft(9, 0, 0)];
    let drafts = drafts.iter();
    let drafts = drafts.map(|draft| (draft.form.id.as_str().to_owned(), draft.to_text()));
    let all = StoredRecords { drafts: drafts.collect(), ..StoredRecords::default() };
    let mut backup = Backup::gather(now, all);
    backup.keys = keys.map(|(kid, key)| BackupKey { kid, key }).collect();
    backup.unreadable = vec![record(id(5).as_str(), "?"), record(id(9).as_str(), "!")];
    backup.history = vec![record(&format!("{} {now} 0", id(7).as_str()), "?")];
    backup.trust = vec![record("x", &trusted.to_text())];
    let said = filled();
    let said = run(said.storage().list(Table::Appraised)).unwrap().remove(0);
    backup.appraised = vec![record(&said.0, &said.1), record(&(said.0.clone() + "x"), &said.1)];
    check(nothing, |device| run(device.restore_backup(backup.clone())));
    let text = backup.to_text();
    check(nothing, |device| open(device, &text));
}

//! A file is read, what it would change is said, and only then is anything stored.

use bon_tot::desk::{TrustList, TrustedKey};
use bon_tot::device::{Announced, AnnouncedForm, Incoming, OwnKeyError};
use bon_tot::seal::{KeyCard, KeyError, LockError};
use bon_tot::store::{AppraisalRecord, Backup, Deed, Merge, Record, StoredRecords, TrustRecord};

use super::*;

const SAID: &str = include_str!("../vectors/hostile/appraisal/sound.json");

fn key(seed: u8) -> SecretKey {
    SecretKey::from_seed(&[seed; 32])
}

fn day(days: i64) -> Date {
    Instant::from_unix(NOW + days * DAY).date()
}

fn read(device: &TestDevice, text: &str) -> Incoming {
    device.read_file("a.json", text.as_bytes()).unwrap()
}

/// What a file would change; nothing is stored.
fn announced(device: &TestDevice, text: &str) -> Announced {
    let before = device.storage().all();
    let announced = run(device.announce(&read(device, text))).unwrap();
    assert_eq!(device.storage().all(), before);
    announced
}

fn empty_backup() -> Backup {
    Backup::gather(Instant::from_unix(NOW), StoredRecords::default())
}

#[test]
fn a_backup_says_what_becomes_of_each_form_before_it_is_merged() {
    let device = device();
    let first = [1, 2, 3].map(|bits| draft(bits, 1, 10));
    for own in [&first[0], &changed(&first[1], 7), &changed(&first[2], 7)] {
        put(&device, own);
    }
    let mut backup = empty_backup();
    backup.drafts =
        vec![changed(&first[0], 8), first[1].clone(), changed(&first[2], 8), draft(5, 0, 0)];
    backup.unreadable = vec![Record { key: id(9).to_string(), text: "?".to_owned() }];
    let text = backup.to_text();
    let Announced::Backup { forms, unreadable, created, .. } = announced(&device, &text) else {
        panic!("no backup");
    };
    let names = forms.iter().map(|form| form.unit.as_str());
    assert_eq!(names.collect::<Vec<_>>(), ["Chi bộ 1 8", "Chi bộ 2", "Chi bộ 3 8", "Chi bộ 5"]);
    let become_: Vec<_> = forms.iter().map(|AnnouncedForm { becomes, .. }| *becomes).collect();
    let expected = [Some(Merge::Theirs), Some(Merge::Ours), Some(Merge::Both), None];
    assert_eq!((become_, unreadable), (expected.to_vec(), 1));
    assert_eq!(created, Instant::from_unix(NOW));
    // Applied, it does what was said.
    let Ok(Opened::Backup(report)) = run(device.apply("a.json", read(&device, &text))) else {
        panic!("no backup");
    };
    assert_eq!((report.replaced, report.stayed, report.twice, report.added), (1, 1, 1, 2));
}

#[test]
fn a_list_names_each_key_that_it_would_revoke() {
    let device = device();
    for (seed, name) in [(1, "Đảng ủy xã"), (2, "Chi bộ B")] {
        let card = KeyCard::make(name, &key(seed), Instant::from_unix(NOW)).to_text();
        open(&device, card).unwrap();
    }
    run(device.trust_key(&key(1).public().kid())).unwrap();
    run(device.revoke_key(&key(2).public().kid(), Some(day(-9)))).unwrap();
    let entry = |seed: u8, revoked| TrustedKey {
        also: Vec::new(),
        key: key(seed).public(),
        unit: "whatever".to_owned(),
        added: day(-100),
        revoked,
    };
    let revoked = Some(day(-5));
    let keys = vec![entry(1, revoked), entry(2, revoked), entry(3, revoked), entry(4, None)];
    let Announced::TrustList(keys) = announced(&device, &TrustList { keys }.to_text()) else {
        panic!("no list");
    };
    let said: Vec<_> =
        keys.iter().map(|key| (key.here.as_deref(), key.is_trusted, key.revokes)).collect();
    let expected = [
        (Some("Đảng ủy xã"), true, revoked),
        (Some("Chi bộ B"), false, None), // revoked from an earlier day
        (None, false, revoked),
        (None, false, None),
    ];
    assert_eq!(said, expected);
    // The whole keys, not their codes.
    assert_eq!(keys[0].key, key(1).public());

    let card = KeyCard::make("tên khác", &key(1), Instant::from_unix(NOW)).to_text();
    let Announced::KeyCard(card) = announced(&device, &card) else {
        panic!("no card");
    };
    assert_eq!((card.unit.as_str(), card.here.as_deref()), ("tên khác", Some("Đảng ủy xã")));
    assert_eq!(announced(&device, FORM), Announced::Form);
}

#[test]
fn what_a_backup_claims_was_not_done_here() {
    let device = device();
    let far = Instant::from_unix(253_402_300_799);
    let mut claims = TrustRecord::new(key(1).public(), "Đảng ủy".to_owned(), Deed::Card, far);
    for _ in 0..99 {
        claims.note(Deed::Trusted, far);
    }
    claims.added = Some(day(-99));
    claims.revoked = Some(day(-1));
    let mut backup = empty_backup();
    let kid = key(1).public().kid();
    backup.trust = vec![Record { key: kid.clone(), text: claims.to_text() }];
    assert_eq!(run(device.restore_backup(backup)).unwrap().trust, 1);
    let own = TrustRecord::from_text(&record(&device, Table::Trust, &kid).unwrap()).unwrap();
    assert_eq!((own.added, own.revoked), (None, Some(day(-1))));
    let deeds: Vec<_> = own.deeds.iter().map(|deed| (deed.did, deed.at.unix())).collect();
    assert_eq!(deeds, [(Deed::Listed, NOW)]);
}

#[test]
fn where_all_is_here_there_is_nothing_to_ask() {
    let device = device();
    import(&device, SOUND);
    open(&device, SAID).unwrap();
    let own = draft(1, 0, 0);
    put(&device, &own);
    run(device.record_state(&own)).unwrap();
    run(device.make_key("Chi bộ xóm Tân Sơn", PASSPHRASE)).unwrap();
    let card = KeyCard::make("Đảng ủy xã", &key(1), Instant::from_unix(NOW)).to_text();
    assert!(!announced(&device, &card).changes_nothing());
    open(&device, &card).unwrap();
    assert!(announced(&device, &card).changes_nothing());

    let backup = run(device.backup_file()).unwrap().0.text;
    let nothing = |device: &TestDevice| announced(device, &backup).changes_nothing();
    assert!(nothing(&device));
    // What was written on here stays as it is.
    put(&device, &changed(&own, 7));
    assert!(nothing(&device));
    // Anything that is missing is a reason to ask, and comes in.
    for table in Table::ALL {
        for kept in run(device.storage().keys(*table)).unwrap() {
            run(device.storage().remove(*table, &kept)).unwrap();
            assert!(!nothing(&device), "{table:?} {kept}");
            open(&device, &backup).unwrap();
            assert!(nothing(&device), "{table:?} {kept}");
        }
    }
    // What parted from the form here stands beside it once.
    put(&device, &changed(&own, 8));
    let mut other = empty_backup();
    other.drafts = vec![changed(&own, 9)];
    let other = other.to_text();
    assert!(!announced(&device, &other).changes_nothing());
    open(&device, &other).unwrap();
    assert!(announced(&device, &other).changes_nothing());

    let list = |revoked| {
        let (key, unit, also, added) = (key(1).public(), "x".to_owned(), Vec::new(), day(-100));
        TrustList { keys: vec![TrustedKey { key, unit, also, added, revoked }] }.to_text()
    };
    assert!(announced(&device, &list(None)).changes_nothing());
    assert!(!announced(&device, &list(Some(day(-1)))).changes_nothing());
}

#[test]
fn a_state_of_a_backup_is_a_signed_one_only_with_its_file() {
    let mut own = draft(1, 1, 0);
    own.sealed = Some(signed(&own, 1).to_text());
    own.form.revision = 2;
    let mut changed = own.clone();
    changed.sealed = changed.sealed.map(|text| text.replace("Chi bộ 1", "Chi bộ 9"));
    let bare = draft(1, 1, 0);
    let key = |order: i64| format!("{} 2026-11-20T00:00:00Z 2 {order}", own.form.id);
    // One that parted from it keeps the file that was signed before.
    let mut parted = own.clone();
    parted.form.id = id(2);
    parted.parted = Some(own.form.id.clone());
    let device = device();
    assert!(import(&device, parted.to_text()).1.sealed.is_some());
    let drafts = [own.clone(), changed, bare].into_iter().zip(1..);
    let mut backup = empty_backup();
    backup.history = drafts.map(|(d, n)| Record { key: key(n), text: d.to_text() }).collect();
    // Restored again, nothing more comes of it.
    for _ in 0..2 {
        run(device.restore_backup(backup.clone())).unwrap();
        let states = run(device.states(&own.form.id)).unwrap();
        let kept = states.iter().map(|state| {
            let draft = run(device.read_state(state)).unwrap().unwrap();
            (state.revision, draft.sealed.is_some())
        });
        let mut kept: Vec<_> = kept.collect();
        kept.sort();
        assert_eq!(kept, [(0, false), (0, false), (2, true)]);
    }
}

#[test]
fn a_form_of_a_backup_is_not_shown_as_signed_here() {
    let device = device();
    device.learn_packs(Catalog::built_in().unwrap());
    let root = env!("CARGO_MANIFEST_DIR");
    let file = format!("{root}/tests/suite/vectors/cases/security/phieu_backup.json");
    let text = std::fs::read_to_string(file).unwrap();
    assert!(!announced(&device, &text).changes_nothing());
    open(&device, &text).unwrap();
    assert!(announced(&device, &text).changes_nothing());
    let rows = run(device.rows()).unwrap();
    let form = rows[0].form.as_ref().unwrap();
    assert_eq!((rows.len(), form.signed, form.is_ahead), (1, None, true));
}

#[test]
fn an_appraisal_in_a_backup_counts_only_for_a_file_that_was_signed() {
    let one = device();
    import(&one, SOUND);
    open(&one, SAID).unwrap();
    let (key, text) = run(one.storage().list(Table::Appraised)).unwrap().remove(0);
    let own = AppraisalRecord::from_text(&text).unwrap();
    let with = |key: &str, change: fn(&mut AppraisalRecord)| {
        let mut record = own.clone();
        change(&mut record);
        let mut backup = empty_backup();
        backup.appraised = vec![Record { key: key.to_owned(), text: record.to_text() }];
        backup
    };
    let refused: [fn(&mut AppraisalRecord); 3] = [
        |record| record.submission = record.submission.replace("Tân Sơn", "Tân Tiến"),
        |record| record.appraisal = record.appraisal.replace("\"note\":\"", "\"note\":\"x"),
        // The digest of a submission is that of its content: the appraisal fits, and nobody signed.
        |record| {
            let at = record.submission.find("\"signature\":\"").unwrap() + 13;
            let other = if &record.submission[at..=at] == "A" { "B" } else { "A" };
            record.submission.replace_range(at..=at, other);
        },
    ];
    for change in refused {
        let device = device();
        let backup = with(&key, change);
        let Announced::Backup { refused, .. } = announced(&device, &backup.to_text()) else {
            panic!("no backup");
        };
        assert_eq!(refused, 1);
        assert_eq!(run(device.restore_backup(backup)).unwrap().refused, 1);
        assert_eq!(count(&device, Table::Appraised), 0);
    }
    let device = device();
    let elsewhere = with("x", |_| {});
    assert_eq!(run(device.restore_backup(elsewhere)).unwrap().refused, 1);
    // One that holds comes in, and its time in the year 9999 does not.
    let far = with(&key, |record| record.received = Instant::from_unix(253_402_300_799));
    assert_eq!(run(device.restore_backup(far)).unwrap().refused, 0);
    let shown = run(device.appraisals_of(&AssessmentId::new(ID).unwrap())).unwrap();
    assert_eq!(shown[0].received, Instant::from_unix(NOW));
}

#[test]
fn a_later_version_is_named_as_one() {
    let device = device();
    let backup = empty_backup().to_text();
    for name in ["backup", "draft", "assessment", "submission", "trust", "key", "appraisal"] {
        let text = backup.replace("bontot.backup/1", &format!("bontot.{name}/2"));
        let refused = device.read_file("a", text.as_bytes()).unwrap_err();
        assert_eq!(refused.why, OpenError::Newer, "{name}");
    }
    for format in ["bontot.backup/0", "bontot.x/2", "other.backup/2", "bontot.backup/x"] {
        let text = backup.replace("bontot.backup/1", format);
        let refused = device.read_file("a", text.as_bytes()).unwrap_err();
        assert!(matches!(refused.why, OpenError::Read(_)), "{format}");
    }
    // A long one is not called too large instead.
    let long = format!("{}{}", backup.replace("backup/1", "backup/2"), " ".repeat(40 << 20));
    assert_eq!(device.read_file("a", long.as_bytes()).unwrap_err().why, OpenError::Newer);
}

/// A file that was once believed.
fn case(name: &str) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    std::fs::read_to_string(format!("{root}/tests/suite/vectors/device/v1/{name}")).unwrap()
}

#[test]
fn files_that_were_once_believed_change_nothing_by_what_they_claim() {
    let newer = run(device().open_file("a", case("newer_backup.json").as_bytes())).unwrap_err();
    assert_eq!(newer.why, OpenError::Newer);

    let refused = |name: &str, refused| {
        let device = device();
        device.learn_packs(Catalog::built_in().unwrap());
        let text = case(name);
        let Announced::Backup { refused: said, .. } = announced(&device, &text) else {
            panic!("no backup");
        };
        let Ok(Opened::Backup(report)) = open(&device, &text) else {
            panic!("no backup");
        };
        assert_eq!((said, report.refused), (refused, u32::try_from(refused).unwrap()), "{name}");
        device
    };
    // It speaks of a submission that nobody signed.
    let device = refused("backup_appraisal.json", 1);
    assert_eq!(device.storage().all(), []);
    // It states a check code that belongs to no lock of its own.
    let device = refused("backup_key_claim.json", 1);
    assert_eq!(device.storage().all(), []);
    // Its keys come in, and what was done with them elsewhere does not.
    let device = refused("backup_trust.json", 0);
    let keys = run(device.others_keys()).unwrap();
    assert_eq!(keys.len(), 2);
    for key in keys {
        assert_eq!(key.added, None);
        let deeds: Vec<_> = key.deeds.iter().map(|deed| (deed.did, deed.at.unix())).collect();
        assert_eq!(deeds, [(Deed::Listed, NOW)]);
    }

    // A list that revokes from the year 1 is none; from a real day it names its keys and asks.
    let list = case("list_revokes_all.json");
    let none = device.read_file("a", list.as_bytes()).unwrap_err();
    assert!(matches!(none.why, OpenError::Read(_)), "{none}");
    let Announced::TrustList(keys) = announced(&device, &list.replace("0001-", "1901-")) else {
        panic!("no list");
    };
    assert_eq!(keys.len(), 2);
    assert!(keys.iter().all(|key| key.revokes == Date::new(1901, 1, 1)));
}

#[test]
fn the_key_is_compared_and_not_the_code_that_a_record_states() {
    let device = device();
    run(device.make_key("a", PASSPHRASE)).unwrap();
    device.lock_key();
    let (kid, own) = run(device.own_keys()).unwrap().remove(0);
    // Another key under this thumbprint and code: a backup cannot bring it, and it does not open.
    let other = super::device();
    other.host().drawn.set(50);
    run(other.make_key("b", PASSPHRASE)).unwrap();
    let theirs = run(other.own_keys()).unwrap().remove(0).1;
    let mut claims = theirs.clone();
    claims.check_code.clone_from(&own.check_code);
    let mut backup = empty_backup();
    backup.keys = vec![bon_tot::store::BackupKey { kid: kid.clone(), key: claims.clone() }];
    assert_eq!(run(super::device().restore_backup(backup)).unwrap().refused, 1);
    let storage = device.storage();
    run(storage.put(Table::Keys, &kid, &claims.to_text())).unwrap();
    let claimed = run(device.usable_keys()).unwrap().remove(0);
    let refused = run(device.open_key(&claimed, PASSPHRASE)).map(drop);
    assert_eq!(refused, Err(OwnKeyError::Locked(LockError::Key(KeyError::PartsDiffer))));
    assert_eq!(device.open_key_kid(), "");
    // Under its own thumbprint, the code that is shown is that of the key.
    let kid = theirs.kid.clone();
    run(storage.put(Table::Keys, &kid, &claims.to_text())).unwrap();
    let all = run(device.own_keys()).unwrap();
    let shown = all.iter().find(|(own, _)| *own == kid).unwrap();
    assert_eq!(shown.1.check_code, theirs.check_code);
}

#[test]
fn a_state_of_another_device_stands_beside_the_one_that_is_here() {
    let device = device();
    device.learn_packs(Catalog::built_in().unwrap());
    let Incoming::Backup(backup) = read(&device, &case("t6_backup.json")) else {
        panic!("no backup");
    };
    let mut older = backup.drafts[0].clone();
    older.form.remarks.strengths = "đang điền ở đây".to_owned();
    older.form.updated = Instant::from_unix(older.form.updated.unix() - 3_600);
    put(&device, &older);
    let report = run(device.restore_backup((*backup).clone())).unwrap();
    assert_eq!((report.twice, report.replaced), (1, 0));
    let texts = run(device.storage().list(Table::Drafts)).unwrap();
    for words in ["đang điền ở đây", "MỘT GIỜ LÀM VIỆC Ở MÁY KHÁC"] {
        assert_eq!(texts.iter().filter(|(_, text)| text.contains(words)).count(), 1, "{words}");
    }
    assert_eq!(kept(&device, &older.form.id), Some(older));
}

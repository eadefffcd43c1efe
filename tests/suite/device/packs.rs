//! Criteria packs that a device takes: announced, kept for ever, known again at the next start.

use std::io::Cursor;

use bon_tot::desk::Status;
use bon_tot::desk::register::{Arrival, Received, Reply, Task};
use bon_tot::device::{Announced, AnnouncedPack, FoundDraft, Incoming, KeyStanding, RestoreReport};
use bon_tot::pack::catalog::{Author, Origin};
use bon_tot::pack::lint::Defect;
use bon_tot::seal::{KeyCard, PackFile, Published, PublishedContent};
use bon_tot::store::{Backup, StoredRecords};
use bon_tot::workers::desk::DeskWork;
use bon_tot::workers::sheets::SheetWork;

use super::*;

const TINY: &str = include_str!("../vectors/pack/tiny.json");

/// A pack of ours in this version.
pub fn text(version: &str) -> String {
    let text = TINY.replace(r#""id": "tiny""#, r#""id": "ban-2026""#);
    text.replacen(r#""1.0.0""#, &format!("{version:?}"), 1)
}

/// The published file of a pack.
pub fn published(text: &str, seed: u8) -> Published {
    let content = PublishedContent {
        pack: bon_tot::json::parse(text.as_bytes(), 1 << 20).unwrap(),
        author: "Ban Tổ chức".to_owned(),
        note: "Bản đầu".to_owned(),
        date: Date::new(2026, 11, 20).unwrap(),
    };
    Published::make(content, &SecretKey::from_seed(&[seed; 32]), Instant::from_unix(NOW))
}

fn file(text: &str) -> PackFile {
    PackFile::from_bytes(text.as_bytes()).unwrap()
}

fn announced(device: &TestDevice, text: &str) -> AnnouncedPack {
    let incoming = device.read_file("a.json", text.as_bytes()).unwrap();
    let before = device.storage().all();
    let announced = run(device.announce(&incoming)).unwrap();
    assert_eq!(device.storage().all(), before);
    match announced {
        Announced::Pack(pack) => *pack,
        other => panic!("{other:?}"),
    }
}

fn take(device: &TestDevice, text: &str) {
    let reference = file(text).reference();
    assert_eq!(open(device, text), Ok(Opened::Pack(reference)));
}

/// The device after its page was closed and opened.
fn again(device: TestDevice) -> TestDevice {
    let storage = FakeStorage::of(&device.storage().all());
    let next = Device::new(storage, FakeHost::at(NOW), packs());
    assert_eq!(run(next.know_packs(packs())).map(|read| read.set_aside), Ok(0));
    next
}

#[test]
fn a_published_pack_is_announced_taken_and_known_from_then_on() {
    let device = device();
    let sent = published(&text("1.0.0"), 7).to_text();
    let told = announced(&device, &sent);
    assert_eq!(told.reference.id.as_str(), "ban-2026");
    assert_eq!((told.items, told.is_here, told.is_new), (2, false, true));
    assert_eq!((told.offered.as_ref(), told.is_for_new_forms), (None, true));
    let author = told.author.unwrap();
    assert_eq!((&*author.name, &*author.note), ("Ban Tổ chức", "Bản đầu"));
    assert_eq!(author.standing, KeyStanding::Unknown);
    assert!(device.new_form("ban-2026").is_err());

    take(&device, &sent);
    let kid = SecretKey::from_seed(&[7; 32]).public().kid();
    let origin = Origin::Published(Author { name: "Ban Tổ chức".to_owned(), kid });
    let digest = told.reference.digest;
    assert_eq!(device.packs().origin(&digest), Some(&origin));
    assert_eq!(device.pack_files(), std::slice::from_ref(&sent));
    let draft = device.new_form("ban-2026").unwrap();
    put(&device, &draft);

    let device = again(device);
    assert_eq!(device.packs().origin(&digest), Some(&origin));
    let FoundDraft::Draft(draft) = run(device.read_draft(&draft.form.id)).unwrap() else {
        panic!("no draft");
    };
    assert!(device.open_draft(&draft).is_ok());
    // Once more, there is nothing to ask for.
    assert!(!announced(&device, &sent).is_new);
    assert!(!announced(&device, &text("1.0.0")).is_new);
    let before = device.storage().all();
    take(&device, &sent);
    take(&device, &text("1.0.0"));
    assert_eq!(device.storage().all(), before);
}

#[test]
fn the_key_of_an_author_is_told_as_it_stands_here() {
    let device = device();
    let key = SecretKey::from_seed(&[7; 32]);
    let sent = published(&text("1.0.0"), 7).to_text();
    let standing = || announced(&device, &sent).author.unwrap().standing;
    let card = KeyCard::make("Ban Tổ chức Nghệ An", &key, Instant::from_unix(NOW));
    open(&device, card.to_text()).unwrap();
    assert_eq!(standing(), KeyStanding::Unknown);
    let kid = key.public().kid();
    run(device.trust_key(&kid)).unwrap();
    assert_eq!(standing(), KeyStanding::Trusted("Ban Tổ chức Nghệ An".to_owned()));
    let day = Instant::from_unix(NOW).date();
    run(device.revoke_key(&kid, Some(day))).unwrap();
    assert_eq!(standing(), KeyStanding::Revoked(day, "Ban Tổ chức Nghệ An".to_owned()));

    // It is the same of the pack that was taken, before and after the page is opened again.
    let digest = file(&sent).reference().digest;
    assert_eq!(run(device.pack_standing(&digest)), Ok(None));
    take(&device, &sent);
    let revoked = Ok(Some(standing()));
    assert_eq!(run(device.pack_standing(&digest)), revoked);
    let device = again(device);
    assert_eq!(run(device.pack_standing(&digest)), revoked);
    // What came with the page, or was signed by nobody, has no key.
    take(&device, &text("1.1.0"));
    let unsigned = file(&text("1.1.0")).reference().digest;
    let built_in = device.packs().packs()[0].digest;
    for digest in [unsigned, built_in] {
        assert_eq!(run(device.pack_standing(&digest)), Ok(None));
    }
    device.storage().fail_once(0, StoreError::Unavailable);
    assert_eq!(
        run(device.pack_standing(&file(&sent).reference().digest)),
        Err(StoreError::Unavailable)
    );
}

#[test]
fn the_newest_version_is_for_new_forms_and_forms_of_earlier_ones_open() {
    let device = device();
    take(&device, &text("1.9.0"));
    let old = device.new_form("ban-2026").unwrap();
    let told = announced(&device, &published(&text("1.10.0"), 7).to_text());
    assert_eq!(told.offered.map(|own| own.to_string()).as_deref(), Some("1.9.0"));
    assert!(told.is_for_new_forms && !told.replaces_built_in);
    take(&device, &text("1.10.0"));
    let told = announced(&device, &text("1.2.0"));
    assert!(told.is_new && !told.is_for_new_forms);
    take(&device, &text("1.2.0"));
    let new = device.new_form("ban-2026").unwrap();
    assert_eq!(new.form.pack.version.as_str(), "1.10.0");
    let newer = device.packs().newer(&old.form.pack).map(|pack| pack.version.clone());
    assert_eq!(newer, Some(new.form.pack.version.clone()));
    let device = again(device);
    assert!(device.open_draft(&old).is_ok() && device.open_draft(&new).is_ok());
    assert_eq!(count(&device, Table::Packs), 3);
}

#[test]
fn a_pack_that_poses_as_another_is_refused_at_every_door() {
    let device = device();
    take(&device, &text("1.0.0"));
    let other = text("1.0.0").replace("85", "80");
    let named = Err(OpenError::Namesake("ban-2026 1.0.0".to_owned()));
    let before = device.storage().all();
    assert_eq!(open(&device, &other), named);
    assert_eq!(open(&device, published(&other, 7).to_text()), named);
    let built_in =
        bon_tot::pack::catalog::BUILT_IN[0].text.replacen("\"vi\": \"", "\"vi\": \"x", 1);
    assert!(matches!(open(&device, &built_in), Err(OpenError::Namesake(_))));
    // Taken meanwhile in another tab, it is found out when it is kept.
    let late = self::device();
    let Ok(Incoming::Pack(read)) = late.read_file("a.json", other.as_bytes()) else {
        panic!("no pack");
    };
    assert_eq!(run(device.take_pack(*read)).map(drop), named.map(drop));
    assert_eq!(device.storage().all(), before);
}

#[test]
fn what_is_no_sound_pack_is_refused_with_its_reasons() {
    let device = device();
    let sent = published(&text("1.0.0"), 7).to_text();
    assert_eq!(open(&device, sent.replace("Bản đầu", "Bản sau")), Err(OpenError::Signature));
    let broken = text("1.0.0").replace(r#""items": ["i2"]"#, r#""items": ["i9"]"#);
    let Err(OpenError::PackErrors(errors)) = open(&device, &broken) else { panic!("taken") };
    assert!(matches!(&errors[..], [own] if matches!(&own.defect, Defect::ReferenceToNothing(_))));
    let newer = text("1.0.0").replace("bontot.pack/1", "bontot.pack/2");
    assert_eq!(open(&device, newer), Err(OpenError::Newer));
    assert!(matches!(open(&device, r#"{"format":"bontot.pack/1"}"#), Err(OpenError::Read(_))));
    assert_eq!(count(&device, Table::Packs), 0);
}

#[test]
fn a_pack_that_is_signed_later_is_known_by_its_author() {
    let device = device();
    let plain = text("1.0.0");
    take(&device, &plain);
    let digest = file(&plain).reference().digest;
    assert_eq!(device.packs().origin(&digest), Some(&Origin::Brought));
    let sent = published(&plain, 7).to_text();
    let told = announced(&device, &sent);
    assert!(told.is_here && told.is_new);
    take(&device, &sent);
    let device = again(device);
    assert!(matches!(device.packs().origin(&digest), Some(Origin::Published(_))));
    assert_eq!(device.pack_files(), [sent]);
}

#[test]
fn a_record_that_cannot_be_read_is_set_aside_and_stays() {
    let device = device();
    let good = text("1.0.0");
    take(&device, &good);
    let digest = file(&good).reference().digest.to_string();
    let record = record(&device, Table::Packs, &digest).unwrap();
    for (key, text) in [
        ("later", r#"{"format":"bontot.pack-record/2"}"#.to_owned()),
        ("posing", record.clone()),
        ("changed", record.replace("85", "80")),
    ] {
        run(device.storage().put(Table::Packs, key, &text)).unwrap();
    }
    let before = device.storage().all();
    let read = run(device.know_packs(packs())).unwrap();
    assert_eq!((read.known, read.set_aside), (1, 3));
    assert_eq!(device.storage().all(), before);
    // Under the key of a record of a later version nothing is put.
    let next = file(&text("2.0.0"));
    let key = next.reference().digest.to_string();
    run(device.storage().put(Table::Packs, &key, "of a later version")).unwrap();
    let refused = run(device.take_pack(next));
    assert_eq!(refused, Err(OpenError::Store(StoreError::NewerVersion)));
    assert_eq!(self::record(&device, Table::Packs, &key).as_deref(), Some("of a later version"));
}

#[test]
fn storage_that_fails_is_told_and_nothing_is_known_by_halves() {
    let device = device();
    let sent = text("1.0.0");
    for calls in 0..2 {
        device.storage().fail_once(calls, StoreError::QuotaExceeded);
        let refused = open(&device, &sent);
        assert_eq!(refused, Err(OpenError::Store(StoreError::QuotaExceeded)));
        assert!(device.storage().mend());
        assert!(device.new_form("ban-2026").is_err() && device.pack_files().is_empty());
    }
    take(&device, &sent);
    // What was taken is known still where storage is not.
    device.storage().fail_once(0, StoreError::Unavailable);
    assert_eq!(run(device.know_packs(packs())), Err(StoreError::Unavailable));
    assert!(device.new_form("ban-2026").is_ok());
}

#[test]
fn a_backup_has_the_packs_and_its_forms_open_where_it_is_restored() {
    let one = device();
    let sent = published(&text("1.0.0"), 7).to_text();
    take(&one, &sent);
    let mut draft = one.new_form("ban-2026").unwrap();
    draft.form.unit.name = "Chi bộ".to_owned();
    put(&one, &draft);
    let (backup, _) = run(one.backup_file()).unwrap();

    let other = device();
    let incoming = other.read_file("a.json", backup.text.as_bytes()).unwrap();
    let told = run(other.announce(&incoming)).unwrap();
    let Announced::Backup { packs, refused: 0, .. } = &told else { panic!("{told:?}") };
    assert_eq!(packs.len(), 1);
    assert_eq!(packs[0].reference, draft.form.pack);
    let report = RestoreReport { added: 1, packs: 1, ..RestoreReport::default() };
    assert_eq!(open(&other, &backup.text), Ok(Opened::Backup(report)));
    assert_eq!(other.storage().all(), one.storage().all());
    assert!(other.open_draft(&draft).is_ok());
    let incoming = other.read_file("a.json", backup.text.as_bytes()).unwrap();
    assert!(run(other.announce(&incoming)).unwrap().changes_nothing());

    // A record that claims another pack is not taken in, and is counted.
    let mut forged = Backup::from_bytes(backup.text.as_bytes()).unwrap();
    forged.packs[0].key = "x".to_owned();
    let third = device();
    let report = RestoreReport { added: 1, refused: 1, ..RestoreReport::default() };
    assert_eq!(open(&third, forged.to_text()), Ok(Opened::Backup(report)));
    assert_eq!(count(&third, Table::Packs), 0);
    // Without packs, a backup is as it was before they came.
    let plain = Backup::gather(Instant::from_unix(NOW), StoredRecords::default()).to_text();
    assert!(!plain.contains("packs"));
}

/// The desk's worker is told of the packs that the device took: by them a form is verified, and without them not.
#[test]
fn a_desk_that_took_a_pack_verifies_the_forms_filled_in_by_it() {
    let unit = device();
    let sent = published(&text("1.0.0"), 7).to_text();
    take(&unit, &sent);
    let mut draft = unit.new_form("ban-2026").unwrap();
    draft.form.unit.name = "Chi bộ".to_owned();
    let key = SecretKey::from_seed(&[9; 32]);
    let packs = unit.packs();
    let pack = packs.by_digest(&draft.form.pack.digest).unwrap();
    let form = seal(pack, &draft.form, &key, Instant::from_unix(NOW)).to_text();

    let superior = device();
    let card = KeyCard::make("Chi bộ", &key, Instant::from_unix(NOW));
    open(&superior, card.to_text()).unwrap();
    run(superior.trust_key(&key.public().kid())).unwrap();
    let trust = run(superior.trust_list()).unwrap().to_text();
    let day = Instant::from_unix(NOW).date();
    let status = |device: &TestDevice| {
        let mut work = DeskWork::<Cursor<Vec<u8>>>::new(Catalog::built_in().unwrap());
        let begin = Task::Begin { trust: trust.clone(), own: Vec::new(), now: NOW, day };
        for task in [Task::Packs(device.pack_files()), begin] {
            let task = Task::from_bytes(&task.to_bytes().unwrap()).unwrap();
            assert_eq!(work.answer(&task, Vec::new()).unwrap().0, Reply::Done);
        }
        let receive = Task::Receive(vec!["a.json".to_owned()]);
        let (reply, _) = work.answer(&receive, vec![form.clone().into_bytes()]).unwrap();
        let Reply::Arrived(arrived) = reply else { panic!("{reply:?}") };
        let [Arrival::Received { record, .. }] = &arrived[..] else { panic!("{arrived:?}") };
        Received::from_text(record).unwrap().row.status
    };
    assert_eq!(status(&superior), Status::UnknownPack);
    take(&superior, &sent);
    assert_eq!(status(&superior), Status::Verified);
    // A file that is refused is told of, and the others are known.
    let mut work = SheetWork::new(Catalog::built_in().unwrap(), str::to_owned);
    let files = vec!["{}".to_owned(), sent];
    let (reply, _) = work.answer(&Task::Packs(files), Vec::new()).unwrap();
    assert!(matches!(reply, Reply::Failed(_)), "{reply:?}");
}

#[test]
fn every_known_pack_is_there_as_a_tree() {
    let device = device();
    let signed = published(&text("1.1.0"), 7).to_text();
    take(&device, &text("1.0.0"));
    take(&device, &signed);
    let known = device.packs();
    assert!(known.all().count() >= 9, "built-in packs, their earlier versions, and two of ours");
    // The tiny pack of these tests came with no file.
    for pack in known.all().filter(|pack| pack.id.as_str() != "tiny") {
        let json = device.pack_json(&pack.digest).unwrap();
        assert_eq!(bon_tot::pack::Pack::from_json(&json).unwrap().digest, pack.digest);
    }
    let other = file(&text("2.0.0")).pack.digest;
    assert_eq!(device.pack_json(&other), None);
}

//! What the desk of a device has received: stored in whole batches, the same however often and in whatever parts it
//! comes, and given back as it was.

use bon_tot::desk::register::{Arrival, Book, Received};
use bon_tot::desk::{Reason, Reception, Status, TrustList};
use bon_tot::pack::catalog::Catalog;
use bon_tot::seal::SecretKey;
use bon_tot::store::{StoreError, Table};
use bon_tot::value::Date;

use super::fake::run;
use super::*;

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Files of three units: one form in two revisions, one twice, and a letter.
pub fn files() -> Vec<(String, String)> {
    let packs = Catalog::built_in().unwrap();
    let pack = packs.packs().first().unwrap();
    let now = Instant::from_unix(NOW);
    let period = Period { kind: PeriodKind::Year, from: day("2026-01-01"), to: day("2026-12-31") };
    let form = |seed: u8, unit: &str, revision: i64| {
        let id = AssessmentId::from_bits([seed; 16]);
        let mut form = Assessment::blank(pack, id, period, now).unwrap();
        form.unit.name = unit.into();
        form.revision = revision;
        seal(pack, &form, &SecretKey::from_seed(&[seed; 32]), now).to_text()
    };
    let same = form(2, "Chi bộ Đồng Tâm", 1);
    vec![
        ("a.json".into(), form(1, "Chi bộ xóm 10", 1)),
        ("b.json".into(), form(1, "Chi bộ xóm 10", 2)),
        ("c.json".into(), same.clone()),
        ("d.json".into(), same),
        ("e.json".into(), form(3, "Chi bộ xóm 2", 1)),
        ("letter.json".into(), "Kính gửi các đồng chí".into()),
    ]
}

pub fn arrivals(files: &[(String, String)], on: &str) -> Vec<Arrival> {
    let (packs, trust) = (Catalog::built_in().unwrap(), TrustList::default());
    let reception = Reception { packs: &packs, trust: &trust, now: None };
    let arrived = files.iter().map(|(name, text)| {
        let received = Received::receive(&reception, name, text.as_bytes(), day(on));
        let is_read = received.row.digest.is_some();
        let (key, record) = (received.key(), received.to_text());
        Arrival::Received { key, record, text: is_read.then(|| text.clone()) }
    });
    arrived.collect()
}

/// Stores what was received.
pub fn hold(device: &TestDevice, arrivals: &[Arrival]) -> Result<Vec<String>, StoreError> {
    let merge = async |pairs: Vec<(String, String)>| {
        Ok(pairs.iter().map(|(old, new)| Received::merged_text(old, new)).collect())
    };
    run(device.hold_received(arrivals, merge))
}

pub fn device() -> TestDevice {
    Device::new(FakeStorage::default(), FakeHost::at(NOW), Catalog::built_in().unwrap())
}

/// Every record of a device, read in parts.
pub fn records(device: &TestDevice) -> Vec<Received> {
    let (mut all, mut behind) = (Vec::new(), None);
    while let Some((texts, last)) = run(device.received_behind(behind.as_deref())).unwrap() {
        all.extend(texts.iter().map(|text| Received::from_text(text).unwrap()));
        behind = Some(last);
    }
    all
}

fn statuses(device: &TestDevice) -> Vec<(String, Status, usize)> {
    let mut book = Book::default();
    records(device).into_iter().for_each(|one| book.add(one).unwrap());
    let look = book.look(&TrustList::default()).unwrap();
    assert_eq!(look.totals.read(), look.entries.len());
    look.entries.into_iter().map(|one| (one.file, one.status, one.reasons.len())).collect()
}

#[test]
fn what_is_received_is_given_back_with_its_status_among_all() {
    let device = device();
    let stored = hold(&device, &arrivals(&files(), "2026-11-27")).unwrap();
    assert_eq!(stored.len(), 6);
    let expected = [
        ("a.json", Status::Superseded, 1),
        ("b.json", Status::UnknownKey, 0),
        ("c.json", Status::UnknownKey, 0),
        ("d.json", Status::Duplicate, 1),
        ("e.json", Status::UnknownKey, 0),
        ("letter.json", Status::Malformed, 1),
    ];
    let expected = expected.map(|(file, status, reasons)| (file.to_owned(), status, reasons));
    assert_eq!(statuses(&device), expected);
    // A draft of this device is nothing that was received.
    assert!(run(device.rows()).unwrap().is_empty());
    let first = records(&device).remove(0);
    let text = run(device.received_text(&first.key())).unwrap();
    assert_eq!(text.as_deref(), Some(files()[0].1.as_str()));
}

#[test]
fn the_same_files_again_in_parts_and_on_a_later_day_change_nothing() {
    let device = device();
    hold(&device, &arrivals(&files(), "2026-11-27")).unwrap();
    let before = device.storage().all();
    for file in files().iter().rev() {
        hold(&device, &arrivals(std::slice::from_ref(file), "2026-12-03")).unwrap();
    }
    assert_eq!(device.storage().all(), before);
    // An earlier day of receiving is taken over.
    hold(&device, &arrivals(&files(), "2026-11-20")).unwrap();
    assert!(records(&device).iter().all(|one| one.row.received == Some(day("2026-11-20"))));
}

#[test]
fn a_batch_is_stored_whole_or_not_at_all_and_goes_on_after_a_kill() {
    let device = device();
    let all = arrivals(&files(), "2026-11-27");
    hold(&device, &all[..2]).unwrap();
    device.storage().fail_once(0, StoreError::QuotaExceeded);
    assert_eq!(hold(&device, &all[2..]), Err(StoreError::QuotaExceeded));
    assert_eq!(records(&device).len(), 2);
    hold(&device, &all).unwrap();
    assert_eq!(records(&device).len(), 6);
}

#[test]
fn what_is_taken_back_is_gone_with_its_text() {
    let device = device();
    hold(&device, &arrivals(&files(), "2026-11-27")).unwrap();
    let key = records(&device)[1].key();
    run(device.take_back(std::slice::from_ref(&key))).unwrap();
    assert_eq!(run(device.received_text(&key)), Ok(None));
    let left = statuses(&device);
    // What it superseded counts again.
    assert_eq!((left.len(), left[0].1), (5, Status::UnknownKey));
}

#[test]
fn a_record_that_cannot_be_read_stays_as_it_is() {
    let device = device();
    let all = arrivals(&files(), "2026-11-27");
    let Arrival::Received { key, .. } = &all[0] else { panic!("received") };
    run(device.storage().put(Table::Received, key, "{}")).unwrap();
    hold(&device, &all).unwrap();
    assert_eq!(run(device.storage().get(Table::Received, key)), Ok(Some("{}".into())));
}

#[test]
fn units_stand_in_vietnamese_order_and_are_found_without_marks() {
    let device = device();
    let mut book = Book::default();
    hold(&device, &arrivals(&files(), "2026-11-27")).unwrap();
    records(&device).into_iter().for_each(|one| book.add(one).unwrap());
    let mut entries = book.look(&TrustList::default()).unwrap().entries;
    entries.retain(|one| !one.unit.is_empty());
    entries.sort_by_key(|one| one.order);
    let units: Vec<_> = entries.iter().map(|one| one.unit.as_str()).collect();
    assert_eq!(
        (units[0], units[2], units[4]),
        ("Chi bộ Đồng Tâm", "Chi bộ xóm 2", "Chi bộ xóm 10")
    );
    assert!(entries[0].search.contains("chi bo dong tam"));
}

#[test]
fn a_row_keeps_its_reasons_as_data() {
    let files = [("x.json".to_owned(), "{\"format\":\"bontot.submission/2\"}".to_owned())];
    let all = arrivals(&files, "2026-11-27");
    let Arrival::Received { record, .. } = &all[0] else { panic!("received") };
    let read = Received::from_text(record).unwrap();
    assert_eq!(read.reasons, [Reason::Newer]);
    let cut = [("x.json".to_owned(), "{\"format\":".to_owned())];
    let Arrival::Received { record, .. } = &arrivals(&cut, "2026-11-27")[0] else { panic!() };
    let read = Received::from_text(record).unwrap();
    assert_eq!(read.reasons, [Reason::CutShort { line: 1, column: 10 }]);
}

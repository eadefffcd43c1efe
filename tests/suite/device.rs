//! What one device keeps and can do, over storage in memory: with a host whose clocks are set by
//! hand and whose random bytes can fail, and storage that fails when it is told to.
#![cfg(test)] // so that clippy knows these helpers for tests

mod announcing;
mod appraisals;
mod appraising;
mod attached;
mod backups;
mod begun;
mod entropy;
mod fake;
mod faults;
mod files;
mod forms;
mod keys;
mod kits;
mod meetings;
mod nothing_lost;
mod packs;
mod register;
mod sealing;
mod shared_storage;
mod signers;
mod spread;
mod tabs;
mod trust;
mod units;
mod upgrades;

use bon_tot::device::{Device, Imported, OpenError, Opened};
use bon_tot::form::{Assessment, Period};
use bon_tot::pack::catalog::Catalog;
use bon_tot::pack::{Pack, PeriodKind};
use bon_tot::seal::{SecretKey, Submission, seal};
use bon_tot::store::{Draft, Storage, StoreError, Table};
use bon_tot::value::{AssessmentId, Date, Instant};

use fake::{FakeHost, FakeStorage, run};

type TestDevice = Device<FakeStorage, FakeHost>;

/// A form of the tiny pack, and that form signed.
const FORM: &str = include_str!("vectors/seal/v1/form.json");
const SOUND: &str = include_str!("vectors/seal/v1/sound.json");
/// The id of that form.
const ID: &str = "0123456789ABCDEFGHJKMNPQRS";
/// A draft with a signed file, as the first version kept it.
const SEALED_DRAFT: &str = include_str!("vectors/draft/v1/sealed.json");
const PASSPHRASE: &str = "bốn tốt năm 2026";
const NOW: i64 = 1_795_399_398; // 2026-11-23T02:03:18Z
const DAY: i64 = 24 * 60 * 60;

fn tiny() -> Pack {
    Pack::from_bytes(include_bytes!("vectors/pack/tiny.json")).unwrap()
}

fn packs() -> Catalog {
    let mut packs = Catalog::built_in().unwrap();
    packs.add(tiny());
    packs
}

/// A device on which nothing is.
fn device() -> TestDevice {
    Device::new(FakeStorage::default(), FakeHost::at(NOW), packs())
}

fn form() -> Assessment {
    Assessment::from_bytes(FORM.as_bytes()).unwrap()
}

fn id(bits: u8) -> AssessmentId {
    AssessmentId::from_bits([bits; 16])
}

/// A draft of the tiny pack, changed so many seconds after [`NOW`].
fn draft(bits: u8, revision: i64, updated: i64) -> Draft {
    let period = Period {
        kind: PeriodKind::Year,
        from: Date::new(2026, 1, 1).unwrap(),
        to: Date::new(2026, 12, 31).unwrap(),
    };
    let begun = Instant::from_unix(NOW - DAY);
    let mut form = Assessment::blank(&tiny(), id(bits), period, begun).unwrap();
    form.unit.name = format!("Chi bộ {bits}");
    form.revision = revision;
    form.updated = Instant::from_unix(NOW + updated);
    Draft::new(form)
}

/// The next state of a draft, changed in this run.
fn changed(draft: &Draft, run: u8) -> Draft {
    let mut next = draft.clone();
    next.form.unit.name.push_str(&format!(" {run}"));
    next.lineage = Some(draft.lineage().next(&id(run)));
    next
}

/// A signed file of the form of a draft.
fn signed(draft: &Draft, seed: u8) -> Submission {
    let key = SecretKey::from_seed(&[seed; 32]);
    seal(&tiny(), &draft.form, &key, Instant::from_unix(NOW))
}

fn put(device: &TestDevice, draft: &Draft) {
    run(device.put_draft(draft)).unwrap();
}

/// The text of a record.
fn record(device: &TestDevice, kind: Table, key: &str) -> Option<String> {
    run(device.storage().get(kind, key)).unwrap()
}

fn kept(device: &TestDevice, id: &AssessmentId) -> Option<Draft> {
    let text = record(device, Table::Drafts, id.as_str())?;
    Some(Draft::from_text(&text).unwrap())
}

fn count(device: &TestDevice, kind: Table) -> usize {
    run(device.storage().keys(kind)).unwrap().len()
}

fn open(device: &TestDevice, bytes: impl AsRef<[u8]>) -> Result<Opened, OpenError> {
    let opened = run(device.open_file("tệp.json", bytes.as_ref()));
    opened.map_err(|refused| {
        assert_eq!(refused.file, "tệp.json");
        refused.why
    })
}

/// Opens a form that can be kept: what is told of it, and the form.
#[track_caller]
fn import(device: &TestDevice, bytes: impl AsRef<[u8]>) -> (Imported, Draft) {
    match open(device, bytes) {
        Ok(Opened::Form { imported, draft, kept: Ok(()) }) => (imported, *draft),
        other => panic!("{other:?}"),
    }
}

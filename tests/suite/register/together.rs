//! Files that are looked at together: the mix of faults is found exactly, and the register is the same in any order, in
//! parts, on any number of threads, and when files come again.

use std::collections::BTreeMap;
use std::slice::from_ref;

use bon_tot::desk::register::{MemoryError, MemoryShelf, Register, Row, Totals};
use bon_tot::desk::{Status, TrustList, TrustedKey};
use bon_tot::seal::Submission;

use super::{Chance, day, faulty, register, row_of, rows, runs, usual};

#[test]
fn a_thousand_files_have_just_the_faults_that_were_made() {
    let (folder, names, made) = faulty("1000", "all=2%,conflict=21,revoked=13,newer=7");
    assert_eq!(names.len(), 1000);
    // What `sample` says that it made, by status.
    let mut wanted: BTreeMap<Status, usize> = BTreeMap::new();
    let mut faults: BTreeMap<&str, usize> = BTreeMap::new();
    for line in made.lines().filter(|line| !line.starts_with("trust list")) {
        let (count, rest) = line.split_once(' ').unwrap();
        let (fault, status) = rest.split_once(": ").unwrap();
        let count: usize = count.parse().unwrap();
        faults.insert(fault, count);
        *wanted.entry(Status::from_word(status).unwrap()).or_default() += count;
    }
    assert_eq!(faults.len(), 11, "{made}");
    assert_eq!((faults["forged"], faults["conflict"], faults["revoked"]), (20, 21, 13));
    let trust = ["--trust", "files-trust-1.json"];
    let whole = register(folder.path(), &["files"], &trust);
    let rows = rows(&whole);
    let mut found: BTreeMap<Status, usize> = BTreeMap::new();
    for row in &rows {
        *found.entry(row.status).or_default() += 1;
    }
    assert_eq!(found, wanted);
    let detailed = |text: &str| {
        let has = |row: &&Row| row.detail.as_ref().is_some_and(|detail| detail.contains(text));
        rows.iter().filter(has).count()
    };
    assert_eq!(detailed("the key was revoked"), faults["revoked"]);
    assert_eq!(detailed("made by a newer version"), faults["newer"]);
    assert_eq!(detailed("same content as files/"), faults["duplicate"]);
    assert_eq!(detailed(" is here"), faults["superseded"]);
    assert_eq!(detailed("/verdict: stated"), faults["altered"]);

    // In ten parts, in random order, on one thread and on two; each part alone, and each on top of those before.
    assert_eq!(
        whole,
        register(folder.path(), &["files"], &[&trust[..], &["--threads", "1"]].concat())
    );
    assert_eq!(
        whole,
        register(folder.path(), &["files"], &[&trust[..], &["--threads", "2"]].concat())
    );
    let mut names: Vec<&str> = names.iter().map(|name| name.to_str().unwrap()).collect();
    let mut chance = Chance(11);
    chance.shuffle(&mut names);
    let mut parts = Vec::new();
    for (number, part) in names.chunks(100).enumerate() {
        let out = format!("part-{number}.ndjson");
        let before = format!("upto-{}.ndjson", number.max(1) - 1);
        let upto = format!("upto-{number}.ndjson");
        let common = [&["register"], part, &trust, &["--received", super::DAY]].concat();
        runs(folder.path(), &[&common[..], &["--out", &out]].concat());
        let merge = if number > 0 { vec!["--merge", &before] } else { Vec::new() };
        runs(folder.path(), &[&common[..], &merge, &["--out", &upto]].concat());
        parts.push(out);
    }
    assert_eq!(std::fs::read(folder.path().join("upto-9.ndjson")).unwrap(), whole);
    chance.shuffle(&mut parts);
    let merge: Vec<&str> = parts.iter().flat_map(|part| ["--merge", part.as_str()]).collect();
    assert_eq!(register(folder.path(), &[], &merge), whole);
    // Once more all of it, by every way at once.
    let again = [&merge[..], &trust, &["--merge", "upto-4.ndjson"]].concat();
    assert_eq!(register(folder.path(), &["files"], &again), whole);
}

/// The lines of a register of these rows, and its totals.
fn settled(rows: impl IntoIterator<Item = Row>) -> (String, Totals) {
    let mut register = Register::new(MemoryShelf::default());
    for row in rows {
        register.add::<MemoryError>(row).unwrap();
    }
    let mut text = String::new();
    let totals = register.rows(|row| {
        assert_eq!(row.row()?.status, row.status);
        text.push_str(&row.line);
        Ok::<(), MemoryError>(())
    });
    (text, totals.unwrap())
}

fn read(text: &str) -> Vec<Row> {
    text.lines().map(|line| Row::from_line(line).unwrap()).collect()
}

#[test]
fn no_order_no_parts_and_no_repetition_change_a_register() {
    let (folder, names, _) =
        faulty("60", "duplicate=6,superseded=6,conflict=9,unknown_key=5,newer=2");
    let trust = std::fs::read(folder.path().join("files-trust-1.json")).unwrap();
    let trust = TrustList::from_bytes(&trust).unwrap();
    let row = |(number, name): (usize, &std::path::PathBuf)| {
        let text = std::fs::read_to_string(folder.path().join(name)).unwrap();
        let received = ["2027-02-01", "2027-02-02"][number % 2];
        row_of(name.to_str().unwrap(), &text, &trust, received)
    };
    let mut rows: Vec<Row> = names.iter().enumerate().map(row).collect();
    let (whole, totals) = settled(rows.clone());
    assert_eq!(totals.read(), 60);
    assert_eq!(totals.each().map(|(_, count)| count).sum::<usize>(), 60);
    let mut chance = Chance(1);
    for _ in 0..40 {
        chance.shuffle(&mut rows);
        assert_eq!(settled(rows.clone()).0, whole);
        // Some parts, which overlap, each written and read again; then parts of parts.
        let count = 1 + chance.below(6);
        let part = |chance: &mut Chance| {
            let part = rows.iter().filter(|_| chance.below(count) == 0).cloned();
            read(&settled(part.collect::<Vec<_>>()).0)
        };
        let mut parts: Vec<Vec<Row>> = (0..count).map(|_| part(&mut chance)).collect();
        let first = read(&settled(parts.concat()).0);
        parts.push(first);
        parts.push(rows.clone());
        chance.shuffle(&mut parts);
        assert_eq!(settled(parts.concat()).0, whole);
    }
}

/// A copy that another trusted key signed is the one that counts, so that the earlier revision of the unit's own key is
/// superseded by nothing any more.
#[test]
fn a_status_that_was_found_across_files_is_taken_back() {
    let pack = usual();
    let samples = bon_tot::cli::sample::Samples::new(&pack, 5).unwrap();
    let form = samples.submission(0).unwrap().assessment().clone();
    let now = bon_tot::value::Instant::from_unix(1_798_000_000);
    let sign = |seed: u8, revision| {
        let mut form = form.clone();
        form.revision = revision;
        let key = bon_tot::seal::SecretKey::from_seed(&[seed; 32]);
        bon_tot::seal::seal(&pack, &form, &key, now)
    };
    let (old, new, copy) = (sign(1, 1), sign(1, 2), sign(2, 2));
    assert_eq!(new.digest(), copy.digest());
    let trust = trusting(&[&copy]);
    let row =
        |file, submission: &Submission| row_of(file, &submission.to_text(), &trust, "2027-02-01");
    let rows = [row("old", &old), row("new", &new), row("copy", &copy)];
    let statuses = |text: &str| -> Vec<_> {
        read(text).into_iter().map(|row| (row.file, row.status.as_str())).collect()
    };
    let (first, _) = settled(rows[..2].to_vec());
    assert_eq!(
        statuses(&first),
        [("new".into(), "unknown_key"), ("old".into(), "superseded")] as [(String, _); 2]
    );
    let (both, _) = settled(read(&first).into_iter().chain([rows[2].clone()]));
    assert_eq!(
        statuses(&both),
        [("copy", "verified"), ("new", "duplicate"), ("old", "unknown_key")]
            .map(|(file, status)| (file.to_owned(), status))
    );
    assert_eq!(both, settled(rows).0);
}

fn trusting(submissions: &[&Submission]) -> TrustList {
    let key = |submission: &&Submission| TrustedKey {
        key: (*submission).clone().verify().unwrap().signers()[0].key,
        unit: submission.assessment().unit.name.clone(),
        also: Vec::new(),
        added: day("2024-01-01"),
        revoked: None,
    };
    TrustList { keys: submissions.iter().map(key).collect() }
}

#[test]
fn only_what_was_received_before_a_key_was_revoked_stays_verified() {
    let file = super::named("Chi bộ xóm Tân Sơn");
    let mut trust = trusting(&[&file]);
    let row = |trust: &TrustList, received| row_of("a.json", &file.to_text(), trust, received);
    let earlier = row(&trust, "2027-02-01");
    assert_eq!(earlier.status, Status::Verified);
    let mut status = |revoked: Option<&str>, rows: &[Row]| {
        trust.keys[0].revoked = revoked.map(day);
        let mut register = Register::new(MemoryShelf::default());
        for row in rows {
            register.add::<MemoryError>(row.clone()).unwrap();
        }
        register.add::<MemoryError>(row(&trust, "2027-03-01")).unwrap();
        register.revoke::<MemoryError>(&trust).unwrap();
        let mut all = Vec::new();
        register
            .rows(|settled| {
                all.push(settled.row()?);
                Ok::<(), MemoryError>(())
            })
            .unwrap();
        assert_eq!(all.len(), 1);
        let row = all.remove(0);
        (
            row.status.as_str(),
            row.detail.unwrap_or_default(),
            row.received.map(|day| day.to_string()),
        )
    };
    let first = Some("2027-02-01".to_owned());
    assert_eq!(status(None, from_ref(&earlier)), ("verified", "".into(), first.clone()));
    assert_eq!(
        status(Some("2027-02-02"), from_ref(&earlier)),
        (
            "verified",
            "the key was revoked from 2027-02-02 on; the file was received before".into(),
            first.clone()
        )
    );
    let revoked = |day: &str| format!("the key was revoked from {day} on");
    assert_eq!(
        status(Some("2027-02-01"), from_ref(&earlier)),
        ("unknown_key", revoked("2027-02-01"), first)
    );
    let alone = status(Some("2027-02-02"), &[]);
    assert_eq!(alone, ("unknown_key", revoked("2027-02-02"), Some("2027-03-01".into())));
}

#[test]
fn a_file_is_known_by_its_name_and_its_content() {
    let texts = super::texts(2);
    let trust = TrustList::default();
    let row = |file, text: &str| row_of(file, text, &trust, "2027-02-01");
    let (text, totals) = settled([
        row("b", &texts[0]),
        row("a", &texts[0]),
        row("a", &texts[1]),
        row("a", "no form"),
        row("a", "no form"),
    ]);
    assert_eq!(totals.read(), 4);
    assert_eq!(totals.told(), "4 files read = 1 malformed + 2 unknown_key + 1 duplicate");
    let files: Vec<_> = read(&text).into_iter().map(|row| row.file).collect();
    assert_eq!(files, ["a", "a", "a", "b"].map(Into::into) as [String; 4]);
}

//! What the desk's workers do, against the tool: bags that are written and taken in, and workbooks.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use bon_tot::desk::register::{
    Arrival, BagKey, Export, Filers, Received, Reply, Sheets, Task, UnitsReply, UnitsTask,
};
use bon_tot::desk::{Reason, TrustList};
use bon_tot::json::to_canonical;
use bon_tot::pack::catalog::Catalog;
use bon_tot::seal::{SecretKey, sign_bag};
use bon_tot::value::Instant;
use bon_tot::workers::desk::DeskWork;
use bon_tot::workers::sheets::SheetWork;

use super::archives::{naming, zipped};
use super::bags::{appraised_samples, bag, changed, entries, entry, lines, validated};
use super::workbook::sheets;
use super::{Chance, DAY, day, rows, runs};

/// A desk: its worker, and what the device keeps.
struct Desk {
    work: DeskWork<Cursor<Vec<u8>>>,
    records: BTreeMap<String, String>,
    texts: BTreeMap<String, String>,
    answers: BTreeMap<String, String>,
}

fn begin(root: &Path, received: &str) -> Task {
    let trust = fs::read_to_string(root.join("files-trust-1.json")).unwrap();
    let day = day(received);
    Task::Begin { trust, own: Vec::new(), now: Instant::end_of(day).unix(), day }
}

impl Desk {
    fn at(root: &Path, received: &str) -> Desk {
        let work = DeskWork::new(Catalog::built_in().unwrap());
        let (records, texts, answers) = Default::default();
        let mut desk = Desk { work, records, texts, answers };
        desk.does(&begin(root, received));
        desk
    }

    fn ask(&mut self, task: &Task, beside: Vec<Vec<u8>>) -> (Reply, Vec<Vec<u8>>) {
        // As it goes over to a worker and back.
        let task = Task::from_bytes(&task.to_bytes().unwrap()).unwrap();
        let (reply, more) = self.work.answer(&task, beside).unwrap();
        (Reply::from_bytes(&reply.to_bytes().unwrap()).unwrap(), more)
    }

    #[track_caller]
    fn does(&mut self, task: &Task) {
        assert_eq!(self.ask(task, Vec::new()).0, Reply::Done);
    }

    fn keep(&mut self, arrivals: Vec<Arrival>) {
        for arrival in arrivals {
            match arrival {
                Arrival::Received { key, record, text } => {
                    let old = self.records.get(&key);
                    let kept = match old {
                        Some(old) => Received::merged_text(old, &record).unwrap_or(old.clone()),
                        None => record,
                    };
                    self.records.insert(key.clone(), kept);
                    self.texts.extend(text.map(|text| (key, text)));
                }
                Arrival::Appraisal { key, record } => {
                    self.answers.entry(key).or_insert(record);
                }
                Arrival::Picture(name) | Arrival::Pdf(name) => panic!("{name}"),
            }
        }
    }

    fn receive(&mut self, root: &Path, names: &[&str]) {
        let files = names.iter().map(|name| fs::read(root.join(name)).unwrap()).collect();
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        match self.ask(&Task::Receive(names), files).0 {
            Reply::Arrived(arrivals) => self.keep(arrivals),
            other => panic!("{other:?}"),
        }
    }

    fn open(&mut self, root: &Path, name: &str) -> Reply {
        self.work.open(name, Ok(Cursor::new(fs::read(root.join(name)).unwrap())))
    }

    /// Takes all of an archive, some at a time.
    fn take_in(&mut self, root: &Path, name: &str) -> Reply {
        let opened = self.open(root, name);
        loop {
            match self.ask(&Task::Next(7), Vec::new()).0 {
                Reply::Arrived(arrivals) if arrivals.is_empty() => return opened,
                Reply::Arrived(arrivals) => {
                    assert!(arrivals.len() <= 7);
                    self.keep(arrivals);
                }
                other => panic!("{other:?}"),
            }
        }
    }

    fn all(map: &BTreeMap<String, String>) -> Vec<String> {
        map.values().cloned().collect()
    }

    fn handed(&self, export: Export) -> [Task; 3] {
        let (records, answers) = (Desk::all(&self.records), Desk::all(&self.answers));
        [Task::Export(export), Task::Write(records), Task::WriteAppraisals(answers)]
    }

    fn written(&mut self) -> String {
        for task in self.handed(Export::Ndjson) {
            self.does(&task);
        }
        let (reply, mut more) = self.ask(&Task::Written, Vec::new());
        assert_eq!((reply, more.len()), (Reply::Done, 1));
        String::from_utf8(more.pop().unwrap()).unwrap()
    }

    fn bag(&mut self, base: &str, key: Option<&SecretKey>) -> Vec<u8> {
        for task in self.handed(Export::Ndjson) {
            self.does(&task);
        }
        self.does(&Task::KeepAppraisals(Desk::all(&self.answers)));
        let texts: Vec<_> = self.texts.clone().into_iter().collect();
        for some in texts.chunks(9) {
            self.does(&Task::KeepTexts(some.to_vec()));
        }
        let Reply::Manifest(manifest) = self.ask(&Task::Bag(base.to_owned()), Vec::new()).0 else {
            panic!("no manifest")
        };
        let signature = key.map(|key| sign_bag(&manifest, key, Instant::from_unix(1_800_000_000)));
        let (reply, mut more) = self.ask(&Task::EndBag(signature), Vec::new());
        assert_eq!((reply, more.len()), (Reply::Done, 1));
        more.pop().unwrap()
    }
}

/// The samples and the answers, in two halves by chance.
fn halves(root: &Path) -> [Vec<String>; 2] {
    let folders = ["files", "answers"].iter();
    let files = folders.flat_map(|sub| fs::read_dir(root.join(sub)).unwrap());
    let files = files.map(|entry| entry.unwrap().path());
    let mut files: Vec<String> =
        files.map(|path| path.strip_prefix(root).unwrap().display().to_string()).collect();
    files.sort();
    Chance(7).shuffle(&mut files);
    let other = files.split_off(files.len() / 2);
    [files, other]
}

fn named(files: &[String]) -> Vec<&str> {
    files.iter().map(String::as_str).collect()
}

#[test]
fn the_bag_of_a_desk_is_the_bag_of_the_tool() {
    let folder = appraised_samples("60", "all=1", 5);
    let root = folder.path();
    let files = halves(root).concat();
    let mut desk = Desk::at(root, DAY);
    desk.receive(root, &named(&files));
    bag(root, "r.zip", &["files", "answers"]);
    let key = SecretKey::from_seed(&[11; 32]);
    let bytes = desk.bag("r", Some(&key));
    fs::write(root.join("desk.zip"), bytes).unwrap();
    let (own, tool) = (entries(&root.join("desk.zip")), entries(&root.join("r.zip")));
    assert_eq!(own.len(), tool.len() + 1);
    for (own, tool) in own.iter().zip(&tool) {
        assert_eq!(own.0, tool.0);
        // The same day and the same program: all but the signature is the same.
        assert_eq!(own.1, tool.1, "{}", own.0);
    }
    assert_eq!(validated(&root.join("desk.zip"))["signer"], key.public().kid());
    // Nothing of it is left in the next one.
    let mut other = Desk::at(root, DAY);
    other.records = desk.records.clone();
    let register = other.written();
    assert_eq!(rows(register.as_bytes()).len(), desk.records.len());
    let again = desk.bag("r", None);
    fs::write(root.join("again.zip"), again).unwrap();
    assert_eq!(entries(&root.join("again.zip")), tool);
}

#[test]
fn a_bag_is_merged_as_the_tool_merges_it() {
    let folder = appraised_samples("120", "all=2", 4);
    let root = folder.path();
    let whole = lines(root, &["files", "answers"]);
    let [one, other] = halves(root);
    // The first officer received on an earlier day.
    let earlier = "2027-01-20";
    let mut first = Desk::at(root, earlier);
    first.receive(root, &named(&one));
    fs::write(root.join("one.zip"), first.bag("one", None)).unwrap();
    let mut second = Desk::at(root, DAY);
    second.receive(root, &named(&other));
    let opened = second.take_in(root, "one.zip");
    assert!(
        matches!(opened, Reply::OpenedBag(count, None) if count >= one.len() / 2),
        "{opened:?}"
    );
    let merged = second.written();
    let tool = lines(root, &[&["--merge", "one.zip"], &named(&other)[..]].concat());
    assert_eq!(merged, tool);
    let statuses = |text: &str| -> Vec<_> {
        rows(text.as_bytes()).into_iter().map(|row| (row.file, row.status, row.decision)).collect()
    };
    assert_eq!(statuses(&merged), statuses(&whole));
    let early =
        rows(merged.as_bytes()).iter().filter(|row| row.received == Some(day(earlier))).count();
    assert!(early > 0 && early < second.records.len());
    // The same bag again changes nothing, nor does a bag of all that.
    let (records, texts) = (second.records.clone(), second.texts.clone());
    second.take_in(root, "one.zip");
    assert_eq!((&second.records, &second.texts), (&records, &texts));
    fs::write(root.join("both.zip"), second.bag("both", None)).unwrap();
    second.take_in(root, "both.zip");
    assert_eq!((second.records.len(), second.written()), (records.len(), merged.clone()));
    let mut third = Desk::at(root, "2027-05-01");
    third.take_in(root, "both.zip");
    assert_eq!(third.written(), merged);
}

#[test]
fn a_form_that_came_before_the_revocation_counts_in_another_desk_too() {
    let folder = appraised_samples("8", "duplicate=1", 3);
    let root = folder.path();
    let [one, other] = halves(root);
    let mut first = Desk::at(root, "2027-01-20");
    first.receive(root, &named(&[one, other].concat()));
    fs::write(root.join("one.zip"), first.bag("one", None)).unwrap();
    let path = root.join("files-trust-1.json");
    let mut trust = TrustList::from_bytes(&fs::read(&path).unwrap()).unwrap();
    for (number, key) in trust.keys.iter_mut().enumerate() {
        key.revoked = Some(day(if number % 2 == 0 { "2027-01-10" } else { "2027-01-25" }));
    }
    fs::write(&path, trust.to_text()).unwrap();
    let mut second = Desk::at(root, DAY);
    second.take_in(root, "one.zip");
    let merged = second.written();
    assert_eq!(merged, lines(root, &["--merge", "one.zip"]));
    let told = |words: &str| merged.matches(words).count();
    assert!(told("received before") > 0 && told("\"status\":\"unknown_key\"") > 0, "{merged}");
}

#[test]
fn a_bag_that_was_changed_gives_nothing() {
    let folder = appraised_samples("12", "duplicate=1", 3);
    let root = folder.path();
    bag(root, "r.zip", &["files", "answers"]);
    for (what, why) in [
        ("data/register.ndjson", "data/register.ndjson is not what its manifest says"),
        ("data/submissions/", "is not what its manifest says"),
        ("data/appraisals/", "is not what its manifest says"),
        ("bag-info.txt", "bag-info.txt is not what its manifest says"),
        ("tagmanifest-sha256.txt", "a manifest has a line without a name"),
    ] {
        changed(&root.join("r.zip"), &root.join("x.zip"), |name, mut bytes| {
            if name.contains(what) {
                bytes.extend_from_slice(b"x");
            }
            Some(bytes)
        });
        let mut desk = Desk::at(root, DAY);
        let opened = desk.open(root, "x.zip");
        assert!(matches!(&opened, Reply::Failed(said) if said.contains(why)), "{opened:?}");
        assert_eq!(desk.ask(&Task::Next(100), Vec::new()).0, Reply::Arrived(Vec::new()));
    }
}

#[test]
fn whose_key_signed_a_bag_is_said() {
    let folder = appraised_samples("6", "duplicate=1", 3);
    let root = folder.path();
    let mut desk = Desk::at(root, DAY);
    desk.receive(root, &["answers/0.json"]);
    // The superior of the samples is trusted.
    for (seed, key) in [(42, BagKey::Trusted("Đảng ủy xã".to_owned())), (43, BagKey::Unknown)]
    {
        let secret = SecretKey::from_seed(&[seed; 32]);
        fs::write(root.join("s.zip"), desk.bag("s", Some(&secret))).unwrap();
        let Reply::OpenedBag(1, Some(signer)) = desk.open(root, "s.zip") else {
            panic!("it is not opened")
        };
        assert_eq!(signer.code, secret.public().check_code().to_string());
        assert_eq!(signer.key, key);
    }
    let own = vec![(SecretKey::from_seed(&[43; 32]).public().kid(), "Văn phòng".to_owned())];
    let Task::Begin { trust, now, day, .. } = begin(root, DAY) else { unreachable!() };
    desk.does(&Task::Begin { trust, own, now, day });
    let opened = desk.open(root, "s.zip");
    let Reply::OpenedBag(_, Some(signer)) = opened else { panic!("{opened:?}") };
    assert_eq!(signer.key, BagKey::Own("Văn phòng".to_owned()));
    // A signature over something else is refused.
    changed(&root.join("s.zip"), &root.join("x.zip"), |name, bytes| {
        let is_manifest = name.ends_with("tagmanifest-sha256.txt");
        Some(if is_manifest { [&bytes[..], b"\n"].concat() } else { bytes })
    });
    let opened = desk.open(root, "x.zip");
    assert!(
        matches!(&opened, Reply::Failed(why) if why.contains("changed after signing")),
        "{opened:?}"
    );
    assert!(!entry(&root.join("s.zip"), "tagmanifest-sha256.jws.json").is_empty());
}

#[test]
fn the_workbook_of_a_desk_is_the_workbook_of_the_tool() {
    let folder = appraised_samples("60", "all=1", 5);
    let root = folder.path();
    let files = halves(root).concat();
    let mut desk = Desk::at(root, DAY);
    desk.receive(root, &named(&files));
    let listed = rows(lines(root, &["files", "answers"]).as_bytes());
    let names: Vec<&str> = listed.iter().filter_map(|row| row.unit.as_deref()).take(9).collect();
    let list = format!("Đơn vị\n{}\nChi bộ vắng mặt\n", names.join("\n"));
    fs::write(root.join("units.csv"), &list).unwrap();
    let args = ["register", "files", "answers", "--received", DAY, "--out", "r.xlsx"];
    let more =
        ["--trust", "files-trust-1.json", "--units", "units.csv", "--deadline", "2027-01-31"];
    runs(root, &[&args[..], &more].concat());

    // The desk reads text itself; a workbook is for the other worker, which hands its sheets over.
    let read = |desk: &mut Desk, task, bytes| match desk.ask(&Task::Units(task), vec![bytes]).0 {
        Reply::Units(reply) => reply,
        other => panic!("{other:?}"),
    };
    assert!(matches!(read(&mut desk, UnitsTask::File, list.into_bytes()), UnitsReply::Preview(_)));
    let (_, more) = desk.ask(&Task::Units(UnitsTask::Take), Vec::new());
    let list = String::from_utf8(more.into_iter().next().unwrap()).unwrap();
    let mut work = SheetWork::new(Catalog::built_in().unwrap(), str::to_owned);
    let tool = fs::read(root.join("r.xlsx")).unwrap();
    assert_eq!(read(&mut desk, UnitsTask::File, tool.clone()), UnitsReply::Workbook);
    let handed = work.answer(&Task::Units(UnitsTask::File), vec![tool]).unwrap();
    let bytes = handed.1.unwrap();
    assert!(Sheets::from_bytes(&bytes).unwrap().0.is_ok());
    let UnitsReply::Preview(preview) = read(&mut desk, UnitsTask::Sheets, bytes) else {
        panic!("no preview")
    };
    assert_eq!(preview.sheets, ["units", "items", "missing"]);

    for (filers, alike) in
        [(Some(Filers { list, deadline: Some(day("2027-01-31")) }), true), (None, false)]
    {
        let mut tasks = vec![begin(root, DAY)];
        tasks.extend(desk.handed(Export::Ndjson));
        for task in &tasks {
            assert_eq!(work.answer(task, Vec::new()), Some((Reply::Done, None)));
        }
        let (reply, bytes) = work.answer(&Task::Workbook(filers), Vec::new()).unwrap();
        assert_eq!(reply, Reply::Done);
        fs::write(root.join("desk.xlsx"), bytes.unwrap()).unwrap();
        let (own, tool) = (sheets(&root.join("desk.xlsx")), sheets(&root.join("r.xlsx")));
        assert_eq!((&own["units"], &own["items"]), (&tool["units"], &tool["items"]));
        assert_eq!(own["missing"] == tool["missing"], alike);
    }
}

#[test]
fn the_desk_says_which_files_of_a_form_match() {
    let text = naming(&[("a.jpg", b"picture"), ("b.jpg", b"gone")]);
    let bytes = zipped(&[
        ("form.json", text.as_bytes()),
        ("dinh-kem/1.jpg", b"picture"),
        ("dinh-kem/2.jpg", b"no form names it"),
    ]);
    let mut work = DeskWork::new(Catalog::built_in().unwrap());
    let trust = to_canonical(&TrustList::default());
    let day = day(DAY);
    let task = Task::Begin { trust, own: Vec::new(), now: Instant::end_of(day).unix(), day };
    assert_eq!(work.answer(&task, Vec::new()).unwrap().0, Reply::Done);
    assert_eq!(work.open("z.zip", Ok(Cursor::new(bytes))), Reply::Opened(3));
    let (reply, _) = work.answer(&Task::Next(10), Vec::new()).unwrap();
    let Reply::Arrived(arrivals) = reply else { panic!("{reply:?}") };
    let records: Vec<Received> = arrivals
        .iter()
        .map(|arrival| match arrival {
            Arrival::Received { record, .. } => Received::from_text(record).unwrap(),
            other => panic!("{other:?}"),
        })
        .collect();
    let status: Vec<_> =
        records.iter().map(|own| (own.row.file.as_str(), own.row.status.as_str())).collect();
    assert_eq!(status, [("z.zip/form.json", "unknown_key"), ("z.zip/dinh-kem/2.jpg", "malformed")]);
    let told = Reason::of_attached(1, &["b.jpg".to_owned()]);
    assert!(records[0].reasons.contains(&told), "{:?}", records[0].reasons);
    // The row is as without files, so that registers stay comparable.
    assert!(!records[0].row.line().contains("b.jpg"));
}

//! A superior appraises what the desk of a device received: what is signed is kept, counts in the list and in the register
//! that is written, and is what the tool would make of the same files.

use bon_tot::desk::register::{
    AppraisalStatus, Appraisals, Arrival, Book, Change, Export, Focus, KeptAppraisal, Look,
    MemoryError, MemoryShelf, Received, Register, Reply, Row, Task, Work,
};
use bon_tot::desk::{
    ItemOpinion, ItemOpinionError, Opinion, OpinionDraft, OpinionError, Results, TrustList,
    number_and_note,
};
use bon_tot::device::AppraiseError;
use bon_tot::form::AnswerVerdict;
use bon_tot::rules::Verdict;
use bon_tot::seal::{Appraisal, AppraisalContent, AppraisalDecision};
use bon_tot::value::Id;

use super::fake::run;
use super::register::{arrivals, day, device, files, hold, records};
use super::*;

fn superior() -> SecretKey {
    SecretKey::from_seed(&[99; 32])
}

fn recognised() -> Opinion {
    Opinion {
        decision: Some(AppraisalDecision::Recognised),
        date: Some(day("2026-12-20")),
        number: "12-QĐ/ĐU".into(),
        note: "Làm tốt".into(),
        ..Opinion::default()
    }
}

/// The keys of who decides, as the device of the superior has them.
fn own() -> Vec<(String, String)> {
    vec![(superior().public().kid(), "Đảng ủy xã".into())]
}

fn answers(device: &TestDevice) -> Vec<String> {
    let (mut all, mut behind) = (Vec::new(), None);
    while let Some((texts, last)) = run(device.answers_behind(behind.as_deref())).unwrap() {
        all.extend(texts);
        behind = Some(last);
    }
    all
}

fn look(device: &TestDevice) -> Look {
    let mut book = Book::default();
    records(device).into_iter().for_each(|one| book.add(one).unwrap());
    for text in answers(device) {
        book.add_appraisal(&KeptAppraisal::from_text(&text).unwrap()).unwrap();
    }
    book.decided_by(own());
    book.look(&TrustList::default()).unwrap()
}

fn received() -> TestDevice {
    let device = device();
    hold(&device, &arrivals(&files(), "2026-11-27")).unwrap();
    device
}

fn key_of(device: &TestDevice, file: &str) -> String {
    records(device).into_iter().find(|one| one.row.file == file).unwrap().key()
}

#[test]
fn what_is_signed_is_kept_and_counts_in_the_list() {
    let device = received();
    let key = key_of(&device, "e.json");
    let kept = run(device.appraise(&key, &recognised(), &superior())).unwrap();
    assert!(kept.file.starts_with("tham-dinh_bontot_"), "{}", kept.file);
    let content = Appraisal::from_bytes(kept.text.as_bytes()).unwrap().content().clone();
    assert_eq!(content.note, "Quyết định số: 12-QĐ/ĐU\nLàm tốt");
    assert_eq!(number_and_note(&content.note), ("12-QĐ/ĐU", "Làm tốt"));
    assert_eq!(Opinion::from(&content), recognised());
    assert_eq!(run(device.answer(&kept.key())), Ok(Some(kept.clone())));

    let shown = look(&device);
    let entry = shown.entries.iter().find(|one| one.file == "e.json").unwrap();
    assert_eq!(entry.decision, Some(AppraisalDecision::Recognised));
    assert_eq!(entry.decision_date, Some(day("2026-12-20")));
    assert_eq!(entry.appraisals, [(kept.key(), AppraisalStatus::Counts)]);
    assert_eq!(shown.entries.iter().filter(|one| one.decision.is_some()).count(), 1);
    assert_eq!(shown.appraisals, [(kept.file, AppraisalStatus::Counts)]);
}

#[test]
fn a_unit_does_not_appraise_itself_and_what_is_not_sound_is_not_appraised() {
    let device = received();
    let before = device.storage().all();
    let sign = |file: &str, opinion: &Opinion, seed: u8| {
        let key = key_of(&device, file);
        run(device.appraise(&key, opinion, &SecretKey::from_seed(&[seed; 32])))
    };
    assert_eq!(sign("e.json", &recognised(), 3), Err(AppraiseError::OwnKey));
    assert_eq!(sign("letter.json", &recognised(), 99), Err(AppraiseError::Gone));
    let no_day = Opinion { date: None, ..recognised() };
    assert_eq!(sign("e.json", &no_day, 99), Err(OpinionError::NoDay.into()));
    let undecided = Opinion { decision: None, ..recognised() };
    assert_eq!(sign("e.json", &undecided, 99), Err(OpinionError::NoDecision.into()));
    let id = Id::new("9.99").unwrap();
    let mut stray = recognised();
    stray.items.insert(id.clone(), ItemOpinion { verdict: None, note: "?".into() });
    let stray = sign("e.json", &stray, 99).unwrap_err();
    assert_eq!(stray, OpinionError::Item(ItemOpinionError::NoSuchItem(id)).into());
    assert_eq!(device.storage().all(), before);
}

#[test]
fn what_is_being_written_stays_until_it_is_signed_and_keeps_others_from_deciding() {
    let device = received();
    let key = key_of(&device, "e.json");
    let text = run(device.received_text(&key)).unwrap().unwrap();
    let form = Submission::from_bytes(text.as_bytes()).unwrap().digest();
    let draft = OpinionDraft { opinion: recognised(), day: "20/12/2026".into() };
    run(device.put_opinion_draft(&form, &draft)).unwrap();
    assert_eq!(run(device.opinion_draft(&form)), Ok(Some(draft)));
    assert_eq!(run(device.opinion_drafts()), Ok(vec![form.to_string()]));
    assert!(key.ends_with(&format!("\n{form}")));
    let decided = run(device.decide(&key, &recognised(), &superior()));
    assert_eq!(decided, Err(AppraiseError::IsWritten));
    // A write that fails leaves the draft.
    device.storage().fail_once(0, StoreError::QuotaExceeded);
    assert!(run(device.appraise(&key, &recognised(), &superior())).is_err());
    assert!(run(device.opinion_draft(&form)).unwrap().is_some());
    run(device.appraise(&key, &recognised(), &superior())).unwrap();
    assert_eq!(run(device.opinion_draft(&form)), Ok(None));
    assert_eq!(run(device.opinion_drafts()), Ok(Vec::new()));
    run(device.decide(&key, &recognised(), &superior())).unwrap();
}

#[test]
fn appraisals_arrive_once_and_contradictions_are_found() {
    let device = received();
    let key = key_of(&device, "e.json");
    let ours = run(device.appraise(&key, &recognised(), &superior())).unwrap();
    let other = SecretKey::from_seed(&[98; 32]);
    let content = returned(&ours.text);
    let theirs = Appraisal::make(content, &other, Instant::from_unix(NOW));

    let mut work = Work::new(Catalog::built_in().unwrap());
    let begin = Task::Begin {
        trust: TrustList::default().to_text(),
        own: own(),
        now: NOW,
        day: day("2026-12-21"),
    };
    assert_eq!(work.answer(&begin), Some((Reply::Done, None)));
    let arrival = work.receive("t.json", theirs.to_text().as_bytes()).unwrap();
    assert!(matches!(arrival, Arrival::Appraisal { .. }));
    for name in ["t.json", "again.json"] {
        let again = work.receive(name, theirs.to_text().as_bytes()).unwrap();
        assert_eq!(hold(&device, &[again]).unwrap(), [""; 0]);
    }
    assert_eq!(answers(&device).len(), 2);

    // Nobody trusts it yet; then both are trusted, and neither counts.
    let shown = look(&device);
    assert!(shown.appraisals.contains(&("t.json".into(), AppraisalStatus::UnknownKey)));
    assert!(shown.entries.iter().any(|one| one.decision.is_some()));
    let mut both = own();
    both.push((other.public().kid(), "Ban Tổ chức".into()));
    let adds = [
        Task::Add(records(&device).iter().map(Received::to_text).collect()),
        Task::AddAppraisals(answers(&device)),
    ];
    adds.iter().for_each(|task| assert_eq!(work.answer(task).unwrap().0, Reply::Done));
    let asked = Task::Look(TrustList::default().to_text(), both);
    let Some((Reply::Looked(count, _, opinions), None)) = work.answer(&asked) else { panic!() };
    assert_eq!(opinions.counts, [(AppraisalStatus::Contradicted, 2)]);
    assert_eq!(opinions.odd.len(), 2);
    let Some((Reply::Entries(all), _)) = work.answer(&Task::Entries(0, count)) else { panic!() };
    let entry = all.iter().find(|one| one.file == "e.json").unwrap();
    assert_eq!((entry.decision, entry.appraisals.len()), (None, 2));
    assert!(all.iter().all(|one| one.decision.is_none()));
}

/// The same appraisal with another decision.
fn returned(text: &str) -> AppraisalContent {
    let mut content = Appraisal::from_bytes(text.as_bytes()).unwrap().content().clone();
    content.decision = AppraisalDecision::Returned;
    content
}

#[test]
fn the_register_that_is_written_has_the_decisions_of_the_rules() {
    let device = received();
    for file in ["b.json", "c.json", "e.json"] {
        let key = key_of(&device, file);
        run(device.appraise(&key, &recognised(), &superior())).unwrap();
    }
    let mut work = Work::new(Catalog::built_in().unwrap());
    let rows = records(&device).iter().map(Received::to_text).collect();
    let tasks = [
        Task::Begin {
            trust: TrustList::default().to_text(),
            own: own(),
            now: NOW,
            day: day("2026-12-21"),
        },
        Task::Export(Export::Ndjson),
        Task::Write(rows),
        Task::WriteAppraisals(answers(&device)),
    ];
    tasks.iter().for_each(|task| assert_eq!(work.answer(task).unwrap().0, Reply::Done));
    let Some((Reply::Done, Some(text))) = work.answer(&Task::Written) else { panic!() };

    let mut register = Register::new(MemoryShelf::default());
    let mut appraisals = Appraisals::default();
    appraisals.decided_by(own());
    for one in records(&device) {
        register.add::<MemoryError>(one.row).unwrap();
    }
    for text in answers(&device) {
        let kept = KeptAppraisal::from_text(&text).unwrap();
        appraisals.add(&kept.file, &kept.appraisal().unwrap());
    }
    register.decide::<MemoryError>(&appraisals, &TrustList::default()).unwrap();
    let mut lines = String::new();
    register
        .rows::<MemoryError>(|settled| {
            lines.push_str(&settled.line);
            Ok(())
        })
        .unwrap();
    assert_eq!(text, lines);
    let decided = text.lines().map(|line| Row::from_line(line).unwrap());
    let decided = decided.filter(|row| row.decision == Some(AppraisalDecision::Recognised));
    // A copy has the decision of the form too.
    let files: Vec<_> = decided.map(|row| row.file).collect();
    assert_eq!(files, ["b.json", "c.json", "d.json", "e.json"]);
}

#[test]
fn the_sum_has_the_changes_of_the_appraisals_that_count_and_the_forms_one_by_one() {
    let device = received();
    let key = key_of(&device, "b.json");
    let row = records(&device).into_iter().find(|one| one.row.file == "b.json").unwrap().row;
    let (item, own) = row.items.as_ref().and_then(|items| items.iter().next()).unwrap();
    let met = own.as_str() == "met";
    let other = if met { AnswerVerdict::NotMet } else { AnswerVerdict::Met };
    let mut opinion = recognised();
    let said = ItemOpinion { verdict: Some(other), note: String::new() };
    opinion.items.set(item.clone(), Some(said));
    run(device.appraise(&key, &opinion, &superior())).unwrap();
    let stranger = SecretKey::from_seed(&[98; 32]);
    run(device.appraise(&key_of(&device, "e.json"), &opinion, &stranger)).unwrap();
    let own_keys = self::own();
    let mut work = Work::new(Catalog::built_in().unwrap());
    let rows = records(&device).iter().map(Received::to_text).collect();
    let trust = TrustList::default().to_text();
    let tasks = [
        Task::Begin { trust, own: own_keys, now: NOW, day: day("2026-12-21") },
        Task::Write(rows),
        Task::WriteAppraisals(answers(&device)),
        Task::Sum(true),
    ];
    tasks.iter().for_each(|task| assert_eq!(work.answer(task).unwrap().0, Reply::Done));
    let focus = Focus { with_unknown_keys: true, ..Focus::default() };
    let Some((Reply::Overview(sum), _)) = work.answer(&Task::Overview(focus.clone())) else {
        panic!()
    };
    let changes = &sum.summary.changes;
    // What a key says that is not trusted changes nothing.
    assert_eq!(changes.forms, 1);
    assert_eq!(changes.changed(), [(item, 1)]);
    let change = Change { own: *own, superior: Verdict::from(other) };
    assert_eq!(changes.items[item].of(change), 1);
    let of_period = Focus { period: row.period(), pack: sum.pack.clone(), ..focus.clone() };
    let Some((Reply::Overview(sum), _)) = work.answer(&Task::Overview(of_period.clone())) else {
        panic!()
    };
    assert_eq!(sum.summary.changes.forms, 1);
    let Some((Reply::Forms(count, forms), _)) = work.answer(&Task::Forms(of_period, 0, 99)) else {
        panic!()
    };
    assert_eq!((count, forms.len()), (sum.summary.verdicts.all.all(), count));
    let form = forms.iter().find(|form| form.key == key).unwrap();
    assert_eq!(form.decision, Some((AppraisalDecision::Recognised, day("2026-12-20"))));
    assert_eq!(forms.iter().filter(|form| form.decision.is_some()).count(), 1);
    // They are kept only where they are wanted.
    assert_eq!(work.answer(&Task::Sum(false)).unwrap().0, Reply::Done);
    let none = work.answer(&Task::Forms(focus, 0, 99)).unwrap().0;
    assert_eq!(none, Reply::Forms(0, Vec::new()));
}

#[test]
fn a_changed_verdict_changes_the_numbers_by_the_rules_of_the_pack() {
    let (pack, form) = (tiny(), form());
    let own = Results::of(&pack, &form);
    let evaluation = bon_tot::rules::Evaluation::of(&pack, &form);
    let met = (0..pack.items.len())
        .filter(|index| evaluation.item(*index).is_some_and(|one| one.verdict.as_str() == "met"));
    let met: Vec<_> = met.map(|index| pack.items[index].id.clone()).collect();
    assert!(!met.is_empty());
    let none = Results::with(&pack, &form, std::iter::empty());
    assert_eq!(none, own);
    let same = Results::with(&pack, &form, met.iter().map(|id| (id, AnswerVerdict::Met)));
    assert_eq!(same, own);
    // Whatever the unit wrote at them, the superior's word counts.
    let all: Vec<_> = (0..pack.items.len())
        .filter(|index| evaluation.item(*index).is_some())
        .map(|index| pack.items[index].id.clone())
        .collect();
    let with = |verdict| Results::with(&pack, &form, all.iter().map(|id| (id, verdict)));
    let (passed, failed) = (with(AnswerVerdict::Met), with(AnswerVerdict::NotMet));
    assert!(passed.criteria.iter().all(|own| own.as_str() == "passed"), "{passed:?}");
    assert!(failed.criteria.iter().all(|own| own.as_str() == "failed"), "{failed:?}");
    assert_eq!(failed.verdict.as_str(), "not_eligible");
}

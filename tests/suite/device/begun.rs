//! Forms begun from the unit's last one, and made-up ones.

use bon_tot::device::next_period;
use bon_tot::form::{Answer, AnswerVerdict, GateAnswer, Vote};
use bon_tot::pack::catalog;
use bon_tot::rules::FormVerdict;
use bon_tot::session::Section;
use bon_tot::value::Id;

use super::*;

const PACK: &str = "nghe-an-2024";

fn period(kind: PeriodKind, from: &str, to: &str) -> Period {
    Period { kind, from: Date::parse(from).unwrap(), to: Date::parse(to).unwrap() }
}

/// A form with something of everything.
fn last(device: &TestDevice) -> Assessment {
    let mut form = device.new_form(PACK).unwrap().form;
    form.revision = 2;
    form.unit.name = "Chi bộ xóm Tân Sơn".to_owned();
    form.unit.parent = "Đảng bộ xã Nghi Lâm".to_owned();
    form.unit.superior = "Đảng ủy xã Nghi Lâm".to_owned();
    form.unit.code = "40.001".to_owned();
    form.locality = "Nghi Lâm".to_owned();
    form.period = period(PeriodKind::Year, "2025-01-01", "2025-12-31");
    form.facts.set(Id::new("members_total").unwrap(), Some(17));
    let own = |evidence: &str| Answer {
        verdict: Some(AnswerVerdict::Met),
        evidence: evidence.to_owned(),
        ..Answer::default()
    };
    form.items.set(Id::new("1.14").unwrap(), Some(own("Biên bản số 12")));
    form.items.set(Id::new("2.14").unwrap(), Some(own(" ")));
    form.gates.set(Id::new("G1").unwrap(), Some(GateAnswer::default()));
    form.vote = Vote { present: Some(11), ..Vote::default() };
    form.remarks.strengths = "Đoàn kết".to_owned();
    form
}

#[test]
fn the_form_after_a_last_one_has_its_unit_and_proposes_its_evidence() {
    let device = device();
    let last = last(&device);
    let draft = device.new_form_from(&last).unwrap();
    let form = &draft.form;
    assert_ne!(form.id, last.id);
    assert_eq!((form.revision, form.created), (0, Instant::from_unix(NOW)));
    assert_eq!((&form.unit, &form.locality), (&last.unit, &last.locality));
    assert_eq!(form.facts, last.facts);
    assert_eq!(form.period, period(PeriodKind::Year, "2026-01-01", "2026-12-31"));
    // Nothing of what was answered.
    assert!(form.items.is_empty() && form.gates.is_empty() && form.adjustments.is_empty());
    assert_eq!((&form.vote, &form.remarks), (&Vote::default(), &Default::default()));
    let proposed = |item: &str| draft.proposed.text(&Id::new(item).unwrap());
    assert_eq!((proposed("1.14"), proposed("2.14")), (Some("Biên bản số 12"), None));
    // Kept with the draft, and no part of the form.
    put(&device, &draft);
    assert_eq!(kept(&device, &form.id).as_ref(), Some(&draft));
    let session = device.open_draft(&draft).unwrap();
    assert_eq!(draft.text_with(&session), draft.to_text());
    assert_eq!(session.verdict(), FormVerdict::Incomplete);
    assert_eq!(device.storage().all().len(), 1);
}

#[test]
fn what_a_pack_no_longer_has_is_not_taken_over() {
    let device = device();
    let mut last = last(&device);
    last.unit.level = Id::new("gone").unwrap();
    last.unit.unit_type = Id::new("gone").unwrap();
    last.facts.set(Id::new("gone").unwrap(), Some(1));
    last.facts.set(Id::new("members_exempt").unwrap(), Some(1_000_000));
    last.items.set(Id::new("9.99").unwrap(), last.items.get(&Id::new("1.14").unwrap()).cloned());
    let draft = device.new_form_from(&last).unwrap();
    assert_eq!(draft.form.unit.level.as_str(), "cell");
    assert_eq!(draft.form.facts.len(), 1);
    assert!(draft.proposed.text(&Id::new("9.99").unwrap()).is_none());
    assert!(device.open_draft(&draft).is_ok());
    last.pack.id = Id::new("gone").unwrap();
    assert!(device.new_form_from(&last).is_err());
}

#[test]
fn the_next_period_is_of_the_same_kind() {
    let pack = catalog::by_id(PACK).unwrap().read().unwrap();
    let table = [
        (PeriodKind::Month, "2026-12-01", "2026-12-31", Some(("2027-01-01", "2027-01-31"))),
        (PeriodKind::Quarter, "2026-07-01", "2026-09-30", Some(("2026-10-01", "2026-12-31"))),
        (PeriodKind::HalfYear, "2026-07-01", "2026-12-31", Some(("2027-01-01", "2027-06-30"))),
        (PeriodKind::Year, "2026-01-01", "2026-12-31", Some(("2027-01-01", "2027-12-31"))),
        (PeriodKind::SchoolYear, "2025-09-01", "2026-05-31", Some(("2026-09-01", "2027-05-31"))),
        // As somebody wrote it: the whole month after its last day.
        (PeriodKind::Month, "2026-01-05", "2026-02-04", Some(("2026-02-01", "2026-02-28"))),
        (PeriodKind::Pilot, "2024-01-01", "2026-12-31", None),
        (PeriodKind::Year, "2100-01-01", "2100-12-31", None),
    ];
    for (kind, from, to, next) in table {
        let next = next.map(|(from, to)| period(kind, from, to));
        assert_eq!(next_period(&pack, &period(kind, from, to)), next, "{kind:?} {to}");
    }
    let monthly = catalog::by_id("sinh-hoat-hd42").unwrap().read().unwrap();
    assert_eq!(next_period(&monthly, &period(PeriodKind::Year, "2025-01-01", "2025-12-31")), None);
}

#[test]
fn the_example_of_each_pack_is_filled_in_and_is_not_kept() {
    let device = device();
    for own in &catalog::BUILT_IN {
        let example = device.example(own.id).unwrap().unwrap();
        let session = &example.session;
        let is_cell = session.form().unit.level.as_str() == "cell";
        let name = if is_cell { "Chi bộ xóm Ví Dụ" } else { "Đảng bộ xã Ví Dụ" };
        assert_eq!(session.form().unit.name, name);
        assert_eq!(session.missing().collect::<Vec<_>>(), [], "{}", own.id);
        assert_eq!(session.verdict(), FormVerdict::Eligible, "{}", own.id);
        assert_eq!(session.section_by_name(&example.draft.section), Section::Unit);
    }
    assert!(device.example("none").unwrap().is_none());
    assert_eq!(device.storage().all(), []);
}

/// Which forms the next one is begun from, by the name of their unit.
fn lasts(device: &TestDevice) -> Vec<String> {
    let rows = run(device.rows()).unwrap();
    let forms = rows.into_iter().filter_map(|row| row.form.ok());
    forms.filter(|form| form.begins_next).map(|form| form.unit).collect()
}

#[test]
fn the_next_form_is_begun_from_the_last_by_its_period() {
    let device = device();
    let kept = |form: Assessment| put(&device, &Draft::new(form));
    let named = |name: &str, from: &str, to: &str| {
        let mut form = last(&device);
        form.unit.name = name.to_owned();
        form.period = period(PeriodKind::Year, from, to);
        form
    };
    assert_eq!(lasts(&device), [""; 0]);
    kept(named("cũ", "2024-01-01", "2024-12-31"));
    kept(named("mới", "2025-01-01", "2025-12-31"));
    // Of a period that is over, though it was never done; but not without a name.
    assert_eq!(lasts(&device), ["mới"]);
    kept(named(" ", "2026-01-01", "2026-12-31"));
    assert_eq!(lasts(&device), ["mới"]);
    // What somebody else sent is not gone on with.
    let mut other = Draft::new(named("khác", "2025-06-01", "2026-06-30"));
    other.received = true;
    put(&device, &other);
    assert_eq!(lasts(&device), ["mới"]);
    // Once the form of this year is begun, there is nothing to begin until it is done.
    let mut now = Draft::new(named("nay", "2026-01-01", "2026-12-31"));
    put(&device, &now);
    assert_eq!(lasts(&device), [""; 0]);
    now.form.facts = example(&device).facts;
    now.form.items = example(&device).items;
    now.form.gates = example(&device).gates;
    now.form.vote = example(&device).vote;
    put(&device, &now);
    let rows = run(device.rows()).unwrap();
    let row = rows.iter().find_map(|row| row.form.as_ref().ok().filter(|own| own.unit == "nay"));
    let row = row.unwrap();
    assert_eq!((row.missing, row.progress.done), (0, row.progress.all));
    assert_eq!((row.superior.as_str(), row.is_signed_as_it_stands), ("Đảng ủy xã Nghi Lâm", false));
    assert_eq!(lasts(&device), ["nay"]);
}

fn example(device: &TestDevice) -> Assessment {
    device.example(PACK).unwrap().unwrap().draft.form
}

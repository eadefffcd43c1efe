//! The monthly sheets of a unit and the numbers that follow from them for its form of a year.
#![cfg(test)] // so that clippy knows these helpers for tests

use std::rc::Rc;

use bon_tot::form::{Assessment, FieldValue, Period};
use bon_tot::json::{FILE_LIMIT, from_slice};
use bon_tot::pack::{FieldKind, Pack, PeriodKind, catalog, examples};
use bon_tot::session::{
    EntryField, Figure, Meetings, Month, MonthState, Proposal, Proposals, ProposedValue, Session,
    SheetField, SheetRule, SheetTest,
};
use bon_tot::value::{AssessmentId, Date, Id, Instant, Lang};
use proptest::collection::vec;
use proptest::prelude::*;

const NEW: &str = "sinh-hoat-hd42";
const OLD: &str = "sinh-hoat-hd12";

type Sheet = (Assessment, Rc<Pack>);

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn pack(id: &str) -> Rc<Pack> {
    Rc::new(catalog::by_id(id).unwrap().read().unwrap())
}

/// The form of 2025 of the unit of the sheets, whose name is written otherwise there.
fn year() -> Session {
    let pack = pack("nghe-an-2024");
    let (from, to) = (Date::new(2025, 1, 1).unwrap(), Date::new(2025, 12, 31).unwrap());
    let period = Period { kind: PeriodKind::Year, from, to };
    let random = AssessmentId::from_bits([1; 16]);
    let mut form = Assessment::blank(&pack, random, period, Instant::from_unix(0)).unwrap();
    form.unit.level = id("cell");
    form.unit.unit_type = id("village");
    form.unit.name = "CHI BỘ xóm  Ví Dụ ".to_owned();
    Session::open(pack, form).unwrap()
}

/// The made-up sheet of a pack, of a month of 2025, with an id by this number.
fn sheet(pack_id: &str, month: u8, number: u8) -> Sheet {
    let pack = pack(pack_id);
    let text = examples::of(pack_id).unwrap();
    let mut form = Assessment::from_bytes(text.as_bytes()).unwrap();
    form.id = AssessmentId::from_bits([number; 16]);
    form.pack = pack.reference();
    form.period.from = Date::new(2025, month, 1).unwrap();
    form.period.to = Date::month_end(2025, month).unwrap();
    (form, pack)
}

fn set(sheet: &mut Sheet, item: &str, field: &str, value: i64) {
    let answer = sheet.0.items.get_mut(&id(item)).unwrap();
    answer.fields.insert(id(field), FieldValue::Int(value));
}

fn month(month: u8) -> Month {
    Month { year: 2025, month }
}

fn value(figures: &[Figure], at: &str) -> Option<i64> {
    let mut own = figures.iter().filter(|own| own.at.to_text() == at);
    let value = own.next().map(|own| own.value);
    assert!(own.next().is_none(), "{at} is proposed once");
    value
}

fn states(meetings: &Meetings) -> Vec<MonthState> {
    meetings.months().map(|(_, state, _)| state).collect()
}

#[test]
fn a_year_of_sheets_gives_numbers_with_their_origin() {
    let session = year();
    let mut sheets: Vec<Sheet> = (1..=9).filter(|m| *m != 2).map(|m| sheet(OLD, m, m)).collect();
    sheets.extend([sheet(OLD, 10, 10), sheet(OLD, 10, 20), sheet(NEW, 11, 11)]);
    let mut unfinished = sheet(NEW, 12, 12);
    unfinished.0.items.remove(&id("m.01"));
    sheets.push(unfinished);
    // Too short, rated lower for it, without full minutes.
    set(&mut sheets[3], "h.07", "minutes", 80);
    let minutes = sheets[4].0.items.get_mut(&id("h.11")).unwrap();
    minutes.verdict = Some(bon_tot::form::AnswerVerdict::NotMet);

    let meetings = session.meetings(sheets);
    let mut expected = [MonthState::One; 12];
    expected[1] = MonthState::None;
    expected[9] = MonthState::Several;
    expected[11] = MonthState::Unfinished;
    assert_eq!(states(&meetings), expected);
    let (october, _, both) = meetings.months().nth(9).unwrap();
    let ids: Vec<_> = both.iter().map(|sheet| sheet.form().id.clone()).collect();
    assert_eq!(october, month(10));
    assert_eq!(ids, [10, 20].map(|number| AssessmentId::from_bits([number; 16])));
    let (_, _, last) = meetings.months().nth(11).unwrap();
    assert!(!last[0].is_finished() && last[0].pack().id.as_str() == NEW);

    let figures = session.from_meetings(&meetings);
    let numbers = [
        ("fact/members_total", Some(24)),
        ("fact/members_exempt", Some(3)),
        ("fact/meetings_held", Some(9)),
        ("field/2.04/good", Some(7)),
        ("field/2.04/fair", Some(2)),
        ("field/2.04/average", Some(0)),
        ("field/2.04/poor", Some(0)),
        ("field/2.07/ready", Some(9)),
        // 8 × 19 and 20 are 172, of 9 meetings.
        ("field/2.08/present", Some(19)),
        // The sheet of November does not ask who was absent without a reason.
        ("field/2.09/unexcused", None),
        ("field/2.09/absent_over_3", None),
        ("field/2.10/long_enough", Some(8)),
        ("field/2.11/spoke", None),
        ("field/2.12/complete", Some(8)),
        ("field/2.13/total", Some(8 * 7 + 8)),
        ("field/2.13/done", Some(8 * 6 + 8)),
    ];
    for (at, number) in numbers {
        assert_eq!(value(&figures, at), number, "{at}");
    }
    assert_eq!(figures.len(), 13);
    let held = figures.iter().find(|own| own.at.to_text() == "fact/meetings_held").unwrap();
    assert_eq!(held.months, [1, 3, 4, 5, 6, 7, 8, 9, 11].map(month));
    assert_eq!(held.from(Lang::Vi), "từ 9 phiếu sinh hoạt");
    assert_eq!(held.from(Lang::En), "from 9 meeting sheets");
    let members = figures.iter().find(|own| own.at.to_text() == "fact/members_total").unwrap();
    assert_eq!(members.months, [month(11)]);
    assert_eq!(members.from(Lang::Vi), "theo phiếu sinh hoạt gần nhất");
}

#[test]
fn zero_follows_only_where_every_sheet_says_it() {
    let session = year();
    let mut sheets: Vec<Sheet> = (1..=9).map(|m| sheet(OLD, m, m)).collect();
    let figures = session.from_meetings(&session.meetings(sheets.clone()));
    assert_eq!(value(&figures, "field/2.09/unexcused"), Some(0));
    assert_eq!(value(&figures, "field/2.09/absent_over_3"), Some(0));
    set(&mut sheets[6], "h.01", "unexcused", 1);
    let figures = session.from_meetings(&session.meetings(sheets));
    assert_eq!(value(&figures, "field/2.09/unexcused"), None);
    assert_eq!(value(&figures, "field/2.09/absent_over_3"), Some(0));
}

#[test]
fn the_later_state_of_a_sheet_counts() {
    let session = year();
    let (first, mut second) = (sheet(OLD, 3, 1), sheet(OLD, 3, 1));
    second.0.revision = 1;
    set(&mut second, "h.01", "present", 21);
    for both in [[first.clone(), second.clone()], [second.clone(), first.clone()]] {
        let meetings = session.meetings(both);
        assert_eq!(states(&meetings)[2], MonthState::One);
        assert_eq!(value(&session.from_meetings(&meetings), "field/2.08/present"), Some(21));
    }
    // Its later state is of another unit: the earlier one does not come back.
    second.0.unit.name = "Chi bộ xóm Khác".to_owned();
    let meetings = session.meetings([first, second]);
    assert_eq!(states(&meetings), [MonthState::None; 12]);
}

#[test]
fn a_sheet_that_is_not_finished_is_named_beside_one_that_is() {
    let session = year();
    let mut begun = sheet(OLD, 5, 1);
    begun.0.facts = Default::default();
    let meetings = session.meetings([begun, sheet(OLD, 5, 2)]);
    let (_, state, both) = meetings.months().nth(4).unwrap();
    assert_eq!((state, both.len()), (MonthState::One, 2));
    assert_eq!(value(&session.from_meetings(&meetings), "fact/meetings_held"), Some(1));
}

#[test]
fn what_is_no_sheet_of_the_unit_in_the_period_is_passed_over() {
    let session = year();
    let nothing = |other: Sheet| {
        let meetings = session.meetings([other]);
        assert_eq!(states(&meetings), [MonthState::None; 12]);
        assert_eq!(session.from_meetings(&meetings), []);
    };
    let mut other = sheet(OLD, 3, 1);
    other.0.unit.name = "Chi bộ xóm Vi Dụ".to_owned();
    nothing(other);
    let mut other = sheet(OLD, 3, 1);
    other.0.unit.level = id("committee");
    nothing(other);
    for (year, month) in [(2024, 12), (2026, 1)] {
        let mut other = sheet(OLD, 3, 1);
        other.0.period.from = Date::new(year, month, 1).unwrap();
        other.0.period.to = Date::month_end(year, month).unwrap();
        nothing(other);
    }
    // A form of another pack, and one that is given with a pack that is not its own.
    nothing((session.form().clone(), session.pack().clone()));
    nothing((sheet(OLD, 3, 1).0, pack(NEW)));
}

#[test]
fn a_unit_without_a_name_and_a_form_of_a_month_have_no_sheets() {
    let sheets = || vec![sheet(OLD, 3, 1)];
    let mut blank = year().form().clone();
    blank.unit.name = " ".to_owned();
    let mut nameless = sheets();
    nameless[0].0.unit.name = " ".to_owned();
    let session = Session::open(pack("nghe-an-2024"), blank).unwrap();
    assert_eq!(states(&session.meetings(nameless)), [MonthState::None; 12]);

    let mut monthly = year().form().clone();
    monthly.period.kind = PeriodKind::Month;
    monthly.period.from = Date::new(2025, 3, 1).unwrap();
    monthly.period.to = Date::new(2025, 3, 31).unwrap();
    let session = Session::open(pack("nghe-an-2024"), monthly).unwrap();
    assert_eq!(session.meetings(sheets()).months().count(), 0);
    // A sheet takes nothing from sheets either.
    let (form, own) = sheet(OLD, 3, 9);
    assert_eq!(Session::open(own, form).unwrap().meetings(sheets()).months().count(), 0);
}

#[test]
fn a_month_that_the_period_touches_is_one_of_it() {
    let mut form = year().form().clone();
    form.period.from = Date::new(2025, 3, 15).unwrap();
    form.period.to = Date::new(2026, 2, 1).unwrap();
    let session = Session::open(pack("nghe-an-2024"), form).unwrap();
    // Begun in March, it is of March.
    let mut across = sheet(OLD, 3, 1);
    across.0.period.from = Date::new(2025, 3, 5).unwrap();
    across.0.period.to = Date::new(2025, 4, 4).unwrap();
    let meetings = session.meetings([across]);
    let months: Vec<Month> = meetings.months().map(|(month, ..)| month).collect();
    let (year, next) = ((3..=12).map(month), (1..=2).map(|month| Month { year: 2026, month }));
    assert_eq!(months, year.chain(next).collect::<Vec<_>>());
    assert_eq!(states(&meetings)[..2], [MonthState::One, MonthState::None]);
}

#[test]
fn what_stands_already_is_told_and_the_same_is_not_proposed() {
    let mut session = year();
    let sheets: Vec<Sheet> = (1..=9).map(|m| sheet(OLD, m, m)).collect();
    let held = EntryField::Fact(id("meetings_held"));
    let of = |session: &Session| {
        let figures = session.from_meetings(&session.meetings(sheets.clone()));
        figures.into_iter().find(|own| own.at == held)
    };
    assert_eq!(of(&session).unwrap().instead_of, "");
    session.enter(held.clone(), "12");
    let own = of(&session).unwrap();
    assert_eq!((own.value, own.instead_of.as_str()), (9, "12"));
    session.enter(held.clone(), "9");
    assert_eq!(of(&session), None);
}

#[test]
fn what_is_taken_is_entered_and_nothing_is_left_to_take() {
    let mut session = year();
    let sheets = [1, 2, 3].map(|month| sheet(NEW, month, month));
    let meetings = session.meetings(sheets);
    let figures = session.from_meetings(&meetings);
    assert!(figures.len() > 3);
    let touched = session.take_figures(&figures);
    assert!(session.from_meetings(&meetings).is_empty());
    for figure in &figures {
        assert_eq!(session.entry(&figure.at), figure.value.to_string());
        if let EntryField::Field(item, _) = &figure.at {
            let index = session.pack().item_index(item).unwrap();
            assert!(touched.items.contains(&index), "{item} is to be redrawn");
        }
    }
}

#[test]
fn each_rule_names_what_its_packs_have() {
    let year = year();
    let is_number = |pack: &Pack, at: &EntryField| match at {
        EntryField::Fact(fact) => pack.fact(fact).is_some(),
        EntryField::Field(item, field) => {
            let field = pack.item(item).and_then(|own| own.field(field));
            field.is_some_and(|own| matches!(own.kind, FieldKind::Integer { .. }))
        }
        _ => false,
    };
    let rules = Proposals::of_meetings(&year.pack().id);
    assert!(!rules.is_empty());
    for rule in rules {
        let at = rule.at.to_text();
        assert!(is_number(year.pack(), &rule.at), "{at}");
        let ProposedValue::Meetings(by) = rule.value else { panic!("{at}") };
        assert!(!by.packs().is_empty(), "{at}");
        for own in by.packs().into_iter().map(|own| pack(own.as_str())) {
            match &by {
                SheetRule::Count(tests) => match &tests[&own.id] {
                    SheetTest::Finished => {}
                    SheetTest::Met(items) => {
                        assert!(!items.is_empty(), "{at}");
                        assert!(items.iter().all(|item| own.item(item).is_some()), "{at}");
                    }
                    SheetTest::Band(band) => {
                        let bands = &own.points.as_ref().unwrap().bands;
                        assert!(bands.iter().any(|known| known.id == *band), "{at}");
                    }
                },
                SheetRule::Sum(from)
                | SheetRule::Average(from)
                | SheetRule::Zero(from)
                | SheetRule::Last(from) => {
                    let SheetField(field) = &from[&own.id];
                    assert!(is_number(&own, field), "{at}");
                }
            }
        }
        let is_counted = !matches!(by, SheetRule::Last(_));
        for lang in [Lang::Vi, Lang::En] {
            assert_eq!(rule.from.text(lang).matches("{}").count(), usize::from(is_counted), "{at}");
        }
    }
}

#[test]
fn rules_are_read_strictly() {
    let read = |value: &str| {
        let text = format!(
            r#"{{"at": "field/2.10/long_enough", "value": {{"meetings": {value}}}, "from": {{"vi": "x"}}}}"#
        );
        from_slice::<Proposal>(text.as_bytes(), FILE_LIMIT).is_ok()
    };
    assert!(read(r#"{"count": {"sinh-hoat-hd42": {"met": ["m.01"]}}}"#));
    assert!(read(r#"{"sum": {"sinh-hoat-hd42": "field/m.24/done"}}"#));
    for value in [
        r#"{"most": {"sinh-hoat-hd42": "finished"}}"#,
        r#"{"count": {"sinh-hoat-hd42": "begun"}}"#,
        r#"{"count": {"sinh-hoat-hd42": {"met": "m.01"}}}"#,
        r#"{"count": {"sinh-hoat-hd42": {"met": ["m.01"], "band": "good"}}}"#,
        r#"{"count": {}, "sum": {}}"#,
        r#"{"sum": {"sinh-hoat-hd42": "m.24/done"}}"#,
        r#"{"sum": {"no id": "field/m.24/done"}}"#,
        r#"{"sum": {"sinh-hoat-hd42": "field/m.24/done", "sinh-hoat-hd42": "field/m.24/done"}}"#,
    ] {
        assert!(!read(value), "{value}");
    }
}

/// A sheet by chance: its pack, its month, its number of minutes and of those present, and whose it is.
fn chance() -> impl Strategy<Value = (bool, u8, i64, i64, u8)> {
    (any::<bool>(), 1u8..=12, 0i64..150, 0i64..=21, 0u8..8)
}

fn made(number: usize, (old, month, minutes, present, whose): (bool, u8, i64, i64, u8)) -> Sheet {
    let (pack, length, attendance) =
        if old { (OLD, "h.07", "h.01") } else { (NEW, "m.01", "m.02") };
    let mut sheet = sheet(pack, month, number as u8);
    set(&mut sheet, length, "minutes", minutes);
    set(&mut sheet, attendance, "present", present);
    match whose {
        0 => sheet.0.unit.name.push_str(" B"),
        1 => sheet.0.facts = Default::default(),
        _ => {}
    }
    sheet
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn numbers_agree_with_what_each_sheet_says(
        all in vec(chance(), 0..16),
        turn in 0usize..16,
    ) {
        let session = year();
        let sheets: Vec<Sheet> =
            all.iter().enumerate().map(|(number, own)| made(number, *own)).collect();
        let meetings = session.meetings(sheets.clone());
        let figures = session.from_meetings(&meetings);
        // In any order, and given twice, they are the same.
        let mut turned = sheets.clone();
        turned.rotate_left(if sheets.is_empty() { 0 } else { turn % sheets.len() });
        turned.extend(sheets);
        prop_assert_eq!(&session.from_meetings(&session.meetings(turned)), &figures);
        // What is taken, counted without the code under test: finished, of the unit, alone in its month.
        let alone: Vec<_> = (1..=12)
            .filter_map(|month| {
                let mut own = all.iter().filter(|own| own.1 == month && own.4 > 1);
                own.next().filter(|_| own.next().is_none())
            })
            .collect();
        let months: Vec<Month> = alone.iter().map(|own| month(own.1)).collect();
        let taken = meetings.months().filter(|(_, state, _)| *state == MonthState::One);
        prop_assert_eq!(taken.map(|(month, ..)| month).collect::<Vec<_>>(), months.clone());
        if alone.is_empty() {
            prop_assert_eq!(figures, []);
            return Ok(());
        }
        let count = alone.len() as i64;
        prop_assert_eq!(value(&figures, "fact/meetings_held"), Some(count));
        prop_assert!(figures.iter().all(|own| own.value >= 0 && months.ends_with(&own.months[..1])
            || own.months == months));
        let rated = ["good", "fair", "average", "poor"]
            .map(|band| value(&figures, &format!("field/2.04/{band}")).unwrap());
        prop_assert_eq!(rated.iter().sum::<i64>(), count);
        let long = alone.iter().filter(|own| own.2 >= 90).count() as i64;
        prop_assert_eq!(value(&figures, "field/2.10/long_enough"), Some(long));
        let present: i64 = alone.iter().map(|own| own.3).sum();
        prop_assert_eq!(value(&figures, "field/2.08/present"), Some(present / count));
        let done = alone.iter().map(|own| if own.0 { 6 } else { 8 }).sum();
        prop_assert_eq!(value(&figures, "field/2.13/done"), Some(done));
        let is_known = alone.iter().all(|own| own.0);
        prop_assert_eq!(value(&figures, "field/2.09/unexcused").is_some(), is_known);
    }
}

//! The list of units of a device and what is set beside it: kept whole, given back, and not lost to a failure.

use bon_tot::pack::PeriodKind;
use bon_tot::store::{PaperDay, PaperKind, PaperSettings, UnitBase, UnitSettings};
use bon_tot::value::Id;

use super::*;

#[test]
fn a_list_is_kept_replaced_and_brought_back() {
    let device = device();
    assert_eq!(run(device.unit_list()), Ok(None));
    assert_eq!(run(device.keep_unit_list(Some("first".into()))), Ok(None));
    assert_eq!(run(device.keep_unit_list(Some("second".into()))), Ok(Some("first".into())));
    assert_eq!(run(device.unit_list()), Ok(Some("second".into())));
    assert_eq!(run(device.keep_unit_list(None)), Ok(Some("second".into())));
    assert_eq!(run(device.unit_list()), Ok(None));
    assert_eq!(run(device.keep_unit_list(Some("second".into()))), Ok(None));
}

#[test]
fn a_list_that_finds_no_room_leaves_the_one_that_is_there() {
    let device = device();
    run(device.keep_unit_list(Some("first".into()))).unwrap();
    device.storage().fail_once(0, StoreError::QuotaExceeded);
    let kept = run(device.keep_unit_list(Some("second".into())));
    assert_eq!(kept, Err(StoreError::QuotaExceeded));
    assert_eq!(run(device.unit_list()), Ok(Some("first".into())));
}

#[test]
fn what_is_set_is_kept_and_what_cannot_be_read_is_as_usual() {
    let device = device();
    assert_eq!(run(device.unit_settings()), Ok(UnitSettings::default()));
    // What was kept before there were periods and paper.
    let old = r#"{"base":"eligible","deadline":null,"format":"bontot.unit_settings/1","highest":25,"pilot":12,"typed":40}"#;
    run(device.storage().put(Table::Units, "settings", old)).unwrap();
    assert_eq!(run(device.unit_settings()).map(|own| own.highest), Ok(25));
    let day = |text| Date::parse(text).unwrap();
    let period =
        (Id::new("nghe-an-2024").unwrap(), PeriodKind::Year, day("2026-01-01"), day("2026-12-31"));
    let paper = |period| PaperDay { period, unit: "chi bộ a".into(), day: day("2026-12-10") };
    let settings = UnitSettings {
        period: Some(period.clone()),
        papers: vec![paper(Some(period)), paper(None)],
        deadline: Date::parse("2026-12-15"),
        pilot: 12,
        highest: 25,
        base: UnitBase::Eligible,
        typed: 40,
    };
    run(device.keep_unit_settings(&settings)).unwrap();
    assert_eq!(run(device.unit_settings()), Ok(settings.clone()));
    let too_much = UnitSettings { pilot: 101, ..settings };
    run(device.keep_unit_settings(&too_much)).unwrap();
    assert_eq!(run(device.unit_settings()), Ok(UnitSettings::default()));
    run(device.storage().put(Table::Units, "settings", "{}")).unwrap();
    assert_eq!(run(device.unit_settings()), Ok(UnitSettings::default()));
}

#[test]
fn what_is_filled_in_on_papers_is_kept_beside_the_list() {
    let device = device();
    run(device.keep_unit_list(Some("list".into()))).unwrap();
    assert_eq!(run(device.paper_settings()), Ok(None));
    let mut settings = PaperSettings {
        issuer: "Đảng ủy xã Nghi Lâm".into(),
        day: Date::parse("2026-12-20"),
        recipients: "Như trên\nLưu Văn phòng".into(),
        ..PaperSettings::default()
    };
    settings.set_number(PaperKind::Letter, "15-TTr/ĐU".into());
    settings.set_number(PaperKind::List, String::new());
    run(device.keep_paper_settings(&settings)).unwrap();
    let kept = run(device.paper_settings()).unwrap().unwrap();
    assert_eq!(kept, settings);
    assert_eq!((kept.number(PaperKind::Letter), kept.number(PaperKind::List)), ("15-TTr/ĐU", ""));
    assert_eq!(run(device.unit_list()), Ok(Some("list".into())));
    run(device.storage().put(Table::Units, "papers", "{}")).unwrap();
    assert_eq!(run(device.paper_settings()), Ok(None));
}

//! A table of 100 points as an officer writes it, and five forms by its pack, with outcomes worked out by hand from spec
//! s. 2.3 to 2.7.

use bon_tot::desk::register::sheets_of_text;
use bon_tot::form::Assessment;
use bon_tot::json::{FILE_LIMIT, parse, to_json};
use bon_tot::kit::import::{Doubt, Grid, Imported, Options, Reason, import};
use bon_tot::pack::{Pack, lint};
use bon_tot::rules::outcome;
use bon_tot::value::{Id, Version};

const TABLE: &str = include_str!("hundred.csv");

fn imported() -> Imported {
    let sheets = sheets_of_text(TABLE.as_bytes()).unwrap().unwrap();
    let grid = Grid::of_texts(sheets[0].1.clone());
    let mut options = Options::new(Id::new("minh-hoa").unwrap(), Version::new("1.0.0").unwrap());
    options.others_percent = 60;
    import(&grid, &options).unwrap()
}

/// Answers, and what must come of them: the verdict with criteria as `id verdict met not_met not_applicable unanswered
/// earned available`; the sum of points; reasons; problems.
const FORMS: [(&str, &str); 5] = [
    // All is met: every point.
    (
        r#""c1.01": "met", "c1.02": "met", "c1.03": "met", "c2.01": "met", "c2.02": "met", "c3.01": "met",
           "c3.02": "met", "c4.01": "met", "c4.02": "met""#,
        r#"{"spec": 1, "verdict": "eligible", "criteria": [
            {"id": "c1", "verdict": "passed", "met": 3, "not_met": 0, "not_applicable": 0, "unanswered": 0, "earned": 300, "available": 300},
            {"id": "c2", "verdict": "passed", "met": 2, "not_met": 0, "not_applicable": 0, "unanswered": 0, "earned": 250, "available": 250},
            {"id": "c3", "verdict": "passed", "met": 2, "not_met": 0, "not_applicable": 0, "unanswered": 0, "earned": 250, "available": 250},
            {"id": "c4", "verdict": "passed", "met": 2, "not_met": 0, "not_applicable": 0, "unanswered": 0, "earned": 200, "available": 200}],
          "gates": [], "vote": "not_required",
          "points": {"earned": 1000, "available": 1000, "bp": 10000, "band": null}, "reasons": [], "problems": []}"#,
    ),
    // 7.5 points are lost; two of three items are 66 %, over 60.
    (
        r#""c1.01": "met", "c1.02": "not_met", "c1.03": "met", "c2.01": "met", "c2.02": "met", "c3.01": "met",
           "c3.02": "met", "c4.01": "met", "c4.02": "met""#,
        r#"{"spec": 1, "verdict": "eligible", "criteria": [
            {"id": "c1", "verdict": "passed", "met": 2, "not_met": 1, "not_applicable": 0, "unanswered": 0, "earned": 225, "available": 300},
            {"id": "c2", "verdict": "passed", "met": 2, "not_met": 0, "not_applicable": 0, "unanswered": 0, "earned": 250, "available": 250},
            {"id": "c3", "verdict": "passed", "met": 2, "not_met": 0, "not_applicable": 0, "unanswered": 0, "earned": 250, "available": 250},
            {"id": "c4", "verdict": "passed", "met": 2, "not_met": 0, "not_applicable": 0, "unanswered": 0, "earned": 200, "available": 200}],
          "gates": [], "vote": "not_required",
          "points": {"earned": 925, "available": 1000, "bp": 9250, "band": null}, "reasons": [], "problems": []}"#,
    ),
    // 15 points are still open.
    (
        r#""c1.01": "met", "c1.02": "met", "c1.03": "met", "c2.01": "met", "c3.01": "met",
           "c3.02": "met", "c4.01": "met", "c4.02": "met""#,
        r#"{"spec": 1, "verdict": "incomplete", "criteria": [
            {"id": "c1", "verdict": "passed", "met": 3, "not_met": 0, "not_applicable": 0, "unanswered": 0, "earned": 300, "available": 300},
            {"id": "c2", "verdict": "incomplete", "met": 1, "not_met": 0, "not_applicable": 0, "unanswered": 1, "earned": 100, "available": 250},
            {"id": "c3", "verdict": "passed", "met": 2, "not_met": 0, "not_applicable": 0, "unanswered": 0, "earned": 250, "available": 250},
            {"id": "c4", "verdict": "passed", "met": 2, "not_met": 0, "not_applicable": 0, "unanswered": 0, "earned": 200, "available": 200}],
          "gates": [], "vote": "not_required",
          "points": {"earned": 850, "available": 1000, "bp": 8500, "band": null}, "reasons": [], "problems": []}"#,
    ),
    // One of two items is 50 %, under 60: two criteria fail, and 10 and 20 points are lost.
    (
        r#""c1.01": "met", "c1.02": "met", "c1.03": "met", "c2.01": "not_met", "c2.02": "met", "c3.01": "not_met",
           "c3.02": "met", "c4.01": "met", "c4.02": "met""#,
        r#"{"spec": 1, "verdict": "not_eligible", "criteria": [
            {"id": "c1", "verdict": "passed", "met": 3, "not_met": 0, "not_applicable": 0, "unanswered": 0, "earned": 300, "available": 300},
            {"id": "c2", "verdict": "failed", "met": 1, "not_met": 1, "not_applicable": 0, "unanswered": 0, "earned": 150, "available": 250},
            {"id": "c3", "verdict": "failed", "met": 1, "not_met": 1, "not_applicable": 0, "unanswered": 0, "earned": 50, "available": 250},
            {"id": "c4", "verdict": "passed", "met": 2, "not_met": 0, "not_applicable": 0, "unanswered": 0, "earned": 200, "available": 200}],
          "gates": [], "vote": "not_required",
          "points": {"earned": 700, "available": 1000, "bp": 7000, "band": null},
          "reasons": [{"rule": "share_not_reached", "criterion": "c2"}, {"rule": "share_not_reached", "criterion": "c3"}], "problems": []}"#,
    ),
    // No item of the table may be skipped.
    (
        r#""c1.01": "met", "c1.02": "met", "c1.03": "not_met", "c2.01": "met", "c2.02": "met", "c3.01": "met",
           "c3.02": "not_applicable", "c4.01": "met", "c4.02": "met""#,
        r#"{"spec": 1, "verdict": "incomplete", "criteria": [
            {"id": "c1", "verdict": "passed", "met": 2, "not_met": 1, "not_applicable": 0, "unanswered": 0, "earned": 200, "available": 300},
            {"id": "c2", "verdict": "passed", "met": 2, "not_met": 0, "not_applicable": 0, "unanswered": 0, "earned": 250, "available": 250},
            {"id": "c3", "verdict": "incomplete", "met": 1, "not_met": 0, "not_applicable": 0, "unanswered": 1, "earned": 200, "available": 250},
            {"id": "c4", "verdict": "passed", "met": 2, "not_met": 0, "not_applicable": 0, "unanswered": 0, "earned": 200, "available": 200}],
          "gates": [], "vote": "not_required",
          "points": {"earned": 850, "available": 1000, "bp": 8500, "band": null}, "reasons": [],
          "problems": [{"problem": "skip_not_allowed", "item": "c3.02"}]}"#,
    ),
];

fn form(pack: &Pack, answers: &str) -> Assessment {
    let items = answers.replace(": \"", ": {\"verdict\": \"").replace("\",", "\"},") + "}";
    let digest = pack.digest.to_string();
    let text = format!(
        r#"{{"format": "bontot.assessment/1", "id": "00000000000000000000000000", "revision": 0,
            "pack": {{"id": "minh-hoa", "version": "1.0.0", "digest": "{digest}"}},
            "unit": {{"name": "Chi bộ xóm Một", "level": "unit", "type": "all", "code": "", "parent": "", "superior": ""}},
            "period": {{"kind": "year", "from": "2026-01-01", "to": "2026-12-31"}},
            "items": {{{items}}}, "created": "2026-11-20T01:00:00Z", "updated": "2026-11-20T01:00:00Z"}}"#
    );
    Assessment::from_bytes(text.as_bytes()).unwrap()
}

#[test]
fn five_forms_have_the_outcomes_that_were_computed_by_hand() {
    let pack = Pack::from_json(&imported().pack).unwrap();
    assert_eq!(lint::errors(&pack), []);
    for (answers, expected) in FORMS {
        let form = form(&pack, answers);
        bon_tot::form::check(&pack, &form).unwrap();
        let expected = parse(expected.as_bytes(), FILE_LIMIT).unwrap();
        let computed = to_json(&outcome(&pack, &form));
        assert_eq!(
            bon_tot::json::canonical(&computed),
            bon_tot::json::canonical(&expected),
            "{answers}"
        );
    }
}

#[test]
fn the_preview_accounts_for_every_row() {
    let imported = imported();
    let preview = &imported.preview;
    assert_eq!((preview.scale, preview.total, preview.head), (Some(10), 1000, Some(3)));
    let shape: Vec<_> = preview
        .criteria
        .iter()
        .map(|own| (own.id.as_str(), own.label.as_str(), own.items.len()))
        .collect();
    assert_eq!(
        shape,
        [
            ("c1", "Chính trị, tư tưởng tốt", 3),
            ("c2", "Tự phê bình và phê bình tốt", 2),
            ("c3", "Đoàn kết, kỷ luật tốt", 2),
            ("c4", "Cán bộ, đảng viên tốt", 2),
        ]
    );
    let left: Vec<_> = preview.left_out.iter().map(|own| (own.row, own.reason)).collect();
    assert_eq!(
        left,
        [
            (0, Reason::Above),
            (1, Reason::Above),
            (3, Reason::Head),
            (4, Reason::ColumnNumbers),
            (19, Reason::Total),
            (21, Reason::NoLabel),
        ]
    );
    // The one row that is neither an item nor left out is in the help of the item above it.
    let pack = Pack::from_json(&imported.pack).unwrap();
    let help = pack.item(&Id::new("c4.01").unwrap()).unwrap().help.clone().unwrap();
    assert_eq!(help.vi, "- Có bản cam kết của từng đảng viên");
    assert_eq!(imported.doubts, [Doubt::Undecided { others_percent: 60 }]);
    assert_eq!(pack.title.vi, "BỘ TIÊU CHÍ CHI BỘ BỐN TỐT (THANG ĐIỂM 100)");
}

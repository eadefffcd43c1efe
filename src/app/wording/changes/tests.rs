//! Every change has words in both languages, and every member of a pack a name.

use std::collections::BTreeSet;

use super::*;
use crate::json::{PACK_LIMIT, parse};
use crate::kit::diff::diff;
use crate::pack::catalog::BUILT_IN;

/// The names of the members of packs, without what stands in rules and texts.
fn members(value: &Json, found: &mut BTreeSet<String>) {
    match value {
        Json::Object(own) => {
            for (name, value) in own {
                found.insert(name.clone());
                if !RULES.contains(&name.as_str()) && value.get("vi").is_none() {
                    members(value, found);
                }
            }
        }
        Json::List(all) => all.iter().for_each(|own| members(own, found)),
        _ => {}
    }
}

#[test]
fn every_member_of_the_built_in_packs_has_a_name_in_both_languages() {
    let mut found = BTreeSet::new();
    for pack in &BUILT_IN {
        members(&pack.json().unwrap(), &mut found);
    }
    for outside in ["format", "from", "to", "vi", "en", "of"] {
        found.remove(outside);
    }
    assert!(found.len() > 40, "{found:?}");
    for (name, [vi, en]) in MEMBERS.iter().chain(&STEPS) {
        assert!(!vi.is_empty() && !en.is_empty(), "{name}");
    }
    let has_name = |name: &String| MEMBERS.iter().chain(&STEPS).any(|(own, _)| own == name);
    let without: Vec<_> = found.iter().filter(|name| !has_name(name)).collect();
    assert!(without.is_empty(), "{without:?}");
}

const BEFORE: &str = r#"{"format": "bontot.pack/1", "id": "a", "version": "1.0.0",
  "title": {"vi": "Bộ", "en": "Pack"}, "effective": {"from": null, "to": null},
  "levels": [{"id": "cell", "label": {"vi": "Chi bộ", "en": "Cell"}}],
  "types": [{"id": "all", "label": {"vi": "Mọi", "en": "All"}}], "periods": ["year"],
  "facts": [{"id": "n", "label": {"vi": "Số đảng viên", "en": "Members"}, "min": 1, "max": 100, "applies": ["*:*"]}],
  "criteria": [{"id": "C1", "label": {"vi": "Một", "en": "One"}, "others_percent": 50},
               {"id": "C2", "label": {"vi": "Hai", "en": "Two"}, "others_percent": 50}],
  "items": [
    {"id": "i1", "criterion": "C1", "label": {"vi": "Dự họp", "en": "Attendance"}, "applies": ["*:*"],
     "fields": [{"id": "num", "kind": "integer", "label": {"vi": "Số dự", "en": "Present"}, "min": 0, "max": 100}],
     "met_when": {"share": {"of": {"field": "num"}, "in": {"fact": "n"}, "op": "ge", "percent": 85}},
     "points": {"max": 125}},
    {"id": "i2", "criterion": "C1", "label": {"vi": "Việc", "en": "Work"}, "applies": ["*:*"]},
    {"id": "i3", "criterion": "C1", "label": {"vi": "Cũ", "en": "Old"}, "applies": ["*:*"]}],
  "points": {"scale": 10, "na": "drop", "adjustment_cap": {"up": 0, "down": 0}, "bands": [], "eligible_bands": []},
  "decision": {"criteria_required": 1, "vote": null}}"#;

fn told(lang: Lang, changes: &[(&str, &str)]) -> Vec<String> {
    let mut text = BEFORE.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let [before, after] = [BEFORE, &text].map(|text| parse(text.as_bytes(), PACK_LIMIT).unwrap());
    let sides = Sides { lang, before: &before, after: &after };
    let all = diff(&before, &after);
    all.iter().map(|own| format!("{}: {}", sides.part(&own.part), sides.deed(own))).collect()
}

#[test]
fn a_threshold_is_told_as_the_rule_before_and_after() {
    let change = [(r#""percent": 85"#, r#""percent": 60"#)];
    assert_eq!(
        told(Lang::Vi, &change),
        [
            "Mục i1 “Dự họp”: Tự tính: đạt khi: từ “«Số dự» ít nhất là 85 % của «Số đảng viên»” thành “«Số dự» ít nhất là 60 % của «Số đảng viên»”"
        ]
    );
    let en = told(Lang::En, &change);
    assert!(en[0].starts_with("Item i1 “Attendance”: Computed: met when: from “"), "{en:?}");
}

#[test]
fn each_kind_of_change_has_words_in_both_languages() {
    let cases: [(&[(&str, &str)], &str, &str); 12] = [
        (
            &[(r#""max": 125"#, r#""max": 100"#)],
            "Mục i1 “Dự họp”: Điểm tối đa của mục: từ 12,5 thành 10",
            "Item i1 “Attendance”: Most points of the item: from 12.5 to 10",
        ),
        (
            &[(r#""others_percent": 50"#, r#""others_percent": 80"#)],
            "Tiêu chí C1 “Một”: Mục không bắt buộc phải đạt ít nhất: từ 50 % thành 80 %",
            "Criterion C1 “One”: Other items met at least: from 50 % to 80 %",
        ),
        (
            &[(
                r#""criterion": "C1", "label": {"vi": "Việc""#,
                r#""criterion": "C2", "label": {"vi": "Việc""#,
            )],
            "Mục i2 “Việc”: Chuyển từ tiêu chí C1 “Một” sang C2 “Hai”",
            "Item i2 “Work”: Moves from criterion C1 “One” to C2 “Two”",
        ),
        (
            &[(r#""id": "i3""#, r#""id": "i9""#)],
            "Mục i9 “Cũ”: Trước đây mang mã i3",
            "Item i9 “Old”: Was called i3 before",
        ),
        (
            &[(r#""vi": "Bộ", "en": "Pack""#, r#""vi": "Bộ mới", "en": "Pack""#)],
            "Bộ tiêu chí: Tên bộ tiêu chí: từ “Bộ” / “Pack” thành “Bộ mới” / “Pack”",
            "The pack: Name of the pack: from “Bộ” / “Pack” to “Bộ mới” / “Pack”",
        ),
        (
            &[(r#"{"from": null"#, r#"{"from": "2026-01-01""#)],
            "Bộ tiêu chí: Thời gian dùng: thêm dùng từ ngày: 01/01/2026",
            "The pack: Time of use: now in use from: 01/01/2026",
        ),
        (
            &[(r#""min": 0, "#, "")],
            "Mục i1 “Dự họp”, ô num “Số dự”: Nhỏ nhất: bỏ 0",
            "Item i1 “Attendance”, field num “Present”: Smallest: 0 is gone",
        ),
        (
            &[(r#""vote": null"#, r#""vote": {"of": "present", "op": "ge", "num": 2, "den": 3}"#)],
            "Bộ tiêu chí: Kết luận – biểu quyết: thêm biểu quyết tính trên: số có mặt; tán thành: từ; tử số: 2; mẫu số: 3",
            "The pack: Decision – vote: now vote counted of: those present; in favour: at least; numerator: 2; denominator: 3",
        ),
        (
            &[(r#""en": "Work"}, "applies": ["*:*"]"#, r#""en": "Work"}, "applies": ["cell:*"]"#)],
            "Mục i2 “Việc”: Áp dụng cho: từ mọi đơn vị thành Chi bộ · mọi loại hình",
            "Item i2 “Work”: Applies to: from every unit to Cell · every type",
        ),
        (
            &[(r#""na": "drop""#, r#""na": "full""#)],
            "Bộ tiêu chí: Điểm của mục không áp dụng: từ bỏ ra khỏi tổng điểm thành được điểm tối đa",
            "The pack: Points of items that do not apply: from dropped from the total to full points",
        ),
        (
            &[
                (r#"{"id": "C1", "label": {"vi": "Một", "en": "One"}, "others_percent": 50},"#, ""),
                (
                    r#""others_percent": 50}]"#,
                    r#""others_percent": 50},{"id": "C1", "label": {"vi": "Một", "en": "One"}, "others_percent": 50}]"#,
                ),
            ],
            "Đổi chỗ: từ thứ",
            "Moves from place",
        ),
        (
            &[(
                r#",
    {"id": "i3", "criterion": "C1", "label": {"vi": "Cũ", "en": "Old"}, "applies": ["*:*"]}]"#,
                r#",
    {"id": "x4", "criterion": "C2", "label": {"vi": "Mới", "en": "New work"}, "applies": ["cell:*"], "mandatory": true}]"#,
            )],
            "Mục x4 “Mới”: Mới thêm",
            "Item i3 “Old”: Gone",
        ),
    ];
    for (change, vi, en) in cases {
        let both = [told(Lang::Vi, change), told(Lang::En, change)];
        for (told, words) in both.iter().zip([vi, en]) {
            assert!(told.iter().any(|own| own.contains(words)), "{words}: {told:?}");
            assert!(told.iter().all(|own| !own.contains("{}")), "{told:?}");
        }
    }
}

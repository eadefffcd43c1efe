//! Values into canonical bytes.

use std::collections::BTreeMap;

use bon_tot::json::{FILE_LIMIT, Json, parse, to_canonical, to_json};
use serde::Serialize;

#[derive(Serialize)]
#[serde(tag = "format", rename = "test.document/1")]
struct Document {
    z: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    none: Option<i64>,
    parts: BTreeMap<String, Part>,
    a: (u8, char, ()),
    none_left: Empty,
}

#[derive(Serialize)]
struct Empty {}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Part {
    Empty,
    One(bool),
    Two(i8, i8),
    Named { text: &'static str, more: u64 },
}

#[test]
fn every_kind_of_value_is_written_with_members_in_canonical_order() {
    let parts = [
        ("d", Part::Empty),
        ("c", Part::One(true)),
        ("b", Part::Two(1, -2)),
        ("a", Part::Named { text: "\u{1}", more: 7 }),
    ];
    let document = Document {
        z: None,
        none: None,
        parts: parts.map(|(name, part)| (name.to_owned(), part)).into(),
        a: (255, 'ộ', ()),
        none_left: Empty {},
    };
    let expected = concat!(
        r#"{"a":[255,"ộ",null],"format":"test.document/1","none_left":{},"parts":{"#,
        r#""a":{"named":{"more":7,"text":"\u0001"}},"b":{"two":[1,-2]},"c":{"one":true},"d":"empty"},"z":null}"#
    );
    assert_eq!(to_canonical(&document), expected);
    assert_eq!(to_canonical(&to_json(&document)), expected);
}

#[test]
fn what_the_profile_has_no_place_for_is_null() {
    assert_eq!(to_canonical(&[Some(1.5)]), "null");
    assert_eq!(to_canonical(&BTreeMap::from([((), 1)])), "null");
    assert_eq!(to_canonical(&(1, u64::MAX)), "null");
    assert_eq!(to_json(&[2.5f32]), Json::Null);
}

fn check(text: &str, expected: &str) {
    assert_eq!(to_canonical(&parse(text.as_bytes(), FILE_LIMIT).unwrap()), expected);
}

#[test]
fn members_are_sorted_by_utf16_code_units_as_in_rfc_8785_section_3_2_3() {
    check(
        r#"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}"#,
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}",
    );
}

#[test]
fn strings_are_escaped_as_in_rfc_8785_section_3_2_2() {
    check(
        r#"["\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", null, true, false]"#,
        "[\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\",null,true,false]",
    );
}

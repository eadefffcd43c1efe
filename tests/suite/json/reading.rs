//! Typed values from a JSON text, each error with its place.

use std::collections::BTreeMap;

use bon_tot::json::{FILE_LIMIT, Fault, Json, ReadError, from_json, from_slice, parse};
use serde::Deserialize;

#[derive(Debug, PartialEq, Deserialize)]
#[serde(tag = "format", rename = "test.document/1", deny_unknown_fields)]
struct Document {
    name: String,
    #[serde(default)]
    parts: BTreeMap<String, Vec<Part>>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Part {
    Empty,
    Flag(bool),
    Pair(u8, u8),
    Sides([i64; 2]),
    Inner { part: Box<Part> },
    Maybe(Option<i64>),
    Whole(Box<Document>),
}

fn read(text: &str) -> Result<Document, (String, String)> {
    from_slice(text.as_bytes(), FILE_LIMIT)
        .map_err(|error: ReadError| (error.pointer.clone(), error.fault.to_string()))
}

fn part(text: &str) -> Result<Part, (String, String)> {
    let head = r#"{"format":"test.document/1","name":"","parts":{"a/b":[1"#;
    let whole = format!("{},{text}]}}}}", head.trim_end_matches('1')).replace("[,", "[");
    read(&whole).map(|mut document| document.parts.get_mut("a/b").unwrap().remove(0))
}

#[track_caller]
fn refuses(text: &str, pointer: &str, fault: &str) {
    let (place, said) = part(text).unwrap_err();
    let place = place.strip_prefix("/parts/a~1b/0").unwrap();
    assert_eq!((place, said.as_str()), (pointer, fault), "{text}");
}

#[test]
fn every_kind_of_variant_is_read() {
    assert_eq!(part(r#""empty""#), Ok(Part::Empty));
    assert_eq!(part(r#"{"flag":true}"#), Ok(Part::Flag(true)));
    assert_eq!(part(r#"{"pair":[1,2]}"#), Ok(Part::Pair(1, 2)));
    assert_eq!(part(r#"{"sides":[-1,2]}"#), Ok(Part::Sides([-1, 2])));
    assert_eq!(part(r#"{"maybe":null}"#), Ok(Part::Maybe(None)));
    assert_eq!(
        part(r#"{"inner":{"part":"empty"}}"#),
        Ok(Part::Inner { part: Box::new(Part::Empty) })
    );
    let whole = part(r#"{"whole":{"name":"b","format":"test.document/1"}}"#);
    assert!(matches!(whole, Ok(Part::Whole(_))));
}

#[test]
fn a_fault_is_named_with_its_place() {
    let one_of = "expected one of: empty, flag, pair, sides, inner, maybe, whole";
    refuses("1", "", one_of);
    refuses("null", "", one_of);
    refuses(r#""other""#, "", one_of);
    refuses(r#"{"other":1}"#, "", one_of);
    refuses(r#"{"flag":true,"pair":[1,2]}"#, "", one_of);
    refuses(r#""flag""#, "", "expected an object");
    refuses(r#"{"empty":null}"#, "", "expected a string");
    refuses(r#"{"flag":1}"#, "/flag", "expected true or false");
    refuses(r#"{"pair":[1]}"#, "/pair", "expected an array of 2 to 2 values");
    refuses(r#"{"pair":[1,256]}"#, "/pair/1", "expected an integer from 0 to 255");
    refuses(r#"{"sides":[1,2,3]}"#, "/sides", "expected an array of 2 to 2 values");
    refuses(r#"{"sides":{}}"#, "/sides", "expected an array");
    refuses(r#"{"inner":["empty"]}"#, "/inner", "expected an object");
    refuses(r#"{"inner":{}}"#, "/inner/part", "this member is missing");
    refuses(r#"{"inner":{"part":"empty","~":1}}"#, "/inner/~0", "this member is not known here");
    refuses(
        r#"{"inner":{"part":{"inner":{"part":{"flag":""}}}}}"#,
        "/inner/part/inner/part/flag",
        "expected true or false",
    );
    refuses(
        r#"{"whole":{"format":"test.document/2","names":""}}"#,
        "/whole/format",
        "made by a newer version: test.document/2, where test.document/1 is read here",
    );
}

#[test]
fn another_format_is_told_before_its_members() {
    let told = |text: &str| read(text).unwrap_err();
    let at_format = |fault: &str| ("/format".to_owned(), fault.to_owned());
    let newer = |found| {
        at_format(&format!("made by a newer version: {found}, where test.document/1 is read here"))
    };
    assert_eq!(told(r#"{"new":1,"format":"test.document/2"}"#), newer("test.document/2"));
    assert_eq!(told(r#"{"format":"test.other/10"}"#), newer("test.other/10"));
    let other = |found| at_format(&format!("expected test.document/1, not {found}"));
    for format in ["test.other/1", "test.document/0", "test.document/x", "test.document/+2"] {
        assert_eq!(told(&format!(r#"{{"format":"{format}"}}"#)), other(format), "{format}");
    }
    let foreign = (String::new(), Fault::OtherProduct.to_string());
    for text in ["{}", r#"{"format":1}"#, r#"{"name":"a"}"#, r#"{"format":"GeoJSON/2"}"#] {
        assert_eq!(told(text), foreign, "{text}");
    }
    assert_eq!(told("[]").1, "expected an object");
    assert!(read(r#"{"name":"","format":"test.document/1"}"#).is_ok());
}

#[test]
fn a_tree_is_read_as_it_stands() {
    let json = parse(br#"{"b":[1,"",null],"a":{"c":true}}"#, FILE_LIMIT).unwrap();
    assert_eq!(from_json::<Json>(&json), Ok(json));
}

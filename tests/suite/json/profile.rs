//! What of JSON the profile of the formats takes.

use bon_tot::json::{FILE_LIMIT, Fault, INTEGER_MAX, Json, parse};

fn refused(text: &str) -> (String, Fault) {
    let error = parse(text.as_bytes(), FILE_LIMIT).unwrap_err();
    (error.pointer.clone(), error.fault.clone())
}

#[test]
fn a_byte_order_mark_is_tolerated_once() {
    assert_eq!(parse(b"\xEF\xBB\xBF1", 10), Ok(Json::Int(1)));
    assert!(parse(b"\xEF\xBB\xBF\xEF\xBB\xBF1", 10).is_err());
}

#[test]
fn a_duplicate_member_is_refused_at_its_place() {
    assert_eq!(
        refused(r#"{"a":[{"b/c":1,"b/c":2}]}"#),
        ("/a/0/b~1c".into(), Fault::DuplicateMember)
    );
}

#[test]
fn only_integers_within_53_bits_are_numbers() {
    for text in ["1.0", "1e2", "9007199254740992", "-9007199254740992", "-0", "1e400"] {
        assert!(parse(text.as_bytes(), 100).is_err(), "{text}");
    }
    assert_eq!(refused("[0,1.5]"), ("/1".into(), Fault::NotAnInteger));
    assert_eq!(parse(b"-9007199254740991", 100), Ok(Json::Int(-INTEGER_MAX)));
}

#[test]
fn depth_is_at_most_32() {
    let nested = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n));
    assert!(parse(nested(32).as_bytes(), 1000).is_ok());
    assert_eq!(refused(&nested(33)).1, Fault::TooDeep { limit: 32 });
    assert!(parse("[".repeat(100_000).as_bytes(), FILE_LIMIT).is_err());
}

#[test]
fn size_and_encoding_are_checked_before_anything_else() {
    assert_eq!(parse(b"[1,2]", 4).unwrap_err().fault, Fault::TooLarge { limit: 4 });
    assert_eq!(parse(b"\"\xFF\"", 4).unwrap_err().fault, Fault::NotUtf8);
    assert!(matches!(refused(r#""\ud800""#).1, Fault::Syntax { .. }));
    assert!(matches!(refused("1 2").1, Fault::Syntax { .. }));
}

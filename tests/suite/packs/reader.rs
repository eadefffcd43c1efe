//! What the reader refuses (spec s. 1 and 2), each fault by one edit of the tiny pack.

use bon_tot::json::{Fault, PACK_LIMIT};
use bon_tot::pack::Pack;
use bon_tot::pack::lint::errors;

use super::{TINY, edited};

#[track_caller]
fn check_refused(text: &str, pointer: &str, fault: &str) {
    let error = Pack::from_bytes(text.as_bytes()).unwrap_err();
    assert_eq!(
        (error.pointer.as_str(), error.fault.to_string().as_str()),
        (pointer, fault),
        "{text}"
    );
}

const MISSING: &str = "this member is missing";
const UNKNOWN: &str = "this member is not known here";
const TWICE: &str = "this member stands twice";
const NO_ID: &str = "expected an id of 1 to 40 characters A-Z a-z 0-9 . _ -";
const NO_COND: &str = "expected a condition (spec 2.2), at most 8 deep";
const NO_EXPR: &str = "expected an expression (spec 2.2), at most 8 deep";
const NO_DATE: &str = "expected a calendar day, YYYY-MM-DD";
const NO_TEXT: &str = "expected a string";
const NO_INT: &str = "only integers within ±(2^53 − 1) are allowed";

#[test]
fn the_reader_names_unknown_missing_and_doubled_members() {
    #[rustfmt::skip]
    let table = [
        (r#""format": "bontot.pack/1""#, r#""format": "bontot.pack/2""#, "/format", "made by a newer version: bontot.pack/2, where bontot.pack/1 is read here"),
        // A later format may have members that this reader does not know.
        (r#""format": "bontot.pack/1""#, r#""later": 1, "format": "bontot.pack/2""#, "/format", "made by a newer version: bontot.pack/2, where bontot.pack/1 is read here"),
        (r#""format": "bontot.pack/1", "#, "", "/format", MISSING),
        (r#""id": "tiny", "#, "", "/id", MISSING),
        (r#""id": "tiny", "#, r#""id": "tiny", "id": "tiny", "#, "/id", TWICE),
        (r#""id": "tiny", "#, r#""id": "tiny", "colour": 1, "#, "/colour", UNKNOWN),
        (r#""vi": "Nhỏ", "#, "", "/title/vi", MISSING),
        (r#""vi": "Nhỏ", "#, r#""vi": "Nhỏ", "fr": "Petit", "#, "/title/fr", UNKNOWN),
        (r#""to": "2026-12-31""#, r#""until": "2026-12-31""#, "/effective/until", UNKNOWN),
        (r#""cite": "HD 1", "#, "", "/legal_basis/0/cite", MISSING),
        (r#""min": 1, "#, "", "/facts/0/min", MISSING),
        (r#", "others_percent": 50"#, "", "/criteria/0/others_percent", MISSING),
        (r#""source": ["S1"]"#, r#""sources": ["S1"]"#, "/items/0/sources", UNKNOWN),
        (r#""id": "txt", "#, r#""id": "txt", "min": 0, "#, "/items/0/fields/1/min", UNKNOWN),
        (r#""id": "day", "#, r#""id": "day", "choices": [], "#, "/items/0/fields/2/choices", UNKNOWN),
        (r#", "kind": "text""#, "", "/items/0/fields/1/kind", MISSING),
        (r#""choices": ["#, r#""options": ["#, "/items/0/fields/3/options", UNKNOWN),
        (r#", "op": "gt", "percent": 85"#, r#", "op": "gt""#, "/items/0/met_when/all/0/share/percent", MISSING),
        (r#""percent": 85"#, r#""percent": 85, "round": 1"#, "/items/0/met_when/all/0/share/round", UNKNOWN),
        (r#", "in": ["x"]"#, "", "/items/0/met_when/all/1/choice/in", MISSING),
        (r#", "points": 7"#, "", "/items/0/points/bands/0/points", MISSING),
        (r#""effect": "fail", "#, "", "/gates/0/effect", MISSING),
        (r#""max_times": 3, "#, "", "/adjustments/0/max_times", MISSING),
        (r#", "down": 100"#, "", "/points/adjustment_cap/down", MISSING),
        (r#", "den": 2"#, "", "/decision/vote/den", MISSING),
        (r#""decision": {"#, r#""decision": {"quorum": 1, "#, "/decision/quorum", UNKNOWN),
    ];
    for (from, to, pointer, fault) in table {
        check_refused(&edited(from, to), pointer, fault);
    }
}

#[test]
fn the_reader_names_words_ids_and_days_that_are_none() {
    #[rustfmt::skip]
    let table = [
        (r#""id": "tiny""#, r#""id": "ti ny""#, "/id", NO_ID),
        (r#""version": "1.0.0""#, r#""version": "1.0""#, "/version", "expected a version such as 1.0.0"),
        (r#""vi": "Nhỏ""#, r#""vi": " ""#, "/title/vi", "expected a string that is not empty"),
        (r#""en": "Tiny""#, r#""en": 1"#, "/title/en", NO_TEXT),
        (r#""issued": "2024-01-02""#, r#""issued": "2024-02-30""#, "/legal_basis/0/issued", NO_DATE),
        (r#""periods": ["year"]"#, r#""periods": ["year", "week"]"#, "/periods/1", "expected one of: month, quarter, half_year, year, school_year, pilot"),
        (r#""*:village""#, r#""village""#, "/items/0/applies/0", "expected level:type, each an id or *"),
        (r#""*:village""#, r#""a:b:c""#, "/items/0/applies/0", "expected level:type, each an id or *"),
        (r#""source": ["S1"]"#, r#""source": "S1""#, "/items/0/source", "expected an array"),
        (r#""mandatory": true"#, r#""mandatory": 1"#, "/items/0/mandatory", "expected true or false"),
        (r#""evidence": "optional""#, r#""evidence": "always""#, "/items/0/evidence", "expected one of: none, optional, required"),
        (r#""kind": "date""#, r#""kind": "time""#, "/items/0/fields/2/kind", "expected one of: integer, text, date, choice"),
        (r#""effect": "fail""#, r#""effect": "warn""#, "/gates/0/effect", "expected one of: fail, pending"),
        (r#""na": "drop""#, r#""na": "half""#, "/points/na", "expected one of: drop, full"),
        (r#""of": "eligible""#, r#""of": "all""#, "/decision/vote/of", "expected one of: eligible, present"),
        (r#""op": "gt", "num""#, r#""op": "lt", "num""#, "/decision/vote/op", "expected one of: gt, ge"),
        (r#""facts": ["#, r#""facts": [[], "#, "/facts/0", "expected an object"),
    ];
    for (from, to, pointer, fault) in table {
        check_refused(&edited(from, to), pointer, fault);
    }
}

#[test]
fn the_reader_names_numbers_outside_their_limits() {
    #[rustfmt::skip]
    let table = [
        (r#""min": 1, "max": 100"#, r#""min": 1, "max": 0"#, "/facts/0/max", "expected an integer from 1 to 1000000000"),
        (r#""min": 1, "max": 100"#, r#""min": -1, "max": 100"#, "/facts/0/min", "expected an integer from 0 to 1000000000"),
        (r#""max": 50, "#, r#""max": 1000000001, "#, "/items/0/fields/0/max", "expected an integer from 0 to 1000000000"),
        (r#""max": 50, "#, r#""max": 50.0, "#, "/items/0/fields/0/max", NO_INT),
        (r#""max": 50, "#, r#""max": 9007199254740992, "#, "/items/0/fields/0/max", NO_INT),
        (r#""others_percent": 50"#, r#""others_percent": 101"#, "/criteria/0/others_percent", "expected an integer from 0 to 100"),
        (r#""percent": 85"#, r#""percent": 1001"#, "/items/0/met_when/all/0/share/percent", "expected an integer from 0 to 1000"),
        (r#""percent": 85"#, r#""percent": "85""#, "/items/0/met_when/all/0/share/percent", "expected an integer from 0 to 1000"),
        (r#""points": 7"#, r#""points": 11"#, "/items/0/points/bands/0/points", "expected an integer from 0 to 10"),
        (r#""max": 10, "#, r#""max": -1, "#, "/items/0/points/max", "expected an integer from 0 to 1000000"),
        (r#""max_times": 3"#, r#""max_times": 0"#, "/adjustments/0/max_times", "expected an integer from 1 to 1000"),
        (r#""scale": 10"#, r#""scale": 0"#, "/points/scale", "expected an integer from 1 to 1000"),
        (r#""up": 50"#, r#""up": -1"#, "/points/adjustment_cap/up", "expected an integer from 0 to 1000000000"),
        (r#""at_least_bp": 7000"#, r#""at_least_bp": 10001"#, "/points/bands/1/at_least_bp", "expected an integer from 0 to 10000"),
        (r#""criteria_required": 1"#, r#""criteria_required": -1"#, "/decision/criteria_required", "expected an integer from 0 to 1000"),
        (r#""num": 1, "#, r#""num": -1, "#, "/decision/vote/num", "expected an integer from 0 to 1000"),
        (r#""den": 2"#, r#""den": 0"#, "/decision/vote/den", "expected an integer from 1 to 1000"),
    ];
    for (from, to, pointer, fault) in table {
        check_refused(&edited(from, to), pointer, fault);
    }
}

#[test]
fn the_reader_names_rules_that_are_none() {
    let given = r#"{"given": {"field": "day"}}"#;
    let place = "/items/0/na_when/not";
    let integer = "expected an integer from -1000000 to 1000000";
    let two = "expected an array of 2 to 2 values";
    let terms = "expected an array of 1 to 64 values";
    let nested =
        |n: usize, inner: &str| format!("{}{inner}{}", r#"{"not": "#.repeat(n), "}".repeat(n));
    let sum = |n: usize| format!(r#"{{"eq": [{{"add": [{}]}}, 0]}}"#, vec!["1"; n].join(", "));
    let path = |steps: &str| format!("{place}{steps}");
    #[rustfmt::skip]
    let table = [
        ("true", path(""), NO_COND),
        ("{}", path(""), NO_COND),
        (r#"{"all": [], "any": []}"#, path(""), NO_COND),
        (r#"{"xor": []}"#, path(""), NO_COND),
        (r#"{"all": {}}"#, path("/all"), "expected an array"),
        (r#"{"given": {"field": "day", "x": 1}}"#, path("/given/x"), UNKNOWN),
        (r#"{"eq": [1]}"#, path("/eq"), two),
        (r#"{"eq": [1, 2, 3]}"#, path("/eq"), two),
        (r#"{"eq": ["1", 2]}"#, path("/eq/0"), NO_EXPR),
        (r#"{"eq": [{"field": "num", "fact": "n"}, 2]}"#, path("/eq/0"), NO_EXPR),
        (r#"{"eq": [{"div": [1, 2]}, 2]}"#, path("/eq/0"), NO_EXPR),
        (r#"{"eq": [1000001, 2]}"#, path("/eq/0"), integer),
        (r#"{"eq": [2, -1000001]}"#, path("/eq/1"), integer),
        (r#"{"eq": [{"mul": [1, 1000001]}, 2]}"#, path("/eq/0/mul/1"), integer),
        (r#"{"eq": [{"mul": [1, {"field": "num"}]}, 2]}"#, path("/eq/0/mul/1"), integer),
        (r#"{"eq": [{"mul": [1, 2, 3]}, 2]}"#, path("/eq/0/mul"), two),
        (r#"{"eq": [{"sub": [1]}, 2]}"#, path("/eq/0/sub"), two),
        (r#"{"eq": [{"mul": [{"add": [{"mul": [1, 2]}]}, 2]}, 2]}"#, path("/eq/0/mul/0/add/0"), NO_EXPR),
        (&sum(0), path("/eq/0/add"), terms),
        (&sum(65), path("/eq/0/add"), terms),
        (r#"{"share": {"of": 1, "in": 2, "op": "eq", "percent": 1}}"#, path("/share/op"), "expected one of: gt, ge, lt, le"),
        (r#"{"choice": {"field": "pick", "in": ["x y"]}}"#, path("/choice/in/0"), NO_ID),
        // The rule stands in a `not`, so it begins at depth 2, and a `given` below six more at 8.
        (&nested(7, given), path(&"/not".repeat(7)), "nested deeper than 8"),
        (&nested(6, r#"{"eq": [1, 2]}"#), path(&format!("{}/eq/0", "/not".repeat(6))), "nested deeper than 8"),
    ];
    for (rule, pointer, fault) in table {
        check_refused(&edited(given, rule), &pointer, fault);
    }
    for rule in [nested(6, given), nested(5, r#"{"eq": [1, 2]}"#), sum(1), sum(64)] {
        let pack = Pack::from_bytes(edited(given, &rule).as_bytes()).unwrap();
        assert_eq!(errors(&pack), [], "{rule}");
    }
    let two_paths = r#"{"eq": [{"add": [{"mul": [1, 2]}, {"mul": [3, -1000000]}]}, 2]}"#;
    assert!(Pack::from_bytes(edited(given, two_paths).as_bytes()).is_ok());
}

#[test]
fn a_pack_is_at_most_1_mib() {
    let padded = |bytes: usize| format!("{TINY}{}", " ".repeat(bytes - TINY.len()));
    assert!(Pack::from_bytes(padded(PACK_LIMIT).as_bytes()).is_ok());
    let error = Pack::from_bytes(padded(PACK_LIMIT + 1).as_bytes()).unwrap_err();
    assert_eq!(error.fault, Fault::TooLarge { limit: 1 << 20 });
}

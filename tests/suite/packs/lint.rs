//! What the linter finds in a pack that reads (spec s. 2.8), each defect by one edit of the tiny pack.

use bon_tot::pack::Pack;
use bon_tot::pack::lint::{Defect, errors};

use super::{TINY, edited, id};

#[track_caller]
fn check_lint(from: &str, to: &str, expected: &[(&str, Defect)]) {
    let pack = Pack::from_bytes(edited(from, to).as_bytes()).unwrap();
    let findings = errors(&pack);
    let found: Vec<_> =
        findings.iter().map(|finding| (finding.pointer.as_str(), finding.defect.clone())).collect();
    assert_eq!(found, expected, "{to}");
}

#[test]
fn the_tiny_pack_reads_and_is_sound() {
    let pack = Pack::from_bytes(TINY.as_bytes()).unwrap();
    assert_eq!(errors(&pack), []);
}

#[test]
fn the_linter_names_every_reference_to_nothing() {
    let nothing = || Defect::ReferenceToNothing(id("zz"));
    #[rustfmt::skip]
    let table = [
        (r#""i1", "criterion": "C1""#, r#""i1", "criterion": "zz""#, "/items/0/criterion"),
        (r#""*:village""#, r#""*:zz""#, "/items/0/applies/0"),
        (r#""*:village""#, r#""*:*", "zz:village""#, "/items/0/applies/1"),
        (r#""max": 100, "applies": ["cell:*"]"#, r#""max": 100, "applies": ["zz:*"]"#, "/facts/0/applies/0"),
        (r#""cell:village""#, r#""cell:zz""#, "/gates/0/applies/0"),
        (r#""max_times": 3, "applies": ["*:*"]"#, r#""max_times": 3, "applies": ["*:zz"]"#, "/adjustments/0/applies/0"),
        (r#"{"given": {"field": "day"}}"#, r#"{"given": {"field": "zz"}}"#, "/items/0/na_when"),
        (r#""of": {"field": "num"}"#, r#""of": {"field": "zz"}"#, "/items/0/met_when"),
        (r#"{"fact": "n"}"#, r#"{"fact": "zz"}"#, "/items/0/met_when"),
        (r#""in": ["x"]"#, r#""in": ["x", "zz"]"#, "/items/0/met_when"),
        (r#"{"field": "pick", "#, r#"{"field": "zz", "#, "/items/0/met_when"),
        (r#""add": [{"field": "num"}"#, r#""add": [{"field": "zz"}"#, "/items/0/points/bands/0/when"),
        (r#""items": ["i2"]"#, r#""items": ["i2", "zz"]"#, "/gates/0/items/1"),
        (r#""full_items": ["i1"]"#, r#""full_items": ["zz"]"#, "/points/bands/0/full_items/0"),
        (r#""eligible_bands": ["good"]"#, r#""eligible_bands": ["good", "zz"]"#, "/points/eligible_bands/1"),
    ];
    for (from, to, pointer) in table {
        check_lint(from, to, &[(pointer, nothing())]);
    }
}

#[test]
fn the_linter_names_every_id_that_stands_twice() {
    #[rustfmt::skip]
    let table = [
        (r#""levels": ["#, r#""levels": [{"id": "cell", "label": {"vi": "x"}}, "#, "cell", "/levels/1/id"),
        (r#""types": ["#, r#""types": [{"id": "village", "label": {"vi": "x"}}, "#, "village", "/types/1/id"),
        (r#""facts": ["#, r#""facts": [{"id": "n", "label": {"vi": "x"}, "min": 0, "max": 1}, "#, "n", "/facts/1/id"),
        (r#""criteria": ["#, r#""criteria": [{"id": "C1", "label": {"vi": "x"}, "others_percent": 0}, "#, "C1", "/criteria/1/id"),
        (r#"{"id": "i2""#, r#"{"id": "i1""#, "i1", "/items/1/id"),
        (r#""gates": ["#, r#""gates": [{"id": "G1", "label": {"vi": "x"}, "effect": "fail"}, "#, "G1", "/gates/1/id"),
        (r#""adjustments": ["#, r#""adjustments": [{"id": "A1", "label": {"vi": "x"}, "points": 1, "max_times": 1}, "#, "A1", "/adjustments/1/id"),
        (r#"{"id": "txt""#, r#"{"id": "num""#, "num", "/items/0/fields/1/id"),
        (r#"{"id": "y""#, r#"{"id": "x""#, "x", "/items/0/fields/3/choices/1/id"),
    ];
    for (from, to, twice, pointer) in table {
        // An item that lost its id is missing elsewhere too: only the first finding is looked at.
        let pack = Pack::from_bytes(edited(from, to).as_bytes()).unwrap();
        let first = errors(&pack).remove(0);
        assert_eq!(
            (first.pointer.as_str(), first.defect),
            (pointer, Defect::DuplicateId(id(twice)))
        );
    }
    check_lint(
        r#""id": "fair", "#,
        r#""id": "good", "#,
        &[("/points/bands/1/id", Defect::DuplicateId(id("good")))],
    );
}

#[test]
fn the_linter_names_what_cannot_be_compared() {
    let number = |field| Defect::NotAnInteger(id(field));
    for field in ["txt", "day", "pick"] {
        let to = format!(r#""of": {{"field": "{field}"}}"#);
        check_lint(r#""of": {"field": "num"}"#, &to, &[("/items/0/met_when", number(field))]);
        let to = format!(r#""add": [{{"field": "{field}"}}"#);
        let place = "/items/0/points/bands/0/when";
        check_lint(r#""add": [{"field": "num"}"#, &to, &[(place, number(field))]);
        let to = format!(r#"{{"eq": [{{"field": "{field}"}}, 0]}}"#);
        check_lint(r#"{"given": {"field": "day"}}"#, &to, &[("/items/0/na_when", number(field))]);
    }
    for field in ["num", "txt", "day"] {
        let to = format!(r#"{{"field": "{field}", "#);
        let defect = Defect::NotAChoice(id(field));
        check_lint(r#"{"field": "pick", "#, &to, &[("/items/0/met_when", defect)]);
    }
}

#[test]
fn the_linter_names_bands_that_are_never_reached() {
    let fair = || Defect::UnreachableBand { band: id("fair"), behind: id("good") };
    let from = r#""at_least_bp": 9000, "full_items": ["i1"]"#;
    for earlier in [r#""at_least_bp": 7000"#, r#""at_least_bp": 0"#] {
        check_lint(from, earlier, &[("/points/bands/1", fair())]);
    }
    // The later band asks for less: it is reached by forms that the earlier one refuses.
    for earlier in [r#""at_least_bp": 7001"#, r#""at_least_bp": 0, "full_items": ["i1"]"#] {
        check_lint(from, earlier, &[]);
    }
    check_lint(
        r#""at_least_bp": 7000"#,
        r#""at_least_bp": 9000, "full_items": ["i1"]"#,
        &[("/points/bands/1", fair())],
    );
}

#[test]
fn the_linter_names_the_other_flaws() {
    let empty = || Defect::Empty;
    let backwards = || Defect::SpanEndsBeforeItBegins;
    let too_many = Defect::TooManyCriteriaRequired { required: 2, criteria: 1 };
    let no_points = Defect::ItemWithoutPoints(id("i2"));
    #[rustfmt::skip]
    let table = [
        (r#""criteria_required": 1"#, r#""criteria_required": 2"#, "/decision/criteria_required", too_many),
        (r#""full_items": ["i1"]"#, r#""full_items": ["i1", "i2"]"#, "/points/bands/0/full_items/1", no_points),
        (r#""periods": ["year"]"#, r#""periods": []"#, "/periods", empty()),
        (r#""to": "2026-12-31""#, r#""to": "2023-12-31""#, "/effective", backwards()),
        (r#""from": "2024-01-02", "to": null"#, r#""from": "2024-01-02", "to": "2024-01-01""#, "/legal_basis/0/in_force", backwards()),
        (r#""to": "2026-01-01""#, r#""to": "2024-12-31""#, "/gates/0/in_force", backwards()),
    ];
    for (from, to, pointer, defect) in table {
        check_lint(from, to, &[(pointer, defect)]);
    }
    let choices = r#"[{"id": "x", "label": {"vi": "X"}}, {"id": "y", "label": {"vi": "Y"}}]"#;
    let x_is_nothing = ("/items/0/met_when", Defect::ReferenceToNothing(id("x")));
    check_lint(choices, "[]", &[("/items/0/fields/3/choices", empty()), x_is_nothing]);
    for (list, term) in [("levels", "cell"), ("types", "village")] {
        let from = TINY.lines().find(|line| line.contains(&format!("\"{list}\""))).unwrap();
        let pack = edited(from, &format!("  \"{list}\": [],"));
        let findings = errors(&Pack::from_bytes(pack.as_bytes()).unwrap());
        assert_eq!(findings[0].pointer, format!("/{list}"));
        assert_eq!(findings[0].defect, Defect::Empty);
        let nothing = Defect::ReferenceToNothing(id(term));
        assert!(findings[1..].iter().all(|finding| finding.defect == nothing));
    }
    // Every defect is told, in the order of the pack.
    let text = edited(r#""periods": ["year"]"#, r#""periods": []"#);
    let text = text.replace(r#""criteria_required": 1"#, r#""criteria_required": 9"#);
    let findings = errors(&Pack::from_bytes(text.as_bytes()).unwrap());
    let places: Vec<_> = findings.iter().map(|f| f.pointer.as_str()).collect();
    assert_eq!(places, ["/periods", "/decision/criteria_required"]);
}

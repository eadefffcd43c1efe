//! Small files that made much output or work.

use std::path::PathBuf;

use super::*;

/// Beside three hundred others, one file of 2 MiB made 1.66 GB of output.
#[test]
fn one_long_text_does_not_make_every_row_long() {
    let folder = tempfile::tempdir().unwrap();
    let base = String::from_utf8(bytes("security/base.json")).unwrap();
    let long = "x".repeat((2 << 20) - base.len() - 100);
    let mut files = Vec::new();
    let mut add = |text: String| {
        let file: PathBuf = folder.path().join(format!("{}.json", files.len()));
        assert!(text.len() > 1 << 20 || text == base);
        fs::write(&file, text).unwrap();
        files.push(file.to_str().unwrap().to_owned());
    };
    add(base.replace("Chi bộ bản Na Cáng", &long));
    add(base.replacen("{\"assessment\"", &format!("{{\"{long}\":1,\"assessment\""), 1));
    add(base.replace(r#""verdict": "eligible""#, &format!(r#""verdict": "{long}""#)));
    for _ in 0..60 {
        add(base.clone());
    }
    let mut args = vec!["verify"];
    args.extend(files.iter().map(String::as_str));
    let (out, said) = ends(&args, 1);
    assert!(out.len() + said.len() < 100_000, "{}", out.len() + said.len());
    args.push("--json");
    let (out, _) = ends(&args, 1);
    assert!(out.lines().all(|line| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        row["detail"].as_str().is_none_or(|detail| detail.chars().count() <= 1000)
    }));
}

/// A pack of 170 KiB made `plan` take 20 seconds, by the cube of the fields that one rule compares.
#[test]
fn the_plan_for_a_large_rule_takes_no_minutes() {
    let count = 1200;
    let list = |of: &dyn Fn(usize) -> String| (0..count).map(of).collect::<Vec<_>>().join(",");
    let fields = list(&|n| {
        format!(r#"{{"id":"f{n}","kind":"integer","label":{{"vi":"a"}},"min":0,"max":9}}"#)
    });
    let parts = list(&|n| format!(r#"{{"ge":[{{"field":"f{n}"}},5]}}"#));
    let small = String::from_utf8(fs::read("tests/suite/cmd/data/small.json").unwrap()).unwrap();
    let mut pack: serde_json::Value = serde_json::from_str(&small).unwrap();
    let item = format!(
        r#"{{"id":"i","criterion":"A","label":{{"vi":"a"}},"applies":["*:*"],"mandatory":true,
            "fields":[{fields}],"met_when":{{"all":[{parts}]}}}}"#
    );
    pack["items"] = serde_json::json!([serde_json::from_str::<serde_json::Value>(&item).unwrap()]);
    pack["criteria"] =
        serde_json::json!([{"id": "A", "label": {"vi": "a"}, "others_percent": 100}]);
    pack["decision"] = serde_json::json!({"criteria_required": 1, "vote": null});
    for member in ["gates", "facts", "adjustments"] {
        pack[member] = serde_json::json!([]);
    }
    let pack = bon_tot::pack::Pack::from_bytes(pack.to_string().as_bytes()).unwrap();
    let day = Date::new(2026, 6, 30).unwrap();
    let period = bon_tot::form::Period { kind: pack.periods[0], from: day, to: day };
    let id = bon_tot::value::AssessmentId::from_bits([7; 16]);
    let now = Instant::from_unix(1_790_000_000);
    let mut form = bon_tot::form::Assessment::blank(&pack, id, period, now).unwrap();
    let mut answer = bon_tot::form::Answer::default();
    for field in &pack.items[0].fields {
        answer.fields.insert(field.id.clone(), bon_tot::form::FieldValue::Int(1));
    }
    form.items.insert(pack.items[0].id.clone(), answer);
    let begun = std::time::Instant::now();
    let plan = bon_tot::rules::plan(&pack, &form);
    let took = begun.elapsed();
    let text = bon_tot::json::to_canonical(&plan);
    assert_eq!(text.matches(r#""to":5"#).count(), count, "every number is to be 5");
    assert!(took < std::time::Duration::from_secs(20), "{took:?}");
}

//! `pack new`, `pack import`, `pack diff`, `pack publish`, and published packs wherever a pack is given.

use std::fs;

use bon_tot::json::{FILE_LIMIT, Json, PACK_LIMIT, parse};
use bon_tot::pack::Pack;
use bon_tot::seal::Published;

use super::{bontot, data, fails, path, succeeds};

fn published(out: &str, pack: &str, more: &[&str]) -> String {
    let key = data("unit-key.jwe");
    let own =
        ["pack", "publish", pack, "--key", &key, "--author", " Đảng uỷ xã Minh Hoạ ", "--out", out];
    succeeds(&[&own[..], more].concat())
}

/// What `pack digest` says, without its end of line.
fn digest(pack: &str) -> String {
    succeeds(&["pack", "digest", pack]).trim().to_owned()
}

fn first_line(text: &str) -> Json {
    parse(text.lines().next().unwrap().as_bytes(), FILE_LIMIT).unwrap()
}

#[test]
fn a_new_pack_is_sound_and_a_copy_differs_in_its_name_and_has_no_issuer() {
    let folder = tempfile::tempdir().unwrap();
    let (new, copy) = (path(folder.path(), "new.json"), path(folder.path(), "copy.json"));
    succeeds(&["pack", "new", "--id", "xa-a", "--title", "Bộ tiêu chí", "--out", &new]);
    assert!(succeeds(&["pack", "lint", &new]).starts_with("ok: 1 items"));
    let pack = Pack::from_bytes(&fs::read(&new).unwrap()).unwrap();
    assert_eq!((pack.levels[0].id.as_str(), pack.levels[0].label.vi.as_str()), ("cell", "Chi bộ"));
    assert!(
        fails(&["pack", "new", "--id", "xa-a", "--title", "B", "--out", &new])
            .contains("is there already")
    );

    succeeds(&[
        "pack",
        "new",
        "--id",
        "xa-b",
        "--version",
        "2.0.0",
        "--from",
        "nghe-an-2024",
        "--out",
        &copy,
    ]);
    let told = succeeds(&["pack", "diff", "nghe-an-2024", &copy]);
    let lines: Vec<_> = told.lines().collect();
    assert_eq!(lines.len(), 3, "{told}");
    assert!(lines[0].starts_with("~ the pack: id changes"), "{told}");
    assert!(lines[1].starts_with("~ the pack: version changes"), "{told}");
    assert!(lines[2].starts_with("~ the pack: issuer is gone"), "{told}");
    assert!(succeeds(&["pack", "lint", &copy]).starts_with("ok"));
    let usage = bontot(&["pack", "new", "--id", "a b", "--title", "B", "--out", &copy]);
    assert_eq!(usage.status.code(), Some(2));
}

#[test]
fn a_table_is_imported_and_its_doubts_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let (out, table) = (path(folder.path(), "pack.json"), "tests/suite/kit/hundred.csv");
    let args = ["pack", "import", table, "--id", "xa-a", "--level", "committee", "--out", &out];
    let output = bontot(&args);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{told}");
    for line in [
        "columns: A number, B label, C points, D evidence",
        "c1  Chính trị, tư tưởng tốt: 3 items, 30 points",
        "4 criteria, 9 items, 100 points",
        "left out: row 20 (a total): Tổng cộng | 100",
        "look at: the table does not say when a criterion is passed: 100 %",
    ] {
        assert!(told.lines().any(|own| own.starts_with(line)), "{line}\n{told}");
    }
    let pack = Pack::from_bytes(&fs::read(&out).unwrap()).unwrap();
    assert_eq!(pack.items[0].applies[0].to_string(), "committee:*");
    assert_eq!(pack.items[0].points.as_ref().unwrap().max, 125);

    let without = path(folder.path(), "without.json");
    succeeds(&[
        "pack",
        "import",
        table,
        "--id",
        "xa-a",
        "--column",
        "evidence=",
        "--out",
        &without,
    ]);
    let pack = Pack::from_bytes(&fs::read(&without).unwrap()).unwrap();
    assert!(pack.items.iter().all(|item| item.id.as_str() == "c4.01" || item.help.is_none()));
    let told = fails(&["pack", "import", table, "--id", "a", "--sheet", "2", "--out", &without]);
    assert!(told.contains("has 1 sheets"), "{told}");
    let told = fails(&["pack", "import", &data("trust.json"), "--id", "a", "--out", &without]);
    assert!(told.contains("no row names the columns"), "{told}");
    let locked = path(folder.path(), "old.xls");
    fs::write(&locked, [0xd0, 0xcf, 0x11, 0xe0]).unwrap();
    let told = fails(&["pack", "import", &locked, "--id", "a", "--out", &without]);
    assert!(told.contains("save it as .xlsx"), "{told}");
}

#[test]
fn a_difference_is_told_item_by_item_and_is_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    let (small, other) = (data("small.json"), path(folder.path(), "other.json"));
    let text = fs::read_to_string(&small).unwrap();
    let json = parse(text.as_bytes(), PACK_LIMIT).unwrap();
    let Some(Json::List(items)) = json.get("items") else { panic!("no items") };
    let vi = items[0].get("label").unwrap().get("vi").unwrap().as_text().unwrap();
    assert_eq!(text.matches(&format!("\"{vi}\"")).count(), 1);
    fs::write(&other, text.replace(&format!("\"{vi}\""), "\"Câu khác\"")).unwrap();
    let told = succeeds(&["pack", "diff", &small, &other, "--json"]);
    let change = first_line(&told);
    assert_eq!(change.get("change").and_then(Json::as_text), Some("member"), "{told}");
    assert_eq!(change.get("member").and_then(Json::as_text), Some("label"));
    assert_eq!(change.get("matters"), Some(&Json::Bool(false)));
    assert_eq!(told.lines().count(), 1);
    let same = bontot(&["pack", "diff", &small, &small]);
    assert_eq!((same.status.code(), same.stdout), (Some(0), Vec::new()));
    assert!(String::from_utf8(same.stderr).unwrap().contains("the same, byte for byte"));
    assert!(
        fails(&["pack", "diff", &small, "nothing.json"])
            .contains("neither a built-in pack nor a file")
    );
}

#[test]
fn a_published_pack_is_taken_wherever_a_pack_is() {
    let folder = tempfile::tempdir().unwrap();
    let (small, out) = (data("small.json"), path(folder.path(), "published.json"));
    let told = published(&out, &small, &["--note", "Bản đầu", "--date", "2026-11-28"]);
    assert!(told.contains("author     Đảng uỷ xã Minh Hoạ\n"), "{told}");
    let file = Published::from_bytes(&fs::read(&out).unwrap()).unwrap();
    assert_eq!(
        (file.content().note.as_str(), file.content().date.to_string().as_str()),
        ("Bản đầu", "2026-11-28")
    );
    let kid = file.verify().unwrap()[0].key.kid();

    assert_eq!(digest(&out), digest(&small));
    assert!(succeeds(&["pack", "lint", &out]).starts_with("ok: 5 items"));
    assert_eq!(succeeds(&["pack", "diff", &small, &out]), "");
    let score = |pack: &str| succeeds(&["score", &data("good.json"), "--pack", pack]);
    assert_eq!(score(&out), score(&small));
    // It says by whom, and whether that key is trusted.
    let form = data("signed-r1.json");
    let by = |pack: &str, more: &[&str]| {
        let told = succeeds(&[&["verify", &form, "--json", "--pack", pack][..], more].concat());
        first_line(&told).get("pack").unwrap().get("published_by").unwrap().clone()
    };
    assert_eq!(by(&small, &[]), Json::Null);
    let unknown = by(&out, &[]);
    assert_eq!(unknown.get("kid").and_then(Json::as_text), Some(kid.as_str()));
    assert_eq!(unknown.get("author").and_then(Json::as_text), Some("Đảng uỷ xã Minh Hoạ"));
    assert_eq!(unknown.get("trusted_as"), Some(&Json::Null));
    let trust = data("trust.json");
    let list = succeeds(&["trust", "list", "--trust", &trust, "--json"]);
    let unit = list
        .lines()
        .map(first_line)
        .find(|key| key.get("kid").and_then(Json::as_text) == Some(&kid));
    let trusted = by(&out, &["--trust", &trust]);
    assert_eq!(trusted.get("trusted_as"), unit.as_ref().and_then(|unit| unit.get("unit")));
    assert!(trusted.get("trusted_as").unwrap().as_text().is_some());
    let table = succeeds(&["verify", &form, "--pack", &out]);
    assert!(table.contains("(published, key not trusted)"), "{table}");
}

#[test]
fn a_published_pack_that_was_changed_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (small, out) = (data("small.json"), path(folder.path(), "published.json"));
    published(&out, &small, &[]);
    let text = fs::read_to_string(&out).unwrap();
    assert!(text.contains("Minh Hoạ"));
    fs::write(&out, text.replace("Minh Hoạ", "Minh Hoà")).unwrap();
    for args in [
        vec!["pack", "lint", &out],
        vec!["pack", "digest", &out],
        vec!["score", "tests/suite/cmd/data/good.json", "--pack", &out],
        vec!["verify", "tests/suite/cmd/data/signed-r1.json", "--pack", &out],
    ] {
        let told = fails(&args);
        assert!(told.contains("does not verify"), "{args:?}: {told}");
    }
}

#[test]
fn no_pack_is_published_that_has_errors_or_poses_as_another() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| path(folder.path(), name);
    let (key, out) = (data("unit-key.jwe"), at("published.json"));
    let publish = |pack: &str, author: &str| {
        fails(&["pack", "publish", pack, "--key", &key, "--author", author, "--out", &out])
    };
    let told = publish(&data("broken-pack.json"), "A");
    assert!(told.contains("is refused, it has 4 errors"), "{told}");
    let poser = at("poser.json");
    let text = succeeds(&["pack", "show", "nghe-an-2024"]);
    let place = text.find("\"title\": {\"vi\": \"").unwrap() + "\"title\": {\"vi\": \"".len();
    fs::write(&poser, [&text[..place], "X", &text[place..]].concat()).unwrap();
    let told = publish(&poser, "A");
    assert!(told.contains("calls itself nghe-an-2024"), "{told}");
    assert!(publish(&data("small.json"), " ").contains("the name of the author is blank"));
    assert!(!folder.path().join("published.json").exists());
}

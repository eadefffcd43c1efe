//! What the commands say and refuse.

use std::fs;

use tempfile::TempDir;

use super::{DAY, bontot, faulty, named, refused, runs, texts};

#[test]
fn nothing_is_written_where_a_command_is_refused() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("in")).unwrap();
    fs::write(root.join("in/a.json"), &texts(1)[0]).unwrap();
    fs::write(root.join("old.ndjson"), "kept").unwrap();
    fs::write(root.join("no.csv"), "a;b\n1;2\n").unwrap();
    for (args, why) in [
        (&["in", "--out", "r.xls"][..], "ends in none of .ndjson, .csv, .xlsx, .zip"),
        (&["in", "--out", "r"], "ends in none of .ndjson, .csv, .xlsx, .zip"),
        (&["in", "--out", "old.ndjson"], "is there already"),
        (&["gone", "--out", "r.ndjson"], "cannot read gone"),
        (&["in", "--merge", "old.ndjson", "--out", "r.ndjson"], "old.ndjson, line 1"),
        (&["in", "--units", "no.csv", "--out", "r.ndjson"], "no column"),
        (&["in", "--trust", "no.csv", "--out", "r.ndjson"], "no.csv"),
    ] {
        let said = refused(root, &[&["register"], args].concat());
        assert!(said.contains(why), "{args:?}: {said}");
    }
    assert_eq!(fs::read(root.join("old.ndjson")).unwrap(), b"kept");
    assert_eq!(fs::read_dir(root).unwrap().count(), 3);
    assert_eq!(bontot(root, &["register", "--out", "r.ndjson"]).status.code(), Some(2));
}

#[test]
fn the_exit_code_says_whether_a_person_has_to_look() {
    let code = |faults: &str| {
        let (folder, ..) = faulty("12", faults);
        let args = ["register", "files", "--trust", "files-trust-1.json", "--out", "r.ndjson"];
        bontot(folder.path(), &args).status.code()
    };
    for sound in ["unknown_key=2", "duplicate=2,superseded=2"] {
        assert_eq!(code(sound), Some(0), "{sound}");
    }
    for bad in ["forged=1", "altered=1", "conflict=2", "wrong_pack=1", "malformed=1", "newer=1"] {
        assert_eq!(code(bad), Some(1), "{bad}");
    }
}

#[test]
fn the_totals_are_printed_as_words_and_as_json() {
    let (folder, ..) = faulty("20", "malformed=2,duplicate=3");
    let args = |more: &[&'static str]| {
        let fixed =
            ["register", "files", "--trust", "files-trust-1.json", "--out", "r.csv", "--force"];
        runs(folder.path(), &[&fixed[..], more].concat())
    };
    assert_eq!(args(&[]), "20 files read = 2 malformed + 15 verified + 3 duplicate\n");
    let json: serde_json::Value = serde_json::from_str(&args(&["--json"])).unwrap();
    assert_eq!(json["read"], 20);
    let statuses = json["statuses"].as_object().unwrap();
    assert_eq!(statuses.values().map(|count| count.as_u64().unwrap()).sum::<u64>(), 20);
    assert_eq!((statuses["verified"].as_u64(), statuses["conflict"].as_u64()), (Some(15), Some(0)));
}

#[test]
fn who_has_not_filed_is_told() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("in")).unwrap();
    fs::write(root.join("in/a.json"), named("Chi bộ xóm Hoà Bình").to_text()).unwrap();
    let missing = |list: &[u8]| {
        fs::write(root.join("units.csv"), list).unwrap();
        let args = [
            "register",
            "in",
            "--out",
            "r.ndjson",
            "--force",
            "--received",
            DAY,
            "--units",
            "units.csv",
        ];
        let told = runs(root, &args);
        told.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let wanted = ["1 of 2 units have not filed", "  Chi bộ \"Hai\"; xóm"];
    // With a BOM and semicolons, as Excel here writes it; with commas; with tabs.
    let excel = "\u{feff}STT;Tên đơn vị;Mã\r\n1;CHI BỘ XÓM HÒA BÌNH;x\r\n2;\"Chi bộ \"\"Hai\"\"; xóm\";y\r\n3;;z\r\n2;\"Chi bộ \"\"Hai\"\"; xóm\";y\r\n";
    assert_eq!(missing(excel.as_bytes()), wanted);
    assert_eq!(
        missing("unit\nChi bộ xóm Hòa Bình\n\"Chi bộ \"\"Hai\"\"; xóm\"".as_bytes()),
        wanted
    );
    assert_eq!(
        missing("a\tName\nx\tchi bộ  xóm hoà bình\ny\t\"Chi bộ \"\"Hai\"\"; xóm\"\n".as_bytes()),
        wanted
    );
    for (list, why) in [
        (&b"unit\n"[..], "no unit stands"),
        (b"unit\n\"open", "never closed"),
        (b"unit\n\xc3\x28", "neither UTF-8"),
        (b"", "no column"),
    ] {
        fs::write(root.join("units.csv"), list).unwrap();
        let args = ["register", "in", "--out", "x.ndjson", "--units", "units.csv"];
        let said = refused(root, &args);
        assert!(said.contains(why), "{why}: {said}");
    }
}

#[test]
fn samples_with_faults_are_the_same_for_the_same_seed() {
    let (a, names, said) = faulty("80", "all=3");
    let (b, others, again) = faulty("80", "all=3");
    assert_eq!((&names, &said), (&others, &again));
    for name in names.iter().map(std::path::PathBuf::as_path).chain(["files-trust-1.json".as_ref()])
    {
        let read = |folder: &TempDir| fs::read(folder.path().join(name)).unwrap();
        assert_eq!(read(&a), read(&b), "{name:?}");
    }
    let few = refused(
        a.path(),
        &["sample", "--pack", "nghe-an-2024", "--count", "9", "--faults", "all=1", "--out", "few"],
    );
    assert!(few.contains("too few"), "{few}");
}

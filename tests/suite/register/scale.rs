//! Receiving by an SQL engine, as `docs/scale.md` says: DuckDB gives the rows of `bontot register`.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{DAY, faulty, python, register, rows, runs};

fn job(root: &Path, script: &str, args: &[&str]) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/scale").join(script);
    let mut python: Command = python();
    let output = python.arg(script).args(args).current_dir(root).output().unwrap();
    let (out, said) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success(), "{args:?}: {out}{said}");
    out
}

#[test]
fn duckdb_gives_the_same_rows_and_totals() {
    let (folder, ..) = faulty("500", "all=2%,conflict=9");
    let root = folder.path();
    let trust = ["--trust", "files-trust-1.json"];
    // Conflicts of more files than are named, and of every kind, beside those that samples have.
    contradict(root);
    let known = register(root, &["files"], &trust);
    assert!(String::from_utf8_lossy(&known).contains(" and 3 more"));
    job(root, "ndjson.py", &["files", "3", "parts"]);
    let tool = env!("CARGO_BIN_EXE_bontot");
    let fixed = ["parts", "rows.parquet", tool, "--received", DAY];
    let totals = job(root, "duckdb_job.py", &[&fixed[..], &trust].concat());
    let told = job(root, "compare.py", &["out.ndjson", "rows.parquet"]);
    let count = rows(&known).len();
    assert_eq!(told, format!("rows.parquet: {count} rows, equal to the register\n"));
    let said = runs(
        root,
        &[&["register", "files", "--received", DAY, "--out", "x.csv"][..], &trust].concat(),
    );
    let (_, sum) = said.trim().split_once(" = ").unwrap();
    let mut sum: Vec<&str> = sum.split(" + ").collect();
    sum.sort_by_key(|part| part.split_once(' ').unwrap().1);
    assert_eq!(totals.lines().collect::<Vec<_>>(), sum);

    // The example of the documentation counts each verified form once for each of its criteria.
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scale.md"));
    let text = text.unwrap();
    let (_, example) = text.rsplit_once("```sql\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    let code =
        "import duckdb, sys; print(sum(row[3] for row in duckdb.sql(sys.argv[1]).fetchall()))";
    let output = python().args(["-c", code, example]).current_dir(root).output().unwrap();
    let verified = rows(&known).into_iter().filter(|row| row.status.as_str() == "verified");
    let criteria: usize = verified.map(|row| row.criteria.unwrap().iter().count()).sum();
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), criteria.to_string());

    // A row that differs is found.
    let text = String::from_utf8(known).unwrap();
    fs::write(
        root.join("other.ndjson"),
        text.replacen("\"C1\":\"passed\"", "\"C1\":\"failed\"", 1),
    )
    .unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/scale/compare.py");
    let args = ["other.ndjson", "rows.parquet"];
    let output = python().arg(script).args(args).current_dir(root).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 differ"));
}

/// Files of one key: six forms of one unit and period, of which one has two contents and one names two units.
fn contradict(root: &Path) {
    use bon_tot::form::Assessment;
    use bon_tot::seal::{SecretKey, seal};
    use bon_tot::value::{AssessmentId, Instant};
    let pack = super::usual();
    let key = SecretKey::from_seed(&[21; 32]);
    let base: Assessment = super::named("Chi bộ xóm Hoà Bình").assessment().clone();
    let write = |name: &str, form: &Assessment| {
        let sealed = seal(&pack, form, &key, Instant::from_unix(1_798_000_000));
        fs::write(root.join("files").join(name), sealed.to_text()).unwrap();
    };
    for number in 0..6 {
        let mut form = base.clone();
        form.id = AssessmentId::from_bits([number; 16]);
        write(&format!("form-{number}.json"), &form);
    }
    let mut other = base.clone();
    other.id = AssessmentId::from_bits([1; 16]);
    other.locality = "Nơi khác".to_owned();
    write("form-1-again.json", &other);
    other.unit.name = "Chi bộ xóm Hai".to_owned();
    write("form-1-other-unit.json", &other);
}

#[test]
fn the_statement_in_the_documentation_is_the_one_that_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    assert!(read("docs/scale.md").contains(&read("scripts/scale/across.sql")));
}

//! What every file keeps to, and what we depend on.

use std::path::Path;
use std::process::Command;

use super::{ROOT, check_none, read, sources};

/// Words that this file must not hold itself.
fn joined(parts: &[(&str, &str)]) -> Vec<String> {
    parts.iter().map(|(a, b)| format!("{a}{b}")).collect()
}

#[test]
fn every_file_begins_by_saying_what_it_is() {
    let all = sources("src").into_iter().chain(sources("tests"));
    let silent = all.filter(|source| !source.text.starts_with("//! "));
    check_none(silent.map(|source| source.path), "no //! on the first line");
}

#[test]
fn no_source_file_is_longer_than_400_lines() {
    let lengths = sources("src").into_iter().map(|source| {
        let length = source.text.lines().count();
        (length, source.path)
    });
    let long = lengths.filter(|(length, _)| *length > 400);
    check_none(long.map(|(length, path)| format!("{path}: {length}")), "more than 400 lines");
}

#[test]
fn every_file_of_the_suite_is_run() {
    let main = read("tests/suite/main.rs");
    let forgotten = sources("tests/suite").into_iter().filter(|source| {
        let name = source.path.strip_prefix("tests/suite/").unwrap();
        let name = name.strip_suffix(".rs").unwrap();
        let top = !name.contains('/') && name != "main";
        top && !main.lines().any(|line| line == format!("mod {name};"))
    });
    check_none(forgotten.map(|source| source.path), "not in tests/suite/main.rs");
}

/// A document that names a file which has moved sends its reader astray.
#[test]
fn the_documents_name_files_that_exist() {
    let endings = [".rs", ".mjs", ".js", ".css", ".sh", ".txt", ".json", ".toml"];
    let mut named = 0;
    let mut gone = Vec::new();
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"] {
        let text = read(document);
        for name in text.split('`').skip(1).step_by(2) {
            let is_path = name.contains('/')
                && !name.contains([' ', '*', '{'])
                && (endings.iter().any(|end| name.ends_with(end)) || name.ends_with('/'));
            let is_made = ["target/", "dist/", "fuzz/artifacts/"];
            if !is_path || is_made.iter().any(|folder| name.starts_with(folder)) {
                continue;
            }
            named += 1;
            let root = Path::new(ROOT);
            let exists = [root.join(name), root.join("src").join(name)];
            if !exists.iter().any(|path| path.exists()) {
                gone.push(format!("{document}: {name}"));
            }
        }
    }
    assert!(named > 40, "{named} files named");
    check_none(gone, "no such file");
}

#[test]
fn nothing_is_left_to_be_done() {
    let words = joined(&[
        ("to", "do!"),
        ("unimple", "mented!"),
        ("db", "g!"),
        ("FIX", "ME"),
        ("TO", "DO"),
        ("#[ig", "nore]"),
        ("#[should", "_panic"),
    ]);
    let all: Vec<_> = sources("src").into_iter().chain(sources("tests")).collect();
    let left = all.iter().flat_map(|source| {
        let words = &words;
        source.text.lines().enumerate().flat_map(move |(n, line)| {
            let found = words.iter().filter(move |word| line.contains(*word));
            found.map(move |word| format!("{}:{}: {word}", source.path, n + 1))
        })
    });
    check_none(left, "left behind");
}

#[test]
fn every_dependency_has_a_licence_that_lets_us_ship_it() {
    let allowed = [
        "MIT",
        "MIT-0",
        "Apache-2.0",
        "Apache-2.0 WITH LLVM-exception",
        "BSD-1-Clause",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSL-1.0",
        "CC0-1.0",
        "0BSD",
        "ISC",
        "Unicode-3.0",
        "Unlicense",
        "Zlib",
    ];
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--all-features"])
        .current_dir(ROOT)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo metadata: {told}");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 50);
    // Every part of an `AND` is allowed, and of an `OR` at least one.
    let fits = |licence: &str| {
        let licence = licence.replace(['(', ')'], "").replace('/', " OR ");
        licence
            .split(" AND ")
            .all(|part| part.split(" OR ").any(|one| allowed.contains(&one.trim())))
    };
    let refused = packages.iter().filter_map(|package| {
        let licence = package["license"].as_str().unwrap_or("none");
        (!fits(licence)).then(|| format!("{} {}: {licence}", package["name"], package["version"]))
    });
    check_none(refused, "licences that are not on the list");
}

#[test]
fn trunk_runs_the_wasm_bindgen_of_the_lock_file() {
    let lock = read("Cargo.lock");
    let locked = lock
        .lines()
        .skip_while(|line| *line != "name = \"wasm-bindgen\"")
        .nth(1)
        .and_then(|line| line.strip_prefix("version = "))
        .unwrap();
    let trunk = read("Trunk.toml");
    let pinned = trunk
        .lines()
        .find_map(|line| line.strip_prefix("wasm_bindgen = "))
        .and_then(|rest| rest.split(' ').next())
        .unwrap();
    assert_eq!(pinned, locked);
    let exact = format!("version = \"={}", locked.trim_start_matches('"'));
    let manifest = read("Cargo.toml");
    let own = manifest.lines().find(|line| line.starts_with("wasm-bindgen = "));
    assert!(own.unwrap().contains(&exact), "{own:?}");
}

//! ARCHITECTURE.md held against the code: which room may use which, what is absent where, which files use each other,
//! and the habits that every file keeps.
#![cfg(test)] // so that clippy knows these helpers for tests

mod absent;
mod circles;
mod habits;
mod imports;
mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Rooms, each with those that it may use.
type Rooms = BTreeMap<String, BTreeSet<String>>;

struct Source {
    /// From the root of the repository, with `/`.
    path: String,
    text: String,
}

impl Source {
    /// The room of a file in `src/`; `None` for `src/lib.rs` and for files elsewhere.
    fn room(&self) -> Option<&str> {
        let (room, rest) = self.path.strip_prefix("src/")?.split_once('/')?;
        (!rest.is_empty()).then_some(room)
    }

    /// The lines without those that are comments, with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate();
        lines
            .map(|(n, line)| (n + 1, line))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The code before the unit tests at its end; of a file of tests nothing.
    fn code_without_tests(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_of_tests = self.path.ends_with("/tests.rs");
        self.code().take_while(move |(_, line)| !is_of_tests && *line != "#[cfg(test)]")
    }

    /// The places in these lines where one of some words stands alone.
    fn places<'a>(
        &'a self,
        lines: impl Iterator<Item = (usize, &'a str)> + 'a,
        words: &'a [&'a str],
    ) -> impl Iterator<Item = String> + 'a {
        lines.flat_map(move |(n, line)| {
            let found = words.iter().filter(move |word| stands_alone(line, word));
            found.map(move |word| format!("{}:{n}: {word}", self.path))
        })
    }
}

/// Does a word stand in a line, not as a part of a longer name?
fn stands_alone(line: &str, word: &str) -> bool {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let open = |side: Option<char>| !side.is_some_and(part_of_name);
        open(before) && (open(after) || word.ends_with('!'))
    })
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// Every Rust file in a folder of the repository, in order.
fn sources(folder: &str) -> Vec<Source> {
    let mut files = Vec::new();
    walk(&Path::new(ROOT).join(folder), &mut files);
    let source = |path: PathBuf| Source {
        text: fs::read_to_string(&path).unwrap(),
        path: path.strip_prefix(ROOT).unwrap().to_str().unwrap().replace('\\', "/"),
    };
    files.into_iter().map(source).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(path)).unwrap()
}

#[track_caller]
fn check_none(found: impl IntoIterator<Item = String>, why: &str) {
    let found: Vec<_> = found.into_iter().collect();
    assert!(found.is_empty(), "{why}:\n{}", found.join("\n"));
}

// ---- rooms

/// The names in backquotes of a cell of a table.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The rows of a table of ARCHITECTURE.md, found by its first heading, in cells.
fn table(heading: &str) -> Vec<Vec<String>> {
    let text = read("ARCHITECTURE.md");
    let start = format!("| {heading} |");
    let lines = text.lines().skip_while(|line| !line.starts_with(&start));
    let rows = lines.skip(2).take_while(|line| line.starts_with('|'));
    let rows: Vec<Vec<String>> = rows
        .map(|row| {
            let cells = row.trim_matches('|').split('|');
            cells.map(|cell| cell.trim().to_owned()).collect()
        })
        .collect();
    assert!(!rows.is_empty(), "no table {heading}");
    rows
}

/// The rooms that a cell allows, given those of the rows above.
fn allowed(cell: &str, above: &Rooms) -> BTreeSet<String> {
    let named = quoted(cell);
    if cell.starts_with("all above") {
        let others = above.keys().filter(|room| !named.contains(room));
        return others.cloned().collect();
    }
    assert!(cell == "nothing" || !named.is_empty(), "no rooms: {cell}");
    named.into_iter().collect()
}

/// The table of rooms: each with the rooms that it may use.
fn rooms() -> Rooms {
    let mut rooms = Rooms::new();
    for row in table("room") {
        let [room, _, may_use] = &row[..] else { unreachable!("three cells: {row:?}") };
        let allowed = allowed(may_use, &rooms);
        rooms.insert(quoted(room)[0].clone(), allowed);
    }
    rooms
}

/// Those rooms that stand in a circle, or above one.
fn in_circle(mut rooms: Rooms) -> impl Iterator<Item = String> {
    let floor = |rooms: &Rooms| {
        let mut floors = rooms.iter().filter(|(_, uses)| uses.is_empty());
        floors.next().map(|(room, _)| room.clone())
    };
    while let Some(floor) = floor(&rooms) {
        rooms.remove(&floor);
        for uses in rooms.values_mut() {
            uses.remove(&floor);
        }
    }
    rooms.into_keys()
}

/// The names that stand after `crate::` or `bon_tot::` in a line.
fn used(line: &str) -> impl Iterator<Item = &str> {
    ["crate::", "bon_tot::"].into_iter().flat_map(move |root| {
        line.match_indices(root).map(move |(at, _)| {
            let rest = &line[at + root.len()..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
            &rest[..end.unwrap_or(rest.len())]
        })
    })
}

#[test]
fn the_table_of_rooms_names_every_room() {
    let folders: BTreeSet<String> = fs::read_dir(Path::new(ROOT).join("src"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    let rooms = rooms();
    assert_eq!(rooms.keys().cloned().collect::<BTreeSet<_>>(), folders);
    // The table is read as it is meant.
    assert!(rooms["json"].is_empty());
    assert_eq!(rooms["rules"].len(), 4);
    assert!(rooms["app"].contains("desk") && !rooms["app"].contains("cli"));
    let unknown = rooms.values().flatten().filter(|r| !folders.contains(*r));
    check_none(unknown.cloned(), "no such room");
}

#[test]
fn every_room_uses_only_the_rooms_that_it_may() {
    let rooms = rooms();
    let mut wrong = Vec::new();
    for source in sources("src") {
        let Some(room) = source.room() else { continue };
        for (n, line) in source.text.lines().enumerate() {
            for name in used(line) {
                let is_macro = ["string_enum", "string_type"].contains(&name);
                let target = if is_macro { "json" } else { name };
                if target != room && !rooms[room].contains(target) {
                    wrong.push(format!("{}:{}: {room} -> {name}", source.path, n + 1));
                }
            }
        }
    }
    check_none(wrong, "ARCHITECTURE.md does not allow");
}

#[test]
fn the_rooms_form_no_circle() {
    check_none(in_circle(rooms()), "in a circle");
}

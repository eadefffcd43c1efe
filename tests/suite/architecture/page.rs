//! The rooms of the page, and what each may use, as the second table of ARCHITECTURE.md says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::imports::{Imports, Use};
use super::{ROOT, Rooms, Source, allowed, check_none, in_circle, quoted, sources, table};

/// The rooms of the page, each with those of the page that it may use, and with the others.
fn page_rooms() -> (Rooms, Rooms) {
    let (mut page, mut others) = (Rooms::new(), Rooms::new());
    for row in table("room of the page") {
        let [room, _, of_page, of_rest] = &row[..] else { unreachable!("four cells: {row:?}") };
        let room = quoted(room)[0].trim_start_matches("app/").to_owned();
        let may_use = allowed(of_page, &page);
        page.insert(room.clone(), may_use);
        others.insert(room, allowed(of_rest, &BTreeMap::new()));
    }
    (page, others)
}

/// The room of a file of the page: its folder, or its name where it is in none.
fn room(source: &Source) -> Option<&str> {
    let path = source.path.strip_prefix("src/app/")?;
    Some(path.split('/').next().unwrap())
}

/// Every path in the files of the page that leads out of its file.
fn uses(sources: &[Source]) -> Vec<(&Source, &str, Use)> {
    let imports = Imports::read(sources);
    let page = sources.iter().enumerate();
    let page = page.filter_map(|(n, source)| Some((n, source, room(source)?)));
    page.flat_map(|(n, source, room)| {
        let uses = imports.of(n).into_iter();
        uses.map(move |used| (source, room, used))
    })
    .collect()
}

#[test]
fn the_table_of_the_page_names_every_room() {
    let found = fs::read_dir(Path::new(ROOT).join("src/app")).unwrap();
    let found: BTreeSet<String> =
        found.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let (page, others) = page_rooms();
    assert_eq!(page.keys().cloned().collect::<BTreeSet<_>>(), found);
    // The table is read as it is meant.
    assert!(page["text"].is_empty() && page["host"].is_empty());
    assert_eq!(page["mod.rs"].len(), page.len() - 1);
    let rooms = super::rooms();
    let unknown = others.values().flatten().filter(|r| !rooms["app"].contains(*r));
    check_none(unknown.cloned(), "not a room that the page may use");
    let unknown = page.values().flatten().filter(|r| !found.contains(*r));
    check_none(unknown.cloned(), "not a room of the page");
    check_none(in_circle(page), "in a circle");
}

#[test]
fn every_room_of_the_page_uses_only_the_rooms_that_it_may() {
    let (page, others) = page_rooms();
    let sources = sources("src");
    let uses = uses(&sources);
    assert!(uses.len() > 1000, "{} paths", uses.len());
    // Unit tests make their forms themselves.
    let own = uses.iter().filter(|(source, ..)| !source.path.ends_with("/tests.rs"));
    let wrong = own.filter_map(|(source, room, used)| {
        let name = |n: usize| used.path.get(n).map_or("mod.rs", String::as_str);
        let is_allowed = match name(0) {
            "app" => name(1) == *room || page[*room].contains(name(1)),
            "string_enum" | "string_type" => others[*room].contains("json"),
            other => others[*room].contains(other),
        };
        let path = used.path.join("::");
        (!is_allowed).then(|| format!("{}:{}: {room} -> {path}", source.path, used.line))
    });
    check_none(wrong, "ARCHITECTURE.md does not allow");
}

/// A part is told all else by its arguments.
#[test]
fn parts_take_of_the_browser_only_events_and_the_canvas() {
    let sources = sources("src");
    let uses = uses(&sources);
    let of_host = uses.iter().filter(|(_, room, used)| {
        *room == "parts" && used.path.starts_with(&["app".to_owned(), "host".to_owned()])
    });
    let other = of_host.filter(|(_, _, used)| {
        let name = used.path.get(2).map(String::as_str);
        // The room itself, as `use` names it, is nothing yet.
        ![None, Some("Event"), Some("draw_squares")].contains(&name)
    });
    let told = other.map(|(source, _, used)| {
        format!("{}:{}: {}", source.path, used.line, used.path.join("::"))
    });
    check_none(told, "asked of the browser");
}

//! What is absent on purpose, and from where.

use std::collections::BTreeSet;

use bon_tot::pack::catalog;

use super::{check_none, sources};

/// Rooms that must give the same result everywhere.
const PURE: [&str; 11] =
    ["json", "value", "pack", "form", "rules", "kit", "session", "share", "seal", "desk", "device"];

#[test]
fn browser_crates_stand_only_where_the_browser_is() {
    let words = ["web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures", "leptos"];
    let sources = sources("src");
    let others = sources.iter().filter(|source| {
        source.room() != Some("app")
            && ![
                "src/store/web.rs",
                "src/bin/app.rs",
                "src/workers/listen.rs",
                "src/workers/disk.rs",
            ]
            .contains(&source.path.as_str())
    });
    check_none(
        others.flat_map(|source| source.places(source.code(), &words)),
        "a browser crate outside the page",
    );
    let words = &words[..4]; // views stand on leptos
    let rooms = sources
        .iter()
        .filter(|source| source.room() == Some("app") && !source.path.starts_with("src/app/host/"));
    check_none(
        rooms.flat_map(|source| source.places(source.code(), words)),
        "a browser crate outside the room that knows the browser",
    );
}

#[test]
fn the_core_has_no_clock_no_chance_no_files_and_no_fractions() {
    let words = [
        "SystemTime",
        "HashMap",
        "HashSet",
        "RandomState",
        "getrandom",
        "OsRng",
        "f32",
        "f64",
        "std::fs",
        "std::io",
        "std::env",
        "std::net",
        "std::process",
        "std::thread",
        "std::time",
        "println!",
        "print!",
        "eprintln!",
        "eprint!",
    ];
    let sources = sources("src");
    let store = ["draft", "key_record", "memory", "mod"].map(|name| format!("src/store/{name}.rs"));
    let core = sources.iter().filter(|source| {
        source.room().is_some_and(|room| PURE.contains(&room)) || store.contains(&source.path)
    });
    // The traits of serde know floating point; the json room refuses it.
    let visitor = |place: &String| {
        let is_float = place.ends_with("f64") || place.ends_with("f32");
        is_float
            && ["parse", "de", "ser"]
                .iter()
                .any(|name| place.starts_with(&format!("src/json/{name}.rs:")))
    };
    let found = core.flat_map(|source| source.places(source.code(), &words));
    check_none(found.filter(|place| !visitor(place)), "in the core");
}

#[test]
fn the_world_comes_in_at_the_places_that_are_named() {
    let allowed = [
        ("SystemTime", "src/cli/time.rs"),
        ("getrandom::fill", "src/cli/entropy.rs"),
        ("JsDate", "src/app/host/clock.rs"),
        ("get_random_values_with_u8_array", "src/app/host/entropy.rs"),
        ("IdbFactory", "src/store/web.rs"),
    ];
    let sources = sources("src");
    for (word, place) in allowed {
        let found = sources
            .iter()
            .flat_map(|source| source.places(source.code(), std::slice::from_ref(&word)).take(1));
        let found: Vec<_> = found.collect();
        assert_eq!(found.len(), 1, "{word}: {found:?}");
        assert!(found[0].starts_with(place), "{word}: {found:?}");
    }
}

/// Words for programmers tell a person nothing, and bring the tables of Unicode into the download.
#[test]
fn the_page_words_no_value_by_debug() {
    let sources = sources("src");
    let page = sources.iter().filter(|source| {
        let room = source.room();
        room.is_some_and(|room| PURE.contains(&room) || ["app", "store"].contains(&room))
    });
    let found = page.flat_map(|source| {
        let code = source.code_without_tests();
        let by_debug = code.filter(|(_, line)| line.contains(":?}") || line.contains(":#?}"));
        by_debug.map(|(number, _)| format!("{}:{number}", source.path))
    });
    check_none(found, "a value worded by Debug");
}

#[test]
fn nothing_opens_a_connection() {
    let words = [
        "fetch",
        "fetch_with_str",
        "fetch_with_request",
        "Request",
        "XmlHttpRequest",
        "WebSocket",
        "EventSource",
        "send_beacon_with_opt_str",
        "TcpStream",
        "UdpSocket",
    ];
    let sources = sources("src");
    check_none(
        sources.iter().flat_map(|source| source.places(source.code(), &words)),
        "a way to a server",
    );
}

#[test]
fn only_the_context_of_the_page_is_leaked() {
    let words = ["leak", "ManuallyDrop", "into_raw"];
    let sources = sources("src");
    let found = sources.iter().flat_map(|source| {
        let code = source.code_without_tests();
        source.places(code, &words)
    });
    let found: Vec<_> = found.collect();
    let is_context = |place: &String| place.starts_with("src/app/mod.rs:");
    assert!(found.len() == 1 && is_context(&found[0]), "{found:#?}");
}

#[test]
fn a_secret_key_is_neither_printed_nor_compared_nor_written() {
    let sources = sources("src");
    let key = sources.iter().find(|s| s.path == "src/seal/key.rs").unwrap();
    let (before, _) = key.text.split_once("pub struct SecretKey").unwrap();
    let attributes = before.lines().rev().take_while(|line| !line.is_empty());
    let derived = attributes.filter(|line| line.contains("derive"));
    check_none(derived.map(str::to_owned), "a secret key derives");
    let implemented = sources.iter().flat_map(|source| {
        let lines = source.code().filter(|(_, line)| {
            line.starts_with("impl") && line.contains(" for SecretKey") && !line.contains("Drop")
        });
        lines.map(|(n, line)| format!("{}:{n}: {line}", source.path))
    });
    check_none(implemented, "a trait of a secret key");
}

#[test]
fn json_text_is_read_and_written_in_the_json_room() {
    let sources = sources("src");
    let outside = sources.iter().filter(|source| source.room() != Some("json"));
    check_none(
        outside.flat_map(|source| source.places(source.code(), &["serde_json"])),
        "serde_json outside json",
    );
}

#[test]
fn no_code_names_what_stands_in_a_built_in_pack() {
    let mut ids = BTreeSet::new();
    for built_in in &catalog::BUILT_IN {
        let pack = built_in.read().unwrap();
        let terms = pack.levels.iter().chain(&pack.types).map(|x| &x.id);
        let facts = pack.facts.iter().map(|x| &x.id);
        let items = pack.items.iter().map(|x| &x.id);
        let gates = pack.gates.iter().map(|x| &x.id);
        let criteria = pack.criteria.iter().map(|x| &x.id);
        for id in terms.chain(facts).chain(items).chain(gates).chain(criteria) {
            ids.insert(format!("\"{id}\""));
        }
    }
    assert!(ids.len() > 100);
    let sources = sources("src");
    // Made-up forms guess at the usual names of facts (ARCHITECTURE.md, exceptions).
    let others = sources.iter().filter(|source| !source.path.starts_with("src/cli/sample/"));
    let named = others.flat_map(|source| {
        let ids = &ids;
        source.code_without_tests().flat_map(move |(n, line)| {
            let found = ids.iter().filter(move |id| line.contains(*id));
            found.map(move |id| format!("{}:{n}: {id}", source.path))
        })
    });
    check_none(named, "a part of a pack, in code");
}

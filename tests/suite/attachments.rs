//! Files beside answers (spec s. 3): what a form may state of them, and that they decide nothing.
#![cfg(test)] // so that clippy knows these helpers for tests

use bon_tot::cli::schema::Format;
use bon_tot::desk::{Status, TrustList, receive};
use bon_tot::form::{Answer, Assessment, Attachment};
use bon_tot::json::{canonical, to_canonical, to_json};
use bon_tot::pack::Pack;
use bon_tot::pack::catalog::Catalog;
use bon_tot::rules::outcome;
use bon_tot::seal::{SecretKey, seal};
use bon_tot::value::{Digest, Id, Instant};

const FORM: &str = include_str!("vectors/seal/v1/form.json");

fn tiny() -> Pack {
    Pack::from_bytes(include_bytes!("vectors/pack/tiny.json")).unwrap()
}

fn form() -> Assessment {
    Assessment::from_bytes(FORM.as_bytes()).unwrap()
}

fn file(seed: u8) -> Attachment {
    Attachment {
        name: format!("Ảnh {seed}.jpg"),
        media_type: "image/jpeg".to_owned(),
        size: 1,
        sha256: Digest::of_bytes(&[seed]),
    }
}

/// The text of the form with this list at its first item.
fn with_list(list: &str) -> (String, String) {
    let form = form();
    let (item, answer) = form.items.iter().next().unwrap();
    let own = to_canonical(answer);
    let text = to_canonical(&form);
    let before = format!("\"{item}\":{own}");
    assert_eq!(text.matches(&before).count(), 1);
    let after = format!("\"{item}\":{{\"attachments\":{list},{}", &own[1..]);
    (text.replace(&before, &after), format!("/items/{item}/attachments"))
}

const DIGEST: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn one(name: &str, kind: &str, size: &str, digest: &str) -> String {
    format!("{{\"name\":{name},\"type\":{kind},\"size\":{size},\"sha256\":{digest}}}")
}

#[test]
fn what_is_stated_of_a_file_is_read_strictly() {
    let (jpeg, digest) = ("\"image/jpeg\"", format!("\"{DIGEST}\""));
    let sound = one("\"a.jpg\"", jpeg, "3", &digest);
    let long = format!("\"{}\"", "ộ".repeat(121));
    let eleven: Vec<String> = (0..11u8)
        .map(|n| one("\"a\"", jpeg, "1", &format!("\"{}\"", Digest::of_bytes(&[n]))))
        .collect();
    let name = "expected a name of 1 to 120 characters";
    let kind = "expected a media type such as image/jpeg";
    let size = "expected an integer from 0 to 2147483648";
    let hex = "expected 64 lower-case hexadecimal digits";
    let missing = "this member is missing";
    #[rustfmt::skip]
    let table = [
        ("{}".to_owned(), "", "expected an array"),
        ("null".to_owned(), "", "expected an array"),
        ("[1]".to_owned(), "/0", "expected an object"),
        (format!("[{}]", one("\"\"", jpeg, "3", &digest)), "/0/name", name),
        (format!("[{}]", one("\" \u{200b}\"", jpeg, "3", &digest)), "/0/name", name),
        (format!("[{}]", one(&long, jpeg, "3", &digest)), "/0/name", name),
        (format!("[{}]", one("7", jpeg, "3", &digest)), "/0/name", name),
        (format!("[{}]", one("\"a\"", "\"jpeg\"", "3", &digest)), "/0/type", kind),
        (format!("[{}]", one("\"a\"", "\"text/html;x=1\"", "3", &digest)), "/0/type", kind),
        (format!("[{}]", one("\"a\"", jpeg, "-1", &digest)), "/0/size", size),
        (format!("[{}]", one("\"a\"", jpeg, "2147483649", &digest)), "/0/size", size),
        (format!("[{}]", one("\"a\"", jpeg, "1.5", &digest)), "/0/size", "only integers within ±(2^53 − 1) are allowed"),
        (format!("[{}]", one("\"a\"", jpeg, "3", &digest.to_uppercase())), "/0/sha256", hex),
        (format!("[{}]", one("\"a\"", jpeg, "3", "\"abc\"")), "/0/sha256", hex),
        (format!("[{sound},{{\"name\":\"a\"}}]"), "/1/type", missing),
        (format!("[{}]", sound.replace("\"size\":3", "\"size\":3,\"url\":\"x\"")), "/0/url", "this member is not known here"),
        (format!("[{sound},{}]", sound.replace("a.jpg", "b.jpg")), "/1", "this digest stands twice in its list"),
        (format!("[{}]", eleven.join(",")), "", "expected an array of 0 to 10 values"),
    ];
    for (list, place, fault) in table {
        let (text, pointer) = with_list(&list);
        let error = Assessment::from_bytes(text.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), format!("{pointer}{place}: {fault}"), "{list}");
    }
    for sound in [
        format!("[{}]", eleven[..10].join(",")),
        format!("[{}]", one("\"ộ\"", "\"a/b\"", "2147483648", &digest)),
    ] {
        let (text, _) = with_list(&sound);
        let read = Assessment::from_bytes(text.as_bytes()).unwrap();
        let again = Assessment::from_bytes(to_canonical(&read).as_bytes()).unwrap();
        assert_eq!(again, read);
    }
}

#[test]
fn an_empty_list_is_as_none_so_that_digests_stay() {
    let (text, _) = with_list("[]");
    let read = Assessment::from_bytes(text.as_bytes()).unwrap();
    assert_eq!(to_canonical(&read), to_canonical(&form()));
    assert!(!to_canonical(&form()).contains("attachments"));
}

#[test]
fn the_schema_says_the_same_of_their_number() {
    let schema = Format::Assessment.schema().as_value().to_string();
    for part in ["\"attachments\"", "\"maxItems\":10", "\"maxLength\":120", "2147483648"] {
        assert!(schema.contains(part), "{part}: {schema}");
    }
}

#[test]
fn files_decide_nothing_and_are_no_evidence() {
    let pack = Catalog::built_in().unwrap().packs()[0].clone();
    let samples = bon_tot::cli::sample::Samples::new(&pack, 5).unwrap();
    for n in 0..20 {
        let plain = samples.submission(n).unwrap().assessment().clone();
        let mut with = plain.clone();
        for item in &pack.items {
            // At items that are not answered too: a file is no answer.
            let has = with.items.get(&item.id).is_some();
            if !has {
                with.items.insert(item.id.clone(), Answer::default());
            }
            let answer = with.items.get_mut(&item.id).unwrap();
            answer.attachments = vec![file(1), file(2)];
        }
        let (plain, with) = (outcome(&pack, &plain), outcome(&pack, &with));
        assert_eq!(canonical(&to_json(&plain)), canonical(&to_json(&with)));
    }
}

#[test]
fn sealing_keeps_them_where_the_item_belongs_to_the_form() {
    let (pack, mut form) = (tiny(), form());
    let key = SecretKey::from_seed(&[7; 32]);
    let item = form.items.iter().next().unwrap().0.clone();
    form.items.get_mut(&item).unwrap().attachments = vec![file(1)];
    let strange = Id::new("no.such.item").unwrap();
    form.items.insert(strange.clone(), Answer { attachments: vec![file(2)], ..Answer::default() });
    let sealed = seal(&pack, &form, &key, Instant::from_unix(form.updated.unix()));
    let kept = &sealed.assessment().items;
    assert_eq!(kept.get(&item).unwrap().attachments, [file(1)]);
    assert!(kept.get(&strange).is_none());
    let mut packs = Catalog::built_in().unwrap();
    packs.add(pack);
    let receipt = receive(sealed.to_text().as_bytes(), &packs, &TrustList::default());
    assert_eq!(receipt.status, Status::UnknownKey);
    // Another digest: what is signed names the files.
    let mut other = form.clone();
    other.items.get_mut(&item).unwrap().attachments = vec![file(3)];
    let other = seal(&tiny(), &other, &key, Instant::from_unix(form.updated.unix()));
    assert_ne!(other.digest(), sealed.digest());
}

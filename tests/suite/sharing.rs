//! The self-check link (spec s. 6): what is sent is what comes, in few characters, and nothing else is opened.
#![cfg(test)] // so that clippy knows these helpers for tests

use bon_tot::cli::sample::Samples;
use bon_tot::form::{Assessment, FieldValue};
use bon_tot::json::to_canonical;
use bon_tot::pack::catalog::{BUILT_IN, Catalog, EARLIER};
use bon_tot::pack::{FieldKind, Pack};
use bon_tot::rules::{Scope, outcome};
use bon_tot::share::{LINK_LIMIT, LinkError, Linked, PLACEHOLDER, Texts, link, open_link};
use bon_tot::value::{AssessmentId, Instant};
use proptest::prelude::*;
use proptest::sample::Index;
use qrcodegen::{QrCode, QrCodeEcc};

use crate::properties::{Rules, cases, fill, filling, pack_text};

/// Links of forms that only ever change with the format: each line a sample and its link. Every version that was
/// ever written is read.
const GOLDEN: &str = include_str!("vectors/link/v1.txt");

/// An address of a usual length; the QR code of a link holds the whole of it.
const HOST: &str = "https://bontot.nghean.example.vn/";

fn id() -> AssessmentId {
    AssessmentId::from_bits([9; 16])
}

fn now() -> Instant {
    Instant::from_unix(1_795_399_398)
}

fn catalog(pack: &Pack) -> Catalog {
    let mut packs = Catalog::built_in().unwrap();
    packs.add(pack.clone());
    packs
}

#[track_caller]
fn opened(text: &str, pack: &Pack) -> Linked {
    open_link(text, &catalog(pack), id(), now()).unwrap()
}

/// A form as it comes out of a link that left the texts behind.
fn without_texts(pack: &Pack, form: &Assessment) -> Assessment {
    let mut form = form.clone();
    Scope::of(pack, &form.unit).prune(pack, &mut form);
    let hide = |text: &mut String| {
        *text = if text.trim().is_empty() { String::new() } else { PLACEHOLDER.to_owned() };
    };
    for (id, answer) in form.items.iter_mut() {
        hide(&mut answer.reason);
        hide(&mut answer.evidence);
        let item = pack.item(id).unwrap();
        for (field, value) in answer.fields.iter_mut() {
            let kind = &item.field(field).unwrap().kind;
            if let (FieldKind::Text, FieldValue::Text(text)) = (kind, value) {
                hide(text);
            }
        }
    }
    form.gates.values_mut().for_each(|gate| hide(&mut gate.note));
    form.practices.clear();
    form.remarks = Default::default();
    for text in [
        &mut form.unit.name,
        &mut form.unit.code,
        &mut form.unit.parent,
        &mut form.unit.superior,
        &mut form.locality,
    ] {
        text.clear();
    }
    (form.id, form.revision, form.created, form.updated) = (id(), 0, now(), now());
    form
}

fn samples(pack: &Pack, count: u64) -> Vec<Assessment> {
    let samples = Samples::new(pack, 1).unwrap();
    let form = |n| samples.submission(n).unwrap().assessment().clone();
    (0..count).map(form).collect()
}

#[test]
fn a_link_gives_the_outcome_that_was_sent() {
    for built_in in BUILT_IN {
        let pack = built_in.read().unwrap();
        for form in samples(&pack, 200) {
            let text = link(&pack, &form, Texts::Left).unwrap();
            let linked = opened(&text, &pack);
            assert_eq!(linked.texts, Texts::Left);
            let (theirs, ours) = (outcome(&pack, &linked.form), outcome(&pack, &form));
            assert_eq!(to_canonical(&theirs), to_canonical(&ours));
            for (id, answer) in &linked.form.items {
                for text in [&answer.reason, &answer.evidence] {
                    assert!(text.is_empty() || text == PLACEHOLDER, "{id}: {text}");
                }
            }
            assert_eq!(linked.form.unit.name, "");

            let text = link(&pack, &form, Texts::Sent).unwrap();
            let mut all = opened(&text, &pack).form;
            (all.id, all.revision) = (form.id.clone(), form.revision);
            (all.created, all.updated) = (form.created, form.updated);
            assert_eq!(all, form);
        }
    }
}

#[test]
fn a_form_without_texts_is_a_short_link() {
    for built_in in BUILT_IN {
        let pack = built_in.read().unwrap();
        let (mut lengths, mut versions) = (Vec::new(), Vec::new());
        for form in samples(&pack, 1000) {
            let fragment = format!("#/check/{}", link(&pack, &form, Texts::Left).unwrap());
            let address = format!("{HOST}{fragment}");
            // As the page draws it.
            let code = QrCode::encode_binary(address.as_bytes(), QrCodeEcc::Medium).unwrap();
            versions.push(usize::from(code.version().value()));
            lengths.push(fragment.len());
        }
        let told = [("characters", lengths, 160), ("version", versions, 10)];
        for (what, mut all, bound) in told {
            all.sort();
            let (median, worst) = (all[all.len() / 2], all[all.len() - 1]);
            // scripts/bench/links.mjs reads this.
            println!("link {} {what}: median {median}, worst {worst}", pack.id);
            assert!(worst <= bound, "{worst}");
        }
    }
}

#[test]
fn links_of_every_version_are_read() {
    let pack = EARLIER[0].read().unwrap();
    let lines: Vec<_> = GOLDEN.lines().collect();
    assert_eq!(lines.len(), 6);
    for (form, line) in samples(&pack, 3).iter().zip(lines.chunks(2)) {
        for (texts, text) in [Texts::Left, Texts::Sent].into_iter().zip(line) {
            let linked = opened(text, &pack);
            assert_eq!(linked.texts, texts);
            assert_eq!(
                link(&pack, form, texts).as_deref(),
                Some(*text),
                "it is written anew as it was"
            );
        }
    }
}

#[test]
fn what_is_no_link_is_told_from_what_is_damaged() {
    let pack = BUILT_IN[0].read().unwrap();
    let packs = Catalog::built_in().unwrap();
    let open = |text: &str| open_link(text, &packs, id(), now()).map(|linked| linked.texts);
    let sound = link(&pack, &samples(&pack, 1)[0], Texts::Left).unwrap();
    assert_eq!(open(&sound), Ok(Texts::Left));
    for (text, error) in [
        ("", LinkError::NotALink),
        ("x", LinkError::NotALink),
        ("1", LinkError::Damaged),
        ("1AAAA", LinkError::Damaged),
        ("1AA=A", LinkError::NotALink),
        ("1ÿ", LinkError::NotALink),
        (&sound[1..], LinkError::NotALink),
        (&sound.replacen('1', "2", 1), LinkError::Newer),
        (&sound[..sound.len() - 4], LinkError::Damaged),
        (&format!("{sound}AAAA"), LinkError::Damaged),
        (&"1".repeat(LINK_LIMIT + 1), LinkError::NotALink),
    ] {
        // A text that happens to begin with the version is a link for the reader.
        let told = open(text);
        assert!(told.is_err(), "{text}");
        if !text.starts_with(|c: char| c.is_ascii_digit())
            || text.len() < 20
            || text.starts_with('2')
        {
            assert_eq!(told, Err(error), "{text}");
        }
    }
}

/// Every change of one character is noticed.
#[test]
fn a_changed_link_is_not_opened() {
    let pack = BUILT_IN[0].read().unwrap();
    let packs = Catalog::built_in().unwrap();
    let sound = link(&pack, &samples(&pack, 1)[0], Texts::Left).unwrap();
    for at in 1..sound.len() {
        for other in ["A", "B", "-", "=", " ", "é"] {
            let mut text = sound.clone();
            text.replace_range(at..=at, other);
            let told = open_link(&text, &packs, id(), now());
            assert!(text == sound || told.is_err(), "{text}");
        }
    }
}

#[test]
fn a_link_of_a_pack_that_is_not_here_says_which() {
    let pack = Pack::from_bytes(include_bytes!("vectors/pack/tiny.json")).unwrap();
    let form = Assessment::from_bytes(include_bytes!("vectors/seal/v1/form.json")).unwrap();
    let text = link(&pack, &form, Texts::Left).unwrap();
    let told = open_link(&text, &Catalog::built_in().unwrap(), id(), now());
    let named = LinkError::UnknownPack("tiny 1.0.0 4d401528d330ce48".to_owned());
    assert_eq!(told.err(), Some(named));
    assert_eq!(opened(&text, &pack).form, without_texts(&pack, &form));
}

#[test]
fn texts_that_are_too_long_are_not_sent() {
    let pack = BUILT_IN[0].read().unwrap();
    let mut form = samples(&pack, 1).remove(0);
    form.remarks.strengths = "dài ".repeat(4000);
    assert_eq!(link(&pack, &form, Texts::Sent), None);
    assert!(link(&pack, &form, Texts::Left).is_some());
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn whatever_a_form_says_comes_out_of_its_link(
        text in pack_text(Rules::Some),
        filling in filling(),
    ) {
        let pack = Pack::from_bytes(text.as_bytes()).unwrap();
        let form = fill(&pack, &filling);
        let text = link(&pack, &form, Texts::Left).unwrap();
        let expected = without_texts(&pack, &form);
        prop_assert_eq!(outcome(&pack, &opened(&text, &pack).form), outcome(&pack, &expected));
        if let Some(text) = link(&pack, &form, Texts::Sent) {
            let linked = opened(&text, &pack);
            prop_assert_eq!(outcome(&pack, &linked.form), outcome(&pack, &form));
            prop_assert_eq!(link(&pack, &linked.form, Texts::Sent), Some(text));
        }
    }

    /// With a right checksum before it too: nothing panics, and what opens is written the same.
    #[test]
    fn no_sequence_of_bytes_is_half_a_form(
        mut bytes in proptest::collection::vec(any::<u8>(), 0..400),
        flags in 0u8..8,
        which in any::<Index>(),
    ) {
        let packs = Catalog::built_in().unwrap();
        let pack = &packs.packs()[which.index(packs.packs().len())];
        let mut content = vec![flags];
        content.extend(head_of(pack));
        content.append(&mut bytes);
        let text = with_checksum(&content);
        if let Ok(linked) = open_link(&text, &packs, id(), now()) {
            prop_assert_eq!(link(pack, &linked.form, linked.texts), Some(text));
        }
    }
}

/// Links that somebody made who knows the format, and texts of somebody who does not: each is answered.
#[test]
fn ten_thousand_hostile_links_are_answered() {
    let packs = Catalog::built_in().unwrap();
    let golden: Vec<_> = GOLDEN.lines().collect();
    let mut state = 7u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut answers = std::collections::BTreeMap::new();
    for n in 0..10_000 {
        let text = match n % 4 {
            0 => {
                let pack = &packs.packs()[next(packs.packs().len())];
                let mut content = vec![next(2) as u8];
                content.extend(head_of(pack));
                content.extend((0..next(300)).map(|_| next(256) as u8));
                with_checksum(&content)
            }
            1 => {
                let content: Vec<_> = (0..next(60)).map(|_| next(256) as u8).collect();
                with_checksum(&content)
            }
            2 => {
                let mut bytes = golden[next(golden.len())].as_bytes().to_vec();
                for _ in 0..=next(3) {
                    let at = next(bytes.len());
                    bytes[at] = b' ' + next(95) as u8;
                }
                String::from_utf8(bytes).unwrap()
            }
            _ => (0..next(2000)).map(|_| char::from(b' ' + next(95) as u8)).collect(),
        };
        let answer = match open_link(&text, &packs, id(), now()) {
            Ok(_) => "opened",
            Err(LinkError::NotALink) => "no link",
            Err(LinkError::Newer) => "newer",
            Err(LinkError::Damaged) => "damaged",
            Err(LinkError::UnknownPack(_)) => "unknown pack",
            Err(LinkError::Impossible) => "impossible",
        };
        *answers.entry(answer).or_insert(0) += 1;
    }
    // Of a pack that is not here, whatever else stands in it.
    let mut strange = vec![0; 9];
    strange.extend([1, b'x', 5]);
    strange.extend(b"1.0.0");
    let told = open_link(&with_checksum(&strange), &packs, id(), now()).err();
    assert_eq!(told, Some(LinkError::UnknownPack("x 1.0.0 0000000000000000".to_owned())));
    println!("{answers:?}");
    assert_eq!(answers.values().sum::<i32>(), 10_000);
    for kind in ["no link", "damaged", "impossible"] {
        assert!(answers.contains_key(kind), "{kind}");
    }
}

/// What names a pack in a link.
fn head_of(pack: &Pack) -> Vec<u8> {
    let mut head = pack.digest.bytes()[..8].to_vec();
    for name in [pack.id.as_str(), pack.version.as_str()] {
        head.push(name.len() as u8);
        head.extend(name.as_bytes());
    }
    head
}

/// A link of this content, as somebody makes it who knows the format.
fn with_checksum(content: &[u8]) -> String {
    use base64ct::{Base64UrlUnpadded, Encoding};
    let sum = bon_tot::value::Digest::of_bytes(&[b"bontot link 1", content].concat());
    let whole = [&sum.bytes()[..4], content].concat();
    format!("1{}", Base64UrlUnpadded::encode_string(&whole))
}

/// Writes the golden links anew.
#[test]
#[ignore = "writes into the repository: cargo test --test suite rewrite_the_golden_links -- --ignored"]
fn rewrite_the_golden_links() {
    let pack = BUILT_IN[0].read().unwrap();
    let mut lines = String::new();
    for form in samples(&pack, 3) {
        for texts in [Texts::Left, Texts::Sent] {
            lines.push_str(&link(&pack, &form, texts).unwrap());
            lines.push('\n');
        }
    }
    std::fs::create_dir_all("tests/suite/vectors/link").unwrap();
    std::fs::write("tests/suite/vectors/link/v1.txt", lines).unwrap();
}

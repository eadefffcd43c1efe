//! What holds of every text: nothing panics, canonical bytes are stable, what is sealed is safe.

use bon_tot::desk::{Status, TrustList, receive};
use bon_tot::form::{Assessment, check};
use bon_tot::json::{FILE_LIMIT, canonical, parse, pretty, to_canonical};
use bon_tot::pack::catalog::{self, Catalog};
use bon_tot::pack::{Pack, lint};
use bon_tot::rules::{Values, explain, outcome, plan};
use bon_tot::seal::{Derivation, LockError, LockSalts, LockedKey, SecretKey, Submission, seal};
use bon_tot::value::Instant;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::forms::{fill, filling};
use super::generate::{Rules, json, pack_text};
use super::{blank, cases};

/// One change of a text, at some place.
#[derive(Clone, Debug)]
enum Damage {
    Byte(Index, u8),
    Cut(Index, usize),
    Double(Index, usize),
    /// One word of the pack in the place of another: the text stays JSON more often.
    Word(Index, &'static str),
    Number(Index, i64),
}

const WORDS: &[&str] = &[
    "num",
    "txt",
    "day",
    "pick",
    "x",
    "i1",
    "i2",
    "n",
    "C1",
    "G1",
    "good",
    "fair",
    "*:*",
    "cell",
    "fail",
    "integer",
    "text",
    "gt",
    "all",
    "not",
    "eq",
    "2024-01-02",
];

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    let number = prop_oneof![Just(0), Just(-1), Just(1_000_000), 0i64..200, any::<i64>()];
    prop_oneof![
        1 => (at(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        1 => (at(), 1usize..40).prop_map(|(at, length)| Damage::Cut(at, length)),
        1 => (at(), 1usize..40).prop_map(|(at, length)| Damage::Double(at, length)),
        4 => (at(), select(WORDS)).prop_map(|(at, word)| Damage::Word(at, word)),
        4 => (at(), number).prop_map(|(at, number)| Damage::Number(at, number)),
    ]
}

fn damaged(text: &str, damages: &[Damage]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for damage in damages {
        let size = bytes.len().max(1);
        match damage {
            Damage::Byte(at, byte) => {
                if let Some(slot) = bytes.get_mut(at.index(size)) {
                    *slot = *byte;
                }
            }
            Damage::Cut(at, length) => {
                let at = at.index(size).min(bytes.len());
                bytes.drain(at..(at + length).min(bytes.len()));
            }
            Damage::Double(at, length) => {
                let at = at.index(size).min(bytes.len());
                let part = bytes[at..(at + length).min(bytes.len())].to_vec();
                bytes.splice(at..at, part);
            }
            Damage::Word(at, word) => {
                let quotes: Vec<_> = (0..bytes.len()).filter(|n| bytes[*n] == b'"').collect();
                if let [from, to] =
                    quotes[..].chunks(2).nth(at.index(quotes.len() / 2 + 1)).unwrap_or(&[])
                {
                    bytes.splice(from + 1..*to, word.bytes());
                }
            }
            Damage::Number(at, number) => {
                let starts =
                    (1..bytes.len()).filter(|n| bytes[*n].is_ascii_digit() && bytes[n - 1] == b' ');
                let starts: Vec<_> = starts.collect();
                if !starts.is_empty() {
                    let from = starts[at.index(starts.len())];
                    let digits = bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
                    bytes.splice(from..from + digits, number.to_string().into_bytes());
                }
            }
        }
    }
    bytes
}

/// Does all that a door would do with a pack from anywhere; counts as used when it was read.
fn use_pack(bytes: &[u8]) -> bool {
    let Ok(pack) = Pack::from_bytes(bytes) else {
        return false;
    };
    let findings = lint::errors(&pack);
    findings.iter().for_each(|finding| assert!(!finding.to_string().is_empty()));
    if !findings.is_empty() {
        return true;
    }
    let mut form = blank(&pack);
    for _ in 0..2 {
        let outcome = outcome(&pack, &form);
        let scope = bon_tot::rules::Scope::of(&pack, &form.unit);
        for item in &pack.items {
            let answer = form.items.get(&item.id);
            let values = Values { answer, form: &form, pack: &pack, scope: &scope };
            for cond in item.met_when.iter().chain(&item.na_when) {
                let _ = explain(cond, &values);
            }
        }
        let plan = plan(&pack, &form);
        assert_eq!(plan.verdict, outcome.verdict);
        assert!(parse(to_canonical(&plan).as_bytes(), FILE_LIMIT).is_ok());
        super::scoring::all_met(&pack, &mut form);
    }
    true
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..60)) {
        let _ = parse(&bytes, FILE_LIMIT);
    }

    #[test]
    fn any_text_that_looks_like_json_is_read_or_refused(
        text in r#"([\[\]{},:" ]|null|true|"a"|-?[0-9]{1,3}|\\u[0-9a-f]{4}|[.eE+]){0,30}"#,
    ) {
        if let Ok(json) = parse(text.as_bytes(), FILE_LIMIT) {
            prop_assert_eq!(parse(canonical(&json).as_bytes(), FILE_LIMIT), Ok(sorted(&json)));
        }
    }

    #[test]
    fn canonical_bytes_read_back_and_stay(json in json()) {
        let text = canonical(&json);
        let read = parse(text.as_bytes(), FILE_LIMIT).unwrap();
        prop_assert_eq!(canonical(&read), text.as_str());
        prop_assert_eq!(parse(pretty(&json).as_bytes(), FILE_LIMIT), Ok(json));
    }

    #[test]
    fn a_damaged_pack_is_read_or_refused(damages in vec(damage(), 1..5)) {
        use_pack(&damaged(include_str!("../vectors/pack/tiny.json"), &damages));
    }

    #[test]
    fn a_damaged_random_pack_is_read_or_refused(
        text in pack_text(Rules::Some),
        damages in vec(damage(), 0..4),
    ) {
        use_pack(&damaged(&text, &damages));
    }

    #[test]
    fn a_damaged_form_is_read_or_refused(damages in vec(damage(), 1..5)) {
        let pack = Pack::from_bytes(include_bytes!("../vectors/pack/tiny.json")).unwrap();
        let text = include_str!("../vectors/seal/v1/form.json");
        if let Ok(form) = Assessment::from_bytes(&damaged(text, &damages))
            && check(&pack, &form).is_ok()
        {
            let _ = outcome(&pack, &form);
            let _ = plan(&pack, &form);
        }
    }
}

/// The tree with the members of every object in canonical order.
fn sorted(json: &bon_tot::json::Json) -> bon_tot::json::Json {
    use bon_tot::json::Json;
    match json {
        Json::Object(members) => {
            let mut members: Vec<_> =
                members.iter().map(|(name, value)| (name.clone(), sorted(value))).collect();
            members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            Json::Object(members)
        }
        Json::List(values) => Json::List(values.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

/// The damage is of use only where enough of it leaves a pack to be used.
#[test]
fn one_changed_word_or_number_often_leaves_a_pack() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::new(cases(1));
    let used = (0..200).filter(|_| {
        let damage = damage().new_tree(&mut runner).unwrap().current();
        use_pack(&damaged(include_str!("../vectors/pack/tiny.json"), &[damage]))
    });
    assert!(used.count() > 40);
}

proptest! {
    #![proptest_config(cases(15))]

    #[test]
    fn a_damaged_built_in_pack_is_read_or_refused(
        which in 0..catalog::BUILT_IN.len(),
        damages in vec(damage(), 1..4),
    ) {
        use_pack(&damaged(catalog::BUILT_IN[which].text, &damages));
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn what_is_sealed_is_received_and_no_change_goes_unnoticed(
        text in pack_text(Rules::Some),
        filling in filling(),
        name in any::<String>(),
        seed in any::<[u8; 32]>(),
        at in any::<Index>(),
        mask in 1u8..,
    ) {
        let pack = Pack::from_bytes(text.as_bytes()).unwrap();
        let mut form = fill(&pack, &filling);
        form.unit.name = name;
        let key = SecretKey::from_seed(&seed);
        let sealed = seal(&pack, &form, &key, Instant::from_unix(1_795_399_398)).to_text();
        let again = Submission::from_bytes(sealed.as_bytes()).unwrap();
        let verified = again.verify().unwrap();
        prop_assert_eq!(verified.signers()[0].key, key.public());
        prop_assert_eq!(verified.content().assessment().revision, form.revision + 1);

        let mut packs = Catalog::built_in().unwrap();
        packs.add(pack);
        let status = |bytes: &[u8]| receive(bytes, &packs, &TrustList::default()).status;
        prop_assert_eq!(status(sealed.as_bytes()), Status::UnknownKey);
        let mut bytes = sealed.into_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= mask;
        let after = status(&bytes);
        prop_assert!(matches!(after, Status::Malformed | Status::BadSignature), "{after:?}");
    }
}

proptest! {
    #![proptest_config(cases(2))]

    // 310 000 iterations each time: few cases.
    #[test]
    fn a_lock_opens_with_its_passphrase_alone(
        random in vec(any::<u8>(), 60),
        seed in any::<[u8; 32]>(),
        passphrase in any::<String>(),
        at in any::<Index>(),
    ) {
        let salts = LockSalts::from_bytes(random[..].try_into().unwrap());
        let key = SecretKey::from_seed(&seed);
        let kek = Derivation::for_lock(&salts).run(&passphrase);
        let locked = LockedKey::lock(&key, &kek, &salts).unwrap();
        let read = LockedKey::parse(locked.as_str()).unwrap();
        prop_assert_eq!(read.derivation(), &Derivation::for_lock(&salts));
        prop_assert_eq!(read.open(&kek).unwrap().public(), key.public());
        let other = read.derivation().run(&format!("{passphrase}."));
        prop_assert_eq!(read.open(&other).err(), Some(LockError::WrongPassphrase));
        let mut bytes = locked.as_str().as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        prop_assert!(LockedKey::parse(&changed).and_then(|lock| lock.open(&kek)).is_err());
    }
}

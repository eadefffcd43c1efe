//! What holds of every sequence of bytes, whatever it is read as. The fuzzer calls these without end; the tests call
//! them on the files of `seeds` and on damaged copies.

use base64ct::{Base64UrlUnpadded, Encoding};
use bon_tot::desk::{TrustList, check_appraisal, receive, side_by_side};
use bon_tot::form::{Assessment, Period};
use bon_tot::json::{FILE_LIMIT, canonical, parse, pretty};
use bon_tot::pack::catalog::Catalog;
use bon_tot::pack::{Pack, lint};
use bon_tot::rules;
use bon_tot::seal::{Appraisal, Kek, KeyCard, LockedKey, Submission};
use bon_tot::share::{self, Collected, Collector, FILES_LIMIT, open_link};
use bon_tot::value::{AssessmentId, Date, Digest, Instant, as_carried};

/// The JSON profile: what is read is written so that it reads back equal, and canonical bytes are stable.
pub fn json(bytes: &[u8]) {
    let Ok(read) = parse(bytes, FILE_LIMIT) else {
        return;
    };
    let text = canonical(&read);
    let again = parse(text.as_bytes(), 2 * FILE_LIMIT).expect("canonical text is read");
    assert_eq!(canonical(&again), text);
    let indented = parse(pretty(&read).as_bytes(), 64 * FILE_LIMIT).expect("indented text is read");
    assert_eq!(canonical(&indented), text);
}

/// A pack: the linter ends; a pack without errors judges an empty form, the same way twice.
pub fn pack(bytes: &[u8]) {
    let Ok(pack) = Pack::from_bytes(bytes) else {
        return;
    };
    if !lint::errors(&pack).is_empty() {
        return;
    }
    let day = Date::new(2026, 1, 1).expect("a day");
    let period = pack.periods.first().map(|kind| Period { kind: *kind, from: day, to: day });
    let id = AssessmentId::from_bits([7; 16]);
    let form =
        period.and_then(|period| Assessment::blank(&pack, id, period, Instant::from_unix(0)));
    if let Some(form) = form {
        let outcome = rules::outcome(&pack, &form);
        assert_eq!(outcome, rules::outcome(&pack, &form));
        rules::plan(&pack, &form);
    }
}

fn catalog() -> Catalog {
    let mut packs = Catalog::built_in().expect("the built-in packs");
    let tiny = include_bytes!("../tests/suite/vectors/pack/tiny.json");
    packs.add(Pack::from_bytes(tiny).expect("the pack of the tests"));
    packs
}

thread_local! {
    static PACKS: Catalog = catalog();
}

/// A submission: receiving gives one status; a sound one is sound again as it is written.
pub fn submission(bytes: &[u8]) {
    PACKS.with(|packs| {
        let status = |bytes: &[u8]| receive(bytes, packs, &TrustList::default()).status;
        let found = status(bytes);
        match Submission::from_bytes(bytes) {
            Ok(submission) => {
                let text = submission.to_text();
                assert_eq!(status(text.as_bytes()), found);
                assert_eq!(submission.verify().is_ok(), is_verified(&text));
            }
            Err(_) => assert!(!found.is_sound()),
        }
    });
}

fn is_verified(text: &str) -> bool {
    Submission::from_bytes(text.as_bytes()).is_ok_and(|submission| submission.verify().is_ok())
}

/// A locked key: reading keeps its signs; no key that was derived from nothing opens it.
pub fn lock(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(locked) = LockedKey::parse(text) {
        assert_eq!(locked.as_str(), as_carried(text).collect::<String>());
        assert_eq!(LockedKey::parse(locked.as_str()), Ok(locked.clone()));
        assert!((1000..=5_000_000).contains(&locked.derivation().iterations));
        assert!(locked.open(&Kek::from_bytes([0; 16])).is_err());
    }
}

/// A key card: what verifies once verifies as it is written.
pub fn card(bytes: &[u8]) {
    if let Ok(card) = KeyCard::from_bytes(bytes) {
        let again =
            KeyCard::from_bytes(card.to_text().as_bytes()).expect("a card that was written");
        assert_eq!(again.verify(), card.verify());
        assert_eq!(again.check_code(), card.check_code());
    }
}

/// An appraisal: it is checked against a submission that is there, and shown beside it where it fits.
pub fn appraisal(bytes: &[u8]) {
    let Ok(appraisal) = Appraisal::from_bytes(bytes) else {
        return;
    };
    let again = Appraisal::from_bytes(appraisal.to_text().as_bytes())
        .expect("an appraisal that was written");
    assert_eq!(again.digest(), appraisal.digest());
    assert_eq!(again.verify(), appraisal.verify());
    let sound = include_bytes!("../tests/suite/vectors/seal/v1/sound.json");
    let submission = Submission::from_bytes(sound).expect("the sealed file of the tests");
    PACKS.with(|packs| {
        let pack = packs.by_digest(&submission.assessment().pack.digest);
        let pack = pack.expect("the pack of the tests");
        let fits = check_appraisal(pack, &submission, &appraisal).is_ok();
        let rows = side_by_side(pack, &submission, &appraisal);
        let said = rows.iter().filter(|row| row.superior.is_some()).count();
        assert!(!fits || said == appraisal.content().items.len());
    });
}

/// A trust list: what is read is written so that it reads back equal; merging with itself changes nothing.
pub fn trust(bytes: &[u8]) {
    if let Ok(mut list) = TrustList::from_bytes(bytes) {
        let before = list.clone();
        assert_eq!(TrustList::from_bytes(list.to_text().as_bytes()).as_ref(), Ok(&before));
        if list.merge(&before) == (0, 0) {
            assert_eq!(list, before);
        }
    }
}

/// A link, as its text or as what stands behind its checksum: what opens is written as the same text.
pub fn link(bytes: &[u8]) {
    let sum = Digest::of_bytes(&[b"bontot link 1", bytes].concat());
    let forged = [&sum.bytes()[..4], bytes].concat();
    let forged = format!("1{}", Base64UrlUnpadded::encode_string(&forged));
    let own = std::str::from_utf8(bytes).unwrap_or_default();
    PACKS.with(|packs| {
        for text in own.lines().chain([&*forged]) {
            let id = AssessmentId::from_bits([7; 16]);
            if let Ok(linked) = open_link(text, packs, id, Instant::from_unix(0)) {
                let again = share::link(&linked.pack, &linked.form, linked.texts);
                assert_eq!(again.as_deref(), Some(text));
            }
        }
    });
}

/// Codes from paper, one in each line: a collector keeps no more than it says, and a file that is whole has codes that
/// give it again.
pub fn paper(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut collector = Collector::default();
    for line in text.lines() {
        if let Ok(Collected::Whole(file)) = collector.take(line) {
            assert!(file.len() <= FILE_LIMIT);
            let mut again = Collector::default();
            let texts = share::parts(&file).unwrap_or_default();
            let taken: Vec<_> = texts.iter().map(|text| again.take(text)).collect();
            assert!(taken.last().is_none_or(|last| *last == Ok(Collected::Whole(file))));
        }
        let partial = collector.partial();
        assert!(partial.len() <= FILES_LIMIT);
        let has_some = |file: &share::PartialFile| (1..file.count).contains(&file.missing.len());
        assert!(partial.iter().all(has_some));
    }
}

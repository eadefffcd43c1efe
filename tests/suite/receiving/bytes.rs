//! Every single-byte change of a sealed file is noticed, or changes nothing that was signed.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::*;

/// How the changes of a file ended.
#[derive(Default)]
struct Ends {
    refused: AtomicUsize,
    unchanged: AtomicUsize,
}

/// What a sealed file says: the canonical bytes of what is signed.
fn payload(bytes: &[u8]) -> Option<String> {
    let mut json = parse(bytes, FILE_LIMIT).ok()?;
    json.remove("signatures");
    Some(canonical(&json))
}

/// Puts every other byte into a place of the file.
fn try_place(file: &[u8], at: usize, packs: &Catalog, trust: &TrustList, ends: &Ends) {
    let mut bytes = file.to_vec();
    for change in 1..=255u8 {
        bytes[at] = file[at] ^ change;
        let receipt = receive(&bytes, packs, trust);
        if receipt.status.is_sound() {
            assert_eq!(payload(&bytes), payload(file), "{} at {at}", bytes[at]);
            let verdict = receipt.received.map(|received| received.verdict);
            assert_eq!(verdict.as_deref(), Some("not_eligible"));
            ends.unchanged.fetch_add(1, Ordering::Relaxed);
        } else {
            let noticed = matches!(receipt.status, Status::Malformed | Status::BadSignature);
            assert!(noticed, "{:?} after {} at {at}", receipt.status, bytes[at]);
            ends.refused.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Tries every place, on every processor.
fn try_all(file: &[u8]) -> (usize, usize) {
    let ends = Ends::default();
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                let (packs, trust) = (packs(), trusting(&[SEED]));
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= file.len() {
                        return;
                    }
                    try_place(file, at, &packs, &trust, &ends);
                }
            });
        }
    });
    (ends.refused.into_inner(), ends.unchanged.into_inner())
}

#[test]
fn no_changed_byte_goes_unnoticed() {
    let canonical = SOUND.trim_end();
    let pretty = pretty(&parse(SOUND.as_bytes(), FILE_LIMIT).unwrap());
    for (name, file) in [("canonical", canonical), ("indented", &pretty)] {
        let (refused, unchanged) = try_all(file.as_bytes());
        println!(
            "{name}: {} positions, {} changes: {refused} refused, {unchanged} in white space that change nothing",
            file.len(),
            refused + unchanged
        );
        assert_eq!(refused + unchanged, file.len() * 255);
        assert_eq!(unchanged == 0, name == "canonical");
    }
}

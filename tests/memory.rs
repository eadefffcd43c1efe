//! How much memory hostile links and codes may take: a test binary of its own, since it counts what the whole process
//! allocates.
#![cfg(test)] // so that clippy knows these helpers for tests

use std::hint::black_box;

use base64ct::{Base64UrlUnpadded, Encoding};
use bon_tot::cli::sample::Samples;
use bon_tot::json::FILE_LIMIT;
use bon_tot::pack::catalog::{BUILT_IN, Catalog};
use bon_tot::share::{
    Collected, Collector, FILES_LIMIT, LINK_LIMIT, Texts, link, open_link, parts,
};
use bon_tot::value::{AssessmentId, Digest, Instant};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Decoding a link is bounded: 64 KiB, whatever the input (spec s. 6).
const LINK_BOUND: usize = 64 << 10;
/// What a collector keeps and takes, as its documentation says.
const PAPER_BOUND: usize = 6 << 20;

/// The most bytes that are allocated at a time while this runs, beyond those that were before.
fn peak<T>(run: impl FnOnce() -> T) -> usize {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    black_box(run());
    ALLOCATOR.peak_usage().saturating_sub(before)
}

struct Chance(u64);

impl Chance {
    fn below(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.below(256) as u8).collect()
    }
}

/// One test alone: two at a time would count each other's memory.
#[test]
fn hostile_links_and_codes_take_no_more_than_they_may() {
    links();
    codes();
}

fn links() {
    let packs = Catalog::built_in().unwrap();
    let mut chance = Chance(21);
    let mut all: Vec<String> =
        include_str!("suite/vectors/link/v1.txt").lines().map(str::to_owned).collect();
    for built_in in BUILT_IN {
        let pack = built_in.read().unwrap();
        let samples = Samples::new(&pack, 1).unwrap();
        for n in 0..20 {
            let form = samples.submission(n).unwrap().assessment().clone();
            all.extend(link(&pack, &form, Texts::Left));
            // As much text as a link can carry.
            let mut long = form;
            long.remarks.strengths = "x".repeat(200 * (n as usize + 1));
            all.extend(link(&pack, &long, Texts::Sent));
        }
        // Contents by chance behind a sound head: short ones, and as long as a link may be.
        for n in 0..400 {
            let mut content = vec![chance.below(2) as u8];
            content.extend(&pack.digest.bytes()[..8]);
            for name in [pack.id.as_str(), pack.version.as_str()] {
                content.push(name.len() as u8);
                content.extend(name.as_bytes());
            }
            let most = if n % 4 == 0 { LINK_LIMIT * 3 / 4 - 80 } else { 300 };
            match n % 3 {
                0 => content.extend(chance.bytes(most)),
                1 => content.extend(vec![0xFF; most]),
                _ => content.extend(vec![0; most]),
            }
            let sum = Digest::of_bytes(&[b"bontot link 1", &content[..]].concat());
            let whole = [&sum.bytes()[..4], &content].concat();
            all.push(format!("1{}", Base64UrlUnpadded::encode_string(&whole)));
        }
    }
    for _ in 0..2000 {
        let length = chance.below(LINK_LIMIT + 50);
        let text = (0..length).map(|_| char::from(b'-' + chance.below(78) as u8));
        all.push(format!("1{}", text.collect::<String>()));
    }
    all.push("1".repeat(1 << 20));
    let (mut worst, mut opened) = (0, 0);
    for text in &all {
        let used = peak(|| {
            let told =
                open_link(text, &packs, AssessmentId::from_bits([9; 16]), Instant::from_unix(0));
            opened += usize::from(told.is_ok());
        });
        worst = worst.max(used);
    }
    println!("{} links, {opened} of them sound: at most {worst} bytes", all.len());
    assert!(opened > 50);
    assert!(worst <= LINK_BOUND, "{worst}");
}

fn codes() {
    let mut chance = Chance(22);
    // As many files as lie side by side, each of as many parts as may be, all but one; parts by chance; a file that
    // grows to the limit, and one that would grow beyond it.
    let mut all = Vec::new();
    for _ in 0..=FILES_LIMIT {
        let mut texts = parts(&chance.bytes(94_000)).unwrap();
        texts.pop();
        all.extend(texts);
    }
    all.extend((0..3000).map(|_| {
        let (part, count, length) = (chance.below(100), chance.below(100), chance.below(2500));
        let text = (0..length).map(|_| char::from(b' ' + chance.below(59) as u8));
        format!("BT1:{part}/{count}:{}", text.collect::<String>())
    }));
    let mut worst = 0;
    let mut collector = Collector::default();
    let used = peak(|| {
        for text in &all {
            // Whether it is taken does not matter here.
            black_box(collector.take(text).is_ok());
        }
    });
    worst = worst.max(used);
    let kept = used;
    let large = parts(&vec![b'x'; FILE_LIMIT]).unwrap();
    let mut taken = 0;
    let used = peak(|| {
        let mut collector = Collector::default();
        for text in &large {
            taken += usize::from(matches!(collector.take(text), Ok(Collected::Whole(_))));
        }
    });
    assert_eq!(taken, 1);
    worst = worst.max(used + kept);
    println!("{} codes: at most {worst} bytes, {kept} of them kept", all.len());
    assert!(worst <= PAPER_BOUND, "{worst}");
}

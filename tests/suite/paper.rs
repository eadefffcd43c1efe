//! The signed file on paper (spec s. 6): what is printed is what is read, byte for byte, after all that a printer, a copier
//! and a scanner do to it; by our reader and by another one; and whatever else is read is refused in words.
#![cfg(test)] // so that clippy knows these helpers for tests

pub mod document;
pub mod sheet;

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};

use bon_tot::cli::sample::Samples;
use bon_tot::json::FILE_LIMIT;
use bon_tot::pack::catalog::BUILT_IN;
use bon_tot::scan::{Care, Picture, codes};
use bon_tot::seal::{PackFile, Published, PublishedContent, SecretKey};
use bon_tot::share::{
    Collected, Collector, FILES_LIMIT, PARTS_LIMIT, PaperError, PartialFile, TEXT_LIMIT,
    paper_code, parts,
};
use bon_tot::value::{Date, Instant};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::properties::cases;
use sheet::{Chance, Sheet, WIDE, print};

/// Codes that only ever change with the format: those of the file beside them. Every version that was ever written is
/// read.
const GOLDEN: &str = include_str!("vectors/paper/v1.txt");
const GOLDEN_FILE: &[u8] = include_bytes!("vectors/seal/v1/sound.json");

/// Signed files as the page exports them.
fn files(count: u64) -> Vec<Vec<u8>> {
    let pack = BUILT_IN[0].read().unwrap();
    let samples = Samples::new(&pack, 1).unwrap();
    let file = |n| samples.submission(n).unwrap().to_text().into_bytes();
    (0..count).map(file).collect()
}

/// The file that comes of these codes.
fn collected<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Option<Vec<u8>> {
    let mut collector = Collector::default();
    texts.into_iter().find_map(|text| match collector.take(text.as_ref()) {
        Ok(Collected::Whole(file)) => Some(file),
        other => other.map(|_| None).unwrap(),
    })
}

#[test]
fn every_built_in_pack_that_is_published_fits_into_codes() {
    let counts = BUILT_IN.iter().map(|built_in| {
        let content = PublishedContent {
            pack: built_in.json().unwrap(),
            author: "Ban Tổ chức Tỉnh ủy".to_owned(),
            note: String::new(),
            date: Date::new(2026, 11, 20).unwrap(),
        };
        let now = Instant::from_unix(1_795_000_000);
        let file = Published::make(content, &SecretKey::from_seed(&[7; 32]), now).to_text();
        let texts = parts(file.as_bytes()).unwrap();
        assert_eq!(collected(texts.iter().rev()).as_deref(), Some(file.as_bytes()));
        assert!(PackFile::from_bytes(file.as_bytes()).unwrap().published.is_some());
        texts.len()
    });
    // Six stand on a sheet.
    assert!(counts.max().unwrap() <= 18);
}

/// What stands behind the numbers of a part.
fn body_of(text: &str) -> &str {
    text.splitn(3, ':').last().unwrap()
}

fn seen(sheet: &Sheet, care: Care) -> Vec<String> {
    let picture = Picture::new(sheet.width, sheet.height, sheet.grey.clone());
    codes(&picture.unwrap(), care)
}

/// What Debian's zbarimg reads from a sheet.
fn seen_by_another(name: &str, sheet: &Sheet) -> Vec<String> {
    fs::create_dir_all("target/paper").unwrap();
    let path = format!("target/paper/{name}.pgm");
    fs::write(&path, sheet.to_pgm()).unwrap();
    let mut zbarimg = Command::new("zbarimg");
    zbarimg.args(["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", &path]);
    let output = zbarimg.stdin(Stdio::null()).output();
    let output = output.expect("zbarimg is not installed: run scripts/setup.sh zbar");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn every_file_comes_back_from_its_codes() {
    let mut counts = Vec::new();
    for file in files(100) {
        let texts = parts(&file).unwrap();
        assert_eq!(collected(&texts), Some(file.clone()));
        assert_eq!(collected(texts.iter().rev()), Some(file));
        counts.push(texts.len());
    }
    counts.sort();
    println!("codes of a file: {} to {}", counts[0], counts[counts.len() - 1]);
}

#[test]
fn codes_of_every_version_are_read() {
    let golden: Vec<_> = GOLDEN.lines().collect();
    assert!(golden.len() > 1);
    assert_eq!(collected(&golden).as_deref(), Some(GOLDEN_FILE));
}

#[test]
fn a_part_is_one_code_of_squares_that_a_printer_draws() {
    let mut chance = Chance(3);
    let file: Vec<u8> = (0..20_000).map(|_| chance.below(256) as u8).collect();
    for text in parts(&file).unwrap() {
        assert!(text.len() <= TEXT_LIMIT);
        let code = paper_code(&text).unwrap();
        // A square of 80 mm with its margin: no module is smaller than 0.6 mm.
        assert!(80 * 10 >= 6 * (code.size() + 8), "{}", code.size());
        assert_eq!(code.version().value(), 25);
    }
    assert!(paper_code(&"A".repeat(TEXT_LIMIT)).is_none());
}

#[test]
fn what_is_no_part_is_told_from_what_is_damaged() {
    let sound = parts(GOLDEN_FILE).unwrap();
    let count = sound.len();
    let one = &sound[0];
    let body = body_of(one);
    let with = |head: &str| format!("{head}:{body}");
    for (text, error) in [
        ("".to_owned(), PaperError::NotOurs),
        ("https://example.org".to_owned(), PaperError::NotOurs),
        ("BT".to_owned(), PaperError::NotOurs),
        (with("BT0:1/2"), PaperError::NotOurs),
        (with("BT01:1/2"), PaperError::NotOurs),
        (with("BTX:1/2"), PaperError::NotOurs),
        (with("BT2:1/2"), PaperError::Newer),
        ("BT12:".to_owned(), PaperError::Newer),
        (with("BT1:1"), PaperError::Damaged),
        (with("BT1:1/x"), PaperError::Damaged),
        (with("BT1:01/2"), PaperError::Damaged),
        (with("BT1:1/00002"), PaperError::Damaged),
        (with("BT1:0/2"), PaperError::NoSuchPart),
        (with("BT1:3/2"), PaperError::NoSuchPart),
        (with("BT1:1/100"), PaperError::NoSuchPart),
        ("BT1:1/2:".to_owned(), PaperError::Damaged),
        ("BT1:1/2:bb8".to_owned(), PaperError::Damaged),
        ("BT1:1/2:::::".to_owned(), PaperError::Damaged),
        (format!("BT1:1/2:{}", "0".repeat(TEXT_LIMIT)), PaperError::Damaged),
        (with("BT1:1/1"), PaperError::NotDeflate),
    ] {
        assert_eq!(Collector::default().take(&text), Err(error), "{text}");
    }
    let mut collector = Collector::default();
    assert_eq!(collector.take(one), Ok(Collected::New));
    assert_eq!(collector.take(one), Ok(Collected::Known));
    let told = collector.take(&with(&format!("BT1:1/{}", count + 1)));
    assert_eq!(told, Err(PaperError::CountDiffers));
    let told = collector.take(&sound[1].replacen("1:2/", "1:1/", 1));
    assert_eq!(told, Err(PaperError::PartDiffers));
    // None of that took away what was there.
    let missing: Vec<_> = (2..=count).collect();
    assert_eq!(collector.partial(), [PartialFile { count, missing }]);
}

#[test]
fn files_lie_side_by_side_and_never_mix() {
    let all: Vec<Vec<String>> = files(6).iter().map(|file| parts(file).unwrap()).collect();
    let mut collector = Collector::default();
    for texts in &all[..FILES_LIMIT] {
        assert_eq!(collector.take(&texts[0]), Ok(Collected::New));
    }
    assert_eq!(collector.take(&all[FILES_LIMIT][0]), Err(PaperError::TooManyFiles));
    for (texts, file) in all.iter().zip(files(FILES_LIMIT as u64)) {
        let (last, rest) = texts[1..].split_last().unwrap();
        for text in rest {
            assert_eq!(collector.take(text), Ok(Collected::New));
        }
        assert_eq!(collector.take(last), Ok(Collected::Whole(file)));
    }
    assert!(collector.partial().is_empty());
    assert_eq!(collector.take(&all[FILES_LIMIT][0]), Ok(Collected::New));
}

/// Whoever knows the format can make parts of a file that say they are of another one, or that grow without end.
#[test]
fn parts_that_give_no_file_are_forgotten() {
    let sound = parts(GOLDEN_FILE).unwrap();
    let other = parts(&files(1)[0]).unwrap();
    let head = |text: &str| base45::decode(body_of(text)).unwrap()[..8].to_vec();
    let piece = |text: &str| base45::decode(body_of(text)).unwrap()[8..].to_vec();
    let forged = |name: &[u8], part: usize, count: usize, piece: &[u8]| {
        format!("BT1:{part}/{count}:{}", base45::encode([name, piece].concat()))
    };
    let whole: Vec<u8> = other.iter().flat_map(|text| piece(text)).collect();
    let pieces: Vec<_> = whole.chunks(900).collect();
    let mut collector = Collector::default();
    let mut told = Vec::new();
    for (place, piece) in pieces.iter().enumerate() {
        told.push(collector.take(&forged(&head(&sound[0]), place + 1, pieces.len(), piece)));
    }
    assert_eq!(told.pop(), Some(Err(PaperError::DigestDiffers)));
    assert!(told.iter().all(|told| *told == Ok(Collected::New)));
    assert_eq!(collected(&sound).as_deref(), Some(GOLDEN_FILE));

    // Three megabytes of nothing in three kilobytes.
    let bomb = miniz_oxide::deflate::compress_to_vec(&vec![b' '; FILE_LIMIT + 1], 10);
    let pieces: Vec<_> = bomb.chunks(900).collect();
    let mut last = Ok(Collected::New);
    for (place, piece) in pieces.iter().enumerate() {
        last = collector.take(&forged(&[7; 8], place + 1, pieces.len(), piece));
    }
    assert_eq!(last, Err(PaperError::TooLarge));
    assert!(collector.partial().is_empty());
}

#[test]
fn a_file_that_is_too_long_for_paper_is_refused() {
    let mut chance = Chance(9);
    let mut file: Vec<u8> = (0..95_000).map(|_| chance.below(256) as u8).collect();
    assert_eq!(parts(&file), Err(PaperError::TooLong));
    file.truncate(90_000);
    assert!((90..=PARTS_LIMIT).contains(&parts(&file).unwrap().len()));
    assert_eq!(parts(&vec![b' '; FILE_LIMIT + 1]), Err(PaperError::TooLong));
    let most = vec![b' '; FILE_LIMIT];
    assert_eq!(collected(parts(&most).unwrap()), Some(most));
}

/// Codes that somebody made who knows the format, and texts of somebody who does not: each is answered.
#[test]
fn ten_thousand_hostile_codes_are_answered() {
    let all: Vec<String> = files(12).iter().flat_map(|file| parts(file).unwrap()).collect();
    let mut chance = Chance(7);
    let mut collector = Collector::default();
    let mut answers = BTreeMap::new();
    for n in 0..10_000 {
        let text = match n % 4 {
            0 => {
                let bytes: Vec<_> =
                    (0..chance.below(400)).map(|_| chance.below(256) as u8).collect();
                let (part, count) = (chance.below(9), chance.below(7));
                format!("BT1:{part}/{count}:{}", base45::encode(bytes))
            }
            1 => all[chance.below(all.len())].clone(),
            2 => {
                let mut bytes = all[chance.below(all.len())].clone().into_bytes();
                for _ in 0..=chance.below(3) {
                    let at = chance.below(if n % 8 == 2 { 9 } else { bytes.len() });
                    bytes[at] = b' ' + chance.below(95) as u8;
                }
                String::from_utf8(bytes).unwrap()
            }
            _ => {
                (0..chance.below(2000)).map(|_| char::from(b' ' + chance.below(95) as u8)).collect()
            }
        };
        let answer = match collector.take(&text) {
            Ok(Collected::New) => "new".to_owned(),
            Ok(Collected::Known) => "known".to_owned(),
            Ok(Collected::Whole(_)) => "whole".to_owned(),
            Err(error) => error.to_string(),
        };
        assert!(collector.partial().len() <= FILES_LIMIT);
        if n % 50 == 0 {
            collector = Collector::default();
        }
        *answers.entry(answer).or_insert(0) += 1;
    }
    println!("{answers:#?}");
    assert_eq!(answers.values().sum::<i32>(), 10_000);
    assert!(answers.len() >= 8);
}

/// A sheet of codes, printed at 300 dpi and copied once: toner spreads, the copier knows black and white only, the
/// sheet lies askew, there is dust, and what is sent on is a JPEG.
#[test]
fn a_copied_sheet_is_read_by_us_and_by_another_reader() {
    for (place, file) in files(2).into_iter().enumerate() {
        let texts = parts(&file).unwrap();
        let sheets = print(&texts, WIDE);
        let copied = |sheet: &Sheet| {
            let copy = sheet.blurred(1).in_two_tones(150).blurred(1).turned(2.0);
            copy.in_two_tones(120).dusty(2000, 5).as_jpeg(60)
        };
        for (name, sheets) in [
            ("printed", sheets.clone()),
            ("copied", sheets.iter().map(copied).collect()),
            ("upside-down", sheets.iter().map(|sheet| sheet.turned(178.0)).collect()),
        ] {
            let ours = sheets.iter().flat_map(|sheet| seen(sheet, Care::Thorough));
            assert_eq!(collected(ours), Some(file.clone()), "{name} {place}");
            let named = |n: usize| format!("{name}-{place}-{n}");
            let theirs = sheets.iter().enumerate();
            let theirs = theirs.flat_map(|(n, sheet)| seen_by_another(&named(n), sheet));
            assert_eq!(collected(theirs), Some(file.clone()), "{name} {place} by zbarimg");
        }
    }
}

/// One code before the camera of a telephone, held at an angle in uneven light.
#[test]
fn a_code_before_a_camera_is_read_at_once() {
    let texts = parts(&files(1)[0]).unwrap();
    let sheet = &print(&texts[..1], WIDE)[0];
    let frame = sheet.photographed(1280, 720);
    assert_eq!(seen(&frame, Care::Quick), texts[..1]);
}

#[test]
fn pictures_without_a_code_have_none() {
    let (width, height) = (640, 480);
    let mut chance = Chance(11);
    let grey = |pixel: &mut dyn FnMut(usize, usize) -> u8| {
        let places = (0..width * height).map(|at| pixel(at % width, at / width));
        let grey = places.collect();
        Sheet { width, height, grey }
    };
    let blank = grey(&mut |_, _| 255);
    let noise = grey(&mut |_, _| chance.below(256) as u8);
    let stripes = grey(&mut |x, _| if x / 7 % 2 == 0 { 0 } else { 255 });
    // Nothing but the large squares of codes, hundreds of them.
    let squares = grey(&mut |x, y| {
        let ring = (x % 20).abs_diff(9).max((y % 20).abs_diff(9));
        if ring < 3 || (5..7).contains(&ring) { 0 } else { 255 }
    });
    for sheet in [blank, noise, stripes, squares] {
        assert_eq!(seen(&sheet, Care::Thorough), Vec::<String>::new());
    }
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn whatever_is_printed_is_read(
        file in proptest::collection::vec(any::<u8>(), 0..9000),
        order in any::<prop::sample::Index>(),
        twice in any::<Index>(),
    ) {
        let mut texts = parts(&file).unwrap();
        let again = texts[twice.index(texts.len())].clone();
        let first = order.index(texts.len());
        texts.rotate_left(first);
        texts.insert(0, again);
        prop_assert_eq!(collected(texts), Some(file));
    }

    /// Codes with some pixels overwritten, and pictures that are none: nothing panics.
    #[test]
    fn no_picture_is_too_strange(
        width in 1usize..300,
        height in 1usize..300,
        seed in any::<u64>(),
        boxes in proptest::collection::vec((any::<Index>(), any::<Index>(), 1usize..60, 1usize..60, any::<u8>()), 0..12),
        has_code in any::<bool>(),
    ) {
        let mut chance = Chance(seed);
        let mut sheet = Sheet { width, height, grey: vec![255; width * height] };
        if has_code {
            let code = paper_code("BT1:1/1:").unwrap();
            let side = width.min(height) / 29;
            for (at, pixel) in sheet.grey.iter_mut().enumerate() {
                let (x, y) = (at % width / side.max(1), at / width / side.max(1));
                if code.get_module(x as i32 - 4, y as i32 - 4) {
                    *pixel = 0;
                }
            }
        }
        for (x, y, wide, high, tone) in boxes {
            let (left, top) = (x.index(width), y.index(height));
            for y in top..(top + high).min(height) {
                for x in left..(left + wide).min(width) {
                    sheet.grey[y * width + x] = if tone > 200 { chance.below(256) as u8 } else { tone };
                }
            }
        }
        seen(&sheet, Care::Thorough);
    }
}

/// Writes the golden codes anew.
#[test]
#[ignore = "writes into the repository: cargo test --test suite rewrite_the_golden_codes -- --ignored"]
fn rewrite_the_golden_codes() {
    fs::create_dir_all("tests/suite/vectors/paper").unwrap();
    let lines = parts(GOLDEN_FILE).unwrap().join("\n") + "\n";
    fs::write("tests/suite/vectors/paper/v1.txt", lines).unwrap();
}

/// Base 45 a second time, slowly, so that the tests can forge parts.
mod base45 {
    const ALPHABET: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    pub fn encode(bytes: impl AsRef<[u8]>) -> String {
        let digit = |n: u32| ALPHABET.chars().nth(n as usize % 45).unwrap();
        let group = |pair: &[u8]| match *pair {
            [a, b] => {
                let n = u32::from(a) * 256 + u32::from(b);
                vec![digit(n), digit(n / 45), digit(n / 2025)]
            }
            _ => vec![digit(u32::from(pair[0])), digit(u32::from(pair[0]) / 45)],
        };
        bytes.as_ref().chunks(2).flat_map(group).collect()
    }

    pub fn decode(text: &str) -> Option<Vec<u8>> {
        let digits: Option<Vec<_>> = text.chars().map(|c| ALPHABET.find(c)).collect();
        let group = |group: &[usize]| match *group {
            [a, b, c] => {
                let n = a + 45 * b + 2025 * c;
                vec![(n / 256) as u8, (n % 256) as u8]
            }
            _ => vec![(group[0] + 45 * group[1]) as u8],
        };
        Some(digits?.chunks(3).flat_map(group).collect())
    }
}

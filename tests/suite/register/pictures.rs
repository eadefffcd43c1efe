//! Forms on paper: pictures of their codes are received as the files that they carry.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use bon_tot::share::{file_mark, parts};
use image::{DynamicImage, GrayImage, ImageFormat};
use tempfile::TempDir;

use super::{received, register, said, texts};
use crate::paper::sheet::{Sheet, WIDE, print};

fn picture(sheet: &Sheet, format: ImageFormat) -> Vec<u8> {
    let (width, height) = (sheet.width as u32, sheet.height as u32);
    let grey = GrayImage::from_raw(width, height, sheet.grey.clone()).unwrap();
    let mut file = Cursor::new(Vec::new());
    DynamicImage::from(grey).write_to(&mut file, format).unwrap();
    file.into_inner()
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    fs::write(folder.join(name), bytes).unwrap();
}

#[test]
fn codes_of_one_file_have_a_mark_of_their_own() {
    let texts = texts(2).iter().map(|text| parts(text.as_bytes()).unwrap()).collect::<Vec<_>>();
    let marks = |codes: &[String]| -> Vec<String> {
        let mut marks: Vec<_> =
            codes.iter().map(|code| file_mark(code).unwrap().to_owned()).collect();
        marks.dedup();
        marks
    };
    assert!(texts[0].len() > 1);
    let [a, b] = [marks(&texts[0]), marks(&texts[1])];
    assert_eq!((a.len(), b.len()), (1, 1));
    assert_ne!(a, b);
    for text in ["", "BT1:", "BT1:1/1:", "BT2:1/1:AAAAAAAAAAAAAAAAAA", "BT1:1/1:é"] {
        assert_eq!(file_mark(text), None, "{text}");
    }
}

#[test]
fn pictures_are_received_as_the_files_that_they_show() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    let files = texts(3);
    // One form on one sheet; one on two sheets, in two kinds of pictures; a sheet of a third form alone.
    let whole = print(&parts(files[0].as_bytes()).unwrap(), WIDE);
    assert_eq!(whole.len(), 1);
    write(root, "whole.png", &picture(&whole[0], ImageFormat::Png));
    let codes = parts(files[1].as_bytes()).unwrap();
    let (first, second) = codes.split_at(codes.len() / 2);
    write(root, "z1.jpg", &picture(&print(second, WIDE)[0], ImageFormat::Jpeg));
    write(root, "z2.png", &picture(&print(first, WIDE)[0], ImageFormat::Png));
    let some = &parts(files[2].as_bytes()).unwrap()[..1];
    write(root, "some.png", &picture(&print(some, WIDE)[0], ImageFormat::Png));
    let blank = Sheet { width: 400, height: 300, grey: vec![255; 120_000] };
    write(root, "blank.png", &picture(&blank, ImageFormat::Png));
    let mut cut = picture(&blank, ImageFormat::Png);
    cut.truncate(60);
    write(root, "cut.png", &cut);
    write(root, "whole.json", files[0].as_bytes());

    let rows = received(root, &["."], &["--threads", "2"]);
    assert_eq!(rows.len(), 7);
    assert_eq!(said(&rows, "./whole.json").0, "unknown_key");
    assert_eq!(said(&rows, "./whole.png"), ("duplicate", "same content as ./whole.json"));
    assert_eq!(said(&rows, "./z1.jpg").0, "unknown_key");
    assert_eq!(said(&rows, "./z2.png"), ("duplicate", "same content as ./z1.jpg"));
    let (status, told) = said(&rows, "./some.png");
    assert!(status == "malformed" && told.contains("these are missing: 2"), "{told}");
    assert_eq!(
        said(&rows, "./blank.png"),
        ("malformed", "no code of a form was found in the picture")
    );
    let (status, told) = said(&rows, "./cut.png");
    assert!(status == "malformed" && told.starts_with("the picture cannot be read"), "{told}");
    let once = register(root, &["."], &["--threads", "1"]);
    assert_eq!(once, register(root, &["."], &["--threads", "2"]));
}

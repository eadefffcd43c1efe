//! A signed form goes from one device to another on paper: its codes are read from pictures in any order, and from the
//! camera, and what comes of them is the exported file, byte for byte.

use std::fs;
use std::path::{Path, PathBuf};

use bon_tot::share::{paper_code, parts};
use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, Luma};

use crate::support::answers::{UNIT, everything_met, sealed_elsewhere};
use crate::support::axe::Rules;
use crate::support::browser::{Kind, Setup};
use crate::support::page::Page;
use crate::support::{journey, portable_file, shots};

/// White squares around a code.
const MARGIN: u32 = 4;

/// A code on white, each of its squares so many pixels wide.
fn drawn(text: &str, square: u32, width: u32, height: u32) -> GrayImage {
    let code = paper_code(text).unwrap();
    let side = (code.size() as u32 + 2 * MARGIN) * square;
    assert!(side <= width && side <= height, "{side}");
    let (left, top) = ((width - side) / 2, (height - side) / 2);
    GrayImage::from_fn(width, height, |x, y| {
        let at = |at: u32, from: u32| (at.wrapping_sub(from) / square) as i32 - MARGIN as i32;
        let is_dark = x >= left && y >= top && code.get_module(at(x, left), at(y, top));
        Luma([if is_dark { 20 } else { 235 }])
    })
}

/// A picture of each code, beside other files of the journey.
pub fn pictures(folder: &Path, texts: &[String]) -> Vec<PathBuf> {
    let write = |(place, text): (usize, &String)| {
        let file = folder.join(format!("to-{}.png", place + 1));
        drawn(text, 6, 900, 900).save(&file).unwrap();
        file
    };
    texts.iter().enumerate().map(write).collect()
}

/// A film of all codes, one after the other, as Chromium plays it in place of a camera.
fn film(file: &Path, texts: &[String]) {
    let mut bytes = Vec::new();
    for text in texts {
        let frame = drawn(text, 5, 1280, 720);
        for _ in 0..20 {
            JpegEncoder::new_with_quality(&mut bytes, 85).encode_image(&frame).unwrap();
        }
    }
    fs::write(file, bytes).unwrap();
}

/// Several files for one control.
pub fn together<'a>(files: impl IntoIterator<Item = &'a PathBuf>) -> PathBuf {
    let names: Vec<_> = files.into_iter().map(|file| file.to_str().unwrap()).collect();
    PathBuf::from(names.join("\n"))
}

/// A file that the page exported, with the texts of its codes.
async fn exported(page: &Page, folder: &Path) -> (Vec<u8>, Vec<String>) {
    let mut work = everything_met("nghe-an-2024");
    // Digits that say nothing, so that the file needs some codes.
    let digits = (1..500).map(|n: u64| (n.pow(6) % 1_000_003).to_string());
    work.form.remarks.strengths = digits.collect::<Vec<_>>().join(" ");
    let sealed = sealed_elsewhere(&work);
    let file = folder.join(sealed.file_name());
    fs::write(&file, sealed.to_text()).unwrap();
    page.shows("new-form").await;
    page.upload("import-file", &file).await;
    page.says("notice", UNIT).await;
    page.go("review").await;
    let bytes = fs::read(page.download("export").await).unwrap();
    let texts = parts(&bytes).unwrap();
    assert!(texts.len() >= 3, "{}", texts.len());
    (bytes, texts)
}

/// The form is here, and what it exports is what was printed.
async fn is_here(page: &Page, bytes: &[u8]) {
    page.says("notice", UNIT).await;
    page.shows("section-unit").await;
    page.go("review").await;
    page.shows("sealed").await;
    assert!(fs::read(page.download("export").await).unwrap() == bytes);
}

#[test]
fn a_form_goes_to_another_device_on_paper() {
    journey("paper_codes", 150, async |stage| {
        let page = stage.open("cell").await;
        let (bytes, texts) = exported(&page, stage.folder()).await;
        let pictures = pictures(stage.folder(), &texts);
        stage.close().await;

        let page = stage.open("office").await;
        page.shows("new-form").await;
        // The last code comes first, the second is forgotten, and there is a picture of something else.
        let other = stage.folder().join("cat.png");
        GrayImage::from_fn(300, 200, |x, y| Luma([(x ^ y) as u8])).save(&other).unwrap();
        let mut first: Vec<_> = pictures.iter().rev().collect();
        let forgotten = first.remove(texts.len() - 2);
        first.insert(1, &other);
        page.upload("import-file", &together(first)).await;
        let (all, read) = (texts.len(), texts.len() - 1);
        page.says("papers-state", &format!("Đã đọc {read} trong {all} mã; còn thiếu mã 2.")).await;
        page.says("papers-parts", "mã 2: còn thiếu").await;
        page.says("papers-lines", "cat.png: không thấy mã nào").await;
        look(&page).await;
        page.speak("en").await;
        page.says("papers-state", "still missing: 2").await;
        page.speak("vi").await;

        // A picture that was read already changes nothing.
        page.upload("papers-more", &pictures[0]).await;
        page.upload("papers-more", forgotten).await;
        is_here(&page, &bytes).await;
        page.go_home().await;
        assert!(!page.sees("papers").await);

        // Several files at once: it is told what became of each.
        let signed = stage.folder().join("signed.json");
        fs::write(&signed, &bytes).unwrap();
        let broken = stage.folder().join("broken.json");
        fs::write(&broken, b"{").unwrap();
        page.upload("import-file", &together([&signed, &broken])).await;
        page.says("papers-lines", "signed.json: ").await;
        page.says("papers-lines", "broken.json: ").await;
        page.click("papers-close").await;
        assert!(!page.sees("papers").await);
    });
}

/// A backup on paper is none that is asked about: paper brings signed forms only.
#[test]
fn paper_brings_signed_forms_only() {
    journey("paper_backup", 120, async |stage| {
        let file = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/suite/vectors/cases/security/phieu_backup.json"
        );
        let texts = parts(&fs::read(file).unwrap()).unwrap();
        let pictures = pictures(stage.folder(), &texts);
        let page = stage.open("office").await;
        page.shows("new-form").await;
        page.upload("import-file", &together(&pictures)).await;
        page.says("notice", "Mã QR chỉ đưa phiếu đã ký và bộ tiêu chí vào máy").await;
        assert!(!page.sees("asking").await);
        page.reload().await;
        page.says("form-list", "Chưa có phiếu").await;
    });
}

/// The panel as it looks on a telephone and on a desk, and to assistive tools.
async fn look(page: &Page) {
    for (size, name) in [(shots::NARROW, "360"), (shots::WIDE, "1280")] {
        page.resize(size).await;
        page.scroll_to("papers").await;
        page.shoot(&format!("papers-{name}.png")).await;
        let faults = page.axe(Rules::All).await;
        assert!(faults.is_empty(), "{faults:#?}");
    }
}

#[test]
fn the_camera_reads_a_form_from_paper() {
    journey("paper_camera", 150, async |stage| {
        let page = stage.open("cell").await;
        let (bytes, texts) = exported(&page, stage.folder()).await;
        stage.close().await;

        let camera = stage.folder().join("paper.mjpeg");
        film(&camera, &texts);
        let setup = Setup { camera: Some(camera), ..Setup::default() };
        let page = stage.open_with("office", &stage.base(), &setup).await;
        page.shows("new-form").await;
        page.click("papers-open").await;
        page.says("papers-state", "Chưa đọc được mã nào").await;
        page.click("papers-camera").await;
        is_here(&page, &bytes).await;
    });
}

/// Where there is no camera the page says so, and pictures still do.
#[test]
fn the_page_in_one_file_reads_paper_too() {
    journey("paper_portable", 150, async |stage| {
        let page = stage.open("cell").await;
        let (bytes, texts) = exported(&page, stage.folder()).await;
        let pictures = pictures(stage.folder(), &texts);
        stage.close().await;
        for kind in [Kind::Chromium, Kind::Firefox] {
            let file = portable_file(&stage);
            let name = if kind == Kind::Firefox { "fox" } else { "stick" };
            let page = stage.open_file(name, kind, &file).await;
            page.shows("new-form").await;
            page.upload("import-file", &pictures[1]).await;
            page.says("papers-state", "Đã đọc 1 trong").await;
            if kind == Kind::Chromium {
                page.click("papers-camera").await;
                page.says("papers-camera-state", "chụp ảnh rồi chọn ảnh").await;
            }
            page.upload("papers-more", &together(&pictures)).await;
            is_here(&page, &bytes).await;
            stage.close().await;
        }
    });
}

//! Scans of forms on paper as PDF, as office scanners send them: the desk receives them as the files that they carry.

use std::fs;
use std::path::{Path, PathBuf};

use bon_tot::share::parts;
use serde_json::json;

use crate::support::answers::{UNIT, everything_met, sealed_elsewhere};
use crate::support::journey;
use crate::support::page::Page;
use crate::support::pdf::documents::{Packing, Scan, document};
use crate::support::pdf::sheets::{WIDE, print};

/// A sheet with these codes as it lies on the glass, 2° off.
fn scanned(codes: &[String], packing: Packing) -> Scan {
    let [sheet] = &print(codes, WIDE)[..] else { panic!("more than a sheet") };
    let sheet = sheet.turned(2.0);
    Scan::new(sheet.width, sheet.height, &sheet.grey, packing)
}

async fn receive(page: &Page, files: &[PathBuf]) {
    let names: Vec<_> = files.iter().map(|file| file.to_str().unwrap()).collect();
    page.upload("desk-import", Path::new(&names.join("\n"))).await;
}

/// The name, status and words of each row.
async fn rows(page: &Page) -> Vec<(String, String, String)> {
    let script = "return [...document.querySelectorAll('[data-testid=desk-row]')]
        .map(row => [row.dataset.file, row.dataset.status, row.textContent])";
    let rows = page.look(script, json!([])).await;
    let mut rows: Vec<(String, String, String)> = serde_json::from_value(rows).unwrap();
    rows.sort();
    rows
}

#[test]
fn scans_as_pdf_are_received_as_the_files_that_they_carry() {
    journey("desk_pdf", 240, async |stage| {
        let sealed = sealed_elsewhere(&everything_met("nghe-an-2024"));
        let codes = parts(sealed.to_text().as_bytes()).unwrap();
        assert!(codes.len() > 1);
        let write = |name: &str, bytes: &[u8]| {
            let file = stage.folder().join(name);
            fs::write(&file, bytes).unwrap();
            file
        };
        let fax = document(&[scanned(&codes, Packing::Fax)]);
        let jpeg = document(&[scanned(&codes, Packing::Jpeg)]);
        let (first, second) = codes.split_at(codes.len() / 2);
        let two = document(&[second, first].map(|codes| scanned(codes, Packing::Fax)));
        let files = [
            write("a-fax.pdf", &fax),
            write("b-jpeg.pdf", &jpeg),
            write("c-two.pdf", &two),
            write("d-cut.pdf", &fax[..40]),
        ];

        let page = stage.open("commune").await;
        page.goto("#/desk").await;
        page.shows("desk-import").await;
        assert_eq!(page.look(LOADED, json!([])).await, json!(false));
        receive(&page, &files).await;
        page.says("desk-progress", "Đang đọc trang").await;
        page.has("desk-progress", "data-state", "ended").await;
        assert_eq!(page.look(LOADED, json!([])).await, json!(true));
        page.has("desk-total", "data-read", "4").await;
        let found = rows(&page).await;
        let told: Vec<_> =
            found.iter().map(|(file, status, _)| (file.as_str(), status.as_str())).collect();
        assert_eq!(
            told,
            [
                ("a-fax.pdf", "unknown_key"),
                ("b-jpeg.pdf", "duplicate"),
                ("c-two.pdf", "duplicate"),
                ("d-cut.pdf", "malformed"),
            ]
        );
        for (file, _, words) in &found[..3] {
            assert!(words.contains(UNIT), "{file}: {words}");
        }
    });
}

/// Was what reads PDF fetched?
const LOADED: &str = "return performance.getEntriesByType('resource')
    .some(own => own.name.includes('pdf-worker'))";

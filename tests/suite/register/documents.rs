//! Forms on paper as PDF documents of an office scanner: they are received as the files that they carry, and what is
//! hostile or no form costs one row that says why.

use std::fs;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use bon_tot::desk::register::{LOCKED_PDF, NO_CODES};
use bon_tot::share::parts;
use miniz_oxide::deflate::compress_to_vec_zlib;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{received, said, texts};
use crate::paper::document::{Packing, Scan, document, file, file_with, stream};
use crate::paper::sheet::{Sheet, WIDE, print};

/// A sheet as it lies on the glass, 2° off.
fn scanned(sheet: &Sheet, packing: Packing) -> Scan {
    let sheet = sheet.turned(2.0);
    Scan::new(sheet.width, sheet.height, &sheet.grey, packing)
}

fn sheets(codes: &[String]) -> Vec<Sheet> {
    print(codes, WIDE)
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    fs::write(folder.join(name), bytes).unwrap();
}

#[test]
fn scans_are_received_as_the_files_that_they_carry() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    let files = texts(4);
    let codes: Vec<_> = files.iter().map(|file| parts(file.as_bytes()).unwrap()).collect();
    for (name, packing) in [("fax.pdf", Packing::Fax), ("jpeg.PDF", Packing::Jpeg)] {
        let whole = sheets(&codes[0]);
        assert_eq!(whole.len(), 1);
        write(root, name, &document(&[scanned(&whole[0], packing)]));
    }
    write(root, "a.json", files[0].as_bytes());
    // A form on two pages; one of which a page is in another file; two forms in one file, in an archive.
    let half = codes[1].len() / 2;
    let (first, second) = codes[1].split_at(half);
    assert!(!first.is_empty() && !second.is_empty());
    let page = |codes: &[String]| scanned(&sheets(codes)[0], Packing::Fax);
    write(root, "two.pdf", &document(&[page(second), page(first)]));
    let (first, second) = codes[2].split_at(codes[2].len() / 2);
    write(root, "front.pdf", &document(&[page(first)]));
    write(root, "back.pdf", &document(&[page(second)]));
    let mut zip = ZipWriter::new(File::create(root.join("scans.zip")).unwrap());
    zip.start_file("both", SimpleFileOptions::default()).unwrap();
    zip.write_all(&document(&[page(&codes[2]), page(&codes[3])])).unwrap();
    zip.finish().unwrap();

    let begun = Instant::now();
    let register = super::register(root, &["."], &["--threads", "2"]);
    println!("{:?} for 8 pages on two threads", begun.elapsed());
    let rows = super::rows(&register);
    assert_eq!(rows.len(), 8);
    let of = |name: &str| -> Vec<(&str, &str, &str)> {
        let own = rows.iter().filter(|row| row.file == name);
        own.map(|row| {
            let unit = row.unit.as_deref().unwrap_or_default();
            (row.status.as_str(), row.detail.as_deref().unwrap_or_default(), unit)
        })
        .collect()
    };
    let [(status, _, unit)] = of("./a.json")[..] else { panic!("{rows:#?}") };
    assert!(status == "unknown_key" && !unit.is_empty());
    for name in ["./fax.pdf", "./jpeg.PDF"] {
        assert_eq!(of(name), [("duplicate", "same content as ./a.json", unit)], "{name}");
    }
    assert_eq!(of("./two.pdf")[0].0, "unknown_key");
    assert_eq!(of("./back.pdf")[0].0, "unknown_key");
    assert_eq!(of("./front.pdf")[0].1, "same content as ./back.pdf");
    let mut both: Vec<_> = of("./scans.zip/both").iter().map(|own| own.0).collect();
    both.sort_unstable();
    assert_eq!(both, ["duplicate", "unknown_key"]);
}

/// A document of one page with these further entries, its contents, and other objects from the fifth on.
fn page(entries: &str, contents: &[u8], others: &[Vec<u8>]) -> Vec<u8> {
    let own = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R {entries} >>").into(),
        stream("", contents),
    ];
    file(&[&own[..], others].concat())
}

const A4: &str = "/MediaBox [0 0 595 842]";
const SCAN: &str = "/Resources << /XObject << /Scan 5 0 R >> >> /MediaBox [0 0 595 842]";
const DRAWN: &[u8] = b"q 595 0 0 842 0 0 cm /Scan Do Q";

#[track_caller]
fn is_refused(name: &str, bytes: &[u8], told: &str) {
    let folder = TempDir::new().unwrap();
    write(folder.path(), name, bytes);
    let rows = received(folder.path(), &["."], &[]);
    assert_eq!(rows.len(), 1, "{name}");
    let (status, detail) = said(&rows, &format!("./{name}"));
    assert!(status == "malformed" && detail.contains(told), "{name}: {status}, {detail}");
}

#[test]
fn a_document_without_a_code_says_so() {
    let folder = TempDir::new().unwrap();
    let blank = Scan::new(2480, 3508, &vec![255; 2480 * 3508], Packing::Fax);
    write(folder.path(), "blank.pdf", &document(&[blank]));
    write(folder.path(), "empty.pdf", &page(A4, b"", &[]));
    // What a page draws may draw itself.
    let own = stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] {SCAN}"), b"/Scan Do");
    write(folder.path(), "itself.pdf", &page(SCAN, DRAWN, &[own]));
    let rows = received(folder.path(), &["."], &[]);
    for name in ["./blank.pdf", "./empty.pdf", "./itself.pdf"] {
        assert_eq!(said(&rows, name), ("malformed", NO_CODES), "{name}");
    }
}

#[test]
fn damaged_and_locked_documents_are_refused() {
    let scan = |grey| Scan::new(600, 600, &vec![grey; 360_000], Packing::Jpeg);
    let whole = document(&[scan(255), scan(0)]);
    is_refused("head.pdf", &whole[..20], "the PDF is damaged, or only a part of one");
    is_refused("only.pdf", b"%PDF-", "the PDF is damaged, or only a part of one");
    let catalog = b"<< /Type /Catalog /Pages 2 0 R >>".to_vec();
    let round = b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>".to_vec();
    is_refused("round.pdf", &file(&[catalog.clone(), round]), "the PDF");
    let zeros = "00".repeat(32);
    let trailer = format!(
        "/Root 1 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 \
         /O <{zeros}> /U <{zeros}> >>"
    );
    let locked = file_with(&[catalog], &trailer);
    is_refused("locked.pdf", &locked, LOCKED_PDF);
}

#[test]
fn documents_beyond_the_limits_are_refused() {
    let wide = page("/MediaBox [0 0 20000 842]", b"", &[]);
    is_refused("wide.pdf", &wide, "page 1 of the PDF is longer or wider than 5 metres");
    let kids: Vec<_> = (3..5003).map(|page| format!("{page} 0 R")).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count 5000 >>", kids.join(" ")).into(),
    ];
    objects.extend((3..5003).map(|_| format!("<< /Type /Page /Parent 2 0 R {A4} >>").into_bytes()));
    is_refused("many.pdf", &file(&objects), "the PDF has 5000 pages, more than 200");
    let mut large = page(A4, b"", &[]);
    large.resize((64 << 20) + 9, b' ');
    is_refused("large.pdf", &large, "the PDF is larger than 64 MB");
}

/// What would fill the memory stops the process that reads it, and nothing else.
#[test]
fn documents_that_take_too_much_cost_one_row() {
    let too_much = "page 1 of the PDF takes too much to read, or is damaged";
    let image = "/Type /XObject /Subtype /Image /Width 4000000000 /Height 4000000000 \
                 /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode \
                 /DecodeParms << /K -1 /Columns 4000000000 >>";
    let huge = stream(image, b"\x00\x10\x01");
    is_refused("huge.pdf", &page(SCAN, DRAWN, &[huge]), too_much);
    // Contents that unpack to 64 GB of zeros.
    let once = compress_to_vec_zlib(&vec![0; 64 << 20], 9);
    let bomb = stream("/Filter [/FlateDecode /FlateDecode]", &compress_to_vec_zlib(&once, 9));
    let contents = format!("/Contents [{}]", "4 0 R ".repeat(1000));
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R {contents} {A4} >>").into(),
        bomb,
    ];
    is_refused("bomb.pdf", &file(&objects), too_much);
}

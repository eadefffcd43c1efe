//! Files beside answers: a picture made smaller and a document are attached, seen after a reload, taken away and brought
//! back, signed by digest, and saved in one archive, which the tool receives as the one form.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use bon_tot::form::Attachment;
use bon_tot::seal::Submission;
use bon_tot::value::Digest;
use image::{ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};

use crate::support::cli::bontot;
use crate::support::journey;
use crate::support::page::Page;
use crate::support::shots;

const PACK: &str = "nghe-an-2024";
const UNIT: &str = "Chi bộ xóm Tân Sơn";
const PASSPHRASE: &str = "bốn con trâu cày ruộng";
/// An item that a person answers, with the part behind "more".
const ITEM: &str = "1.03";

/// A picture of more pixels than are kept, as PNG.
fn picture(folder: &Path) -> PathBuf {
    let picture = RgbImage::from_fn(2400, 1200, |x, y| Rgb([(x / 10) as u8, (y / 5) as u8, 90]));
    let file = folder.join("Ảnh sinh hoạt.png");
    picture.save_with_format(&file, ImageFormat::Png).unwrap();
    file
}

/// The element of an item that ends so.
fn at(end: &str) -> String {
    format!("item-{ITEM}-{end}")
}

async fn lists(page: &Page, count: usize) {
    let script = "return at(arguments[0])?.querySelectorAll('li').length === arguments[1]";
    page.until(&format!("{count} files"), script, json!([at("attached"), count])).await;
}

/// Waits until the preview is drawn; gives its size in pixels.
async fn preview(page: &Page) -> (i64, i64) {
    let script = "const e = at(arguments[0])?.querySelector('img');
        return e?.complete && e.naturalWidth > 0 && [e.naturalWidth, e.naturalHeight]";
    let size = page.until("a preview", script, json!([at("attached")])).await;
    (size[0].as_i64().unwrap(), size[1].as_i64().unwrap())
}

#[test]
fn a_picture_is_attached_signed_and_matched() {
    journey("attached", 240, async |stage| {
        let page = stage.open("cell").await;
        page.new_form(PACK).await;
        page.type_into("unit-name", UNIT).await;
        page.go("C1").await;
        page.unfold(&at("more")).await;
        page.upload(&at("attach"), &picture(stage.folder())).await;
        lists(&page, 1).await;
        assert_eq!(preview(&page).await, (1600, 800));
        page.says(&at("attached"), "Ảnh sinh hoạt.jpg").await;
        page.says(&at("attach-used"), "của 50 MB").await;

        // Another kind of file; the same once more is told; and what is too large.
        let minutes = stage.folder().join("Biên bản.pdf");
        fs::write(&minutes, b"%PDF-1.4 minutes").unwrap();
        page.upload(&at("attach"), &minutes).await;
        lists(&page, 2).await;
        page.upload(&at("attach"), &minutes).await;
        page.says(&at("attach-said"), "đã có ở mục này").await;
        let large = stage.folder().join("lớn.bin");
        fs::write(&large, vec![7; (10 << 20) + 1]).unwrap();
        page.upload(&at("attach"), &large).await;
        page.says(&at("attach-said"), "lớn hơn 10 MB").await;
        lists(&page, 2).await;

        // Taken away, brought back by undo, and there after a reload.
        let short: String = Digest::of_bytes(b"%PDF-1.4 minutes").to_string()[..16].to_owned();
        page.click(&format!("detach-{short}")).await;
        lists(&page, 1).await;
        page.click("undo").await;
        lists(&page, 2).await;
        page.wait_saved().await;
        page.reload().await;
        lists(&page, 2).await;
        assert_eq!(preview(&page).await, (1600, 800));
        let open = "return at(arguments[0]).open";
        assert_eq!(page.look(open, json!([at("more")])).await, json!(true));
        for (size, name) in [(shots::NARROW, "360"), (shots::WIDE, "1280")] {
            page.resize(size).await;
            let script =
                "at(arguments[0]).scrollIntoView({ block: 'center', behavior: 'instant' })";
            page.look(script, json!([at("attached")])).await;
            page.shoot(&format!("attached-{name}.png")).await;
        }

        page.seal(PASSPHRASE).await;
        let signed = page.download("export").await;
        let submission = Submission::from_bytes(&fs::read(&signed).unwrap()).unwrap();
        let answers = &submission.assessment().items;
        let files: Vec<Attachment> =
            answers.values().flat_map(|answer| answer.attachments.clone()).collect();
        assert_eq!(files.len(), 2);
        page.look("at('export-zip').scrollIntoView({ block: 'center' })", json!([])).await;
        page.shoot("attached-zip.png").await;
        let archive = page.download("export-zip").await;
        unpacked(&archive, &files);
        received(stage.folder(), &archive, &submission);
    });
}

/// The archive holds each file under its digest, as an independent library reads it.
fn unpacked(archive: &Path, files: &[Attachment]) {
    let mut zip = zip::ZipArchive::new(fs::File::open(archive).unwrap()).unwrap();
    assert_eq!(zip.len(), 1 + files.len());
    for own in files {
        let mut bytes = Vec::new();
        zip.by_name(&own.path()).unwrap().read_to_end(&mut bytes).unwrap();
        assert_eq!(Digest::of_bytes(&bytes), own.sha256);
        assert_eq!(bytes.len() as i64, own.size);
        if own.media_type == "image/jpeg" {
            let picture = image::load_from_memory(&bytes).unwrap();
            assert_eq!((picture.width(), picture.height()), (1600, 800));
            assert_eq!(own.name, "Ảnh sinh hoạt.jpg");
        }
    }
}

/// The tool receives the archive as the one submission.
fn received(folder: &Path, archive: &Path, submission: &Submission) {
    let out = folder.join("register.ndjson");
    let (archive, path) = (archive.to_str().unwrap(), out.to_str().unwrap());
    let called = bontot(&["register", archive, "--out", path]);
    assert!(called.stderr.contains("attached files: 2 of 2 match"), "{}", called.stderr);
    let rows = fs::read_to_string(out).unwrap();
    let rows: Vec<Value> = rows.lines().map(|row| serde_json::from_str(row).unwrap()).collect();
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0]["status"], "unknown_key");
    assert_eq!(rows[0]["digest"], json!(submission.digest().to_string()));
}

//! A village cell fills the whole form of Nghệ An, seals it, exports it, and seals it again after an
//! edit. The command-line tool and the library must see in the file what the page showed.

use std::fs;
use std::path::Path;

use bon_tot::json::{FILE_LIMIT, canonical, parse, pretty, to_json};
use bon_tot::rules;
use bon_tot::seal::Submission;
use serde_json::{Value, json};

use crate::support::answers::{UNIT, everything_met, id, pack};
use crate::support::browser::Kind;
use crate::support::cli::{bontot, pack_file};
use crate::support::page::Page;
use crate::support::shots;
use crate::support::{Stage, journey};

const PACK: &str = "nghe-an-2024";
const PASSPHRASE: &str = "bốn con trâu cày ruộng";
const EVIDENCE: &str = "Sổ điểm danh năm 2026, người ghi: đồng chí Đặng Thị Ngọc Ưu";
const MODEL: &str = "Camera an ninh do dân góp";
const STRENGTHS: &str = "Đoàn kết, thống nhất; sinh hoạt đều đặn.";

#[test]
fn a_village_cell_fills_and_seals_its_form() {
    journey("fill_and_seal", 240, async |stage| walk(&stage, Kind::Chromium).await);
}

#[test]
fn a_village_cell_fills_and_seals_its_form_in_firefox() {
    journey("fill_and_seal_firefox", 300, async |stage| walk(&stage, Kind::Firefox).await);
}

#[test]
fn a_village_cell_fills_and_seals_its_form_in_webkit() {
    journey("fill_and_seal_webkit", 300, async |stage| walk(&stage, Kind::WebKit).await);
}

async fn walk(stage: &Stage, kind: Kind) {
    let page = stage.open_in(kind, "cell").await;
    let work = everything_met(PACK);
    page.new_form(PACK).await;
    page.has("verdict", "data-verdict", "incomplete").await;
    page.fill(&work).await;

    page.go("C2").await;
    let attendance = page.text("item-2.08").await;
    assert!(
        attendance.contains("10") && attendance.contains("11"),
        "2.08 does not say what was counted: {attendance}"
    );
    page.unfold("item-2.08-more").await;
    page.type_into("item-2.08-evidence", EVIDENCE).await;

    page.go("practices").await;
    page.click("practice-add").await;
    page.type_into("practice-0-title", MODEL).await;
    let text = "12 camera, 0 vụ trộm trong năm";
    page.type_into("practice-0-text", text).await;
    page.type_into("remarks-strengths", STRENGTHS).await;
    page.wait_saved().await;
    page.has("verdict", "data-verdict", "eligible").await;

    if kind == Kind::Chromium {
        picture_for_the_readme(&page).await; // one is enough
    }

    page.seal(PASSPHRASE).await;
    page.has("verdict", "data-verdict", "eligible").await;
    let file = page.download("export").await;
    let first = check_file(&page, &file, stage.folder(), 1).await;
    let mut expected = work.form.clone();
    expected.items.get_mut(&id("2.08")).unwrap().evidence = EVIDENCE.into();
    let sealed = first.assessment();
    assert_eq!(sealed.items, expected.items);
    assert_eq!(sealed.facts, expected.facts);
    assert_eq!(sealed.gates, expected.gates);
    assert_eq!(sealed.vote, expected.vote);
    assert_eq!(sealed.unit, expected.unit);
    assert_eq!(sealed.period, expected.period);
    assert_eq!(sealed.practices[0].title, MODEL);
    assert_eq!(sealed.remarks.strengths, STRENGTHS);

    // One number changes, and with it the verdict; sealed again, it is the next revision.
    page.go("C2").await;
    page.type_into("field-2.08-present", "9").await;
    page.has("item-2.08", "data-verdict", "not_met").await;
    page.has("verdict", "data-verdict", "not_eligible").await;
    page.seal(PASSPHRASE).await;
    let file = page.download("export").await;
    let second = check_file(&page, &file, stage.folder(), 2).await;
    assert_eq!(second.assessment().id, first.assessment().id);

    page.go_home().await;
    page.says("form-list", UNIT).await;
}

/// Item 2.08 as it looks on a desk.
async fn picture_for_the_readme(page: &Page) {
    page.go("C2").await;
    page.resize(shots::WIDE).await;
    let script = "at('item-2.08').scrollIntoView({ block: 'start', behavior: 'instant' });
        scrollBy({ top: -100, behavior: 'instant' })";
    page.look(script, json!([])).await;
    page.shoot("readme.png").await;
}

/// Is the file what the page says it is, for the tool and for the library?
async fn check_file(page: &Page, file: &Path, folder: &Path, revision: i64) -> Submission {
    let path = file.to_str().unwrap();
    let called = bontot(&["verify", "--json", path]);
    assert_eq!(called.status, 0, "{}{}", called.stdout, called.stderr);
    let told: Value = serde_json::from_str(called.stdout.trim()).unwrap();
    let status = told["status"].as_str().unwrap();
    assert!(matches!(status, "verified" | "unknown_key"), "{told}");
    assert_eq!(told["check_code"], json!(page.text("check-code").await));
    assert_eq!(told["verdict"], json!(page.verdict().await));

    let bytes = fs::read(file).unwrap();
    let submission = Submission::from_bytes(&bytes).unwrap();
    assert_eq!(submission.assessment().revision, revision);
    assert_eq!(submission.file_name(), page.text("file-name").await);
    assert_eq!(Some(&*submission.file_name()), file.file_name().and_then(|n| n.to_str()));
    let words = if page.verdict().await == "eligible" {
        "✓ Đủ điều kiện đề nghị"
    } else {
        "Chưa đủ điều kiện đề nghị"
    };
    page.says("sealed-verdict", words).await;

    let stated = canonical(submission.stated_outcome());
    let computed = to_json(&rules::outcome(&pack(PACK), submission.assessment()));
    assert_eq!(stated, canonical(&computed));
    let assessment = parse(&bytes, FILE_LIMIT).unwrap();
    let assessment = assessment.get("assessment").unwrap();
    let extracted = folder.join(format!("assessment-{revision}.json"));
    fs::write(&extracted, pretty(assessment)).unwrap();
    let called = bontot(&["score", extracted.to_str().unwrap(), "--pack", &pack_file(PACK)]);
    assert_eq!(called.status, 0, "{}", called.stderr);
    assert_eq!(called.stdout, format!("{stated}\n"));

    submission.clone().verify().unwrap();
    submission
}

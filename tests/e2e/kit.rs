//! The form kit: an officer writes a pack, a unit fills and signs a form by it, and the superior receives that.

use std::fs;
use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding};
use serde_json::json;

use crate::paper_codes::together;
use crate::support::journey;
use crate::support::page::Page;

const PASSPHRASE: &str = "chim yến bay về rừng xanh";
const OFFICE: &str = "Đảng ủy xã Tam Quang";
const UNIT: &str = "Chi bộ bản Liên Hương";
const TITLE: &str = "Chấm điểm chi bộ xã Tam Quang";

/// Makes a signing key on the page of keys.
async fn makes_key(page: &Page, name: &str) {
    page.goto("#/keys").await;
    page.click("key-new").await;
    page.type_into("key-name", name).await;
    page.type_into("passphrase", PASSPHRASE).await;
    page.type_into("passphrase-again", PASSPHRASE).await;
    page.click("key-make-go").await;
    page.says("key-row", name).await;
}

/// Labels in both languages.
async fn label(page: &Page, at: &str, vi: &str, en: &str) {
    page.type_into(&format!("kit-{at}-vi"), vi).await;
    page.type_into(&format!("kit-{at}-en"), en).await;
}

/// Waits until the last change is on disk, and the linter says this of it.
async fn stands(page: &Page, count: &str) {
    let script = "const state = at('kit-save-state');
        return state?.dataset.state === 'saved' && Number(state.dataset.revision) > 0";
    page.until("the pack is saved", script, json!([])).await;
    page.says("kit-lint-count", count).await;
}

/// Looks at the page from its top: what is scrolled lies below the head.
async fn checks(page: &Page, name: &str) {
    page.look("scrollTo(0, 0)", json!([])).await;
    page.is_accessible(name, "kit-undo").await;
}

async fn part(page: &Page, name: &str) {
    if page.sees("kit-parts-toggle").await {
        page.click("kit-parts-toggle").await;
    }
    page.click(&format!("kit-part-{name}")).await;
    page.has(&format!("kit-part-{name}"), "aria-current", "page").await;
}

/// Three criteria: items that are met or not, a ratio rule with a check, points, a gate.
async fn writes(page: &Page) {
    page.goto("#/kit").await;
    page.click("kit-new").await;
    label(page, "title", TITLE, "Score sheet of the cells of Tam Quang").await;
    page.type_into("kit-id", "tam-quang").await;
    page.type_into("kit-version", "1.0.0").await;
    label(page, "issuer", OFFICE, "Party committee of Tam Quang").await;
    checks(page, "kit-general").await;

    part(page, "units").await;
    page.click("kit-facts-add").await;
    label(page, "facts-0-label", "Tổng số đảng viên", "Members in total").await;
    checks(page, "kit-units").await;

    part(page, "criteria").await;
    for n in [1, 2] {
        page.click("kit-criteria-add").await;
        label(page, &format!("criteria-{n}-label"), &format!("Tiêu chí {}", n + 1), "Criterion")
            .await;
    }
    page.click("kit-item-add-c2").await;
    label(page, "items-1-label", "Tỷ lệ dự sinh hoạt", "Attendance").await;
    page.click("kit-items-1-fields-add").await;
    label(page, "items-1-fields-0-label", "Số đảng viên dự", "Members present").await;
    ratio(page).await;
    part(page, "criteria").await;
    page.click("kit-item-add-c3").await;
    label(page, "items-2-label", "Nội bộ đoàn kết", "Unity").await;
    checks(page, "kit-item").await;

    part(page, "points").await;
    page.click("kit-points-begin").await;
    page.click("kit-points-bands-add").await;
    label(page, "points-bands-0-label", "Tốt", "Good").await;
    page.type_into("kit-points-bands-0-at_least_bp", "90").await;
    page.click("kit-points-bands-0-eligible").await;
    checks(page, "kit-points").await;
    for n in [0, 1, 2] {
        let address =
            "location.hash = `${location.hash.split('/').slice(0, 3).join('/')}/${arguments[0]}`";
        page.look(address, json!([format!("items/{n}")])).await;
        page.click("kit-item-points").await;
        page.type_into(&format!("kit-items-{n}-points-max"), "10").await;
    }

    part(page, "gates").await;
    page.click("kit-gates-add").await;
    label(page, "gates-0-label", "Có đảng viên bị kỷ luật", "A member was disciplined").await;
    gate_by_items(page).await;
    checks(page, "kit-gates").await;
    part(page, "decision").await;
    page.type_into("kit-decision-criteria_required", "3").await;
    stands(page, "Không thấy lỗi").await;
}

/// A second gate, which follows the verdict of an item: it has neither days nor exceptions.
async fn gate_by_items(page: &Page) {
    page.click("kit-gates-add").await;
    label(page, "gates-1-label", "Mất đoàn kết nội bộ", "Disunity").await;
    page.shows("kit-gates-1-allows_exception").await;
    page.look("document.getElementById('kit-gates-1-items').click()", json!([])).await;
    page.click("kit-gates-1-items-c3.01").await;
    page.says("kit-gates-1-items", "c3.01").await;
    let script = "return !at('kit-gates-1-allows_exception')";
    page.until("no exception is asked for", script, json!([])).await;
}

/// The rule of the second item: more than 85 per cent; and a check that no more are there than there are.
async fn ratio(page: &Page) {
    page.click("kit-items-1-met_when-set").await;
    page.pick("kit-items-1-met_when-share-of", "field:f01").await;
    page.pick("kit-items-1-met_when-share-op", "gt").await;
    page.type_into("kit-items-1-met_when-share-percent", "85").await;
    page.pick("kit-items-1-met_when-share-in", "fact:fact01").await;
    page.says("kit-items-1-met_when-said", "«Số đảng viên dự» trên 85 % của «Tổng số đảng viên».")
        .await;
    page.click("kit-items-1-checks-add").await;
    page.pick("kit-items-1-checks-0-when-op", "le").await;
    page.pick("kit-items-1-checks-0-when-le-0", "field:f01").await;
    page.pick("kit-items-1-checks-0-when-le-1", "fact:fact01").await;
    label(
        page,
        "items-1-checks-0-message",
        "Số dự không thể nhiều hơn tổng số.",
        "More present than there are.",
    )
    .await;
    // The form beside it asks the same, and shows what comes of the answers.
    page.has("kit-outcome", "data-verdict", "incomplete").await;
    page.shows("field-c2.01-f01").await;
}

/// Pictures of the codes of what was published, as the screen shows them; on paper stand as many.
async fn codes(page: &Page, folder: &Path) -> Vec<PathBuf> {
    page.click("kit-codes").await;
    page.shows("kit-codes-say").await;
    const PICTURES: &str = r#"
        const all = (within) => [...document.querySelectorAll(`${within} canvas`)];
        const are = (codes) => codes.length > 0 && codes.every((code) => code.width > 300);
        const [shown, printed] = [all(".kit__codes"), all(".paper")];
        return are(shown) && are(printed) && shown.length === printed.length && shown.map((code) => code.toDataURL());"#;
    let urls = page.until("codes on the screen and on paper", PICTURES, json!([])).await;
    let urls = urls.as_array().unwrap().iter().enumerate();
    urls.map(|(place, url)| {
        let picture = url.as_str().unwrap().split_once("base64,").unwrap().1;
        let file = folder.join(format!("code-{place}.png"));
        fs::write(&file, Base64::decode_vec(picture).unwrap()).unwrap();
        file
    })
    .collect()
}

#[test]
fn a_pack_is_written_published_filled_and_received() {
    journey("kit", 600, async |stage| {
        let page = stage.open("author").await;
        makes_key(&page, OFFICE).await;
        writes(&page).await;
        // It is all there after a reload.
        page.reload().await;
        page.says("kit-lint-count", "Không thấy lỗi").await;
        part(&page, "publish").await;
        checks(&page, "kit-publish").await;
        page.type_into("kit-passphrase", PASSPHRASE).await;
        let published = page.download_by(async || page.click("kit-publish").await).await;
        page.says("kit-published", "1.0.0").await;
        // What was told is told in the other language as well.
        page.click("lang-en").await;
        page.says("kit-published", "is published").await;
        page.click("lang-vi").await;
        page.says("kit-published", "Đã phát hành").await;
        let codes = codes(&page, stage.folder()).await;
        // The file and the codes are there still when the page is opened again.
        page.reload().await;
        page.shows("kit-publish-save").await;
        page.click("kit-codes").await;
        page.shows("kit-codes-say").await;
        checks(&page, "kit-codes").await;
        // With another version the file of this one is still to be had.
        page.click("kit-next").await;
        page.says("kit-releases", "Phiên bản 1.0.0").await;
        stage.close().await;

        let page = stage.open("cell").await;
        page.take_in("import-file", &published).await;
        page.new_form("tam-quang").await;
        page.type_into("unit-name", UNIT).await;
        page.type_into("fact-fact01", "20").await;
        page.go("c1").await;
        page.choose("item-c1.01-met").await;
        page.go("c2").await;
        page.type_into("field-c2.01-f01", "21").await;
        page.says("item-c2.01", "Số dự không thể nhiều hơn tổng số.").await;
        page.type_into("field-c2.01-f01", "18").await;
        page.has("item-c2.01", "data-verdict", "met").await;
        page.go("c3").await;
        page.choose("item-c3.01-met").await;
        page.go("gates").await;
        page.choose("gate-G01-no").await;
        page.wait_saved().await;
        assert_eq!(page.verdict().await, "eligible");
        page.seal(PASSPHRASE).await;
        let form = page.download("export").await;
        page.goto("#/keys").await;
        let card = page.download("key-card").await;
        stage.close().await;

        // The superior has neither file nor link: it reads the codes from the author's screen.
        let page = stage.open("superior").await;
        page.shows("new-form").await;
        page.take_in("import-file", &together(&codes)).await;
        page.says("notice", "Đã nhận bộ tiêu chí").await;
        page.take_in("import-file", &card).await;
        page.click("trust-compare").await;
        let shown = bon_tot::seal::KeyCard::from_bytes(&std::fs::read(&card).unwrap()).unwrap();
        page.type_into("trust-code", &shown.check_code()).await;
        page.click("trust-form-go").await;
        page.has("trust-row", "data-state", "trusted").await;
        page.goto("#/desk").await;
        page.upload("desk-import", &form).await;
        page.has("desk-row", "data-status", "verified").await;
    });
}

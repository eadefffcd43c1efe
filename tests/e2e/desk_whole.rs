//! The whole way: three units sign their forms in the page; the commune receives two as files and one as a scan of the paper,
//! returns one with an item changed and recognises two; each unit opens its answer in its own form.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use bon_tot::json::to_canonical;
use bon_tot::seal::{KeyCard, Submission};
use bon_tot::share::parts;
use bon_tot::value::AssessmentId;
use serde_json::json;
use zip::ZipArchive;

use crate::support::answers::everything_met;
use crate::support::cli::bontot_with;
use crate::support::page::Page;
use crate::support::pdf::documents::{Packing, Scan, document};
use crate::support::pdf::sheets::{WIDE, print};
use crate::support::{Stage, journey};

const PACK: &str = "sinh-hoat-hd42";
const PASSPHRASE: &str = "chín con gà mái vàng";
const OFFICE: &str = "Đảng ủy xã Nghi Lâm";
const UNITS: [&str; 3] = ["Chi bộ xóm 1", "Chi bộ xóm 2", "Chi bộ Trạm y tế"];

/// A unit opens its form, which another program filled in, signs it and exports the file; gives its key card too.
async fn sign(stage: &Stage, place: u8) -> (PathBuf, PathBuf) {
    let unit = UNITS[usize::from(place)];
    let mut form = everything_met(PACK).form;
    form.id = AssessmentId::from_bits([place + 1; 16]);
    form.unit.name = unit.to_owned();
    let file = stage.folder().join(format!("unit-{place}.json"));
    fs::write(&file, to_canonical(&form)).unwrap();
    let page = stage.open(&format!("unit-{place}")).await;
    page.shows("new-form").await;
    page.upload("import-file", &file).await;
    page.has("verdict", "data-verdict", "eligible").await;
    page.seal(PASSPHRASE).await;
    let signed = kept(stage, &page.download("export").await, &format!("signed-{place}.json"));
    page.goto("#/keys").await;
    let card = kept(stage, &page.download("key-card").await, &format!("card-{place}.json"));
    stage.close().await;
    (signed, card)
}

/// A file that was downloaded, under a name of its own.
fn kept(stage: &Stage, file: &Path, name: &str) -> PathBuf {
    let own = stage.folder().join(name);
    fs::rename(file, &own).unwrap();
    own
}

/// The paper of a signed file as an office scanner sends it.
fn scan(stage: &Stage, signed: &Path) -> PathBuf {
    let codes = parts(&fs::read(signed).unwrap()).unwrap();
    let sheets: Vec<Scan> = print(&codes, WIDE)
        .iter()
        .map(|sheet| {
            let sheet = sheet.turned(2.0);
            Scan::new(sheet.width, sheet.height, &sheet.grey, Packing::Fax)
        })
        .collect();
    let file = stage.folder().join("scan.pdf");
    fs::write(&file, document(&sheets)).unwrap();
    file
}

/// Trusts a key by its card and the code that its holder said.
async fn trust(page: &Page, card: &Path) {
    let code = KeyCard::from_bytes(&fs::read(card).unwrap()).unwrap().check_code();
    page.go_home().await;
    page.take_in("import-file", card).await;
    page.click("trust-compare").await;
    page.type_into("trust-code", &code).await;
    page.click("trust-form-go").await;
    page.until("no key waits", "return !at('trust-compare')", json!([])).await;
}

fn row(unit: &str, what: &str) -> String {
    format!(
        "return [...document.querySelectorAll('[data-testid=desk-row]')].find(row => row.textContent.includes({}))?{what}",
        json!(unit)
    )
}

#[test]
fn three_units_are_received_decided_and_answered() {
    journey("desk_whole", 400, async |stage| {
        let mut signed = Vec::new();
        for place in 0..3 {
            signed.push(sign(&stage, place).await);
        }
        let key = stage.folder().join("xa.jwe");
        let card = stage.folder().join("xa-card.json");
        let [key_path, card_path] = [&key, &card].map(|file| file.to_str().unwrap());
        bontot_with(PASSPHRASE, &["key", "new", "--out", key_path]);
        bontot_with(PASSPHRASE, &["key", "card", key_path, "--unit", OFFICE, "--out", card_path]);

        // The commune trusts the keys, and receives two files and a scan.
        let page = stage.open("commune").await;
        page.goto("#/keys").await;
        page.upload("import-file", &key).await;
        page.shows("key-restore").await;
        page.type_into("key-name", OFFICE).await;
        page.type_into("passphrase", PASSPHRASE).await;
        page.click("key-restore-go").await;
        page.says("key-list", OFFICE).await;
        for (_, card) in &signed {
            trust(&page, card).await;
        }
        page.goto("#/desk").await;
        page.shows("desk-import").await;
        let files = [signed[0].0.clone(), signed[1].0.clone(), scan(&stage, &signed[2].0)];
        let files: Vec<_> = files.iter().map(|file| file.to_str().unwrap()).collect();
        page.upload("desk-import", Path::new(&files.join("\n"))).await;
        page.has("desk-progress", "data-state", "ended").await;
        page.has("desk-total", "data-read", "3").await;
        for unit in UNITS {
            page.until("it is verified", &row(unit, ".dataset.status === 'verified'"), json!([]))
                .await;
        }

        // One is returned with an item changed; two are recognised at once.
        let open = row(UNITS[0], ".querySelector('th button')");
        page.element("the row", &open, json!([])).await.click().await.unwrap();
        page.shows("desk-appraise-sign").await;
        page.pick("desk-appraise-verdict-m.02", "not_met").await;
        page.type_into("desk-appraise-note-m.02", "Biên bản ghi 9 người").await;
        page.pick("desk-decision", "returned").await;
        if page.sees("desk-appraise-passphrase").await {
            page.type_into("desk-appraise-passphrase", PASSPHRASE).await;
        }
        page.click("desk-appraise-sign").await;
        page.until("returned", &row(UNITS[0], ".dataset.decision === 'returned'"), json!([])).await;
        page.click("desk-close").await;
        for unit in &UNITS[1..] {
            let tick = row(unit, ".querySelector('[data-testid=desk-select]')");
            page.element("the box", &tick, json!([])).await.click().await.unwrap();
        }
        page.pick("desk-many-decision", "recognised").await;
        page.click("desk-decide-selected").await;
        page.has("desk-decided", "data-signed", "2").await;
        let archive = kept(&stage, &page.download("desk-answers-zip").await, "answers.zip");
        stage.close().await;

        // Each unit finds its answer by its name, and sees what was decided in its own form.
        let mut zip = ZipArchive::new(File::open(&archive).unwrap()).unwrap();
        assert_eq!(zip.len(), 3);
        let decisions = ["returned", "recognised", "recognised"];
        for (place, decision) in decisions.iter().enumerate() {
            let submission = Submission::from_bytes(&fs::read(&signed[place].0).unwrap()).unwrap();
            let name = format!("tham-dinh_{}", submission.file_name());
            let mut text = String::new();
            zip.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
            let answer = stage.folder().join(&name);
            fs::write(&answer, text).unwrap();
            let page = stage.open(&format!("unit-{place}")).await;
            trust(&page, &card).await;
            page.go_home().await;
            page.upload("import-file", &answer).await;
            page.has("appraised", "data-decision", decision).await;
            page.has("appraised", "data-by", "superior").await;
            page.says("appraised", OFFICE).await;
            stage.close().await;
        }
    });
}

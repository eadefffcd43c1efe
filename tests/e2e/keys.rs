//! Keys: made, backed up and restored on another device; cards compared and trusted, then revoked.

use std::fs;
use std::path::Path;
use std::process::Command;

use base64ct::{Base64, Encoding};
use bon_tot::seal::KeyCard;
use serde_json::json;

use crate::support::answers::{UNIT, everything_met};
use crate::support::cli::{bontot, bontot_with, jose, jwcrypto};
use crate::support::journey;
use crate::support::page::Page;

const PACK: &str = "sinh-hoat-hd42";
const PASSPHRASE: &str = "bảy con vịt bơi qua sông";

/// Makes a key on the page of keys.
async fn make_key(page: &Page, name: &str) {
    page.goto("#/keys").await;
    page.click("key-new").await;
    page.type_into("key-name", name).await;
    page.type_into("passphrase", PASSPHRASE).await;
    page.type_into("passphrase-again", PASSPHRASE).await;
    page.click("key-make-go").await;
    page.says("key-row", name).await;
}

/// What a printed QR code says, as Debian's zbar reads it.
async fn printed(page: &Page, folder: &Path, button: &str) -> String {
    page.look("window.print = () => { window.printed = true; }; window.printed = false", json!([]))
        .await;
    page.click(button).await;
    let drawn = "return window.printed && document.querySelector('.paper canvas').toDataURL()";
    let url = page.until("the sheet is printed", drawn, json!([])).await;
    let picture = url.as_str().unwrap().split_once("base64,").unwrap().1;
    let file = folder.join("code.png");
    fs::write(&file, Base64::decode_vec(picture).unwrap()).unwrap();
    let read = Command::new("zbarimg")
        .args(["--raw", "--quiet", "-Sdisable", "-Sqrcode.enable"])
        .arg(&file)
        .output()
        .expect("zbarimg is missing: run scripts/setup.sh zbar");
    String::from_utf8(read.stdout).unwrap().trim_end().to_owned()
}

/// The statuses and details that `bontot verify` gives, in the order of the files.
fn verify(files: &[&Path], trust: &Path) -> Vec<(String, String)> {
    let mut args = vec!["verify", "--json", "--trust", trust.to_str().unwrap()];
    args.extend(files.iter().map(|file| file.to_str().unwrap()));
    let lines = bontot(&args).stdout;
    let line = |line: &str| {
        let json: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
        (text("status"), text("detail"))
    };
    lines.lines().map(line).collect()
}

#[test]
fn a_key_goes_to_another_device_and_signs_the_next_revision() {
    journey("keys_two_devices", 240, async |stage| {
        let page = stage.open("a").await;
        make_key(&page, UNIT).await;
        let backup = page.download("key-backup").await;
        // It is open since it was made.
        let card = page.download("key-card").await;
        let code = page.text("key-code").await;
        // Both sheets carry what the files hold.
        let on_paper = printed(&page, stage.folder(), "key-backup-print").await;
        assert_eq!(on_paper, fs::read_to_string(&backup).unwrap());
        let on_paper = printed(&page, stage.folder(), "key-card-print").await;
        let shown = KeyCard::from_bytes(on_paper.as_bytes()).unwrap();
        assert_eq!((shown.verify(), shown.check_code()), (Ok(()), code.clone()));
        page.go_home().await;
        let work = everything_met(PACK);
        page.new_form(PACK).await;
        page.fill(&work).await;
        page.seal(PASSPHRASE).await;
        let first = page.download("export").await;
        stage.close().await;

        let page = stage.open("b").await;
        page.shows("new-form").await;
        page.upload("import-file", &backup).await;
        page.shows("key-restore").await;
        page.type_into("key-name", UNIT).await;
        page.type_into("passphrase", "một câu khác hẳn").await;
        page.click("key-restore-go").await;
        page.says("key-error", "Mật khẩu chưa đúng").await;
        page.type_into("passphrase", PASSPHRASE).await;
        page.click("key-restore-go").await;
        page.says("key-row", &code).await;
        page.go_home().await;
        page.upload("import-file", &first).await;
        page.says("notice", UNIT).await;
        page.go("P2").await;
        page.type_into("field-m.02-present", "11").await;
        page.wait_saved().await;
        page.seal(PASSPHRASE).await;
        page.says("sealed", "bản lần 2").await;
        let second = page.download("export").await;

        let trust = stage.folder().join("trust.json");
        let [card, path] = [&card, &trust].map(|path| path.to_str().unwrap());
        bontot_with("", &["trust", "add", card, "--code", &code, "--trust", path]);
        let statuses = verify(&[&first, &second], &trust);
        let words: Vec<_> = statuses.iter().map(|(status, _)| status.as_str()).collect();
        assert_eq!(words, ["superseded", "verified"]);

        let sealed: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(&second).unwrap()).unwrap();
        let day = &sealed["assessment"]["updated"].as_str().unwrap()[..10];
        bontot_with("", &["trust", "revoke", &code, "--from", day, "--trust", path]);
        let statuses = verify(&[&second], &trust);
        let reason = format!("the key was revoked from {day} on");
        assert_eq!(statuses, [("unknown_key".to_owned(), reason)]);

        // Other implementations read both files that left the page.
        for other in [jose, jwcrypto] {
            let answer = other(&["verify", second.to_str().unwrap()]);
            let opened = other(&["open", backup.to_str().unwrap(), PASSPHRASE]);
            assert_eq!(answer["signers"][0]["role"], json!("unit"));
            assert!(opened["header"]["p2c"].as_i64().unwrap() >= 310_000);
            assert_eq!(opened["header"]["kid"], answer["signers"][0]["kid"]);
        }
    });
}

#[test]
fn a_backup_made_by_another_program_is_restored() {
    journey("keys_of_jose", 120, async |stage| {
        // RFC 8037 appendix A.1.
        let jwk = stage.folder().join("jwk.json");
        let text = r#"{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
        fs::write(&jwk, text).unwrap();
        let answer = jose(&["lock", jwk.to_str().unwrap(), PASSPHRASE]);
        let lock = stage.folder().join("of-jose.jwe");
        fs::write(&lock, answer["lock"].as_str().unwrap()).unwrap();

        let page = stage.open("cell").await;
        page.shows("new-form").await;
        page.upload("import-file", &lock).await;
        page.shows("key-restore").await;
        page.type_into("key-name", UNIT).await;
        page.type_into("passphrase", PASSPHRASE).await;
        page.click("key-restore-go").await;
        page.says("key-row", UNIT).await;
        // What is kept now is locked as strongly as our own.
        let again = page.download("key-backup").await;
        let opened = jose(&["open", again.to_str().unwrap(), PASSPHRASE]);
        assert!(opened["header"]["p2c"].as_i64().unwrap() >= 310_000);
        let kid = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
        assert_eq!(opened["header"]["kid"], json!(kid));
    });
}

#[test]
fn a_key_is_renamed_retired_and_gets_another_passphrase() {
    journey("keys_life", 180, async |stage| {
        let page = stage.open("cell").await;
        make_key(&page, UNIT).await;
        page.click("key-rename").await;
        page.type_into("key-name", "Chi bộ xóm Đoài").await;
        page.click("key-rename-form-go").await;
        page.says("key-row", "Chi bộ xóm Đoài").await;

        let new = "tám con cò trắng bay";
        page.click("key-passphrase").await;
        page.type_into("passphrase", PASSPHRASE).await;
        page.type_into("new-passphrase", new).await;
        page.type_into("new-passphrase-again", "tám con cò đen bay").await;
        page.click("key-passphrase-form-go").await;
        page.says("key-error", "chưa giống nhau").await;
        page.type_into("new-passphrase-again", new).await;
        page.click("key-passphrase-form-go").await;
        page.shows("key-rename").await;
        page.until("the form is gone", "return !at('key-passphrase-form')", json!([])).await;
        page.click("key-lock").await;
        page.says("key-state", "đang đóng").await;
        page.click("key-open").await;
        page.type_into("passphrase", PASSPHRASE).await;
        page.click("key-open-form-go").await;
        page.says("key-error", "Mật khẩu chưa đúng").await;
        page.type_into("passphrase", new).await;
        page.click("key-open-form-go").await;
        page.says("key-state", "đang mở").await;

        // After a quarter of an hour without anybody it locks itself.
        page.look("const now = Date.now; Date.now = () => now() + 14 * 60e3", json!([])).await;
        tokio::time::sleep(std::time::Duration::from_secs(11)).await;
        page.says("key-state", "đang mở").await;
        page.look("const now = Date.now; Date.now = () => now() + 60e3", json!([])).await;
        page.says("key-state", "đang đóng").await;

        page.click("key-retire").await;
        page.says("key-state", "thôi dùng").await;
        page.go_home().await;
        page.new_form(PACK).await;
        page.go("review").await;
        page.shows("seal").await;
        assert!(!page.sees("key-choice").await, "a retired key is offered");
        page.goto("#/keys").await;
        page.click("key-use-again").await;
        page.says("key-state", "đang đóng").await;
    });
}

#[test]
fn a_superior_trusts_a_key_by_the_code_that_was_said_and_no_other() {
    journey("keys_trust", 180, async |stage| {
        let folder = stage.folder().to_owned();
        let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
        let (key, card) = (at("unit.jwe"), at("card.json"));
        let name = "<img src=x onerror=alert(1)>\u{202e}nơS nâT";
        bontot_with(PASSPHRASE, &["key", "new", "--out", &key]);
        let said = bontot_with(PASSPHRASE, &["key", "card", &key, "--unit", name, "--out", &card]);
        let code = said.stderr.trim().rsplit(' ').next().unwrap().to_owned();

        let page = stage.open("superior").await;
        page.goto("#/keys").await;
        page.says("trust-list", "Chưa có khóa nào").await;
        page.take_in("import-file", Path::new(&card)).await;
        page.has("trust-row", "data-state", "waiting").await;
        // A name is text: no markup, no sign that turns or hides it.
        page.says("trust-row", "<img src=x onerror=alert(1)>\\u{202e}").await;
        assert!(
            !page.text("trust-list").await.contains(&code),
            "the code is shown before it was compared"
        );
        page.click("trust-compare").await;
        page.type_into("trust-code", "0000-0000").await;
        page.click("trust-form-go").await;
        page.says("key-error", "Mã có 16 ký tự").await;
        // Half of the right code is not the code.
        page.type_into("trust-code", &code[..9]).await;
        page.click("trust-form-go").await;
        page.says("key-error", "Mã có 16 ký tự").await;
        page.type_into("trust-code", "0000-0000-0000-0000").await;
        page.click("trust-form-go").await;
        page.says("key-error", "Mã chưa đúng").await;
        page.type_into("trust-code", &code.to_lowercase().replace('-', " ")).await;
        page.click("trust-form-go").await;
        page.has("trust-row", "data-state", "trusted").await;
        page.says("trust-row", &code).await;
        let list = page.download("trust-export").await;
        let listed = bontot(&["trust", "list", "--trust", list.to_str().unwrap()]);
        assert!(listed.stdout.starts_with(&code), "{}", listed.stdout);

        page.click("trust-revoke").await;
        page.type_date("trust-revoke-from", "2026-01-31").await;
        page.click("trust-revoke-form-go").await;
        page.has("trust-row", "data-state", "revoked").await;
        page.says("trust-row", "31/01/2026").await;
        page.click("trust-restore").await;
        page.has("trust-row", "data-state", "trusted").await;
        page.type_into("trust-search", "không có ai").await;
        page.until("nothing is found", "return !at('trust-row')", json!([])).await;
        page.type_into("trust-search", "IMG SRC").await;
        page.shows("trust-row").await;
        stage.close().await;

        // On another device the list makes nothing trusted by itself.
        let page = stage.open("another").await;
        page.shows("new-form").await;
        page.take_in("import-file", &list).await;
        page.has("trust-row", "data-state", "waiting").await;
        page.click("trust-all").await;
        page.says("trust-all-keys", &code).await;
        page.click("trust-all-form-go").await;
        page.has("trust-row", "data-state", "trusted").await;
        page.says("trust-uncompared", "mã chưa được đối chiếu").await;
        assert!(!page.text("trust-row").await.contains("đã đối chiếu"));
    });
}

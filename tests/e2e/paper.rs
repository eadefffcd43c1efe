//! The form on paper: what is printed has every item and every word, in the form of both instructions, and its codes hold
//! the signed file.

use std::fs;
use std::path::Path;

use bon_tot::desk::{Status, TrustList, TrustedKey, receive};
use bon_tot::form::{AnswerVerdict, Assessment, FieldValue};
use bon_tot::json::to_canonical;
use bon_tot::pack::catalog::Catalog;
use bon_tot::scan::{self, Care, Picture};
use bon_tot::seal::Submission;
use bon_tot::session::{Section, Session};
use bon_tot::share::{Collected, Collector};
use bon_tot::value::{Date, Lang};

use crate::support::answers::{UNIT, everything_met, id, pack};
use crate::support::journey;
use crate::support::page::Page;
use crate::support::pdf::{self, sheets::Sheet};
use crate::support::shots::folder;

const PACK: &str = "nghe-an-2024";
const PASSPHRASE: &str = "trăm năm bia đá";
const EVIDENCE: &str =
    "Nghị quyết số 12-NQ/CB ngày 05/3/2026, biên bản họp chi bộ tháng 3 và danh sách kèm theo";

/// A form with everything met and evidence at every item.
fn full_form() -> Assessment {
    let mut form = everything_met(PACK).form;
    let places = form.items.keys().cloned();
    for id in places.collect::<Vec<_>>() {
        if let Some(answer) = form.items.get_mut(&id) {
            answer.evidence = [EVIDENCE, " mục ", id.as_str()].concat();
        }
    }
    form.remarks.strengths = "Sinh hoạt đều, đúng kỳ; đảng viên tham gia đông đủ.".into();
    form.remarks.limits = "Một số buổi sinh hoạt chuyên đề còn chậm.".into();
    form.locality = "Nghi Lâm".into();
    form
}

#[test]
fn the_paper_says_everything_and_is_the_file() {
    journey("paper", 420, async |stage| {
        let page = stage.open("cell").await;
        let file = stage.folder().join("form.json");
        fs::write(&file, to_canonical(&full_form())).unwrap();
        page.shows("new-form").await;
        page.upload("import-file", &file).await;
        page.shows("verdict").await;
        page.has("verdict", "data-verdict", "eligible").await;
        page.go("review").await;

        // Before it is signed the paper says so, and has no codes.
        page.press_print().await;
        let draft = folder().join("paper-draft.pdf");
        page.pdf(&draft).await;
        let texts = pdf::texts(&draft);
        assert!(texts.iter().all(|text| text.contains("Bản chưa ký")));
        assert!(!texts.concat().contains("Mã 1/"));

        page.seal(PASSPHRASE).await;
        let exported = page.download("export").await;
        let exported = fs::read(exported).unwrap();
        let code = page.text("check-code").await;
        for profile in ["hd36", "hd05"] {
            on_paper(&page, profile, &exported, &code, stage.folder()).await;
        }

        // What was edited for the paper is there the next time.
        page.reload().await;
        page.shows("review").await;
        page.unfold("print-settings").await;
        page.has_value("print-profile", "hd05").await;
        page.has_value("print-number", "05-BC/CB").await;
        page.has_value("print-signer", "Nguyễn Văn An").await;
        page.has_value("print-issuer", UNIT).await;
    });
}

async fn on_paper(page: &Page, profile: &str, exported: &[u8], code: &str, folder_of: &Path) {
    page.unfold("print-settings").await;
    page.pick("print-profile", profile).await;
    page.type_into("print-number", "05-BC/CB").await;
    page.type_into("print-signer", "Nguyễn Văn An").await;
    page.press_print().await;
    let file = folder().join(format!("paper-{profile}.pdf"));
    page.pdf(&file).await;
    pdf::shoot(&file);

    let texts = pdf::texts(&file);
    let whole = texts.join(" ");
    for item in &pack(PACK).items {
        let belongs = full_form().items.iter().any(|(id, _)| *id == item.id);
        if belongs {
            let label = item.label.text(Lang::Vi);
            assert!(whole.contains(label), "{label} is not on paper");
            let evidence = [EVIDENCE, " mục ", item.id.as_str()].concat();
            assert!(whole.contains(&evidence), "{}", item.id);
        }
    }
    for words in [
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "ĐẢNG BỘ XÃ NGHI LÂM",
        &UNIT.to_uppercase(),
        "Số 05-BC/CB",
        "Nghi Lâm, ngày 20 tháng 11 năm 2026",
        "PHIẾU TỰ ĐÁNH GIÁ",
        "BIÊN BẢN",
        "T/M CHI BỘ",
        "BÍ THƯ",
        "Nguyễn Văn An",
        "Nơi nhận:",
        "Lưu Chi bộ.",
        "Tán thành: 9 trên 11",
        "Kính gửi: Đảng ủy xã Nghi Lâm",
        "Căn cứ Hướng dẫn số 10-HD/BTCTU, ngày 02/01/2024 của Ban Tổ chức",
        "Kỳ đánh giá: Năm 2026",
        "Hình thức Biểu quyết giơ tay",
        "Ngày biểu quyết 20/11/2026",
        "đề xuất của người soạn bộ tiêu chí",
    ] {
        assert!(whole.contains(words), "{words} is not on paper");
    }
    for words in ["✓", "G1", "chúng tôi", "Tự đánh giá chi bộ bốn tốt, đảng bộ cơ sở bốn tốt"]
    {
        assert!(!whole.contains(words), "{words} is on paper");
    }
    let count = texts.len();
    for (place, text) in texts.iter().enumerate() {
        assert!(text.contains(&format!("Mã kiểm tra {code}")), "{text}");
        let page = format!("Trang {}/{count}", place + 1);
        assert!(text.contains(&page), "{page}: {text}");
    }

    let pictures = pdf::printed(&file, &folder_of.join(profile));
    assert_eq!(pictures.len(), count);
    let mut sheets = Vec::new();
    for picture in &pictures {
        let sheet = pdf::sheet(picture);
        let (mut ours, mut theirs) = (read(&sheet), pdf::zbarimg(picture));
        ours.sort();
        theirs.sort();
        assert_eq!(ours, theirs, "{}", picture.display());
        if !ours.is_empty() {
            sheets.push(sheet);
        }
    }
    let whole = together(&sheets).expect("the codes of the pages are not the whole file");
    assert!(whole == exported, "it is not the exported file");
    // Copied once, laid askew on the scanner, sent on as a JPEG.
    let copied = sheets.iter().map(|sheet| {
        let copy = sheet.blurred(1).in_two_tones(150).turned(2.0);
        copy.in_two_tones(128).as_jpeg(50)
    });
    let copied = together(&copied.collect::<Vec<_>>());
    assert!(copied.as_deref() == Some(exported), "a copy is not the file");
    let receipt = receive(&whole, &Catalog::built_in().unwrap(), &trust_in(&whole));
    assert_eq!(receipt.status, Status::Verified);
}

const LINE: &str = "Nghị quyết 12-NQ/CB ngày 05/3/2026; biên bản";
const REASON: &str = "Một đảng viên đi công tác có giấy mời của cấp trên";

/// A line of evidence at each item, and a result that a person enters against the numbers.
fn form_with_lines() -> Assessment {
    let form = everything_met(PACK).form;
    let mut session = Session::open(pack(PACK), form).unwrap();
    for section in session.sections() {
        let Section::Criterion(place) = section else { continue };
        for item in session.items_of(place) {
            let item = pack(PACK).items[item].id.clone();
            session.set_evidence(&item, LINE);
        }
    }
    session.set_field(&id("2.08"), &id("present"), Some(FieldValue::Int(9)));
    session.set_verdict(&id("2.08"), Some(AnswerVerdict::Met));
    session.set_reason(&id("2.08"), REASON);
    session.form().clone()
}

/// With a line of evidence at each item, a village cell files seven pages; the signature is not alone on one.
#[test]
fn a_filled_form_with_a_line_of_evidence_each_is_seven_pages() {
    journey("paper_length", 240, async |stage| {
        let page = stage.open("cell").await;
        let file = stage.folder().join("form.json");
        fs::write(&file, to_canonical(&form_with_lines())).unwrap();
        page.shows("new-form").await;
        page.upload("import-file", &file).await;
        page.has("verdict", "data-verdict", "eligible").await;
        page.go("review").await;
        page.seal(PASSPHRASE).await;
        page.press_print().await;
        let whole = folder().join("paper-lines.pdf");
        page.pdf(&whole).await;
        pdf::shoot(&whole);
        let texts = pdf::texts(&whole);
        let minutes = texts.iter().position(|text| text.contains("BIÊN BẢN")).unwrap();
        println!("paper: {minutes} pages of the form, {} in all", texts.len());
        assert!(minutes <= 7, "the form has {minutes} pages");

        let form = texts[..minutes].join(" ");
        assert_eq!(form.matches(&format!("Minh chứng: {LINE}")).count(), 62);
        let marked = "Ghi khác kết quả tính (theo số liệu: Không đạt), lý do: ";
        assert!(form.contains(&[marked, REASON].concat()), "{form}");
        assert!(form.contains("9/11 đảng viên (17 − 6; 81,8 %), chưa cao hơn mức 85 %"), "{form}");
        let signed = texts.iter().find(|text| text.contains("Nơi nhận:")).unwrap();
        assert!(signed.contains("không phải là công nhận"), "the signature is alone: {signed}");
        // What is no word of the unit stands below its signature.
        let places =
            ["Nơi nhận:", "Về bộ tiêu chí:", "Mã băm đầy đủ"].map(|words| form.find(words));
        assert!(places.is_sorted() && places[0].is_some(), "{places:?}");

        // In English the frame is English; the documents keep their names.
        page.click("lang-en").await;
        page.press_print().await;
        let english = folder().join("paper-english.pdf");
        page.pdf(&english).await;
        pdf::shoot(&english);
        let english = pdf::texts(&english).join(" ");
        for words in
            ["Legal basis: Hướng dẫn 10-HD/BTCTU (02/01/2024)", "Period: 2026", "To: Đảng ủy"]
        {
            assert!(english.contains(words), "{words} is not on paper");
        }
        for words in ["Căn cứ", "Kính gửi", "Đạt", "Minh chứng"] {
            assert!(!english.contains(words), "{words} is on paper");
        }
    });
}

/// The texts of the codes on a sheet, as the page reads them.
fn read(sheet: &Sheet) -> Vec<String> {
    let picture = Picture::new(sheet.width, sheet.height, sheet.grey.clone());
    scan::codes(&picture.unwrap(), Care::Thorough)
}

/// The file whose codes are on these sheets.
fn together(sheets: &[Sheet]) -> Option<Vec<u8>> {
    let mut collector = Collector::default();
    let texts = sheets.iter().flat_map(read);
    let mut taken = texts.map(|text| collector.take(&text).unwrap());
    taken.find_map(|taken| match taken {
        Collected::Whole(file) => Some(file),
        _ => None,
    })
}

/// A list that trusts the key that signed a file.
fn trust_in(file: &[u8]) -> TrustList {
    let sealed = Submission::from_bytes(file).unwrap().verify().unwrap();
    let key = sealed.signers()[0].key;
    TrustList {
        keys: vec![TrustedKey {
            key,
            unit: UNIT.into(),
            added: Date::new(2026, 1, 1).unwrap(),
            also: Vec::new(),
            revoked: None,
        }],
    }
}

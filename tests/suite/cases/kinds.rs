//! Files of other kinds than the one that was asked for are named for what they are.

use bon_tot::desk::Reason;
use bon_tot::json::{FILE_LIMIT, Fault, Foreign, parse, to_canonical};
use bon_tot::pack::catalog::BUILT_IN;

use super::*;

#[test]
fn what_is_no_submission_is_named_for_what_it_is() {
    let utf_16 = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let base = String::from_utf8(bytes("security/base.json")).unwrap();
    let windows_1258 = base.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(0xE3)).collect();
    for (file, reason) in [
        (base.replace("submission/1", "submission/2").into_bytes(), "newer version"),
        (base.replace("bontot.submission/1", "bontot.backup/2").into_bytes(), "newer version"),
        (utf_16(&base), "UTF-16"),
        (windows_1258, "not UTF-8"),
        (b"\x89PNG\r\n\x1a\n".to_vec(), "a picture"),
        (b"<!DOCTYPE html><html></html>".to_vec(), "a web page"),
        (b"PK\x03\x04\x14\0".to_vec(), "a ZIP archive"),
        (b"%PDF-1.7\n".to_vec(), "a PDF document"),
        (Vec::new(), "the file is empty"),
        (b" \r\n".to_vec(), "the file is empty"),
        (base.as_bytes()[..4000].to_vec(), "cut short"),
        (b"{\"type\":\"FeatureCollection\",\"features\":[]}".to_vec(), "not a file of B"),
        (bytes("card.json"), "expected bontot.submission/1"),
    ] {
        let receipt = receive(&file, &Catalog::built_in().unwrap(), &TrustList::default());
        assert_eq!(receipt.status, Status::Malformed, "{reason}");
        assert!(told(&receipt).contains(reason), "{reason}: {}", told(&receipt));
    }
}

#[test]
fn a_file_of_ours_that_is_no_form_is_named() {
    let (pack, packs) = (to_canonical(&BUILT_IN[0].json().unwrap()), Catalog::built_in().unwrap());
    let receipt = receive(pack.as_bytes(), &packs, &TrustList::default());
    assert_eq!(receipt.status, Status::Malformed);
    assert_eq!(Reason::all_of(&receipt), [Reason::OtherFormat("bontot.pack/1".to_owned())]);
}

#[test]
fn another_kind_of_file_is_told_by_its_name() {
    let told = |bytes: &[u8]| parse(bytes, FILE_LIMIT).unwrap_err().fault.clone();
    let utf_16: Vec<u8> = "{\"a\":1}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, kind) in [
        (&b""[..], Foreign::Empty),
        (b" \r\n\t", Foreign::Empty),
        (b"\xEF\xBB\xBF", Foreign::Empty),
        (b"\xFF\xFE{\0", Foreign::WideText),
        (b"\xFE\xFF\0{", Foreign::WideText),
        (b"\0{\0}", Foreign::WideText),
        (&utf_16, Foreign::WideText),
        (b"\x89PNG\r\n\x1A\n", Foreign::Picture),
        (b"\xFF\xD8\xFF\xE0", Foreign::Picture),
        (b"RIFF\0\0\0\0WEBP", Foreign::Picture),
        (b"\0\0\0\x18ftypheic", Foreign::Picture),
        (b"%PDF-1.7", Foreign::Pdf),
        (b"\n<!DOCTYPE html>", Foreign::Html),
        (b"<?xml version='1.0'?>", Foreign::Html),
        (b"PK\x03\x04", Foreign::Archive),
        (b"\x1F\x8B\x08", Foreign::Archive),
        (b"\xD0\xCF\x11\xE0\xA1", Foreign::Office),
    ] {
        assert_eq!(told(bytes), Fault::Foreign(kind), "{bytes:?}");
    }
    let large = [&b"\x89PNG"[..], &vec![0; FILE_LIMIT]].concat();
    assert_eq!(told(&large), Fault::Foreign(Foreign::Picture));
    assert_eq!(told("{\"a\":\"xóm".as_bytes()), Fault::CutShort { line: 1, column: 10 });
    assert_eq!(told(b"{\"a\":1,"), Fault::CutShort { line: 1, column: 7 });
    assert_eq!(told(b"\"\xE3\""), Fault::NotUtf8);
}

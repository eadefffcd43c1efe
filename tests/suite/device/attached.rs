//! Files beside answers on a device: within limits, never named before they are here, and kept as long as anything
//! names them.

use std::io::Cursor;

use bon_tot::archive::Archive;
use bon_tot::bag::{Beside, match_attached};
use bon_tot::device::{ATTACHED_BUDGET, AttachError, FILE_MAX, PICTURE_MAX, attachments_of};
use bon_tot::form::{Answer, Attachment};
use bon_tot::value::Digest;

use super::*;

fn named(bytes: &[u8]) -> Attachment {
    Attachment {
        name: "Ảnh.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        size: bytes.len() as i64,
        sha256: Digest::of_bytes(bytes),
    }
}

/// A draft whose first item names files.
fn naming(bits: u8, files: &[&[u8]]) -> Draft {
    let mut draft = draft(bits, 0, 0);
    let item = tiny().items[0].id.clone();
    let attachments = files.iter().map(|bytes| named(bytes)).collect();
    draft.form.items.insert(item, Answer { attachments, ..Answer::default() });
    draft
}

fn keep(device: &TestDevice, bytes: &[u8]) -> Result<Digest, AttachError> {
    run(device.keep_attached(bytes, FILE_MAX))
}

/// The page is opened on some more days.
fn days(device: &TestDevice, count: usize) {
    for _ in 0..count {
        device.host().pass(DAY);
        run(device.read_clock()).unwrap();
    }
}

fn sweep(device: &TestDevice) -> u32 {
    run(device.sweep_attached()).unwrap()
}

#[test]
fn a_file_comes_back_byte_for_byte() {
    let device = device();
    for bytes in [&b"\0\xff picture"[..], &[7; 100_000]] {
        assert_eq!(keep(&device, bytes), Ok(Digest::of_bytes(bytes)));
        assert_eq!(run(device.attached(&named(bytes))), Ok(Some(bytes.to_vec())));
    }
    assert_eq!(run(device.attached_used()), Ok(10 + 100_000));
    assert_eq!(keep(&device, &[7; 100_000]), Ok(Digest::of_bytes(&[7; 100_000])));
    assert_eq!(run(device.attached_used()), Ok(10 + 100_000), "kept once");
    assert_eq!(run(device.attached(&named(b"another"))), Ok(None));
    // What was changed in storage is not shown as what a form names.
    let key = run(device.storage().keys(Table::Attached)).unwrap().remove(0);
    run(device.storage().put(Table::Attached, &key, "AAAA")).unwrap();
    assert_eq!(run(device.attached(&named(b"\0\xff picture"))), Ok(None));
}

#[test]
fn limits_are_told_and_nothing_changes() {
    let device = device();
    assert_eq!(keep(&device, b""), Err(AttachError::Empty));
    let large = vec![1; PICTURE_MAX + 1];
    let refused = run(device.keep_attached(&large, PICTURE_MAX));
    assert_eq!(refused, Err(AttachError::TooLarge { limit: PICTURE_MAX }));
    assert_eq!(count(&device, Table::Attached), 0);
    for n in 0..5u8 {
        let mut file = vec![n; FILE_MAX];
        file[0] = 0xff - n;
        keep(&device, &file).unwrap();
    }
    let used = ATTACHED_BUDGET;
    assert_eq!(keep(&device, b"one more"), Err(AttachError::NoRoom { used }));
    let mut again = vec![4; FILE_MAX];
    again[0] = 0xff - 4;
    assert!(keep(&device, &again).is_ok(), "what is here takes no more room");
    assert_eq!(run(device.attached_used()), Ok(used));
}

#[test]
fn a_full_or_failing_storage_names_nothing() {
    for error in [StoreError::QuotaExceeded, StoreError::Failed("AbortError".into())] {
        for after in 0..2 {
            let device = device();
            device.storage().fail_once(after, error.clone());
            assert_eq!(keep(&device, b"picture"), Err(AttachError::Store(error.clone())));
            assert!(device.storage().mend());
            assert_eq!(count(&device, Table::Attached), 0);
        }
    }
}

/// Adds a file as the page does: first its bytes, then the form that names it.
async fn add(device: &TestDevice, bytes: &[u8]) -> Result<(), AttachError> {
    device.keep_attached(bytes, FILE_MAX).await?;
    Ok(device.put_draft(&naming(1, &[bytes])).await?)
}

#[test]
fn a_kill_at_any_step_leaves_no_form_that_names_what_is_not_here() {
    for after in 0..4 {
        let device = device();
        device.storage().fail_for_good(after, StoreError::Failed("AbortError".to_owned()));
        let done = run(add(&device, b"picture"));
        device.storage().mend();
        if let Some(draft) = kept(&device, &id(1)) {
            for (_, own) in attachments_of(&draft.form) {
                assert!(run(device.attached(&own)).unwrap().is_some(), "after {after}");
            }
        } else {
            assert!(done.is_err());
            // What is left without a form goes after some days of use.
            days(&device, 1);
            assert_eq!(sweep(&device), 0);
            days(&device, 2);
            sweep(&device);
            assert_eq!(count(&device, Table::Attached), 0, "after {after}");
        }
    }
}

/// The archive is received as the one form, and its files are matched; without one of them, that is said.
#[test]
fn the_archive_beside_a_signed_file_is_received_as_that_file() {
    let device = device();
    keep(&device, b"picture").unwrap();
    keep(&device, b"another").unwrap();
    let draft = naming(1, &[b"picture", b"another", b"gone"]);
    let submission = signed(&draft, 7);
    let mut bytes = Vec::new();
    let missing = run(device.parcel(&submission, |piece| bytes.extend(piece)));
    assert_eq!(missing, Ok(Some(vec!["Ảnh.jpg".to_owned()])));
    let mut archive = Archive::open(Cursor::new(bytes), "z.zip".to_owned()).unwrap();
    let file = format!("z.zip/{}", submission.file_name());
    let beside = Beside { file: file.clone(), matched: 2, missing: vec!["Ảnh.jpg".to_owned()] };
    assert_eq!(match_attached(&mut archive), [beside]);
    let entry = archive.next_entry().unwrap();
    assert_eq!((entry.name, entry.content), (file, Ok(submission.to_text().into_bytes())));
    assert!(archive.next_entry().is_none());
}

#[test]
fn what_anything_names_is_kept() {
    let device = device();
    for bytes in [&b"draft"[..], b"earlier", b"deleted", b"unreadable", b"nobody"] {
        keep(&device, bytes).unwrap();
    }
    put(&device, &naming(1, &[b"draft"]));
    run(device.record_state(&naming(1, &[b"draft", b"earlier"]))).unwrap();
    put(&device, &naming(2, &[b"deleted"]));
    run(device.delete_form(id(2).as_str(), "")).unwrap();
    let unreadable = format!("later version: {}", Digest::of_bytes(b"unreadable"));
    run(device.put_draft_text(&id(3), &unreadable)).unwrap();
    let mut removed = 0;
    for _ in 0..5 {
        days(&device, 1);
        removed += sweep(&device);
    }
    assert_eq!(removed, 1);
    for bytes in [&b"draft"[..], b"earlier", b"deleted", b"unreadable"] {
        assert!(run(device.attached(&named(bytes))).unwrap().is_some());
    }
    assert_eq!(run(device.attached(&named(b"nobody"))), Ok(None));
    assert_eq!(count(&device, Table::Attached), 4, "no mark stays");
}

#[test]
fn a_file_that_is_named_again_loses_its_mark() {
    let device = device();
    keep(&device, b"picture").unwrap();
    days(&device, 1);
    assert_eq!(sweep(&device), 0);
    // By undo.
    put(&device, &naming(1, &[b"picture"]));
    days(&device, 3);
    assert_eq!(sweep(&device), 0);
    assert_eq!(count(&device, Table::Attached), 1);
    // By adding it again, while another tab is about to remove it.
    put(&device, &draft(1, 0, 1));
    assert_eq!(sweep(&device), 0);
    days(&device, 3);
    keep(&device, b"picture").unwrap();
    assert_eq!(sweep(&device), 0, "its mark begins anew");
    put(&device, &naming(1, &[b"picture"]));
    days(&device, 3);
    assert_eq!(sweep(&device), 0);
    assert!(run(device.attached(&named(b"picture"))).unwrap().is_some());
}

//! ZIP archives, sound and hostile: within limits, and nothing is ever written by an archive.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use bon_tot::form::Attachment;
use bon_tot::seal::{SecretKey, seal};
use bon_tot::value::Digest;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{bontot, received, register, said, texts};

/// An archive with these entries.
pub(super) fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in entries {
        if name.ends_with('/') {
            zip.add_directory(*name, options).unwrap();
        } else {
            zip.start_file(*name, options).unwrap();
            zip.write_all(bytes).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

fn folder_with(name: &str, bytes: &[u8]) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    folder
}

/// Bytes of an archive with a text replaced by one of the same length, wherever it stands.
fn patched(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let places: Vec<_> =
        (0..bytes.len() - from.len()).filter(|at| bytes[*at..].starts_with(from)).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

#[test]
fn an_archive_is_received_as_the_files_in_it() {
    let texts = texts(3);
    let bytes = zipped(&[
        ("xã A/", b""),
        ("xã A/1.json", texts[0].as_bytes()),
        ("xã A/2.json", texts[1].as_bytes()),
        ("3.json", texts[2].as_bytes()),
        ("notes.txt", b"none"),
    ]);
    let folder = folder_with("Gửi.ZIP", &bytes);
    let rows = received(folder.path(), &["Gửi.ZIP"], &[]);
    let names: Vec<_> = rows.keys().collect();
    assert_eq!(
        names,
        ["Gửi.ZIP/3.json", "Gửi.ZIP/notes.txt", "Gửi.ZIP/xã A/1.json", "Gửi.ZIP/xã A/2.json"]
    );
    assert_eq!(rows.values().filter(|row| row.status.as_str() == "unknown_key").count(), 3);
    // Unpacked it is the same but for the names.
    let inner = folder.path().join("all");
    fs::create_dir(&inner).unwrap();
    for (number, text) in texts.iter().enumerate() {
        fs::write(inner.join(format!("{number}.json")), text).unwrap();
    }
    let loose = received(folder.path(), &["all"], &[]);
    let digests = |rows: &std::collections::BTreeMap<String, bon_tot::desk::register::Row>| {
        let mut digests: Vec<_> = rows.values().filter_map(|row| row.digest).collect();
        digests.sort();
        digests
    };
    assert_eq!(digests(&rows), digests(&loose));
    // Both at once: each content counts once.
    let both = received(folder.path(), &["all", "Gửi.ZIP"], &[]);
    assert_eq!(both.values().filter(|row| row.status.as_str() == "duplicate").count(), 3);
    assert_eq!(
        register(folder.path(), &["."], &["--threads", "1"]),
        register(folder.path(), &["."], &["--threads", "2"])
    );
}

#[test]
fn names_in_an_archive_lead_nowhere() {
    let text = &texts(1)[0];
    let names =
        ["../out.json", "/etc/bontot-test.json", "C:\\a.json", "a/../../b.json", "\u{202e}nosj"];
    let entries: Vec<_> = names.iter().map(|name| (*name, text.as_bytes())).collect();
    let folder = TempDir::new().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    fs::write(inner.join("a.zip"), zipped(&entries)).unwrap();
    let rows = received(&inner, &["a.zip"], &[]);
    assert_eq!(rows.len(), names.len());
    assert!(rows.contains_key("a.zip/../out.json") && rows.contains_key("a.zip/C:/a.json"));
    let left = |folder: &Path| fs::read_dir(folder).unwrap().count();
    assert_eq!((left(folder.path()), left(&inner)), (1, 2), "only the register was written");
    assert!(!Path::new("/etc/bontot-test.json").exists());
}

#[test]
fn one_bad_entry_costs_one_row() {
    let text = texts(1).remove(0);
    let nested = zipped(&[("inner.json", text.as_bytes())]);
    let large = vec![b'['; 300 << 20];
    let bytes = zipped(&[
        ("nested.zip", &nested),
        ("nested.json", &nested),
        ("empty.zip", b""),
        ("bomb.json", &large),
        ("sound.json", text.as_bytes()),
    ]);
    assert!(bytes.len() < 1 << 20, "it unpacks to a thousand times its size");
    let folder = folder_with("a.zip", &bytes);
    let rows = received(folder.path(), &["a.zip"], &[]);
    assert_eq!(rows.len(), 5);
    for nested in ["a.zip/nested.zip", "a.zip/nested.json", "a.zip/empty.zip"] {
        let (status, told) = said(&rows, nested);
        assert!(status == "malformed" && told.contains("an archive within an archive"), "{told}");
    }
    let (status, told) = said(&rows, "a.zip/bomb.json");
    assert!(status == "malformed" && told.contains("2097152"), "{told}");
    assert_eq!(said(&rows, "a.zip/sound.json").0, "unknown_key");
}

#[test]
fn what_is_locked_damaged_or_compressed_otherwise_is_told() {
    let texts = texts(2);
    let sound = || zipped(&[("1.json", texts[0].as_bytes()), ("2.json", texts[1].as_bytes())]);
    // Flags and method stand behind the signature and the versions, in both records of each entry.
    let flagged = |bytes: Vec<u8>, flag: u8, method: u8| {
        let mut bytes = bytes;
        for at in 0..bytes.len() - 12 {
            let start = match &bytes[at..at + 4] {
                b"PK\x03\x04" => at + 6,
                b"PK\x01\x02" => at + 8,
                _ => continue,
            };
            bytes[start] |= flag;
            bytes[start + 2] = method;
        }
        bytes
    };
    let mut damaged = sound();
    let middle = damaged.len() / 4;
    damaged[middle..middle + 40].fill(0xAA);
    let cases = [
        ("locked.zip", flagged(sound(), 1, 8), "password", 2),
        ("bzip2.zip", flagged(sound(), 0, 12), "another way than by DEFLATE", 2),
        ("damaged.zip", damaged, "the entry is damaged", 1),
    ];
    for (name, bytes, why, count) in cases {
        let folder = folder_with(name, &bytes);
        let rows = received(folder.path(), &[name], &[]);
        assert_eq!(rows.len(), 2, "{name}");
        let told = rows.values().filter_map(|row| row.detail.as_deref());
        assert_eq!(told.filter(|told| told.contains(why)).count(), count, "{name}: {rows:?}");
    }
}

#[test]
fn what_is_no_archive_is_one_row() {
    let sound = zipped(&[("1.json", b"{}")]);
    for (bytes, why) in [
        (&b""[..], "no ZIP archive"),
        (b"PK\x03\x04 and no more", "no ZIP archive"),
        (&sound[..sound.len() - 30], "no ZIP archive"),
        (b"{\"format\":\"bontot.submission/1\"}", "no ZIP archive"),
        (&[b"PK\x05\x06".as_slice(), &[0xff; 18]].concat(), "more than 65534 entries"),
        (
            &[b"PK\x05\x06".as_slice(), &[0, 0, 0, 0, 9, 0, 9, 0, 9, 0, 0, 0, 9, 0, 0, 0, 0, 0]]
                .concat(),
            "damaged",
        ),
    ] {
        let folder = folder_with("a.zip", bytes);
        let rows = received(folder.path(), &["."], &[]);
        assert_eq!(rows.len(), 1);
        let (status, told) = said(&rows, "./a.zip");
        assert!(status == "malformed" && told.contains(why), "{why}: {told}");
    }
}

/// The directory of an archive is read by name, so the second of two of the same name would be lost without a word.
#[test]
fn entries_of_the_same_name_are_told() {
    let texts = texts(2);
    let bytes = zipped(&[("1.json", texts[0].as_bytes()), ("2.json", texts[1].as_bytes())]);
    let folder = folder_with("a.zip", &patched(bytes, b"2.json", b"1.json"));
    let rows = received(folder.path(), &["a.zip"], &[]);
    assert_eq!(rows.len(), 2);
    assert_eq!(said(&rows, "a.zip/1.json").0, "unknown_key");
    let (status, told) = said(&rows, "a.zip");
    assert!(status == "malformed" && told.ends_with("were not read: 1"), "{told}");
}

/// What the tool says while it receives an archive.
fn stderr(folder: &Path, archive: &str) -> String {
    let output = bontot(folder, &["register", archive, "--out", "told.ndjson", "--force"]);
    String::from_utf8(output.stderr).unwrap()
}

/// A form that names these files at its first item, signed.
pub(super) fn naming(files: &[(&str, &[u8])]) -> String {
    let pack = bon_tot::pack::catalog::Catalog::built_in().unwrap().packs()[0].clone();
    let samples = bon_tot::cli::sample::Samples::new(&pack, 3).unwrap();
    let mut form = samples.submission(0).unwrap().assessment().clone();
    let item = form.items.iter().next().unwrap().0.clone();
    let file = |(name, bytes): &(&str, &[u8])| Attachment {
        name: (*name).to_owned(),
        media_type: "image/png".to_owned(),
        size: bytes.len() as i64,
        sha256: Digest::of_bytes(bytes),
    };
    form.items.get_mut(&item).unwrap().attachments = files.iter().map(file).collect();
    let key = SecretKey::from_seed(&[9; 32]);
    seal(&pack, &form, &key, form.updated).to_text()
}

#[test]
fn files_that_a_form_names_are_matched_and_are_no_rows() {
    let picture = b"\x89PNG\r\n\x1a\n no picture, but named";
    let text = naming(&[("Ảnh\u{1b}.png", picture), ("Biên bản.pdf", b"%PDF-"), ("c", b"lost")]);
    let large = vec![b'x'; 5 << 20];
    let bytes = zipped(&[
        ("a/form.json", text.as_bytes()),
        ("a/dinh-kem/1_anh.png", picture),
        ("a/dinh-kem/2_bien-ban.pdf", b"%PDF-"),
        ("a/dinh-kem/3_other.txt", b"no form names it"),
        ("a/dinh-kem/4_large.bin", &large),
        ("a/không-dinh-kem/5.txt", picture),
    ]);
    let folder = folder_with("Gửi.zip", &bytes);
    let rows = received(folder.path(), &["Gửi.zip"], &[]);
    let status = |name: &str| rows.get(&format!("Gửi.zip/a/{name}")).map(|row| row.status.as_str());
    assert_eq!(status("form.json"), Some("unknown_key"));
    assert_eq!(status("dinh-kem/1_anh.png"), None);
    assert_eq!(status("dinh-kem/2_bien-ban.pdf"), None);
    // What nothing names stays a row: nothing is dropped silently.
    assert_eq!(status("dinh-kem/3_other.txt"), Some("malformed"));
    assert_eq!(status("dinh-kem/4_large.bin"), Some("malformed"));
    assert_eq!(status("không-dinh-kem/5.txt"), Some("malformed"));
    assert_eq!(rows.len(), 4);
    let told = stderr(folder.path(), "Gửi.zip");
    let line = "Gửi.zip/a/form.json: attached files: 2 of 3 match; missing: c";
    assert!(told.contains(line), "{told}");
}

#[test]
fn a_large_file_is_matched_and_a_changed_one_is_not() {
    let large = vec![b'x'; 5 << 20];
    let text = naming(&[("a.bin", &large), ("b.bin", b"as it was")]);
    let bytes = zipped(&[
        ("form.json", text.as_bytes()),
        ("dinh-kem/a.bin", &large),
        ("dinh-kem/b.bin", b"as it is"),
    ]);
    let folder = folder_with("z.zip", &bytes);
    let rows = received(folder.path(), &["z.zip"], &[]);
    let names: Vec<_> = rows.keys().collect();
    assert_eq!(names, ["z.zip/dinh-kem/b.bin", "z.zip/form.json"]);
    // The form comes out the same, wherever its files are.
    let alone = folder_with("form.json", text.as_bytes());
    let alone = received(alone.path(), &["form.json"], &[]);
    let row = |row: &bon_tot::desk::register::Row| (row.digest, row.status, row.detail.clone());
    assert_eq!(row(&rows["z.zip/form.json"]), row(&alone["form.json"]));
}

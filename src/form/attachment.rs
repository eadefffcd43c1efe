//! Files that a unit names beside an answer (spec s. 3): told apart and matched by their digest.

use serde::de::{Deserializer, Error, Unexpected};
use serde::{Deserialize, Serialize};

use crate::json::{Expected, Fault, ReadError, Within, string};
use crate::value::{Digest, is_blank, slug};

/// The most attachments of one item.
pub const ATTACHMENTS_LIMIT: usize = 10;
/// The most characters of the name of an attachment.
pub const ATTACHMENT_NAME_LIMIT: usize = 120;
/// The most bytes that an attachment may state.
pub const ATTACHMENT_SIZE_LIMIT: i64 = 1 << 31;
/// The most characters of a media type.
const TYPE_LIMIT: usize = 100;
/// The folder of attachments in the archive that goes beside a signed file.
pub const ATTACHMENTS_FOLDER: &str = "dinh-kem/";

/// A file beside an answer. Its bytes are in no format of ours: they go beside the signed file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// Its name, as people know it.
    #[serde(deserialize_with = "name")]
    #[cfg_attr(feature = "cli", schemars(length(min = 1, max = 120)))]
    pub name: String,
    /// Its media type (RFC 6838), such as `image/jpeg`.
    #[serde(rename = "type", deserialize_with = "media_type")]
    #[cfg_attr(
        feature = "cli",
        schemars(regex(pattern = r"^[a-z0-9!#$&^_.+\-]+/[a-z0-9!#$&^_.+\-]+$"), length(max = 100))
    )]
    pub media_type: String,
    /// Its length in bytes.
    #[serde(with = "Within::<0, ATTACHMENT_SIZE_LIMIT>")]
    pub size: i64,
    /// The SHA-256 of its bytes.
    pub sha256: Digest,
}

impl Attachment {
    /// The name of the file in the archive beside a signed file: the first eight signs of its digest, then its name
    /// in ASCII, without anything that leads to another folder.
    pub fn path(&self) -> String {
        let digest = self.sha256.to_string();
        let first = digest.get(..8).unwrap_or_default();
        format!("{ATTACHMENTS_FOLDER}{first}_{}", safe_name(&self.name))
    }

    /// The first sixteen signs of its digest, as paper and lists show it.
    pub fn short_digest(&self) -> String {
        self.sha256.to_string().chars().take(16).collect()
    }
}

/// A name of a file that every system takes: its stem as a slug, and an ending of letters and digits.
fn safe_name(name: &str) -> String {
    let is_plain =
        |end: &str| (1..=8).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_alphanumeric());
    let parts = name.rsplit_once('.').filter(|(stem, end)| !stem.is_empty() && is_plain(end));
    let (stem, end) = parts.map_or((name, None), |(stem, end)| (stem, Some(end)));
    // A slug of nothing is the word for a unit.
    let stem = if stem.chars().any(char::is_alphanumeric) { slug(stem) } else { "tep".to_owned() };
    match end {
        Some(end) => format!("{stem}.{}", end.to_ascii_lowercase()),
        None => stem,
    }
}

/// Is it a media type: two names of RFC 6838 in lower case, with a slash between?
pub fn is_media_type(text: &str) -> bool {
    let is_name = |part: &str| {
        let sign =
            |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"!#$&^_.+-".contains(&b);
        !part.is_empty() && part.bytes().all(sign)
    };
    text.len() <= TYPE_LIMIT
        && text.split_once('/').is_some_and(|(kind, sub)| is_name(kind) && is_name(sub))
}

/// Is it a name that an attachment may have?
pub fn is_attachment_name(text: &str) -> bool {
    !is_blank(text) && text.chars().count() <= ATTACHMENT_NAME_LIMIT
}

fn name<'de, D: Deserializer<'de>>(source: D) -> Result<String, D::Error> {
    let read = |text: &str| is_attachment_name(text).then(|| text.to_owned());
    string(source, Expected::AttachmentName, read)
}

fn media_type<'de, D: Deserializer<'de>>(source: D) -> Result<String, D::Error> {
    let read = |text: &str| is_media_type(text).then(|| text.to_owned());
    string(source, Expected::MediaType, read)
}

/// Reads the attachments of an answer: few, and no file twice.
pub(super) fn attachments<'de, D: Deserializer<'de>>(
    source: D,
) -> Result<Vec<Attachment>, D::Error> {
    let all = Vec::<Attachment>::deserialize(source)?;
    if all.len() > ATTACHMENTS_LIMIT {
        let expected = Expected::Length { min: 0, max: ATTACHMENTS_LIMIT };
        return Err(D::Error::invalid_value(Unexpected::Seq, &expected));
    }
    for (place, one) in all.iter().enumerate() {
        if all.iter().take(place).any(|before| before.sha256 == one.sha256) {
            let error = ReadError::here(Fault::DuplicateDigest).within_element(place);
            return Err(D::Error::custom(error));
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_an_archive_leads_nowhere() {
        let path = |name: &str| {
            let attachment = Attachment {
                name: name.to_owned(),
                media_type: "image/jpeg".to_owned(),
                size: 3,
                sha256: Digest::of_bytes(b"abc"),
            };
            attachment.path()
        };
        assert_eq!(path("Ảnh sinh hoạt.JPG"), "dinh-kem/ba7816bf_anh-sinh-hoat.jpg");
        assert_eq!(path("../../etc/passwd"), "dinh-kem/ba7816bf_etc-passwd");
        assert_eq!(path("C:\\con.j pg"), "dinh-kem/ba7816bf_c-con-j-pg");
        assert_eq!(path(".htaccess"), "dinh-kem/ba7816bf_htaccess");
        assert_eq!(path("…"), "dinh-kem/ba7816bf_tep");
    }

    #[test]
    fn media_types_are_those_of_rfc_6838() {
        for good in ["image/jpeg", "application/vnd.ms-excel", "application/ld+json"] {
            assert!(is_media_type(good), "{good}");
        }
        for bad in ["", "image", "/", "image/", "Image/JPEG", "text/html; charset=utf-8", "a/b/c"] {
            assert!(!is_media_type(bad), "{bad}");
        }
        assert!(!is_media_type(&format!("a/{}", "b".repeat(99))));
    }
}

//! The text of a link: a version, then base64url of a checksum, the pack and the form.

use std::rc::Rc;

use base64ct::{Base64UrlUnpadded, Encoding};

use crate::form::{Assessment, Period, check};
use crate::pack::Pack;
use crate::pack::catalog::Catalog;
use crate::share::range_coder::{Reader, Writer};
use crate::share::symbols::FormCodec;
use crate::value::{AssessmentId, Date, Digest, Instant};

/// The version of new links; readers accept every version that was ever released.
const VERSION: char = '1';
/// Most characters of a link that is read.
pub const LINK_LIMIT: usize = 12 << 10;
/// Stands for a text that was not sent: rules depend on whether there is one.
pub const PLACEHOLDER: &str = "…";

const CHECKSUM: usize = 4;
/// Bytes of the digest of the pack: enough to tell packs apart.
const PACK: usize = 8;
const WITH_TEXTS: u8 = 1;

/// Whether names, evidence, reasons and notes are part of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    /// They are left out; the link only has whether there is one.
    Left,
    /// They are included: the sender has chosen so.
    Sent,
}

/// The content of a link.
#[derive(Clone, Debug)]
pub struct Linked {
    /// The form, with the id and the time that the reader gave to it.
    pub form: Assessment,
    /// The pack of the form.
    pub pack: Rc<Pack>,
    /// Whether texts are included.
    pub texts: Texts,
}

/// Why a link is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// It is empty, too long, or no base64url.
    #[error("this is no link of a self-check")]
    NotALink,
    /// A newer version of the app wrote it.
    #[error("a newer version wrote this link")]
    Newer,
    /// A part of it is missing or changed.
    #[error("a part of the link is missing or changed")]
    Damaged,
    /// Its pack is not known: id, version and the first 8 bytes of the digest.
    #[error("the pack {0} is not known here")]
    UnknownPack(String),
    /// It is intact, but holds values that no form can have.
    #[error("the link holds what no form can hold")]
    Impossible,
}

fn checksum(content: &[u8]) -> [u8; CHECKSUM] {
    let whole = [b"bontot link 1", content].concat();
    let mut sum = [0; CHECKSUM];
    sum.copy_from_slice(&Digest::of_bytes(&whole).bytes()[..CHECKSUM]);
    sum
}

/// The link of a form that fits its pack: the text behind `#/check/`; `None` where included texts are too long.
pub fn link(pack: &Pack, form: &Assessment, texts: Texts) -> Option<String> {
    write(pack, &mut form.clone(), texts)
}

/// Writes a form, which becomes the form that a reader of the link has.
fn write(pack: &Pack, form: &mut Assessment, texts: Texts) -> Option<String> {
    let mut content = vec![0];
    content.extend(&pack.digest.bytes()[..PACK]);
    if texts == Texts::Sent {
        content[0] |= WITH_TEXTS;
    }
    // For a reader that does not know the pack, to name it.
    for name in [pack.id.as_str(), pack.version.as_str()] {
        content.push(u8::try_from(name.len()).unwrap_or_default());
        content.extend(name.as_bytes());
    }
    let mut writer = Writer::default();
    let mut codec = FormCodec::new(&mut writer, texts);
    codec.form(pack, form);
    if codec.is_wrong {
        return None;
    }
    content.extend(writer.finish());
    let whole = [&checksum(&content)[..], &content].concat();
    let mut text = String::from(VERSION);
    text.push_str(&Base64UrlUnpadded::encode_string(&whole));
    (text.len() <= LINK_LIMIT).then_some(text)
}

/// Opens a link; its form gets this id and time.
///
/// # Errors
/// The link is refused. Memory is bounded by [`LINK_LIMIT`], the limits of texts and the size of the pack.
pub fn open_link(
    text: &str,
    packs: &Catalog,
    id: AssessmentId,
    now: Instant,
) -> Result<Linked, LinkError> {
    if text.len() > LINK_LIMIT {
        return Err(LinkError::NotALink);
    }
    let body = match text.strip_prefix(VERSION) {
        Some(body) => body,
        None if text.starts_with(|c: char| c.is_ascii_digit()) => return Err(LinkError::Newer),
        None => return Err(LinkError::NotALink),
    };
    let whole = Base64UrlUnpadded::decode_vec(body).map_err(|_| LinkError::NotALink)?;
    let (sum, content) = whole.split_at_checked(CHECKSUM).ok_or(LinkError::Damaged)?;
    if sum != checksum(content) {
        return Err(LinkError::Damaged);
    }
    let (flags, rest) = content.split_first().ok_or(LinkError::Impossible)?;
    let (digest, rest) = rest.split_at_checked(PACK).ok_or(LinkError::Impossible)?;
    let mut rest = rest;
    let mut names = Vec::new();
    for _ in 0..2 {
        let (name, after) = name(rest).ok_or(LinkError::Impossible)?;
        names.push(name.to_owned());
        rest = after;
    }
    let mut known = packs.all();
    let Some(pack) = known.find(|pack| pack.digest.bytes().starts_with(digest)) else {
        names.push(digest.iter().map(|byte| format!("{byte:02x}")).collect());
        return Err(LinkError::UnknownPack(names.join(" ")));
    };
    let texts = if flags & WITH_TEXTS != 0 { Texts::Sent } else { Texts::Left };
    let mut form = blank(pack, id, now).ok_or(LinkError::Impossible)?;
    let mut reader = Reader::new(rest);
    let mut codec = FormCodec::new(&mut reader, texts);
    codec.form(pack, &mut form);
    // A form has exactly one link, so a text that is written differently is refused. Writing leaves the form as it
    // was read.
    let is_wrong = codec.is_wrong || check(pack, &form).is_err();
    if is_wrong || write(pack, &mut form, texts).as_deref() != Some(text) {
        return Err(LinkError::Impossible);
    }
    Ok(Linked { form, pack: pack.clone(), texts })
}

/// A short ASCII name after its length, and the rest.
fn name(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = bytes.split_first()?;
    let (name, rest) = rest.split_at_checked(usize::from(*length))?;
    let name = std::str::from_utf8(name).ok()?;
    let is_plain = name.bytes().all(|b| b.is_ascii_graphic());
    (is_plain && name.len() <= 64).then_some((name, rest))
}

fn blank(pack: &Pack, id: AssessmentId, now: Instant) -> Option<Assessment> {
    let day = Date::new(2026, 1, 1)?;
    let period = Period { kind: *pack.periods.first()?, from: day, to: day };
    Assessment::blank(pack, id, period, now)
}

//! The key card: `bontot.key/1` (spec s. 5), the public key of a unit, self-signed.

use serde::{Deserialize, Serialize};

use crate::json::{FILE_LIMIT, Json, ReadError, parse};
use crate::seal::signed::Signed;
use crate::seal::{PublicKey, Role, SecretKey, SignatureError};
use crate::value::{Instant, as_carried, shows_nothing, trim};

/// A key card as it was read; untrusted until [`verify`](KeyCard::verify) and until people have
/// compared its check code.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(transparent))]
pub struct KeyCard(Signed<CardContent>);

/// A key card: a public key that a unit shows, signed by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.key/1", deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", schemars(rename = "KeyCard", title = "bontot.key/1"))]
#[cfg_attr(feature = "cli", schemars(transform = crate::json::document))]
struct CardContent {
    /// The name of the unit.
    unit: String,
    /// Its key.
    jwk: PublicKey,
}

impl KeyCard {
    /// Makes the card of a key.
    pub fn make(unit: &str, key: &SecretKey, now: Instant) -> KeyCard {
        let content = CardContent { unit: unit.to_owned(), jwk: key.public() };
        KeyCard(Signed::new(content, key, Role::Unit, now))
    }

    /// Reads a card. What mail and editors do to a text is taken back where the card then proves by its own signature
    /// that no sign of it was changed: marks of byte order, line wraps, spaces, other dashes, full-width letters.
    ///
    /// # Errors
    /// The first violation of spec s. 1 and 5.
    pub fn from_bytes(bytes: &[u8]) -> Result<KeyCard, ReadError> {
        let read = Signed::from_bytes(bytes).map(KeyCard);
        let is_sound = |card: &KeyCard| card.verify().is_ok();
        if read.as_ref().is_ok_and(is_sound) || bytes.len() > FILE_LIMIT {
            return read;
        }
        // A line may have been wrapped behind a space of the name, at it, or within a word.
        let ways = [("", false), ("", true), (" ", true)];
        let mut carried =
            ways.into_iter().filter_map(|(wrap, is_trimmed)| carried(bytes, wrap, is_trimmed));
        carried.find(is_sound).map_or(read, Ok)
    }

    /// The name of the unit.
    pub fn unit(&self) -> &str {
        &self.0.content().unit
    }

    /// Its key.
    pub fn key(&self) -> PublicKey {
        self.0.content().jwk
    }

    /// Checks that the card is signed by its own key.
    ///
    /// # Errors
    /// A signature is refused, or is another key's.
    pub fn verify(&self) -> Result<(), SignatureError> {
        let signers = self.0.verify(|_, _| true).map_err(|at| at.error)?;
        if signers.iter().all(|signer| signer.key == self.key()) {
            Ok(())
        } else {
            Err(SignatureError::Mismatch)
        }
    }

    /// The check code (*mã kiểm tra*) of the key, for people to compare.
    pub fn check_code(&self) -> String {
        self.key().check_code()
    }

    /// The file, canonical bytes.
    pub fn to_text(&self) -> String {
        self.0.to_text()
    }
}

/// The card of a text that was carried by mail, with `wrap` for each line wrap and the spaces around it.
fn carried(bytes: &[u8], wrap: &str, is_trimmed: bool) -> Option<KeyCard> {
    let text = std::str::from_utf8(bytes).ok()?;
    let lines = text.split(['\r', '\n']).map(|line| if is_trimmed { trim(line) } else { line });
    let lines = lines.filter(|line| !line.is_empty());
    let text = lines.collect::<Vec<_>>().join(wrap);
    let shown = text.chars().filter(|c| c.is_whitespace() || !shows_nothing(*c));
    let text: String = shown.map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let mut object = parse(text.as_bytes(), FILE_LIMIT).ok()?;
    mend(&mut object);
    Signed::from_json(object).ok().map(KeyCard)
}

/// Takes back what was done to texts of base64url: all but names and the format.
fn mend(json: &mut Json) {
    match json {
        Json::Object(members) => {
            for (name, value) in members {
                match value {
                    Json::Text(text) if !["unit", "format"].contains(&name.as_str()) => {
                        *text = as_carried(text).collect();
                    }
                    value => mend(value),
                }
            }
        }
        Json::List(values) => values.iter_mut().for_each(mend),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_that_was_carried_is_the_same() {
        let key = SecretKey::from_seed(&[7; 32]);
        let card = KeyCard::make("Chi bộ xóm Tân Sơn", &key, Instant::from_unix(1_790_000_000));
        let text = card.to_text();
        let wrapped = |width: usize, by: &str| {
            let chars: Vec<char> = text.chars().collect();
            let lines: Vec<String> =
                chars.chunks(width).map(|line| line.iter().collect()).collect();
            lines.join(by)
        };
        let mut carried = vec![
            format!("\u{feff}{text}\r\n"),
            format!("\u{feff}\u{feff}{text}"),
            text.replace("bộ xóm", "bộ\r\nxóm"),
            text.replace("bộ xóm", "bộ\u{a0}xóm"),
            text.replace("xóm", "x\u{200b}óm"),
            text.replace(",\"", ",\r\n\t\"").replace("bộ xóm", "bộ\nxóm"),
            text.replace("\"signature\":\"", "\"signature\":\" "),
        ];
        carried.extend((20..120).map(|width| wrapped(width, "\r\n")));
        for text in carried {
            let read = KeyCard::from_bytes(text.as_bytes());
            assert_eq!(read.map(|read| read.to_text()).as_ref(), Ok(&card.to_text()), "{text}");
        }
        // Within the signature every letter counts, and so does the name.
        for changed in [text.replace("Sơn", "Son"), text.replace("xóm", "xom")] {
            let read = KeyCard::from_bytes(changed.as_bytes());
            assert!(!read.is_ok_and(|card| card.verify().is_ok()), "{changed}");
        }
    }
}

//! Digests of canonical bytes, and the check codes that people compare.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::json::{Expected, Json, canonical};
use crate::string_type;
use crate::value::as_carried;

/// SHA-256 of canonical bytes (spec s. 1); shown as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of some bytes.
    pub fn of_bytes(bytes: &[u8]) -> Digest {
        Digest(Sha256::digest(bytes).into())
    }

    /// The digest of the canonical bytes of a value.
    pub fn of(json: &Json) -> Digest {
        Digest::of_bytes(canonical(json).as_bytes())
    }

    /// Reads 64 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Digest> {
        let mut bytes = [0; 32];
        let read = base16ct::lower::decode(text, &mut bytes).ok()?;
        (read.len() == bytes.len()).then_some(Digest(bytes))
    }

    /// The 32 bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base16ct::lower::encode_string(&self.0))
    }
}

string_type!(Digest, Expected::Digest, Digest::parse, {
    "description": "SHA-256 of canonical bytes (RFC 8785), lower-case hexadecimal.",
    "type": "string",
    "pattern": "^[0-9a-f]{64}$"
});

/// Bytes as Crockford base 32, most significant bit first, the last character padded with zero bits.
pub fn crockford(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let (mut held, mut bits) = (0u32, 0);
    let mut out = String::new();
    for &byte in bytes {
        held = held << 8 | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(ALPHABET[(held >> bits & 31) as usize] as char);
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        out.push(ALPHABET[(held << (5 - bits) & 31) as usize] as char);
    }
    out
}

/// How many signs a check code has, without its hyphens.
pub const CODE_SIGNS: usize = 16;

/// The check code (*mã kiểm tra*) of a digest: its first 80 bits, `XXXX-XXXX-XXXX-XXXX`. Whoever trusts a key by it
/// compares all sixteen signs: 40 bits are found again within minutes.
pub fn check_code(digest: &Digest) -> String {
    let mut code = crockford(&digest.0[..10]);
    for at in [12, 8, 4] {
        code.insert(at, '-');
    }
    code
}

/// The first eight signs of the check code, `XXXX-XXXX`: for file names and lists, where nothing is decided by them.
pub fn short_code(digest: &Digest) -> String {
    let mut code = crockford(&digest.0[..5]);
    code.insert(4, '-');
    code
}

/// The signs of a code as it was typed or carried by mail: without spaces, dashes and what shows nothing, in capitals,
/// with the digits for the letters that Crockford's alphabet leaves out since they look like them.
pub fn code_signs(typed: &str) -> String {
    let signs = as_carried(typed).filter(|c| *c != '-').map(|c| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    });
    signs.collect()
}

/// Is `typed` the whole check code `code`, in whatever way it is typed?
///
/// ```
/// use bon_tot::value::is_code;
/// assert!(is_code("8g9p z8tn – pdkr ｍ4a6", "8G9P-Z8TN-PDKR-M4A6"));
/// assert!(!is_code("8G9P-Z8TN", "8G9P-Z8TN-PDKR-M4A6"));
/// ```
pub fn is_code(typed: &str, code: &str) -> bool {
    code_signs(typed) == code_signs(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{from_json, to_json};

    #[test]
    fn the_digest_of_an_empty_object_is_that_of_its_two_bytes() {
        let digest = Digest::of(&Json::Object(vec![]));
        assert_eq!(
            digest.to_string(),
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        );
        assert_eq!(from_json(&to_json(&digest)), Ok(digest));
        assert_eq!(check_code(&digest), "8G9P-Z8TN-PDKR-M4A6");
        assert_eq!(short_code(&digest), "8G9P-Z8TN");
        let text = digest.to_string();
        for bad in [&text[2..], &format!("{text}00"), &text.to_uppercase(), &text.replace('4', "g")]
        {
            assert_eq!(Digest::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        let code = "8G9P-Z8TN-PDKR-M4A6";
        for typed in [
            code,
            "8g9pz8tnpdkrm4a6",
            " 8G9P Z8TN\r\nPDKR M4A6 ",
            "\u{feff}8g9p–z8tn—pdkr−m4a6",
            "8G9P\u{a0}Z8TN\u{2011}PDKR\u{ad}M4A6",
            "８Ｇ９Ｐ－Ｚ８ＴＮ－ＰＤＫＲ－Ｍ４Ａ６",
            "8g9p\u{200b}z8tn-pdkrm4a6",
        ] {
            assert!(is_code(typed, code), "{typed}");
        }
        assert!(is_code("o1l0-aaaa-iiii-oooo", "0110-AAAA-1111-0000"));
        for typed in ["", "8G9P-Z8TN", "8G9P-Z8TN-PDKR-M4A7", "8G9P-Z8TN-PDKR-M4A6-8"] {
            assert!(!is_code(typed, code), "{typed}");
        }
    }

    #[test]
    fn every_changed_sign_of_a_code_is_another_code() {
        let code = "8G9P-Z8TN-PDKR-M4A6";
        for (at, own) in code.char_indices().filter(|(_, c)| *c != '-') {
            for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZU".chars().filter(|c| *c != own) {
                let mut changed = code.to_owned();
                changed.replace_range(at..=at, &other.to_string());
                assert!(!is_code(&changed, code), "{changed}");
            }
        }
    }

    #[test]
    fn crockford_pads_the_last_character() {
        assert_eq!(crockford(&[0xFF]), "ZW");
        assert_eq!(crockford(&[0; 16]).len(), 26);
    }
}

//! A small file in a link: its version, then base64url of raw DEFLATE (RFC 1951). It carries published criteria packs.

use base64ct::{Base64UrlUnpadded, Encoding};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

use crate::json::FILE_LIMIT;

/// The version of new links.
const VERSION: &str = "1";
/// Most bytes of a link that is read: what browsers keep of an address.
const LINK_LIMIT: usize = 512 << 10;

/// A file as a link carries it.
///
/// ```
/// use bon_tot::share::{file_in_link, link_of_file};
///
/// let link = link_of_file(b"{\"a\": 1}");
/// assert_eq!(file_in_link(&link).as_deref(), Some(&b"{\"a\": 1}"[..]));
/// assert_eq!(file_in_link(&link[1..]), None);
/// ```
pub fn link_of_file(file: &[u8]) -> String {
    let packed = compress_to_vec(file, 10);
    [VERSION, &Base64UrlUnpadded::encode_string(&packed)].concat()
}

/// The file in a link; `None` where it is none, or would be longer than a file may be.
pub fn file_in_link(link: &str) -> Option<Vec<u8>> {
    let packed = link.strip_prefix(VERSION).filter(|packed| packed.len() <= LINK_LIMIT)?;
    let packed = Base64UrlUnpadded::decode_vec(packed).ok()?;
    decompress_to_vec_with_limit(&packed, FILE_LIMIT).ok()
}

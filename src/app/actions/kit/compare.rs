//! A file with a pack that another one is compared with.

use crate::app::host::{self, File};
use crate::json::{FILE_LIMIT, Json, parse};
use crate::seal::PackFile;

/// The pack in a file: one that its author published and whose signature fits, or a plain one, which need not be complete.
/// `None` where the file is neither.
pub async fn pack_of(file: &File) -> Option<Json> {
    let bytes = host::read_file(file, FILE_LIMIT).await.ok()?;
    let json = parse(&bytes, FILE_LIMIT).ok()?;
    if json.get("format").and_then(Json::as_text) == Some("bontot.pack/1") {
        return Some(json);
    }
    PackFile::from_json(json).ok()?.json().ok()
}

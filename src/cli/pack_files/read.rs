//! Packs by id or file, published or not.

use std::path::Path;

use super::error::PackFileError;
use crate::cli::{CliError, files};
use crate::json::{FILE_LIMIT, Json, PACK_LIMIT, parse};
use crate::pack::Pack;
use crate::pack::catalog;
use crate::seal::{PublicKey, Published};

/// What a person wants who names a file.
pub(in crate::cli) const WANTED: &str = "a criteria pack (bontot.pack/1)";
/// The format of a published pack.
const PUBLISHED: &str = "bontot.published/1";

/// Who published a pack: whose signature holds.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Publisher {
    /// The key.
    pub key: PublicKey,
    /// The name, as the author states it.
    pub author: String,
}

/// A pack as it was read.
pub(in crate::cli) struct Given {
    pub pack: Pack,
    /// Its tree, as its author wrote it.
    pub json: Json,
    /// Who signed the file, if it is a published one.
    pub publisher: Option<Publisher>,
}

/// Reads a built-in pack by its id, a pack file, or a published pack, whose signature must hold. The pack is not linted.
pub(in crate::cli) fn read(name: &Path) -> Result<Given, CliError> {
    let refused = CliError::not_this_format(name, WANTED);
    if let Some(built_in) = name.to_str().and_then(catalog::by_id) {
        let json = parse(built_in.text.as_bytes(), PACK_LIMIT).map_err(&refused)?;
        let pack = built_in.read().map_err(&refused)?;
        return Ok(Given { pack, json, publisher: None });
    }
    let bytes = files::read(name, FILE_LIMIT).map_err(|error| match error {
        CliError::Unreadable { file, source } if source.kind() == std::io::ErrorKind::NotFound => {
            CliError::UnknownPack(file)
        }
        error => error,
    })?;
    let published = parse(&bytes, FILE_LIMIT)
        .ok()
        .filter(|json| json.get("format").and_then(Json::as_text) == Some(PUBLISHED));
    let Some(published) = published else {
        let json = parse(&bytes, PACK_LIMIT).map_err(&refused)?;
        let pack = Pack::from_json(&json).map_err(&refused)?;
        return Ok(Given { pack, json, publisher: None });
    };
    let published = Published::from_json(published).map_err(&refused)?;
    let not_signed =
        |error| CliError::from(PackFileError::NotSigned { file: files::name(name), error });
    let headers = published.verify().map_err(not_signed)?;
    let pack = published.pack().map_err(&refused)?;
    let content = published.content();
    let publisher =
        headers.first().map(|header| Publisher { key: header.key, author: content.author.clone() });
    Ok(Given { pack, json: content.pack.clone(), publisher })
}

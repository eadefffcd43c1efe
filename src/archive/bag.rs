//! Which files of an archive are the signed files of a bag (RFC 8493, spec s. 10).

use std::io::{Read, Seek};

use zip::ZipArchive;

/// The name of the file that declares a bag.
pub const DECLARATION: &str = "bagit.txt";
/// The folder of submissions.
pub const SUBMISSIONS: &str = "data/submissions/";
/// The folder of appraisals.
pub const APPRAISALS: &str = "data/appraisals/";

/// Is an entry the declaration of a bag, in the folder of the bag? Gives that folder with its slash.
fn base_of(name: &str) -> Option<&str> {
    let base = name.strip_suffix(DECLARATION)?;
    (base.is_empty() || base.ends_with('/') && base.matches('/').count() == 1).then_some(base)
}

/// The folder of the bag in an archive, with its slash.
pub fn base<R: Read + Seek>(zip: &ZipArchive<R>) -> Option<String> {
    names(zip).iter().find_map(|name| base_of(name)).map(str::to_owned)
}

/// Is an entry one of the signed files of a bag in that folder?
pub fn is_signed_file(name: &str, base: &str) -> bool {
    let name = name.strip_prefix(base).unwrap_or_default();
    name.starts_with(SUBMISSIONS) || name.starts_with(APPRAISALS)
}

/// The names of the entries that are text.
pub fn names<R: Read + Seek>(zip: &ZipArchive<R>) -> Vec<String> {
    zip.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect()
}

//! `pack publish`: a pack, the name of its author, and a signature over both in one file.

use super::error::PackFileError;
use super::read::read;
use crate::cli::args::PublishArgs;
use crate::cli::files::{Existing, Readers};
use crate::cli::{CliError, Ending, files, forms, keys, packs, print, time};
use crate::pack::lint;
use crate::seal::{Published, PublishedContent};
use crate::value::is_blank;

/// Signs the pack and writes the file.
pub(super) fn run(args: &PublishArgs) -> Result<Ending, CliError> {
    let given = read(&args.pack)?;
    packs::refuse_namesake(&args.pack, &given.pack, &packs::built_in()?)?;
    let findings = lint::errors(&given.pack);
    if !findings.is_empty() {
        return Err(CliError::PackRefused { name: files::name(&args.pack), findings });
    }
    let author = forms::normal(&args.author);
    if is_blank(&author) {
        return Err(PackFileError::NoAuthor.into());
    }
    let content = PublishedContent {
        pack: given.json,
        author,
        note: forms::normal(&args.note),
        date: args.date.map_or_else(time::today, Ok)?,
    };
    let key = keys::open(&args.key)?;
    let published = Published::make(content, &key, time::now()?);
    let file = files::name(&args.out);
    published.verify().map_err(|error| PackFileError::NotSigned { file: file.clone(), error })?;
    let text = published.to_text();
    files::write(&args.out, text.as_bytes(), Existing::by_force(args.force), Readers::Usual)?;
    let pack = given.pack;
    print::line(&format!("file       {file}"))?;
    print::line(&format!("pack       {} {}", pack.id, pack.version))?;
    print::line(&format!("digest     {}", pack.digest))?;
    print::line(&format!("author     {}", print::short(&published.content().author)))?;
    print::line(&format!("signed by  {}", key.public().check_code()))?;
    Ok(Ending::Well)
}

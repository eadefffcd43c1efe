//! Packs by id or file, and `pack lint`, `pack digest`, `pack show`.

use std::path::Path;

use crate::cli::pack_files::read::{self, Publisher, WANTED};
use crate::cli::{CliError, Ending, PackCommand, advise, files, print};
use crate::pack::catalog::{self, Catalog};
use crate::pack::lint::{self, LintError};
use crate::pack::{Pack, PackRef};
use crate::value::Digest;

/// Reads a built-in pack by its id, a pack file, or a published pack. The pack is not linted.
fn read(name: &Path) -> Result<Pack, CliError> {
    read::read(name).map(|given| given.pack)
}

/// Reads and lints a pack, and refuses one that poses as a built-in one.
pub(super) fn load(name: &Path) -> Result<Pack, CliError> {
    load_beside(name, &built_in()?)
}

/// Reads and lints a pack, and refuses one that poses as a known one.
fn load_beside(name: &Path, known: &Catalog) -> Result<Pack, CliError> {
    let pack = read(name)?;
    sound(name, &pack, known)?;
    Ok(pack)
}

/// Refuses a pack that poses as a known one, and one that has errors.
fn sound(name: &Path, pack: &Pack, known: &Catalog) -> Result<(), CliError> {
    refuse_namesake(name, pack, known)?;
    let findings = lint::errors(pack);
    if findings.is_empty() {
        Ok(())
    } else {
        let name = files::name(name);
        Err(CliError::PackRefused { name, findings })
    }
}

/// Refuses a pack that has the id and the version of a known one, but not its digest (spec s. 4).
pub(super) fn refuse_namesake(name: &Path, pack: &Pack, known: &Catalog) -> Result<(), CliError> {
    match known.namesake(pack) {
        Some(known) => {
            let known = Box::new(known.reference());
            Err(CliError::PackPoses { name: files::name(name), known })
        }
        None => Ok(()),
    }
}

/// As [`load`], for a form: of a built-in pack the version that the form states, if it is known.
///
/// # Errors
/// As [`load`].
pub(super) fn load_for(name: &Path, stated: &PackRef) -> Result<Pack, CliError> {
    let is_built_in =
        name.to_str().is_some_and(|id| catalog::by_id(id).is_some() && id == stated.id.as_str());
    if is_built_in && let Some(pack) = built_in()?.by_digest(&stated.digest) {
        return Ok(pack.as_ref().clone());
    }
    load(name)
}

/// The built-in packs and those of `--pack`.
pub(super) fn catalog<'a>(
    names: impl IntoIterator<Item = &'a std::path::PathBuf>,
) -> Result<Catalog, CliError> {
    known(names).map(|(catalog, _)| catalog)
}

/// As [`catalog`], with who published which of those that are published.
pub(super) fn known<'a>(
    names: impl IntoIterator<Item = &'a std::path::PathBuf>,
) -> Result<(Catalog, Vec<(Digest, Publisher)>), CliError> {
    let (mut catalog, mut publishers) = (built_in()?, Vec::new());
    for name in names {
        let given = read::read(name)?;
        sound(name, &given.pack, &catalog)?;
        publishers.extend(given.publisher.map(|publisher| (given.pack.digest, publisher)));
        catalog.add(given.pack);
    }
    Ok((catalog, publishers))
}

/// The packs of `--pack`, without the built-in ones.
pub(super) fn given(names: &[std::path::PathBuf]) -> Result<Vec<Pack>, CliError> {
    let mut known = built_in()?;
    let mut given = Vec::new();
    for name in names {
        let pack = load_beside(name, &known)?;
        known.add(pack.clone());
        given.push(pack);
    }
    Ok(given)
}

/// The built-in packs.
pub(super) fn built_in() -> Result<Catalog, CliError> {
    Catalog::built_in().map_err(|error| CliError::NotThisFormat {
        file: "built-in pack".to_owned(),
        wanted: WANTED,
        error,
    })
}

/// Runs `pack`.
pub(super) fn run(command: &PackCommand) -> Result<Ending, CliError> {
    match command {
        PackCommand::Lint(args) if args.explain => advise::explain(args, &read(&args.pack)?),
        PackCommand::Lint(args) => {
            let pack = read(&args.pack)?;
            let findings = lint::errors(&pack);
            if findings.is_empty() {
                let items = pack.items.len();
                print::line(&format!("ok: {items} items, digest {}", pack.digest))?;
                return Ok(Ending::Well);
            }
            for finding in &findings {
                print::line(&print::plain(&finding.to_string()))?;
            }
            print::tell(&count(&findings));
            Ok(Ending::Wrong)
        }
        PackCommand::Digest { pack } => {
            print::line(&read(pack)?.digest.to_string())?;
            Ok(Ending::Well)
        }
        PackCommand::Show { id } => {
            let built_in = catalog::by_id(id)
                .ok_or_else(|| CliError::UnknownPack(print::plain(id).into_owned()))?;
            print::bytes(built_in.text.as_bytes())?;
            Ok(Ending::Well)
        }
    }
}

pub(super) fn count(findings: &[LintError]) -> String {
    match findings.len() {
        1 => "1 error: this pack is refused until it is corrected.".to_owned(),
        n => format!("{n} errors: this pack is refused until they are corrected."),
    }
}

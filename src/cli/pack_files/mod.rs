//! The files of packs: `pack new`, `pack import`, `pack diff`, `pack publish`, and reading one wherever a pack is given.

mod error;
mod import;
mod publish;
pub(in crate::cli) mod read;

use crate::cli::args::{DiffArgs, NewArgs};
use crate::cli::files::{Existing, Readers};
use crate::cli::{CliError, Ending, PackFileCommand, files, forms, packs, print};
use crate::json::{Json, canonical, pretty};
use crate::kit::blank::{self, Start};
use crate::kit::diff::{Change, diff};
use crate::pack::{Pack, Term};
use crate::value::{Id, Label};

pub use error::PackFileError;
use read::{WANTED, read};

/// Runs `pack`.
pub(super) fn run(command: &PackFileCommand) -> Result<Ending, CliError> {
    match command {
        PackFileCommand::Look(command) => packs::run(command),
        PackFileCommand::New(args) => new(args),
        PackFileCommand::Import(args) => import::run(args),
        PackFileCommand::Diff(args) => compare(args),
        PackFileCommand::Publish(args) => publish::run(args),
    }
}

/// Runs `pack new`.
fn new(args: &NewArgs) -> Result<Ending, CliError> {
    let title = args.title.as_deref().map(forms::normal);
    let pack = match &args.from {
        Some(from) => copy(read(from)?.json, args, title.as_deref()),
        None => blank::new(&Start {
            id: &args.id,
            version: &args.version,
            title: title.as_deref().unwrap_or_default(),
            levels: &levels(&args.levels)?,
            types: &types(&args.types)?,
        }),
    };
    let refused = CliError::not_this_format(&args.out, WANTED);
    let digest = Pack::from_json(&pack).map_err(refused)?.digest;
    files::write(
        &args.out,
        pretty(&pack).as_bytes(),
        Existing::by_force(args.force),
        Readers::Usual,
    )?;
    print::line(&format!("file    {}", files::name(&args.out)))?;
    print::line(&format!("pack    {} {}", args.id, args.version))?;
    print::line(&format!("digest  {digest}"))?;
    Ok(Ending::Well)
}

/// A copy under a name of its own. Who issued the original does not answer for it.
fn copy(mut pack: Json, args: &NewArgs, title: Option<&str>) -> Json {
    if let Json::Object(members) = &mut pack {
        members.retain(|(name, _)| name != "issuer");
        for (name, value) in members {
            match (name.as_str(), title) {
                ("id", _) => *value = args.id.to_string().into(),
                ("version", _) => *value = args.version.to_string().into(),
                ("title", Some(title)) => *value = Json::from([("vi", title.into())]),
                _ => {}
            }
        }
    }
    pack
}

/// The levels of these ids, with the words of the built-in packs; without ids, the first level of the usual pack.
fn levels(ids: &[Id]) -> Result<Vec<Term>, CliError> {
    let known = packs::built_in()?;
    let all: Vec<&Term> = known.packs().iter().flat_map(|pack| &pack.levels).collect();
    if ids.is_empty() {
        return Ok(all.into_iter().take(1).cloned().collect());
    }
    Ok(ids.iter().map(|id| term(id, &all)).collect())
}

/// The types of these ids, with the words of the built-in packs.
fn types(ids: &[Id]) -> Result<Vec<Term>, CliError> {
    let known = packs::built_in()?;
    let all: Vec<&Term> = known.packs().iter().flat_map(|pack| &pack.types).collect();
    Ok(ids.iter().map(|id| term(id, &all)).collect())
}

fn term(id: &Id, known: &[&Term]) -> Term {
    let found = known.iter().find(|term| term.id == *id).map(|term| (*term).clone());
    found.unwrap_or_else(|| Term { id: id.clone(), label: Label { vi: id.to_string(), en: None } })
}

/// Runs `pack diff`.
fn compare(args: &DiffArgs) -> Result<Ending, CliError> {
    let (before, after) = (read(&args.before)?, read(&args.after)?);
    let changes = diff(&before.json, &after.json);
    for change in &changes {
        if args.json {
            print::json(&canonical(&change.to_json()))?;
        } else {
            let sign = if change.matters() { '!' } else { '~' };
            print::line(&format!("{sign} {}", print::told(&change.to_string())))?;
        }
    }
    print::tell(&summary(&changes, before.pack.digest == after.pack.digest));
    Ok(Ending::Well)
}

fn summary(changes: &[Change], is_same: bool) -> String {
    let matter = changes.iter().filter(|change| change.matters()).count();
    match changes.len() {
        0 if is_same => "The packs are the same, byte for byte.".to_owned(),
        0 => "The packs say the same, in other bytes: their digests differ.".to_owned(),
        1 => format!("1 change, of which {matter} can change an outcome."),
        count => format!("{count} changes, of which {matter} can change an outcome."),
    }
}

//! `key new`, `key card`, and opening a locked key.

use std::path::Path;

use crate::cli::entropy::entropy;
use crate::cli::files::{Existing, Readers};
use crate::cli::{CliError, Ending, KeyCommand, files, forms, passphrase, print, time};
use crate::json::FILE_LIMIT;
use crate::seal::{Derivation, KeyCard, LockError, LockSalts, LockedKey, SecretKey};

/// Runs `key`.
pub(super) fn run(command: &KeyCommand) -> Result<Ending, CliError> {
    match command {
        KeyCommand::New { out } => new(out),
        KeyCommand::Card { key, unit, out, force } => card(
            key,
            unit.as_deref().unwrap_or_default(),
            out.as_deref(),
            Existing::by_force(*force),
        ),
    }
}

fn new(out: &Path) -> Result<Ending, CliError> {
    let file = files::name(out);
    // Checked before the passphrase prompt; `write` checks it again.
    if out.exists() {
        return Err(CliError::Exists(file));
    }
    let passphrase = passphrase::choose()?;
    let key = SecretKey::from_seed(&*entropy::<32>()?);
    let salts = LockSalts::from_bytes(&*entropy::<60>()?);
    let kek = Derivation::for_lock(&salts).run(&passphrase);
    let locked =
        LockedKey::lock(&key, &kek, &salts).map_err(|error| CliError::Lock { file, error })?;
    files::write(out, locked.as_str().as_bytes(), Existing::Stays, Readers::Owner)?;
    let public = key.public();
    print::line(&format!("kid         {}", public.kid()))?;
    print::line(&format!("check code  {}", public.check_code()))?;
    Ok(Ending::Well)
}

fn card(
    path: &Path,
    unit: &str,
    out: Option<&Path>,
    existing: Existing,
) -> Result<Ending, CliError> {
    let key = open(path)?;
    let card = KeyCard::make(&forms::normal(unit), &key, time::now()?);
    match out {
        Some(out) => files::write(out, card.to_text().as_bytes(), existing, Readers::Usual)?,
        None => print::line(&card.to_text())?,
    }
    print::tell(&format!("check code {}", card.check_code()));
    Ok(Ending::Well)
}

/// Opens a locked key from a file.
pub(super) fn open(path: &Path) -> Result<SecretKey, CliError> {
    let file = files::name(path);
    let bytes = files::read(path, FILE_LIMIT)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| CliError::Lock { file: file.clone(), error: LockError::Encoding })?;
    let locked =
        LockedKey::parse(&text).map_err(|error| CliError::Lock { file: file.clone(), error })?;
    passphrase::open(&locked, &file)
}

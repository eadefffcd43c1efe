//! `trust`: the list of trusted keys.

use std::path::Path;

use serde::Serialize;

use crate::cli::files::{Existing, Readers};
use crate::cli::{CliError, Ending, TrustCommand, files, forms, print, time};
use crate::desk::{TrustList, TrustedKey};
use crate::json::{FILE_LIMIT, to_canonical};
use crate::seal::KeyCard;
use crate::value::Date;

/// Runs `trust`.
pub(super) fn run(command: &TrustCommand) -> Result<Ending, CliError> {
    match command {
        TrustCommand::Add { card, code, unit, trust } => add(card, code, unit.as_deref(), trust),
        TrustCommand::Revoke { key, from, trust } => revoke(key, *from, trust),
        TrustCommand::List { search, trust, json } => {
            list(search.as_deref().unwrap_or_default(), trust, *json)
        }
    }
}

/// Reads a trust list.
pub(super) fn read(path: &Path) -> Result<TrustList, CliError> {
    let refused = CliError::not_this_format(path, "a trust list (bontot.trust/1)");
    TrustList::from_bytes(&files::read(path, FILE_LIMIT)?).map_err(refused)
}

fn write(path: &Path, list: &TrustList) -> Result<(), CliError> {
    files::replace(path, list.to_text().as_bytes(), Readers::Usual)
}

fn add(card: &Path, code: &str, unit: Option<&str>, path: &Path) -> Result<Ending, CliError> {
    let file = files::name(card);
    let refused = CliError::not_this_format(card, "a key card (bontot.key/1)");
    let card = KeyCard::from_bytes(&files::read(card, FILE_LIMIT)?).map_err(refused)?;
    let is_new = !path.exists();
    let mut list = if is_new { TrustList::default() } else { read(path)? };
    let unit = forms::normal(unit.unwrap_or(card.unit()));
    let today = time::now()?.date();
    list.add(&card, code, &unit, today).map_err(|error| CliError::NotTrusted { file, error })?;
    if is_new {
        files::write(path, list.to_text().as_bytes(), Existing::Stays, Readers::Usual)?;
    } else {
        write(path, &list)?;
    }
    for line in list.keys.last().map(columns).iter() {
        print::line(line)?;
    }
    Ok(Ending::Well)
}

fn revoke(name: &str, from: Date, path: &Path) -> Result<Ending, CliError> {
    let mut list = read(path)?;
    let found = list.find(name);
    let [index] = found[..] else {
        return Err(CliError::WhichKey {
            name: print::plain(name).into_owned(),
            found: found.len(),
        });
    };
    let Some(entry) = list.keys.get_mut(index) else {
        return Ok(Ending::Wrong);
    };
    entry.revoked = Some(from);
    let line = columns(entry);
    write(path, &list)?;
    print::line(&line)?;
    Ok(Ending::Well)
}

fn list(search: &str, path: &Path, json: bool) -> Result<Ending, CliError> {
    let search = forms::normal(search).to_lowercase();
    let list = read(path)?;
    let texts = |key: &TrustedKey| [key.unit.clone(), key.key.check_code(), key.key.kid()];
    let found: Vec<_> = list
        .keys
        .iter()
        .filter(|key| {
            let mut texts = texts(key).into_iter();
            texts.any(|text| text.to_lowercase().contains(&search))
        })
        .collect();
    for key in &found {
        let line = if json { object(key) } else { columns(key) };
        print::line(&line)?;
    }
    let keys = if found.len() == 1 { "key" } else { "keys" };
    print::tell(&format!("{} {keys}", found.len()));
    Ok(Ending::Well)
}

fn columns(key: &TrustedKey) -> String {
    let revoked = match key.revoked {
        Some(day) => format!("revoked {day}"),
        None => "trusted           ".to_owned(),
    };
    let code = key.key.check_code();
    let unit = print::plain(&key.unit);
    format!("{code}  added {}  {revoked}  {unit}", key.added)
}

/// One key as JSON.
#[derive(Serialize)]
struct KeyRow<'a> {
    kid: String,
    check_code: String,
    unit: &'a str,
    added: Date,
    revoked: Option<Date>,
}

fn object(key: &TrustedKey) -> String {
    to_canonical(&KeyRow {
        kid: key.key.kid(),
        check_code: key.key.check_code(),
        unit: &key.unit,
        added: key.added,
        revoked: key.revoked,
    })
}

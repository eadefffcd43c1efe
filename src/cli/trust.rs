//! `trust`: the list of trusted keys.

use std::path::Path;

use serde::Serialize;

use crate::cli::files::{Existing, Lock, Readers};
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

fn write(path: &Path, list: &TrustList, existing: Existing) -> Result<(), CliError> {
    files::write(path, list.to_text().as_bytes(), existing, Readers::Usual)
}

fn add(card: &Path, code: &str, unit: Option<&str>, path: &Path) -> Result<Ending, CliError> {
    let file = files::name(card);
    let refused = CliError::not_this_format(card, "a key card (bontot.key/1)");
    let card = KeyCard::from_bytes(&files::read(card, FILE_LIMIT)?).map_err(refused)?;
    let unit = forms::normal(unit.unwrap_or(card.unit()));
    let today = time::today()?;
    // Two runs at once would lose what one of them adds.
    let _lock = Lock::of(path)?;
    let existing = if path.exists() { Existing::Replaced } else { Existing::Stays };
    let mut list = match existing {
        Existing::Replaced => read(path)?,
        Existing::Stays => TrustList::default(),
    };
    let place = list.add(&card, code, &unit, today);
    let place = place.map_err(|error| CliError::NotTrusted { file, error })?;
    write(path, &list, existing)?;
    for line in list.keys.get(place).map(columns).iter() {
        print::line(line)?;
    }
    Ok(Ending::Well)
}

fn revoke(name: &str, from: Date, path: &Path) -> Result<Ending, CliError> {
    let _lock = Lock::of(path)?;
    let mut list = read(path)?;
    let found = list.find(name);
    let [index] = found[..] else {
        return Err(CliError::WhichKey { name: print::short(name), found: found.len() });
    };
    let Some(entry) = list.keys.get_mut(index) else {
        return Ok(Ending::Wrong);
    };
    entry.revoked = Some(from);
    let line = columns(entry);
    write(path, &list, Existing::Replaced)?;
    print::line(&line)?;
    Ok(Ending::Well)
}

fn list(search: &str, path: &Path, json: bool) -> Result<Ending, CliError> {
    let search = forms::normal(search).to_lowercase();
    let list = read(path)?;
    let texts = |key: &TrustedKey| {
        let names = std::iter::once(&key.unit).chain(&key.also).cloned();
        names.chain([key.key.check_code(), key.key.kid()]).collect::<Vec<_>>()
    };
    let found: Vec<_> = list
        .keys
        .iter()
        .filter(|key| {
            let mut texts = texts(key).into_iter();
            texts.any(|text| text.to_lowercase().contains(&search))
        })
        .collect();
    for key in &found {
        if json {
            print::json(&object(key))?;
        } else {
            print::line(&columns(key))?;
        }
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
    let units = std::iter::once(&key.unit).chain(&key.also);
    let units: Vec<_> = units.map(|unit| print::short(unit)).collect();
    format!("{code}  added {}  {revoked}  {}", key.added, units.join("; "))
}

/// One key as JSON.
#[derive(Serialize)]
struct KeyRow<'a> {
    kid: String,
    check_code: String,
    unit: &'a str,
    also: &'a [String],
    added: Date,
    revoked: Option<Date>,
}

fn object(key: &TrustedKey) -> String {
    to_canonical(&KeyRow {
        kid: key.key.kid(),
        check_code: key.key.check_code(),
        unit: &key.unit,
        also: &key.also,
        added: key.added,
        revoked: key.revoked,
    })
}

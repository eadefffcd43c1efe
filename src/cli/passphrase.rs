//! The passphrase of a key, from `BONTOT_PASSPHRASE` or a prompt without echo.

use std::env::{self, VarError};

use zeroize::Zeroizing;

use crate::cli::{CliError, PassphraseError, forms};
use crate::seal::{Kek, LockError, LockedKey, PASSPHRASE_MIN, SecretKey};
use crate::value::is_blank;

const VARIABLE: &str = "BONTOT_PASSPHRASE";

/// The passphrase for a new key; a prompt asks twice.
pub(super) fn choose() -> Result<Zeroizing<String>, CliError> {
    let chosen = match from_environment()? {
        Some(passphrase) => passphrase,
        None => {
            let first = ask("Passphrase for the new key: ")?;
            if first != ask("The same again: ")? {
                return Err(CliError::Passphrase(PassphraseError::Differ));
            }
            first
        }
    };
    let chosen = normal(&chosen);
    if is_blank(&chosen) {
        return Err(CliError::Passphrase(PassphraseError::Blank));
    }
    if chosen.chars().count() < PASSPHRASE_MIN {
        return Err(CliError::Passphrase(PassphraseError::Short));
    }
    Ok(chosen)
}

/// Opens a locked key with the passphrase.
pub(super) fn open(locked: &LockedKey, file: &str) -> Result<SecretKey, CliError> {
    let typed = match from_environment()? {
        Some(passphrase) => passphrase,
        None => ask(&format!("Passphrase of {file}: "))?,
    };
    let derive = |passphrase: &str| -> Kek { locked.derivation().run(passphrase) };
    let normal = normal(&typed);
    let opened = match locked.open(&derive(&normal)) {
        // Other JOSE tools lock with the passphrase as it was typed.
        Err(LockError::WrongPassphrase) if normal != typed => locked.open(&derive(&typed)),
        opened => opened,
    };
    opened.map_err(|error| CliError::Lock { file: file.to_owned(), error })
}

/// NFC, since keyboards compose letters differently.
fn normal(passphrase: &str) -> Zeroizing<String> {
    Zeroizing::new(forms::normal(passphrase))
}

fn from_environment() -> Result<Option<Zeroizing<String>>, CliError> {
    match env::var(VARIABLE) {
        Ok(passphrase) if is_blank(&passphrase) => {
            Err(CliError::Passphrase(PassphraseError::Blank))
        }
        Ok(passphrase) => Ok(Some(Zeroizing::new(passphrase))),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(CliError::Passphrase(PassphraseError::NotText)),
    }
}

fn ask(prompt: &str) -> Result<Zeroizing<String>, CliError> {
    rpassword::prompt_password(prompt)
        .map(Zeroizing::new)
        .map_err(|source| CliError::Passphrase(PassphraseError::NoTerminal(source)))
}

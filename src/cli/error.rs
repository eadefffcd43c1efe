//! Errors of commands: what happened, then what to do.

use std::io::{self, ErrorKind};
use std::path::Path;

use crate::cli::reason::reason;
use crate::cli::{PackFileError, RegisterError, files, print};
use crate::desk::{Detail, Status, TrustError};
use crate::json::{Fault, ReadError};
use crate::pack::PackRef;
use crate::pack::catalog::BUILT_IN;
use crate::pack::lint::LintError;
use crate::seal::{AddSignatureError, LockError, PASSPHRASE_MIN};
use crate::value::Id;

/// Why a command failed. File names in it are safe to print.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// A file cannot be read.
    #[error("cannot read {file}: {}", reason(.source))]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// A file or folder cannot be written.
    #[error("cannot write {file}: {}", reason(.source))]
    Unwritable {
        /// The file or folder.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// A file exists already and is not overwritten.
    #[error("{0} is there already and was left as it is")]
    Exists(String),
    /// A pipe, a device or a socket was named in place of a file.
    #[error("{0} is no file but a pipe or a device")]
    NotAFile(String),
    /// A locked key would have been overwritten.
    #[error("{0} is a locked key and is never overwritten")]
    KeyStays(String),
    /// Another run is changing a file, or was stopped while it did.
    #[error("{file} is being changed by another run of bontot: {lock} is there")]
    Locked {
        /// The file.
        file: String,
        /// The file that says so.
        lock: String,
    },
    /// A pack bears the id and the version of another one.
    #[error("the pack {name} calls itself {} {}, but that one has another digest", .known.id, .known.version.as_str())]
    PackPoses {
        /// The pack.
        name: String,
        /// The known pack.
        known: Box<PackRef>,
    },
    /// A unit was to appraise its own form.
    #[error("this key signed {0} as the unit, and no unit is its own superior")]
    OwnAppraisal(String),
    /// Standard input stands for two inputs.
    #[error("standard input cannot be two inputs at once")]
    StdinTwice,
    /// Standard input was named as an output.
    #[error("`-` is standard input and cannot be written")]
    StdinAsOutput,
    /// A file has another format than the expected one.
    #[error("{file}: {}", located(.error))]
    NotThisFormat {
        /// The file.
        file: String,
        /// The expected formats.
        wanted: &'static str,
        /// Where it differs from them.
        error: ReadError,
    },
    /// A name is neither a built-in pack nor a file.
    #[error("{0} is neither a built-in pack nor a file")]
    UnknownPack(String),
    /// The linter has found errors in a pack.
    #[error("the pack {name} is refused, it has {}", listed(.findings))]
    PackRefused {
        /// The pack.
        name: String,
        /// Every error.
        findings: Vec<LintError>,
    },
    /// A form names another pack than the one that was given.
    #[error("the form is filled by another pack than the one given\n  the form names: {}\n  given:          {}", identity(.stated), identity(.given))]
    OtherPack {
        /// The pack that the form names.
        stated: Box<PackRef>,
        /// The pack that was given.
        given: Box<PackRef>,
    },
    /// The answers of a form do not fit its pack.
    #[error("{file} does not fit the pack: {}", located(.error))]
    Misfit {
        /// The file.
        file: String,
        /// Where.
        error: ReadError,
    },
    /// A form was to be sealed by its superior.
    #[error("a form is sealed by its unit")]
    SealedByUnit,
    /// A submission that was to be signed or appraised is not sound.
    #[error("{file} is not sound ({}){}", .status.as_str(), after_colon(.detail))]
    NotSound {
        /// The file.
        file: String,
        /// Its status.
        status: Status,
        /// Why.
        detail: Option<Detail>,
    },
    /// A signature cannot be added.
    #[error("{}", not_added(file, error))]
    NotAdded {
        /// The file.
        file: String,
        /// Why.
        error: AddSignatureError,
    },
    /// A key is not added to a trust list.
    #[error("{file} was not added: {}", not_trusted(.error).0)]
    NotTrusted {
        /// The card.
        file: String,
        /// Why.
        error: TrustError,
    },
    /// A name matches no key of a trust list, or several.
    #[error("{}", which_key(name, *found))]
    WhichKey {
        /// The name.
        name: String,
        /// How many keys it matches.
        found: usize,
    },
    /// An appraised item does not apply to the form.
    #[error("the form has no item {0}")]
    NoSuchItem(Id),
    /// An item has a remark, but neither the unit nor the superior gave a verdict.
    #[error("the unit has not answered item {0}")]
    NoVerdict(Id),
    /// A locked key cannot be opened or made.
    #[error("cannot open the key {file}: {error}")]
    Lock {
        /// The file.
        file: String,
        /// Why.
        error: LockError,
    },
    /// There is no passphrase.
    #[error(transparent)]
    Passphrase(PassphraseError),
    /// The operating system gives no random bytes.
    #[error("the system gives no random bytes: {}", reason(.0))]
    Entropy(io::Error),
    /// The system clock is before 1970.
    #[error("the clock of this machine stands before 1970")]
    ClockBefore1970,
    /// The system clock is outside the years that can be written.
    #[error("the clock of this machine stands outside the years 1900 to 2100")]
    ClockOutOfRange,
    /// Standard output cannot be written.
    #[error("standard output takes no more: {}", reason(.0))]
    Output(io::Error),
    /// The new sealed file does not verify.
    #[error("the sealed file does not verify ({}){}", .status.as_str(), after_colon(.detail))]
    SealDoesNotVerify {
        /// Its status.
        status: Status,
        /// Why.
        detail: Option<Detail>,
    },
    /// A register cannot be made.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// The file of a pack is not made, read or published.
    #[error(transparent)]
    PackFile(#[from] PackFileError),
    /// A pack has no level or no type, so no form can be made.
    #[error("the pack has no level or no type of unit")]
    NothingToSample,
    /// There are not enough samples for the faults that are wanted.
    #[error("{count} samples are too few for these faults")]
    FewSamples {
        /// How many samples are wanted.
        count: u64,
    },
    /// A sample does not fit its own pack.
    #[error("a sample does not fit its own pack: {0}")]
    SampleMisfit(ReadError),
}

/// Why there is no passphrase.
#[derive(Debug, thiserror::Error)]
pub enum PassphraseError {
    /// It is blank.
    #[error("the passphrase is blank")]
    Blank,
    /// It is too short for a new key.
    #[error("the passphrase is shorter than {PASSPHRASE_MIN} characters")]
    Short,
    /// `BONTOT_PASSPHRASE` is no Unicode text.
    #[error("BONTOT_PASSPHRASE is not Unicode text")]
    NotText,
    /// The two typed passphrases differ.
    #[error("the two passphrases differ")]
    Differ,
    /// There is no terminal to ask on.
    #[error("there is no terminal to ask for the passphrase: {}", reason(.0))]
    NoTerminal(io::Error),
}

impl CliError {
    /// The error of a file that has another format than `wanted`.
    pub(super) fn not_this_format(path: &Path, wanted: &'static str) -> impl Fn(ReadError) -> Self {
        move |error| CliError::NotThisFormat { file: files::name(path), wanted, error }
    }

    /// The message for a person: what happened, then what to do.
    pub fn message(&self) -> String {
        format!("error: {self}\n{}", self.advice())
    }

    /// What to do.
    fn advice(&self) -> String {
        let fixed = match self {
            CliError::Unreadable { source, .. } => match source.kind() {
                ErrorKind::NotFound => "Check the name and the folder.",
                ErrorKind::IsADirectory => "Name the files in it, such as FOLDER/*.json.",
                _ => "Check that you may read it.",
            },
            CliError::Unwritable { .. } => {
                "Check that the folder is there, has room, and that you may write to it."
            }
            CliError::Exists(_) => "Choose another name, or move the existing file away first.",
            CliError::NotAFile(_) => "Name a file; `-` is standard input.",
            CliError::KeyStays(_) => "Choose another name: without its key a unit cannot sign.",
            CliError::Locked { .. } => "Try again; if no other run is at work, delete that file.",
            CliError::PackPoses { .. } => "Give it an id or a version of its own.",
            CliError::OwnAppraisal(_) => "Let the superior appraise it, with the superior's key.",
            CliError::StdinTwice => "Use `-` for one input only and name a file for the other.",
            CliError::StdinAsOutput => "Name a file.",
            CliError::NotThisFormat { error, .. }
                if matches!(error.fault, Fault::NewerFormat { .. }) =>
            {
                "Get the newer version of bontot that reads it."
            }
            CliError::NotThisFormat { wanted, .. } => return format!("Wanted is {wanted}."),
            CliError::UnknownPack(_) => {
                let ids: Vec<_> = BUILT_IN.iter().map(|pack| pack.id).collect();
                return format!("Give a pack file, or one of: {}.", ids.join(", "));
            }
            CliError::PackRefused { .. } => {
                "Correct these places and check with `bontot pack lint`."
            }
            CliError::OtherPack { .. } => {
                "Give the pack that the form names, in just that version."
            }
            CliError::Misfit { .. } => "Correct this answer: the pack says what it may be.",
            CliError::SealedByUnit => {
                "Seal it with the unit's key first; then the superior signs the submission."
            }
            CliError::NotSound { status, .. } => match status {
                Status::UnknownPack => "Bring the pack that the form names by --pack.",
                _ => "Ask the unit to send the file again.",
            },
            CliError::NotAdded { error, .. } => match error {
                AddSignatureError::Signed => "Nothing is to be done.",
                AddSignatureError::Full => "Let the unit seal the form anew.",
            },
            CliError::NotTrusted { error, .. } => not_trusted(error).1,
            CliError::WhichKey { .. } => {
                "Look at `bontot trust list` and give the whole thumbprint (kid)."
            }
            CliError::NoSuchItem(_) => "Give the id of an item of this form, such as 2.08.",
            CliError::NoVerdict(_) => "Say by --set what the superior finds of it.",
            CliError::Lock { error, .. } => match error {
                LockError::WrongPassphrase => "Try again, or use a backup of the key.",
                _ => "Give a key file that `bontot key new` or the page has made.",
            },
            CliError::Passphrase(error) => match error {
                PassphraseError::Blank | PassphraseError::Short => {
                    "Choose a passphrase of several words."
                }
                PassphraseError::NotText => "Set it to UTF-8 text, or leave it unset to be asked.",
                PassphraseError::Differ => "Nothing was written. Run the command again.",
                PassphraseError::NoTerminal(_) => {
                    "Set BONTOT_PASSPHRASE, or run the command in a terminal."
                }
            },
            CliError::Entropy(_) => {
                "Without random bytes no safe key can be made. Nothing was written."
            }
            CliError::ClockBefore1970 | CliError::ClockOutOfRange => {
                "Set the clock of this machine."
            }
            CliError::Output(_) => "Check where standard output goes and whether there is room.",
            CliError::SealDoesNotVerify { .. } => {
                "Nothing was written. Shorten the form or report this as a defect of bontot."
            }
            CliError::Register(error) => error.advice(),
            CliError::PackFile(error) => return error.advice(),
            CliError::NothingToSample => "Check the pack with `bontot pack lint`.",
            CliError::FewSamples { .. } => {
                "Give a larger --count. A duplicate, and a superseded file, each need a sound one too."
            }
            CliError::SampleMisfit(_) => {
                "Report this as a defect of bontot, with the pack and the seed."
            }
        };
        fixed.to_owned()
    }
}

/// A read error, safe to print: member names in it are untrusted.
fn located(error: &ReadError) -> String {
    print::told(&error.to_string())
}

/// A pack in one line.
fn identity(pack: &PackRef) -> String {
    format!("{} {}, digest {}", pack.id, pack.version.as_str(), pack.digest)
}

/// Errors of the linter, counted, each on a line.
fn listed(findings: &[LintError]) -> String {
    let count = findings.len();
    let errors = if count == 1 { "error" } else { "errors" };
    let lines: String = findings.iter().map(|finding| format!("\n  {finding}")).collect();
    format!("{count} {errors}:{lines}")
}

/// Why a file has its status, safe to print.
fn after_colon(detail: &Option<Detail>) -> String {
    let detail = detail.as_ref().map(|detail| format!(": {}", print::told(&detail.to_string())));
    detail.unwrap_or_default()
}

fn not_added(file: &str, error: &AddSignatureError) -> String {
    match error {
        AddSignatureError::Signed => format!("this key has signed {file} already"),
        AddSignatureError::Full => format!("{file} has eight signatures, which is the most"),
    }
}

fn which_key(name: &str, found: usize) -> String {
    match found {
        0 => format!("no key of the list has the code or thumbprint {name}"),
        _ => format!("{found} keys of the list have the code {name}"),
    }
}

/// Why a key is not taken into a list, and what to do.
fn not_trusted(error: &TrustError) -> (String, &'static str) {
    match error {
        TrustError::Card(error) => (
            format!("the card is not signed by its own key: {error}"),
            "Ask the unit for its card once more.",
        ),
        TrustError::PartOfCode => (
            "the check code is not whole".to_owned(),
            "Ask for all sixteen signs, XXXX-XXXX-XXXX-XXXX: fewer can be those of another key.",
        ),
        TrustError::OtherCode => (
            "the check code is not that of this card".to_owned(),
            "Ask the person who holds the key again. If the code stays another one, the card is not that person's.",
        ),
        TrustError::Known(unit) => (
            format!("the key is in the list already, as {}", print::short(unit)),
            "Nothing is to be done.",
        ),
        TrustError::Revoked(day) => (
            format!("the key is in the list, revoked from {day} on"),
            "Ask the unit to make a new key and to send its card.",
        ),
    }
}

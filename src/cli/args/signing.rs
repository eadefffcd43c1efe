//! The arguments of the commands that keep keys and sign.

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};

use super::help::PACK_HELP;
use crate::form::AnswerVerdict;
use crate::value::{Date, Id};

/// What to do with a key.
#[derive(Clone, Debug, Subcommand)]
pub enum KeyCommand {
    /// Make a signing key and keep it locked by a passphrase
    #[command(
        after_help = "The passphrase is taken from BONTOT_PASSPHRASE or asked for twice; it has at least 10 characters.
Without it the key is lost: nobody can recover it. An existing file is never overwritten.

Examples:
  bontot key new --out cell.jwe"
    )]
    New {
        /// Where to keep the locked key
        #[arg(long, value_name = "K.jwe", value_hint = ValueHint::FilePath)]
        out: PathBuf,
    },
    /// Make the card that shows a public key, for the superior's trust list
    #[command(
        after_help = "The check code is read aloud or printed and compared before the key is trusted.

Examples:
  bontot key card cell.jwe --unit \"Chi bộ xóm Tân Sơn\" --out card.json"
    )]
    Card {
        /// Locked key
        #[arg(value_name = "K.jwe", value_hint = ValueHint::FilePath)]
        key: PathBuf,
        /// Name of the unit that the key belongs to
        #[arg(long, value_name = "NAME")]
        unit: Option<String>,
        /// Where to write the card; standard output without it
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        out: Option<PathBuf>,
        /// Overwrite an existing file
        #[arg(long, requires = "out")]
        force: bool,
    },
}

/// What to do with a trust list.
#[derive(Clone, Debug, Subcommand)]
pub enum TrustCommand {
    /// Add the key of a card, once its check code has been compared
    #[command(
        after_help = "Ask the person who holds the key for its check code, by telephone or on paper, and give all
sixteen signs here: only a key with just that code is added. The list is made where there is none.

A key counts only for the units that it is trusted for. Where it signs for another unit too, add the
card again with that name.

Examples:
  bontot trust add card.json --code TSD4-933E-95FD-F565 --trust trust.json
  bontot trust add card.json --code TSD4-933E-95FD-F565 --unit 'Chi bộ xóm Hai' --trust trust.json"
    )]
    Add {
        /// Key card; `-` is standard input
        #[arg(value_hint = ValueHint::FilePath)]
        card: PathBuf,
        /// The whole check code as the holder of the key said it
        #[arg(long, value_name = "XXXX-XXXX-XXXX-XXXX")]
        code: String,
        /// Name of the unit, in place of the one on the card
        #[arg(long, value_name = "NAME")]
        unit: Option<String>,
        /// Trust list to change
        #[arg(long, value_hint = ValueHint::FilePath)]
        trust: PathBuf,
    },
    /// Revoke a key from a day on: nothing that it signed is verified any more
    #[command(
        after_help = "Whoever stole a key states any time of signing, so the stated time does not help. A register that
received a file before that day keeps it.

Examples:
  bontot trust revoke TSD4-933E-95FD-F565 --from 2026-11-01 --trust trust.json"
    )]
    Revoke {
        /// Whole check code or thumbprint (kid) of the key
        key: String,
        /// Day from which on it is revoked
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        from: Date,
        /// Trust list to change
        #[arg(long, value_hint = ValueHint::FilePath)]
        trust: PathBuf,
    },
    /// Print the keys of a list: when each was added and revoked
    #[command(after_help = "Examples:
  bontot trust list --trust trust.json
  bontot trust list --trust trust.json --search 'Tân Sơn'")]
    List {
        /// Only keys whose unit, check code or thumbprint has this text in it
        #[arg(long, value_name = "TEXT")]
        search: Option<String>,
        /// Trust list
        #[arg(long, value_hint = ValueHint::FilePath)]
        trust: PathBuf,
        /// Print one JSON object per key instead of a table
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "a day is written YYYY-MM-DD".to_owned())
}

/// Arguments of `sign`.
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "The passphrase is taken from BONTOT_PASSPHRASE or asked for. Sealing raises the revision by one,
drops answers that do not belong to the unit's level and type, and computes the outcome.

Given a submission, it adds a signature over the same bytes, so that the check code stays: of a deputy
with --role unit, of the superior with --role superior. A file that is not sound is not signed.

Examples:
  bontot sign form.json --pack nghe-an-2024 --key cell.jwe --out .
  bontot sign - --pack nghe-an-2024 --key cell.jwe --out signed.json < form.json
  bontot sign signed.json --pack nghe-an-2024 --key deputy.jwe --role unit --out signed-twice.json"
)]
pub struct SignArgs {
    /// Assessment, or a submission to add a signature to; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub assessment: PathBuf,
    /// The pack that the form is filled by.
    #[arg(long, help = PACK_HELP, value_hint = ValueHint::FilePath)]
    pub pack: PathBuf,
    /// Locked key that signs
    #[arg(long, value_name = "K.jwe", value_hint = ValueHint::FilePath)]
    pub key: PathBuf,
    /// In which role the key signs; a form is always sealed by its unit
    #[arg(long, value_enum, default_value = "unit")]
    pub role: RoleArg,
    /// File to write, or a folder in which the file gets its usual name
    #[arg(long, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub out: PathBuf,
    /// Overwrite an existing file
    #[arg(long)]
    pub force: bool,
}

/// A role, as an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum RoleArg {
    /// The unit that assesses itself
    Unit,
    /// The superior that appraises
    Superior,
}

/// Arguments of `appraise`.
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "The submission is verified and its outcome recomputed first; one that is not sound is not appraised.
The passphrase is taken from BONTOT_PASSPHRASE or asked for. The unit opens the file in the page and
sees both columns side by side; a returned form is its next revision there.

Of several submissions each gets an appraisal of its own, in a folder, under a name that says whose
it is; --set and --remark then hold for all of them. Those that are not sound, or not of this
superior to appraise, are told and left out, with exit code 1.

Examples:
  bontot appraise form.json --key commune.jwe --decision recognised --out appraisal.json
  bontot appraise received/*.json --key commune.jwe --decision agreed --out answers
  bontot appraise form.json --key commune.jwe --decision returned --set 2.08=not_met \\
      --remark '2.08=Biên bản tháng 5 ghi 9 người' --note 'Đề nghị sửa mục 2.08' --out appraisal.json"
)]
pub struct AppraiseArgs {
    /// Submissions; `-` is standard input
    #[arg(required = true, value_name = "SUBMISSION", value_hint = ValueHint::FilePath)]
    pub submissions: Vec<PathBuf>,
    /// Locked key of the superior
    #[arg(long, value_name = "K.jwe", value_hint = ValueHint::FilePath)]
    pub key: PathBuf,
    /// What was decided
    #[arg(long, value_enum)]
    pub decision: DecisionArg,
    /// The superior's verdict of an item: met, not_met or not_applicable; may be given several times
    #[arg(long = "set", value_name = "ITEM=VERDICT", value_parser = verdict_of)]
    pub verdicts: Vec<(Id, AnswerVerdict)>,
    /// A remark on an item; may be given several times
    #[arg(long = "remark", value_name = "ITEM=TEXT", value_parser = remark_on)]
    pub remarks: Vec<(Id, String)>,
    /// A remark on the whole
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub note: String,
    /// The day of the decision; today without it
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub date: Option<Date>,
    /// A pack file to know beside the built-in packs; may be given several times
    #[arg(long = "pack", value_name = "PACK", value_hint = ValueHint::FilePath)]
    pub packs: Vec<PathBuf>,
    /// File to write; for several submissions a folder, which is made where it does not exist
    #[arg(long, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub out: PathBuf,
    /// Overwrite an existing file
    #[arg(long)]
    pub force: bool,
}

/// A decision, as an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum DecisionArg {
    /// As the unit assessed itself
    Agreed,
    /// To be mended and sent again
    Returned,
    /// Recognised
    Recognised,
    /// Not recognised
    NotRecognised,
}

fn of_item(text: &str) -> Result<(Id, &str), String> {
    text.split_once('=')
        .and_then(|(item, said)| Some((Id::new(item)?, said)))
        .ok_or_else(|| "write the id of the item, `=` and what is said of it".to_owned())
}

fn verdict_of(text: &str) -> Result<(Id, AnswerVerdict), String> {
    let (item, word) = of_item(text)?;
    match AnswerVerdict::from_word(word) {
        Some(verdict) => Ok((item, verdict)),
        None => Err("a verdict is met, not_met or not_applicable".to_owned()),
    }
}

fn remark_on(text: &str) -> Result<(Id, String), String> {
    of_item(text).map(|(item, remark)| (item, remark.to_owned()))
}

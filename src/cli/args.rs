//! The arguments of every command, and its help.

mod help;
mod packs;
mod register;
mod signing;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueHint};

use help::PACK_HELP;
pub use packs::{DiffArgs, ImportArgs, NewArgs, PublishArgs};
pub use register::{LangArg, ReceiveArgs, RegisterArgs, ReportArgs};
pub use signing::{AppraiseArgs, DecisionArg, KeyCommand, RoleArg, SignArgs, TrustCommand};

/// Score, plan, sign and verify self-assessments of four-good party cells.
///
/// A self-assessment is judged by a criteria pack: a JSON file, or one that is built in. The same
/// pack and the same answers give the same outcome here, in the page and everywhere else.
///
/// Results go to standard output, messages to standard error. Exit codes: 0 all is well, 1 something
/// was found wrong with the input, 2 the command was called wrongly.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "bontot",
    version,
    max_term_width = 100,
    after_help = "Examples:
  bontot sample --pack nghe-an-2024 --count 20 --out rehearsal
  bontot verify rehearsal/*.json
  bontot help score"
)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// One command.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Print the outcome of a form by the rules of its pack
    Score(ScoreArgs),
    /// Say what it would still take for a form to be eligible
    Plan(PlanArgs),
    /// Receive signed files and say what is sound
    Verify(VerifyArgs),
    /// Receive folders, archives and pictures into one register, with totals
    Register(RegisterArgs),
    /// Receive a stream of files, one a line, and print a receipt for each
    Receive(ReceiveArgs),
    /// Sum a register up in one page that prints
    Report(ReportArgs),
    /// Make, check, compare and publish criteria packs
    Pack {
        /// What to do with it.
        #[command(subcommand)]
        command: PackFileCommand,
    },
    /// Make a signing key, or a card that shows it
    Key {
        /// What to do with it.
        #[command(subcommand)]
        command: KeyCommand,
    },
    /// Keep the list of the keys that people have compared
    Trust {
        /// What to do with it.
        #[command(subcommand)]
        command: TrustCommand,
    },
    /// Seal a form: compute its outcome and sign both; or add a signature to a sealed one
    Sign(SignArgs),
    /// Sign what a superior says of a submission
    Appraise(AppraiseArgs),
    /// Make realistic signed files for rehearsals and load tests
    Sample(SampleArgs),
    /// Print the JSON Schema (2020-12) of a file format
    Schema(SchemaArgs),
    /// Print the completion script of a shell
    Completions(CompletionsArgs),
    /// Print what the pages of a PDF on standard input show, for `register`
    #[command(hide = true)]
    PdfPages,
}

/// Arguments of `score`.
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "The signatures of a submission are not looked at here: `bontot verify` does that.

Examples:
  bontot score form.json --pack nghe-an-2024
  bontot score - --pack my-pack.json < form.json"
)]
pub struct ScoreArgs {
    /// Assessment or submission; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub assessment: PathBuf,
    /// The pack that the form is filled by.
    #[arg(long, help = PACK_HELP, value_hint = ValueHint::FilePath)]
    pub pack: PathBuf,
}

/// Arguments of `plan`.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  bontot plan form.json --pack nghe-an-2024
  bontot plan form.json --pack nghe-an-2024 --json")]
pub struct PlanArgs {
    /// Assessment or submission; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub assessment: PathBuf,
    /// The pack that the form is filled by.
    #[arg(long, help = PACK_HELP, value_hint = ValueHint::FilePath)]
    pub pack: PathBuf,
    /// Print one JSON object instead of sentences
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `verify`.
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "Each file gets one status: verified, unknown_key (sound, but the key is in no trust list, is revoked,
or is trusted for other units), malformed, bad_signature, unknown_pack, outcome_differs, superseded,
duplicate, or conflict (files that contradict each other: a person decides).
Exit code 1 where any file is neither verified nor unknown_key. A bad file never stops the others.

Examples:
  bontot verify received/*.json --trust trust.json
  bontot verify form.json --pack my-pack.json --json"
)]
pub struct VerifyArgs {
    /// Submissions; `-` is standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// A pack file to know beside the built-in packs; may be given several times
    #[arg(long = "pack", value_name = "PACK", value_hint = ValueHint::FilePath)]
    pub packs: Vec<PathBuf>,
    /// Trust list: the keys that people have compared
    #[arg(long, value_hint = ValueHint::FilePath)]
    pub trust: Option<PathBuf>,
    /// Print one JSON object per file instead of a table
    #[arg(long)]
    pub json: bool,
}

/// What to do with packs and their files.
#[derive(Clone, Debug, Subcommand)]
pub enum PackFileCommand {
    /// What only looks at a pack.
    #[command(flatten)]
    Look(PackCommand),
    /// Make a small pack to begin with, or a copy of another one
    New(NewArgs),
    /// Make a pack of a table of criteria, and say what is doubtful
    Import(ImportArgs),
    /// Say what changed between two packs
    Diff(DiffArgs),
    /// Sign a pack, for the units that are to take it
    Publish(PublishArgs),
}

/// What to do with a pack.
#[derive(Clone, Debug, Subcommand)]
pub enum PackCommand {
    /// Check a pack: every error with its place
    #[command(after_help = "Examples:
  bontot pack lint my-pack.json
  bontot pack lint my-pack.json --explain --clauses clauses.txt
  bontot pack lint nghe-an-2024")]
    Lint(LintArgs),
    /// Print the digest that identifies a pack
    #[command(
        after_help = "The digest is SHA-256 of the canonical bytes (RFC 8785): layout does not change it.

Examples:
  bontot pack digest my-pack.json
  bontot pack digest nghe-an-2024"
    )]
    Digest {
        /// The pack.
        #[arg(help = "Id of a built-in pack, or a pack file; `-` is standard input", value_hint = ValueHint::FilePath)]
        pack: PathBuf,
    },
    /// Print a built-in pack as it is, to start an own one from
    #[command(after_help = "Examples:
  bontot pack show nghe-an-2024
  bontot pack show sinh-hoat-hd42 > my-pack.json")]
    Show {
        /// Id of a built-in pack
        id: String,
    },
}

/// Arguments of `pack lint`.
#[derive(Clone, Debug, clap::Args)]
pub struct LintArgs {
    /// The pack.
    #[arg(help = "Id of a built-in pack, or a pack file; `-` is standard input", value_hint = ValueHint::FilePath)]
    pub pack: PathBuf,
    /// Say also what is most likely not meant, and what choices cost
    #[arg(long)]
    pub explain: bool,
    /// A text file with one clause of the sources a line: say which items cover each
    #[arg(long, requires = "explain", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub clauses: Option<PathBuf>,
    /// Print one JSON object per finding
    #[arg(long, requires = "explain")]
    pub json: bool,
}

/// Arguments of `sample`.
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "Units, numbers and words are made up, and every unit has its own key. The same pack, seed and
count give the same files, byte for byte, on every machine; a larger count begins with the same files.

With --faults some of the files are not as they should be, the same ones for the same pack, seed
and count: forged, altered (another verdict than the rules give), unknown_key, revoked, duplicate,
superseded, conflict, wrong_pack, malformed (cut short), newer (of a later format); or all; each
with a count or a share of --count. The keys that a receiver trusts are then listed beside the
folder, in DIR-trust-1.json and so on, and it is printed how many files have each fault.

Examples:
  bontot sample --pack nghe-an-2024 --count 50 --out rehearsal
  bontot sample --pack nghe-an-2024 --count 1000 --faults all=1%,conflict=4 --out faulty
  bontot sample --pack my-pack.json --count 1000 --seed 7 --out load-test"
)]
pub struct SampleArgs {
    /// The pack that the forms are filled by.
    #[arg(long, help = PACK_HELP, value_hint = ValueHint::FilePath)]
    pub pack: PathBuf,
    /// How many files to make
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub count: u64,
    /// What the chance starts from
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// What is wrong with some of the files
    #[arg(long, value_name = "FAULT=SHARE,...")]
    pub faults: Option<super::sample::Faults>,
    /// Folder for the files; made where it does not exist, and no other file in it is overwritten
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: PathBuf,
}

/// Arguments of `schema`.
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "A schema states shape and limits. What only the whole of a file shows (references, signatures,
depth of rules) is for `bontot pack lint` and `bontot verify`.

Examples:
  bontot schema pack > pack.schema.json
  bontot schema bontot.submission/1"
)]
pub struct SchemaArgs {
    /// The format, in short or in full, such as `bontot.pack/1`
    #[arg(value_name = "NAME", hide_possible_values = false)]
    pub format: super::schema::Format,
}

/// Arguments of `completions`.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  bontot completions bash > ~/.local/share/bash-completion/completions/bontot")]
pub struct CompletionsArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}

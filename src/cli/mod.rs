//! The command-line tool `bontot` (spec s. 7): arguments in, results and an exit code out.
//!
//! Results stand on standard output, everything said to a person on standard error. This module
//! tree is the only place of the library, beside the page, that knows files, a clock and entropy.

mod appraise;
mod args;
mod completions;
mod entropy;
mod error;
mod files;
mod forms;
mod keys;
mod packs;
mod passphrase;
mod plan;
mod print;
pub mod sample;
pub mod schema;
mod score;
mod sign;
mod time;
mod trust;
mod verify;

use std::process::ExitCode;

use clap::Parser;

pub use args::{Args, Command, KeyCommand, PackCommand, TrustCommand};
pub use error::{CliError, PassphraseError};

/// How a command ended that ran to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All is well.
    Well,
    /// Something was found wrong with the input.
    Wrong,
}

/// Runs the tool with the arguments of the process. A usage error ends the process with 2.
pub fn main() -> ExitCode {
    match run(Args::parse().command) {
        Ok(Ending::Well) => ExitCode::SUCCESS,
        Ok(Ending::Wrong) => ExitCode::from(1),
        Err(error) => {
            print::tell(&error.message());
            ExitCode::from(1)
        }
    }
}

/// Runs one command.
///
/// # Errors
/// The command could not do what was asked.
pub fn run(command: Command) -> Result<Ending, CliError> {
    match command {
        Command::Score(args) => score::run(&args),
        Command::Plan(args) => plan::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Pack { command } => packs::run(&command),
        Command::Key { command } => keys::run(&command),
        Command::Trust { command } => trust::run(&command),
        Command::Sign(args) => sign::run(&args),
        Command::Appraise(args) => appraise::run(&args),
        Command::Sample(args) => sample::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => completions::run(&args),
    }
}

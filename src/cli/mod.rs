//! The command-line tool `bontot` (spec s. 7): arguments in, results and an exit code out.
//!
//! Results go to standard output, messages to standard error. Beside the page, only this room of the
//! library uses files, a clock, threads and entropy.

mod advise;
mod appraise;
mod args;
mod completions;
mod ending;
mod entropy;
mod error;
mod files;
mod forms;
mod keys;
mod known;
mod pack_files;
mod packs;
mod passphrase;
mod plan;
mod print;
mod reason;
mod receive;
mod register;
mod report;
pub mod sample;
pub mod schema;
mod score;
mod sign;
mod spread;
mod time;
mod trust;
mod verify;

use std::process::ExitCode;

use clap::Parser;

pub use args::{Args, Command, KeyCommand, PackCommand, PackFileCommand, TrustCommand};
pub use ending::Ending;
pub use error::{CliError, PassphraseError};
pub use pack_files::PackFileError;
pub use register::RegisterError;

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
/// The command failed.
pub fn run(command: Command) -> Result<Ending, CliError> {
    match command {
        Command::Score(args) => score::run(&args),
        Command::Plan(args) => plan::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Register(args) => register::run(&args),
        Command::Receive(args) => receive::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Pack { command } => pack_files::run(&command),
        Command::Key { command } => keys::run(&command),
        Command::Trust { command } => trust::run(&command),
        Command::Sign(args) => sign::run(&args),
        Command::Appraise(args) => appraise::run(&args),
        Command::Sample(args) => sample::run(&args),
        Command::Schema(args) => schema::run(args.format),
        Command::Completions(args) => completions::run(&args),
        Command::PdfPages => register::print_pages(),
    }
}

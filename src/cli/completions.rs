//! `completions`: the script that completes arguments in a shell.

use clap::CommandFactory;

use crate::cli::args::CompletionsArgs;
use crate::cli::{Args, CliError, Ending, print};

/// Prints the script.
pub(super) fn run(args: &CompletionsArgs) -> Result<Ending, CliError> {
    // Into memory first: the generator panics where it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "bontot", &mut script);
    print::bytes(&script)?;
    Ok(Ending::Well)
}

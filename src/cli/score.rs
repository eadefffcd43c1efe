//! `score`: the outcome of a form.

use crate::cli::args::ScoreArgs;
use crate::cli::{CliError, Ending, forms, print};
use crate::json::to_canonical;
use crate::rules;

/// Prints the outcome, canonical JSON and a newline.
pub(super) fn run(args: &ScoreArgs) -> Result<Ending, CliError> {
    let (given, pack) = forms::load(&args.assessment, &args.pack)?;
    print::line(&to_canonical(&rules::outcome(&pack, &given.form)))?;
    Ok(Ending::Well)
}

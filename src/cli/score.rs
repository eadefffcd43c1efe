//! `score`: the outcome of a form.

use crate::cli::args::ScoreArgs;
use crate::cli::{CliError, Ending, forms, packs, print};
use crate::json::to_canonical;
use crate::rules;

/// Prints the outcome, canonical JSON and a newline.
pub(super) fn run(args: &ScoreArgs) -> Result<Ending, CliError> {
    let pack = packs::load(&args.pack)?;
    let form = forms::load(&args.assessment, &pack)?.form;
    print::line(&to_canonical(&rules::outcome(&pack, &form)))?;
    Ok(Ending::Well)
}

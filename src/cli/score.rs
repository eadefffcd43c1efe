//! `score`: the outcome of a form.

use crate::cli::args::ScoreArgs;
use crate::cli::forms::{self, Source};
use crate::cli::{CliError, Ending, packs, print};
use crate::json::{Write, canonical};
use crate::rules;

/// Prints the outcome, canonical JSON and a newline.
pub(super) fn run(args: &ScoreArgs) -> Result<Ending, CliError> {
    let pack = packs::load(&args.pack)?;
    let form = forms::load(&args.assessment, Source::AssessmentOrSubmission, &pack)?;
    print::line(&canonical(&rules::outcome(&pack, &form).write()))?;
    Ok(Ending::Well)
}

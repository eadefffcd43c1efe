//! Forms from files, and whether they fit the pack that was given.

use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use crate::cli::{CliError, files};
use crate::form::{Assessment, check};
use crate::json::{FILE_LIMIT, Json, Read, parse};
use crate::pack::Pack;
use crate::seal::Submission;

const SUBMISSION: &str = "bontot.submission/1";

/// Which files a command takes a form from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// An assessment only.
    Assessment,
    /// An assessment, or the one in a submission.
    AssessmentOrSubmission,
}

/// Reads a form and checks that it belongs to the pack and that its answers fit.
///
/// # Errors
/// It cannot be read, names another pack, or has an answer that the pack does not allow.
pub(super) fn load(path: &Path, source: Source, pack: &Pack) -> Result<Assessment, CliError> {
    let form = read(path, source)?;
    let given = pack.reference();
    if form.pack != given {
        return Err(CliError::OtherPack {
            stated: Box::new(form.pack),
            given: Box::new(given),
        });
    }
    check(pack, &form).map_err(|error| CliError::Misfit {
        file: files::name(path),
        error,
    })?;
    Ok(form)
}

fn read(path: &Path, source: Source) -> Result<Assessment, CliError> {
    let refused = |error| CliError::NotThisFormat {
        file: files::name(path),
        wanted: match source {
            Source::Assessment => "an assessment (bontot.assessment/1)",
            Source::AssessmentOrSubmission => {
                "an assessment (bontot.assessment/1) or a submission (bontot.submission/1)"
            }
        },
        error,
    };
    let json = parse(&files::read(path, FILE_LIMIT)?, FILE_LIMIT).map_err(refused)?;
    let is_submission = json.get("format").and_then(Json::as_text) == Some(SUBMISSION);
    match (is_submission, source) {
        (false, _) => Assessment::read(&json).map_err(refused),
        (true, Source::Assessment) => Err(CliError::AlreadySealed {
            file: files::name(path),
        }),
        (true, Source::AssessmentOrSubmission) => Submission::read(&json)
            .map(|submission| submission.assessment().clone())
            .map_err(refused),
    }
}

/// A text as it enters (spec s. 1): NFC, trimmed.
pub(super) fn normal(text: &str) -> String {
    text.trim().nfc().collect()
}

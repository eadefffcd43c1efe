//! Reads forms from files and checks them against the given pack.

use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use crate::cli::{CliError, files, packs};
use crate::form::{Assessment, check};
use crate::json::{FILE_LIMIT, Json, from_json, parse};
use crate::pack::Pack;
use crate::seal::Submission;
use crate::value::trim;

const SUBMISSION: &str = "bontot.submission/1";

/// A form, and the submission that contained it.
pub(super) struct Given {
    /// The form.
    pub(super) form: Assessment,
    /// The submission, if the file was one.
    pub(super) sealed: Option<Submission>,
}

/// Reads a form and its pack, by id or file; checks that the form names the pack and that its answers fit.
pub(super) fn load(path: &Path, pack: &Path) -> Result<(Given, Pack), CliError> {
    if files::is_stdin(path) && files::is_stdin(pack) {
        return Err(CliError::StdinTwice);
    }
    let given = read(path)?;
    let form = &given.form;
    let pack = packs::load_for(pack, &form.pack)?;
    let reference = pack.reference();
    if form.pack != reference {
        return Err(CliError::OtherPack {
            stated: Box::new(form.pack.clone()),
            given: Box::new(reference),
        });
    }
    check(&pack, form).map_err(|error| CliError::Misfit { file: files::name(path), error })?;
    Ok((given, pack))
}

fn read(path: &Path) -> Result<Given, CliError> {
    let wanted = "an assessment (bontot.assessment/1) or a submission (bontot.submission/1)";
    let refused = CliError::not_this_format(path, wanted);
    let json = parse(&files::read(path, FILE_LIMIT)?, FILE_LIMIT).map_err(&refused)?;
    if json.get("format").and_then(Json::as_text) != Some(SUBMISSION) {
        let form = from_json(&json).map_err(&refused)?;
        return Ok(Given { form, sealed: None });
    }
    let submission = Submission::from_json(&json).map_err(&refused)?;
    Ok(Given { form: submission.assessment().clone(), sealed: Some(submission) })
}

/// A text in NFC, trimmed (spec s. 1).
pub(super) fn normal(text: &str) -> String {
    trim(text).nfc().collect()
}

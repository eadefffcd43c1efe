//! `sign`: seals a form, or adds a signature, and verifies the result.

use std::path::PathBuf;

use crate::cli::args::{RoleArg, SignArgs};
use crate::cli::files::{Existing, Readers};
use crate::cli::{CliError, Ending, files, forms, keys, packs, print, time};
use crate::desk::{Detail, Status, TrustList, receive};
use crate::pack::Pack;
use crate::pack::catalog::Catalog;
use crate::seal::{Role, Submission, Verified, seal};
use crate::value::Instant;

/// Seals the form, or adds a signature to a sealed one, and writes it.
pub(super) fn run(args: &SignArgs) -> Result<Ending, CliError> {
    let (given, pack) = forms::load(&args.assessment, &args.pack)?;
    let file = files::name(&args.assessment);
    let now = time::now()?;
    let submission = match given.sealed {
        Some(sealed) => add(args, &pack, sealed, file, now)?,
        None if args.role == RoleArg::Superior => return Err(CliError::SealedByUnit),
        None => {
            let mut form = given.form;
            form.normalize(forms::normal);
            seal(&pack, &form, &keys::open(&args.key)?, now)
        }
    };
    let text = submission.to_text();
    let verdict = read_back(&submission, pack)?;
    let out = target(&args.out, &submission);
    files::write(&out, text.as_bytes(), Existing::by_force(args.force), Readers::Usual)?;
    print::line(&format!("file        {}", files::name(&out)))?;
    print::line(&format!("usual name  {}", submission.file_name()))?;
    print::line(&format!("check code  {}", submission.check_code()))?;
    print::line(&format!("verdict     {verdict}"))?;
    if let Ok(verified) = submission.verify() {
        for signer in verified.signers() {
            let (code, role) = (signer.key.check_code(), signer.role.as_str());
            print::line(&format!("signed by   {code} {role} {}", signer.issued))?;
        }
    }
    Ok(Ending::Well)
}

/// Adds a signature to a submission that is sound.
fn add(
    args: &SignArgs,
    pack: &Pack,
    sealed: Submission,
    file: String,
    now: Instant,
) -> Result<Submission, CliError> {
    let role = match args.role {
        RoleArg::Unit => Role::Unit,
        RoleArg::Superior => Role::Superior,
    };
    let mut catalog = packs::built_in()?;
    catalog.add(pack.clone());
    let verified = sound(sealed, &catalog, file.clone())?;
    let key = keys::open(&args.key)?;
    verified.add(&key, role, now).map_err(|error| CliError::NotAdded { file, error })
}

/// Verifies that a submission is sound.
pub(super) fn sound(
    submission: Submission,
    packs: &Catalog,
    file: String,
) -> Result<Verified<Submission>, CliError> {
    let receipt = receive(submission.to_text().as_bytes(), packs, &TrustList::default());
    let unsound = |detail| CliError::NotSound { file, status: receipt.status, detail };
    if !receipt.status.is_sound() {
        return Err(unsound(receipt.detail));
    }
    submission.verify().map_err(|error| unsound(Some(Detail::Signature(error))))
}

/// The output file; in a folder it gets its usual name.
fn target(out: &std::path::Path, submission: &Submission) -> PathBuf {
    if out.is_dir() { out.join(submission.file_name()) } else { out.to_owned() }
}

/// Checks the new file as its receiver will; returns the verdict.
fn read_back(submission: &Submission, pack: Pack) -> Result<String, CliError> {
    let mut catalog = packs::built_in()?;
    catalog.add(pack);
    let text = submission.to_text();
    let receipt = receive(text.as_bytes(), &catalog, &TrustList::default());
    match (receipt.status, receipt.received) {
        (Status::UnknownKey, Some(received)) => Ok(received.verdict),
        (status, _) => Err(CliError::SealDoesNotVerify { status, detail: receipt.detail }),
    }
}

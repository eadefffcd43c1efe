//! `sign`: seals a form and makes sure that what it wrote can be received.

use std::path::PathBuf;

use crate::cli::args::SignArgs;
use crate::cli::files::{Existing, Readers};
use crate::cli::forms::{self, Source};
use crate::cli::{CliError, Ending, files, keys, packs, print, time};
use crate::desk::{Status, TrustList, TrustedKey, receive};
use crate::pack::Pack;
use crate::seal::{PublicKey, Submission, seal};
use crate::value::Instant;

/// Seals the form and writes it.
pub(super) fn run(args: &SignArgs) -> Result<Ending, CliError> {
    let pack = packs::load(&args.pack)?;
    let mut form = forms::load(&args.assessment, Source::Assessment, &pack)?;
    form.normalise(forms::normal);
    let now = time::now()?;
    let key = keys::open(&args.key)?;
    let submission = seal(&pack, &form, &key, now);
    let text = submission.to_text();
    let verdict = read_back(text.as_bytes(), pack, key.public(), now)?;
    let out = target(&args.out, &submission);
    files::write(
        &out,
        text.as_bytes(),
        Existing::by_force(args.force),
        Readers::Usual,
    )?;
    print::line(&format!("file        {}", files::name(&out)))?;
    print::line(&format!("usual name  {}", submission.file_name()))?;
    print::line(&format!("check code  {}", submission.check_code()))?;
    print::line(&format!("verdict     {verdict}"))?;
    Ok(Ending::Well)
}

/// The file itself, or the usual name in a folder.
fn target(out: &std::path::Path, submission: &Submission) -> PathBuf {
    if out.is_dir() {
        out.join(submission.file_name())
    } else {
        out.to_owned()
    }
}

/// Receives the bytes that are about to be written, as the superior will; gives the verdict.
fn read_back(bytes: &[u8], pack: Pack, key: PublicKey, now: Instant) -> Result<String, CliError> {
    let mut catalog = packs::built_in()?;
    catalog.add(pack);
    let trust = TrustList {
        keys: vec![TrustedKey {
            key,
            unit: String::new(),
            added: now.date(),
            revoked: None,
        }],
    };
    let receipt = receive(bytes, &catalog, &trust);
    match (receipt.status, receipt.received) {
        (Status::Verified, Some(received)) => Ok(received.verdict),
        (status, _) => Err(CliError::SealDoesNotVerify {
            status,
            detail: receipt.detail,
        }),
    }
}

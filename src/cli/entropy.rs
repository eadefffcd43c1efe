//! Random bytes of the operating system.

use std::fs::File;
use std::io::Read;

use zeroize::Zeroizing;

use crate::cli::CliError;

/// `N` random bytes, wiped when dropped.
///
/// # Errors
/// The operating system gives none.
pub(super) fn entropy<const N: usize>() -> Result<Zeroizing<[u8; N]>, CliError> {
    let mut bytes = Zeroizing::new([0; N]);
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(bytes.as_mut()))
        .map_err(CliError::Entropy)?;
    Ok(bytes)
}

//! Random bytes of the operating system.

use zeroize::Zeroizing;

use crate::cli::CliError;

/// `N` random bytes, wiped when dropped.
pub(super) fn entropy<const N: usize>() -> Result<Zeroizing<[u8; N]>, CliError> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(bytes.as_mut()).map_err(|error| CliError::Entropy(error.into()))?;
    Ok(bytes)
}

//! Random values: the only place that asks the host for them.

use zeroize::Zeroizing;

use crate::device::{Host, NoEntropy};
use crate::value::AssessmentId;

/// A new random id of a form.
///
/// # Errors
/// The device has no source of random bytes.
pub fn new_id(host: &impl Host) -> Result<AssessmentId, NoEntropy> {
    Ok(AssessmentId::from_bits(**random(host)?))
}

/// Random bytes for keys and locks, wiped when dropped. They are made where they stay: moving them leaves no copy.
pub(super) fn random<const N: usize>(
    host: &impl Host,
) -> Result<Box<Zeroizing<[u8; N]>>, NoEntropy> {
    let mut bytes = Box::new(Zeroizing::new([0; N]));
    host.random(&mut **bytes)?;
    Ok(bytes)
}

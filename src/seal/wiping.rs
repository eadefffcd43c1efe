//! Wiping the stack. What is moved or computed on it stays there after its function has returned, until something else is
//! written over it; a value that wipes itself when it is dropped does not know of these copies.

use std::hint::black_box;

use zeroize::Zeroize;

/// Bytes of the stack below a call that are wiped: more than Ed25519 and the ciphers take.
const DEPTH: usize = 16 << 10;

/// Runs work with a secret one call deeper and wipes the part of the stack that it used. Its result may point to a
/// secret but must not hold one, since it is moved.
pub(super) fn wiping<T>(work: impl FnOnce() -> T) -> T {
    let done = deeper(work);
    wipe_below();
    done
}

#[inline(never)]
fn deeper<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[inline(never)]
fn wipe_below() {
    let mut room = [0u8; DEPTH];
    room.zeroize();
    black_box(&mut room);
}

//! What the page's workers do, which are off its main thread: each entry point in `src/bin` puts one of these together.

#[cfg(feature = "archive")]
pub mod desk;
#[cfg(all(feature = "archive", feature = "listen"))]
pub mod disk;
#[cfg(feature = "listen")]
pub mod listen;
#[cfg(feature = "sheets")]
pub mod sheets;

//! ZIP archives: read within limits (`Archive`, natively), and written; what is only stored is written without a library, so that
//! the page needs none.

#[cfg(feature = "archive")]
pub mod answers;
#[cfg(feature = "archive")]
pub mod bag;
#[cfg(feature = "archive")]
mod read;
pub mod stored;

#[cfg(feature = "archive")]
pub use read::{Archive, ENTRY, Entry, PICTURE_LIMIT, is_pdf, is_picture};

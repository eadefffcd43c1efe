//! The self-check link (spec s. 6): a form in some hundred characters, for whoever wants to try the same rules.

mod coder;
mod link;
mod speech;
mod walk;

pub use link::{LINK_LIMIT, LinkError, Linked, PLACEHOLDER, Texts, link, open_link};

//! The browser: the only module of the page with `web_sys` and `js_sys`. It is independent of the page's state: it
//! returns values and takes callbacks.
//!
//! Dropping the handle of a listener or timer ends it; `forget` keeps it as long as the page lives.

mod blob;
mod browser;
pub mod camera;
mod canvas;
pub mod channel;
mod clipboard;
mod clock;
mod console;
mod crypto;
pub mod desk_worker;
mod document;
mod double_click;
mod dropped;
mod entropy;
mod events;
mod files;
mod focus;
mod inputs;
mod keys;
mod launch;
mod location;
pub mod locks;
mod messenger;
mod navigator;
pub mod pdf_worker;
pub mod picture;
mod print;
pub mod quota;
pub mod service_worker;
pub mod settings;
mod share;
pub mod storage;
mod style;
mod text;
mod timers;
pub mod worker;

pub use self::print::{can_number_pages, number_pages, plain_pages, print};
pub use blob::{ObjectUrl, Pieces, as_jpeg};
pub use browser::Browser;
pub use canvas::draw_squares;
pub use clipboard::copy;
pub use clock::{local, local_text, millis, monotonic, now, today};
pub use console::report;
pub use crypto::{derive, derive_in_steps};
pub use document::{
    element, height_of, is_visible, remove_boot_page, scroll, scroll_soon, scrolled, set_document,
};
pub use double_click::stop_stray_clicks;
pub use dropped::{Dropped, accept_drop, dropped};
pub use entropy::{entropy, fill_random};
pub use events::{Event, Listener, on, on_leaving, on_undo_keys};
pub use files::{
    File, buffers, chosen_files, download, download_bytes, file_of, file_of_bytes, file_of_text,
    length_of, path_of, read_file,
};
pub use focus::{focus_quietly, focus_soon, focused, follow_focus};
pub use inputs::{open_calendar, set_input, type_text};
pub use keys::{focus_after, on_form_keys};
pub use launch::on_launch_with_files;
pub use location::{
    address, fragment, go, is_file, is_secure, keep_scrolling, push_fragment, reload,
    replace_fragment,
};
pub use share::{can_send, can_share, send, share};
pub use style::add_style;
pub use text::{lower_case, normal, overflows, put_back};
pub use timers::{Timer, later, pause, spawn_local, timer, yield_now};

use console::attempted;
use document::document;

/// The window; always present in a page.
fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

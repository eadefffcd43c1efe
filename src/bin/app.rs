//! The page's door: mounts it. Everything else is in the library.

fn main() {
    bon_tot::app::start();
}

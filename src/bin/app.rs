//! The page. Everything is in the library.

fn main() {
    bon_tot::app::start();
}

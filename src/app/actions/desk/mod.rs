//! The desk: what was received, read into its list; files that come; the register written to a file.

mod appraise;
mod documents;
mod exports;
mod intake;
mod kept;
pub mod overview;
pub mod papers;
pub mod practices;
mod shared;
pub mod units;

pub use appraise::{
    OpinionFault, decide_selected, drop_answer, forget_draft, note_draft, read_draft, save_answers,
    sign,
};
pub use exports::{export, export_bag, export_workbook};
use intake::take_named;
pub use intake::{stop, take_chosen, take_dropped};
pub use shared::Desk;

use std::cell::OnceCell;
use std::rc::Rc;

use crate::app::actions::App;
use crate::app::state::signals::SetIfChanged;
use shared::Failed;

thread_local! {
    static DESK: OnceCell<Rc<Desk>> = const { OnceCell::new() };
}

/// The desk.
pub fn desk(app: App) -> Rc<Desk> {
    DESK.with(|desk| desk.get_or_init(|| Rc::new(Desk::new(app))).clone())
}

/// Reads what was received, unless it is being read; then what came before its key was trusted is received once more.
pub async fn open(desk: Rc<Desk>) {
    if desk.reads.replace(true) {
        return;
    }
    desk.state.fault.set_if_changed(None);
    let mut looked = desk.look().await;
    if matches!(looked, Err(Failed::Store(_))) && desk.app.state.keeps() {
        if let Err(Failed::Store(error)) = looked {
            desk.app.fall_back(error);
        }
        desk.book.take();
        looked = desk.look().await;
    }
    desk.reads.set(false);
    let again = match looked {
        Ok(()) => desk.trusted_since().await,
        Err(failed) => Err(failed),
    };
    match again {
        Ok(files) if !files.is_empty() => take_named(desk, files).await,
        Ok(_) => {}
        Err(failed) => {
            desk.book.take();
            desk.fail(failed);
        }
    }
}

/// Takes a file out of the register.
pub async fn take_back(desk: Rc<Desk>, key: String) {
    match desk.app.device.take_back(&[key]).await {
        Ok(()) => {
            desk.state.chosen.set_if_changed(None);
            // What it replaced may count again: the list is read anew.
            desk.book.take();
            open(desk).await;
        }
        Err(error) => desk.fail(error.into()),
    }
}

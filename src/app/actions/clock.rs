//! Readings of the clock of the device.

use crate::app::actions::App;
use crate::app::actions::chunks::Work;
use crate::app::host;
use crate::app::state::notice::Notice;

/// Reads the clock, and shows a notice if it has moved by more than a day.
pub(super) async fn look(app: App) {
    match app.device.read_clock().await {
        Ok(None) => {}
        Ok(Some(moved)) => app.tell(Notice::ClockMoved(moved)),
        // Deleted forms are then kept for longer; a full or refused storage is shown elsewhere.
        Err(_) => host::report(&"clock".into()),
    }
}

/// Reads the clock, and tells of a move, for the first chunk.
pub fn look_later(app: App) -> Work {
    Box::pin(look(app))
}

//! What the page adds to the signals of Leptos.

use leptos::prelude::*;

/// Setting a signal only where the value differs, so that nothing is redrawn for a value that was there before.
pub trait SetIfChanged<T> {
    /// Sets the value; notifies where it differs.
    fn set_if_changed(&self, value: T);
}

impl<T: PartialEq + 'static> SetIfChanged<T> for ArcRwSignal<T> {
    fn set_if_changed(&self, value: T) {
        self.maybe_update(|own| {
            let differs = *own != value;
            if differs {
                *own = value;
            }
            differs
        });
    }
}

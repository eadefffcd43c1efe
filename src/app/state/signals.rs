//! Extensions of Leptos signals.

use leptos::prelude::*;

/// Sets a signal only if the value differs, to avoid needless redraws.
pub trait SetIfChanged<T> {
    /// Sets the value and notifies if it differs.
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

//! Extensions of Leptos signals.

use std::ops::Deref;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::reactive::computed::ArcMemo;
use leptos::reactive::graph::{AnySubscriber, Subscriber, ToAnySubscriber};
use send_wrapper::SendWrapper;

/// A memo of views: it unsubscribes from its signals with its last handle.
/// Leptos keeps the subscription of a memo that is gone until each signal next changes, which some never do.
pub struct ViewMemo<T: Send + Sync + 'static> {
    // Dropped before the memo, which only then can still unsubscribe.
    leaves: Rc<Leaves>,
    memo: ArcMemo<T>,
}

struct Leaves(AnySubscriber);

impl Drop for Leaves {
    fn drop(&mut self) {
        self.0.clear_sources(&self.0);
    }
}

impl<T: Send + Sync> Clone for ViewMemo<T> {
    fn clone(&self) -> ViewMemo<T> {
        ViewMemo { leaves: self.leaves.clone(), memo: self.memo.clone() }
    }
}

impl<T: Send + Sync> Deref for ViewMemo<T> {
    type Target = ArcMemo<T>;

    fn deref(&self) -> &ArcMemo<T> {
        &self.memo
    }
}

/// A memo of what a function gives, which runs on the only thread.
pub fn memo<T>(run: impl Fn() -> T + 'static) -> ViewMemo<T>
where
    T: PartialEq + Send + Sync,
{
    let run = SendWrapper::new(run);
    let memo = ArcMemo::new(move |_| run());
    ViewMemo { leaves: Rc::new(Leaves(memo.to_any_subscriber())), memo }
}

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

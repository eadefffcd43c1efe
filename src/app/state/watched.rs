//! Values that views watch: one signal type for all of them.

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use leptos::prelude::*;

/// A version number that views watch.
#[derive(Clone, Copy)]
pub struct Version(RwSignal<u32>);

impl Default for Version {
    fn default() -> Self {
        Version(RwSignal::new(0))
    }
}

impl Version {
    /// Has what is running now run again when the version rises.
    pub fn watch(self) {
        self.0.track();
    }

    /// Raises the version.
    pub fn rise(self) {
        self.0.update(|version| *version = version.wrapping_add(1));
    }
}

/// A value that views watch.
pub struct Watched<T> {
    value: RefCell<T>,
    version: Version,
}

impl<T: Clone + PartialEq> Watched<T> {
    /// A value.
    pub fn new(value: T) -> Watched<T> {
        Watched {
            value: RefCell::new(value),
            version: Version::default(),
        }
    }

    /// The value, watched by what is running now.
    pub fn get(&self) -> T {
        self.version.watch();
        self.peek()
    }

    /// The value, not watched.
    pub fn peek(&self) -> T {
        self.value.borrow().clone()
    }

    /// Sets the value; views that watch it are redrawn where it differs.
    pub fn set(&self, value: T) {
        if *self.value.borrow() != value {
            self.value.replace(value);
            self.version.rise();
        }
    }
}

/// A value that is told apart by where it lies, not by what it says: watching it costs no copy.
pub struct Held<T>(Rc<T>);

impl<T> Held<T> {
    /// A value that differs from every other.
    pub fn new(value: T) -> Held<T> {
        Held(Rc::new(value))
    }
}

impl<T> Clone for Held<T> {
    fn clone(&self) -> Held<T> {
        Held(self.0.clone())
    }
}

impl<T> PartialEq for Held<T> {
    fn eq(&self, other: &Held<T>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Held<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

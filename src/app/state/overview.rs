//! What the desk shows as a whole: numbers of all forms, and their good practices.

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;

use crate::desk::register::{Focus, GoodPractice, Overview};
use crate::store::SpreadRecord;

/// By what forms are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// By the type of the unit.
    #[default]
    Type,
    /// By the organisation that it belongs to.
    Parent,
}

/// The numbers.
#[derive(Default)]
pub struct OverviewState {
    /// What is looked at.
    pub focus: ArcRwSignal<Focus>,
    /// What is shown of it; `None` until it is summed up.
    pub shown: ArcRwSignal<Option<Rc<Overview>>>,
    /// By what groups are compared.
    pub by: ArcRwSignal<By>,
    /// The criterion or the item in which they are, by its id; the first criterion where there is none.
    pub part: ArcRwSignal<String>,
}

/// How many practices are shown at first, and how many more each time.
pub const PRACTICES: usize = 50;

/// How many practices are found, and those that are shown.
pub type FoundPractices = Rc<(usize, Vec<GoodPractice>)>;

/// The good practices.
pub struct PracticesState {
    /// What a person searches for.
    pub search: ArcRwSignal<String>,
    /// Also in what is said of items.
    pub with_items: ArcRwSignal<bool>,
    /// How many are shown.
    pub most: ArcRwSignal<usize>,
    /// How many are found, and those that are shown; `None` until they are collected.
    pub found: ArcRwSignal<Option<FoundPractices>>,
    /// The marks, by the keys of the practices.
    pub marks: ArcRwSignal<Rc<BTreeMap<String, SpreadRecord>>>,
    /// Those that are marked, in order.
    pub booklet: ArcRwSignal<Rc<Vec<GoodPractice>>>,
}

impl Default for PracticesState {
    fn default() -> PracticesState {
        PracticesState {
            search: ArcRwSignal::default(),
            with_items: ArcRwSignal::default(),
            most: ArcRwSignal::new(PRACTICES),
            found: ArcRwSignal::default(),
            marks: ArcRwSignal::default(),
            booklet: ArcRwSignal::default(),
        }
    }
}

//! Checks: conditions that answers must keep among themselves (spec s. 2.1; *constraint* in XForms).

use serde::Deserialize;

use crate::pack::rule::condition;
use crate::pack::{Applies, Cond};
use crate::string_enum;
use crate::value::{Id, Label};

/// A check of an item. It fails where its condition is false, not where that is unknown.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Its id, unique in the item.
    pub id: Id,
    /// What must hold.
    #[serde(deserialize_with = "condition")]
    #[cfg_attr(feature = "cli", schemars(with = "Cond"))]
    pub when: Cond,
    /// What a failure means.
    pub severity: Severity,
    /// What is said where it fails.
    pub message: Label,
}

/// A check of the pack, which only facts decide.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FactCheck {
    /// Its id, unique in the pack.
    pub id: Id,
    /// The forms that it belongs to.
    #[serde(default)]
    pub applies: Vec<Applies>,
    /// What must hold; no field of an item may stand in it.
    #[serde(deserialize_with = "condition")]
    #[cfg_attr(feature = "cli", schemars(with = "Cond"))]
    pub when: Cond,
    /// What a failure means.
    pub severity: Severity,
    /// What is said where it fails.
    pub message: Label,
}

string_enum! {
    /// What a failed check means.
    pub enum Severity {
        /// The form stays incomplete.
        Error = "error",
        /// It is shown and changes nothing.
        Warning = "warning",
    }
}

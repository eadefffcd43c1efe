//! One tab's hold on the record of a form. It writes only over what it has read or written itself, or
//! over what that came out of: never over what another tab wrote meanwhile.

use std::cell::{OnceCell, RefCell};

use crate::device::ids::new_id;
use crate::device::{Device, Host};
use crate::store::{Draft, Lineage, Order, Storage, StoreError, Table, Write};
use crate::value::AssessmentId;

/// The hold of one tab on the record of a form, from opening the form until it is closed or read again.
pub struct Writer {
    /// The lineage of the state in memory.
    lineage: RefCell<Lineage>,
    /// Drawn at the first change; `None` without random bytes.
    run: OnceCell<Option<AssessmentId>>,
    /// The state that this tab last read or wrote, and its text; `None` while the form is only in memory.
    stored: RefCell<Option<(Lineage, String)>>,
}

/// What became of a state that was to be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is on disk.
    Done,
    /// Nothing was written: another tab has written the form, or deleted it.
    Overtaken,
}

impl Writer {
    /// The hold on a draft that was read from its record.
    pub fn of_stored(draft: &Draft) -> Writer {
        Writer {
            stored: RefCell::new(Some((draft.lineage(), draft.to_text()))),
            ..Writer::of_new(draft)
        }
    }

    /// The hold on a draft that is only in memory.
    pub fn of_new(draft: &Draft) -> Writer {
        Writer {
            lineage: RefCell::new(draft.lineage()),
            run: OnceCell::new(),
            stored: RefCell::default(),
        }
    }

    /// The lineage of the state in memory.
    pub fn lineage(&self) -> Lineage {
        self.lineage.borrow().clone()
    }
}

impl<S: Storage, H: Host> Device<S, H> {
    /// Numbers the state in memory anew, after a change of the form; returns its lineage. Scrolling is
    /// no change.
    pub fn next_state(&self, writer: &Writer) -> Lineage {
        let run = writer.run.get_or_init(|| new_id(&self.host).ok());
        let next = match run {
            Some(run) => writer.lineage().next(run),
            // Without an id, the state is later than nothing: whoever meets it keeps both.
            None => writer.lineage(),
        };
        writer.lineage.replace(next.clone());
        next
    }

    /// Stores a state, with its lineage and as text, unless another tab has written or deleted the form
    /// since this one read it.
    ///
    /// # Errors
    /// It cannot be stored.
    pub async fn save(
        &self,
        writer: &Writer,
        id: &AssessmentId,
        (own, text): (Lineage, String),
    ) -> Result<Saved, StoreError> {
        let state = own.clone();
        // Without random bytes no state has an id of its own.
        let is_numbered = !matches!(writer.run.get(), Some(None));
        let written = text.clone();
        let decide = |now: Option<&str>| {
            let stored = writer.stored.borrow();
            let now = match (now, &*stored) {
                (None, None) => return (Write::Put(text), (Saved::Done, true)),
                // Not read again: this is how nearly every write goes.
                (Some(now), Some((lineage, own))) if now == own => Some(lineage.clone()),
                (now, _) => now
                    .filter(|_| is_numbered)
                    .and_then(|now| Draft::from_text(now).ok())
                    .map(|now| now.lineage()),
            };
            let Some(now) = now else {
                return (Write::Leave, (Saved::Overtaken, false));
            };
            match own.order(&now) {
                Order::Same | Order::Later => (Write::Put(text), (Saved::Done, true)),
                // A later write of this tab, which holds all of this state, came first.
                Order::Earlier if now.now.run == own.now.run => {
                    (Write::Leave, (Saved::Done, false))
                }
                Order::Earlier | Order::Apart => (Write::Leave, (Saved::Overtaken, false)),
            }
        };
        let storage = self.storage();
        let (saved, is_written) = storage.change(Table::Drafts, id.as_str(), decide).await?;
        if is_written {
            writer.stored.replace(Some((state, written)));
        }
        Ok(saved)
    }

    /// Is the record of a form still what this tab last read or wrote?
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn is_current(&self, writer: &Writer, id: &AssessmentId) -> Result<bool, StoreError> {
        let now = self.storage().get(Table::Drafts, id.as_str()).await?;
        let stored = writer.stored.borrow();
        Ok(now.as_deref() == stored.as_ref().map(|(_, text)| text.as_str()))
    }
}

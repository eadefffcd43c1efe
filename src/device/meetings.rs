//! The monthly sheets on this device, from which numbers of a form of a longer period follow.

use std::rc::Rc;

use crate::device::{Device, Host};
use crate::form::Assessment;
use crate::pack::{Pack, PeriodKind};
use crate::store::{Draft, Storage, StoreError, Table};

impl<S: Storage, H: Host> Device<S, H> {
    /// The forms of a month that are filled in here, with their packs, for [`Session::meetings`](crate::session::Session).
    /// What was received is of others. What cannot be opened, or has a text for its period that is none, is of no month
    /// that is known; the list of forms shows it.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn monthly_sheets(&self) -> Result<Vec<(Assessment, Rc<Pack>)>, StoreError> {
        let records = self.storage().list(Table::Drafts).await?;
        let packs = self.packs();
        let sheet = |(_, text): (String, String)| {
            let draft = Draft::from_text(&text).ok()?;
            if draft.received || draft.form.period.kind != PeriodKind::Month {
                return None;
            }
            let session = draft.open(&packs).ok()?;
            let is_read = !session.period_is_unread();
            is_read.then(|| (session.form().clone(), session.pack().clone()))
        };
        Ok(records.into_iter().filter_map(sheet).collect())
    }
}

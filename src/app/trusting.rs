//! Keys of others on this device: they come in files, wait until people have compared their check
//! codes, and only then count as trusted.

use crate::app::browser;
use crate::app::state::App;
use crate::desk::TrustList;
use crate::seal::KeyCard;
use crate::store::{Deed, Kind, Storage, StoreError, TrustRecord};
use crate::value::Date;

/// The keys of others: those that wait first, then by name.
///
/// # Errors
/// Storage cannot be read. A record that cannot be read is left out and left alone.
pub async fn all(app: App) -> Result<Vec<TrustRecord>, StoreError> {
    let records = app.keeper().list(Kind::Trust).await?;
    let mut all: Vec<TrustRecord> = Vec::new();
    let order = |record: &TrustRecord| (record.added.is_some(), browser::lower_case(&record.unit));
    for (kid, text) in records {
        // Whoever wrote a key under another's name wrote no record of ours.
        if let Ok(record) = TrustRecord::from_text(&text)
            && record.key.kid() == kid
        {
            let own = order(&record);
            let at = all.partition_point(|other| order(other) <= own);
            all.insert(at, record);
        }
    }
    Ok(all)
}

/// The keys that are trusted.
///
/// # Errors
/// As [`all`].
pub async fn list(app: App) -> Result<TrustList, StoreError> {
    Ok(TrustRecord::list(&all(app).await?))
}

/// Takes in a key that is not here yet; says whether it was not.
///
/// # Errors
/// It cannot be kept.
pub async fn take_in(app: App, record: &TrustRecord) -> Result<bool, StoreError> {
    let (keeper, kid) = (app.keeper(), record.key.kid());
    let is_new = keeper.get(Kind::Trust, &kid).await?.is_none();
    if is_new {
        keeper.put(Kind::Trust, &kid, &record.to_text()).await?;
    }
    Ok(is_new)
}

/// Takes in the key of a card that its own key has signed.
///
/// # Errors
/// It cannot be kept.
pub async fn receive_card(app: App, card: &KeyCard) -> Result<bool, StoreError> {
    let unit = browser::normal(card.unit());
    take_in(
        app,
        &TrustRecord::new(card.key(), unit, Deed::Card, browser::now()),
    )
    .await
}

/// Takes in the keys of a list, none of which is trusted by that; says how many were not here. What
/// the list revokes is revoked here too: to distrust needs nobody's word.
///
/// # Errors
/// They cannot be kept.
pub async fn receive_list(app: App, list: &TrustList) -> Result<usize, StoreError> {
    let mut added = 0;
    for entry in &list.keys {
        let unit = browser::normal(&entry.unit);
        let mut record = TrustRecord::new(entry.key, unit, Deed::Listed, browser::now());
        record.revoked = entry.revoked;
        if take_in(app, &record).await? {
            added += 1;
        } else if let Some(day) = entry.revoked {
            change(app, &entry.key.kid(), |own| {
                if own.revoked.is_none_or(|own| day < own) {
                    own.revoked = Some(day);
                    own.note(Deed::Revoked, browser::now());
                }
            })
            .await?;
        }
    }
    Ok(added)
}

async fn change(
    app: App,
    kid: &str,
    change: impl FnOnce(&mut TrustRecord),
) -> Result<(), StoreError> {
    let keeper = app.keeper();
    if let Some(text) = keeper.get(Kind::Trust, kid).await?
        && let Ok(mut record) = TrustRecord::from_text(&text)
    {
        change(&mut record);
        keeper.put(Kind::Trust, kid, &record.to_text()).await?;
    }
    Ok(())
}

/// Trusts a key whose check code was compared.
///
/// # Errors
/// It cannot be kept.
pub async fn trust(app: App, kid: &str) -> Result<(), StoreError> {
    change(app, kid, |record| {
        record.added = Some(browser::today());
        record.note(Deed::Trusted, browser::now());
    })
    .await
}

/// Revokes a key from a day on, or takes that back.
///
/// # Errors
/// It cannot be kept.
pub async fn revoke(app: App, kid: &str, from: Option<Date>) -> Result<(), StoreError> {
    change(app, kid, |record| {
        record.revoked = from;
        let deed = if from.is_some() {
            Deed::Revoked
        } else {
            Deed::Restored
        };
        record.note(deed, browser::now());
    })
    .await
}

/// Drops a key that was never trusted.
///
/// # Errors
/// Storage does not do it.
pub async fn drop_waiting(app: App, kid: &str) -> Result<(), StoreError> {
    app.keeper().remove(Kind::Trust, kid).await
}

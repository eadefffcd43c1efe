//! Forms that are not begun from nothing: from the unit's last one, and made-up ones to look at.

use crate::device::ids::new_id;
use crate::device::periods::{next_period, usual_period};
use crate::device::{Device, DeviceError, Host};
use crate::form::Assessment;
use crate::pack::Pack;
use crate::pack::examples;
use crate::session::Session;
use crate::store::{Draft, Proposed, Storage};
use crate::value::Id;

/// A made-up form to look at; it is not stored.
#[derive(Debug)]
pub struct Example {
    /// The form, open.
    pub session: Session,
    /// The form as a draft.
    pub draft: Draft,
}

impl<S: Storage, H: Host> Device<S, H> {
    /// Makes the form after a last one: of the same pack as it is used now, for the next period, with its unit, place and
    /// facts. Its evidence is proposed; of what it answers nothing is taken over. It is not stored yet.
    ///
    /// # Errors
    /// New forms of that pack cannot be made here, or there are no random bytes for the id of the form.
    pub fn new_form_from(&self, last: &Assessment) -> Result<Draft, DeviceError> {
        let Draft { mut form, .. } = self.new_form(last.pack.id.as_str())?;
        let packs = self.packs();
        let Some(pack) = packs.by_digest(&form.pack.digest) else {
            return Err(DeviceError::NoPack(last.pack.id.to_string()));
        };
        let usual = usual_period(pack, self.host().today());
        form.period = next_period(pack, &last.period).unwrap_or(usual);
        form.locality.clone_from(&last.locality);
        let blank = std::mem::replace(&mut form.unit, last.unit.clone());
        // A later version of the pack may have other levels and types.
        if !pack.levels.iter().any(|own| own.id == form.unit.level) {
            form.unit.level = blank.level;
        }
        if !pack.types.iter().any(|own| own.id == form.unit.unit_type) {
            form.unit.unit_type = blank.unit_type;
        }
        let facts = last.facts.iter().filter(|(id, value)| takes(pack, id, **value));
        form.facts = facts.map(|(id, value)| (id.clone(), *value)).collect();
        let proposed = Proposed::of(last, pack);
        Ok(Draft { proposed, ..Draft::new(form) })
    }

    /// Opens the made-up form of a pack; `None` where there is none. Nothing is stored.
    ///
    /// # Errors
    /// There are no random bytes for the id of the form.
    pub fn example(&self, pack_id: &str) -> Result<Option<Example>, DeviceError> {
        let packs = self.packs();
        let pack = packs.packs().iter().find(|pack| pack.id.as_str() == pack_id);
        let Some((pack, text)) = pack.zip(examples::of(pack_id)) else {
            return Ok(None);
        };
        let Ok(mut form) = Assessment::from_bytes(text.as_bytes()) else {
            return Ok(None); // a test rules this out
        };
        form.id = new_id(self.host())?;
        form.pack = pack.reference();
        let draft = Draft::new(form.clone());
        // A test rules out that it does not fit.
        Ok(Session::open(pack.clone(), form).ok().map(|session| Example { session, draft }))
    }
}

/// Has a pack a fact that takes this value?
fn takes(pack: &Pack, id: &Id, value: i64) -> bool {
    let fact = pack.facts.iter().find(|fact| fact.id == *id);
    fact.is_some_and(|fact| (fact.min..=fact.max).contains(&value))
}

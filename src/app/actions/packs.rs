//! The packs that the page knows: the usual one, until the rest of the program has brought the others.

use crate::app::actions::chunks::{self, Chunk};
use crate::app::state::Shared;
use crate::json::ReadError;
use crate::pack::catalog::Catalog;

impl Shared {
    /// The packs that are known here: the usual one, and all of them once the rest of the program is here.
    pub fn packs(&self) -> &'static Catalog {
        self.packs.get()
    }

    /// Knows all packs from now on.
    ///
    /// # Errors
    /// A built-in pack cannot be read.
    pub fn learn_packs(
        &self,
        built_in: fn() -> Result<Catalog, ReadError>,
    ) -> Result<(), ReadError> {
        let packs: &Catalog = Box::leak(Box::new(built_in()?));
        self.packs.set(packs);
        Ok(())
    }

    /// Has the rest of the program loaded where a form may be of a pack that only that brings.
    pub async fn need_packs(&'static self, is_known: bool) {
        if !is_known && self.rest.peek() != Chunk::Ready {
            chunks::load(self).await;
        }
    }
}

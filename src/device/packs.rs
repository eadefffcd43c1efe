//! Criteria packs that this device took: they are kept for ever, so that what was filled in by them can always be opened.

use std::rc::Rc;

use crate::device::{Device, Host, KeyStanding, OpenError};
use crate::json::Json;
use crate::pack::catalog::{BUILT_IN, Catalog, EARLIER};
use crate::pack::{Pack, PackRef};
use crate::seal::{Header, PackFile};
use crate::store::{PackRecord, Record, Storage, StoreError, Table, Write};
use crate::value::{Date, Digest, Label, Version, check_code, shown};

/// What a file with a pack would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnouncedPack {
    /// Which pack it is.
    pub reference: PackRef,
    /// Its name.
    pub title: Label,
    /// How many items it has.
    pub items: usize,
    /// The code by which people compare its digest.
    pub code: String,
    /// Who states to have published it; `None` for a pack that nobody signed.
    pub author: Option<AnnouncedAuthor>,
    /// Is it known here already, so that nothing changes but, at most, by whom it is known to be published?
    pub is_here: bool,
    /// Would its taking change anything?
    pub is_new: bool,
    /// The version that new forms are made by so far.
    pub offered: Option<Version>,
    /// Would new forms be made by it?
    pub is_for_new_forms: bool,
    /// Is the pack of this id that it would stand before built in?
    pub replaces_built_in: bool,
}

/// Who states to have published a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnouncedAuthor {
    /// The name that the file states.
    pub name: String,
    /// What is new, as the file states it.
    pub note: String,
    /// The day, as the file states it.
    pub date: Date,
    /// The check code of the key.
    pub code: String,
    /// What is known here of the key.
    pub standing: KeyStanding,
}

/// The packs of a device, as they were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadPacks {
    /// Those that are known from now on.
    pub known: usize,
    /// Records that cannot be read, or pose as another pack; they stay where they are.
    pub set_aside: usize,
}

impl<S: Storage, H: Host> Device<S, H> {
    /// From now on knows these packs and those that were taken here.
    ///
    /// # Errors
    /// Storage cannot be read; then it knows these packs, and those that it knew.
    pub async fn know_packs(&self, built_in: Catalog) -> Result<ReadPacks, StoreError> {
        // What was taken while storage failed is known still.
        let mut packs = built_in;
        for file in self.taken_files.borrow().iter() {
            packs.learn(file.pack.clone(), file.origin());
        }
        self.learn_packs(packs);
        self.read_packs().await
    }

    /// Reads the packs that were taken, here or in another tab.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn read_packs(&self) -> Result<ReadPacks, StoreError> {
        let mut records = self.storage().list(Table::Packs).await?;
        // In the order of their keys, so that which of two namesakes is known does not depend on the storage.
        records.sort();
        let mut read = ReadPacks::default();
        for (key, text) in records {
            let file = PackRecord::from_text(&text).ok().and_then(|record| record.open().ok());
            match file.filter(|file| PackRecord::key(file) == key) {
                Some(file) if self.packs().namesake(&file.pack).is_none() => {
                    self.know(file);
                    read.known += 1;
                }
                _ => read.set_aside += 1,
            }
        }
        Ok(read)
    }

    /// The files of the packs that were taken, for what works beside the page.
    pub fn pack_files(&self) -> Vec<String> {
        self.taken_files.borrow().iter().map(|file| file.text().to_owned()).collect()
    }

    /// The file by which a pack came; `None` where it came by none, or no pack has this digest.
    pub fn pack_file(&self, digest: &Digest) -> Option<PackFile> {
        self.taken_files.borrow().iter().find(|file| file.pack.digest == *digest).cloned()
    }

    /// A known pack as a tree; `None` where no pack has this digest.
    pub fn pack_json(&self, digest: &Digest) -> Option<Json> {
        let taken = self.taken_files.borrow();
        if let Some(file) = taken.iter().find(|file| file.pack.digest == *digest) {
            return file.json().ok();
        }
        let id = self.packs().by_digest(digest)?.id.clone();
        let built_in = BUILT_IN.iter().chain(&EARLIER).filter(|own| id == *own.id);
        let mut all = built_in.filter_map(|own| own.json().ok());
        all.find(|json| Pack::from_json(json).is_ok_and(|pack| pack.digest == *digest))
    }

    fn know(&self, file: PackFile) {
        let mut packs = Catalog::clone(&self.packs());
        packs.learn(file.pack.clone(), file.origin());
        self.packs.replace(Rc::new(packs));
        let mut files = self.taken_files.borrow_mut();
        files.retain(|own| own.pack.digest != file.pack.digest);
        files.push(file);
    }

    /// What a pack from a file would change.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub(super) async fn announce_pack(&self, file: &PackFile) -> Result<AnnouncedPack, StoreError> {
        let author = match &file.published {
            None => None,
            Some((published, header)) => {
                let standing = self.standing_of(header).await?;
                let content = published.content();
                Some(AnnouncedAuthor {
                    name: self.host.normalize(&content.author),
                    note: content.note.clone(),
                    date: content.date,
                    code: header.key.check_code(),
                    standing,
                })
            }
        };
        let (packs, pack) = (self.packs(), &file.pack);
        let offered = packs.packs().iter().find(|own| own.id == pack.id);
        let is_here = packs.by_digest(&pack.digest).is_some();
        Ok(AnnouncedPack {
            reference: file.reference(),
            title: pack.title.clone(),
            items: pack.items.len(),
            code: check_code(&pack.digest),
            is_here,
            is_new: !is_here || (self.is_better_known(file) && author.is_some()),
            author,
            offered: offered.map(|own| own.version.clone()),
            is_for_new_forms: offered.is_none_or(|own| pack.version.is_after(&own.version)),
            replaces_built_in: offered.is_some_and(|own| packs.is_built_in(&own.digest)),
        })
    }

    /// What is known here of a key that signs packs.
    async fn standing_of(&self, header: &Header) -> Result<KeyStanding, StoreError> {
        let (own, others) = (self.usable_keys().await?, self.others_keys().await?);
        Ok(KeyStanding::of(header, None, &own, &others))
    }

    /// What is known here of the key that signed a pack which was taken here; `None` where nobody signed it.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn pack_standing(&self, digest: &Digest) -> Result<Option<KeyStanding>, StoreError> {
        let header = {
            let files = self.taken_files.borrow();
            let file = files.iter().find(|own| own.pack.digest == *digest);
            file.and_then(|own| own.published.as_ref()).map(|(_, header)| header.clone())
        };
        match header {
            Some(header) => self.standing_of(&header).await.map(Some),
            None => Ok(None),
        }
    }

    /// Does a file say more of a known pack than what is known of it: who publishes it?
    fn is_better_known(&self, file: &PackFile) -> bool {
        let packs = self.packs();
        let known = packs.origin(&file.pack.digest);
        !packs.is_built_in(&file.pack.digest)
            && file.published.is_some()
            && known != Some(&file.origin())
    }

    /// The pack of a record in a backup; `None` where it does not hold what it claims.
    pub(super) fn claimed_pack(&self, record: &Record) -> Option<PackFile> {
        let file = PackRecord::from_text(&record.text).ok()?.open().ok()?;
        let is_own = PackRecord::key(&file) == record.key;
        (is_own && self.packs().namesake(&file.pack).is_none()).then_some(file)
    }

    /// Takes a pack: it is kept for ever. A pack that is known stays; what its author signed takes the place of a file
    /// that says less.
    ///
    /// # Errors
    /// It bears id and version of another pack, or it cannot be stored.
    pub async fn take_pack(&self, file: PackFile) -> Result<PackRef, OpenError> {
        // What another tab took meanwhile counts.
        self.read_packs().await?;
        let (packs, reference) = (self.packs(), file.reference());
        if packs.namesake(&file.pack).is_some() {
            return Err(OpenError::Namesake(name_of(&reference)));
        }
        let is_better = self.is_better_known(&file);
        if packs.by_digest(&reference.digest).is_some() && !is_better {
            return Ok(reference);
        }
        let text = PackRecord::of(&file, self.host.now()).to_text();
        let put = |now: Option<&str>| match now.map(PackRecord::from_text) {
            // What a newer version kept there is not replaced.
            Some(Err(_)) => (Write::Leave, Err(StoreError::NewerVersion)),
            Some(Ok(_)) if !is_better => (Write::Leave, Ok(())),
            _ => (Write::Put(text), Ok(())),
        };
        self.storage().change(Table::Packs, &PackRecord::key(&file), put).await??;
        self.know(file);
        Ok(reference)
    }
}

/// Id and version, cut for showing.
pub(super) fn name_of(pack: &PackRef) -> String {
    shown(&format!("{} {}", pack.id, pack.version)).into_owned()
}

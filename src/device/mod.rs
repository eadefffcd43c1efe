//! The operations of one device: forms, deleted forms, history, backups, opened files, keys of its
//! own and of others, appraisals, sealing.
//!
//! A [`Device`] has a [`Storage`], a [`Host`] and the known packs. Its methods return their results;
//! none shows anything, navigates or notifies. They write in an order in which a power cut loses
//! nothing.
//!
//! ```
//! use bon_tot::device::{Device, FoundDraft, Host, NoEntropy};
//! use bon_tot::pack::catalog::Catalog;
//! use bon_tot::seal::{Derivation, Kek};
//! use bon_tot::store::MemoryStorage;
//! use bon_tot::value::{Date, Instant};
//!
//! struct Desktop;
//!
//! impl Host for Desktop {
//!     fn now(&self) -> Instant {
//!         Instant::from_unix(1_795_399_398)
//!     }
//!     fn today(&self) -> Date {
//!         self.now().date()
//!     }
//!     fn monotonic(&self) -> u64 {
//!         0
//!     }
//!     fn random(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
//!         bytes.fill(7); // not random: an example
//!         Ok(())
//!     }
//!     fn normalize(&self, text: &str) -> String {
//!         text.trim().to_owned()
//!     }
//!     fn lower_case(&self, text: &str) -> String {
//!         text.to_lowercase()
//!     }
//!     async fn derive(&self, derivation: &Derivation, passphrase: &str) -> Kek {
//!         derivation.run(passphrase)
//!     }
//! }
//!
//! async fn example() -> Result<(), Box<dyn std::error::Error>> {
//!     let device = Device::new(MemoryStorage::default(), Desktop, Catalog::built_in()?);
//!     let draft = device.new_form("nghe-an-2024")?;
//!     assert_eq!(draft.form.period.from.to_string(), "2026-01-01");
//!     assert!(device.put_draft(&draft).await.is_ok());
//!
//!     // Deleted, a form can be brought back.
//!     let id = draft.form.id.clone();
//!     let deleted = device.delete_form(id.as_str(), "chi bộ").await;
//!     assert_eq!(device.read_draft(&id).await, Ok(FoundDraft::Nothing));
//!     let deleted = deleted.ok().flatten().ok_or("it was here")?;
//!     device.bring_back(&deleted).await?;
//!     assert_eq!(device.rows().await.map(|rows| rows.len()), Ok(1));
//!     Ok(())
//! }
//!
//! // Memory never waits, so one look at the future is enough.
//! # use std::task::{Context, Poll, Waker};
//! let mut example = std::pin::pin!(example());
//! let done = example.as_mut().poll(&mut Context::from_waker(Waker::noop()));
//! assert!(matches!(done, Poll::Ready(Ok(()))));
//! ```

mod announce;
mod appraisals;
mod appraise;
mod attached;
mod backup;
mod begun;
mod clock;
mod deleted;
mod drafts;
mod error;
mod history;
mod host;
mod ids;
mod keyring;
mod keys;
mod kit;
mod links;
mod meetings;
mod open_error;
mod open_file;
mod packs;
mod papers;
mod periods;
mod practices;
mod register;
mod rows;
mod seal;
mod signers;
mod trust;
mod units;
mod unread;
mod writer;

pub use announce::{Announced, AnnouncedForm, AnnouncedKey};
pub use appraisals::{AppraisedBy, VerifiedAppraisal, standing};
pub use appraise::AppraiseError;
pub use attached::{ATTACHED_BUDGET, AttachError, FILE_MAX, PICTURE_MAX, attachments_of};
pub use backup::RestoreReport;
pub use begun::Example;
pub use drafts::FoundDraft;
pub use error::DeviceError;
pub use host::{Host, NoEntropy, Room};
pub use ids::new_id;
pub use keys::{OwnKeyError, PASSPHRASE_MIN, SigningKey, check_code_of, key_file_name, strength};
pub use kit::{KitRow, KitSaved, PublishError};
pub use links::{OpenLinkError, OpenedLink, link_of};
pub use open_error::{OpenError, RefusedFile};
pub use open_file::{Imported, Incoming, Opened};
pub use packs::{AnnouncedAuthor, AnnouncedPack, ReadPacks};
pub use periods::{next_period, period_of, usual_period};
pub use rows::{Row, RowError, RowForm};
pub use seal::{KeyChoice, SealError, stated_verdict};
pub use signers::{KeyStanding, Signer};
pub use unread::refused_unread;
pub use writer::{Saved, Writer};

use std::cell::RefCell;
use std::rc::Rc;

use crate::device::clock::Readings;
use crate::device::keyring::Keyring;
use crate::pack::catalog::Catalog;
use crate::seal::PackFile;
use crate::store::Storage;

/// One device.
pub struct Device<S, H> {
    host: H,
    storage: RefCell<Rc<S>>,
    packs: RefCell<Rc<Catalog>>,
    /// The files of the packs that were taken here.
    taken_files: RefCell<Vec<PackFile>>,
    keyring: Keyring,
    readings: Readings,
}

/// A file to be saved where the person wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub text: String,
}

impl<S: Storage, H: Host> Device<S, H> {
    /// A device with this storage, host and packs. No key is open.
    pub fn new(storage: S, host: H, packs: Catalog) -> Self {
        Device {
            host,
            storage: RefCell::new(Rc::new(storage)),
            packs: RefCell::new(Rc::new(packs)),
            taken_files: RefCell::default(),
            keyring: Keyring::default(),
            readings: Readings::default(),
        }
    }

    /// The host.
    pub fn host(&self) -> &H {
        &self.host
    }

    /// The storage. Running operations continue with the storage that they began with.
    pub fn storage(&self) -> Rc<S> {
        self.storage.borrow().clone()
    }

    /// Replaces the storage, for example by memory where the browser refuses to store data.
    pub fn replace_storage(&self, storage: S) {
        self.storage.replace(Rc::new(storage));
    }

    /// The known packs.
    pub fn packs(&self) -> Rc<Catalog> {
        self.packs.borrow().clone()
    }

    /// Replaces the known packs; see [`Device::know_packs`].
    pub fn learn_packs(&self, packs: Catalog) {
        self.packs.replace(Rc::new(packs));
    }
}

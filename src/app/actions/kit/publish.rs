//! Publishing: the pack is signed, read back, taken on this device, and saved as a file.

use std::rc::Rc;

use zeroize::Zeroizing;

use crate::app::actions::kit::Kit;
use crate::app::state::kit::OpenKit;
use crate::device::{KeyChoice, PublishError};
use crate::json::pretty;
use crate::seal::PackFile;
use crate::store::KeyRecord;

/// Publishes the open pack with a key of this device. A state of it is kept as well.
pub async fn publish(
    kit: Rc<Kit>,
    open: Rc<OpenKit>,
    (author, note): (String, String),
    key: KeyRecord,
    passphrase: Zeroizing<String>,
) -> Result<PackFile, PublishError> {
    let app = kit.app;
    let signing = app.device.signing_key(&KeyChoice::Kept(key), &author, &passphrase).await?;
    app.follow_open_key();
    let pack = open.look(|document| document.json().clone());
    let file = app.device.publish(pack, (&author, &note), &signing.key).await?;
    kit.keep_state(&open).await;
    Ok(file)
}

impl Kit {
    /// Saves what is written, complete or not, where the person wants it.
    pub fn save_draft(&self, open: &OpenKit) {
        let (id, text) =
            open.look(|document| (document.text("/id").to_owned(), pretty(document.json())));
        self.app.hand_over(&format!("bo-tieu-chi_{}_ban-soan.json", file_name(&id)), &text);
    }

    /// Saves a published pack where the person wants it.
    pub fn save_published(&self, file: &PackFile) {
        let pack = &file.pack;
        let name = format!("bo-tieu-chi_{}_{}.json", pack.id, pack.version);
        self.app.hand_over(&name, file.text());
    }
}

/// An id as a part of a file name, whatever was typed.
fn file_name(id: &str) -> String {
    id.chars().filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c)).take(40).collect()
}

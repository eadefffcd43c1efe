//! Files that go into the page and come out of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::json;

use super::page::{PATIENCE, PAUSE, Page};

impl Page {
    /// Gives a file to a file control, which may be hidden behind its label.
    pub async fn upload(&self, id: &str, file: &Path) {
        let element = self.element(id, "return at(arguments[0])", json!([id])).await;
        element.send_keys(file.to_str().unwrap()).await.unwrap();
    }

    /// Gives a file that is asked about before it changes anything, and says yes.
    pub async fn take_in(&self, id: &str, file: &Path) {
        self.upload(id, file).await;
        self.click("ask-yes").await;
        self.until("the question is answered", "return !at('asking')", json!([])).await;
    }

    /// Clicks and waits for the file that comes of it.
    pub async fn download(&self, id: &str) -> PathBuf {
        self.download_by(async || self.click(id).await).await
    }

    /// Does something and waits for the file that comes of it.
    pub async fn download_by(&self, act: impl AsyncFnOnce()) -> PathBuf {
        let files = || -> Vec<PathBuf> {
            let entries = fs::read_dir(self.downloads()).unwrap();
            entries.map(|entry| entry.unwrap().path()).collect()
        };
        // Browsers rename a file when it is whole.
        let is_whole = |file: &PathBuf| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let is_partial = name.ends_with(".crdownload") || name.ends_with(".part");
            // Firefox puts an empty file where the whole one will be.
            let length = fs::metadata(file).map_or(0, |file| file.len());
            !name.starts_with('.') && !is_partial && length > 0
        };
        let before = files();
        act().await;
        let until = Instant::now() + PATIENCE;
        loop {
            let new = files().into_iter().find(|file| is_whole(file) && !before.contains(file));
            match new {
                Some(file) => return file,
                None if Instant::now() > until => self.give_up("a downloaded file", "").await,
                None => tokio::time::sleep(PAUSE).await,
            }
        }
    }
}

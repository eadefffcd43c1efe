//! What every journey stands on: a stage with its own server, browsers and files, and a time limit.

pub mod answers;
pub mod axe;
pub mod browser;
pub mod cli;
pub mod deploy;
pub mod files;
pub mod form;
pub mod keyboard;
pub mod layout;
pub mod page;
pub mod pdf;
pub mod screen;
pub mod server;
pub mod shots;

use std::cell::RefCell;
use std::future::Future;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use tempfile::TempDir;
use tokio::task::LocalSet;

use browser::{Browser, Kind, Setup};
use page::Page;
use server::Server;

/// Where a journey takes place. Everything on it goes when the journey ends, however it ends.
#[derive(Clone)]
pub struct Stage(Rc<Inner>);

struct Inner {
    name: &'static str,
    // Browsers go before the server and the files that they use.
    browsers: RefCell<Vec<Browser>>,
    server: Server,
    folder: TempDir,
    /// What the console may complain of.
    expected: RefCell<Vec<String>>,
}

impl Stage {
    /// The address of the page.
    pub fn base(&self) -> String {
        self.0.server.base()
    }

    /// The server.
    pub fn server(&self) -> &Server {
        &self.0.server
    }

    /// A folder for the files of this journey.
    pub fn folder(&self) -> &Path {
        self.0.folder.path()
    }

    /// Opens a browser with the profile of this name, made where there is none, at the page.
    pub async fn open(&self, profile: &str) -> Page {
        self.open_with(profile, &self.base(), &Setup::default()).await
    }

    /// The same in a browser of this kind.
    pub async fn open_in(&self, kind: Kind, profile: &str) -> Page {
        let setup = Setup { kind, ..Setup::default() };
        self.open_with(profile, &self.base(), &setup).await
    }

    /// The same at another address of the page, in a browser that is particular.
    pub async fn open_with(&self, profile: &str, base: &str, setup: &Setup) -> Page {
        let browser = Browser::start(self.folder(), profile, base, setup).await;
        let page = browser.page();
        self.0.browsers.borrow_mut().push(browser);
        page.goto("").await;
        page
    }

    /// Opens a browser at the page in one file.
    pub async fn open_file(&self, profile: &str, kind: Kind, file: &Path) -> Page {
        let base = format!("file://{}", file.display());
        let setup = Setup { kind, ..Setup::default() };
        self.open_with(profile, &base, &setup).await
    }

    /// Opens a browser where nothing of the page runs yet.
    pub async fn open_blank(&self, profile: &str) -> Page {
        let setup = Setup::default();
        let browser = Browser::start(self.folder(), profile, &self.base(), &setup).await;
        let page = browser.page();
        self.0.browsers.borrow_mut().push(browser);
        page.goto_blank().await;
        page
    }

    /// From now on the console may complain of this.
    pub fn expect_complaint(&self, part: &str) {
        self.0.expected.borrow_mut().push(part.to_owned());
    }

    /// The page in the browser that was opened last.
    pub fn page(&self) -> Page {
        self.0.browsers.borrow().last().expect("no browser is open").page()
    }

    fn take(&self) -> Browser {
        let browser = self.0.browsers.borrow_mut().pop();
        browser.expect("no browser is open")
    }

    /// Closes the browser that was opened last, as a person does.
    pub async fn close(&self) {
        let browser = self.take();
        let expected = self.0.expected.borrow().clone();
        browser.assert_quiet(&expected).await;
        browser.quit().await;
    }

    /// Ends the browser that was opened last at once, as a power cut does.
    pub async fn cut(&self) {
        let browser = self.take();
        let expected = self.0.expected.borrow().clone();
        browser.assert_quiet(&expected).await;
        drop(browser);
    }

    async fn finish(&self) {
        while !self.0.browsers.borrow().is_empty() {
            self.close().await;
        }
        let missing = self.server().missing();
        assert!(missing.is_empty(), "the page asks for what is not there: {missing:?}");
    }

    /// Leaves a picture of what was on the screen when a journey failed, and what the console said.
    async fn leave_evidence(&self) {
        let page = self.0.browsers.borrow().last().map(Browser::page);
        let Some(page) = page else { return };
        let name = self.0.name;
        let file = shots::folder().join(format!("failed-{name}.png"));
        let look = async {
            page.driver().screenshot(&file).await?;
            eprintln!("{name}: the page when it failed: {}", file.display());
            page.driver().browser_log().await // Chromium's alone
        };
        if let Ok(Ok(log)) = tokio::time::timeout(Duration::from_secs(10), look).await {
            for entry in log {
                eprintln!("{name}: console: {}", entry.message);
            }
        }
    }
}

/// The built page.
pub fn dist() -> PathBuf {
    let dist = std::env::var_os("BONTOT_DIST")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("dist"), PathBuf::from);
    assert!(
        dist.join("index.html").is_file(),
        "{} has no page: run make dist first",
        dist.display()
    );
    dist
}

/// Walks a journey within a time limit. At its end, and only where it went well, the browsers must
/// have been quiet: no error, no breach of the page's policy, no request to anywhere else.
pub fn journey<Walk, Walked>(name: &'static str, seconds: u64, walk: Walk)
where
    Walk: FnOnce(Stage) -> Walked,
    Walked: Future<Output = ()> + 'static,
{
    let stage = Stage(Rc::new(Inner {
        name,
        browsers: RefCell::default(),
        server: Server::start(&dist()),
        folder: tempfile::tempdir().unwrap(),
        expected: RefCell::default(),
    }));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let walked = walk(stage.clone());
    let own = stage.clone();
    let ended = LocalSet::new().block_on(&runtime, async {
        let mut task = tokio::task::spawn_local(async move {
            walked.await;
            own.finish().await;
        });
        let limit = Duration::from_secs(seconds);
        let ended = tokio::time::timeout(limit, &mut task).await;
        if !matches!(ended, Ok(Ok(()))) {
            task.abort();
            stage.leave_evidence().await;
        }
        ended
    });
    stage.0.browsers.borrow_mut().clear();
    match ended {
        Ok(Ok(())) => {}
        Ok(Err(error)) => resume_unwind(error.into_panic()),
        Err(_) => panic!("{name}: over its limit of {seconds} s"),
    }
}

/// The page in one file, beside no other file.
pub fn portable_file(stage: &Stage) -> PathBuf {
    let file = stage.folder().join("bon-tot.html");
    std::fs::copy(dist().join("bon-tot.html"), &file).expect("run make portable");
    assert!(std::fs::metadata(&file).unwrap().len() <= 1 << 20);
    file
}

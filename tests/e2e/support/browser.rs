//! A browser with its driver: started here, and ended here however a journey ends.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::common::capabilities::firefox::FirefoxPreferences;
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, ChromiumLikeCapabilities, LoggingPrefsLogLevel};

use super::page::Page;

/// Chromium as root, without a screen, and without calls of its own to anywhere.
const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-device-scale-factor=1",
    "--hide-scrollbars", // as on a telephone, where they take no room
    "--window-size=1280,800",
    // A request to any other host fails, and so shows.
    "--host-resolver-rules=MAP bontot.lan 127.0.0.1 , MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
];

/// The kinds of browsers that journeys go through.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// Debian's Chromium.
    #[default]
    Chromium,
    /// Debian's Firefox. Its driver hands out neither what the console says nor which requests were made.
    Firefox,
}

/// What is particular about a browser.
#[derive(Default)]
pub struct Setup {
    /// Which one it is.
    pub kind: Kind,
    /// The person has forbidden all sites to keep data.
    pub site_data_blocked: bool,
    /// A film that plays in place of a camera, which the person allows. Without one there is no camera.
    pub camera: Option<PathBuf>,
    /// The language of the browser itself, such as `vi-VN`; American English without.
    pub language: Option<&'static str>,
}

/// A running browser.
pub struct Browser {
    kind: Kind,
    driver: WebDriver,
    processes: Processes,
    page: Page,
}

/// The driver and the browser that it started, ended when dropped.
struct Processes {
    driver: Child,
    profile: PathBuf,
}

impl Processes {
    /// The processes of the browser: those that have this profile, which no other browser has.
    fn of_browser(&self) -> Vec<String> {
        let profile = self.profile.to_string_lossy();
        let own = |process: &Path| {
            let line = fs::read(process.join("cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&line).contains(&*profile)
        };
        fs::read_dir("/proc")
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter_map(|path| Some((path.file_name()?.to_str()?.to_owned(), path)))
            .filter(|(id, path)| id.bytes().all(|b| b.is_ascii_digit()) && own(path))
            .map(|(id, _)| id)
            .collect()
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        drop(self.driver.kill());
        drop(self.driver.wait());
        let until = Instant::now() + Duration::from_secs(5);
        loop {
            let processes = self.of_browser();
            if processes.is_empty() || Instant::now() > until {
                return;
            }
            drop(Command::new("kill").arg("-KILL").args(processes).output());
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// The path of a program.
fn program(name: &str) -> PathBuf {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
        .unwrap_or_else(|| panic!("{name} is not installed: run scripts/setup.sh browser"))
}

/// Starts the driver of a browser on a free port.
fn start_driver(kind: Kind, folder: &Path, profile: &Path) -> (Processes, u16) {
    let (name, temporary, says) = match kind {
        Kind::Chromium => {
            ("chromedriver", folder, "ChromeDriver was started successfully on port ")
        }
        // It makes its profiles where temporary files go.
        Kind::Firefox => ("geckodriver", profile, "Listening on 127.0.0.1:"),
    };
    fs::create_dir_all(temporary).unwrap();
    // The driver takes a free port of IPv4 and the same of IPv6; where that one is taken, it ends at once.
    for _ in 0..5 {
        if let Some(started) = try_driver(name, says, temporary, folder, profile) {
            return started;
        }
    }
    panic!("{name} found no free port");
}

/// Starts a driver; `None` where it ended without a port.
fn try_driver(
    name: &str,
    says: &'static str,
    temporary: &Path,
    folder: &Path,
    profile: &Path,
) -> Option<(Processes, u16)> {
    let mut driver = Command::new(program(name))
        .arg("--port=0")
        .env("TMPDIR", temporary)
        .env("HOME", folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    let processes = Processes { driver, profile: profile.to_owned() };
    let (send, receive) = mpsc::channel();
    // Reads to the end, so that the driver never waits for a reader.
    thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            let port = line.split_once(says).map(|(_, rest)| rest);
            if let Some(Ok(port)) = port.map(|rest| rest.trim_end_matches('.').parse::<u16>()) {
                let _ = send.send(port); // nobody waits any more
            }
        }
    });
    match receive.recv_timeout(Duration::from_secs(20)) {
        Ok(port) => Some((processes, port)),
        Err(RecvTimeoutError::Disconnected) => None,
        Err(RecvTimeoutError::Timeout) => panic!("{name} said no port within 20 s"),
    }
}

fn of_firefox(downloads: &Path) -> WebDriverResult<Capabilities> {
    let mut wanted = DesiredCapabilities::firefox();
    wanted.set_firefox_binary(program("firefox-esr").to_str().unwrap())?;
    wanted.add_arg("-headless")?;
    wanted.add_arg("--width=1280")?;
    wanted.add_arg("--height=800")?;
    let mut preferences = FirefoxPreferences::new();
    preferences.set("browser.download.folderList", 2)?;
    preferences.set("browser.download.dir", downloads)?;
    preferences.set("browser.download.alwaysOpenPanel", false)?;
    preferences.set("browser.helperApps.neverAsk.saveToDisk", "application/json")?;
    wanted.set_preferences(preferences)?;
    Ok(wanted.into())
}

fn of_chromium(profile: &Path, downloads: &Path, setup: &Setup) -> WebDriverResult<Capabilities> {
    let mut wanted = DesiredCapabilities::chrome();
    wanted.set_binary(program("chromium").to_str().unwrap())?;
    for flag in FLAGS {
        wanted.add_arg(flag)?;
    }
    wanted.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    if let Some(film) = &setup.camera {
        wanted.add_arg("--use-fake-ui-for-media-stream")?;
        wanted.add_arg("--use-fake-device-for-media-stream")?;
        wanted.add_arg(&format!("--use-file-for-fake-video-capture={}", film.display()))?;
    }
    if let Some(language) = setup.language {
        wanted.add_arg(&format!("--lang={language}"))?;
    }
    let mut preferences = json!({
        "intl.accept_languages": setup.language.unwrap_or("en-US"),
        "download.default_directory": downloads,
        "download.prompt_for_download": false,
    });
    if setup.site_data_blocked {
        preferences["profile.default_content_setting_values.cookies"] = json!(2);
    }
    wanted.add_experimental_option("prefs", preferences)?;
    wanted.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
    wanted.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
    let network = json!({ "enableNetwork": true, "enablePage": false });
    wanted.add_experimental_option("perfLoggingPrefs", network)?;
    Ok(wanted.into())
}

impl Browser {
    /// Starts a browser; its profile and its downloads lie in the folder.
    pub async fn start(folder: &Path, profile: &str, base: &str, setup: &Setup) -> Browser {
        let downloads = folder.join(format!("downloads-{profile}"));
        let profile = folder.join(format!("profile-{profile}"));
        fs::create_dir_all(&downloads).unwrap();
        let (processes, port) = start_driver(setup.kind, folder, &profile);
        let wanted = match setup.kind {
            Kind::Chromium => of_chromium(&profile, &downloads, setup),
            Kind::Firefox => of_firefox(&downloads),
        };
        let wanted = wanted.unwrap();
        let driver = WebDriver::builder(format!("http://127.0.0.1:{port}"), wanted)
            .request_timeout(Duration::from_secs(60))
            .await
            .expect("no browser");
        let page = Page::new(driver.clone(), base, &downloads);
        Browser { kind: setup.kind, driver, processes, page }
    }

    /// The page in it.
    pub fn page(&self) -> Page {
        self.page.clone()
    }

    /// Fails where the page complained of anything unexpected, or asked anybody else for anything.
    pub async fn assert_quiet(&self, expected: &[String]) {
        if self.kind == Kind::Firefox {
            return;
        }
        let faults: Vec<_> = self
            .driver
            .browser_log()
            .await
            .unwrap()
            .into_iter()
            .filter(|entry| {
                matches!(entry.level.as_str(), "SEVERE" | "WARNING")
                    || entry.message.contains("Content Security Policy")
            })
            .map(|entry| entry.message)
            .filter(|message| !expected.iter().any(|part| message.contains(part)))
            .collect();
        assert!(faults.is_empty(), "the console says: {faults:#?}");
        let base = self.page.base().to_owned();
        let own = |url: &str| {
            [base.as_str(), "data:", "blob:", "about:", "chrome:"]
                .iter()
                .any(|start| url.starts_with(start))
        };
        let log = self.driver.get_log("performance").await.unwrap();
        let foreign: Vec<_> = log
            .iter()
            .filter_map(|entry| serde_json::from_str::<Value>(&entry.message).ok())
            .filter(|entry| entry["message"]["method"] == "Network.requestWillBeSent")
            .filter_map(|entry| {
                let url = &entry["message"]["params"]["request"]["url"];
                url.as_str().map(str::to_owned)
            })
            .filter(|url| !own(url))
            .collect();
        assert!(foreign.is_empty(), "requests to others: {foreign:#?}");
    }

    /// Closes the browser in good order and waits for its end, so that its profile is on disk.
    pub async fn quit(self) {
        self.driver.clone().quit().await.unwrap();
        let until = Instant::now() + Duration::from_secs(10);
        while !self.processes.of_browser().is_empty() && Instant::now() < until {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Its processes end next; without this the driver would be asked to close the session.
        drop(self.driver.clone().leak());
    }
}

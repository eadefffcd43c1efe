//! A browser with its driver: started here, and ended here however a journey ends.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
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
use super::screen::Screen;

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
    /// Debian's WebKitGTK, the engine of Safari, in its small browser. Its driver hands out as little as Firefox's, and
    /// a browser that is driven keeps nothing when it ends.
    WebKit,
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
    /// Goes last.
    _screen: Option<Screen>,
}

impl Processes {
    /// The processes of the browser: those that were told of this profile, which no other browser has.
    fn of_browser(&self) -> Vec<String> {
        let profile = self.profile.to_string_lossy();
        let driver = self.driver.id().to_string();
        let own = |process: &Path| {
            ["cmdline", "environ"].iter().any(|name| {
                let told = fs::read(process.join(name)).unwrap_or_default();
                String::from_utf8_lossy(&told).contains(&*profile)
            })
        };
        fs::read_dir("/proc")
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter_map(|path| Some((path.file_name()?.to_str()?.to_owned(), path)))
            .filter(|(id, path)| {
                id.bytes().all(|b| b.is_ascii_digit()) && *id != driver && own(path)
            })
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

/// The path of a program, which `scripts/setup.sh WHAT` installs.
pub(super) fn program(name: &str, what: &str) -> PathBuf {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
        .unwrap_or_else(|| panic!("{name} is not installed: run scripts/setup.sh {what}"))
}

/// Starts the driver of a browser on a free port.
fn start_driver(kind: Kind, folder: &Path, profile: &Path) -> (Processes, u16) {
    fs::create_dir_all(profile).unwrap();
    // The port may be taken the moment before (Chromium's driver takes the same one of IPv4 and of IPv6); the driver then
    // ends at once.
    for _ in 0..5 {
        let started = match kind {
            Kind::Chromium => {
                let mut driver = Command::new(program("chromedriver", "browser"));
                driver.env("TMPDIR", folder).env("HOME", folder);
                driver_that_says(driver, "ChromeDriver was started successfully on port ", profile)
            }
            Kind::Firefox => {
                let mut driver = Command::new(program("geckodriver", "firefox"));
                driver.env("TMPDIR", profile).env("HOME", folder);
                driver_that_says(driver, "Listening on 127.0.0.1:", profile)
            }
            Kind::WebKit => driver_of_webkit(profile),
        };
        if let Some(started) = started {
            return started;
        }
    }
    panic!("the driver found no free port");
}

/// Starts a driver that takes a free port and says which; `None` where it ended without one.
fn driver_that_says(
    mut driver: Command,
    says: &'static str,
    profile: &Path,
) -> Option<(Processes, u16)> {
    let mut driver = driver
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    let processes = Processes { driver, profile: profile.to_owned(), _screen: None };
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
        Err(RecvTimeoutError::Timeout) => panic!("the driver said no port within 20 s"),
    }
}

/// Starts WebKit's driver, which says nothing and wants to be told a port; `None` where that was taken.
fn driver_of_webkit(profile: &Path) -> Option<(Processes, u16)> {
    let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let screen = Screen::start();
    let mut driver = Command::new(program("WebKitWebDriver", "webkit"));
    for folder in ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"] {
        driver.env(folder, profile);
    }
    let driver = driver
        .arg(format!("--port={port}"))
        .env("DISPLAY", &screen.display)
        .env("HOME", profile)
        .env("TMPDIR", profile)
        // Nothing of a desktop is asked for or started.
        .env("NO_AT_BRIDGE", "1")
        .env("GIO_USE_VFS", "local")
        .env("GSETTINGS_BACKEND", "memory")
        .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut processes = Processes { driver, profile: profile.to_owned(), _screen: Some(screen) };
    let until = Instant::now() + Duration::from_secs(20);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if processes.driver.try_wait().unwrap().is_some() {
            return None;
        }
        assert!(Instant::now() < until, "WebKitWebDriver does not listen after 20 s");
        thread::sleep(Duration::from_millis(10));
    }
    Some((processes, port))
}

/// WebKit's browser, which Debian puts beside the engine.
fn mini_browser() -> PathBuf {
    let folders = fs::read_dir("/usr/lib").into_iter().flatten();
    folders
        .map(|folder| folder.unwrap().path().join("webkit2gtk-4.1/MiniBrowser"))
        .find(|file| file.is_file())
        .expect("MiniBrowser is not installed: run scripts/setup.sh webkit")
}

fn of_webkit(profile: &Path, downloads: &Path) -> WebDriverResult<Capabilities> {
    let folders = format!("XDG_DOWNLOAD_DIR=\"{}\"\n", downloads.display());
    fs::write(profile.join("user-dirs.dirs"), folders).unwrap();
    let mut wanted = Capabilities::new();
    let options = json!({
        "binary": mini_browser(),
        "args": ["--automation", "--geometry=1280x800"],
    });
    wanted.set("webkitgtk:browserOptions", options)?;
    Ok(wanted)
}

fn of_firefox(profile: &Path, downloads: &Path) -> WebDriverResult<Capabilities> {
    let mut wanted = DesiredCapabilities::firefox();
    wanted.set_firefox_binary(program("firefox-esr", "firefox").to_str().unwrap())?;
    wanted.add_arg("-headless")?;
    // A profile of ours: the driver's own would go with the browser.
    wanted.add_arg("-profile")?;
    wanted.add_arg(profile.to_str().unwrap())?;
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
    wanted.set_binary(program("chromium", "browser").to_str().unwrap())?;
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
            Kind::Firefox => of_firefox(&profile, &downloads),
            Kind::WebKit => of_webkit(&profile, &downloads),
        };
        let wanted = wanted.unwrap();
        let driver = WebDriver::builder(format!("http://127.0.0.1:{port}"), wanted)
            .request_timeout(Duration::from_secs(60))
            .await
            .expect("no browser");
        let page = Page::new(setup.kind, driver.clone(), base, &downloads);
        Browser { kind: setup.kind, driver, processes, page }
    }

    /// The page in it.
    pub fn page(&self) -> Page {
        self.page.clone()
    }

    /// Fails where the page complained of anything unexpected, or asked anybody else for anything.
    pub async fn assert_quiet(&self, expected: &[String]) {
        if self.kind != Kind::Chromium {
            return; // its driver does not know
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

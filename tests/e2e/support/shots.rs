//! Pictures of the page, exact in size: target/screens/NAME-LANGUAGE-SIZE.png.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::page::Page;

/// A size of a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
}

/// A small telephone.
pub const NARROW: Size = Size { width: 360, height: 740 };
/// The narrowest screen that all must fit, or a wide one enlarged four times (WCAG 2.2, 1.4.10).
pub const NARROWEST: Size = Size { width: 320, height: 740 };
/// A desk.
pub const WIDE: Size = Size { width: 1280, height: 800 };

/// Where pictures go.
pub fn folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"), PathBuf::from);
    let folder = target.join("screens");
    fs::create_dir_all(&folder).unwrap();
    folder
}

impl Page {
    /// Makes the screen this large.
    pub async fn resize(&self, size: Size) {
        let metrics = json!({
            "width": size.width, "height": size.height, "deviceScaleFactor": 1, "mobile": false,
        });
        let cdp = self.driver().cdp();
        cdp.send_raw("Emulation.setDeviceMetricsOverride", metrics).await.unwrap();
        let script = "return innerHeight === arguments[1]
            && document.documentElement.clientWidth === arguments[0]";
        self.until(&format!("{size:?}"), script, json!([size.width, size.height])).await;
        self.drawn().await;
    }

    /// Asks for dark or light colours.
    pub async fn colours(&self, scheme: &str) {
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
        let media = json!({ "features": [feature] });
        self.driver().cdp().send_raw("Emulation.setEmulatedMedia", media).await.unwrap();
        let script = "return matchMedia(`(prefers-color-scheme: ${arguments[0]})`).matches";
        self.until(scheme, script, json!([scheme])).await;
        self.drawn().await;
    }

    /// Waits until what was asked for is drawn and nothing moves.
    pub async fn drawn(&self) {
        let script = "const done = arguments[arguments.length - 1];
            const moving = document.getAnimations().map(a => a.finished.catch(() => {}));
            Promise.all([document.fonts.ready, ...moving])
                .then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));";
        self.driver().execute_async(script, Vec::new()).await.unwrap();
    }

    /// Takes a picture.
    pub async fn shoot(&self, file: &str) {
        self.drawn().await;
        self.driver().screenshot(&folder().join(file)).await.unwrap();
    }
}

//! The camera (Media Capture and Streams, W3C). It is on as long as a [`Camera`] exists.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    ConstrainLongRange, DomException, HtmlVideoElement, MediaDevices, MediaStream,
    MediaStreamConstraints, MediaStreamTrack, MediaTrackConstraints,
};

use super::navigator::navigator;
use super::picture;
use super::worker::Pixels;
use super::{element, spawn_local};

/// Why there is no camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CameraError {
    /// The person or the browser has refused it.
    Refused,
    /// The device has none that works.
    Missing,
}

/// The cameras of the device, of which one may be asked for.
pub struct Cameras(MediaDevices);

impl Cameras {
    /// `None` where this page may not use any, as over plain HTTP.
    pub fn new() -> Option<Cameras> {
        Some(Cameras(navigator()?.media_devices()?))
    }

    /// Turns one on, once the person agrees.
    ///
    /// # Errors
    /// [`CameraError`].
    pub async fn turn_on(&self) -> Result<Camera, CameraError> {
        let asked = self.0.get_user_media_with_constraints(&wish());
        let stream = match asked {
            Ok(asked) => JsFuture::from(asked).await,
            Err(error) => Err(error),
        };
        match stream {
            Ok(stream) => Ok(Camera(stream.unchecked_into())),
            Err(error) => Err(reason(&error)),
        }
    }
}

fn reason(error: &JsValue) -> CameraError {
    match error.dyn_ref::<DomException>() {
        Some(error) if error.name() == "NotAllowedError" => CameraError::Refused,
        _ => CameraError::Missing,
    }
}

/// The camera that looks away from the person, as sharp as it goes.
fn wish() -> MediaStreamConstraints {
    let width = ConstrainLongRange::new();
    width.set_ideal(1920);
    let video = MediaTrackConstraints::new();
    video.set_width_constrain_long_range(&width);
    video.set_facing_mode_str("environment");
    let all = MediaStreamConstraints::new();
    all.set_video_media_track_constraints(&video);
    all
}

/// A camera that is on; it goes off when this is dropped.
pub struct Camera(MediaStream);

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.0.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}

impl Camera {
    /// Shows what the camera sees in the video element with this id; `None` where the page has none.
    pub fn show(&self, id: &str) -> Option<Video> {
        let video: HtmlVideoElement = element(id)?.dyn_into().ok()?;
        if video.src_object().is_none() {
            video.set_muted(true);
            video.set_src_object(Some(&self.0));
            // It plays by itself where it may not be told to.
            if let Ok(playing) = video.play() {
                spawn_local(async move { drop(JsFuture::from(playing).await) });
            }
        }
        Some(Video(video))
    }
}

/// The element that shows what a camera sees.
pub struct Video(HtmlVideoElement);

impl Video {
    /// What it shows now; `None` where that is nothing yet, or cannot be read.
    pub fn pixels(&self) -> Option<Pixels> {
        let (width, height) = (self.0.video_width(), self.0.video_height());
        if width == 0 {
            return None;
        }
        picture::of_video(&self.0, width, height).ok()
    }
}

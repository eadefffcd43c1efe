//! The camera (Media Capture and Streams, W3C). It is on while a [`Camera`] exists.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    ConstrainLongRange, DomException, HtmlVideoElement, MediaDevices, MediaStream,
    MediaStreamConstraints, MediaStreamTrack, MediaTrackConstraints,
};

use super::navigator::navigator;
use super::worker::Pixels;
use super::{element, picture, spawn_local};

/// Why there is no camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CameraError {
    /// The person or the browser refused it.
    Refused,
    /// No working camera found.
    Missing,
}

/// Access to the cameras of the device.
pub struct Cameras(MediaDevices);

impl Cameras {
    /// `None` if cameras are unavailable, as over plain HTTP.
    pub fn new() -> Option<Cameras> {
        Some(Cameras(navigator()?.media_devices()?))
    }

    /// Turns a camera on with permission.
    pub async fn turn_on(&self) -> Result<Camera, CameraError> {
        let asked = self.0.get_user_media_with_constraints(&wish()).map_err(reason)?;
        let stream = JsFuture::from(asked).await.map_err(reason)?;
        Ok(Camera(stream.unchecked_into()))
    }
}

fn reason(error: JsValue) -> CameraError {
    match error.dyn_ref::<DomException>() {
        Some(error) if error.name() == "NotAllowedError" => CameraError::Refused,
        _ => CameraError::Missing,
    }
}

/// Prefers the rear camera at high resolution.
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

/// A running camera; dropping it turns it off.
pub struct Camera(MediaStream);

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.0.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}

impl Camera {
    /// Shows the camera picture in the video element with this id; `None` if there is none.
    pub fn show(&self, id: &str) -> Option<Video> {
        let video: HtmlVideoElement = element(id)?.dyn_into().ok()?;
        if video.src_object().is_none() {
            video.set_muted(true);
            video.set_src_object(Some(&self.0));
            // A refused `play` is ignored.
            if let Ok(playing) = video.play() {
                spawn_local(async move { drop(JsFuture::from(playing).await) });
            }
        }
        Some(Video(video))
    }
}

/// The video element of a camera.
pub struct Video(HtmlVideoElement);

impl Video {
    /// The current frame; `None` if there is none or it cannot be read.
    pub fn pixels(&self) -> Option<Pixels> {
        let (width, height) = (self.0.video_width(), self.0.video_height());
        if width == 0 {
            return None;
        }
        picture::of_video(&self.0, width, height).ok()
    }
}

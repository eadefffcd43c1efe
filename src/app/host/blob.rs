//! Pictures beside answers: made smaller, and shown.

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap, Url,
};

use super::{attempted, document, window};

/// The quality of a picture that is made smaller, of 1.
const QUALITY: f64 = 0.8;

/// The address of bytes that an element shows; they are let go when it is dropped.
pub struct ObjectUrl(String);

impl ObjectUrl {
    /// The address of some bytes of a media type; `None` where the browser makes none.
    pub fn of(kind: &str, bytes: &[u8]) -> Option<ObjectUrl> {
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        let parts = Array::of1(&Uint8Array::from(bytes));
        let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
        Url::create_object_url_with_blob(&blob).ok().map(ObjectUrl)
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        attempted(Some(Url::revoke_object_url(&self.0)));
    }
}

/// A picture in a file as JPEG, with sides of at most `side` pixels; `None` where it is small enough as it is: in pixels, and
/// in bytes by `limit`. Fails where the browser cannot read it.
pub async fn as_jpeg(file: &File, side: u32, limit: usize) -> Result<Option<Vec<u8>>, JsValue> {
    let window = window().ok_or(JsValue::NULL)?;
    let bitmap = JsFuture::from(window.create_image_bitmap_with_blob(file)?).await?;
    let bitmap: ImageBitmap = bitmap.unchecked_into();
    let longer = bitmap.width().max(bitmap.height());
    let made = if longer <= side && file.size() <= limit as f64 {
        Ok(None)
    } else {
        drawn(&bitmap, f64::from(side) / f64::from(longer.max(1))).await.map(Some)
    };
    bitmap.close();
    made
}

async fn drawn(bitmap: &ImageBitmap, scale: f64) -> Result<Vec<u8>, JsValue> {
    let side = |own: u32| (f64::from(own) * scale.min(1.0)).round().max(1.0);
    let (width, height) = (side(bitmap.width()), side(bitmap.height()));
    let document = document().ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: CanvasRenderingContext2d = context.dyn_into()?;
    // JPEG has no transparency, which would be black.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width, height);
    context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width, height)?;
    let done = Promise::new(&mut |resolve: Function, reject: Function| {
        let quality = JsValue::from_f64(QUALITY);
        let kind = "image/jpeg";
        let asked = canvas.to_blob_with_type_and_encoder_options(&resolve, kind, &quality);
        if let Err(error) = asked {
            attempted(Some(reject.call1(&JsValue::NULL, &error)));
        }
    });
    let blob = JsFuture::from(done).await;
    // Frees its memory at once.
    canvas.set_width(0);
    let blob: Blob = blob?.dyn_into()?;
    let buffer = JsFuture::from(blob.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Pieces of a file that is downloaded as a whole, in JavaScript memory.
#[derive(Default)]
pub struct Pieces(Array);

impl Pieces {
    /// Adds a piece.
    pub fn push(&self, bytes: &[u8]) {
        self.0.push(&Uint8Array::from(bytes));
    }

    /// Downloads the file; fails with the browser's error.
    pub fn download(&self, name: &str, kind: &str) -> Result<(), JsValue> {
        super::files::download_as(name, kind, &self.0)
    }
}

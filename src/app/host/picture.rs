//! Decodes pictures into pixels.

use js_sys::{Uint8Array, Uint8ClampedArray};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, ContextAttributes2d, File, HtmlCanvasElement, HtmlVideoElement,
    ImageBitmap, ImageData,
};

use super::worker::Pixels;
use super::{document, window};

/// The most pixels scanned: the canvas limit of phones. A sheet at 300 dpi has half as many.
const MOST: f64 = 16_000_000.0;

/// The longest picture file that is decoded, in bytes: a telephone's largest photograph has about 30 MB.
pub const PICTURE_LIMIT: usize = 48 << 20;

#[wasm_bindgen]
extern "C" {
    /// Pixels in JavaScript memory; `data` of `web_sys` would copy them into wasm memory.
    #[wasm_bindgen(js_name = ImageData)]
    type BrowserPixels;

    #[wasm_bindgen(method, getter)]
    fn data(this: &BrowserPixels) -> Uint8ClampedArray;
}

/// Is a file a picture, by its type?
pub fn is_picture(file: &File) -> bool {
    file.type_().starts_with("image/")
}

/// The pixels of a picture in a file; fails where the browser cannot read it.
pub async fn of_file(file: &File) -> Result<Pixels, JsValue> {
    let window = window().ok_or(JsValue::NULL)?;
    let bitmap = JsFuture::from(window.create_image_bitmap_with_blob(file)?).await?;
    let bitmap: ImageBitmap = bitmap.unchecked_into();
    let pixels = drawn(bitmap.width(), bitmap.height(), |context, width, height| {
        context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width, height)
    });
    bitmap.close();
    pixels
}

/// The pixels of a video frame.
pub(super) fn of_video(
    video: &HtmlVideoElement,
    width: u32,
    height: u32,
) -> Result<Pixels, JsValue> {
    drawn(width, height, |context, width, height| {
        context.draw_image_with_html_video_element_and_dw_and_dh(video, 0.0, 0.0, width, height)
    })
}

/// The pixels that `draw` draws into a width and a height: the size of the picture, scaled down to [`MOST`].
fn drawn(
    width: u32,
    height: u32,
    draw: impl FnOnce(&CanvasRenderingContext2d, f64, f64) -> Result<(), JsValue>,
) -> Result<Pixels, JsValue> {
    let [width, height] = [width, height].map(f64::from);
    let scale = (MOST / (width * height).max(1.0)).sqrt().min(1.0);
    let [width, height] = [width, height].map(|side| (side * scale).floor().max(1.0));
    let document = document().ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let options = ContextAttributes2d::new();
    options.set_will_read_frequently(true);
    let context = canvas.get_context_with_context_options("2d", &options)?;
    let context: CanvasRenderingContext2d = context.ok_or(JsValue::NULL)?.dyn_into()?;
    draw(&context, width, height)?;
    let image: ImageData = context.get_image_data(0.0, 0.0, width, height)?;
    let image: BrowserPixels = JsValue::from(image).unchecked_into();
    // Frees its memory at once.
    canvas.set_width(0);
    Ok(Pixels {
        width: width as u32,
        height: height as u32,
        bytes: Uint8Array::new(&image.data().buffer()),
    })
}

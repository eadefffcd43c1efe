//! Pictures as the browser knows them, as pixels.

use js_sys::{Object, Uint8Array, global};
use wasm_bindgen::prelude::*;
use web_sys::File;

use crate::app::host::dynamic::{call, get, number, of_page, set, wait};
use crate::app::host::worker::Pixels;

/// Most pixels that are looked at: browsers of telephones draw no more at once. A sheet at 300 dpi has half of them.
const MOST: f64 = 16_000_000.0;

/// The pixels of a picture in a file.
///
/// # Errors
/// The browser cannot read it.
pub async fn of_file(file: &File) -> Result<Pixels, JsValue> {
    let bitmap = wait(&global(), "createImageBitmap", &[file.into()]).await?;
    let pixels = of(&bitmap, number(&bitmap, "width"), number(&bitmap, "height"));
    call(&bitmap, "close", &[])?;
    pixels
}

/// The pixels of what can be drawn, of this size.
///
/// # Errors
/// The browser does not draw it.
pub fn of(source: &JsValue, width: f64, height: f64) -> Result<Pixels, JsValue> {
    let scale = (MOST / (width * height).max(1.0)).sqrt().min(1.0);
    let [width, height] = [width, height].map(|side| (side * scale).floor().max(1.0));
    let canvas = call(&of_page("document"), "createElement", &["canvas".into()])?;
    set(&canvas, "width", &width.into());
    set(&canvas, "height", &height.into());
    let options: JsValue = Object::new().into();
    set(&options, "willReadFrequently", &true.into());
    let context = call(&canvas, "getContext", &["2d".into(), options])?;
    let area = [0.0, 0.0, width, height].map(JsValue::from);
    let [x, y, w, h] = area.clone();
    call(&context, "drawImage", &[source.clone(), x, y, w, h])?;
    let data = get(&call(&context, "getImageData", &area)?, "data");
    // So that its memory goes at once.
    set(&canvas, "width", &0.into());
    Ok(Pixels {
        width: width as u32,
        height: height as u32,
        bytes: Uint8Array::new(&get(&data, "buffer")).into(),
    })
}

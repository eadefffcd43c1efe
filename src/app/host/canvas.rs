//! Drawing squares, such as those of a QR code.

use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::{element, later, report};

/// Pixels of a square's side on the canvas: enough that printers do not blur its edges.
const SIDE: u32 = 8;

/// Draws dark squares on the canvas with this id, after the page has rendered it.
pub fn draw_squares(id: &str, size: u32, is_dark: impl Fn(u32, u32) -> bool + 'static) {
    let id = id.to_owned();
    later(0, move || {
        let canvas = element(&id).and_then(|element| element.dyn_into::<HtmlCanvasElement>().ok());
        let Some(canvas) = canvas else { return };
        canvas.set_width(size * SIDE);
        canvas.set_height(size * SIDE);
        match context(&canvas) {
            Some(context) => draw(&context, size, is_dark),
            None => report(&"canvas".into()),
        }
    });
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

fn draw(context: &CanvasRenderingContext2d, size: u32, is_dark: impl Fn(u32, u32) -> bool) {
    let fill = |colour: &str, x: u32, y: u32, side: u32| {
        context.set_fill_style_str(colour);
        let [x, y, side] = [x, y, side].map(|squares| f64::from(squares * SIDE));
        context.fill_rect(x, y, side, side);
    };
    fill("#fff", 0, 0, size);
    for y in 0..size {
        for x in 0..size {
            if is_dark(x, y) {
                fill("#000", x, y, 1);
            }
        }
    }
}

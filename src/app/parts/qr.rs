//! A text as a QR code (ISO/IEC 18004).

use qrcodegen::{QrCode, QrCodeEcc};

use crate::app::host;
use crate::app::parts::{El, html};
use crate::share::paper_code;

/// White squares around the code (quiet zone).
const MARGIN: u32 = 4;

/// The code of a text; `None` if it is too long.
pub fn qr(id: &str, label: &str, text: &str) -> Option<El> {
    let code = QrCode::encode_binary(text.as_bytes(), QrCodeEcc::Medium).ok()?;
    draw(id, label, code)
}

/// The code of a part of a file on paper, as [`paper_code`] makes it.
pub fn qr_of_part(id: &str, label: &str, text: &str) -> Option<El> {
    draw(id, label, paper_code(text)?)
}

fn draw(id: &str, label: &str, code: QrCode) -> Option<El> {
    let side = u32::try_from(code.size()).ok()? + 2 * MARGIN;
    host::draw_squares(id, side, move |x, y| {
        let inside = |at: u32| i32::try_from(at).map_or(-1, |at| at - MARGIN.cast_signed());
        code.get_module(inside(x), inside(y))
    });
    Some(
        html::canvas()
            .id(id)
            .class("qr")
            .attr("role", "img")
            .attr("aria-label", &format!("QR – {label}")),
    )
}

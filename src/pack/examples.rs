//! Made-up forms to look at, beside the built-in packs.

use super::catalog::text;

/// The text of the made-up form of a built-in pack: an assessment of a unit that does not exist. It is read with the pack
/// as it is now, whatever digest stands in it.
pub fn of(pack_id: &str) -> Option<&'static str> {
    match pack_id {
        "nghe-an-2024" => Some(text!("nghe-an-2024.example.json")),
        "sinh-hoat-hd42" => Some(text!("sinh-hoat-hd42.example.json")),
        "sinh-hoat-hd12" => Some(text!("sinh-hoat-hd12.example.json")),
        "phieu-thang-dat" => Some(text!("phieu-thang-dat.example.json")),
        "chin-tieu-chi-dang-bo" => Some(text!("chin-tieu-chi-dang-bo.example.json")),
        _ => None,
    }
}

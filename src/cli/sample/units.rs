//! Units that could be in Nghệ An after the merger of July 2025: communes that exist, with hamlets,
//! schools and firms of common names that need not be there. No person is named.

use crate::form::Unit;
use crate::pack::{Applies, Pack};
use crate::value::{Id, Label, Lang};

use super::generator::Generator;

/// A level and a type of units.
#[derive(Clone, Debug)]
pub(super) struct UnitKind {
    level: Id,
    unit_type: Id,
}

/// Every level and type that some item belongs to, in pack order; all where no item belongs to any.
pub(super) fn kinds(pack: &Pack) -> Vec<UnitKind> {
    let each = pack.levels.iter().flat_map(|level| {
        pack.types
            .iter()
            .map(|unit_type| UnitKind { level: level.id.clone(), unit_type: unit_type.id.clone() })
    });
    let all: Vec<_> = each.collect();
    let has_item = |kind: &&UnitKind| {
        let belongs = |applies| Applies::any(applies, &kind.level, &kind.unit_type);
        pack.items.iter().any(|item| belongs(&item.applies))
    };
    let with_items: Vec<_> = all.iter().filter(has_item).cloned().collect();
    if with_items.is_empty() { all } else { with_items }
}

/// A unit and its locality.
pub(super) struct Seat {
    pub(super) unit: Unit,
    pub(super) locality: String,
}

/// The second part of the name of a unit.
#[derive(Clone, Copy)]
enum After {
    /// The name of a hamlet.
    Hamlet,
    /// `xã` or `phường` with its name.
    Commune,
}

/// Names of units of a type, by a word in the label of the type; the first match counts.
const STEMS: [(&str, After, &[&str]); 6] = [
    ("phường", After::Commune, &[""]),
    (
        "sự nghiệp",
        After::Hamlet,
        &[
            "Trường Mầm non",
            "Trường Tiểu học",
            "Trường Trung học cơ sở",
            "Trường Trung học phổ thông",
            "Trường Phổ thông dân tộc bán trú",
            "Trạm Y tế",
        ],
    ),
    (
        "ngoài nhà nước",
        After::Hamlet,
        &["Công ty Trách nhiệm hữu hạn", "Công ty Cổ phần", "Hợp tác xã Nông nghiệp"],
    ),
    (
        "doanh nghiệp",
        After::Hamlet,
        &["Công ty Lâm nghiệp", "Xí nghiệp Thủy lợi", "Công ty Nông nghiệp"],
    ),
    (
        "cơ quan",
        After::Commune,
        &[
            "cơ quan Đảng ủy",
            "cơ quan Ủy ban Mặt trận Tổ quốc",
            "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân",
            "Phòng Kinh tế",
            "Phòng Văn hóa - Xã hội",
            "Trung tâm Phục vụ hành chính công",
        ],
    ),
    ("vũ trang", After::Commune, &["Công an", "Quân sự"]),
];

/// Communes and wards: their rank, the word for their parts, their names.
const COMMUNES: [(&str, &str, &str); 7] = [
    (
        "xã",
        "bản",
        "Mỹ Lý, Bắc Lý, Keng Đu, Huồi Tụ, Mường Lống, Na Loi, Nậm Cắn, Mường Xén, Hữu Kiệm, \
         Chiêu Lưu, Na Ngoi, Mường Típ, Tương Dương, Nga My, Con Cuông, Môn Sơn, Châu Khê, \
         Bình Chuẩn, Quế Phong, Tiền Phong, Tri Lễ, Mường Quàng, Thông Thụ, Quỳ Châu, Châu Tiến, \
         Hùng Chân",
    ),
    ("xã", "xóm", "Quỳ Hợp, Tam Hợp, Minh Hợp, Nghĩa Đàn, Tân Kỳ, Nghĩa Đồng"),
    ("xã", "thôn", "Anh Sơn"),
    ("xã", "xóm", "Đô Lương, Kim Liên, Nam Đàn, Yên Thành, Diễn Châu"),
    ("xã", "thôn", "Quỳnh Lưu"),
    ("xã", "xóm", "Nghi Lộc"),
    (
        "phường",
        "khối",
        "Thành Vinh, Trường Vinh, Vinh Hưng, Vinh Phú, Cửa Lò, Thái Hòa, Hoàng Mai, Quỳnh Mai",
    ),
];

/// Names of hamlets in the highlands, as many as in the lowlands.
const HIGHLAND: &str = "\
    Na Cáng, Huồi Pún, Pà Khốm, Xốp Nặm, Kẻ Lè, Na Hỷ, Phà Nọi, Huồi Xan, Nà Khoang, Piêng Lau, \
    Kẻ Nọc, Xốp Kho, Na Lạnh, Huồi Mới, Pà Cọ, Tà Sỏi, Khe Bố, Khe Ngậu, Nhạn Nhinh, Piêng Coọc, \
    Na Bè, Huồi Đun, Pủng Xa, Kẻ Tằn, Xiềng Hương, Mường Piệt, Na Chạng, Huồi Sơn, Phá Bún, \
    Noong Ó, Khe Quánh, Tông Sành, Hợp Thành, Na Xai, Pù Khạng, Huồi Nhúc, Xốp Típ, Kim Đa, \
    Lưu Thắng, Cửa Rào";

/// Names of hamlets and blocks in the lowlands.
const LOWLAND: &str = "\
    Tân Sơn, Tân Tiến, Tân Thành, Đồng Tâm, Hồng Sơn, Bắc Sơn, Nam Sơn, Yên Hòa, Xuân Sơn, \
    Minh Thành, Liên Trường, Trung Thành, Quyết Tiến, Hòa Bình, Đại Đồng, Phú Cường, Thanh Long, \
    Kim Sơn, Vĩnh Thịnh, Hưng Đạo, Lam Thắng, Đông Thịnh, Tây Hồ, Bình Minh, Thống Nhất, \
    Trung Hậu, Xuân Hòa, Yên Bình, Ngọc Lâm, Hải Đông, Phúc Lộc, Quang Trung, Tiên Cảnh, \
    Long Sơn, Đức Thịnh, Văn Sơn, Hợp Tiến, Mỹ Thượng, Cẩm Thái, Nhân Hậu";

/// The names of a list.
fn names(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(", ")
}

/// Every commune and ward: its rank, its name, the word for its parts.
fn communes() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    COMMUNES.iter().flat_map(|(rank, part, own)| names(own).map(|name| (*rank, name, *part)))
}

impl Seat {
    /// The unit of a sample. Names repeat only after every hamlet of every commune.
    pub(super) fn of(pack: &Pack, kind: &UnitKind, number: u64, seed: u64) -> Seat {
        let communes: Vec<_> = communes().collect();
        let count = communes.len() as u64;
        let all = count * names(LOWLAND).count() as u64;
        // A prime step that does not divide `all` visits every unit once per round.
        let turn = (number % all * 1_009 + seed % all) % all;
        let (rank, name, part) = at(&communes, turn % count).unwrap_or_default();
        let hamlets: Vec<_> = names(if part == "bản" { HIGHLAND } else { LOWLAND }).collect();
        let mut hamlet = at(&hamlets, turn / count).unwrap_or(name).to_owned();
        if number >= all {
            hamlet = format!("{hamlet} {}", number / all + 1);
        }
        let level = label(pack.levels.iter().find(|l| l.id == kind.level).map(|l| &l.label));
        let unit_type = label(pack.types.iter().find(|t| t.id == kind.unit_type).map(|t| &t.label));
        let mut generator = Generator::new(&pack.digest, seed, number, "unit");
        let own = own_name(&unit_type, &format!("{rank} {name}"), part, &hamlet, &mut generator);
        // A level is called "cơ sở" (grassroots) in rules, not in the name of a unit.
        let level_name = level.strip_suffix(" cơ sở").unwrap_or(&level);
        let is_commune = unit_type.to_lowercase().contains("phường");
        let is_first_level = pack.levels.first().is_some_and(|l| l.id == kind.level);
        let (parent, superior) = if is_commune && !is_first_level {
            ("Đảng bộ tỉnh Nghệ An".to_owned(), "Tỉnh ủy Nghệ An".to_owned())
        } else {
            (format!("Đảng bộ {rank} {name}"), format!("Đảng ủy {rank} {name}"))
        };
        Seat {
            unit: Unit {
                name: format!("{level_name} {own}"),
                level: kind.level.clone(),
                unit_type: kind.unit_type.clone(),
                // "Mẫu" (sample), so that it is not mistaken for a registered unit.
                code: format!("MAU-{:05}", number + 1),
                parent,
                superior,
            },
            locality: name.to_owned(),
        }
    }
}

fn at<T: Copy>(values: &[T], index: u64) -> Option<T> {
    values.get(usize::try_from(index).ok()?).copied()
}

fn label(label: Option<&Label>) -> String {
    label.map(|label| label.text(Lang::Vi).to_owned()).unwrap_or_default()
}

/// The name without the level, by the words of the type's label, since ids differ between packs.
fn own_name(
    unit_type: &str,
    commune: &str,
    part: &str,
    hamlet: &str,
    generator: &mut Generator,
) -> String {
    let words = unit_type.to_lowercase();
    if words.split(", ").any(|word| word == part) {
        return format!("{part} {hamlet}");
    }
    match STEMS.iter().find(|(word, ..)| words.contains(word)) {
        Some((_, after, stems)) => {
            let place = match after {
                After::Hamlet => hamlet,
                After::Commune => commune,
            };
            format!("{} {place}", generator.phrase(stems)).trim().to_owned()
        }
        None => {
            let first = words.split(", ").next().unwrap_or_default();
            format!("{first} {hamlet}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_commune_has_as_many_hamlets() {
        assert_eq!(names(HIGHLAND).count(), names(LOWLAND).count());
    }
}

//! Words of a Party document that are made of what a pack says.

use super::day;
use crate::app::text::{Text, fill};
use crate::pack::LegalBasis;

/// A document as it is cited: its kind, number and day of issue, then who issued it on what.
///
/// ```text
/// Hướng dẫn 10-HD/BTCTU của … → Hướng dẫn số 10-HD/BTCTU, ngày 02/01/2024 của …
/// ```
pub fn cite(t: &Text, basis: &LegalBasis) -> String {
    let Some(issued) = basis.issued.map(day) else { return basis.cite.clone() };
    let mut words: Vec<_> = basis.cite.split(' ').map(str::to_owned).collect();
    match words.iter_mut().find(|word| is_number(word)) {
        Some(number) => {
            *number = fill(t.cited, &[number, &issued]);
            // The pack may have the word already.
            words.join(" ").replace("số số ", "số ")
        }
        None => [&basis.cite, ", ", &fill(t.issued, &[&issued])].concat(),
    }
}

/// Is a word the number of a document, such as `10-HD/BTCTU`?
fn is_number(word: &str) -> bool {
    let is_letter = |sign: char| sign.is_alphabetic();
    word.starts_with(|sign: char| sign.is_ascii_digit())
        && word.split_once(['-', '/']).is_some_and(|(_, rest)| rest.contains(is_letter))
}

/// A note of a pack in the third person, for the paper of a unit, which is not who speaks there.
pub fn told_of(t: &Text, note: &str) -> String {
    let [own, theirs] = t.later().paper.first_person;
    note.replace(own, theirs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::text::{english, text};
    use crate::pack::catalog::{BUILT_IN, by_id};
    use crate::value::{Date, Id, Lang};

    fn basis(cite: &str, issued: &str) -> LegalBasis {
        LegalBasis {
            cite: cite.into(),
            issued: Date::parse(issued),
            in_force: crate::pack::Span::default(),
        }
    }

    #[test]
    fn a_document_is_cited_with_number_and_day() {
        let vi = text(Lang::Vi);
        let cases = [
            (
                "Hướng dẫn 10-HD/BTCTU của Ban Tổ chức",
                "Hướng dẫn số 10-HD/BTCTU, ngày 02/01/2024 của Ban Tổ chức",
            ),
            (
                "Quyết định số 5-QĐ/TU của Tỉnh ủy",
                "Quyết định số 5-QĐ/TU, ngày 02/01/2024 của Tỉnh ủy",
            ),
            ("Điều lệ Đảng khóa 13", "Điều lệ Đảng khóa 13, ban hành ngày 02/01/2024"),
            (
                "Nghị định 30/2020/NĐ-CP của Chính phủ",
                "Nghị định số 30/2020/NĐ-CP, ngày 02/01/2024 của Chính phủ",
            ),
        ];
        for (cited, words) in cases {
            assert_eq!(cite(vi, &basis(cited, "2024-01-02")), words);
        }
        assert_eq!(cite(vi, &basis("Quy chế làm việc", "")), "Quy chế làm việc");
        let en = cite(english(), &basis("Hướng dẫn 10-HD/BTCTU của Ban Tổ chức", "2024-01-02"));
        assert_eq!(en, "Hướng dẫn 10-HD/BTCTU (02/01/2024) của Ban Tổ chức");
    }

    #[test]
    fn every_basis_of_the_built_in_packs_has_its_number_and_day() {
        for pack in BUILT_IN {
            for basis in pack.read().unwrap().legal_basis {
                let words = cite(text(Lang::Vi), &basis);
                assert!(words.contains(" số ") && words.contains(", ngày "), "{words}");
            }
        }
    }

    #[test]
    fn the_subject_names_the_level_of_the_form_alone() {
        let pack = by_id("nghe-an-2024").unwrap().read().unwrap();
        let of = |level: &str| pack.subject(&Id::new(level).unwrap(), Lang::Vi);
        assert_eq!(of("cell"), "Tự đánh giá chi bộ bốn tốt");
        assert_eq!(of("committee"), "Tự đánh giá đảng bộ cơ sở bốn tốt");
        assert_eq!(of("none"), "Tự đánh giá chi bộ bốn tốt, đảng bộ cơ sở bốn tốt");
        let meetings = by_id("sinh-hoat-hd42").unwrap().read().unwrap();
        let of = meetings.subject(&Id::new("cell").unwrap(), Lang::Vi);
        assert_eq!(of, "Bảng chấm điểm sinh hoạt chi bộ thường kỳ hằng tháng");
    }

    #[test]
    fn a_paper_does_not_speak_for_who_made_the_pack() {
        for pack in BUILT_IN {
            let note = pack.read().unwrap().note.unwrap();
            let vi = told_of(text(Lang::Vi), note.text(Lang::Vi));
            assert!(vi.contains("đề xuất của người soạn bộ tiêu chí") && !vi.contains("chúng tôi"));
            let en = told_of(english(), note.text(Lang::En));
            assert!(!en.split(' ').any(|word| word == "our" || word == "we"), "{en}");
        }
    }
}

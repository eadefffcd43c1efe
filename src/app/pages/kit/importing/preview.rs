//! What would come of a table: doubts, criteria with their items, rows that are left out.

use super::Own;
use crate::app::parts::{self, El, html};
use crate::app::text::fill;
use crate::app::wording::changes::decimal;
use crate::app::wording::table;
use crate::kit::import::{CriterionPreview, Made, Preview, one_line};
use crate::value::shown;

pub(super) fn view(own: &Own, made: &Made) -> Vec<El> {
    let mut all = vec![
        html::p().attr("role", "status").test_id("kit-import-count").text(&count(own, made)),
        doubts(own, made),
        html::h3().text(own.s.preview),
    ];
    let rows = made.preview.criteria.iter().enumerate();
    all.extend(rows.flat_map(|(place, criterion)| items(own, &made.preview, place, criterion)));
    if !made.preview.left_out.is_empty() {
        all.push(left_out(own, &made.preview));
    }
    all
}

/// How many criteria, items and points there are.
fn count(own: &Own, made: &Made) -> String {
    let (s, preview) = (own.s, &made.preview);
    let items: usize = preview.criteria.iter().map(|criterion| criterion.items.len()).sum();
    let counted = [preview.criteria.len().to_string(), items.to_string()];
    let counted = fill(s.counted, &[&counted[0], &counted[1]]);
    let points = match preview.scale {
        Some(scale) => fill(s.total, &[&decimal(own.page.lang, preview.total, scale)]),
        None => s.no_points.to_owned(),
    };
    format!("{counted}, {points}.")
}

fn doubts(own: &Own, made: &Made) -> El {
    if made.doubts.is_empty() {
        return html::p().test_id("kit-import-doubts").text(own.s.doubts_none);
    }
    let title = fill(own.s.doubts, &[&made.doubts.len().to_string()]);
    let words = made.doubts.iter().map(|doubt| table::doubt(own.page.lang, doubt));
    html::div()
        .class("notice")
        .test_id("kit-import-doubts")
        .child(html::h3().text(&title))
        .child(html::ul().children(words.map(|words| html::li().text(&shown_whole(&words)))))
}

/// A sentence without signs that show nothing.
fn shown_whole(words: &str) -> String {
    words.chars().filter(|c| !c.is_control()).collect()
}

fn items(own: &Own, preview: &Preview, place: usize, criterion: &CriterionPreview) -> Vec<El> {
    let s = own.s;
    let id = format!("kit-import-criterion-{place}");
    let points = |points: Option<i64>| {
        let both = points.zip(preview.scale);
        both.map(|(points, scale)| decimal(own.page.lang, points, scale)).unwrap_or_default()
    };
    let sum: i64 = criterion.items.iter().filter_map(|item| item.points).sum();
    let sum = preview.scale.map(|_| format!(" ({})", points(Some(sum)))).unwrap_or_default();
    let title = format!("{} {}{sum}", criterion.id, criterion.label);
    let rows = criterion.items.iter().map(|item| {
        parts::row(&(item.row + 1).to_string())
            .child(html::td().text(item.id.as_str()))
            .child(html::td().as_is().test_id("kit-import-item").text(&item.label))
            .child(html::td().class("num").text(&points(item.points)))
    });
    let heads = [s.row, s.code, s.item, s.points].map(parts::column).into_iter().collect();
    let table = parts::table("table kit__table", heads, rows.collect());
    vec![html::h4().id(&id).text(&title), parts::scrolling(&id, table)]
}

fn left_out(own: &Own, preview: &Preview) -> El {
    let s = own.s;
    let title = fill(s.left_out, &[&preview.left_out.len().to_string()]);
    let rows = preview.left_out.iter().map(|own_row| {
        parts::row(&(own_row.row + 1).to_string())
            .child(html::td().text(table::reason(own.page.lang, own_row.reason)))
            .child(html::td().as_is().text(&shown(&one_line(&own_row.text))))
    });
    let heads = [s.row, s.why, s.text].map(parts::column).into_iter().collect();
    let table = parts::table("table kit__table", heads, rows.collect());
    html::details()
        .test_id("kit-import-left")
        .child(html::summary().id("kit-import-left-title").text(&title))
        .child(parts::scrolling("kit-import-left-title", table))
}

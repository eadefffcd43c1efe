//! A double click does a deed once.

use std::fs;
use std::time::Duration;

use serde_json::json;

use crate::support::journey;
use crate::support::page::Page;

const PASSPHRASE: &str = "năm cánh cò trắng bay";

/// Clicks twice: by the mouse, or by whatever clicks without a pause.
async fn click_twice(page: &Page, id: &str, by_mouse: bool) {
    page.shows(id).await;
    page.scroll_to(id).await;
    let button = page.element(id, "return at(arguments[0])", json!([id])).await;
    if by_mouse {
        page.driver().action_chain().double_click_element(&button).perform().await.unwrap();
    } else {
        page.look("const e = at(arguments[0]); e.click(); e.click()", json!([id])).await;
    }
}

#[test]
fn a_double_click_makes_one_form_one_signature_one_download() {
    journey("double_click", 180, async |stage| {
        let page = stage.open("cell").await;
        for (by_mouse, forms) in [(true, 1), (false, 2)] {
            page.go_home().await;
            click_twice(&page, "new-form", by_mouse).await;
            page.shows("unit-name").await;
            page.go_home().await;
            // The forms are in the list as soon as one is.
            page.shows("form-row").await;
            tokio::time::sleep(Duration::from_millis(1500)).await;
            let rows = "return document.querySelectorAll('[data-testid=form-row]').length";
            assert_eq!(page.look(rows, json!([])).await, json!(forms));
        }

        page.new_form("sinh-hoat-hd42").await;
        page.type_into("unit-name", "Chi bộ xóm Tân Sơn").await;
        page.go("review").await;
        page.type_into("passphrase", PASSPHRASE).await;
        page.type_into("passphrase-again", PASSPHRASE).await;
        // The first time a key is made; then it is open, and signing takes a moment only.
        for (revision, by_mouse) in [(1, true), (2, true), (3, false)] {
            let before = page.look("return said(at('check-code'))", json!([])).await;
            page.can_sign().await;
            click_twice(&page, "seal", by_mouse).await;
            let script = "const code = seen(at('sealed')) && said(at('check-code'));
                return code && code !== arguments[0]";
            page.until("a sealed file", script, json!([before])).await;
            tokio::time::sleep(Duration::from_millis(1500)).await;
            let name = page.text("file-name").await;
            assert!(name.contains(&format!("_r{revision}_")), "{name}");
        }

        for by_mouse in [true, false] {
            let first = page.download_by(async || click_twice(&page, "export", by_mouse).await);
            let first = first.await;
            tokio::time::sleep(Duration::from_millis(1500)).await;
            let folder = first.parent().unwrap();
            let files: Vec<_> = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
            assert_eq!(files, std::slice::from_ref(&first), "{by_mouse}");
            fs::remove_file(first).unwrap();
        }

        // What the first press brings below the pointer is not pressed by the second.
        page.go_home().await;
        click_twice(&page, "delete", true).await;
        page.shows("delete-yes").await;
        tokio::time::sleep(Duration::from_millis(1500)).await;
        assert!(page.sees("delete-yes").await);
    });
}

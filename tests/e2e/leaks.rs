//! A page that is open for weeks: what it showed is freed when it shows something else. A form that is opened and left,
//! written by another tab or drawn anew leaves no form, no listener and no memory behind.

use std::fs;

use bon_tot::json::to_canonical;
use serde_json::{Value, json};

use crate::support::answers::{UNIT, everything_met};
use crate::support::page::Page;
use crate::support::{Stage, journey};

/// Stands once in the text of the form, and nowhere else on the page.
const MARK: &str = "~an evidence like no other~";

/// How long the evidence of each item is, in letters: one form that is left behind shall show.
const EVIDENCE: usize = 3_000;

/// Before the page loads: gets hold of the memory of its wasm.
const HOLD: &str = "for (const name of ['instantiate', 'instantiateStreaming']) {
    const own = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
        const made = await own.apply(WebAssembly, given);
        const memory = (made.instance ?? made).exports.memory;
        if (memory) window.wasmMemory = memory;
        return made;
    };
}";

/// Counts how often the mark stands in the memory of the page, where each form that lives has it at least once. What was
/// freed may have it too, until its place is used again.
const COUNT: &str = "const mark = new TextEncoder().encode(arguments[0]);
    const bytes = new Uint8Array(wasmMemory.buffer);
    let forms = 0;
    for (let at = bytes.indexOf(mark[0]); at >= 0; at = bytes.indexOf(mark[0], at + 1))
        if (mark.every((byte, place) => bytes[at + place] === byte)) forms++;
    return { forms, bytes: bytes.length };";

/// Before each script that acts: waits in the page itself, without a way to the driver and back.
const ACT: &str = r#"const done = arguments[arguments.length - 1];
    const at = id => document.querySelector(`[data-testid="${id}"]`);
    const until = async (what, is) => {
        for (const end = performance.now() + 10000; !is(); await new Promise(go => setTimeout(go, 5)))
            if (performance.now() > end) throw new Error(`not within 10 s: ${what}`);
    };
    const act = async run => { try { await run(); done('done'); } catch (error) { done(String(error)); } };
"#;

#[test]
fn what_is_left_is_freed() {
    journey("leaks", 300, async |stage| {
        let (page, size) = open_long_form(&stage).await;
        let address = page.look("return location.hash", json!([])).await;
        page.go_home().await;

        open_and_leave(&page, &address, 10).await;
        let tenth = Counts::of(&page).await;
        open_and_leave(&page, &address, 190).await;
        let last = Counts::of(&page).await;
        last.assert_flat("190 more openings", &tenth, size);

        // Redrawn: by the language, and by going from section to section.
        act(
            &page,
            "location.hash = arguments[0]; await until('a form', () => at('section-C1'))",
            json!([address]),
        )
        .await;
        redraw(&page, 10).await;
        let tenth = Counts::of(&page).await;
        redraw(&page, 100).await;
        let last = Counts::of(&page).await;
        last.assert_flat("100 more redraws", &tenth, size);
    });
}

#[test]
fn sections_that_are_left_keep_no_memory() {
    journey("leaks_sections", 240, async |stage| {
        let (page, _) = open_form(&stage, "Biên bản số 12 ").await;
        change_section(&page, 100).await;
        let first = Counts::of(&page).await;
        change_section(&page, 900).await;
        let last = Counts::of(&page).await;
        // Bounds of a quarter of a megabyte. A change that kept 1 KB would make 900 KB.
        last.assert_flat("900 more changes of section", &first, 64 << 10);
    });
}

#[test]
fn what_another_tab_saves_leaves_nothing_behind() {
    journey("leaks_tabs", 240, async |stage| {
        let (page, size) = open_long_form(&stage).await;
        let address = page.look("return location.hash", json!([])).await;
        let reader = page.driver().window().await.unwrap();
        page.go_home().await;
        // A window, not a tab: the timers of a tab that nobody sees are slow.
        let writer = page.driver().new_window().await.unwrap();
        page.driver().switch_to_window(writer.clone()).await.unwrap();
        page.goto(address.as_str().unwrap()).await;
        page.go("unit").await;
        page.type_into("unit-parent", "1").await;
        page.wait_saved().await;

        let mut from = 1;
        let mut counts = Vec::new();
        for saves in [10, 50] {
            page.driver().switch_to_window(reader.clone()).await.unwrap();
            if counts.is_empty() {
                page.driver()
                    .goto(format!("{}{}", page.base(), address.as_str().unwrap()))
                    .await
                    .unwrap();
                page.shows("read-only").await;
                page.go("unit").await;
            }
            let watch = "window.redrawn = 0; window.heading = null;
                window.watcher ??= new MutationObserver(() => {
                    const heading = document.querySelector('main h1');
                    if (heading && heading !== window.heading) { window.heading = heading; window.redrawn++; }
                });
                window.watcher.observe(document.body, { childList: true, subtree: true })";
            page.look(watch, json!([])).await;
            page.driver().switch_to_window(writer.clone()).await.unwrap();
            save_often(&page, from, saves).await;
            from += saves;
            page.driver().switch_to_window(reader.clone()).await.unwrap();
            page.has_value("unit-parent", &from.to_string()).await;
            let stop = "window.watcher.disconnect(); window.heading = null; return window.redrawn";
            let redrawn = page.look(stop, json!([])).await;
            assert!(redrawn.as_u64() >= Some(saves), "{redrawn} redraws after {saves} changes");
            counts.push(Counts::of(&page).await);
        }
        counts[1].assert_flat("50 more changes of another tab", &counts[0], size);
    });
}

/// Opens a browser at a form with long evidence, and says how many bytes its text has.
async fn open_long_form(stage: &Stage) -> (Page, u64) {
    open_form(stage, &"Biên bản số 12 ".repeat(EVIDENCE / 15)).await
}

/// Opens a browser at a form with this evidence for each item, and says how many bytes its text has.
async fn open_form(stage: &Stage, evidence: &str) -> (Page, u64) {
    let mut work = everything_met("nghe-an-2024");
    for answer in work.form.items.values_mut() {
        answer.evidence = evidence.to_owned();
    }
    let first = work.form.items.values_mut().next().unwrap();
    first.evidence.push_str(MARK);
    let text = to_canonical(&work.form);
    let file = stage.folder().join("long.json");
    fs::write(&file, &text).unwrap();

    let page = stage.open_blank("cell").await;
    let cdp = page.driver().cdp();
    let held = cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": HOLD }));
    held.await.unwrap();
    page.goto("").await;
    page.shows("new-form").await;
    page.upload("import-file", &file).await;
    page.says("notice", UNIT).await;
    page.go("C1").await;
    page.wait_saved().await;
    (page, text.len() as u64)
}

async fn act(page: &Page, script: &str, args: Value) {
    let script = format!("{ACT} act(async () => {{ {script} }});");
    let args = args.as_array().unwrap().clone();
    let acted = page.driver().execute_async(script, args).await.unwrap();
    assert_eq!(*acted.json(), json!("done"));
}

/// Goes from the list of forms to a form, and back; no faster than a browser lets a page change its address: three times here, at
/// most 200 times in 10 s.
async fn open_and_leave(page: &Page, address: &Value, times: u32) {
    let script = "for (let time = 0; time < arguments[1]; time++) {
            const slowly = new Promise(go => setTimeout(go, 170));
            location.hash = arguments[0];
            await until('a form', () => at('next-section'));
            location.hash = '#/';
            await until('the forms', () => at('form-row'));
            await slowly;
        }";
    act(page, script, json!([address, times])).await;
}

/// Changes the language, and the section.
async fn redraw(page: &Page, times: u32) {
    let script = "const title = () => document.getElementById('section-title').innerText;
        for (let time = 0; time < arguments[0]; time++) {
            const other = at('lang-en') ? 'en' : 'vi';
            at(`lang-${other}`).click();
            await until('another language', () => document.documentElement.lang === other && at('section-unit'));
            const before = title();
            at(time % 2 ? 'section-C1' : 'section-unit').click();
            await until('another section', () => title() !== before);
        }";
    act(page, script, json!([times])).await;
}

/// Goes from section to section.
async fn change_section(page: &Page, times: u32) {
    // No script of the driver may take longer than 30 s.
    for _ in 0..times / 100 {
        let script = "for (let time = 0; time < 100; time++) {
                const section = at(time % 2 ? 'section-C1' : 'section-unit');
                section.click();
                await until('another section', () => section.ariaCurrent === 'step');
                await new Promise(go => setTimeout(go, 20));
            }";
        act(page, script, json!([])).await;
    }
}

/// Changes the form again and again, in steps that a tab which reads along shows one by one.
async fn save_often(page: &Page, from: u64, times: u64) {
    let script = "const input = at('unit-parent');
        for (let time = 1; time <= arguments[1]; time++) {
            input.value = String(arguments[0] + time);
            for (const event of ['input', 'change']) input.dispatchEvent(new Event(event, { bubbles: true }));
            await until('saving', () => at('save-state').dataset.state !== 'saved');
            await until('saved', () => at('save-state').dataset.state === 'saved');
            await new Promise(go => setTimeout(go, 380));
        }";
    act(page, script, json!([from, times])).await;
}

/// What a page holds, once the browser has freed what it can.
#[derive(Debug)]
struct Counts {
    /// How often the mark of the form stands in the memory of the wasm.
    forms: u64,
    /// Listeners for events.
    listeners: u64,
    /// Nodes of documents, those that are on no page included.
    nodes: u64,
    /// Bytes of the memory of the wasm.
    bytes: u64,
    /// Bytes of the objects of JavaScript.
    heap: u64,
}

impl Counts {
    async fn of(page: &Page) -> Counts {
        let cdp = page.driver().cdp();
        let ask = async |method: &str| cdp.send_raw(method, json!({})).await.unwrap();
        let found = page.look(COUNT, json!([MARK])).await;
        ask("HeapProfiler.collectGarbage").await;
        let dom = ask("Memory.getDOMCounters").await;
        let heap = ask("Runtime.getHeapUsage").await;
        let number = |value: &Value| value.as_f64().map(|number| number as u64).unwrap();
        let counts = Counts {
            forms: number(&found["forms"]),
            listeners: number(&dom["jsEventListeners"]),
            nodes: number(&dom["nodes"]),
            bytes: number(&found["bytes"]),
            heap: number(&heap["usedSize"]),
        };
        println!("{counts:?}");
        counts
    }

    /// Fails where more is held than `before`. `size` is that of one form: memory grows by a few where the page reads and
    /// writes it at once for the first time, and never shrinks. The text of a form may be on its way to the disk, which takes two
    /// bytes a letter in JavaScript.
    fn assert_flat(&self, after: &str, before: &Counts, size: u64) {
        let flat = self.forms <= before.forms + 10
            && self.listeners <= before.listeners + 10
            && self.nodes <= before.nodes + 10
            && self.bytes <= before.bytes + 4 * size
            && self.heap <= before.heap + 2 * size;
        assert!(flat, "after {after}, with a form of {size} bytes: {before:?} has become {self:?}");
    }
}

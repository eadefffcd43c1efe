//! Pictures, the camera, the worker and files at the start: real ones of the browser, where it can make them by itself.

use std::cell::RefCell;
use std::rc::Rc;

use bon_tot::app::host::camera::{CameraError, Cameras, Video};
use bon_tot::app::host::worker::{PaperWorker, PaperWorkerError, Pixels};
use bon_tot::app::host::{self, picture};
use bon_tot::share::{Findings, PaperError, PartialFile, Reply, Task};
use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::File;

use crate::host::{eval, navigator, with_property};

/// Runs a piece of JavaScript that gives a promise, and waits for it.
async fn wait(code: &str) -> JsValue {
    let promise = Promise::resolve(&eval(code));
    JsFuture::from(promise).await.unwrap()
}

#[wasm_bindgen_test]
async fn a_picture_in_a_file_becomes_pixels() {
    let file = wait(
        "new Promise(done => {
            const canvas = document.createElement('canvas');
            [canvas.width, canvas.height] = [6, 4];
            const context = canvas.getContext('2d');
            context.fillStyle = '#f00';
            context.fillRect(0, 0, 6, 4);
            canvas.toBlob(blob => done(new File([blob], 'a.png', { type: 'image/png' })));
        })",
    );
    let file: File = file.await.unchecked_into();
    assert!(picture::is_picture(&file));
    let pixels = picture::of_file(&file).await.unwrap();
    assert_eq!((pixels.width, pixels.height), (6, 4));
    assert_eq!(pixels.bytes.to_vec(), [255, 0, 0, 255].repeat(24));

    let file: File = eval("new File(['text'], 'a.json')").unchecked_into();
    assert!(!picture::is_picture(&file));
    assert!(picture::of_file(&file).await.is_err());
    assert_eq!(host::read_file(&file, 9).await.unwrap(), b"text");
    assert_eq!(host::read_file(&file, 2).await.unwrap(), b"tex");
}

#[wasm_bindgen_test]
async fn a_camera_is_on_while_its_handle_exists() {
    let devices = js_sys::Reflect::get(&navigator(), &"mediaDevices".into()).unwrap();
    let cameras = || Cameras::new().unwrap();
    for (name, error) in
        [("NotAllowedError", CameraError::Refused), ("NotFoundError", CameraError::Missing)]
    {
        let refused = format!(
            "({{ configurable: true, async value() {{ throw new DOMException('no', '{name}') }} }})"
        );
        with_property(devices.unchecked_ref(), "getUserMedia", &refused, async || {
            assert_eq!(cameras().turn_on().await.err(), Some(error));
        })
        .await;
    }
    // What a canvas shows in place of what a camera sees.
    let sees = "({ configurable: true, async value(wish) {
        globalThis.wish = JSON.stringify(wish);
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [8, 6];
        const context = canvas.getContext('2d');
        setInterval(() => {
            context.fillStyle = '#00f';
            context.fillRect(0, 0, 8, 6);
        }, 20);
        return globalThis.stream = canvas.captureStream(30);
    } })";
    let camera = with_property(devices.unchecked_ref(), "getUserMedia", sees, async || {
        cameras().turn_on().await.unwrap()
    })
    .await;
    assert_eq!(eval("wish"), r#"{"video":{"width":{"ideal":1920},"facingMode":"environment"}}"#);
    assert!(camera.show("test-video").is_none(), "the page shows no such element");
    eval(
        "globalThis.video = document.createElement('video');
        video.id = 'test-video';
        document.body.append(video);",
    );
    let mut pixels = None;
    for _ in 0..100 {
        pixels = camera.show("test-video").as_ref().and_then(Video::pixels);
        if pixels.is_some() {
            break;
        }
        host::pause(50).await;
    }
    let pixels = pixels.unwrap();
    assert_eq!((pixels.width, pixels.height), (8, 6));
    assert_eq!(pixels.bytes.length(), 8 * 6 * 4);
    assert_eq!(eval("video.muted && video.srcObject === stream"), true);
    let state = "stream.getTracks().map(track => track.readyState).join()";
    assert_eq!(eval(state), "live");
    drop(camera);
    assert_eq!(eval(state), "ended");
    eval("video.remove()");
}

/// A worker that says `true`, and answers each question with the same.
fn worker(answer: &str) -> String {
    format!(
        "({{ configurable: true, value: class extends Worker {{
            constructor() {{
                const code = `postMessage(true); onmessage = event => {{
                    const message = event.data;
                    {answer}
                }}`;
                super(URL.createObjectURL(new Blob([code])));
            }}
        }} }})"
    )
}

#[wasm_bindgen_test]
async fn the_worker_is_asked_and_answers() {
    let missing = PaperWorker::load().await.err();
    assert_eq!(missing, Some(PaperWorkerError::NotLoaded));

    eval(
        "globalThis.named = document.createElement('meta');
        named.name = 'worker';
        named.content = 'worker.js';
        document.head.append(named);",
    );
    let global = js_sys::global();
    let load = async |answer: &str| {
        let load = async || PaperWorker::load().await.unwrap();
        with_property(&global, "Worker", &worker(answer), load).await
    };
    let reply = Findings {
        codes: 3,
        texts: vec!["text".to_owned()],
        refused: Some(PaperError::TooLong),
        partial: vec![PartialFile { count: 5, missing: vec![1, 2] }],
        files: Vec::new(),
    };
    // The picture comes back as a file, and the task as another.
    let findings = sent(&Reply::Findings(reply.clone()));
    let seen =
        load(&format!("postMessage([{findings}, message[1] ?? new Uint8Array(), message[0]])"))
            .await;
    let bytes = Uint8Array::from([1, 2, 3, 4].as_slice());
    let picture = Pixels { width: 1, height: 1, bytes: bytes.clone() };
    // Two ask at once, and each gets its own answer.
    let seen = Rc::new(seen);
    let first = Rc::new(RefCell::new(None));
    let (asked, answered) = (seen.clone(), first.clone());
    host::spawn_local(async move {
        let answer = asked.look(picture, true).await;
        answered.replace(Some(answer.unwrap()));
    });
    let second = seen.look(empty(), false).await.unwrap();
    while first.borrow().is_none() {
        host::pause(10).await;
    }
    let look = |width, quick| Task::Look { width, height: width, quick };
    let first: Findings = first.take().unwrap();
    assert_eq!(first.files[0], [1, 2, 3, 4]);
    assert_eq!(Task::from_bytes(&first.files[1]), Some(look(1, true)));
    assert_eq!(bytes.length(), 0, "the pixels are moved, not copied");
    assert_eq!(Task::from_bytes(&second.files[1]), Some(look(0, false)));
    let first = Findings { files: Vec::new(), ..first };
    assert_eq!(first, reply);

    let codes = sent(&Reply::Codes(vec!["code".to_owned()]));
    let packing = load(&format!("if (message[1].length === 4) postMessage([{codes}])")).await;
    assert_eq!(packing.pack("tên").await.unwrap().unwrap(), ["code"]);
    let texts = ["text".to_owned()];
    let taken = seen.take(&texts).await.unwrap();
    assert_eq!(Task::from_bytes(&taken.files[1]), Some(Task::Take(texts.to_vec())));
    let failing = load("throw new Error('out of memory')").await;
    let stopped = failing.take(&texts).await.err();
    assert_eq!(stopped, Some(PaperWorkerError::Stopped));
    let talking = load("postMessage([new Uint8Array([99])])").await;
    let stopped = talking.take(&texts).await.err();
    assert_eq!(stopped, Some(PaperWorkerError::Stopped));
    eval("named.remove()");
}

/// The bytes of a reply as an expression of JavaScript.
fn sent(reply: &Reply) -> String {
    format!("new Uint8Array({:?})", reply.to_bytes().unwrap())
}

fn empty() -> Pixels {
    Pixels { width: 0, height: 0, bytes: Uint8Array::new_with_length(0) }
}

#[wasm_bindgen_test]
async fn files_come_with_the_start() {
    // A browser without such starts.
    host::on_launch_with_files(|_| unreachable!());
    let opened = Rc::new(RefCell::new(Vec::new()));
    let queue = "({ configurable: true, value: { setConsumer(take) { globalThis.take = take } } })";
    with_property(&js_sys::global(), "launchQueue", queue, async || {
        let opened = opened.clone();
        host::on_launch_with_files(move |files| {
            opened.borrow_mut().extend(files.iter().map(File::name));
        });
    })
    .await;
    let start = wait(
        "navigator.storage.getDirectory().then(async folder => ({ files: [
            folder,
            await folder.getFileHandle('start.json', { create: true }),
        ] }))",
    )
    .await;
    let take: Function = eval("take").unchecked_into();
    take.call1(&JsValue::UNDEFINED, &start).unwrap();
    take.call1(&JsValue::UNDEFINED, &eval("({})")).unwrap();
    host::pause(200).await;
    assert_eq!(*opened.borrow(), ["start.json"]);
}

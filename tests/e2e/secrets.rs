//! After a key was made and used, the browser holds its secret in no form, and a scan that says so finds one
//! that was planted.

use base64ct::{Base64, Base64Url, Base64UrlUnpadded, Encoding};
use serde_json::json;
use sha2::{Digest, Sha512};

use crate::support::answers::{UNIT, everything_met};
use crate::support::cli::jose;
use crate::support::journey;
use crate::support::page::Page;

const PACK: &str = "sinh-hoat-hd42";
const PASSPHRASE: &str = "mười con chim sẻ nâu";
const OTHER: &str = "tám con cò trắng bay";

/// Everything that the page and the browser keep for it, as one text: every database with its binary values
/// byte by byte, both small stores, every cache, the document with what stands in its fields, the address.
const DUMP: &str = "
    const wait = (request) => new Promise((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
    });
    const bytes = (buffer) => Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('');
    // As it is: a text with escapes would hide what has control characters in it.
    const plain = (value) => value instanceof ArrayBuffer ? bytes(value)
        : ArrayBuffer.isView(value) ? bytes(value.buffer)
        : value && typeof value === 'object' ? Object.entries(value).flat().map(plain).join(' ') : String(value);
    const run = async () => {
        const found = [plain({ ...localStorage }), plain({ ...sessionStorage }), location.href];
        for (const { name } of await indexedDB.databases()) {
            const base = await wait(indexedDB.open(name));
            for (const store of base.objectStoreNames) {
                const all = base.transaction(store).objectStore(store);
                found.push(plain([await wait(all.getAllKeys()), await wait(all.getAll())]));
            }
            base.close();
        }
        for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
                const response = await cache.match(request);
                found.push(request.url, bytes(await response.arrayBuffer()));
            }
        }
        found.push(document.documentElement.outerHTML);
        for (const field of document.querySelectorAll('input, textarea')) found.push(field.value);
        window.dumped = found.join(' ');
        return true;
    };
    const end = arguments[arguments.length - 1];
    run().then(end, (error) => end(String(error)))";

/// Where a secret stands in what the browser holds: the forms in which it was found.
async fn scan(page: &Page, secret: &[u8]) -> Vec<&'static str> {
    page.until_async("everything is read", DUMP, vec![]).await;
    let hex: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    let raw: String = secret.iter().map(|byte| char::from(*byte)).collect();
    // Inside a longer text base64 may begin at any of three places: what is sure stands in the middle.
    let inner = |before: usize| {
        let padded = [&vec![0; before][..], secret].concat();
        let text = Base64UrlUnpadded::encode_string(&padded);
        text[(before * 8).div_ceil(6)..text.len() - 1].to_owned()
    };
    let list = secret.iter().map(u8::to_string).collect::<Vec<_>>();
    let forms = [
        ("raw", raw),
        ("hex", hex.clone()),
        ("hex, upper case", hex.to_uppercase()),
        ("base64", Base64::encode_string(secret).trim_end_matches('=').to_owned()),
        ("base64url", Base64Url::encode_string(secret).trim_end_matches('=').to_owned()),
        ("base64url, one on", inner(1)),
        ("base64url, two on", inner(2)),
        ("a list of numbers", list.join(",")),
    ];
    let mut found = Vec::new();
    for (form, text) in forms {
        let is_there = page.look("return dumped.includes(arguments[0])", json!([text])).await;
        if is_there == json!(true) {
            found.push(form);
        }
    }
    found
}

#[test]
fn the_secret_of_a_key_stands_nowhere() {
    journey("secrets", 240, async |stage| {
        let page = stage.open("cell").await;
        page.goto("#/keys").await;
        page.click("key-new").await;
        page.type_into("key-name", UNIT).await;
        page.type_into("passphrase", PASSPHRASE).await;
        page.type_into("passphrase-again", PASSPHRASE).await;
        page.click("key-make-go").await;
        page.says("key-row", UNIT).await;
        let backup = page.download("key-backup").await;
        page.download("key-card").await;
        page.go_home().await;
        page.new_form(PACK).await;
        page.fill(&everything_met(PACK)).await;
        page.seal(PASSPHRASE).await;
        page.download("export").await;

        let revealed = jose(&["reveal", backup.to_str().unwrap(), PASSPHRASE]);
        let secret = Base64UrlUnpadded::decode_vec(revealed["d"].as_str().unwrap()).unwrap();
        assert_eq!(secret.len(), 32);
        assert_eq!(scan(&page, &secret).await, Vec::<&str>::new());
        assert_eq!(scan(&page, PASSPHRASE.as_bytes()).await, Vec::<&str>::new());
        let typed = page.look("return dumped.includes(arguments[0])", json!([PASSPHRASE])).await;
        assert_eq!(typed, json!(false), "the passphrase stands there as it was typed");
        page.goto("#/keys").await;
        page.shows("key-row").await;
        assert_eq!(scan(&page, &secret).await, Vec::<&str>::new());

        // The scan finds what was put there on purpose, in every place.
        let plant = "const done = arguments[arguments.length - 1], [place, text, list] = arguments;
            const bytes = new Uint8Array(list);
            const opened = (act) => {
                const request = indexedDB.open('planted', 1);
                request.onupgradeneeded = () => request.result.createObjectStore('s');
                request.onsuccess = () => act(request.result);
            };
            if (place === 'local') { localStorage.setItem('planted', text); done(true); }
            else if (place === 'document') { document.body.dataset.planted = text; done(true); }
            else if (place === 'field') {
                const field = document.createElement('input'); field.value = text;
                document.body.append(field); done(true);
            }
            else if (place === 'cache') caches.open('planted').then((c) => c.put('/planted', new Response(bytes))).then(() => done(true));
            else opened((base) => {
                const writing = base.transaction('s', 'readwrite');
                writing.objectStore('s').put(bytes, 'k');
                writing.oncomplete = () => { base.close(); done(true); };
            })";
        let lift = "localStorage.removeItem('planted'); delete document.body.dataset.planted;
            document.querySelectorAll('body > input').forEach((field) => field.remove());
            const done = arguments[arguments.length - 1];
            caches.delete('planted').then(() => {
                const gone = indexedDB.deleteDatabase('planted');
                gone.onsuccess = gone.onerror = () => done(true);
            })";
        let hex: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
        let longer = Base64UrlUnpadded::encode_string(&[b"{", &secret[..], b"}"].concat());
        for (place, text, form) in [
            ("local", Base64::encode_string(&secret), "base64"),
            ("document", hex, "hex"),
            ("field", Base64Url::encode_string(&secret), "base64url"),
            ("local", longer, "base64url, one on"),
            ("cache", String::new(), "raw"),
            ("database", String::new(), "raw"),
        ] {
            let list = secret.clone();
            page.until_async("planted", plant, vec![json!(place), json!(text), json!(list)]).await;
            let found = scan(&page, &secret).await;
            assert!(found.contains(&form), "{place}: {found:?}");
            page.until_async("lifted", lift, vec![]).await;
        }
        assert_eq!(scan(&page, &secret).await, Vec::<&str>::new());
    });
}

/// Before the document: keeps every WebAssembly memory, which cannot be found otherwise.
const KEEP_MEMORIES: &str = "
    window.memories = new Set();
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const own = WebAssembly[name];
        WebAssembly[name] = async (...args) => {
            const result = await own.apply(WebAssembly, args);
            for (const one of Object.values((result.instance ?? result).exports))
                if (one instanceof WebAssembly.Memory) memories.add(one);
            return result;
        };
    }";

/// Where pieces of a secret stand in the memory of the page's program: the number of the piece and the address. An
/// allocator writes into what it was given back, so a copy may be whole nowhere.
const FIND: &str = "
    const found = [];
    for (const memory of memories) {
        const bytes = new Uint8Array(memory.buffer);
        arguments[0].forEach((piece, number) => {
            for (let at = bytes.indexOf(piece[0]); at >= 0; at = bytes.indexOf(piece[0], at + 1))
                if (piece.every((byte, i) => bytes[at + i] === byte)) found.push(`${number}@${at}`);
        });
    }
    return memories.size ? found : 'no memory'";

/// The pieces of a secret: eight bytes of it, twelve signs of its base64url, and eight bytes of what its signatures
/// are made with (RFC 8032 s. 5.1.5).
fn pieces(seed: &[u8]) -> Vec<Vec<u8>> {
    let text = Base64UrlUnpadded::encode_string(seed);
    let expanded = Sha512::digest(seed);
    let raw = seed.chunks_exact(8).chain(expanded.chunks_exact(8));
    raw.chain(text.as_bytes().chunks_exact(12)).map(<[u8]>::to_vec).collect()
}

#[test]
fn no_copy_of_a_wiped_key_is_left_in_the_memory_of_the_program() {
    journey("wiped", 240, async |stage| {
        let page = stage.open_blank("cell").await;
        let keep = json!({ "source": KEEP_MEMORIES });
        let cdp = page.driver().cdp();
        cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", keep).await.unwrap();
        page.goto("").await;
        page.goto("#/keys").await;
        page.click("key-new").await;
        page.type_into("key-name", UNIT).await;
        page.type_into("passphrase", PASSPHRASE).await;
        page.type_into("passphrase-again", PASSPHRASE).await;
        page.click("key-make-go").await;
        page.says("key-row", UNIT).await;
        let backup = page.download("key-backup").await;
        let revealed = jose(&["reveal", backup.to_str().unwrap(), PASSPHRASE]);
        let seed = Base64UrlUnpadded::decode_vec(revealed["d"].as_str().unwrap()).unwrap();
        assert_eq!(seed.len(), 32);
        let pieces = json!([pieces(&seed)]);
        let find = async || page.look(FIND, pieces.clone()).await;

        // While the key is open it stands there once: the search finds it.
        let open = find().await;
        assert_eq!(open.as_array().map(Vec::len), Some(4), "{open}");
        page.click("key-lock").await;
        page.until("no open key", "return !seen(at('key-lock'))", json!([])).await;
        assert_eq!(find().await, json!([]), "after it was made");

        // Opened by its passphrase, used twice, and wiped again.
        page.go_home().await;
        page.new_form(PACK).await;
        page.fill(&everything_met(PACK)).await;
        page.seal(PASSPHRASE).await;
        page.download("export").await;
        page.goto("#/keys").await;
        page.shows("key-row").await;
        let open = find().await;
        assert_eq!(open.as_array().map(Vec::len), Some(4), "{open}");
        page.download("key-card").await;
        page.click("key-lock").await;
        page.until("no open key", "return !seen(at('key-lock'))", json!([])).await;
        assert_eq!(find().await, json!([]), "after it has signed");

        // A passphrase that is wrong, then another one; an open key is wiped when it retires.
        page.click("key-passphrase").await;
        page.type_into("passphrase", PASSPHRASE).await;
        page.type_into("new-passphrase", OTHER).await;
        page.type_into("new-passphrase-again", OTHER).await;
        page.click("key-passphrase-form-go").await;
        page.until("the form is gone", "return !at('key-passphrase-form')", json!([])).await;
        assert_eq!(find().await, json!([]), "after another passphrase");
        page.click("key-open").await;
        page.type_into("passphrase", PASSPHRASE).await;
        page.click("key-open-form-go").await;
        page.says("key-error", "Mật khẩu chưa đúng").await;
        page.type_into("passphrase", OTHER).await;
        page.click("key-open-form-go").await;
        page.says("key-state", "đang mở").await;
        page.click("key-retire").await;
        page.says("key-state", "thôi dùng").await;
        assert_eq!(find().await, json!([]), "after it has retired");
    });
}

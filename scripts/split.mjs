// Splits the page's wasm in two: what the form needs, and what only reviewing, sealing and opening
// files need, which loads when the form already stands.
//
// The second module takes memory, tables and functions from the first, so nothing is there twice; what only it says
// (src/app/text/later/), and English, it brings into that memory.
// Until it has come, a call into it would stop the page; src/app/rest.rs waits for it wherever the
// page goes there.

import { execFileSync } from "node:child_process";
import * as fs from "node:fs";

import { english, laterTexts, packs } from "./texts.mjs";
import { functions, mapExports, moveTexts } from "./wasm.mjs";

/** The sections of a form that load later. */
const SECTIONS = "pages::form::(review|plan|history|paper|seal|share|check|signatures|appraisal|practices|vote|gates|adjustments)::";

/** What loads later, by the path with which the demangled name of a function begins. */
const LATER = [
    /bon_tot::(seal|desk)::/,
    /bon_tot::share::/,
    /bon_tot::app::(sealing|checking|trying|keys|keyring|trusting|appraising|letter|papers|import|offline|tabs|backup|history|room)::/,
    new RegExp(`bon_tot::app::${SECTIONS}`),
    /bon_tot::app::pages::form::draw_later/,
    /bon_tot::app::(pages::(kept|keys|passphrase|papers)|parts::(of_files|qr))::/,
    /bon_tot::store::(backup|deleted|appraised|trust_record|key_record)::/,
    /qrcodegen::/,
    /bon_tot::app::words::(because::reason_line|plan::)/,
    /bon_tot::app::words::change/,
    /bon_tot::session::changes::/,
    /bon_tot::rules::(plan|nearest|reach)::/,
    /(curve25519_dalek|ed25519_dalek|ed25519|aes|aes_gcm|aes_kw|polyval|ghash|ctr|pbkdf2|hmac|base64ct)::/,
    /sha2::sha512/,
    /bon_tot::app::turn::(take_over|hear)/,
    /bon_tot::app::browser::(crypto|canvas|dynamic|share|can_share|send|copy|read_file)/,
    // what is left of its values when they go
    /(core::ptr::drop_in_place::<|alloc::rc::Rc<|alloc::vec::Vec<)(\w+::)*(Vec|Option|Result|Box|Pin|Rc)?<*(dyn )?bon_tot::app::(sealing|keys|keyring|trusting|appraising|import|backup|papers|pages::(kept|keys|passphrase|papers|form::(seal|signatures|appraisal|history)))::/,
    // what elements of those sections do
    new RegExp(`bon_tot::app::element::El>::\\w+(::)?<+bon_tot::app::(papers::|pages::(kept|keys|passphrase|papers)::|${SECTIONS})`),
    new RegExp(`bon_tot::app::form_state::OpenForm>::\\w+::<.*bon_tot::app::${SECTIONS}`),
];

/** Where the first part calls into the second, each after waiting for it. */
const DOORS = [
    /bon_tot::app::pages::form::(page|draw)/,
    /bon_tot::app::pages::home::home/,
    /bon_tot::app::pages::(content|frame)/,
    /bon_tot::app::element::El>::live_one::<bon_tot::app::pages::frame/,
    /.*bon_tot::app::parts::notice::notice/,
    /bon_tot::app::form_state::OpenForm>::before/,
    /bon_tot::app::rest::/,
    /bon_tot::app::state::Shared>::show/,
    /bon_tot::app::(start|show)/,
];

// Compilers fold small functions that are equal into one, whatever module its name is from.
const SMALLEST = 160;

/** The path of a function: without the digests that Rust writes behind the names of crates, and what wraps it. */
function pathOf(name) {
    return name.replace(/\[[0-9a-f]+\]/g, "").replace(/^[<&]*(mut )?/, "");
}

const isLater = (name) => LATER.some((pattern) => pathOf(name).search(pattern) === 0);

/**
 * Who calls a function by its name, and which functions are reached in another way too, through a table or from outside:
 * what wasm-opt --print-call-graph tells.
 */
function calls(callGraph) {
    const callers = new Map();
    const pinned = new Set();
    for (const line of callGraph.split("\n")) {
        const call = /^  "(.*)" -> "(.*)"; \/\/ call$/.exec(line);
        const node = /^  "(.*)" \[style="filled(, rounded"|", fillcolor="gray")\]/.exec(line);
        if (call) callers.set(call[2], (callers.get(call[2]) ?? new Set()).add(call[1]));
        else if (node) pinned.add(node[1]);
    }
    if (callers.size === 0) throw new Error("wasm-opt prints the calls of a module in another way than scripts/split.mjs reads");
    return { callers, pinned };
}

/** The names of the functions for the second part: those of LATER, and what nobody else calls. */
export function choose(all, { callers, pinned }) {
    const later = new Set(all.filter(({ name, size }) => size >= SMALLEST && isLater(name)).map(({ name }) => name));
    if (later.size === 0) throw new Error("nothing to split off: do the names in scripts/split.mjs still exist?");
    for (let before = 0; before < later.size; ) {
        before = later.size;
        for (const { name } of all) {
            const own = [...(callers.get(name) ?? [])].filter((caller) => caller !== name);
            if (!pinned.has(name) && own.length > 0 && own.every((caller) => later.has(caller))) later.add(name);
        }
    }
    for (const name of later) {
        for (const caller of callers.get(name) ?? []) {
            if (later.has(caller) || isLater(caller) || DOORS.some((door) => pathOf(caller).search(door) === 0)) continue;
            throw new Error(`${pathOf(caller)} would call ${pathOf(name)} before it has come; let it wait as src/app/rest.rs does`);
        }
    }
    return later;
}

/** A name as wasm-split wants it: everything but plain identifier characters as \xx. */
function escaped(name) {
    return [...Buffer.from(name)]
        .map((byte) => {
            const char = String.fromCharCode(byte);
            return /[A-Za-z0-9!#$%&'*+\-./:<=>?@^_`|~]/.test(char) ? char : `\\${byte.toString(16).padStart(2, "0")}`;
        })
        .join("");
}

/**
 * Binaryen 108 writes every export of a table as one of table 0. wasm-bindgen's externref table is table 1, beside
 * the table of functions.
 */
function mendTableExport(file) {
    const TABLE = 1;
    let mended = 0;
    const mend = (found) => {
        if (found.kind !== TABLE || found.name !== "__wbindgen_externrefs") return found;
        mended += 1;
        return { ...found, index: 1 };
    };
    fs.writeFileSync(file, mapExports(fs.readFileSync(file), mend));
    if (mended !== 1) throw new Error("the externref table is not exported as wasm-bindgen used to");
}

/** Splits `file` (with names) into `first` and `second`. `callGraph` is what wasm-opt --print-call-graph tells of it. */
export function split(file, first, second, features, callGraph) {
    const later = choose(functions(fs.readFileSync(file)), calls(callGraph));
    const list = `${file}.later`;
    fs.writeFileSync(list, [...later].map(escaped).join("\n"));
    execFileSync(
        "wasm-split",
        ["--split", file, ...features, `--split-funcs=@${list}`, "--export-prefix=%", "-o1", first, "-o2", second],
        { stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" },
    );
    fs.rmSync(list);
    mendTableExport(first);
    const texts = laterTexts();
    const [usual, ...others] = packs();
    const whole = fs.readFileSync(first);
    if ([usual, ...others].some((text) => !whole.includes(text))) throw new Error("the wasm does not have every pack as scripts/texts.mjs reads it");
    const parts = moveTexts(whole, fs.readFileSync(second), [...texts, ...others], { text: usual, parts: english(usual) });
    if (parts.moved < texts.length / 2) throw new Error("the wasm does not have the texts of src/app/text as scripts/texts.mjs reads them");
    fs.writeFileSync(first, parts.first);
    fs.writeFileSync(second, parts.second);
}

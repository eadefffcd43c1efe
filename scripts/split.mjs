// Splits the page's wasm in two: what the form needs, and what only reviewing, sealing and opening
// files need, which loads when the form already stands.
//
// The second module takes memory, tables and functions from the first, so nothing is there twice.
// Until it has come, a call into it would stop the page; src/app/rest.rs waits for it wherever the
// page goes there.

import { execFileSync } from "node:child_process";
import * as fs from "node:fs";

/**
 * What loads later, by the path with which the demangled name of a function begins.
 * Small functions stay: compilers fold equal ones into one, whatever module the name is from.
 */
const LATER = [
    /bon_tot::(seal|desk)::/,
    /bon_tot::app::(sealing|import)::/,
    /bon_tot::app::pages::form::(review|seal|practices|vote|gates|adjustments)::/,
    /bon_tot::app::words::because::(plan_lines|reason_line)/,
    /bon_tot::rules::plan::/,
    /(curve25519_dalek|ed25519_dalek|ed25519|aes|aes_gcm|aes_kw|polyval|ghash|ctr|pbkdf2|hmac|base64ct)::/,
    /sha2::sha512/,
    /bon_tot::app::browser::(derive|share|can_share|read_file)/,
];
const SMALLEST = 160;

/** The functions of a module with their sizes: its code section beside its name section. */
export function functions(bytes) {
    let at = 8;
    const sizes = [];
    const names = new Map();
    const leb = () => {
        let value = 0;
        for (let shift = 0, byte = 128; byte & 128; shift += 7) {
            byte = bytes[at++];
            value |= (byte & 127) << shift;
        }
        return value >>> 0;
    };
    const text = () => {
        const length = leb();
        at += length;
        return bytes.toString("utf8", at - length, at);
    };
    while (at < bytes.length) {
        const id = bytes[at++];
        const size = leb();
        const end = at + size;
        if (id === 10) {
            for (let left = leb(); left > 0; left--) {
                const length = leb();
                sizes.push(length);
                at += length;
            }
        } else if (id === 0 && text() === "name") {
            while (at < end) {
                const kind = bytes[at++];
                const length = leb();
                const next = at + length;
                if (kind === 1) for (let left = leb(); left > 0; left--) names.set(leb(), text());
                at = next;
            }
        }
        at = end;
    }
    if (names.size === 0) throw new Error('the wasm has no names of functions; keep strip = "none" in the profile');
    const imported = Math.max(...names.keys()) + 1 - sizes.length;
    return sizes.map((size, place) => ({ name: names.get(imported + place) ?? "", size }));
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
    const bytes = fs.readFileSync(file);
    const name = Buffer.from("__wbindgen_externrefs");
    const TABLE = 1;
    const at = bytes.indexOf(Buffer.concat([name, Buffer.from([TABLE, 0])]));
    if (at < 0) throw new Error("the export of the externref table is not where wasm-split used to write it");
    bytes[at + name.length + 1] = 1;
    fs.writeFileSync(file, bytes);
}

/** Splits `file` (with names) into `first` and `second`. */
export function split(file, first, second, features) {
    const later = functions(fs.readFileSync(file))
        .filter(({ name, size }) => {
            // Rust writes the digest of a crate behind its name: bon_tot[3f…]::
            const plain = name.replace(/\[[0-9a-f]+\]/g, "");
            // Its own path counts, not the types that it is made for: glue for those is folded with others'.
            const path = plain.replace(/^[<&]*(mut )?/, "");
            return size >= SMALLEST && LATER.some((pattern) => path.search(pattern) === 0);
        })
        .map(({ name }) => name);
    if (later.length === 0) throw new Error("nothing to split off: do the names in scripts/split.mjs still exist?");
    const list = `${file}.later`;
    fs.writeFileSync(list, later.map(escaped).join("\n"));
    const told = execFileSync(
        "wasm-split",
        ["--split", file, ...features, `--split-funcs=@${list}`, "--export-prefix=%", "-o1", first, "-o2", second],
        { stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" },
    );
    fs.rmSync(list);
    mendTableExport(first);
    return { functions: later.length, told };
}

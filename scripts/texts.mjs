// What the part of the page brings that loads later, as it stands in its wasm: the sentences that only it says, English,
// every pack but the usual one, and the words of that in English.

import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), "src/app/text");
const FAULTS = ["seal/header", "seal/jws", "json/error"].map((name) => path.join(FOLDER, `../../${name}.rs`));
/** Moving a text costs some bytes itself; and what is short may be one with a word of the program, which has no marks. */
const isSentence = (text) => text.length >= 24 || (text.length >= 10 && text.some((byte) => byte > 127));

/** The strings of a Rust source, as bytes. */
export function literals(source) {
    const code = source.replace(/^\s*\/\/.*$/gm, "");
    const ESCAPES = { n: "\n", t: "\t", '"': '"', "\\": "\\" };
    return [...code.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, text]) => {
        const plain = text.replace(/\\(?:u\{([0-9a-f]+)\}|(\n\s*)|(.))/gi, (whole, code, line, sign) => {
            if (code) return String.fromCodePoint(parseInt(code, 16));
            if (line) return "";
            if (ESCAPES[sign] === undefined) throw new Error(`an escape that scripts/texts.mjs does not know: ${whole}`);
            return ESCAPES[sign];
        });
        return Buffer.from(plain);
    });
}

const read = (...names) => names.flatMap((name) => literals(fs.readFileSync(path.join(FOLDER, name), "utf8")));

/** The texts of the packs as build.rs writes them, the usual one first, as in the catalog. */
export function packs() {
    const root = path.join(FOLDER, "../../..");
    const names = [...fs.readFileSync(path.join(root, "src/pack/catalog.rs"), "utf8").matchAll(/text!\("([^"]+)"\)/g)];
    if (names.length === 0) throw new Error("src/pack/catalog.rs names no pack in the way that scripts/texts.mjs reads");
    return names.map(([, name]) => {
        const lines = fs.readFileSync(path.join(root, "packs", name), "utf8").split("\n");
        return Buffer.from(lines.map((line) => line.trimStart()).join(""));
    });
}

/** Where the words in English stand in the text of a pack: pairs of first byte and end. */
export function english(pack) {
    const text = pack.toString("latin1");
    return [...text.matchAll(/"en": ?"((?:[^"\\]|\\.)+)"/gs)].map(({ index, 0: whole, 1: words }) => {
        const end = index + whole.length - 1;
        return [end - words.length, end];
    });
}

/** The texts that may go to the part that loads later: those that the first part does not say too in Vietnamese. */
export function laterTexts() {
    const first = new Set(read("vi.rs").map(String));
    const later = new Map(read("en.rs", "later/vi.rs", "later/en.rs", "later/paper_vi.rs", "later/paper_en.rs").map((text) => [String(text), text]));
    // why a file is refused, in the words of the formats
    for (const file of FAULTS) {
        const said = fs.readFileSync(file, "utf8").match(/write_str\(\s*"[^"{]{24,}"/g) ?? [];
        for (const text of said.flatMap(literals)) later.set(String(text), text);
    }
    return [...later.values()].filter((text) => isSentence(text) && !first.has(String(text)));
}

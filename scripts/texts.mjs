// The sentences that only the part of the page says that loads later, as they stand in its wasm.

import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), "src/app/text");
// Moving a text costs some bytes itself; and what is short may be one with a word of the program.
const SHORTEST = 24;

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

/** The texts that may go to the part that loads later: those that the first part does not say too. */
export function laterTexts() {
    const first = new Set(read("vi.rs", "en.rs").map(String));
    const later = new Map(read("later/vi.rs", "later/en.rs").map((text) => [String(text), text]));
    return [...later.values()].filter((text) => text.length >= SHORTEST && !first.has(String(text)));
}

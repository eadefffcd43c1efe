// Reads and rewrites the sections of a WebAssembly module (core specification, 5.5), where no tool does what the build
// needs. Bytes that it need not understand it carries over as they are.

const HEAD = 8; // magic number and version
export const CUSTOM = 0;
export const IMPORT = 2;
export const EXPORT = 7;
export const CODE = 10;
export const DATA = 11;
const DATA_COUNT = 12;

/** Reads the integers and names of a section, one after another. */
export class Reader {
    constructor(bytes, at = 0) {
        this.bytes = bytes;
        this.at = at;
    }

    get ended() {
        return this.at >= this.bytes.length;
    }

    byte() {
        return this.bytes[this.at++];
    }

    /** An unsigned integer in LEB128, of 32 bits at most. */
    number() {
        let value = 0;
        for (let shift = 0, byte = 128; byte & 128; shift += 7) {
            byte = this.byte();
            value |= (byte & 127) << shift;
        }
        return value >>> 0;
    }

    take(length) {
        this.at += length;
        return this.bytes.subarray(this.at - length, this.at);
    }

    name() {
        return this.take(this.number()).toString("utf8");
    }
}

/** An unsigned integer in LEB128. */
export function number(value) {
    const bytes = [];
    do {
        bytes.push((value & 127) | (value > 127 ? 128 : 0));
        value >>>= 7;
    } while (value > 0);
    return Buffer.from(bytes);
}

/** A positive integer in signed LEB128, as i32.const has it. */
function signed(value) {
    const bytes = number(value);
    const last = bytes[bytes.length - 1];
    return last & 64 ? Buffer.concat([bytes.subarray(0, -1), Buffer.from([last | 128, 0])]) : bytes;
}

/** The sections of a module, in order. */
export function sections(module) {
    const reader = new Reader(module, HEAD);
    const found = [];
    while (!reader.ended) found.push({ id: reader.byte(), body: reader.take(reader.number()) });
    return found;
}

/** The module of these sections. */
export function assemble(sections) {
    const head = Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]);
    return Buffer.concat([head, ...sections.flatMap(({ id, body }) => [Buffer.from([id]), number(body.length), body])]);
}

/** The module with another body for its section `id`, which it has. */
function rewrite(module, id, change) {
    return assemble(sections(module).map((section) => (section.id === id ? { id, body: change(section.body) } : section)));
}

/** The functions of a module with their bodies and names: its code section beside its name section. */
function bodies(module) {
    const found = [];
    const names = new Map();
    for (const { id, body } of sections(module)) {
        const reader = new Reader(body);
        if (id === CODE) {
            for (let left = reader.number(); left > 0; left--) found.push(reader.take(reader.number()));
        } else if (id === CUSTOM && reader.name() === "name") {
            while (!reader.ended) {
                const kind = reader.byte();
                const part = new Reader(reader.take(reader.number()));
                if (kind === 1) for (let left = part.number(); left > 0; left--) names.set(part.number(), part.name());
            }
        }
    }
    if (names.size === 0) throw new Error('the wasm has no names of functions; keep strip = "none" in the profile');
    const imported = Math.max(...names.keys()) + 1 - found.length;
    return found.map((body, place) => ({ name: names.get(imported + place) ?? "", body }));
}

/** The functions of a module with their names and sizes. */
export function functions(module) {
    return bodies(module).map(({ name, body }) => ({ name, size: body.length }));
}

/** The module with functions that stop the program in place of those that are `unused`. */
export function emptyFunctions(module, unused) {
    const TRAP = Buffer.from([0, 0, 11]); // no locals, unreachable, end
    const all = bodies(module).map(({ name, body }) => (unused(name) ? TRAP : body));
    return rewrite(module, CODE, () => Buffer.concat([number(all.length), ...all.flatMap((body) => [number(body.length), body])]));
}

/** The parts of the memory that a data section fills: where each begins in memory and in the section, and its length. */
function dataSegments(body) {
    const reader = new Reader(body);
    const found = [];
    for (let left = reader.number(); left > 0; left--) {
        // active, in memory 0, at a constant: what a linker without threads writes
        if (reader.byte() !== 0 || reader.byte() !== 0x41) throw new Error("the wasm fills its memory in another way than scripts/wasm.mjs reads");
        const address = reader.number();
        reader.byte(); // end
        const length = reader.number();
        found.push({ address, at: reader.at, length });
        reader.take(length);
    }
    return found;
}

/**
 * The module without the places of panics in the sources whose paths match `paths`: they tell who uses the page nothing, and
 * the same sources are to give the same bytes wherever they lie. Each path is blanked; each place (core::panic::Location: a
 * path's address and length, line and column) becomes one and the same.
 */
export function forgetPlaces(module, paths) {
    return rewrite(module, DATA, (body) => {
        const data = Buffer.from(body);
        const segments = dataSegments(data);
        const lengths = new Map();
        for (const { address, at, length } of segments) {
            const text = data.toString("latin1", at, at + length);
            for (const { index, 0: found } of text.matchAll(paths)) {
                lengths.set(address + index, found.length);
                data.fill("~", at + index, at + index + found.length);
            }
        }
        const [first] = lengths.keys();
        for (const { address, at, length } of segments) {
            const PLACE = 16;
            for (let place = at + (-address & 3); place + PLACE <= at + length; place += 4) {
                if (lengths.get(data.readUInt32LE(place)) !== data.readUInt32LE(place + 4)) continue;
                for (const [word, value] of [first, 1, 0, 0].entries()) data.writeUInt32LE(value, place + 4 * word);
            }
        }
        return data;
    });
}

/** The tables of moved texts (address and length of each) move too, with the few short texts' entries among them. */
function moveTables(module, texts) {
    const GAP = 64; // bytes of entries of texts that stayed
    const LONGEST = 2000;
    const lengths = new Map(texts.map(({ address, text }) => [address, text.length]));
    const tables = [];
    const first = rewrite(module, DATA, (body) => {
        const data = Buffer.from(body);
        const segments = dataSegments(data);
        // what stands between two entries is of the same table where it is entries of texts, too
        const isEntry = (place) => {
            const [from, size] = [data.readUInt32LE(place), data.readUInt32LE(place + 4)];
            return size <= LONGEST && segments.some(({ address, length }) => from >= address && from + size <= address + length);
        };
        const areEntries = (from, to) => {
            if ((to - from) % 8 !== 0) return false;
            for (let place = from; place < to; place += 8) if (!isEntry(place)) return false;
            return true;
        };
        for (const { address, at, length } of segments) {
            let table = null;
            const close = () => {
                if (table && table.end - table.at >= 2 * GAP) {
                    tables.push({ address: address + table.at - at, text: Buffer.from(data.subarray(table.at, table.end)) });
                    data.fill(0, table.at, table.end);
                }
                table = null;
            };
            for (let place = at + (-address & 3); place + 8 <= at + length; place += 4) {
                if (lengths.get(data.readUInt32LE(place)) !== data.readUInt32LE(place + 4)) continue;
                if (table && (place - table.end > GAP || !areEntries(table.end, place))) close();
                table ??= { at: place };
                table.end = place + 8;
                place += 4; // with the step of the loop: the next entry
            }
            close();
        }
        return data;
    });
    return { first, tables };
}

/**
 * Moves texts that stand in the memory of `first` to `second`, which has the same memory and fills them in when it comes; in
 * `first` they become zeros. A text that is not there once, as itself or as part of another, stays. Of the text of `apart`
 * only its `parts` move, and become spaces. Returns both modules and how many texts moved.
 */
export function moveTexts(first, second, texts, apart = { text: Buffer.alloc(0), parts: [] }) {
    const moved = [];
    const emptied = rewrite(first, DATA, (body) => {
        const data = Buffer.from(body);
        const segments = dataSegments(data);
        const placesOf = (text) =>
            segments.flatMap(({ address, at, length }) => {
                const places = [];
                const part = body.subarray(at, at + length);
                for (let place = part.indexOf(text); place >= 0; place = part.indexOf(text, place + 1)) places.push({ address: address + place, at: at + place });
                return places;
            });
        if (apart.parts.length > 0) {
            const found = placesOf(apart.text);
            if (found.length !== 1) throw new Error(`a text whose parts are to move stands ${found.length} times in the wasm`);
            for (const [from, end] of apart.parts) {
                moved.push({ address: found[0].address + from, text: Buffer.from(apart.text.subarray(from, end)) });
                data.fill(" ", found[0].at + from, found[0].at + end);
            }
        }
        for (const text of texts) {
            const found = placesOf(text);
            if (found.length !== 1) continue;
            moved.push({ address: found[0].address, text });
            data.fill(0, found[0].at, found[0].at + text.length);
        }
        return data;
    });
    const { first: emptier, tables } = moveTables(emptied, moved);
    moved.push(...tables);
    moved.sort((a, b) => a.address - b.address);
    const joined = [];
    for (const { address, text } of moved) {
        const last = joined.at(-1);
        if (last && last.address + last.text.length === address) last.text = Buffer.concat([last.text, text]);
        else joined.push({ address, text });
    }
    const CONSTANT = Buffer.from([0, 0x41]); // active, in memory 0; i32.const
    const END = Buffer.from([11]);
    const parts = joined.flatMap(({ address, text }) => [CONSTANT, signed(address), END, number(text.length), text]);
    const body = Buffer.concat([number(joined.length), ...parts]);
    const own = sections(second);
    if (own.some(({ id }) => id === DATA || id === DATA_COUNT)) throw new Error("the part that loads later has data of its own");
    const at = own.findIndex(({ id }) => id === CODE) + 1;
    return { first: emptier, second: assemble(own.toSpliced(at, 0, { id: DATA, body })), moved: moved.length - tables.length };
}

/** The module with these texts blanked in its memory: words that no code ever shows. */
export function forgetTexts(module, texts) {
    return rewrite(module, DATA, (body) => {
        const data = Buffer.from(body);
        for (const { at, length } of dataSegments(data)) {
            const part = data.subarray(at, at + length);
            for (const text of texts) {
                for (let place = part.indexOf(text); place >= 0; place = part.indexOf(text, place + 1)) part.fill("~", place, place + text.length);
            }
        }
        return data;
    });
}

/** The module with the exports that `change` returns for each `{ name, kind, index }`; without those where it returns null. */
export function mapExports(module, change) {
    return rewrite(module, EXPORT, (body) => {
        const reader = new Reader(body);
        const kept = [];
        for (let left = reader.number(); left > 0; left--) {
            const found = change({ name: reader.name(), kind: reader.byte(), index: reader.number() });
            if (found) kept.push(found);
        }
        const parts = kept.flatMap(({ name, kind, index }) => [text(name), Buffer.from([kind]), number(index)]);
        return Buffer.concat([number(kept.length), ...parts]);
    });
}

const text = (name) => Buffer.concat([number(Buffer.byteLength(name)), Buffer.from(name)]);

/** The module with the names that `rename(from, name)` gives to the functions that it imports. */
export function renameImports(module, rename) {
    return rewrite(module, IMPORT, (body) => {
        const reader = new Reader(body);
        const parts = [];
        for (let left = reader.number(); left > 0; left--) {
            const [from, name, kind] = [reader.name(), reader.name(), reader.byte()];
            if (kind !== 0) throw new Error(`${from} ${name}: only functions are renamed`);
            parts.push(text(from), text(rename(from, name)), Buffer.from([kind]), number(reader.number()));
        }
        return Buffer.concat([body.subarray(0, number(parts.length / 4).length), ...parts]);
    });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { choose } from "../split.mjs";
import { english, literals } from "../texts.mjs";
import { emptyFunctions, forgetPlaces, forgetTexts, functions, mapExports, moveTexts, number, renameImports, sections } from "../wasm.mjs";

const HEAD = "0061736d01000000";

/** A module of two functions, exported as f and g, with the names a and b and one custom section. */
function module() {
    const named = Buffer.from("name" + "\x01\x07\x02\x00\x01a\x01\x01b", "latin1");
    const own = [
        [1, Buffer.from("01600000", "hex")],
        [3, Buffer.from("020000", "hex")],
        [7, Buffer.from("02" + "01660000" + "01670001", "hex")],
        [10, Buffer.from("02" + "02000b" + "0300010b", "hex")],
        [0, Buffer.concat([Buffer.from([4]), named])],
    ];
    return Buffer.concat([Buffer.from(HEAD, "hex"), ...own.flatMap(([id, body]) => [Buffer.from([id, body.length]), body])]);
}

test("a module tells its functions with their names and sizes", () => {
    assert.ok(WebAssembly.validate(module()));
    assert.deepEqual(functions(module()), [
        { name: "a", size: 2 },
        { name: "b", size: 3 },
    ]);
});

test("a module without names is refused", () => {
    const nameless = module().subarray(0, -16);
    assert.ok(WebAssembly.validate(nameless));
    assert.throws(() => functions(nameless), /no names/);
});

test("exports are taken out and pointed elsewhere, and nothing else changes", () => {
    const changed = mapExports(module(), (found) => (found.name === "f" ? null : { ...found, index: 0 }));
    assert.deepEqual(WebAssembly.Module.exports(new WebAssembly.Module(changed)), [{ name: "g", kind: "function" }]);
    assert.deepEqual(
        sections(changed).filter(({ id }) => id !== 7),
        sections(module()).filter(({ id }) => id !== 7),
    );
    assert.deepEqual(mapExports(module(), (found) => found), module());
});

test("numbers are written in LEB128", () => {
    assert.deepEqual([...number(0)], [0]);
    assert.deepEqual([...number(127)], [127]);
    assert.deepEqual([...number(624485)], [0xe5, 0x8e, 0x26]);
});

const SEAL = "bon_tot[1f]::seal::submission::seal";
const HELP = "core[2e]::fmt::help";
const DOOR = "bon_tot[1f]::app::rest::then::{closure#0}";
const FORM = "bon_tot[1f]::app::pages::form::items::radios";
const ALL = [SEAL, HELP, DOOR, FORM].map((name) => ({ name, size: 300 }));

function chosen(calls, pinned = []) {
    const callers = new Map();
    for (const [from, to] of calls) callers.set(to, (callers.get(to) ?? new Set()).add(from));
    return [...choose(ALL, { callers, pinned: new Set(pinned) })];
}

test("what only later functions call loads later with them", () => {
    assert.deepEqual(chosen([[DOOR, SEAL], [SEAL, HELP], [HELP, HELP]]), [SEAL, HELP]);
    assert.deepEqual(chosen([[DOOR, SEAL], [SEAL, HELP], [FORM, HELP]]), [SEAL]);
    assert.deepEqual(chosen([[DOOR, SEAL], [SEAL, HELP]], [HELP]), [SEAL]);
});

test("a call into the second part that waits for nothing fails the build", () => {
    assert.throws(() => chosen([[FORM, SEAL]]), /radios would call .*seal before it has come/);
});

test("names that no longer exist fail the build", () => {
    assert.throws(() => choose([{ name: FORM, size: 300 }], { callers: new Map(), pinned: new Set() }), /nothing to split off/);
});

test("functions that are not used become traps under their own names", () => {
    const changed = emptyFunctions(module(), (name) => name === "b");
    assert.ok(WebAssembly.validate(changed));
    const { f, g } = new WebAssembly.Instance(new WebAssembly.Module(changed)).exports;
    f();
    assert.throws(g, WebAssembly.RuntimeError);
    assert.deepEqual(functions(changed).map(({ name }) => name), ["a", "b"]);
});

test("imported functions get other names, each by where it is from", () => {
    const imports = Buffer.from("02" + "0161" + "026c6f" + "0000" + "0162" + "026c6f" + "0000", "hex");
    const own = Buffer.concat([Buffer.from(HEAD, "hex"), Buffer.from("010401600000", "hex"), Buffer.from([2, imports.length]), imports]);
    const changed = renameImports(own, (from, name) => (from === "a" ? "x" : name));
    const found = WebAssembly.Module.imports(new WebAssembly.Module(changed));
    assert.deepEqual(found.map(({ module, name }) => `${module}.${name}`), ["a.x", "b.lo"]);
});

test("places of panics in other people's sources are forgotten, those in ours stay", () => {
    const [ours, theirs] = ["src/app/a.rs", "/home/x/.cargo/b.rs"];
    const START = 64;
    const place = (address, length, line) => {
        const words = Buffer.alloc(16);
        for (const [word, value] of [address, length, line, 5].entries()) words.writeUInt32LE(value, 4 * word);
        return words;
    };
    const texts = Buffer.from((ours + theirs).padEnd(32));
    const own = place(START, ours.length, 7);
    const foreign = [8, 9].map((line) => place(START + ours.length, theirs.length, line));
    const bytes = Buffer.concat([texts, own, ...foreign]);
    const data = Buffer.concat([Buffer.from([1, 0, 0x41]), Buffer.from([START | 0x80, 0]), Buffer.from([0x0b]), number(bytes.length), bytes]);
    const memory = Buffer.from("0503010001", "hex");
    const module = Buffer.concat([Buffer.from(HEAD, "hex"), memory, Buffer.from([11]), number(data.length), data]);
    assert.ok(WebAssembly.validate(module));
    const changed = forgetPlaces(module, /\/home\/x\/\.cargo\/[\w.+/-]+?\.rs/g);
    assert.equal(changed.length, module.length);
    const found = changed.subarray(-bytes.length);
    assert.equal(found.toString("latin1", 0, 32), (ours + "~".repeat(theirs.length)).padEnd(32));
    assert.deepEqual(found.subarray(32, 48), own);
    const forgotten = place(START + ours.length, 1, 0);
    forgotten.writeUInt32LE(0, 12);
    assert.deepEqual(found.subarray(48), Buffer.concat([forgotten, forgotten]));
});

/** A module with a memory that begins with `data` at 64; one without, that has a function, takes the memory of another. */
function withMemory(data) {
    const body = Buffer.concat([Buffer.from([1, 0, 0x41]), Buffer.from([0xc0, 0]), Buffer.from([11]), number(data.length), data]);
    const own = [
        [5, Buffer.from("010001", "hex")],
        [7, Buffer.concat([Buffer.from([1, 1]), Buffer.from("m"), Buffer.from([2, 0])])],
        [11, body],
    ];
    return Buffer.concat([Buffer.from(HEAD, "hex"), ...own.flatMap(([id, body]) => [Buffer.concat([Buffer.from([id]), number(body.length)]), body])]);
}

function takingMemory() {
    const taken = Buffer.concat([Buffer.from([1, 1]), Buffer.from("p"), Buffer.from([1]), Buffer.from("m"), Buffer.from([2, 0, 1])]);
    const own = [
        [1, Buffer.from("01600000", "hex")],
        [2, taken],
        [3, Buffer.from("0100", "hex")],
        [10, Buffer.from("0102000b", "hex")],
    ];
    return Buffer.concat([Buffer.from(HEAD, "hex"), ...own.flatMap(([id, body]) => [Buffer.from([id, body.length]), body])]);
}

const memoryOf = (module, imports) => {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module), imports);
    return exports;
};

test("texts move to the second module, which fills them in when it comes", () => {
    const [stays, goes, again] = ["word", "câu này đến sau", "this too"].map((text) => Buffer.from(text));
    const data = Buffer.concat([stays, goes, again, Buffer.from("this to")]);
    const { first, second, moved } = moveTexts(withMemory(data), takingMemory(), [goes, again, Buffer.from("not there")]);
    assert.equal(moved, 2);
    const { m } = memoryOf(first);
    const held = () => Buffer.from(new Uint8Array(m.buffer, 64, data.length));
    assert.ok(held().includes("word") && !held().includes(goes) && !held().includes(again));
    memoryOf(second, { p: { m } });
    assert.deepEqual(held(), data);
});

test("parts of a text move alone, and are spaces until they come", () => {
    const text = Buffer.from('{"vi": "một", "en": "a \\"one\\""}');
    const module = withMemory(Buffer.concat([Buffer.from("before"), text]));
    const { first, second, moved } = moveTexts(module, takingMemory(), [], { text, parts: english(text) });
    assert.equal(moved, 1);
    const { m } = memoryOf(first);
    const held = () => Buffer.from(new Uint8Array(m.buffer, 64 + 6, text.length));
    assert.deepEqual(JSON.parse(held().toString()), { vi: "một", en: " ".repeat(9) });
    memoryOf(second, { p: { m } });
    assert.deepEqual(held(), text);
    assert.throws(() => moveTexts(module, takingMemory(), [], { text: Buffer.from("x"), parts: [[0, 1]] }), /stands 0 times/);
});

test("a text that stands there twice stays", () => {
    const module = withMemory(Buffer.from("once more, once more"));
    const { first, moved } = moveTexts(module, takingMemory(), [Buffer.from("once more")]);
    assert.equal(moved, 0);
    assert.deepEqual(first, module);
});

test("what nobody says is blanked", () => {
    const { m } = memoryOf(forgetTexts(withMemory(Buffer.from("kept <gone> kept")), ["<gone>", "not there"]));
    assert.equal(Buffer.from(m.buffer, 64, 16).toString(), "kept ~~~~~~ kept");
});

test("the strings of a source are read as Rust means them", () => {
    const source = String.raw`// "not this"
        a: "câu \"này\" \u{2013} \\ hết", b: ["x", "y"],`;
    assert.deepEqual(literals(source).map(String), ['câu "này" – \\ hết', "x", "y"]);
});

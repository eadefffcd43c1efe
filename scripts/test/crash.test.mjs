import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger, chance } from "../crash/ledger.mjs";

function typed(saved) {
    const ledger = new Ledger({});
    ledger.change(100, { a: "x" });
    ledger.change(200, { a: "xy" });
    ledger.change(300, { a: "xy", b: true });
    ledger.acknowledge(saved);
    return ledger;
}

test("a change that was shown as saved must be there", () => {
    assert.deepEqual(typed(2).judge({ a: "xy" }, 350), { lost: 0, unsaved: 50, mixed: false });
    assert.deepEqual(typed(2).judge({ a: "xy", b: true }, 350), { lost: 0, unsaved: 0, mixed: false });
    assert.deepEqual(typed(2).judge({ a: "x" }, 350), { lost: 1, unsaved: 150, mixed: false });
    assert.deepEqual(typed(2).judge({}, 350), { lost: 2, unsaved: 250, mixed: false });
    assert.deepEqual(typed(0).judge({}, 350), { lost: 0, unsaved: 250, mixed: false });
});

test("fields that never stood together are a loss, whatever was saved", () => {
    assert.deepEqual(typed(0).judge({ b: true }, 350), { lost: 1, unsaved: 0, mixed: true });
    assert.deepEqual(typed(3).judge({ a: "y" }, 350), { lost: 3, unsaved: 0, mixed: true });
});

test("an acknowledgement never counts backwards", () => {
    const ledger = typed(3);
    ledger.acknowledge(1);
    assert.equal(ledger.saved, 3);
    assert.equal(ledger.typed, 3);
});

test("the same seed gives the same numbers, from 0 to 1", () => {
    const [one, same, other] = [chance(1), chance(1), chance(2)].map((next) => Array.from({ length: 100 }, next));
    assert.deepEqual(one, same);
    assert.notDeepEqual(one, other);
    assert.ok(one.every((number) => number >= 0 && number < 1));
    assert.ok(Math.min(...one) < 0.1 && Math.max(...one) > 0.9);
});

// Functions that run in the page. Each is sent as text, so it is self-contained.

/** Expands everything; returns the number of text fields. */
export function unfold() {
    for (const fold of document.querySelectorAll("main details")) fold.open = true;
    return document.querySelectorAll("main textarea").length;
}

/** The values of the fields of the shown section, by test id; blank fields may come and go. */
export function values() {
    const found = {};
    for (const field of document.querySelectorAll("main [data-testid]")) {
        if (!field.matches("input, select, textarea")) continue;
        const value = field.matches("[type=radio], [type=checkbox]") ? field.checked : field.value;
        if (value) found[field.dataset.testid] = value;
    }
    return found;
}

/**
 * Reports every change with the field values after it, and every change number that the page shows as
 * saved. The page numbers its changes, one for each event of a field.
 */
export function watch(values) {
    const state = document.querySelector('[data-testid="save-state"]');
    const first = Number(state.dataset.revision);
    const tell = (what) => globalThis.crashTold(JSON.stringify(what));
    let count = first;
    const changed = (event) => {
        const isChoice = event.target.matches("input[type=radio], input[type=checkbox], select");
        if ((event.type === "change") === isChoice) tell({ change: ++count - first, at: Date.now(), values: values() });
    };
    for (const type of ["input", "change"]) addEventListener(type, changed);
    const look = () => {
        if (state.dataset.state === "saved") tell({ saved: Number(state.dataset.revision) - first });
    };
    new MutationObserver(look).observe(state, { attributes: true });
}

/** Puts the caret to the end of a text field. */
export function focus(place) {
    const fields = [...document.querySelectorAll("main textarea, main input[type=text], main input:not([type])")].filter((field) => !field.disabled);
    const field = fields[place % fields.length];
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
}

/** The position of a choice. */
export function choice(place) {
    const choices = [...document.querySelectorAll('main input[type="radio"]')].filter((one) => !one.checked);
    const one = choices[place % choices.length];
    one.scrollIntoView({ block: "center", behavior: "instant" });
    const { x, y, width, height } = one.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
}

// Statistics: medians, percentiles, and a plain text table.

/** The value below which `percent` of the values lie (nearest rank). */
export function percentile(values, percent) {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}

export const median = (values) => percentile(values, 50);

/** A number with three significant digits, or whole where it is larger. */
export function short(value) {
    if (value === undefined || value === null || Number.isNaN(value)) return "–";
    const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
    return value.toFixed(Math.min(digits, 3));
}

/** The least and the greatest of the values. */
export const range = (values) => `${short(Math.min(...values))}–${short(Math.max(...values))}`;

/**
 * Rows as aligned lines. A row: `{ figure, unit, value, range, floor, bound }`, numbers except `range`, a text.
 * Ratios: value to the number before.
 */
export function table(rows) {
    const ratio = (value, other) => (value === undefined || !other ? "" : `×${short(value / other)}`);
    const cells = rows.map(({ figure, unit = "", value, range = "", floor, bound }) => [
        figure,
        unit,
        value === undefined ? "" : short(value),
        range,
        floor === undefined ? "" : short(floor),
        ratio(value, floor),
        bound === undefined ? "" : short(bound),
        ratio(value, bound),
    ]);
    cells.unshift(["figure", "unit", "value", "range", "floor", "ratio", "bound", "ratio"]);
    const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
    const left = new Set([0, 1]);
    const pad = (cell, column) => (left.has(column) ? cell.padEnd(widths[column]) : cell.padStart(widths[column]));
    return cells.map((row) => row.map(pad).join("  ").trimEnd());
}

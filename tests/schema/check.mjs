// What another program makes of our JSON Schemas (draft 2020-12), with npm's ajv:
//
//   check.mjs SCHEMA FILE...   for each file `null`, or the first thing that the schema says against it
//
// One JSON array on standard output. The schema itself must be one, or the program fails.
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";

const [schema, ...files] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));
// `format` only annotates (2020-12, 7.2.1); days and times are checked by the readers
const check = new Ajv({ strict: true, strictTypes: false, strictRequired: false, formats: { date: true, "date-time": true } }).compile(schema);
const answers = files.map((file) => (check(file) ? null : `${check.errors[0].instancePath}: ${check.errors[0].message}`));
console.log(JSON.stringify(answers));

// Validates an AsyncAPI document against the official JSON Schema of its version.
//
//     node asyncapi.mjs FOLDER DOCUMENT
//
// FOLDER is where the packages are installed: this file lives elsewhere.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [folder, file] = process.argv.slice(2);
const require = createRequire(resolve(folder, 'package.json'));
const Ajv = require('ajv').default;
const addFormats = require('ajv-formats').default;

const document = JSON.parse(readFileSync(file, 'utf8'));
const schema = require(join('@asyncapi/specs/schemas', `${document.asyncapi}.json`));
// The bundle brings the meta-schema along, so Ajv's own copy is in the way.
const ajv = new Ajv({ strict: false, allErrors: true, meta: false, validateSchema: false });
addFormats(ajv);
const validate = ajv.compile(schema);

const findings = findingsIn(document);
// One mistake makes many findings, and the first ones tell it.
for (const finding of findings.slice(0, 20)) console.error(finding);

// A validator that accepts everything would be silent too.
const broken = structuredClone(document);
Object.values(broken.operations)[0].action = 'shout';
if (findingsIn(broken).length === 0) {
  console.error('an operation with the action "shout" was taken for valid');
  process.exitCode = 1;
}
if (findings.length > 0) process.exitCode = 1;

function findingsIn(candidate) {
  if (validate(candidate)) return [];
  return validate.errors.map((error) => `${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`);
}

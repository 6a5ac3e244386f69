// A function for Spectral: schemas that say the same and are written in more than one place.

// Words about a schema, which two uses of it may say differently.
const WORDS = new Set([
  'default', 'deprecated', 'description', 'example', 'examples', 'readOnly', 'summary', 'title', 'writeOnly',
]);

export default function twins(document) {
  const first = new Map();
  const found = [];
  for (const [schema, path] of written(document, [])) {
    const form = JSON.stringify(bare(schema));
    const twin = first.get(form);
    if (twin === undefined) first.set(form, path);
    else found.push({ message: `The same schema stands at ${twin.join('.')}: give it a name and refer to it.`, path });
  }
  return found;
}

// Every schema that is written in place, where it is used.
function* written(node, path) {
  if (node === null || typeof node !== 'object') return;
  for (const [key, value] of Object.entries(node)) {
    const here = [...path, key];
    if (key === 'properties') {
      for (const [name, schema] of Object.entries(value)) yield* inPlace(schema, [...here, name]);
    } else if (key === 'schema' || key === 'items' || key === 'additionalProperties') {
      yield* inPlace(value, here);
    } else if (key !== 'example' && key !== 'examples') {
      yield* written(value, here);
    }
  }
}

// A reference is a name already, and so is one that may be null; a plain boolean has nothing to share.
function* inPlace(schema, path) {
  if (schema === null || typeof schema !== 'object' || schema.$ref || schema.oneOf) return;
  if (schema.type !== 'boolean') yield [schema, path];
  yield* written(schema, path);
}

// The schema without the words about it, its keys in one order.
function bare(schema) {
  if (Array.isArray(schema)) return schema.map(bare);
  if (schema === null || typeof schema !== 'object') return schema;
  const keys = Object.keys(schema).filter((key) => !WORDS.has(key));
  return Object.fromEntries(keys.sort().map((key) => [key, bare(schema[key])]));
}

// The npm package `cloudevents`, asked by `cargo xtask interop`: requests as JSON lines, one answer for each.
//   { read: message, expected }        what of the event is not as expected
//   { write: event, binding, mode }    the event as a message
//   { accepts: message }               whether the SDK takes it for a CloudEvent
//   { schema: object }                 what the official JSON Schema says of a structured event
// The package lies where NODE_PATH points.
"use strict";
const { deepStrictEqual } = require("node:assert");
const { readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { CloudEvent, HTTP, Kafka } = require("cloudevents");
// The official schema, compiled by ajv: part of the package, and not of its public face.
const schema = require(join(dirname(require.resolve("cloudevents")), "schema/v1.js"));

// The SDK has no binding for AMQP 0.9.1, whose headers are named as those of HTTP.
const bindings = { amqp: HTTP, http: HTTP, kafka: Kafka };

function parse({ binding, contentType, headers, body, key }) {
  const named = Object.fromEntries(headers);
  const text = Buffer.from(body, "hex").toString();
  if (binding === "kafka") {
    return Kafka.toEvent({ headers: named, value: text, key: key ?? undefined });
  }
  return HTTP.toEvent({ headers: { "content-type": contentType, ...named }, body: text });
}

function read(message, expected) {
  const { data, ...attributes } = parse(message);
  const found = JSON.parse(JSON.stringify(attributes));
  // The SDK keeps milliseconds, and writes all three digits.
  const wanted = { ...expected.attributes, time: new Date(expected.attributes.time).toISOString() };
  found.time = new Date(found.time).toISOString();
  deepStrictEqual(found, wanted);
  deepStrictEqual(data, expected.data);
  return {};
}

function write({ attributes, json, text, bytes }, binding, mode) {
  const data = json ?? text ?? (bytes && new Uint8Array(Buffer.from(bytes, "hex")));
  const message = bindings[binding][mode](new CloudEvent({ ...attributes, data }));
  let body = binding === "kafka" ? message.value : message.body;
  if (typeof body === "object" && !ArrayBuffer.isView(body)) {
    body = JSON.stringify(body); // Kafka's binding leaves that to its caller
  }
  const headers = Object.entries(message.headers).filter(([, value]) => value !== undefined);
  return {
    binding,
    headers: headers.map(([name, value]) => [name, encoded(binding, name, String(value))]),
    body: Buffer.from(body ?? "").toString("hex"),
  };
}

// The SDK leaves the percent-encoding of HTTP to its caller, too.
function encoded(binding, name, value) {
  const plain = binding !== "http" || !name.startsWith("ce-");
  return plain ? value : value.replace(/[^!#$&-~]/gu, encodeURIComponent);
}

function accepts(message) {
  const event = parse(message);
  return event instanceof CloudEvent && event.validate() === true;
}

function answer(request) {
  try {
    if (request.read) return read(request.read, request.expected);
    if (request.write) return write(request.write, request.binding, request.mode);
    if (request.accepts) return { accepted: accepts(request.accepts) };
    return schema(request.schema) ? {} : { wrong: JSON.stringify(schema.errors) };
  } catch (error) {
    return request.accepts ? { accepted: false } : { wrong: String(error.message) };
  }
}

for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  console.log(JSON.stringify(answer(JSON.parse(line))));
}

"""The PyPI package `cloudevents`, asked by `cargo xtask interop`: requests as JSON lines, one answer for each.

{"read": message, "expected": ...}     what of the event is not as expected
{"write": event, "binding", "mode"}    the event as a message
{"accepts": message}                   whether the SDK takes it for a CloudEvent
"""

import json
import sys
from datetime import datetime

from cloudevents.core.bindings import http, kafka, rabbitmq
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

FORMAT = JSONFormat()


def parse(message):
    content_type, body = message["contentType"], bytes.fromhex(message["body"])
    headers = dict(message["headers"])
    match message["binding"]:
        case "amqp":
            binding, received = rabbitmq, rabbitmq.RabbitMQMessage(headers, content_type, body)
        case "kafka":
            values = {name: value.encode() for name, value in headers.items()}
            binding, received = kafka, kafka.KafkaMessage(values, message.get("key"), body)
        case _:
            typed = {} if content_type is None else {"content-type": content_type}
            binding, received = http, http.HTTPMessage(typed | headers, body)
    structured = (content_type or "").startswith("application/cloudevents")
    return (binding.from_structured if structured else binding.from_binary)(received, FORMAT)


def read(message, expected):
    event = parse(message)
    wanted = expected["attributes"] | {"time": datetime.fromisoformat(expected["attributes"]["time"])}
    if event.get_attributes() != wanted:
        return {"wrong": f"{event.get_attributes()} is not {wanted}"}
    if event.get_data() != expected["data"]:
        return {"wrong": f"{event.get_data()} is not {expected['data']}"}
    return {}


def write(event, binding, mode):
    attributes = event["attributes"] | {"time": datetime.fromisoformat(event["attributes"]["time"])}
    data = event.get("json", event.get("text"))
    if "bytes" in event:
        data = bytes.fromhex(event["bytes"])
    event = CloudEvent(attributes, data)
    module = {"amqp": rabbitmq, "kafka": kafka, "http": http}[binding]
    message = (module.to_structured if mode == "structured" else module.to_binary)(event, FORMAT)
    headers = [[name, text(value)] for name, value in message.headers.items()]
    body = message.value if binding == "kafka" else message.body
    written = {"binding": binding, "headers": headers, "body": body.hex()}
    if binding == "amqp":
        written["contentType"] = message.content_type
    return written


def text(value):
    return value.decode() if isinstance(value, bytes) else value


def answer(request):
    try:
        if "read" in request:
            return read(request["read"], request["expected"])
        if "write" in request:
            return write(request["write"], request["binding"], request["mode"])
        return {"accepted": parse(request["accepts"]) is not None}
    except Exception as error:  # whatever the SDK throws is its answer
        return {"accepted": False} if "accepts" in request else {"wrong": f"{type(error).__name__}: {error}"}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))))

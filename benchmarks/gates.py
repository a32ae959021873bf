"""The gates: the maximum that each row should have.

A row without an entry has no gate. A missed gate is reported but does not fail the run, because the
timings of a shared machine vary too much. docs/performance.md explains the measurements.
"""

from __future__ import annotations

from typing import Final

GATES: Final = {
    # Against raw boto3, in CPU time.
    "1,000 routes": 0.50,
    "1,000 APIs": 0.20,
    "1,000 stages": 0.16,
    "100 routes": 0.70,
    "100 APIs": 0.27,
    # A call has a fixed cost of 30 to 60 µs of Python code: it converts and checks the arguments,
    # binds the response to its request, and makes an object. boto3 takes 600 to 800 µs. Special
    # cases for short requests brought both rows below 1.05 once, and were hard to follow.
    "get a route": 1.10,
    "create a route": 1.10,
    "cold start": 1.20,
    "Lambda function that only sends": 1.20,
    # Against raw boto3's dicts, in bytes.
    "memory of a route": 0.80,
    "memory of an API": 0.70,
    # Against sequential calls of raw boto3, in wall-clock time.
    "four lists, 50 ms away": 0.35,
    # Milliseconds in addition to `import boto3`.
    "import": 30.0,
    # A request to the served local gateway against one to moto's server, in wall-clock time.
    "control plane, 10 routes": 0.25,
    "control plane, 100 routes": 0.25,
    "control plane, 300 routes": 0.25,
    # Against MiniStack: never slower.
    "HTTP data plane, 10 routes": 1.0,
    "HTTP data plane, 100 routes": 1.0,
    "HTTP data plane, 300 routes": 1.0,
    "WebSocket messages, 10 routes": 1.0,
    "WebSocket messages, 100 routes": 1.0,
    "WebSocket messages, 300 routes": 1.0,
    # A request with 300 routes against one with 10. A linear search would give 5.
    "growth of HTTP data plane": 1.5,
    "growth of WebSocket messages": 1.5,
    # Against the minimum time that the account's quota allows.
    "apply 300 routes": 1.1,
    # Planning time per route among 300 against that among 100. Quadratic planning would give 3.
    "growth of planning": 2.0,
    # Time per item among 10,000 against that among 1,000. Quadratic code would give 10; Python's
    # garbage collector and the processor's caches alone account for 1.3.
    "growth of routes": 2.0,
    "growth of APIs": 2.0,
}

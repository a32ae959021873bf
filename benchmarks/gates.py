"""What is wanted of `apigw2`: the most that it may take, by row.

A row that is not here has no gate. A gate that is missed is reported and is no failure: a shared
machine's clock proves nothing. The reasons are in docs/performance.md.
"""

from __future__ import annotations

from typing import Final

GATES: Final = {
    # Against raw boto3, in time of the CPU.
    "1,000 routes": 0.60,
    "1,000 APIs": 0.25,
    "1,000 stages": 0.25,
    "100 routes": 0.80,
    "100 APIs": 0.35,
    "get a route": 1.05,
    "create a route": 1.05,
    "cold start": 1.20,
    "Lambda function that only sends": 1.20,
    # Against raw boto3's dicts, in bytes.
    "memory of a route": 0.80,
    "memory of an API": 0.70,
    # Against raw boto3 one after another, by the clock on the wall.
    "four lists, 50 ms away": 0.35,
    # Milliseconds on top of `import boto3`.
    "import": 30.0,
    # A route created in the local gateway against one in moto's mock.
    "local gateway": 1.0,
    # An item's time among 10,000 against its time among 1,000. Anything quadratic would be at 10;
    # Python's garbage collector and the processor's caches alone are good for 1.3.
    "growth of routes": 2.0,
    "growth of APIs": 2.0,
}

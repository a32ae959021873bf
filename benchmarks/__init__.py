"""How fast `apigw2` is, against boto3 and what is made on top of it: `nox -s bench`.

`__main__.py` runs everything; `gates.py` says what is wanted. docs/performance.md says how to read
the result.
"""

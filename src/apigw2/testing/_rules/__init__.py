"""What the service accepts and fills in, one module for each kind of resource.

Pure functions over records, without the store. The operations in `_control` and the reader of
OpenAPI documents in `_openapi` both use them, so an API that is imported follows the same rules as
one that is created call by call.
"""

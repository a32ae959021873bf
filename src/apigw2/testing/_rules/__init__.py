"""Validation and defaults of the service, one module for each kind of resource.

Pure functions on records, without the store. The operations in `_control` and the reader in
`_openapi` both use them, so imported APIs follow the same rules as APIs created call by call.
"""

"""What takes more than one call, and the convenience methods of resources.

`waiters`      waiting for a state
`unset`        clearing fields
`cascade`      deleting an object together with the objects that refer to it
`deploy`       deploying to stages, and rolling them back
`find`         finding an object by its name or key
`tags`         tags as methods of resources
`links`        URLs and DNS targets
`concurrency`  concurrent calls within the account's quota
"""

"""Knowledge about AWS beyond botocore's service model: tables with sources, without logic.

`rules`       calls that the service rejects, or may reject
`bounds`      bounds of values, some of which AWS encodes in the names of its shapes
`quotas`      how many requests the service allows, and which operations have a quota of their own
`conflicts`   the meaning of error messages whose codes are ambiguous
`clearing`    how each field is cleared
`siblings`    members that the service requires beside others
`defaults`    values that the service fills in, rewrites or drops
`arns`        the ARNs of resources

This package imports no other package of the library; `errors` is a module above it.
"""

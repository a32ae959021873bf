"""What is known about AWS beyond botocore's service model: tables with sources, and no engine.

`rules`       calls that the service rejects, or may reject
`bounds`      limits that AWS keeps in the names of its shapes
`quotas`      how many requests the service allows, and which operations have a quota of their own
`conflicts`   what the messages of conflict errors mean
`clearing`    how each field is cleared
`siblings`    members that an update must carry beside others
`defaults`    values that the service fills in
`arns`        the ARNs of resources

This package imports no other package of the library; `errors` is a module above it.
"""

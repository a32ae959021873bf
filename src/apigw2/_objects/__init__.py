"""Typed objects: their base classes, conversion and display.

`values`       value types such as `Cors`; imports no network code
`references`   the identity of a resource, with the connection that its methods use
`snapshots`    the base class of snapshots
`listing`      lists that cross pages
`names`        conversion between `api_id`, `ApiId` and `apiId`
`frozen`       read-only dicts and lists
`containers`   type guards for dicts, lists and the like
`type_hints`   what annotations mean at run time
`structure`    responses to objects
`unstructure`  objects to boto3's parameters and dicts
`display`      IPython and notebooks
`tables`       objects as tables
"""

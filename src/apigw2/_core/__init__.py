"""How the library works: nothing here is public, and no resource module does any of it itself.

`operation`    the decorator that turns a method's signature into a call
`connection`   the one place that calls boto3
`reading`      responses to objects
`writing`      objects to boto3's parameters
`annotations`  what annotations mean, for both
`listing`      pages
`shape`        what every typed object is made of
`snapshot`     what snapshots share
`names`        the one place where names are converted
"""

"""What takes more than one call.

`waiters`      waiting for a state
`unset`        clearing fields
`cascade`      deleting an object together with the objects that refer to it
`concurrency` concurrent calls within the account's quota
"""

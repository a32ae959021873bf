"""How a signature becomes a call.

`operation`    the decorator that turns a method's signature into a call: convert, check, send, read
`preflight`    the checks before a request is sent, and what they learned about APIs
`tracebacks`   tracebacks that end in the caller's line
`constraints`  checks of values against the service model
"""

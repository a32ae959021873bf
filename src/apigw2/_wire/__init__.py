"""Everything that touches boto3.

`connection`          a boto3 client, and how the library calls it
`clients`             creating and checking boto3 clients
`endpoints`           host names of the data plane
`response_capture`    takes the JSON of a response before botocore parses it
`response_form`       checks of the form of a successful response
`error_mapping`       botocore's errors as the library's
`retries`             which failures are retried, and which never are
`pacing`              sends the requests of concurrent calls within the quota
`unknown_members`     members of a request that botocore does not know
`forks`               clients in child processes
`stack`               the caller of the library, for warnings
`secrets`             keeps the signature of a request out of messages
`botocore_internals`  the uses of botocore's private attributes
"""

"""Everything that touches boto3.

`connection`          a boto3 client, and how the library calls it
`response_capture`    takes the JSON of a response before botocore parses it
`error_mapping`       botocore's errors as the library's
`retries`             what is retried, and what never is
`botocore_internals`  the uses of botocore's private attributes
"""

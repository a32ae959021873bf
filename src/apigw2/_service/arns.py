"""The ARNs of resources, which responses do not have.

The form is that of the developer guide, "API Gateway ARN reference". The account id stays empty.
"""

from __future__ import annotations


def resource_arn(partition: str, region_name: str, path: str) -> str:
    """Return the ARN of a resource.

    Args:
        partition: The partition, such as `aws` or `aws-cn`.
        region_name: The region.
        path: The resource's path in the service, such as `/apis/a1b2c3`.
    """
    return f"arn:{partition}:apigateway:{region_name}::{path}"

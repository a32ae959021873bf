"""How each field of a resource is cleared.

An update merges what it sends into what the service has. A field that is left out keeps its value,
and there is no null, so what clears a field differs from field to field. Unless a row says
otherwise, it rests on live probes reported in go-to-k/cdkd PR#1163 and PR#1577.

`_workflows/unset.py` carries the tables out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs


@attrs.frozen(eq=False, repr=False)
class Send:
    """The field is cleared by an update that sends a value which means "none".

    Attributes:
        value: The value, in boto3's form. With `each_key`, each key of the map is set to it: an
            empty map does nothing.
        each_key: Whether the field is a map whose keys are cleared one by one.
    """

    value: object
    each_key: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen(eq=False, repr=False)
class Delete:
    """The field is cleared by a Delete operation.

    Attributes:
        method: The name of the method that calls the operation.
        each_key: Whether the field is a map, and the operation is called with each of its keys.
    """

    method: str
    each_key: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen(eq=False, repr=False)
class Never:
    """The service offers no way to clear the field.

    Attributes:
        instead: What may help.
    """

    instead: str


Clearing = Mapping[str, Send | Delete | Never]
"""How the fields of one resource are cleared, by field name."""

API: Final[Clearing] = {
    "cors_configuration": Delete("delete_cors_configuration"),
    "description": Send(""),
    "disable_execute_api_endpoint": Send(value=False),
    "version": Send(""),
}

AUTHORIZER: Final[Clearing] = {
    "authorizer_credentials_arn": Send(""),
    "authorizer_result_ttl_in_seconds": Send(0),
}

# terraform-provider-aws sends an empty truststore URI.
DOMAIN_NAME: Final[Clearing] = {
    "mutual_tls_authentication": Send({"TruststoreUri": ""}),
}

INTEGRATION: Final[Clearing] = {
    "description": Send(""),
    "request_parameters": Send("", each_key=True),
    # terraform-provider-aws sends an empty map for each status, and an empty TLS configuration.
    "response_parameters": Send({}, each_key=True),
    "tls_config": Send({}),
}

ROUTE: Final[Clearing] = {
    "api_key_required": Send(value=False),
    "authorization_scopes": Send([]),
    "authorization_type": Send("NONE"),
    "authorizer_id": Send(""),
    "operation_name": Send(""),
    "request_models": Send("", each_key=True),
    "request_parameters": Delete("delete_route_request_parameter", each_key=True),
}

STAGE: Final[Clearing] = {
    "access_log_settings": Delete("delete_access_log_settings"),
    "client_certificate_id": Send(""),
    "default_route_settings": Never("the service keeps its value; set the limits you want"),
    "description": Never("the service keeps the old text; set another one"),
    "route_settings": Delete("delete_route_settings", each_key=True),
    "stage_variables": Send("", each_key=True),
}

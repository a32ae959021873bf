"""How each field of a resource is cleared.

An update merges the fields that it sends into the resource. An omitted field keeps its value, and
there is no null, so the value that clears a field differs from field to field. Unless a row says
otherwise, it rests on live tests reported in go-to-k/cdkd PR#1163 and PR#1577. `TF` stands for
terraform-provider-aws: the value it sends to clear a field, and with `live` what its acceptance
tests have seen cleared; `crd` for live tests of go-to-k/cdk-real-drift.

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
        instead: Advice, for the message of the error.
    """

    instead: str


Clearing = Mapping[str, Send | Delete | Never]
"""How the fields of one resource are cleared, by field name."""

API: Final[Clearing] = {
    "api_key_selection_expression": Send("$request.header.x-api-key"),  # the default
    "cors_configuration": Delete("delete_cors_configuration"),
    "description": Send(""),
    "disable_execute_api_endpoint": Send(value=False),
    "ip_address_type": Send("ipv4"),  # the default; cdkd, live
    "version": Send(""),
}

AUTHORIZER: Final[Clearing] = {
    "authorizer_credentials_arn": Send(""),
    "authorizer_payload_format_version": Send(""),  # TF
    "authorizer_result_ttl_in_seconds": Send(0),
    "identity_source": Send([]),  # TF
    "identity_validation_expression": Send(""),  # cdkd sends it
}

DOMAIN_NAME: Final[Clearing] = {
    "mutual_tls_authentication": Send({"TruststoreUri": ""}),  # TF
}

INTEGRATION: Final[Clearing] = {
    "content_handling_strategy": Send(""),  # TF
    "credentials_arn": Send(""),  # TF
    "description": Send(""),
    "request_parameters": Send("", each_key=True),
    "response_parameters": Send({}, each_key=True),  # TF
    "tls_config": Send({}),  # TF
}

INTEGRATION_RESPONSE: Final[Clearing] = {
    "template_selection_expression": Send(""),  # crd#1567, live
}

MODEL: Final[Clearing] = {
    "description": Send(""),  # TF
}

ROUTE: Final[Clearing] = {
    "api_key_required": Send(value=False),
    "authorization_scopes": Send([]),
    "authorization_type": Send("NONE"),
    "authorizer_id": Send(""),
    "model_selection_expression": Send(""),  # TF
    "operation_name": Send(""),
    "request_models": Send("", each_key=True),  # by analogy with other maps; not seen live
    "request_parameters": Delete("delete_route_request_parameter", each_key=True),
    "route_response_selection_expression": Send(""),  # TF, live
    "target": Send(""),  # TF
}

ROUTE_RESPONSE: Final[Clearing] = {
    "model_selection_expression": Send(""),  # crd#1567, live
}

STAGE: Final[Clearing] = {
    "access_log_settings": Delete("delete_access_log_settings"),
    "client_certificate_id": Send(""),
    # 0 rejects every request, and -1 is invalid: terraform-provider-aws#14742, pulumi-aws#2363.
    "default_route_settings": Never("the service keeps its value; set the limits you want"),
    "description": Never("the service keeps the old text; set another one"),
    "route_settings": Delete("delete_route_settings", each_key=True),
    "stage_variables": Send("", each_key=True),
}

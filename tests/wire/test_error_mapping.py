"""The class of each error of the service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

import apigw2
from tests.support.local import CONCURRENT, Local, conflict, notes_of, refusal
from tests.support.server import Answer

if TYPE_CHECKING:
    from tests.support.server import Server

# Messages from public reports.
CONFLICTS: Final = {
    # terraform-provider-aws#18018, #37897, #40575
    CONCURRENT: apigw2.ConcurrentModificationError,
    # milliHQ/terraform-aws-next-js#247
    "Cannot delete Integration because it is referenced by the following Routes with Ids: "
    "[abc1234]": apigw2.ResourceInUseError,
    # terraform-provider-aws#19805
    "Active stages pointing to this deployment must be moved or deleted": (
        apigw2.ResourceInUseError
    ),
    # aws-cdk#22660
    "ApiMapping key already exists for this domain name": apigw2.AlreadyExistsError,
    # cloudformation-coverage-roadmap#1151
    "The domain name you provided already exists.": apigw2.AlreadyExistsError,
    # Similar messages that are in no report
    "Stages of it must be moved or deleted": apigw2.ResourceInUseError,
    "The certificate is in use": apigw2.ResourceInUseError,
    "The VPC link is associated with integrations": apigw2.ResourceInUseError,
    "This priority is already taken": apigw2.AlreadyExistsError,
    "Wait for the other change, and try again later": apigw2.ConcurrentModificationError,
    "Something that was never seen": apigw2.ConflictError,
    "": apigw2.ConflictError,
}
BAD_REQUESTS: Final = {
    # gruntwork-io/cloud-nuke#370
    "Deleting API a1 failed. Please remove all API mappings for the API from your custom domain "
    "names.": apigw2.ResourceInUseError,
    "Please remove all base path mappings related to the API": apigw2.ResourceInUseError,
    # terraform-provider-aws#12195
    "Cannot delete vpc link. Vpc link 'v1', is referenced in [GET:a1:r1] in format of "
    "[Method:Resource:Api].": apigw2.ResourceInUseError,
    # terraform-provider-aws#19805
    "Active stages pointing to this deployment must be moved or deleted": (
        apigw2.ResourceInUseError
    ),
    # aws-cdk#20170
    "Authorizer name must be unique. Authorizer auth already exists in this RestApi": (
        apigw2.AlreadyExistsError
    ),
    "Invalid value for name": apigw2.BadRequestError,
    "Cors is not referenced": apigw2.BadRequestError,
}
CODES: Final = {
    "AccessDeniedException": apigw2.AccessDeniedError,
    "BadRequestException": apigw2.BadRequestError,
    "ConflictException": apigw2.ConflictError,
    "NotFoundException": apigw2.NotFoundError,
    "TooManyRequestsException": apigw2.TooManyRequestsError,
    "ExpiredTokenException": apigw2.ServiceError,
    "": apigw2.ServiceError,
}


def failure(local: Local, answer: Answer) -> apigw2.ServiceError:
    local.server.prepare(then=answer)
    gw = local.make(attempts=2, deadline=0)  # with 1, botocore adds "reached max retries"
    with pytest.raises(apigw2.ServiceError) as caught:
        gw.api("a1").delete()
    return caught.value


@pytest.mark.parametrize("message", CONFLICTS, ids=lambda message: message[:30])
def test_the_message_of_a_conflict_determines_its_class(message: str, local: Local) -> None:
    error = failure(local, conflict(message))
    assert type(error) is CONFLICTS[message]
    assert isinstance(error, apigw2.ConflictError)
    assert (error.code, error.message) == ("ConflictException", message)


@pytest.mark.parametrize("message", [m.upper() for m in CONFLICTS], ids=lambda m: m[:30])
def test_the_case_of_a_conflicts_message_is_ignored(message: str, local: Local) -> None:
    by_message = {m.upper(): kind for m, kind in CONFLICTS.items()}
    assert type(failure(local, conflict(message))) is by_message[message]


@pytest.mark.parametrize("message", BAD_REQUESTS, ids=lambda message: message[:30])
def test_a_conflict_that_is_sent_as_a_bad_request_has_its_class(message: str, local: Local) -> None:
    error = failure(local, refusal("BadRequestException", message, 400))
    assert type(error) is BAD_REQUESTS[message]
    assert (error.code, error.message) == ("BadRequestException", message)


# Status, code and message.
QUOTAS: Final = (
    # sst#4522
    (
        429,
        "ConflictException",
        (
            "Maximum number of Authorizers for this API has been reached. Please contact AWS if "
            "you need additional Authorizers."
        ),
    ),
    (429, "ConflictException", "Maximum number of Integrations for this API has been reached."),
    # terraform-provider-aws PR#40500
    (
        400,
        "BadRequestException",
        "There are too many Vpc Links defined for this account. Limit is 10",
    ),
    (429, "TooManyRequestsException", "Maximum number of routes for this API has been reached."),
)


@pytest.mark.parametrize("mode", ["standard", "legacy", "adaptive"])
@pytest.mark.parametrize("quota", QUOTAS, ids=lambda quota: quota[2][:40])
def test_a_quota_that_is_used_up_has_its_own_class_and_is_never_retried(
    quota: tuple[int, str, str], mode: str, local: Local
) -> None:
    status, code, message = quota
    local.server.prepare(then=refusal(code, message, status))
    retries: Any = {"mode": mode, "total_max_attempts": 5}
    gw = local.make(attempts=5, config=Config(retries=retries))
    with pytest.raises(apigw2.QuotaExceededError) as caught:
        gw.api("a1").create_stage("prod")
    assert (caught.value.code, caught.value.message) == (code, message)
    assert not isinstance(caught.value, (apigw2.ConflictError, apigw2.BadRequestError))
    assert len(local.server.requests) == 1
    assert not local.pauses


@pytest.mark.parametrize(
    ("message", "remedy"),
    [
        (
            "CloudWatch Logs role ARN must be set in account settings to enable logging",
            "cloudwatchRoleArn",
        ),
        (
            "Policy document length breaking Cloudwatch Logs Constraints, either < 1 or > 5120",
            "/aws/vendedlogs/",
        ),
    ],
)
def test_an_error_with_an_unhelpful_message_has_a_note_with_the_remedy(
    message: str, remedy: str, local: Local
) -> None:
    error = failure(local, refusal("BadRequestException", message, 400))
    (note,) = notes_of(error)
    assert remedy in note


@pytest.mark.parametrize("code", CODES)
def test_the_code_of_an_error_determines_its_class(code: str, local: Local) -> None:
    error = failure(local, refusal(code, "No.", 400))
    assert type(error) is CODES[code]
    assert isinstance(error, ClientError)
    assert isinstance(error, apigw2.Apigw2Error)


def test_an_error_has_its_operation_resource_request_id_and_cause(local: Local) -> None:
    error = failure(local, refusal("NotFoundException", "Invalid API identifier", 404))
    assert str(error) == (
        "An error occurred (NotFoundException) when calling the DeleteApi operation: "
        "Invalid API identifier [ApiRef(api_id='a1')]"
    )
    assert error.operation_name == "DeleteApi"
    assert error.resource == "ApiRef(api_id='a1')"
    assert error.request_id == "5c1d3a9e-0000-4000-8000-7a4f0f6b2c11"
    assert error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404
    assert type(error.__cause__).__name__ == "NotFoundException"
    assert isinstance(error.__cause__, ClientError)


def test_an_error_of_a_call_of_the_gateway_names_no_resource(local: Local) -> None:
    local.server.prepare(then=refusal("BadRequestException", "No.", 400))
    with pytest.raises(apigw2.BadRequestError) as caught:
        local.make(attempts=2).get_apis().first()
    assert caught.value.resource == ""
    assert str(caught.value).endswith("the GetApis operation: No.")


def test_an_error_can_come_without_a_request_id() -> None:
    error = apigw2.ServiceError({"Error": {"Code": "X"}}, "GetApi")
    assert error.request_id is None
    assert (error.code, error.message, error.resource) == ("X", "", "")


def test_notes_of_botocores_error_are_kept(server: Server, local: Local) -> None:
    server.prepare(then=Answer(status=503))
    with pytest.raises(apigw2.ServiceError) as caught:
        local.gateway.create_api("petstore", protocol_type="HTTP")
    (note,) = notes_of(caught.value)
    assert note == "CreateApi is not retried: the service may have carried it out"


def test_a_response_shape_error_shortens_long_values() -> None:
    error = apigw2.ResponseShapeError("GetApi", "", "a JSON object", "x" * 1000)
    assert len(str(error)) < 200
    assert str(error).startswith("GetApi: unusable response: the body: expected a JSON object")
    assert error.value == "x" * 1000
    short = apigw2.ResponseShapeError("GetApi", "name", "a string", 5)
    assert str(short) == "GetApi: unusable response: name: expected a string, got 5"

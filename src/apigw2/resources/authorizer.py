"""Authorizers: how an API decides whether a caller is authorized."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import attrs

import apigw2
from apigw2._calls.arguments import checked
from apigw2._calls.operation import operation
from apigw2._objects.references import Reference, refer
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP, ABSENT_TUPLE, Shape, as_strings
from apigw2._service import clearing
from apigw2._service.arns import lambda_permission
from apigw2._workflows.cascade import delete_with
from apigw2._workflows.unset import unset

__all__ = ["Authorizer", "AuthorizerRef", "AuthorizerType", "JWTConfiguration"]

AuthorizerType = Literal["REQUEST", "JWT"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class JWTConfiguration(Shape):
    """The tokens that a JWT authorizer accepts. HTTP APIs only.

    Attributes:
        audience: Accepted recipients, up to 50. A token's `aud`, or its `client_id` if it has no
            `aud`, must be one of them.
        issuer: The token's `iss`, a full URL. Its OpenID configuration has the keys.
        extra: Fields that this version of the library does not know.

    Example:
        >>> pool = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Ab12"
        >>> apigw2.JWTConfiguration(issuer=pool, audience=["3n4b5urk1ft4fl3mg5e62d9ado"])
    """

    audience: tuple[str, ...] = attrs.field(default=ABSENT_TUPLE, converter=as_strings)
    issuer: str | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AuthorizerRef(Reference):
    """A reference to an authorizer, by its id.

    Attributes:
        api_id: Id of the API.
        authorizer_id: Id of the authorizer.

    Example:
        >>> gw.api("a1b2c3").authorizer("j1k2l3").update(authorizer_result_ttl_in_seconds=0)
    """

    api_id: str
    authorizer_id: str

    @property
    def api(self) -> apigw2.ApiRef:
        """A reference to the API; makes no request."""
        return refer(self, apigw2.ApiRef)

    @operation("GetAuthorizer")
    def get(self) -> apigw2.Authorizer:
        """Fetch the authorizer.

        Raises:
            NotFoundError: The authorizer or the API does not exist.
        """
        ...

    @operation("UpdateAuthorizer")
    def update(
        self,
        *,
        authorizer_credentials_arn: str | None = None,
        authorizer_payload_format_version: str | None = None,
        authorizer_result_ttl_in_seconds: int | None = None,
        authorizer_type: AuthorizerType | None = None,
        authorizer_uri: str | None = None,
        enable_simple_responses: bool | None = None,
        identity_source: Sequence[str] | None = None,
        identity_validation_expression: str | None = None,
        jwt_configuration: JWTConfiguration | None = None,
        name: str | None = None,
    ) -> apigw2.Authorizer:
        """Change the fields that are given; the others keep their values.

        See `ApiRef.create_authorizer` for the parameters.

        Returns:
            A snapshot with the new state.

        Raises:
            BadRequestError: A value is invalid, or not supported for this type or protocol.
            ConflictError: Another change is in progress.
            NotFoundError: The authorizer or the API does not exist.
        """
        ...

    @checked
    def delete(self, *, cascade: bool = False, missing_ok: bool = False) -> bool:
        """Delete the authorizer.

        Args:
            cascade: Whether to delete the routes that use it first, and nothing else.
            missing_ok: Whether to return `False` if the authorizer does not exist.

        Returns:
            Whether it existed; `False` only with `missing_ok`.

        Raises:
            ResourceInUseError: A route uses it.
            NotFoundError: The authorizer or the API does not exist, and `missing_ok` is false.
            CascadeError: The cascade failed after some objects were deleted.
        """
        return delete_with(self, self._delete, cascade=cascade, missing_ok=missing_ok)

    @operation("DeleteAuthorizer")
    def _delete(self) -> None: ...

    @checked
    def lambda_permission(self, function: str, account_id: str) -> apigw2.LambdaPermission:
        """The permission for the authorizer to invoke its Lambda function; makes no request.

        Args:
            function: The function's name or ARN; of an alias, its ARN.
            account_id: Id of the account that owns the API, 12 digits.

        Returns:
            Keyword arguments for boto3's `add_permission`.

        Raises:
            PreflightError: The account id is not 12 digits.
        """
        path = f"authorizers/{self.authorizer_id}"
        arn = self._connection.execute_api_arn(account_id, self.api_id, path)
        return lambda_permission(function, f"apigw2-{self.api_id}-{self.authorizer_id}", arn)

    def referenced_by(self) -> tuple[apigw2.Route, ...]:
        """List the routes that use it, which prevent its deletion.

        Raises:
            NotFoundError: The API does not exist.
        """
        return tuple(
            route for route in self.api.get_routes() if route.authorizer_id == self.authorizer_id
        )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Authorizer(AuthorizerRef, Snapshot):
    """An authorizer as the service last returned it.

    Attributes:
        api_id: Id of the API.
        authorizer_id: Id of the authorizer.
        name: Name.
        authorizer_credentials_arn: IAM role with which the function is invoked. `REQUEST` only.
        authorizer_payload_format_version: `1.0` or `2.0`. `REQUEST` in HTTP APIs only.
        authorizer_result_ttl_in_seconds: Seconds for which a response is cached. `REQUEST` in
            HTTP APIs only.
        authorizer_type: `JWT` or `REQUEST`, a Lambda function.
        authorizer_uri: The function's invocation URI. `REQUEST` only.
        enable_simple_responses: Whether the function returns a boolean. `REQUEST` in HTTP APIs
            only.
        identity_source: Locations of the credentials in a request.
        identity_validation_expression: Not used by the service, although its model has it.
        jwt_configuration: Issuer and audiences. `JWT` only.
        extra: Fields that this version of the library does not know.

    Example:
        >>> {a.name: a.jwt_configuration.issuer for a in api.get_authorizers()
        ...  if a.jwt_configuration}
        {'cognito': 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Ab12'}
    """

    name: str
    authorizer_credentials_arn: str | None = None
    authorizer_payload_format_version: str | None = None
    authorizer_result_ttl_in_seconds: int | None = None
    authorizer_type: AuthorizerType | None = None
    authorizer_uri: str | None = None
    enable_simple_responses: bool | None = None
    identity_source: tuple[str, ...] = ABSENT_TUPLE
    identity_validation_expression: str | None = None
    jwt_configuration: JWTConfiguration | None = None
    extra: Mapping[str, object] = ABSENT_MAP

    def unset(
        self,
        *names: Literal[
            "authorizer_credentials_arn",
            "authorizer_payload_format_version",
            "authorizer_result_ttl_in_seconds",
            "identity_source",
            "identity_validation_expression",
        ],
    ) -> apigw2.Authorizer:
        """Clear fields. An update keeps omitted fields, and the service has no null.

        Sends as few requests as possible, and none for a field that is not set.

        Args:
            names: Names of the fields to clear.

        Returns:
            A snapshot with the new state.

        Raises:
            PreflightError: The service cannot clear one of the fields.
            TypeError: A field does not exist, or cannot be cleared.
            NotFoundError: The authorizer no longer exists.

        Example:
            >>> authorizer = authorizer.unset("authorizer_credentials_arn")
        """
        return unset(self, names, clearing.AUTHORIZER)

"""APIs: containers of routes, integrations, authorizers, stages and deployments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

import attrs

import apigw2
from apigw2._calls.operation import operation
from apigw2._objects.listing import Listing
from apigw2._objects.references import Reference, refer
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP, ABSENT_TUPLE, Shape, as_strings
from apigw2._service import clearing
from apigw2._workflows.tags import Taggable
from apigw2._workflows.unset import unset
from apigw2.resources._api_tasks import ApiTasks
from apigw2.resources.route import resolve_references

__all__ = [
    "Api",
    "ApiRef",
    "Cors",
    "ExportSpecification",
    "IpAddressType",
    "OutputType",
    "ProtocolType",
]

ProtocolType = Literal["WEBSOCKET", "HTTP"]
IpAddressType = Literal["ipv4", "dualstack"]
ExportSpecification = Literal["OAS30"]
OutputType = Literal["JSON", "YAML"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Cors(Shape):
    """Cross-origin resource sharing: the calls that browsers allow from other origins.

    HTTP APIs only. `Cors()` is a configuration that allows nothing.
    `api.delete_cors_configuration()` switches CORS off. The service returns `allow_headers` and
    `expose_headers` in lower case.

    Attributes:
        allow_credentials: Whether cookies and authorization headers may be sent. Cannot be
            combined with `*` in `allow_origins`.
        allow_headers: Request headers that may be sent.
        allow_methods: Methods that may be used; `*` for all. `ANY` is rejected.
        allow_origins: Origins such as `https://example.com`; `*` for all.
        expose_headers: Response headers that a script may read.
        max_age: Seconds for which a browser may cache this, -1 to 86,400.
        extra: Fields that this version of the library does not know.

    Example:
        >>> apigw2.Cors(allow_origins=["https://example.com"], allow_methods=["GET"])
        Cors(allow_methods=('GET',), allow_origins=('https://example.com',))
    """

    allow_credentials: bool | None = None
    allow_headers: tuple[str, ...] = attrs.field(default=ABSENT_TUPLE, converter=as_strings)
    allow_methods: tuple[str, ...] = attrs.field(default=ABSENT_TUPLE, converter=as_strings)
    allow_origins: tuple[str, ...] = attrs.field(default=ABSENT_TUPLE, converter=as_strings)
    expose_headers: tuple[str, ...] = attrs.field(default=ABSENT_TUPLE, converter=as_strings)
    max_age: int | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ApiRef(ApiTasks, Taggable, Reference):
    """A reference to an API, by its id.

    Attributes:
        api_id: Id of the API.

    Example:
        >>> gw.api("a1b2c3").stage("prod").delete_route_settings("GET /pets")
    """

    api_id: str

    @property
    def arn(self) -> str:
        """Its ARN, as used in tag operations and IAM policies; makes no request."""
        return self._connection.arn(f"/apis/{self.api_id}")

    # --- the API itself

    @operation("GetApi")
    def get(self) -> apigw2.Api:
        """Fetch the API.

        Raises:
            NotFoundError: The API does not exist.
        """
        ...

    @operation("UpdateApi")
    def update(
        self,
        *,
        api_key_selection_expression: str | None = None,
        cors_configuration: Cors | None = None,
        credentials_arn: str | None = None,
        description: str | None = None,
        disable_schema_validation: bool | None = None,
        disable_execute_api_endpoint: bool | None = None,
        ip_address_type: IpAddressType | None = None,
        name: str | None = None,
        route_key: str | None = None,
        route_selection_expression: str | None = None,
        target: str | None = None,
        version: str | None = None,
    ) -> apigw2.Api:
        """Change the fields that are given; the others keep their values.

        See `ApiGatewayV2.create_api` for the parameters. `credentials_arn`, `route_key` and
        `target` change what a quick create made, and work for no other API.
        `cors_configuration` replaces the whole configuration.

        Returns:
            A snapshot with the new state.

        Raises:
            BadRequestError: A value is invalid, or not supported for this protocol.
            ConflictError: Another change is in progress.
            NotFoundError: The API does not exist.
        """
        ...

    @operation("DeleteApi")
    def delete(self, *, missing_ok: bool = False) -> bool:
        """Delete the API with everything in it: routes, integrations, stages and so on.

        Args:
            missing_ok: Whether to return `False` if the API does not exist.

        Returns:
            Whether it existed; `False` only with `missing_ok`.

        Raises:
            ResourceInUseError: An API mapping of a custom domain name refers to it.
            NotFoundError: The API does not exist, and `missing_ok` is false.
        """
        ...

    @operation("DeleteCorsConfiguration")
    def delete_cors_configuration(self) -> None:
        """Switch CORS off. HTTP APIs only.

        Raises:
            NotFoundError: The API does not exist.
        """
        ...

    @operation("ReimportApi")
    def reimport(
        self,
        body: str,
        *,
        basepath: str | None = None,
        fail_on_warnings: bool | None = None,
    ) -> apigw2.Api:
        """Replace the API's definition by an OpenAPI document. HTTP APIs only.

        Routes and integrations that the document does not contain are deleted, including those that
        no import created. See `ApiGatewayV2.import_api` for the parameters.

        Returns:
            The new state, with the messages of the import in `warnings` and `import_info`.

        Raises:
            BadRequestError: The document is not valid OpenAPI 3.0, or it has warnings and
                `fail_on_warnings` is true.
            ConflictError: Another change is in progress.
            NotFoundError: The API does not exist.
        """
        ...

    @operation("ExportApi", result="body", path=("specification",))
    def export(
        self,
        *,
        output_type: OutputType,
        specification: ExportSpecification,
        export_version: str | None = None,
        include_extensions: bool | None = None,
        stage_name: apigw2.StageRef | str | None = None,
    ) -> str:
        """Export the API as an OpenAPI document. HTTP APIs only.

        Args:
            output_type: `JSON` or `YAML`.
            specification: `OAS30`, which is OpenAPI 3.0.
            export_version: Version of the export algorithm; the service has `1.0`.
            include_extensions: Whether the `x-amazon-apigateway-` extensions are included, as
                an import needs them. The service's default is yes.
            stage_name: Stage whose deployment is exported. Default: the current state of the API.

        Returns:
            The document's text.

        Raises:
            BadRequestError: A value is invalid, or the API is a WebSocket API.
            NotFoundError: The API or the stage does not exist.
        """
        ...

    # --- authorizers

    @operation("CreateAuthorizer")
    def create_authorizer(
        self,
        name: str,
        *,
        authorizer_type: apigw2.AuthorizerType,
        identity_source: Sequence[str],
        authorizer_credentials_arn: str | None = None,
        authorizer_payload_format_version: str | None = None,
        authorizer_result_ttl_in_seconds: int | None = None,
        authorizer_uri: str | None = None,
        enable_simple_responses: bool | None = None,
        identity_validation_expression: str | None = None,
        jwt_configuration: apigw2.JWTConfiguration | None = None,
    ) -> apigw2.Authorizer:
        """Create an authorizer for routes to use.

        An API has up to 10 by default; the quota can be raised.

        Args:
            name: Name, 1 to 128 characters, unique in the API.
            authorizer_type: `JWT` (HTTP APIs only) or `REQUEST`, a Lambda function.
            identity_source: Locations of the credentials in a request, such as
                `$request.header.Authorization` in an HTTP API and `route.request.header.Auth` in a
                WebSocket API. A JWT authorizer has exactly one. A request that lacks one of them is
                rejected with 401.
            authorizer_credentials_arn: IAM role to invoke the function with. `REQUEST` only.
            authorizer_payload_format_version: `1.0` or `2.0`. Required for `REQUEST` authorizers
                of HTTP APIs, and not supported for others.
            authorizer_result_ttl_in_seconds: Seconds for which a response is cached, up to 3,600; 0
                (the service's default) disables caching. `REQUEST` authorizers of HTTP APIs only.
            authorizer_uri: The function's invocation URI. `REQUEST` only.
            enable_simple_responses: Whether the function returns a boolean rather than a
                policy. `REQUEST` authorizers of HTTP APIs with payload format `2.0` only.
            identity_validation_expression: Not used by the service, although its model has it.
            jwt_configuration: Issuer and audiences. Required for `JWT`, and not supported for
                `REQUEST`.

        Raises:
            BadRequestError: A value is invalid, or not supported for this type or protocol.
            NotFoundError: The API does not exist.
        """
        ...

    @operation("GetAuthorizers")
    def get_authorizers(self, *, page_size: int | None = None) -> Listing[apigw2.Authorizer]:
        """List the API's authorizers.

        Args:
            page_size: Maximum number of objects in one response.

        Raises:
            NotFoundError: The API does not exist.
        """
        ...

    def authorizer(self, authorizer_id: str) -> apigw2.AuthorizerRef:
        """A reference to an authorizer by its id; makes no request."""
        return refer(self, apigw2.AuthorizerRef, authorizer_id=authorizer_id)

    def get_authorizer(self, authorizer_id: str) -> apigw2.Authorizer:
        """Fetch an authorizer; shorthand for `api.authorizer(id).get()`."""
        return self.authorizer(authorizer_id).get()

    # --- deployments

    @operation("CreateDeployment")
    def create_deployment(
        self,
        *,
        description: str | None = None,
        stage_name: apigw2.StageRef | str | None = None,
    ) -> apigw2.Deployment:
        """Create an immutable copy of the API's routes and integrations.

        An account can do this once in 5 seconds.

        Args:
            description: Description, up to 1,024 characters.
            stage_name: Stage that serves the deployment immediately. If omitted, no stage serves it
                until `stage.update(deployment_id=deployment)`.

        Returns:
            The deployment, which may be `PENDING` for a moment.

        Raises:
            BadRequestError: The API has no routes, or the stage has `auto_deploy`.
            ConflictError: Another change is in progress.
            NotFoundError: The API or the stage does not exist.
        """
        ...

    @operation("GetDeployments")
    def get_deployments(self, *, page_size: int | None = None) -> Listing[apigw2.Deployment]:
        """List the API's deployments.

        Args:
            page_size: Maximum number of objects in one response.

        Raises:
            NotFoundError: The API does not exist.
        """
        ...

    def deployment(self, deployment_id: str) -> apigw2.DeploymentRef:
        """A reference to a deployment by its id; makes no request."""
        return refer(self, apigw2.DeploymentRef, deployment_id=deployment_id)

    def get_deployment(self, deployment_id: str) -> apigw2.Deployment:
        """Fetch a deployment; shorthand for `api.deployment(id).get()`."""
        return self.deployment(deployment_id).get()

    # --- integrations

    @operation("CreateIntegration")
    def create_integration(
        self,
        integration_type: apigw2.IntegrationType,
        *,
        connection_id: apigw2.VpcLinkRef | str | None = None,
        connection_type: apigw2.ConnectionType | None = None,
        content_handling_strategy: apigw2.ContentHandlingStrategy | None = None,
        credentials_arn: str | None = None,
        description: str | None = None,
        integration_method: str | None = None,
        integration_subtype: str | None = None,
        integration_uri: str | None = None,
        passthrough_behavior: apigw2.PassthroughBehavior | None = None,
        payload_format_version: str | None = None,
        request_parameters: Mapping[str, str] | None = None,
        request_templates: Mapping[str, str] | None = None,
        response_parameters: Mapping[str, Mapping[str, str]] | None = None,
        template_selection_expression: str | None = None,
        timeout_in_millis: int | None = None,
        tls_config: apigw2.TlsConfig | None = None,
    ) -> apigw2.Integration:
        """Create an integration for routes to target.

        An API has up to 300. For an HTTP API this quota cannot be raised.

        Args:
            integration_type: `AWS_PROXY` is a Lambda function or, with `integration_subtype`, an
                action of another AWS service; `HTTP_PROXY` passes requests to a URL. `AWS`,
                `HTTP` and `MOCK` are for WebSocket APIs only.
            connection_id: The VPC link, or its id, of a private integration.
            connection_type: `INTERNET` (the service's default) or `VPC_LINK`.
            content_handling_strategy: Conversion of payloads. WebSocket APIs only.
            credentials_arn: IAM role with which the backend is called. For a Lambda function, leave
                it out to use the function's resource policy.
            description: Description, up to 1,024 characters.
            integration_method: HTTP method of the call to the backend.
            integration_subtype: Action of an AWS service, such as `SQS-SendMessage`. HTTP APIs
                with `AWS_PROXY` only.
            integration_uri: The function's ARN, the backend's URL, or for a private integration
                the ARN of a load balancer's listener or of a Cloud Map service.
            passthrough_behavior: Handling of payloads without a template. WebSocket APIs only.
            payload_format_version: Format of the event for a Lambda function: `1.0` or `2.0`.
                Required for HTTP APIs; other backends take `1.0`.
            request_parameters: Changes of the request, such as `append:header.name` in HTTP APIs,
                or the parameters of the subtype.
            request_templates: Velocity templates by content type. WebSocket APIs only.
            response_parameters: Changes of the response by status code, such
                as `{"500": {"overwrite:statuscode": "502"}}`. HTTP APIs only.
            template_selection_expression: Selects the template. WebSocket APIs only.
            timeout_in_millis: Timeout of the backend in milliseconds: 50 to 30,000 in an HTTP
                API, 50 to 29,000 in a WebSocket API.
            tls_config: Makes a private integration use HTTPS. HTTP APIs only.

        Raises:
            BadRequestError: A value is invalid, or not supported for this type or protocol.
            ConflictError: Another change is in progress.
            NotFoundError: The API does not exist.
        """
        ...

    @operation("GetIntegrations")
    def get_integrations(self, *, page_size: int | None = None) -> Listing[apigw2.Integration]:
        """List the API's integrations.

        Args:
            page_size: Maximum number of objects in one response.

        Raises:
            NotFoundError: The API does not exist.
        """
        ...

    def integration(self, integration_id: str) -> apigw2.IntegrationRef:
        """A reference to an integration by its id; makes no request."""
        return refer(self, apigw2.IntegrationRef, integration_id=integration_id)

    def get_integration(self, integration_id: str) -> apigw2.Integration:
        """Fetch an integration; shorthand for `api.integration(id).get()`."""
        return self.integration(integration_id).get()

    # --- models

    @operation("CreateModel")
    def create_model(
        self,
        name: str,
        *,
        schema: str,
        content_type: str | None = None,
        description: str | None = None,
    ) -> apigw2.Model:
        """Create a model, by which requests and responses are validated. WebSocket APIs only.

        Args:
            name: Name, alphanumeric, 1 to 128 characters. Routes refer to the model by this name.
            schema: JSON schema draft 4, as text of up to 32,768 characters.
            content_type: What it is for, such as `application/json`.
            description: Description, up to 1,024 characters.

        Raises:
            BadRequestError: The schema or the name is invalid.
            ConflictError: The API has a model of this name.
            NotFoundError: The API does not exist.
        """
        ...

    @operation("GetModels")
    def get_models(self, *, page_size: int | None = None) -> Listing[apigw2.Model]:
        """List the API's models. WebSocket APIs only.

        Args:
            page_size: Maximum number of objects in one response.

        Raises:
            NotFoundError: The API does not exist.
        """
        ...

    def model(self, model_id: str) -> apigw2.ModelRef:
        """A reference to a model by its id; makes no request."""
        return refer(self, apigw2.ModelRef, model_id=model_id)

    def get_model(self, model_id: str) -> apigw2.Model:
        """Fetch a model; shorthand for `api.model(id).get()`."""
        return self.model(model_id).get()

    # --- routes

    @operation("CreateRoute", prepare=resolve_references)
    def create_route(
        self,
        route_key: str,
        *,
        api_key_required: bool | None = None,
        authorization_scopes: Sequence[str] | None = None,
        authorization_type: apigw2.AuthorizationType | None = None,
        authorizer_id: apigw2.AuthorizerRef | str | None = None,
        model_selection_expression: str | None = None,
        operation_name: str | None = None,
        request_models: Mapping[str, str] | None = None,
        request_parameters: Mapping[str, apigw2.ParameterConstraints] | None = None,
        route_response_selection_expression: str | None = None,
        target: apigw2.IntegrationRef | str | None = None,
    ) -> apigw2.Route:
        """Create a route.

        An API has up to 300 by default; the quota can be raised.

        Args:
            route_key: In an HTTP API a method and a path, such as `GET /pets/{id}`, `ANY /` or
                `POST /{proxy+}` (greedy, last in the path), or `$default`. In a WebSocket API
                `$connect`, `$disconnect`, `$default` or any other key.
            api_key_required: Whether callers need an API key. WebSocket APIs only.
            authorization_scopes: OAuth 2.0 scopes, of which a token must have one; by default up
                to 10. JWT only.
            authorization_type: `NONE` (the service's default), `AWS_IAM`, `CUSTOM` (a Lambda
                function; in a WebSocket API on `$connect` only) or `JWT` (HTTP APIs only).
            authorizer_id: The authorizer, for `CUSTOM` and `JWT`. With an `Authorizer`,
                `authorization_type` is optional; with an id it is required.
            model_selection_expression: Selects a request model. WebSocket APIs only.
            operation_name: A name for the operation, 1 to 64 characters.
            request_models: Model names by content type. WebSocket APIs only.
            request_parameters: Parameters of the request, by key, such as
                `route.request.querystring.token`. WebSocket APIs only.
            route_response_selection_expression: `$default` makes the route two-way. WebSocket
                APIs only.
            target: The integration, or `integrations/` and its id.

        Raises:
            BadRequestError: A value is invalid or not supported for this protocol, or the
                integration or the authorizer does not exist.
            ConflictError: The API has a route with this key, or another change is in progress.
            NotFoundError: The API does not exist.
        """
        ...

    @operation("GetRoutes")
    def get_routes(self, *, page_size: int | None = None) -> Listing[apigw2.Route]:
        """List the API's routes.

        Args:
            page_size: Maximum number of objects in one response.

        Raises:
            NotFoundError: The API does not exist.
        """
        ...

    def route(self, route_id: str) -> apigw2.RouteRef:
        """A reference to a route by its id (not its key); makes no request."""
        return refer(self, apigw2.RouteRef, route_id=route_id)

    def get_route(self, route_id: str) -> apigw2.Route:
        """Fetch a route; shorthand for `api.route(id).get()`."""
        return self.route(route_id).get()

    # --- stages

    @operation("CreateStage")
    def create_stage(
        self,
        stage_name: str,
        *,
        access_log_settings: apigw2.AccessLogSettings | None = None,
        auto_deploy: bool | None = None,
        client_certificate_id: str | None = None,
        default_route_settings: apigw2.RouteSettings | None = None,
        deployment_id: apigw2.DeploymentRef | str | None = None,
        description: str | None = None,
        route_settings: Mapping[str, apigw2.RouteSettings] | None = None,
        stage_variables: Mapping[str, str] | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> apigw2.Stage:
        """Create a stage, which makes a deployment callable.

        An API has up to 10 by default; the quota can be raised.

        Args:
            stage_name: Letters, digits, `-` and `_`, up to 128, or `$default` (HTTP APIs only),
                which is served from the root of the API's URL.
            access_log_settings: Destination and format of the access logs.
            auto_deploy: Whether each change of the API is deployed automatically.
            client_certificate_id: Certificate that is shown to backends. WebSocket APIs only.
            default_route_settings: Throttling, metrics and logging of all routes.
            deployment_id: The deployment to serve, or its id. Not with `auto_deploy`.
            description: Description, up to 1,024 characters, which cannot be cleared later.
            route_settings: Settings of single routes, by route key. The routes must exist.
            stage_variables: Values for `${stageVariables.name}` in integrations, up to 100;
                letters, digits and `-._~:/?#&=,`.
            tags: Tags, up to 50.

        Raises:
            BadRequestError: A value is invalid, or not supported for this protocol.
            AlreadyExistsError: The API has a stage with this name.
            NotFoundError: The API, the deployment or the route does not exist.
        """
        ...

    @operation("GetStages")
    def get_stages(self, *, page_size: int | None = None) -> Listing[apigw2.Stage]:
        """List the API's stages.

        Args:
            page_size: Maximum number of objects in one response.

        Raises:
            NotFoundError: The API does not exist.
        """
        ...

    def stage(self, stage_name: str) -> apigw2.StageRef:
        """A reference to a stage by its name; makes no request."""
        return refer(self, apigw2.StageRef, stage_name=stage_name)

    def get_stage(self, stage_name: str) -> apigw2.Stage:
        """Fetch a stage; shorthand for `api.stage(name).get()`."""
        return self.stage(stage_name).get()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Api(ApiRef, Snapshot):
    """An API as the service last returned it.

    Attributes:
        api_id: Id of the API.
        name: Name, not necessarily unique.
        protocol_type: `HTTP` or `WEBSOCKET`; never changes.
        route_selection_expression: Selects the route of a request; in HTTP APIs
            `${request.method} ${request.path}`.
        api_endpoint: `https://` (HTTP) or `wss://` (WebSocket) and its host, without a stage.
        api_gateway_managed: Whether API Gateway manages it. It cannot be changed then.
        api_key_selection_expression: Where requests have their API key. HTTP APIs have the
            default, `$request.header.x-api-key`, and do not use it.
        cors_configuration: CORS settings; absent means that CORS is off. HTTP APIs only.
        created_date: Time of creation.
        description: Description.
        disable_schema_validation: Whether models are not validated. WebSocket APIs only.
        disable_execute_api_endpoint: Whether it can be called by custom domain names only.
        import_info: Messages of the last import. HTTP APIs only.
        ip_address_type: Whether it can be called over IPv4 only, or over IPv6 as well.
        tags: Tags.
        version: A version identifier.
        warnings: Warnings of the last import, unless they made it fail.
        extra: Fields that this version of the library does not know.

    Example:
        >>> [api.name for api in gw.get_apis() if api.tags.get("preview") == "yes"]
        ['petstore-pr-7']
    """

    name: str
    protocol_type: ProtocolType
    route_selection_expression: str
    api_endpoint: str | None = None
    api_gateway_managed: bool | None = None
    api_key_selection_expression: str | None = None
    cors_configuration: Cors | None = None
    created_date: datetime | None = None
    description: str | None = None
    disable_schema_validation: bool | None = None
    disable_execute_api_endpoint: bool | None = None
    import_info: tuple[str, ...] = ABSENT_TUPLE
    ip_address_type: IpAddressType | None = None
    tags: Mapping[str, str] = ABSENT_MAP
    version: str | None = None
    warnings: tuple[str, ...] = ABSENT_TUPLE
    extra: Mapping[str, object] = ABSENT_MAP

    def unset(
        self,
        *names: Literal[
            "api_key_selection_expression",
            "cors_configuration",
            "description",
            "disable_execute_api_endpoint",
            "ip_address_type",
            "version",
        ],
    ) -> apigw2.Api:
        """Clear fields. An update keeps omitted fields, and the service has no null.

        Sends as few requests as possible, and none for a field that is not set.

        Args:
            names: Names of the fields to clear.

        Returns:
            A snapshot with the new state.

        Raises:
            PreflightError: The service cannot clear one of the fields.
            TypeError: A field does not exist, or cannot be cleared.
            NotFoundError: The API no longer exists.

        Example:
            >>> api = api.unset("cors_configuration")
        """
        return unset(self, names, clearing.API)

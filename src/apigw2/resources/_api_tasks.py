"""Methods of an API that make no request or several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast, overload

import apigw2
from apigw2._calls.arguments import checked
from apigw2._objects.references import as_id, connection_of
from apigw2._service.arns import LambdaPermission, execute_path, lambda_permission
from apigw2._workflows import deploy, links
from apigw2._workflows.find import find


class ApiTasks:
    """The methods of `ApiRef` that are not operations of the service."""

    __slots__ = ()

    # --- finding by name or key

    def find_route(self, route_key: str) -> apigw2.Route | None:
        """Find a route by its key; lists the routes.

        Args:
            route_key: Route key, such as `GET /pets/{id}`, exactly as in the API.

        Returns:
            The route, or `None`.

        Raises:
            NotFoundError: The API does not exist.

        Example:
            >>> route = api.find_route("GET /pets") or api.create_route("GET /pets")
        """
        return find(_ref(self).get_routes(), "route_key", route_key)

    def find_authorizer(self, name: str) -> apigw2.Authorizer | None:
        """Find an authorizer by its name; lists the authorizers.

        Args:
            name: The name.

        Returns:
            The authorizer, or `None`.

        Raises:
            MultipleMatchesError: Several authorizers have this name.
            NotFoundError: The API does not exist.
        """
        return find(_ref(self).get_authorizers(), "name", name)

    def find_model(self, name: str) -> apigw2.Model | None:
        """Find a model by its name; lists the models. WebSocket APIs only.

        Args:
            name: The name.

        Returns:
            The model, or `None`.

        Raises:
            NotFoundError: The API does not exist.
        """
        return find(_ref(self).get_models(), "name", name)

    # --- links

    def url(self, stage: apigw2.StageRef | str = "$default") -> str:
        """The URL of a stage; makes no request.

        If this gateway has created, fetched or listed the API, the URL starts with the API's
        `api_endpoint`, otherwise with its default `https` endpoint on AWS.

        Args:
            stage: The stage, or its name. The URL of `$default` has no path.

        Example:
            >>> gw.api("a1b2c3").url("prod")
            'https://a1b2c3.execute-api.eu-central-1.amazonaws.com/prod'
        """
        return links.url_of_stage(_ref(self), stage)

    @checked
    def execute_arn(
        self,
        account_id: str,
        stage: apigw2.StageRef | str = "*",
        method: str = "*",
        path: str = "*",
    ) -> str:
        """The `execute-api` ARN, for IAM policies of callers; makes no request.

        Args:
            account_id: Id of the account that owns the API, 12 digits.
            stage: The stage, or its name.
            method: HTTP method; `*` or `ANY` for all. For a WebSocket API, the route key, with
                `path=""`.
            path: Path, such as `/pets/{id}`; variables are replaced by `*`.

        Raises:
            PreflightError: The account id is not 12 digits.

        Example:
            >>> gw.api("a1b2c3").execute_arn("123456789012", "prod", "GET", "/pets")
            'arn:aws:execute-api:eu-central-1:123456789012:a1b2c3/prod/GET/pets'
        """
        api = _ref(self)
        served = execute_path(as_id(stage, apigw2.StageRef), method, path)
        return connection_of(api).execute_api_arn(account_id, api.api_id, served)

    @checked
    def lambda_permission(self, function: str, account_id: str) -> LambdaPermission:
        """The permission for the API to invoke a Lambda function; makes no request.

        One statement covers all routes, stages and authorizers of the API, because the policy of a
        function is limited to 20,480 bytes, about 30 statements. The statement id is always the
        same, so a second `add_permission` fails with `ResourceConflictException` and adds nothing.

        Args:
            function: Name or ARN of the function; for an alias, its ARN.
            account_id: Id of the account that owns the API, 12 digits.

        Returns:
            Keyword arguments for boto3's `add_permission`.

        Raises:
            PreflightError: The account id is not 12 digits.

        Example:
            >>> permission = api.lambda_permission("pets", "123456789012")
            >>> boto3.client("lambda").add_permission(**permission)
        """
        api = _ref(self)
        source = connection_of(api).execute_api_arn(account_id, api.api_id, "*")
        return lambda_permission(function, f"apigw2-{api.api_id}", source)

    # --- deployments

    @checked
    def deploy(
        self,
        stage: apigw2.StageRef | str,
        *,
        description: str | None = None,
        timeout: float = 300,
        poll: float = 1,
        sleep: Callable[[float], None] | None = None,
    ) -> apigw2.Stage:
        """Deploy the current state of the API to a stage; shorthand for `api.stage(name).deploy()`.

        Args:
            stage: The stage, or its name. It must exist.
            description: Description of the deployment, up to 1,024 characters.
            timeout: Maximum number of seconds to wait for the deployment.
            poll: Seconds between requests.
            sleep: Function used to sleep, given seconds. Default: the gateway's `Retries.sleep`.

        Returns:
            The stage, which serves the new deployment.
        """
        target = _ref(self).stage(as_id(stage, apigw2.StageRef))
        return target.deploy(description=description, timeout=timeout, poll=poll, sleep=sleep)

    def prune_deployments(self, keep: int = 5) -> tuple[apigw2.Deployment, ...]:
        """Delete old deployments that no stage serves.

        Args:
            keep: Number of newest deployments to keep, whether served or not.

        Returns:
            The deployments that were deleted, newest first.

        Raises:
            NotFoundError: The API does not exist.
            ValueError: `keep` is negative.
        """
        return deploy.prune(_ref(self), keep)

    # --- specs

    def blueprint(self) -> apigw2.Blueprint:
        """Read the API and its parts, as a value without the service's defaults.

        Makes five requests for an HTTP API, or more if a list has several pages. A WebSocket API
        takes one more, and one for each route and integration, within the account's quota.

        Raises:
            NotFoundError: The API does not exist.

        Example:
            >>> api.blueprint().dump("petstore.yaml")
        """
        from apigw2._blueprints.read import read  # noqa: PLC0415  # rarely used

        return read(_ref(self)).blueprint()

    def plan(self, specs: Sequence[apigw2.Spec]) -> apigw2.Plan:
        """Plan changes to some parts of an API that is managed together with others.

        Only fields that the specs set are compared and changed, maps key by key. Nothing is
        deleted.

        Args:
            specs: Specs of routes, integrations, authorizers, models and stages. A stage without
                automatic deployment is deployed if it does not serve the current state of the API.

        Raises:
            PlanBlockedError: The service does not support some of the changes; the error lists
                them.
            PlanError: Integrations are ambiguous.
            TypeError: An argument is not such a spec.

        Example:
            >>> pets = apigw2.integrations.url("https://pets.example.com")
            >>> plan = api.plan([apigw2.RouteSpec("GET /pets", target=pets)])
            >>> plan.apply()
        """
        from apigw2._blueprints.making import plan_specs  # noqa: PLC0415  # as above

        return plan_specs(_ref(self), specs)

    @overload
    def ensure(
        self, spec: apigw2.IntegrationSpec, *, match: apigw2.IntegrationRef | None = None
    ) -> apigw2.Integration: ...
    @overload
    def ensure(self, spec: apigw2.RouteSpec) -> apigw2.Route: ...
    @overload
    def ensure(self, spec: apigw2.AuthorizerSpec) -> apigw2.Authorizer: ...
    @overload
    def ensure(self, spec: apigw2.StageSpec) -> apigw2.Stage: ...
    @overload
    def ensure(self, spec: apigw2.ModelSpec) -> apigw2.Model: ...
    def ensure(
        self, spec: apigw2.Spec, *, match: apigw2.IntegrationRef | None = None
    ) -> apigw2.Snapshot:
        """Update an existing object to match a spec, or create it.

        Only fields that the spec sets are compared and changed. If nothing has to change, no write
        request is sent. Two concurrent callers do not create a route twice.

        To find the object, it reads the API with four requests, or more if a list has several
        pages. For a stage it reads the stages, too. A WebSocket API takes one more, one for each
        integration, and for a stage one for each route. To ensure many specs, `plan` reads once.

        Args:
            spec: Desired state of a route (with its integration and authorizer), an integration, an
                authorizer, a model or a stage.
            match: For an integration spec, the existing integration to update.

        Returns:
            A snapshot with the new state.

        Raises:
            AmbiguousMatchError: More than one integration matches.
            PlanBlockedError: The service does not support the change.
            ApplyError: A call failed.
            TypeError: An argument is not such a spec.

        Example:
            >>> pets = apigw2.integrations.url("https://pets.example.com")
            >>> route = api.ensure(apigw2.RouteSpec("GET /pets", target=pets))
        """
        from apigw2._blueprints.parts import ensure  # noqa: PLC0415  # as above

        return ensure(_ref(self), spec, match)

    @overload
    def create(self, spec: apigw2.IntegrationSpec) -> apigw2.Integration: ...
    @overload
    def create(self, spec: apigw2.RouteSpec) -> apigw2.Route: ...
    @overload
    def create(self, spec: apigw2.AuthorizerSpec) -> apigw2.Authorizer: ...
    @overload
    def create(self, spec: apigw2.StageSpec) -> apigw2.Stage: ...
    @overload
    def create(self, spec: apigw2.ModelSpec) -> apigw2.Model: ...
    def create(self, spec: apigw2.Spec) -> apigw2.Snapshot:
        """Create an object from a spec. For a route, find or create its integration and authorizer.

        Args:
            spec: Desired state.

        Raises:
            AlreadyExistsError: A route, authorizer, model or stage with this key or name exists.
            TypeError: An argument is not such a spec.

        Example:
            >>> function = "arn:aws:lambda:eu-central-1:123456789012:function:pets"
            >>> api.create(apigw2.integrations.lambda_function(function))
        """
        from apigw2._blueprints.parts import create  # noqa: PLC0415  # as above

        return create(_ref(self), spec)

    # --- pictures

    def tree(self) -> str:
        """Fetch the parts of the API and show their relations as a tree.

        The tree contains the stages, deployments, routes with their authorization, integrations and
        authorizers. It marks dangling parts: routes whose integration or authorizer does not exist,
        integrations and authorizers that no route uses, and stages without a deployment. It shows
        only the newest five deployments that no stage serves, and URLs without user, password and
        query.

        Makes five requests concurrently, or more if a list has several pages, and shows progress on
        a terminal if they take long. Parts that change in the meantime may be shown as dangling.
        The tree of an `Api` has its name, that of an `ApiRef` only its id.

        Returns:
            The tree as text. `rich.print` and notebooks show it in color.

        Raises:
            ModuleNotFoundError: rich is not installed; run `pip install 'apigw2[rich]'`.
            NotFoundError: The API does not exist.

        Example:
            >>> print(gw.get_api("a1b2c3").tree())
            petstore (HTTP API a1b2c3)
            ├── Stages (1)
            │   └── prod → deployment m4n5o6
            ├── Deployments (1)
            │   └── m4n5o6 DEPLOYED 2026-01-02 10:00 UTC served by prod
            ├── Routes (1)
            │   └── GET /pets [JWT customers] → Lambda pets
            ├── Integrations (2)
            │   ├── g7h8i9 HTTP_PROXY ANY https://pets.example.com (unused)
            │   └── p7q8r9 Lambda pets
            └── Authorizers (1)
                └── j1k2l3 JWT customers
        """
        from apigw2._pictures.tree import tree_of  # noqa: PLC0415  # rich is optional

        return tree_of(_ref(self))

    def to_mermaid(self) -> str:
        """Fetch the API's routes and backends, and draw them as a Mermaid flowchart.

        Arrows connect routes to their integrations and are labeled with the authorization; an arrow
        without a label means that no authorization is required. Dangling parts have a dashed red
        border: routes whose integration or authorizer does not exist, and integrations that no
        route uses. URLs are shown without user, password and query. The output is deterministic, so
        it can be kept in a README in a fenced code block with the language `mermaid`.

        Makes three requests concurrently, or more if a list has several pages, and shows progress
        on a terminal if they take long.

        Returns:
            The diagram as text. Notebooks render it.

        Raises:
            NotFoundError: The API does not exist.

        Example:
            >>> print(gw.api("a1b2c3").to_mermaid())
            flowchart LR
                route_d4e5f6["GET /pets"]
                integration_p7q8r9["Lambda pets"]
                route_d4e5f6 -->|"JWT customers"| integration_p7q8r9
        """
        from apigw2._pictures.mermaid import diagram_of  # noqa: PLC0415  # rarely used

        return diagram_of(_ref(self))


def _ref(api: ApiTasks) -> apigw2.ApiRef:
    return cast("apigw2.ApiRef", api)  # the only class with this base

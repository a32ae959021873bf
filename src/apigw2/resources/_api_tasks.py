"""What is done with a whole API and takes none or several requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import apigw2
from apigw2._objects.references import as_id, connection_of
from apigw2._service.arns import LambdaPermission, execute_path, lambda_permission
from apigw2._workflows import deploy, links
from apigw2._workflows.find import find


class ApiTasks:
    """The part of `ApiRef` that is no operation of the service."""

    __slots__ = ()

    # --- finding by name or key

    def find_route(self, route_key: str) -> apigw2.Route | None:
        """Find the route with a key; lists the routes.

        Args:
            route_key: The key, such as `GET /pets/{id}`, exactly as it is in the API.

        Returns:
            The route, or `None`.

        Raises:
            NotFoundError: The API does not exist.

        Example:
            >>> route = api.find_route("GET /pets") or api.create_route("GET /pets")
        """
        return find(_ref(self).get_routes(), "route_key", route_key)

    def find_authorizer(self, name: str) -> apigw2.Authorizer | None:
        """Find the authorizer with a name; lists the authorizers.

        Args:
            name: The name.

        Returns:
            The authorizer, or `None`.

        Raises:
            MultipleMatchesError: Two or more authorizers have the name.
            NotFoundError: The API does not exist.
        """
        return find(_ref(self).get_authorizers(), "name", name)

    def find_model(self, name: str) -> apigw2.Model | None:
        """Find the model with a name; lists the models. WebSocket APIs only.

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

        It is under the address that the service gave the API, if this gateway has created, fetched
        or listed the API. Otherwise it is the API's `https` address on AWS.

        Args:
            stage: The stage, or its name. `$default` has no path of its own.

        Example:
            >>> gw.api("a1b2c3").url("prod")
            'https://a1b2c3.execute-api.eu-central-1.amazonaws.com/prod'
        """
        return links.url_of_stage(_ref(self), stage)

    def execute_arn(
        self,
        account_id: str,
        stage: apigw2.StageRef | str = "*",
        method: str = "*",
        path: str = "*",
    ) -> str:
        """The ARN of what the API serves, for IAM policies of callers; makes no request.

        Args:
            account_id: Id of the account that owns the API, 12 digits.
            stage: The stage, or its name.
            method: The method, or `*` or `ANY` for all. The key of a WebSocket API's route, with
                `path=""`.
            path: The path, such as `/pets/{id}`; a variable becomes `*`.

        Raises:
            PreflightError: The account id is not 12 digits.

        Example:
            >>> gw.api("a1b2c3").execute_arn("123456789012", "prod", "GET", "/pets")
            'arn:aws:execute-api:eu-central-1:123456789012:a1b2c3/prod/GET/pets'
        """
        api = _ref(self)
        served = execute_path(as_id(stage, apigw2.StageRef), method, path)
        return connection_of(api).execute_api_arn(account_id, api.api_id, served)

    def lambda_permission(self, function: str, account_id: str) -> LambdaPermission:
        """The permission for the API to invoke a Lambda function; makes no request.

        One statement is for all routes, stages and authorizers of the API: a function's policy
        holds 20,480 bytes, which is about 30 statements. The statement's id is always the same, so
        a second `add_permission` fails with `ResourceConflictException` and adds nothing.

        Args:
            function: The function's name or ARN; of an alias, its ARN.
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

    def deploy(
        self,
        stage: apigw2.StageRef | str,
        *,
        description: str | None = None,
        timeout: float = 300,
        poll: float = 1,
        sleep: Callable[[float], None] | None = None,
    ) -> apigw2.Stage:
        """Deploy the API as it is now to a stage; shorthand for `api.stage(name).deploy()`.

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
        """Delete old deployments, but none that a stage serves.

        Args:
            keep: Number of the newest deployments to keep, served or not.

        Returns:
            The deployments that were deleted, newest first.

        Raises:
            NotFoundError: The API does not exist.
            ValueError: `keep` is negative.
        """
        return deploy.prune(_ref(self), keep)

    # --- pictures

    def tree(self) -> str:
        """Fetch the API's parts, and show how they hang together as a tree.

        It has the stages, the deployments, the routes with their authorization, the integrations
        and the authorizers. What dangles is marked: a route whose integration or authorizer is
        gone, an integration or authorizer that no route uses, a stage without a deployment. Of
        the deployments that no stage serves, the newest five are shown. URLs are shown without
        user, password and query.

        Takes five requests, or more where a list has several pages, all at once; progress is
        shown on a terminal if that takes long. What is changed meanwhile may look as if it
        dangled. An `Api` brings its name along, an `ApiRef` knows its id only.

        Returns:
            The tree as text. `rich.print` shows it in colours, and so does a notebook.

        Raises:
            ModuleNotFoundError: rich is missing; it comes with `pip install 'apigw2[rich]'`.
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
            │   ├── g7h8i9 HTTP_PROXY ANY https://pets.example.com is unused
            │   └── p7q8r9 Lambda pets
            └── Authorizers (1)
                └── j1k2l3 JWT customers
        """
        from apigw2._pictures.tree import tree_of  # noqa: PLC0415  # rich, which is optional

        return tree_of(_ref(self))

    def to_mermaid(self) -> str:
        """Fetch the API's routes and backends, and draw them as a Mermaid flowchart.

        The routes are joined to their integrations by arrows, which have the authorization
        written on them; those without lead there for everybody. What dangles has a dashed red
        border: a route whose integration or authorizer is gone, an integration that no route
        uses. URLs are shown without user, password and query. The same API gives the same text,
        so it can be kept in a README, between lines of three backticks with `mermaid`.

        Takes three requests, or more where a list has several pages, all at once; progress is
        shown on a terminal if that takes long.

        Returns:
            The diagram as text. A notebook shows the diagram.

        Raises:
            NotFoundError: The API does not exist.

        Example:
            >>> print(gw.api("a1b2c3").to_mermaid())
            flowchart LR
                route_d4e5f6["GET /pets"]
                integration_p7q8r9["Lambda pets"]
                route_d4e5f6 -->|"JWT customers"| integration_p7q8r9
        """
        from apigw2._pictures.mermaid import diagram_of  # noqa: PLC0415  # few programs need it

        return diagram_of(_ref(self))


def _ref(api: ApiTasks) -> apigw2.ApiRef:
    return cast("apigw2.ApiRef", api)  # the only class with this base

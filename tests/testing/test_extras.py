"""Libraries that only the extra `apigw2[testing]` installs."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.support.local_gateway import LAMBDA


def test_a_gateway_in_process_needs_no_extra() -> None:
    """Optional dependencies are imported only where they are used."""
    program = (
        "import sys\n"
        "sys.modules.update(dict.fromkeys(['jwt', 'yaml', 'h11', 'pytest']))\n"
        "from apigw2.testing import LocalGateway\n"
        "client = LocalGateway().client()\n"
        'body = \'{"openapi": "3.0.1", "info": {"title": "t"}, "paths": {}}\'\n'
        "api = client.import_api(Body=body)['ApiId']\n"
        "client.export_api(ApiId=api, OutputType='JSON', Specification='OAS30')\n"
    )

    subprocess.run([sys.executable, "-c", program], check=True, env=dict(os.environ))  # noqa: S603 - the interpreter itself


@pytest.mark.parametrize(
    ("missing", "use"),
    [
        ("h11", "local.serve().__enter__()"),
        ("h11", "import apigw2.testing.__main__"),
        ("yaml", "client.import_api(Body='openapi: 3.0.1')"),
        ("yaml", "client.export_api(ApiId=api, OutputType='YAML', Specification='OAS30')"),
        ("jwt", "local.invoke('GET', '/', headers={'authorization': 'Bearer a.b.c'})"),
    ],
    ids=["serve", "command line", "import", "export", "token"],
)
def test_a_missing_library_is_an_error_that_says_what_to_install(missing: str, use: str) -> None:
    program = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "from apigw2.testing import LocalGateway\n"
        "local = LocalGateway(); client = local.client()\n"
        f"api = client.create_api(Name='n', ProtocolType='HTTP', Target={LAMBDA!r})['ApiId']\n"
        "config = {'Audience': ['a'], 'Issuer': 'https://issuer.example.com'}\n"
        "source = ['$request.header.Authorization']\n"
        "authorizer = client.create_authorizer(ApiId=api, Name='a', AuthorizerType='JWT',"
        " IdentitySource=source, JwtConfiguration=config)['AuthorizerId']\n"
        "client.create_route(ApiId=api, RouteKey='GET /', AuthorizationType='JWT',"
        " AuthorizerId=authorizer)\n"
        "local.clock.advance(1)\n"
        f"{use}\n"
    )

    ran = subprocess.run(  # noqa: S603 - the interpreter itself
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    last = ran.stderr.strip().splitlines()[-1]
    assert last.startswith("ModuleNotFoundError: ")
    assert last.endswith(f"needs {missing}, which is not installed: pip install 'apigw2[testing]'")

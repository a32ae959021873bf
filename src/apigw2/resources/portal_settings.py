"""What a portal is set up with: who may enter, where it is, and how it looks."""

from __future__ import annotations

from datetime import datetime

import attrs

from apigw2._objects.values import Shape

__all__ = [
    "ACMManaged",
    "Authorization",
    "CognitoConfig",
    "CustomColors",
    "EndpointConfigurationRequest",
    "EndpointConfigurationResponse",
    "None_",
    "PortalContent",
    "PortalTheme",
]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class None_(Shape):  # noqa: N801  # the service calls it "None"; PEP 8's trailing underscore
    """The choice "none of the others": no authorization, no custom domain, no override.

    The service calls it `None`. It has no fields; that it is there is what it says.

    Attributes:
        extra: Fields that this version of the library does not know.

    Example:
        >>> apigw2.Authorization(none=apigw2.None_())
        Authorization(none=None_())
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CognitoConfig(Shape):
    """The Amazon Cognito user pool whose users may enter a portal.

    Attributes:
        app_client_id: Id of the pool's app client, 1 to 256 characters. One without a secret.
        user_pool_arn: The pool's ARN, 20 to 2,048 characters.
        user_pool_domain: The domain of the pool's sign-in page, 20 to 2,048 characters.
        extra: Fields that this version of the library does not know.

    Example:
        >>> apigw2.CognitoConfig(
        ...     app_client_id="1example23456789",
        ...     user_pool_arn="arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Ab3",
        ...     user_pool_domain="https://pets.auth.eu-west-1.amazoncognito.com",
        ... )
    """

    app_client_id: str
    user_pool_arn: str
    user_pool_domain: str


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Authorization(Shape):
    """Who may enter a portal. One of the two is given.

    Attributes:
        cognito_config: Users of an Amazon Cognito user pool, after they have signed in.
        none: Everybody on the internet.
        extra: Fields that this version of the library does not know.

    Example:
        >>> portal.update(authorization=apigw2.Authorization(none=apigw2.None_()))
    """

    cognito_config: CognitoConfig | None = None
    none: None_ | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ACMManaged(Shape):
    """A custom domain name for a portal, with its certificate.

    Attributes:
        certificate_arn: ARN of the certificate, 10 to 2,048 characters. It is in AWS Certificate
            Manager in us-east-1, whatever the portal's region.
        domain_name: The domain name, 3 to 256 characters, which no CloudFront distribution has
            yet as an alias.
        extra: Fields that this version of the library does not know.

    Example:
        >>> apigw2.ACMManaged(
        ...     certificate_arn="arn:aws:acm:us-east-1:123456789012:certificate/1a2b3c4d",
        ...     domain_name="developer.example.com",
        ... )
    """

    certificate_arn: str
    domain_name: str


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EndpointConfigurationRequest(Shape):
    """Where a portal is to be reached. One of the two is given.

    What the service then makes of it is an `EndpointConfigurationResponse`.

    Attributes:
        acm_managed: At a custom domain name.
        none: At the domain name that API Gateway gives it.
        extra: Fields that this version of the library does not know.

    Example:
        >>> apigw2.EndpointConfigurationRequest(none=apigw2.None_())
        EndpointConfigurationRequest(none=None_())
    """

    acm_managed: ACMManaged | None = None
    none: None_ | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EndpointConfigurationResponse(Shape):
    """Where a portal is reached.

    Attributes:
        portal_default_domain_name: The domain name that API Gateway gave it. The DNS record of a
            custom domain name is an alias of it.
        portal_domain_hosted_zone_id: Id of the Route 53 hosted zone for that alias.
        certificate_arn: ARN of the certificate of the custom domain name.
        domain_name: One's own domain name.
        extra: Fields that this version of the library does not know.

    Example:
        >>> endpoint = portal.endpoint_configuration
        >>> endpoint.domain_name or endpoint.portal_default_domain_name
        'developer.example.com'
    """

    portal_default_domain_name: str
    portal_domain_hosted_zone_id: str
    certificate_arn: str | None = None
    domain_name: str | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CustomColors(Shape):
    """The colors of a portal, each of 1 to 16 characters, such as `#232f3e`.

    Attributes:
        accent_color: Of what should stand out.
        background_color: Of the page.
        error_validation_color: Of messages about wrong input.
        header_color: Of the header.
        navigation_color: Of the navigation.
        text_color: Of text.
        extra: Fields that this version of the library does not know.

    Example:
        >>> apigw2.CustomColors(
        ...     accent_color="#0073bb",
        ...     background_color="#ffffff",
        ...     error_validation_color="#d13212",
        ...     header_color="#232f3e",
        ...     navigation_color="#f2f3f3",
        ...     text_color="#16191f",
        ... )
    """

    accent_color: str
    background_color: str
    error_validation_color: str
    header_color: str
    navigation_color: str
    text_color: str


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PortalTheme(Shape):
    """How a portal looks.

    Attributes:
        custom_colors: Its colors.
        logo_last_uploaded: When its logo was last uploaded.
        extra: Fields that this version of the library does not know.

    Example:
        >>> portal.portal_content.theme.custom_colors.header_color
        '#232f3e'
    """

    custom_colors: CustomColors
    logo_last_uploaded: datetime | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PortalContent(Shape):
    """What visitors of a portal see, apart from its products.

    Attributes:
        display_name: The portal's name, 3 to 255 characters.
        theme: How it looks.
        description: A text of up to 1,024 characters.
        extra: Fields that this version of the library does not know.

    Example:
        >>> content = apigw2.PortalContent(
        ...     display_name="Pet store for developers",
        ...     theme=apigw2.PortalTheme(custom_colors=colors),
        ... )
    """

    display_name: str
    theme: PortalTheme
    description: str | None = None

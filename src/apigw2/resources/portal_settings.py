"""Settings of a portal: authorization, endpoint, content and theme."""

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
    """The variant "none" of a union: no authorization, no custom domain, or no override.

    The service calls this shape `None`. It has no fields; its presence selects the variant.

    Attributes:
        extra: Fields that this version of the library does not know.

    Example:
        >>> apigw2.Authorization(none=apigw2.None_())
        Authorization(none=None_())
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CognitoConfig(Shape):
    """The Amazon Cognito user pool whose users can access a portal.

    Attributes:
        app_client_id: Id of the user pool's app client, 1 to 256 characters. The client must have
            no secret.
        user_pool_arn: ARN of the user pool, 20 to 2,048 characters.
        user_pool_domain: URL of the user pool's sign-in domain, 20 to 2,048 characters.
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
    """Who can access a portal. Set exactly one of the fields.

    Attributes:
        cognito_config: Users of an Amazon Cognito user pool, after sign-in.
        none: Everyone, without sign-in.
        extra: Fields that this version of the library does not know.

    Example:
        >>> portal.update(authorization=apigw2.Authorization(none=apigw2.None_()))
    """

    cognito_config: CognitoConfig | None = None
    none: None_ | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ACMManaged(Shape):
    """A custom domain name of a portal and its certificate.

    Attributes:
        certificate_arn: ARN of the certificate, 10 to 2,048 characters. The certificate must be in
            AWS Certificate Manager in us-east-1, whatever the region of the portal.
        domain_name: The domain name, 3 to 256 characters. It must not be an alias of a CloudFront
            distribution.
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
    """The requested endpoint of a portal. Set exactly one of the fields.

    A portal has the resulting `EndpointConfigurationResponse`.

    Attributes:
        acm_managed: A custom domain name.
        none: The default domain name, which API Gateway assigns.
        extra: Fields that this version of the library does not know.

    Example:
        >>> apigw2.EndpointConfigurationRequest(none=apigw2.None_())
        EndpointConfigurationRequest(none=None_())
    """

    acm_managed: ACMManaged | None = None
    none: None_ | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EndpointConfigurationResponse(Shape):
    """The endpoint of a portal.

    Attributes:
        portal_default_domain_name: The default domain name, which API Gateway assigns. The DNS
            record of a custom domain name must be an alias of it.
        portal_domain_hosted_zone_id: Id of the Route 53 hosted zone of the default domain name, for
            the alias record.
        certificate_arn: ARN of the certificate of the custom domain name.
        domain_name: The custom domain name.
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
        accent_color: Color of highlights.
        background_color: Color of the page background.
        error_validation_color: Color of validation errors.
        header_color: Color of the header.
        navigation_color: Color of the navigation.
        text_color: Color of text.
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
    """The theme of a portal.

    Attributes:
        custom_colors: The colors.
        logo_last_uploaded: Time of the last logo upload. Set by the service.
        extra: Fields that this version of the library does not know.

    Example:
        >>> portal.portal_content.theme.custom_colors.header_color
        '#232f3e'
    """

    custom_colors: CustomColors
    logo_last_uploaded: datetime | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PortalContent(Shape):
    """The name, description and theme of a portal.

    Attributes:
        display_name: Display name, 3 to 255 characters.
        theme: The theme.
        description: Description, up to 1,024 characters.
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

"""Blueprints: a whole API as a value, and plans that change an API to match it.

Values:
    `specs`         the desired state of one object: `RouteSpec` and the others
    `blueprint`     a whole API
    `checks`        checks of arguments
    `secrets`       masking of values that may be secret
    `files`         YAML and JSON files; `variables` in them; their JSON `schema`

From a blueprint to a plan:
    `normalize`     the normal form of a spec, in which specs are compared
    `rewriting`     replacement of ARNs, for copies in other accounts and regions
    `read`          the current state of an API
    `matching`      the existing integration that a spec describes
    `updates`       the difference between an object and its desired state
    `planning`      the draft of a plan, from both states; it calls
                    `integrations`, `authorizers`, `routes`, `outcome` and `deploying`,
                    which share a `compare.Comparison`
    `draft`         a plan that is being made, and the order of its calls
    `digests`       mark deployments with the state that they froze
    `making`        reads, drafts a plan, and checks its calls
    `given_specs`   checks of the specs of single parts
    `parts`         `ensure`, `create`, and plans for single parts

Plans:
    `plan`          the plan
    `changes`       one change
    `calls`         the calls; `keys` stand for ids that are not known yet
    `apply`         makes the calls
    `render`        text, HTML, trees and diagrams

`command` is `python -m apigw2`.
"""

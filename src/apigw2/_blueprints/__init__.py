"""A whole API as a value, the difference as a plan, and the plan carried out.

`specs`      what one thing should be: `RouteSpec` and the others
`blueprint`  a whole API as a value
`normalize`  what a spec means for a protocol, and when two specs mean the same
`rewriting`  ARNs replaced, for copies in other accounts and regions
`read`       what is there, as specs with ids
`matching`   which of the things that exist is the one that a spec means
`changes`    one difference, and how a plan's text names it
`levels`     a plan in the making, and the order of its calls
`slots`      small questions that planning asks
`planning`   the differences, and the order of the calls
`plan`       the plan as a value
`calls`      the calls of a plan, as values
`updates`    how one thing becomes another one of its kind
`parts`      `ensure`, `create` and plans of single parts
`apply`      the calls carried out
`deploying`  which stages serve something else than what is there
`files`      YAML and JSON
`schema`     the JSON schema of those files
`render`     text, HTML, trees and diagrams
`secrets`    what no text shows
`command`    `python -m apigw2`
"""

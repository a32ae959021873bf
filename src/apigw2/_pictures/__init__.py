"""Pictures of an API, for `ApiRef.tree` and `ApiRef.to_mermaid`."""

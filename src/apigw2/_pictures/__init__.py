"""Pictures of an API: what `ApiRef.tree` and `ApiRef.to_mermaid` are made of."""

#!/usr/bin/env python3
"""Cuts the operations that lepton uses out of GitHub's OpenAPI description.

    npm pack @octokit/openapi && tar xzf octokit-openapi-*.tgz
    python3 testdata/github/subset.py package/generated/api.github.com.json > testdata/github/openapi.json

Prose, headers and response examples go; schemas stay as they are published, with the
`example` of each property: the test server answers with these.
"""

import json
import sys

OPERATIONS = [
    ("/repos/{owner}/{repo}/issues/{issue_number}/comments", ["get", "post"]),
    ("/repos/{owner}/{repo}/issues/comments/{comment_id}", ["get", "patch", "delete"]),
    ("/repos/{owner}/{repo}/pulls/{pull_number}", ["get"]),
    ("/repos/{owner}/{repo}/commits/{commit_sha}/pulls", ["get"]),
    ("/repos/{owner}/{repo}/check-runs", ["post"]),
    ("/repos/{owner}/{repo}/check-runs/{check_run_id}", ["patch"]),
    ("/repos/{owner}/{repo}/commits/{ref}/check-runs", ["get"]),
    ("/repos/{owner}/{repo}/code-scanning/sarifs", ["post"]),
    ("/repos/{owner}/{repo}/code-scanning/sarifs/{sarif_id}", ["get"]),
    ("/user", ["get"]),
]
PROSE = {"description", "summary", "title", "externalDocs", "examples", "headers", "tags", "deprecated"}


def trim(node, named=False):
    """Drops prose. The keys of a `named` map are names (a property may be called `title`)."""
    if isinstance(node, list):
        return [trim(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {}
    for key, value in node.items():
        if not named and (key in PROSE or key.startswith("x-")):
            continue
        if not named and key in ("example", "enum", "default"):
            kept[key] = value
            continue
        kept[key] = trim(value, named=not named and key in ("properties", "responses", "content"))
    return kept


def references(node):
    if isinstance(node, list):
        for item in node:
            yield from references(item)
    elif isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)


def main():
    source = json.load(open(sys.argv[1], encoding="utf-8"))
    subset = {
        "openapi": source["openapi"],
        "info": {key: source["info"][key] for key in ("title", "version", "license")},
        "paths": {},
        "components": {},
    }
    for path, methods in OPERATIONS:
        subset["paths"][path] = {method: trim(source["paths"][path][method]) for method in methods}
    waiting = list(references(subset["paths"]))
    while waiting:
        _, _, kind, name = waiting.pop().split("/")
        known = subset["components"].setdefault(kind, {})
        if name not in known:
            known[name] = trim(source["components"][kind][name])
            waiting.extend(references(known[name]))
    for kind, known in subset["components"].items():
        subset["components"][kind] = dict(sorted(known.items()))
    json.dump(subset, sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()

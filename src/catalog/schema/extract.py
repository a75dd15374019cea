#!/usr/bin/env python3
"""Extract the attribute names of resource types: see README.md beside this file."""

import argparse
import json
import re
import sys
from pathlib import Path

CLASS = re.compile(r"^class (\w+) extends cdktf\.(\w+)", re.M)
TYPE = re.compile(r"^\w+\.tfResourceType = \"(\w+)\"", re.M)
LEAF = re.compile(
    r"this\.(?:get(?:String|Number|Boolean|List|NumberList|StringMap|NumberMap|BooleanMap|AnyMap)Attribute"
    r"|interpolationForAttribute)\(['\"](\w+)['\"]\)"
)
NESTED = re.compile(r"new (?:\w+\.)?(\w+)\(this, ['\"](\w+)['\"]")

# Some types nest a statement in itself many times over. What lies deeper than this counts as open.
DEEPEST = 5

# Not attributes of the object itself.
IGNORED = {"timeouts"}


def read_package(folder, wanted, found):
    """Adds the attribute paths of every wanted type that a package generated for a provider has."""
    # Older packages have a file a type, newer ones a folder.
    for index in sorted([*(folder / "lib").glob("*/index.js"), *(folder / "lib").glob("*.js")]):
        text = index.read_text(encoding="utf-8")
        kind = TYPE.search(text)
        if not kind or kind[1] not in wanted or "extends cdktf.TerraformResource" not in text:
            continue
        for structs in sorted(index.parent.glob("index-structs/*.js")):
            text += structs.read_text(encoding="utf-8")
        found.setdefault(kind[1], set()).update(paths_of(text))


def paths_of(text):
    starts = list(CLASS.finditer(text))
    bodies, root = {}, None
    for start, end in zip(starts, [*starts[1:], None]):
        bodies[start[1]] = text[start.end() : end.start() if end else len(text)]
        if start[2] == "TerraformResource":
            root = start[1]
    paths = set()

    def walk(name, prefix, depth):
        # A list hands out the references of its elements; a map's keys are free, so it stays open.
        if name.endswith("List") and name not in bodies:
            return
        if name.endswith("List"):
            name = name[: -len("List")] + "OutputReference"
        body = bodies.get(name)
        if body is None or depth > DEEPEST:
            return
        for leaf in LEAF.findall(body):
            paths.add(prefix + leaf)
        for inner, attribute in NESTED.findall(body):
            if attribute in IGNORED and depth == 0:
                continue
            paths.add(prefix + attribute)
            if not inner.endswith("Map"):
                walk(inner, f"{prefix}{attribute}.", depth + 1)

    walk(root, "", 0)
    return paths


def read_objects(document, found):
    """Calls `found(type, attributes)` for every resource object of a plan or state, wherever it stands."""
    if isinstance(document, list):
        for item in document:
            read_objects(item, found)
        return
    if not isinstance(document, dict):
        return
    kind = document.get("type")
    if isinstance(kind, str) and document.get("mode", "managed") == "managed":
        change = document.get("change") or {}
        if isinstance(change, dict):
            found(kind, change.get("before"))
            found(kind, change.get("after"))
            found(kind, change.get("after_unknown"))
        found(kind, document.get("values"))
        for instance in document.get("instances") or []:
            if isinstance(instance, dict):
                found(kind, instance.get("attributes"))
    for value in document.values():
        read_objects(value, found)


def add_attributes(paths, value, prefix=""):
    """Adds what an object has: into lists of blocks, and into single objects only where blocks are known."""
    for name, inner in value.items():
        if (not prefix and name in IGNORED) or not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            continue
        path = prefix + name
        paths.add(path)
        if isinstance(inner, dict) and any(known.startswith(path + ".") for known in paths):
            add_attributes(paths, inner, path + ".")
        if isinstance(inner, list):
            for item in inner:
                if isinstance(item, dict):
                    add_attributes(paths, item, path + ".")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("list", type=Path, help="the list to write, such as aws.txt; its types are kept")
    arguments.add_argument("packages", type=Path, nargs="+", help="unpacked packages generated for the provider")
    arguments.add_argument("--types", type=Path, help="a file with a further type a line (its last word)")
    arguments.add_argument("--seen", type=Path, action="append", default=[], help="a folder of plans and states")
    given = arguments.parse_args()

    wanted = set()
    if given.list.exists():
        lines = given.list.read_text(encoding="utf-8").splitlines()
        wanted |= {line.split(":")[0] for line in lines if line and not line.startswith("#")}
    if given.types:
        lines = given.types.read_text(encoding="utf-8").splitlines()
        wanted |= {line.split()[-1] for line in lines if line.strip() and not line.startswith("#")}
    found, names = {}, []
    for folder in given.packages:
        package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        provider = package["name"].split("provider-")[-1]
        wanted = {kind for kind in wanted if kind.split("_")[0] == provider}
        read_package(folder, wanted, found)
        names.append(f"{package['name']} {package['version']}")

    def seen(kind, attributes):
        if kind in found and isinstance(attributes, dict):
            add_attributes(found[kind], attributes)

    for folder in given.seen:
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".json", ".tfstate"):
                try:
                    read_objects(json.loads(path.read_text(encoding="utf-8-sig")), seen)
                except (ValueError, OSError):
                    print(f"{path.name}: not read", file=sys.stderr)

    rows = [
        "# Attribute names by resource type, for `lepton catalog check`. Made by extract.py: see README.md here.",
        f"# Names out of {', '.join(names)}, and of objects in plans.",
    ]
    rows += [f"{kind}: {' '.join(sorted(found[kind]))}" for kind in sorted(found)]
    given.list.write_text("\n".join(rows) + "\n", encoding="utf-8")
    for kind in sorted(wanted - set(found)):
        print(f"{kind}: no package has such a type", file=sys.stderr)


if __name__ == "__main__":
    main()

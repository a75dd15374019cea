#!/usr/bin/env bash
# Says which program this runner needs, and where it will stand.
set -euo pipefail

# Within another composite action the context names that one; the folder that the runner unpacked to is always right.
repository=${LEPTON_REPOSITORY:-}
reference=${LEPTON_REF:-}
place=${LEPTON_ACTION:-}
place=${place//\\//}
case "$place" in
  */_actions/*/*/*)
    IFS=/ read -r owner name reference <<<"${place##*/_actions/}"
    repository=$owner/$name
    ;;
esac

version=${LEPTON_VERSION:-}
if [ -z "$version" ]; then
  # The action at a release uses that release; at a branch or a commit there is none, so its sources are built.
  case "$reference" in
    v[0-9]*.[0-9]*.[0-9]*) version=$reference ;;
    *) version=source ;;
  esac
fi
case "$version" in
  source | v[0-9]*) ;;
  *)
    echo "::error::version is a release such as v0.1.0, or source"
    exit 2
    ;;
esac
case "$version" in
  *[!A-Za-z0-9.+-]*)
    echo "::error::version holds letters, digits, dots, plus and minus only"
    exit 2
    ;;
esac

case "${RUNNER_OS:-}-${RUNNER_ARCH:-}" in
  Linux-X64) target=x86_64-unknown-linux-musl ;;
  Linux-ARM64) target=aarch64-unknown-linux-musl ;;
  macOS-X64) target=x86_64-apple-darwin ;;
  macOS-ARM64) target=aarch64-apple-darwin ;;
  Windows-X64) target=x86_64-pc-windows-msvc ;;
  *)
    echo "::error::there is no release for ${RUNNER_OS:-an unknown system} on ${RUNNER_ARCH:-an unknown processor}; version: source builds one"
    exit 2
    ;;
esac

folder="${RUNNER_TOOL_CACHE:-$RUNNER_TEMP}/lepton/$version/$target"
{
  echo "version=$version"
  echo "target=$target"
  echo "folder=$folder"
  echo "repository=$repository"
} >>"$GITHUB_OUTPUT"

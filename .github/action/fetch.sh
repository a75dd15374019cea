#!/usr/bin/env bash
# Puts the program into its folder: a release whose checksum holds, or built from the action's own sources.
set -euo pipefail

name=lepton
[ "${RUNNER_OS:-}" = Windows ] && name=lepton.exe
if [ "$LEPTON_VERSION" != source ] && [ -x "$LEPTON_FOLDER/$name" ]; then
  echo "lepton $LEPTON_VERSION is here already"
  exit 0
fi
mkdir -p "$LEPTON_FOLDER"

if [ "$LEPTON_VERSION" = source ]; then
  cargo build --release --locked --manifest-path "$LEPTON_ACTION/Cargo.toml" --target-dir "$LEPTON_FOLDER/target"
  cp "$LEPTON_FOLDER/target/release/$name" "$LEPTON_FOLDER/$name"
  exit 0
fi

if [ -z "${LEPTON_REPOSITORY:-}" ]; then
  echo "::error::nothing says which repository the release is in"
  exit 2
fi
archive="lepton-$LEPTON_TARGET.tar.gz"
base="${GITHUB_SERVER_URL:-https://github.com}/$LEPTON_REPOSITORY/releases/download/$LEPTON_VERSION"
work=$(mktemp -d "${RUNNER_TEMP:-/tmp}/lepton.XXXXXX")
trap 'rm -rf "$work"' EXIT

for file in "$archive" SHA256SUMS; do
  if ! curl --fail --silent --show-error --location --retry 4 --retry-delay 2 --max-time 300 \
    --output "$work/$file" "$base/$file"; then
    echo "::error::$base/$file cannot be fetched: is $LEPTON_VERSION a release?"
    exit 2
  fi
done

wanted=$(awk -v file="$archive" '$2 == file || $2 == "*" file { print $1 }' "$work/SHA256SUMS")
if command -v sha256sum >/dev/null; then
  found=$(sha256sum "$work/$archive" | cut -d ' ' -f 1)
else
  found=$(shasum -a 256 "$work/$archive" | cut -d ' ' -f 1)
fi
if [ -z "$wanted" ] || [ "$wanted" != "$found" ]; then
  echo "::error::$archive does not have the checksum of its release: it is not used"
  exit 2
fi
tar -xzf "$work/$archive" -C "$work" "$name"
chmod +x "$work/$name"
mv "$work/$name" "$LEPTON_FOLDER/$name"

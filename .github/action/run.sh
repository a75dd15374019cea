#!/usr/bin/env bash
# Runs lepton with the inputs, which come through the environment and are never part of a command's text.
set -euo pipefail

program="$LEPTON_FOLDER/lepton"
[ "${RUNNER_OS:-}" = Windows ] && program="$LEPTON_FOLDER/lepton.exe"

arguments=(plan-cost)

# An option for each line of an input.
each() {
  local option=$1 line
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    [ -z "$line" ] || arguments+=("$option=$line")
  done <<<"$2"
}

each --usage-file "${INPUT_USAGE_FILE:-}"
each --config "${INPUT_CONFIG:-}"
each --compare-to "${INPUT_COMPARE_TO:-}"
each --policy "${INPUT_POLICY:-}"
each --source "${INPUT_SOURCE:-}"
each --fail-on "${INPUT_FAIL_ON:-}"
each --check "${INPUT_CHECK:-}"
[ "${INPUT_NEW_ONLY:-false}" != true ] || arguments+=(--new-only)
[ "${INPUT_SARIF:-false}" != true ] || arguments+=(--sarif-upload)
# There is nothing to comment on where no pull request is.
case "${GITHUB_EVENT_NAME:-}" in
  pull_request | pull_request_target | issue_comment | workflow_run) on_pull_request=true ;;
  *) on_pull_request=false ;;
esac
if [ "${INPUT_COMMENT:-false}" = true ] && [ "$on_pull_request" = true ]; then
  arguments+=(--comment "--comment-behavior=${INPUT_COMMENT_BEHAVIOR:-update}" "--tag=${INPUT_TAG:-cost}")
fi

# The report as JSON is always written, for the outputs and for later steps; a log has the readable form.
folder=$(mktemp -d "${RUNNER_TEMP:-/tmp}/lepton-report.XXXXXX")
report="$folder/report.json"
arguments+=("--format=${INPUT_FORMAT:-table}" "--report=$report" --job-summary --github-output)
each --out "${INPUT_OUT:-}"

arguments+=(--)
paths=0
while IFS= read -r line || [ -n "$line" ]; do
  line=${line%$'\r'}
  if [ -n "$line" ]; then
    arguments+=("$line")
    paths=$((paths + 1))
  fi
done <<<"${INPUT_PATH:-}"
if [ "$paths" = 0 ]; then
  echo "::error::path names no plan"
  exit 2
fi

exec "$program" "${arguments[@]}"

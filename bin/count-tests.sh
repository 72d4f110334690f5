#!/usr/bin/env bash
# count-tests.sh FOLDER...: sums Surefire's reports into one line, `N passed, N failed, N skipped`.
# Fails when a test failed and when none ran.
set -euo pipefail
shopt -s nullglob

reports=()
for folder in "$@"; do reports+=("$folder"/TEST-*.xml); done

cat /dev/null ${reports[@]+"${reports[@]}"} | awk '
  BEGIN { RS = ">" }
  function count(name) {
    return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH) + 0 : 0
  }
  /<testsuite[ \n]/ {
    tests += count("tests")
    failed += count("failures") + count("errors")
    skipped += count("skipped")
  }
  END {
    printf "%d passed, %d failed, %d skipped\n", tests - failed - skipped, failed, skipped
    exit failed > 0 || tests == 0
  }'

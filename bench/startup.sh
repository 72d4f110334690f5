#!/usr/bin/env bash
# Start-up of the launcher: whole-process wall time of a few commands, minimum and median of N runs.
# Usage: bench/startup.sh [N]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
runs=${1:-21}
./weft --version >/dev/null # builds if needed

measure() {
  local i start end
  for ((i = 0; i < runs; i++)); do
    start=$(date +%s%N)
    "$@" >/dev/null
    end=$(date +%s%N)
    echo $(((end - start) / 1000000))
  done | sort -n | awk -v what="$*" '{ t[NR] = $1 } END { printf "%-48s min %4d ms  median %4d ms\n", what, t[1], t[int((NR + 1) / 2)] }'
}

measure true
measure ./weft --version
measure ./weft check examples/gpt2.weft
measure ./weft info examples/llama2.weft --preset 70b

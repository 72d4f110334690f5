#!/usr/bin/env bash
# Trains @MODEL@ on @RANKS@ ranks. On several machines run it on each, with NODE_RANK and MASTER_ADDR.
#   ./launch.sh --data corpus.txt --steps 1000 --checkpoint checkpoints
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

exec torchrun \
  --nnodes "${NODES:-@NODES@}" \
  --node-rank "${NODE_RANK:-0}" \
  --nproc-per-node "${PER_NODE:-@PER_NODE@}" \
  --master-addr "${MASTER_ADDR:-127.0.0.1}" \
  --master-port "${MASTER_PORT:-29500}" \
  train.py "$@"

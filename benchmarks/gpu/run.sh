#!/bin/sh
# A session on this machine's graphics processor, of what `npm run bench -- gpu --pack` has put here. It needs a Python with PyTorch
# (PYTHON, or else python3), whose libtorch ours computes with too, and nothing else. Results go to $OUT, or to `out` beside this file.
#
#     sh run.sh                    # within ten minutes
#     sh run.sh --device cpu --only steps --models dcgan:28:16
set -e
here=$(cd "$(dirname "$0")" && pwd)
python=$(command -v "${PYTHON:-python3}")
unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
gzip -dc "$here/node.gz" > "$unpacked/node"
chmod 700 "$unpacked/node"
GAN_BENCH_PYTHON=$python
GAN_LIBTORCH=$("$python" -c 'import os, torch; print(os.path.join(os.path.dirname(torch.__file__), "lib"))')
export GAN_BENCH_PYTHON GAN_LIBTORCH
"$unpacked/node" "$here/gpu/session.mjs" --out "${OUT:-$here/out}" "$@"

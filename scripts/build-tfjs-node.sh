#!/usr/bin/env bash
# Puts a working @tensorflow/tfjs-node into a folder without its install script, whose download is not always
# allowed: the addon is compiled from the package's own two C++ sources against the libraries and headers inside
# TensorFlow's Python wheel. Needs no root. A second run with everything in place only checks it.
#
#   scripts/build-tfjs-node.sh FOLDER        then: FOLDER/node_modules/@tensorflow/tfjs-node
set -euo pipefail

TFJS_NODE=4.22.0
NODE_API_HEADERS=1.8.0
WHEEL='tensorflow-cpu==2.21.*'
# Fixed, so that a wheel exists whatever Python runs pip; only its libraries are used.
WHEEL_PYTHON=3.11

if [ "${1:-}" = --help ]; then
  echo 'usage: scripts/build-tfjs-node.sh FOLDER: puts a working @tensorflow/tfjs-node there, without its install script'
  exit 0
fi
if [ $# -ne 1 ]; then
  echo 'usage: scripts/build-tfjs-node.sh FOLDER' >&2
  exit 2
fi

need() { # COMMAND DEBIAN-PACKAGE
  if ! command -v "$1" >/dev/null; then
    echo "build-tfjs-node: $1 is missing; on Debian and Ubuntu the package $2 has it" >&2
    exit 1
  fi
}
need g++ g++
need python3 python3
need npm npm
if ! python3 -m pip --version >/dev/null 2>&1; then
  echo 'build-tfjs-node: pip is missing; on Debian and Ubuntu the package python3-pip has it' >&2
  exit 1
fi
if [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ]; then
  echo 'build-tfjs-node: this recipe is for Linux on x86-64 (glibc)' >&2
  exit 1
fi
if [ "$(node -p 'parseInt(process.versions.node, 10)')" -ge 23 ]; then
  echo 'build-tfjs-node: tfjs-node 4.22 does not work on Node 23 and later; use Node 20 or 22' >&2
  exit 1
fi

mkdir -p "$1"
folder=$(cd "$1" && pwd)
package=$folder/node_modules/@tensorflow/tfjs-node
addon=$package/lib/napi-v8/tfjs_binding.node

check() {
  (cd "$folder" && TF_CPP_MIN_LOG_LEVEL=2 node -e "
    const tf = require('@tensorflow/tfjs-node');
    const y = tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([1, 2, 3, 4], [2, 2])).dataSync();
    if (tf.getBackend() !== 'tensorflow' || y.join() !== '7,10,15,22') process.exit(1);
    console.log('tfjs-node ' + tf.version['tfjs-node'] + ' computes on TensorFlow ' + tf.backend().binding.TF_Version);
  ")
}

if [ -f "$addon" ]; then
  check
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

[ -f "$folder/package.json" ] || echo '{ "private": true }' >"$folder/package.json"
(cd "$folder" && npm install --ignore-scripts --no-audit --no-fund "@tensorflow/tfjs-node@$TFJS_NODE" "node-api-headers@$NODE_API_HEADERS")

lib=$package/deps/lib
if [ ! -f "$lib/libtensorflow_cc.so.2" ]; then
  python3 -m pip download --quiet --no-deps --only-binary :all: --implementation cp --python-version "$WHEEL_PYTHON" \
    --platform manylinux_2_27_x86_64 --platform manylinux_2_17_x86_64 --dest "$work" "$WHEEL"
  python3 - "$work" "$package/deps" <<'PYTHON'
import glob, os, shutil, sys, zipfile

work, deps = sys.argv[1:]
(wheel,) = glob.glob(os.path.join(work, '*.whl'))
libraries = ('tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2')
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name.startswith('tensorflow/include/') and not name.endswith('/'):
            target = os.path.join(deps, name[len('tensorflow/'):])
        elif name in libraries:
            # The name is complete only once the content is: a broken run starts over.
            target = os.path.join(deps, 'lib', os.path.basename(name)) + '.part'
        else:
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(name) as source, open(target, 'wb') as out:
            shutil.copyfileobj(source, out)
for name in reversed(libraries):
    target = os.path.join(deps, 'lib', os.path.basename(name))
    os.replace(target + '.part', target)
PYTHON
fi
ln -sfn libtensorflow_cc.so.2 "$lib/libtensorflow.so"
ln -sfn libtensorflow_framework.so.2 "$lib/libtensorflow_framework.so"

g++ -std=c++17 -O2 -fPIC -shared -w -DNAPI_VERSION=8 \
  -I "$folder/node_modules/node-api-headers/include" -I "$package/deps/include" -I "$package" \
  "$package/binding/tfjs_backend.cc" "$package/binding/tfjs_binding.cc" \
  -L "$lib" -ltensorflow -ltensorflow_framework -Wl,-rpath,'$ORIGIN/../../deps/lib' -o "$work/tfjs_binding.node"
mkdir -p "$(dirname "$addon")"
mv "$work/tfjs_binding.node" "$addon"
check

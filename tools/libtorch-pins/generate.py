"""Writes packages/gan-engine/src/libtorch/pins.json: which wheels `gan-engine install` fetches, which files it keeps of
them, and the size and SHA-256 of each. With --licences it writes tools/platform-package/licence-pins.json instead: the same of the files
that hold their terms, for the platforms whose libraries are packaged. With --tensorflow it writes tools/tfjs-node/pins.json: the same
of TensorFlow's C library and of its headers that the binding of tfjs-node includes.

    python3 tools/libtorch-pins/generate.py /a/folder/for/the/wheels [--licences | --tensorflow]

Wheels that are in the folder already are not fetched again (2.5 GB for all four platforms and both versions, and 2.2 GB for CUDA). The hashes are computed
from the files and compared with those that the wheel's RECORD states.
"""

import base64
import csv
import hashlib
import io
import json
import pathlib
import re
import subprocess
import sys
import zipfile

# Newest first: the newest is what gan-engine installs, the oldest is the oldest that the backend takes.
VERSIONS = ['2.15.0', '2.11.0']
TORCH, RUNTIME, CUPTI = 'torch', 'nvidia-cuda-runtime==13.5.37', 'nvidia-cuda-cupti==13.5.25'
PYTHON = '3.11'
# The release whose warnings libtorch_cpu has in it: for its terms alone.
MKL = 'mkl-include==2024.2.2'
CUDA = {RUNTIME: ['nvidia/cu13/lib/libcudart.so.13'], CUPTI: ['nvidia/cu13/lib/libcupti.so.13']}


def linux(machine, libraries):
    tags = [f'{name}_{machine}' for name in ['manylinux_2_28', 'manylinux_2_25', 'manylinux_2_17', 'manylinux2014']]
    names = ['libc10.so', 'libtorch_cpu.so', 'libgomp.so.1', *libraries]
    return {'tags': tags, 'uv': f'{machine}-manylinux_2_28', 'files': {TORCH: [f'torch/lib/{n}' for n in names], **CUDA}}


def other(tags, uv, names):
    return {'tags': tags, 'uv': uv, 'files': {TORCH: [f'torch/lib/{name}' for name in names]}}


# What libtorch_cpu needs, found with readelf -d, otool -L and objdump -p; that part of the CPU build needs cudart and
# cupti on Linux is how PyPI's wheels are made.
PLATFORMS = {
    'linux-x64': linux('x86_64', []),
    'linux-arm64': linux('aarch64', [
        'libarm_compute.so', 'libarm_compute_graph.so',
        'libnvpl_blas_core.so.0', 'libnvpl_blas_lp64_gomp.so.0',
        'libnvpl_lapack_core.so.0', 'libnvpl_lapack_lp64_gomp.so.0',
    ]),
    'darwin-arm64': other(['macosx_14_0_arm64', 'macosx_11_0_arm64'], 'aarch64-apple-darwin', ['libc10.dylib', 'libtorch_cpu.dylib', 'libomp.dylib']),
    'win32-x64': other(['win_amd64'], 'x86_64-pc-windows-msvc', ['c10.dll', 'torch_cpu.dll', 'uv.dll', 'libiomp5md.dll']),
}

# The first version that has the C API in a library of its own is 2.12. Headers as `c++ -MM` lists them.
TENSORFLOW = 'tensorflow-cpu==2.21.0'
TENSORFLOW_FILES = [
    *(f'tensorflow/{name}.so.2' for name in ['libtensorflow_cc', 'libtensorflow_framework']),
    *(f'tensorflow/include/{name}.h' for name in [
        *(f'tensorflow/c/{name}' for name in [
            'c_api', 'c_api_macros', 'eager/c_api', 'tf_attrtype', 'tf_buffer', 'tf_datatype', 'tf_status', 'tf_tensor', 'tf_tstring',
        ]),
        'tensorflow/core/platform/ctstring', 'tensorflow/core/platform/ctstring_internal',
        'tsl/platform/ctstring', 'tsl/platform/ctstring_internal', 'xla/tsl/c/tsl_status',
    ]),
]
TENSORFLOW_TAGS = ['manylinux_2_27_x86_64', 'manylinux_2_17_x86_64', 'manylinux2014_x86_64']


# What libtorch_cuda needs beside that, with what it needs in turn, loads when it is first used (libtorch_cuda_linalg,
# libcaffe2_nvrtc, cuDNN's engines, nvrtc's built-in headers), and only names as needed (NCCL, NVSHMEM, cuFile, cuSPARSELt). The
# versions are those that the wheel of VERSIONS[0] asks for; the older one is pinned for the processor alone.
CU = lambda *names: [f'nvidia/cu13/lib/lib{name}' for name in names]
ON_CUDA = {
    TORCH: [f'torch/lib/lib{name}.so' for name in [
        'c10', 'c10_cuda', 'caffe2_nvrtc', 'torch_cpu', 'torch_cuda', 'torch_cuda_linalg', 'torch_nvshmem']] + ['torch/lib/libgomp.so.1'],
    'nvidia-cuda-runtime==13.2.86': CU('cudart.so.13'),
    'nvidia-cuda-cupti==13.2.86': CU('cupti.so.13'),
    'nvidia-cuda-nvrtc==13.2.86': CU('nvrtc.so.13', 'nvrtc-builtins.so.13.2'),
    'nvidia-nvjitlink==13.2.86': CU('nvJitLink.so.13'),
    'nvidia-cublas==13.4.1.3': CU('cublas.so.13', 'cublasLt.so.13'),
    'nvidia-cufft==12.2.0.57': CU('cufft.so.12'),
    'nvidia-cufile==1.17.1.22': CU('cufile.so.0'),
    'nvidia-cusolver==12.2.0.11': CU('cusolver.so.12'),
    'nvidia-cusparse==12.7.10.12': CU('cusparse.so.12'),
    'nvidia-cusparselt-cu13==0.8.1': ['nvidia/cusparselt/lib/libcusparseLt.so.0'],
    'nvidia-nccl-cu13==2.30.7': ['nvidia/nccl/lib/libnccl.so.2'],
    'nvidia-nvshmem-cu13==3.7.2': ['nvidia/nvshmem/lib/libnvshmem_host.so.3'],
    'nvidia-cudnn-cu13==9.26.0.51': [f'nvidia/cudnn/lib/libcudnn{part}.so.9' for part in [
        '', '_adv', '_cnn', '_engines_precompiled', '_engines_runtime_compiled', '_engines_tensor_ir', '_ext', '_graph',
        '_heuristic', '_ops']],
}
CUDA_PLATFORMS = {
    'linux-x64-cuda': {
        'tags': [f'{name}_x86_64' for name in [
            'manylinux_2_28', 'manylinux_2_27', 'manylinux_2_25', 'manylinux_2_18', 'manylinux_2_17', 'manylinux2014']],
        'uv': 'x86_64-manylinux_2_28',
        'files': ON_CUDA,
    },
}


def fetch(folder, requirement, tags):
    """The wheel of a requirement, downloaded if it is not there."""
    name, version = requirement.replace('-', '_').split('==')
    # Wheels are named for the oldest system that they run on too.
    names = [*tags, 'manylinux2010_x86_64'] if 'manylinux2014_x86_64' in tags else tags
    found = lambda: [p for p in folder.glob(f'{name}-{version}-*.whl') if any(tag in p.name for tag in names)]
    if not found():
        platforms = [argument for tag in tags for argument in ('--platform', tag)]
        subprocess.run(
            [sys.executable, '-m', 'pip', 'download', '-q', '--only-binary=:all:', '--no-deps', '--implementation', 'cp',
             '--python-version', PYTHON, '--abi', 'cp' + PYTHON.replace('.', ''), *platforms, '--dest', folder, requirement],
            check=True)
    (wheel,) = found()
    return wheel


def pin(wheel, members):
    """Name, size and SHA-256 of the members, which agree with the wheel's own RECORD."""
    with zipfile.ZipFile(wheel) as archive:
        (record,) = [n for n in archive.namelist() if n.endswith('.dist-info/RECORD')]
        stated = {row[0]: row[1] for row in csv.reader(io.StringIO(archive.read(record).decode()))}
        pins = []
        for member in members:
            digest, size = hashlib.sha256(), 0
            with archive.open(member) as stream:
                while chunk := stream.read(1 << 22):
                    digest.update(chunk)
                    size += len(chunk)
            encoded = 'sha256=' + base64.urlsafe_b64encode(digest.digest()).rstrip(b'=').decode()
            assert stated[member] == encoded, (member, stated[member], encoded)
            pins.append({'member': member, 'bytes': size, 'sha256': digest.hexdigest()})
    return {'wheel': wheel.name, 'bytes': wheel.stat().st_size, 'files': pins}


def packages(folder, of, version):
    """The pins of a platform's packages."""
    pins = []
    for name, members in of['files'].items():
        requirement = f'{TORCH}=={version}' if name == TORCH else name
        pins.append({'requirement': requirement, **pin(fetch(folder, requirement, of['tags']), members)})
    return pins


def terms(wheel):
    """The members of a wheel that hold its terms, each with the name that it gets in a package."""
    name = wheel.name.split('-')[0].split('_')[0]
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.namelist():
            found = re.search(r'\.dist-info/(?:licenses/)?((?:third_party/.*|LICEN[CS]E.*|License.*|NOTICE.*|COPYING.*))$', member)
            found = found or re.search(r'/licensing/(third-party-programs\.txt)$', member)
            if found and not member.endswith('/'):
                yield member, f'{name}--' + found[1].replace('/', '--')


def licences(folder, of):
    """The terms of a platform's packages, and of oneMKL, which PyTorch links in where the processor is Intel's kind."""
    requirements = [f'{TORCH}=={VERSIONS[0]}', *(name for name in of['files'] if name != TORCH)]
    pins, seen = [], set()
    for requirement in [*requirements, MKL]:
        wheel = fetch(folder, requirement, [*of['tags'], 'manylinux1_x86_64'])
        # NVIDIA's packages have the same terms.
        named = {member: name for member, name in terms(wheel) if name not in seen}
        seen |= set(named.values())
        pinned = pin(wheel, list(named))
        pins.append({'requirement': requirement, **pinned, 'files': [{'as': named[f['member']], **f} for f in pinned['files']]})
    return pins


def tensorflow(folder):
    """The pins of TensorFlow's C library, its headers named by their paths with `--` for `/`, for the platforms it is built on."""
    pinned = pin(fetch(folder, TENSORFLOW, TENSORFLOW_TAGS), TENSORFLOW_FILES)
    for file in pinned['files']:
        path = file['member'].removeprefix('tensorflow/')
        file['as'] = path.replace('/', '--')
    package = {'requirement': TENSORFLOW, **pinned}
    return {'linux-x64': {'tags': TENSORFLOW_TAGS, 'uv': 'x86_64-manylinux_2_28', 'packages': [package]}}


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    root = pathlib.Path(__file__).parents[2]
    if sys.argv[2:] == ['--licences']:
        target = root / 'tools/platform-package/licence-pins.json'
        platforms = {name: licences(folder, PLATFORMS[name]) for name in ['linux-x64']}
        target.write_text(json.dumps({'version': VERSIONS[0], 'platforms': platforms}, indent=2) + '\n')
        return
    if sys.argv[2:] == ['--tensorflow']:
        target = root / 'tools/tfjs-node/pins.json'
        table = {'version': TENSORFLOW.split('==')[1], 'python': PYTHON, 'platforms': tensorflow(folder)}
        target.write_text(json.dumps(table, indent=2) + '\n')
        return
    versions = [
        {
            'version': version,
            'platforms': {
                platform: {'tags': of['tags'], 'uv': of['uv'], 'packages': packages(folder, of, version)}
                for platform, of in {**PLATFORMS, **(CUDA_PLATFORMS if version == VERSIONS[0] else {})}.items()
            },
        }
        for version in VERSIONS
    ]
    target = root / 'packages/gan-engine/src/libtorch/pins.json'
    target.write_text(json.dumps({'python': PYTHON, 'versions': versions}, indent=2) + '\n')


if __name__ == '__main__':
    main()

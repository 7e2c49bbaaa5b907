"""Goldens of @gan/metrics' Fréchet distance, by NumPy, SciPy and mpmath.

    pip install numpy==2.4.6 scipy==1.17.1 mpmath==1.4.1
    python tools/goldens/frechet-distance.py > packages/gan-metrics/src/golden/frechet-distance.json

The samples are quotients of small whole numbers, so that the tests make the very same ones.
"""

import json
import sys

import mpmath
import numpy
import scipy.linalg

mpmath.mp.dps = 60


def samples(count, features, salt):
    i = numpy.arange(count, dtype=numpy.int64)[:, None]
    j = numpy.arange(features, dtype=numpy.int64)[None, :]
    return ((7919 * i * i + 104729 * j * j + 31 * i * j * j + 1013 * i * j + 271 * i + salt) % 1009) / 1009.0


def moments(x):
    return x.mean(axis=0), numpy.cov(x, rowvar=False)


def by_scipy(a, b):
    """The reference implementation's formula (github.com/bioinf-jku/TTUR, fid.py), without its offset for singular products."""
    (m1, c1), (m2, c2) = moments(a), moments(b)
    root = scipy.linalg.sqrtm(c1 @ c2)
    return float((m1 - m2) @ (m1 - m2) + numpy.trace(c1) + numpy.trace(c2) - 2 * numpy.trace(root).real)


def exact_moments(x):
    count, features = x.shape
    rows = [[mpmath.mpf(int(round(v * 1009))) / 1009 for v in row] for row in x]
    mean = [sum(row[j] for row in rows) / count for j in range(features)]
    covariance = mpmath.matrix(features, features)
    for i in range(features):
        for j in range(features):
            covariance[i, j] = sum((row[i] - mean[i]) * (row[j] - mean[j]) for row in rows) / (count - 1)
    return mean, covariance


def root_of(matrix):
    values, vectors = mpmath.eigsy(matrix)
    roots = [mpmath.sqrt(max(value, mpmath.mpf(0))) for value in values]
    return vectors * mpmath.diag(roots) * vectors.T


def by_mpmath(first, second):
    """60 digits: the covariances of few samples have rank count - 1, which SciPy's sqrtm cannot be trusted with."""
    (m1, c1), (m2, c2) = first, second
    root = root_of(c1)
    inner = root_of(root * c2 * root)
    size = len(m1)
    trace = sum(c1[i, i] + c2[i, i] - 2 * inner[i, i] for i in range(size))
    return float(sum((a - b) ** 2 for a, b in zip(m1, m2)) + trace)


mean, covariance = moments(samples(40, 3, 5))
cases = {
    "full-rank": ((300, 12, 5), (250, 12, 400)),
    "few-samples": ((6, 12, 5), (8, 12, 400)),
    "one-of-few-samples": ((300, 12, 5), (4, 12, 400)),
}
golden = {
    "versions": {"numpy": numpy.__version__, "scipy": scipy.__version__, "mpmath": mpmath.__version__},
    "moments": {"mean": mean.tolist(), "covariance": covariance.ravel().tolist()},
    "distances": {
        name: {
            "a": a,
            "b": b,
            "mpmath": by_mpmath(exact_moments(samples(*a)), exact_moments(samples(*b))),
            **({"scipy": by_scipy(samples(*a), samples(*b))} if name == "full-rank" else {}),
        }
        for name, (a, b) in cases.items()
    },
}

# Hilbert's matrix as float64 has it, of condition 1e13 at size 10, against the identity.
size = 10
ill = mpmath.matrix(size, size)
for i in range(size):
    for j in range(size):
        ill[i, j] = mpmath.mpf(float(1 / (i + j + 1)))
well = mpmath.eye(size)
zero = [mpmath.mpf(0)] * size
golden["hilbert"] = {"size": size, "mpmath": by_mpmath((zero, ill), (zero, well))}

json.dump(golden, sys.stdout, indent=2)
print()

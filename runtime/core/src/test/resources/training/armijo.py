"""Steepest descent with a backtracking Armijo line search on Rosenbrock's function, parameters in float32: writes armijo.csv.

Nocedal, Wright: Numerical Optimization, 2nd edition, algorithm 3.1 with alpha = 1, rho = 1/2, c = 1e-4. A line a step: the
point after it, the loss before it, and how often the loss was asked for along the line. Run: python3 armijo.py > armijo.csv
"""

import numpy as np


def loss(p):
    x, y = float(p[0]), float(p[1])
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2


def gradient(p):
    x, y = float(p[0]), float(p[1])
    return np.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)], dtype=np.float32)


point = np.array([-1.2, 1.0], dtype=np.float32)
for _ in range(40):
    before, slope_of = loss(point), gradient(point)
    slope = -sum(float(g) ** 2 for g in slope_of)
    alpha, asked = 1.0, 1
    while True:
        trial = (point.astype(np.float64) - alpha * slope_of.astype(np.float64)).astype(np.float32)
        if loss(trial) <= before + 1e-4 * alpha * slope:
            break
        alpha, asked = alpha / 2, asked + 1
    point = trial
    print(f"{float(point[0])!r},{float(point[1])!r},{before!r},{asked}")

"""Optima of small random linear programs by HiGHS (scipy.optimize.linprog), for tests/numeric/test_linear_program.cpp.

Prints the minimum and the maximum of each program; `none` is infeasible, `unlimited` unbounded. The programs come from a
linear congruential generator that the test repeats.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog

PROGRAMS = 60


class Generator:
    def __init__(self, seed: int) -> None:
        self.state = seed

    def below(self, n: int) -> int:
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n


def optima(seed: int) -> list[str]:
    draw = Generator(seed).below
    n, m = 2 + draw(7), 1 + draw(7)
    a, row_lower, row_upper = np.zeros((m, n)), np.full(m, -np.inf), np.full(m, np.inf)
    lower, upper, objective = np.full(n, -np.inf), np.full(n, np.inf), np.zeros(n)
    for i in range(m):
        for j in range(n):
            a[i, j] = draw(9) - 4 if draw(3) else 0
        kind, bound = draw(5), draw(21) - 10
        if kind != 0:
            row_lower[i] = bound
        if kind != 1:
            row_upper[i] = bound if kind == 2 else bound + draw(9)
    for j in range(n):
        kind, bound = draw(16), draw(9) - 6
        if kind > 1:
            lower[j] = bound
        if kind not in (1, 2):
            upper[j] = bound + draw(20)
    for j in range(n):
        objective[j] = draw(11) - 5
    rows, limits = np.vstack([a, -a]), np.concatenate([row_upper, -row_lower])
    kept = np.isfinite(limits)
    found = []
    for sign in (1, -1):
        result = linprog(sign * objective, rows[kept], limits[kept], bounds=list(zip(lower, upper)),
                         options={"presolve": False})
        assert result.status in (0, 2, 3)
        found.append(f"{sign * result.fun:.12g}" if result.status == 0 else {2: "none", 3: "unlimited"}[result.status])
    return found


if __name__ == "__main__":
    print(", ".join(", ".join(optima(seed)) for seed in range(1, PROGRAMS + 1)))

# SPDX-License-Identifier: GPL-3.0-or-later
"""filter_peers.py INCIDENTS.bin: numpy masks for the filter of patchlight_engine_benchmark; one line of JSON.

Columns as that program writes them: n eastings, n northings (float64), n days (int32), n categories (uint8).
"""
import json
import os
import sys
import time

import numpy

n = os.path.getsize(sys.argv[1]) // 21
east, north = numpy.fromfile(sys.argv[1], "<f8", 2 * n).reshape(2, n)
day = numpy.fromfile(sys.argv[1], "<i4", n, offset=16 * n)
category = numpy.fromfile(sys.argv[1], "u1", n, offset=20 * n)
burglary, first, last = 7, 151, 515  # 2022-06-01 and 2023-05-31 in days since 2022-01-01
wall, cpu = [], []
for _ in range(7):
    start, before = time.perf_counter(), time.process_time()
    kept = numpy.flatnonzero((category == burglary) & (day >= first) & (day <= last) & (east >= 428000)
                             & (east <= 433000) & (north >= 433000) & (north <= 437000))
    total = float(east[kept].sum())
    cpu.append(time.process_time() - before)
    wall.append(time.perf_counter() - start)
print(json.dumps({"wall": sorted(wall)[3], "cpu": sorted(cpu)[3], "rows": len(kept), "sum": total}))

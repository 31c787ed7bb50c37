# SPDX-License-Identifier: GPL-3.0-or-later
"""peer_clock.py timed|known SCRIPT [ARGUMENTS]

Runs a Python script with its stop-watch changed: time.perf_counter then tells this process's processor seconds (user and
system, all threads) instead of elapsed ones, which other work on the machine would stretch. With `known` the seconds in
numpy.unique do not count: the peer is then timed as ours is, once the distinct places are known.
"""
import runpy
import sys
import time

outside = 0.0
time.perf_counter = lambda: time.process_time() - outside

if sys.argv[1] == "known":
    import numpy

    counted = numpy.unique

    def uncounted(*arguments, **options):
        global outside
        start = time.process_time()
        answer = counted(*arguments, **options)
        outside += time.process_time() - start
        return answer

    numpy.unique = uncounted

sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")

# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: compare.py FOLDER FOLDER: results of two systems: numbers to 1e-9, the PDF's text and structure the same."""
import json
import math
import sys


def differences(a, b, where=""):
    if isinstance(a, dict) and isinstance(b, dict):
        for key in sorted(set(a) | set(b)):
            if key in ("seconds", "threads", "outputs"):
                continue
            if key not in a or key not in b:
                yield f"{where}/{key} is on one side only"
            else:
                yield from differences(a[key], b[key], f"{where}/{key}")
    elif isinstance(a, list) and isinstance(b, list):
        if len(a) != len(b):
            yield f"{where}: {len(a)} and {len(b)} entries"
        for i, (x, y) in enumerate(zip(a, b)):
            yield from differences(x, y, f"{where}/{i}")
    elif isinstance(a, (int, float)) and isinstance(b, (int, float)):
        if not math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12):
            yield f"{where}: {a} and {b}"
    elif a != b:
        yield f"{where}: {a!r} and {b!r}"


def main(one, other):
    def read(folder, name):
        with open(f"{folder}/{name}", encoding="utf-8") as file:
            return file.read()

    found = list(differences(json.loads(read(one, "result.json")), json.loads(read(other, "result.json"))))
    for name in ("map.txt", "structure.txt", "hotspots.csv"):
        if read(one, name).split() != read(other, name).split():
            found.append(f"{name} differs")
    for line in found:
        print(line)
    print("numbers, texts and structure are the same" if not found else f"{len(found)} differences")
    sys.exit(bool(found))


main(*sys.argv[1:])

#!/usr/bin/env python3
"""Writes the files of this folder: the first images of Fashion-MNIST, from those of Debian's dataset-fashion-mnist.

    ./subset.py [/usr/share/datasets/fashion-mnist]
"""
import gzip
import math
import pathlib
import struct
import sys


def subset(source, name, count):
    with gzip.open(source / name) as file:
        rank = file.read(4)[3]
        sizes = struct.unpack(f">{rank}I", file.read(4 * rank))
        elements = file.read(count * math.prod(sizes[1:]))
    header = bytes([0, 0, 8, rank]) + struct.pack(f">{rank}I", count, *sizes[1:])
    target = pathlib.Path(__file__).parent / name
    target.write_bytes(gzip.compress(header + elements, 9, mtime=0))


source = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/datasets/fashion-mnist")
for split, count in ("train", 4000), ("t10k", 1000):
    subset(source, f"{split}-images-idx3-ubyte.gz", count)
    subset(source, f"{split}-labels-idx1-ubyte.gz", count)

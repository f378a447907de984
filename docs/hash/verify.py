#!/usr/bin/env python3
"""Recompute hashed arms: verify.py SALT ARM:SHARE,ARM:SHARE… < ids > ids and arms

Needs only Python's own library. See README.md beside it for the method.
"""
import hashlib
import sys
import unicodedata


def value(salt, identifier):
    message = b""
    for field in ("nudge-hash-1", salt, identifier):
        octets = unicodedata.normalize("NFC", field).encode("utf-8")
        message += len(octets).to_bytes(8, "big") + octets
    return int.from_bytes(hashlib.sha256(message).digest()[:8], "big")


def arm(salt, shares, identifier):
    slot = value(salt, identifier) * sum(share for _, share in shares) >> 64
    for name, share in shares:
        slot -= share
        if slot < 0:
            return name


if __name__ == "__main__":
    shares = [(name, int(share)) for name, share in (a.rsplit(":", 1) for a in sys.argv[2].split(","))]
    for line in sys.stdin:
        print(line.rstrip("\n"), arm(sys.argv[1], shares, line.rstrip("\n")), sep="\t")

#!/usr/bin/env python3
"""Check a ledger without nudge: verify.py LEDGER. Prints what is wrong; exit code 1 if anything is.

Needs only Python's own library. See README.md beside it for the method.
"""
import hashlib
import json
import sqlite3
import sys


def field_hash(fields):
    message = b""
    for field in fields:
        octets = b"" if field is None else str(field).encode("utf-8")
        message += (2**64 - 1 if field is None else len(octets)).to_bytes(8, "big") + octets
    return hashlib.sha256(message).hexdigest()


def problems(path):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    previous = "0" * 64
    events = database.execute("SELECT sequence, time, kind, body, previous, hash FROM event ORDER BY 1")
    for number, (sequence, time, kind, body, before, digest) in enumerate(events.fetchall(), start=1):
        if sequence != number or before != previous:
            yield f"event {sequence} does not follow on the event before it"
        if field_hash(["nudge-ledger-1", sequence, time, kind, body, before]) != digest:
            yield f"event {sequence} ({kind}) was changed"
        previous = digest
        if kind == "draw":
            rows = database.execute(
                "SELECT unit, code, block, cluster, factors, measurements, arm, formed_block"
                " FROM assignment WHERE event = ? ORDER BY position", (sequence,))
            if field_hash(value for row in rows for value in row) != json.loads(body)["rows"]:
                yield f"the units drawn by event {sequence} were changed"


if __name__ == "__main__":
    found = list(problems(sys.argv[1]))
    print("\n".join(found) or "no fault found")
    sys.exit(1 if found else 0)

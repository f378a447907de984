# python3 hash.py    writes hash.json beside itself, with the verifier of docs/hash
import hashlib, json, pathlib, sys

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parents[2] / "docs" / "hash"))
import verify

ids = ["1", "a", "札幌市-00001", "札幌市-00002", "が", "か\u3099", "é", "e\u0301", "a.b", "a.b.c", "👩‍👩‍👧", "🗾",
       "", " ", "abc" * 1000]
shares = [("control", 3), ("social", 2), ("deadline", 2)]
many = [f"H-{n:06d}" for n in range(100_000)]
arms = "".join(verify.arm("hokkaido-jobcafe", shares, i)[0] for i in many)
json.dump({
    "ids": ids,
    "values": [str(verify.value("hokkaido-jobcafe", i)) for i in ids],
    "arms": [verify.arm("hokkaido-jobcafe", shares, i) for i in ids],
    "apart": [str(verify.value("a", "bc")), str(verify.value("ab", "c"))],
    "counts": [arms.count(x) for x in "csd"],
    "digest": hashlib.sha256(arms.encode()).hexdigest(),
    "slots": [verify.value("layer", i) * 10_000 >> 64 for i in ids],
}, open(here / "hash.json", "w"), ensure_ascii=False, indent=1)

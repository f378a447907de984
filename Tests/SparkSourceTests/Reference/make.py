"""Writes the Arrow streams that ArrowStreamTests reads, with pyarrow (pip install pyarrow).

    python3 make.py    (in this folder; made with pyarrow 26.0.1)
"""

import pyarrow as pa

OPTIONS = pa.ipc.IpcWriteOptions


def write(name, batches, schema, **options):
    with pa.ipc.new_stream(f"{name}.arrow", schema, options=OPTIONS(**options)) as writer:
        for batch in batches:
            writer.write_batch(batch)


everything = pa.schema([
    ("text", pa.string()), ("long_text", pa.large_string()), ("truth", pa.bool_()),
    ("i8", pa.int8()), ("u8", pa.uint8()), ("i16", pa.int16()), ("u16", pa.uint16()),
    ("i32", pa.int32()), ("u32", pa.uint32()), ("i64", pa.int64()),
    ("f32", pa.float32()), ("f64", pa.float64()), ("nothing", pa.null()),
])
first = pa.record_batch([
    pa.array(["北海道", None, "", "control"]), pa.array(["a", "b", None, "か\u3099"], pa.large_string()),
    pa.array([True, False, None, True]),
    pa.array([-128, 127, None, 0], pa.int8()), pa.array([255, 0, None, 1], pa.uint8()),
    pa.array([-32768, 32767, None, 0], pa.int16()), pa.array([65535, 0, None, 1], pa.uint16()),
    pa.array([-2147483648, 2147483647, None, 0], pa.int32()),
    pa.array([4294967295, 0, None, 1], pa.uint32()),
    pa.array([-9223372036854775808, 9223372036854775807, None, 0]),
    pa.array([0.5, -1.25, None, float("inf")], pa.float32()),
    pa.array([0.1, float("nan"), None, -0.0]), pa.nulls(4),
], schema=everything)
# A slice begins in the middle of a bitmap; a batch may have no rows.
second = first.slice(1, 2)
write("everything", [first, second, first.slice(0, 0)], everything)

wide = pa.schema([("n", pa.int64()), ("truth", pa.bool_())])
write("thousand", [pa.record_batch([
    pa.array([None if i % 7 == 0 else i for i in range(1000)]),
    pa.array([None if i % 11 == 0 else i % 3 == 0 for i in range(1000)])], schema=wide)], wide)

write("empty", [], everything)
text = pa.schema([("text", pa.string())])
short = pa.record_batch([pa.array(["x"] * 200)], schema=text)
write("compressed", [short], text, compression="zstd")
write("dictionary", [pa.record_batch([short.column(0).dictionary_encode()], names=["text"])],
      pa.schema([("text", pa.dictionary(pa.int32(), pa.string()))]))
dated = pa.schema([("day", pa.date32())])
write("dated", [pa.record_batch([pa.array([1, None], pa.date32())], schema=dated)], dated)

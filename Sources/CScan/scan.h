#pragma once
#include <stdint.h>
#include <string.h>

// One bit a byte for 64 bytes: where commas, line feeds, quotes and carriage returns stand.
//
// C, because Swift compares SIMD vectors lane by lane on Linux and has no way from a mask to bits. The
// vectors are Clang's own, so that any processor serves: SSE2 and NEON have the instructions.

typedef uint8_t nudge_bytes16 __attribute__((ext_vector_type(16)));
typedef _Bool nudge_bits16 __attribute__((ext_vector_type(16)));

struct nudge_marks {
  uint64_t commas, line_feeds, quotes, returns;
};

#define NUDGE_BITS(vector, byte)                                                     \
  ({                                                                                 \
    nudge_bits16 bits = __builtin_convertvector((vector) == (byte), nudge_bits16);   \
    uint16_t word;                                                                   \
    memcpy(&word, &bits, 2);                                                         \
    (uint64_t)word;                                                                  \
  })

static inline __attribute__((always_inline)) struct nudge_marks nudge_find_marks(
    const uint8_t *bytes) {
  struct nudge_marks marks = {0, 0, 0, 0};
  for (int part = 0; part < 4; part++) {
    nudge_bytes16 vector;
    memcpy(&vector, bytes + 16 * part, 16);
    marks.commas |= NUDGE_BITS(vector, ',') << (16 * part);
    marks.line_feeds |= NUDGE_BITS(vector, '\n') << (16 * part);
    marks.quotes |= NUDGE_BITS(vector, '"') << (16 * part);
    marks.returns |= NUDGE_BITS(vector, '\r') << (16 * part);
  }
  return marks;
}

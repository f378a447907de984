// What zlib lends us: unpacking files packed by gzip.
#include <zlib.h>

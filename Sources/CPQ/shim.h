// The C library of PostgreSQL.
#include <libpq-fe.h>

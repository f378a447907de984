// What libxlsxwriter lends us.
#include <xlsxwriter.h>

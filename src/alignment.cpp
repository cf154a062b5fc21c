// The symbol that ties programs to the alignment which this library was built for.
#ifndef THUOCDO_COMPILED
#define THUOCDO_COMPILED
#endif
#include <thuocdo/config.hpp>

extern "C" const char THUOCDO_DETAIL_ALIGNMENT_SYMBOL(EIGEN_MAX_ALIGN_BYTES) = 0;

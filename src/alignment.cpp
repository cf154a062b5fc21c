// The symbol that ties programs to the alignment which this library was built for.
#include <thuocdo/config.hpp>

extern "C" const char THUOCDO_DETAIL_ALIGNMENT_SYMBOL(EIGEN_MAX_ALIGN_BYTES) = 0;

// flags: -ffast-math
// expect: error: .*compile without -ffast-math
#include <thuocdo/config.hpp>

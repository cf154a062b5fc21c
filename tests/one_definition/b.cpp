#include "every_header_backward.hpp"

const char* version_seen_by_b();
const char* version_seen_by_b() { return thuocdo::version(); }

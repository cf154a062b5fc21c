#include "every_header_forward.hpp"

const char* version_seen_by_a();
const char* version_seen_by_a() { return thuocdo::version(); }

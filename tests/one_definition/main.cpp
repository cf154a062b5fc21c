#include <cstdlib>
#include <cstring>

const char* version_seen_by_a();
const char* version_seen_by_b();

// That this program links is the test; the comparison keeps the linker from dropping a unit.
int main() {
    return std::strcmp(version_seen_by_a(), version_seen_by_b()) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

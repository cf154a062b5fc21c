// What an application does with the library; every way of getting it builds this same file.

#include <thuocdo/config.hpp>
#include <thuocdo/version.hpp>

#include <cstdlib>
#include <iostream>

int main() {
    std::cout << "consumer of thuocdo " << thuocdo::version() << '\n';
    return EXIT_SUCCESS;
}

// Runs a program with its memory at fixed addresses. ThreadSanitizer of clang 14 and g++ 12
// stops ("unexpected memory mapping") where the kernel moves memory by more than 28 bits, as
// many do (vm.mmap_rnd_bits). Where that cannot be turned off the program runs as it is.

#include <cstdio>
#include <sys/personality.h>
#include <unistd.h>

int main(int count, char** arguments) {
    if (count < 2) {
        std::fputs("usage: run_in_place PROGRAM [ARGUMENT...]\n", stderr);
        return 2;
    }
    constexpr unsigned long current = 0xffffffffUL;
    const int now = personality(current);
    if (now != -1)
        static_cast<void>(personality(static_cast<unsigned long>(now) | ADDR_NO_RANDOMIZE));
    execv(arguments[1], arguments + 1);
    std::perror(arguments[1]);
    return 2;
}

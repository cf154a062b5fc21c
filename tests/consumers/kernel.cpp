// A kernel of the headers alone, on a plain matrix.

#include <thuocdo/rank/topsis.hpp>
#include <thuocdo/version.hpp>

#include <cstdlib>
#include <iostream>
#include <vector>

int main() {
    Eigen::MatrixXd x(2, 2);
    x << 1.0, 2.0, 5.0, 10.0;
    const std::vector<double> weights{0.5, 0.5};
    const std::vector<thuocdo::Direction> directions(2, thuocdo::Direction::higher_is_better);
    const auto found = thuocdo::rank::topsis(x, weights, directions);
    if (found.scores[0] != 0.0 || found.scores[1] != 1.0) return EXIT_FAILURE;
    std::cout << "consumer of thuocdo " << thuocdo::version() << '\n';
    return EXIT_SUCCESS;
}

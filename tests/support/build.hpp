#pragma once
// Short ways to write models and panels in tests.

#include <thuocdo/score.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace testing_support {

inline thuocdo::NodeDefinition leaf(std::string code, thuocdo::ScoreRule rule,
                                    double weight = 1.0) {
    thuocdo::NodeDefinition node;
    node.code = std::move(code);
    node.score = std::move(rule);
    node.weight = weight;
    return node;
}

inline thuocdo::NodeDefinition points_leaf(std::string code, thuocdo::ScoreRule rule,
                                           double points) {
    thuocdo::NodeDefinition node = leaf(std::move(code), std::move(rule));
    node.points = points;
    return node;
}

inline thuocdo::NodeDefinition group(std::string code, thuocdo::Aggregation how,
                                     std::vector<thuocdo::NodeDefinition> children,
                                     double weight = 1.0) {
    thuocdo::NodeDefinition node;
    node.code = std::move(code);
    node.aggregate = std::move(how);
    node.children = std::move(children);
    node.weight = weight;
    return node;
}

inline thuocdo::ModelDefinition definition(thuocdo::NodeDefinition root) {
    thuocdo::ModelDefinition model;
    model.id = "test";
    model.version = "1";
    model.name = {"Test", "Thử"};
    model.root = std::move(root);
    return model;
}

inline thuocdo::IndexModel model(thuocdo::NodeDefinition root) {
    return thuocdo::IndexModel(definition(std::move(root)));
}

inline std::vector<std::string> codes(thuocdo::Index count, const std::string& prefix = "u") {
    std::vector<std::string> out;
    for (thuocdo::Index k = 0; k < count; ++k) out.push_back(prefix + std::to_string(k + 1));
    return out;
}

/// Rows are units u1, u2, ...
inline thuocdo::Panel panel(std::vector<std::string> indicators,
                            const std::vector<std::vector<double>>& rows) {
    Eigen::MatrixXd values(static_cast<Eigen::Index>(rows.size()),
                           static_cast<Eigen::Index>(indicators.size()));
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t j = 0; j < indicators.size(); ++j)
            values(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = rows[i][j];
    return thuocdo::Panel(
        thuocdo::UnitRegistry::from_codes(codes(static_cast<thuocdo::Index>(rows.size()))),
        std::move(indicators), std::move(values));
}

/// A small generator of test cases: SplitMix64, so that a printed seed is enough
/// to repeat a failure anywhere.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t bits() {
        state_ += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    double uniform() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }
    double between(double low, double high) { return low + (high - low) * uniform(); }
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(bits() % bound); }
    bool chance(double probability) { return uniform() < probability; }

  private:
    std::uint64_t state_;
};

/// The message of the error that a call throws; empty when it throws none.
template <class ErrorType, class Call>
const std::vector<thuocdo::Problem> problems_of(Call&& call) {
    try {
        call();
    } catch (const ErrorType& error) {
        return error.problems();
    }
    return {};
}

}  // namespace testing_support

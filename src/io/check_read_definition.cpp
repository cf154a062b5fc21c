#include <thuocdo/model/detail/check_definition.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "io/read_definition.hpp"

namespace thuocdo::io::detail {
namespace {

constexpr std::string_view children_step = "/children/";

[[nodiscard]] std::size_t end_of_step(std::string_view text, std::size_t from) {
    return std::min(text.find('/', from), text.size());
}

/// The node that a place belongs to; nothing outside the tree.
[[nodiscard]] std::string_view node_of(std::string_view place) {
    constexpr std::string_view root = "/root";
    if (!place.starts_with(root)) return {};
    std::size_t end = root.size();
    while (place.substr(end).starts_with(children_step))
        end = end_of_step(place, end + children_step.size());
    return place.substr(0, end);
}

[[nodiscard]] std::string parent_of(std::string_view node) {
    const std::size_t at = node.rfind(children_step);
    return std::string(node.substr(0, at == std::string_view::npos ? node.size() : at));
}

template <std::size_t Count>
[[nodiscard]] bool is_one_of(std::string_view word,
                             const std::array<std::string_view, Count>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Decides whether a problem of the model only follows from what was not read:
/// the model then has a default where the document has something else.
class Derived {
  public:
    explicit Derived(const FailedPlaces& failed) : failed_(failed) {}

    [[nodiscard]] bool operator()(const Problem& problem) const {
        if (failed_.at_or_above(problem.place)) return true;
        const std::string_view code = problem.code;
        if (code == "unknown_node") return tree_is_incomplete();
        if (code == "unknown_indicator" || code == "unused_input")
            return tree_is_incomplete() || failed_.at_or_below("/inputs") ||
                   failed_.at_or_below("/derived");
        if (problem.place.starts_with("/factors/")) return of_factor(code);
        if (code == "unknown_band") return failed_.at_or_below("/bands/scale");
        if (code.starts_with("band_") && problem.place.starts_with("/bands/scale/"))
            return bound_failed(problem.place);
        const std::string_view node = node_of(problem.place);
        return node.empty() ? enclosing_failed(problem.place)
                            : in_node(code, std::string(node), problem.place);
    }

  private:
    /// Factors speak of the tree and of the indicators that its leaves read.
    [[nodiscard]] bool of_factor(std::string_view code) const {
        constexpr std::array<std::string_view, 5> of_factor_alone{
            "noise_out_of_range", "concentration_out_of_range", "size_out_of_range",
            "bounds_reversed", "member_not_used"};
        if (code == "duplicate_factor" && failed_.at_or_below("/factors")) return true;
        return !is_one_of(code, of_factor_alone) &&
               (failed_.at_or_below("/root") || failed_.at_or_below("/derived") ||
                failed_.at_or_below("/defaults/aggregate"));
    }

    [[nodiscard]] bool in_node(std::string_view code, const std::string& node,
                               const std::string& place) const {
        constexpr std::array<std::string_view, 3> of_inner_or_leaf{
            "score_missing", "inner_member_on_leaf", "leaf_member_on_inner_node"};
        constexpr std::array<std::string_view, 3> of_parent{"points_missing", "points_not_summed",
                                                            "weight_under_sum"};
        constexpr std::array<std::string_view, 5> of_children{
            "weights_do_not_add_up", "weights_all_zero", "points_do_not_add_up", "no_scored_child",
            "table_sizes"};
        if (is_one_of(code, of_inner_or_leaf) &&
            (failed_.contains(node + "/children") || failed_.at_or_below(node + "/score")))
            return true;
        if (code == "points_missing" &&
            (failed_.contains(node + "/points") || failed_.contains(node + "/role")))
            return true;
        const bool aggregation_failed = failed_.at_or_below("/defaults/aggregate");
        if (is_one_of(code, of_parent) &&
            (aggregation_failed || failed_.at_or_below(parent_of(node) + "/aggregate")))
            return true;
        if (is_one_of(code, of_children) &&
            (aggregation_failed || failed_.at_or_below(node + "/aggregate") || child_failed(node)))
            return true;
        const std::string_view inside = std::string_view(place).substr(node.size());
        if (inside.starts_with("/score") || inside.starts_with("/targets"))
            return failed_.at_or_below(node + "/score") || failed_.at_or_below(node + "/targets") ||
                   failed_.contains(node + "/target_path");
        return inside.starts_with("/aggregate") && failed_.at_or_below(place);
    }

    /// Whether what a parent adds up over its children is incomplete.
    [[nodiscard]] bool child_failed(const std::string& node) const {
        const std::string children = node + std::string(children_step);
        for (auto each = failed_.all().lower_bound(children);
             each != failed_.all().end() && each->starts_with(children); ++each) {
            const std::string_view member =
                std::string_view(*each).substr(end_of_step(*each, children.size()));
            if (member.empty() || member == "/weight" || member == "/points" || member == "/role")
                return true;
        }
        return false;
    }

    [[nodiscard]] bool tree_is_incomplete() const {
        for (const std::string& place : failed_.all()) {
            const std::string_view node = node_of(place);
            if (node.empty()) continue;
            const std::string_view inside = std::string_view(place).substr(node.size());
            if (inside.empty() || inside == "/code" || inside == "/children") return true;
        }
        return false;
    }

    /// A band is compared with the one above it.
    [[nodiscard]] bool bound_failed(const std::string& place) const {
        constexpr std::string_view scale = "/bands/scale/";
        std::size_t index = 0;
        std::from_chars(place.data() + scale.size(), place.data() + place.size(), index);
        const auto failed = [&](std::size_t k) {
            const std::string band = std::string(scale) + std::to_string(k);
            return failed_.contains(band) || failed_.contains(band + "/from") ||
                   failed_.contains(band + "/to");
        };
        return failed(index) || (index > 0 && failed(index - 1));
    }

    /// Outside the tree and the bands a problem concerns a small object.
    [[nodiscard]] bool enclosing_failed(const std::string& place) const {
        if (failed_.at_or_below(place)) return true;
        if (!place.starts_with("/roll_up/")) return false;
        return failed_.at_or_below(place.substr(0, place.rfind('/')));
    }

    const FailedPlaces& failed_;
};

}  // namespace

std::vector<Problem> check_read_definition(const ModelDefinition& definition,
                                           const FailedPlaces& failed) {
    std::vector<Problem> problems = thuocdo::detail::check_definition(definition);
    std::erase_if(problems, Derived(failed));
    return problems;
}

}  // namespace thuocdo::io::detail

#pragma once
/// @file
/// The figures of one or more publications as unknowns of an outsider.

#include <thuocdo/config.hpp>
#include <thuocdo/detail/board_data.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/publish/audit_options.hpp>
#include <thuocdo/publish/detail/named_knowledge.hpp>
#include <thuocdo/publish/detail/result_domains.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace thuocdo::publish::detail {

/// Decimals of the results of a node as the model leaves them.
[[nodiscard]] inline std::optional<int> model_digits(const Node& node) {
    if (!node.rounding) return std::nullopt;
    const bool root = node.parent < 0 && node.rounding->at != RoundingPlace::value;
    if (!root && node.rounding->at != RoundingPlace::result) return std::nullopt;
    return node.rounding->digits;
}

/// The numbers that are printed as `printed`: with fewer decimals than the model leaves, those
/// of the model that round to it.
[[nodiscard]] THUOCDO_KERNEL inline std::pair<double, double> behind(double printed,
                                                                     std::optional<int> digits,
                                                                     std::optional<int> model) {
    THUOCDO_EXACT
    if (!digits || (model && *digits >= *model)) return {printed, printed};
    const double half = half_unit(*digits);
    if (!model) return printed_as(printed, half);
    const auto end = [&](double x, double step) {
        const double last = numeric::round_decimal(x, *model);
        const bool in = numeric::round_decimal(last, *digits) == printed;
        return in ? last : numeric::round_decimal(last + step, *model);
    };
    const double unit = half_unit(*model) + half_unit(*model);
    return {end(printed - half, unit), end(printed + half, -unit)};
}

/// Which leaves of a board tell of the same columns of the data.
struct SharedColumns {
    Index leaf = 0;
    Index other = 0;
    /// Both read one and the same column.
    bool same = false;
};

[[nodiscard]] inline std::vector<SharedColumns> shared_columns(const IndexModel& model) {
    const auto columns_of = [&](Index leaf) {
        std::vector<std::string> open{model.node(leaf).indicator};
        std::set<std::string> columns;
        while (!open.empty()) {
            const std::string code = open.back();
            open.pop_back();
            const Derivation* derived = model.find_derived(code);
            if (!derived) {
                columns.insert(code);
                continue;
            }
            for (const std::string& each : derived->expression.indicators()) open.push_back(each);
        }
        return columns;
    };
    std::vector<std::set<std::string>> columns;
    for (const Index leaf : model.leaves()) columns.push_back(columns_of(leaf));
    std::vector<SharedColumns> shared;
    for (std::size_t a = 0; a < columns.size(); ++a) {
        for (std::size_t b = 0; b < columns.size(); ++b) {
            if (a == b || std::none_of(columns[a].begin(), columns[a].end(), [&](const auto& code) {
                    return columns[b].count(code) != 0;
                }))
                continue;
            const Index leaf = model.leaves()[a];
            const Index other = model.leaves()[b];
            shared.push_back(
                {leaf, other, model.node(leaf).indicator == model.node(other).indicator});
        }
    }
    return shared;
}

/// Unknowns for the figures of several publications. Figures of a unit and node that are the
/// same number in two of them are one unknown: the reader is taken to know what changed.
class OutsideCells {
  public:
    /// @param views the one that is audited first
    OutsideCells(std::vector<const AudienceView*> views, const AuditOptions& options,
                 NamedKnowledge& lines)
        : views_(std::move(views)), options_(options), lines_(lines) {
        for (const AudienceView* view : views_) {
            const Scoreboard& board = view->board();
            const auto cells =
                static_cast<std::size_t>(board.unit_count() * board.model().node_count());
            domains_.emplace_back(board);
            cells_.emplace_back(cells, Index{-1});
            shared_.push_back(shared_columns(board.model()));
            columns_told_.emplace_back(static_cast<std::size_t>(board.model().node_count()), -1);
        }
    }

    [[nodiscard]] const AudienceView& view(std::size_t k) const { return *views_[k]; }
    [[nodiscard]] const Scoreboard& board(std::size_t k) const { return views_[k]->board(); }
    [[nodiscard]] std::size_t count() const noexcept { return views_.size(); }
    [[nodiscard]] const ResultDomains& domains(std::size_t k) const { return domains_[k]; }

    [[nodiscard]] double truth(std::size_t k, Index unit, Index node) const {
        return node == 0 ? board(k).scores()[unit] : board(k).result(unit, node);
    }

    /// `X of HN`, of earlier publications with their number.
    [[nodiscard]] std::string name(std::size_t k, Index unit, Index node) const {
        const std::string what = node == 0 ? "total" : board(k).model().node(node).code;
        return what + " of " + board(k).units().code(unit) + suffix(k);
    }
    [[nodiscard]] static std::string suffix(std::size_t k) {
        return k == 0 ? std::string() : " (earlier publication " + std::to_string(k) + ")";
    }

    /// Whether the outsider reads the figure exactly, in one of the publications.
    [[nodiscard]] bool is_known(std::size_t k, Index unit, Index node) {
        return lines_.at(cell(k, unit, node)).is_fixed();
    }

    /// The unknown of a result that is not missing; of the root, of the published total.
    Index cell(std::size_t k, Index unit, Index node) {
        Index& at = cells_[k][position(k, unit, node)];
        if (at >= 0) return at;
        const auto [found, added] = by_figure_.try_emplace(key(k, unit, node), lines_.size());
        at = found->second;
        if (added) add_cell(k, unit, node);
        return at;
    }

    /// The total before the rounding of the root.
    Index full_total(std::size_t k, Index unit) {
        const Node& root = board(k).model().root();
        const Index published = cell(k, unit, 0);
        const std::optional<int> digits = model_digits(root);
        if (!digits) return published;
        const double full = board(k).full_scores()[unit];
        const auto figure = std::tuple(board(k).units().code(unit), std::string(),
                                       std::bit_cast<std::uint64_t>(full));
        const auto [found, added] = by_figure_.try_emplace(figure, lines_.size());
        if (!added) return found->second;
        const double half = half_unit(*digits);
        const NamedUnknown& total = lines_.at(published);
        const std::string why = "rounding of the total to " + std::to_string(*digits) + " decimals";
        std::vector<std::string> lower_why = total.lower_why;
        std::vector<std::string> upper_why = total.upper_why;
        add_words(lower_why, {why});
        add_words(upper_why, {why});
        const double low = total.lower - half;
        const double high = total.upper + half;
        const Index result = lines_.add("full " + name(k, unit, 0), full, -infinite, infinite, {});
        if (lines_.singles_are_bounds()) lines_.narrow(result, low, high, lower_why, upper_why);
        lines_.add_rounding(why + ", " + name(k, unit, 0), result, published, *root.rounding);
        return result;
    }

    /// The outsider is taken to know a figure of which the audit cannot say more.
    void leave_undecided(Index unknown, const std::string& why) {
        if (lines_.at(unknown).is_fixed()) return;
        lines_.fix(unknown, why + " (taken as known)");
        undecided_.emplace(unknown, why);
    }
    [[nodiscard]] const std::map<Index, std::string>& undecided() const noexcept {
        return undecided_;
    }
    /// Withheld figures of few possible values, with these.
    [[nodiscard]] const std::map<Index, std::vector<double>>& discrete() const noexcept {
        return discrete_;
    }

    /// Bounds that the model and all publications but the first state.
    [[nodiscard]] std::pair<double, double> bounds_without(Index unit, Index node) const {
        NamedUnknown bounds;
        const double figure = truth(0, unit, node);
        for (std::size_t k = 0; k < count(); ++k) {
            const auto other = same_figure(0, unit, node, k, figure);
            if (other) narrow_domain(k, other->second, bounds);
            if (other && k > 0) narrow_printed(k, other->first, other->second, bounds);
        }
        return {bounds.lower, bounds.upper};
    }

    /// Printed limits of a figure of the first publication with so many decimals.
    [[nodiscard]] std::pair<double, double> printed_with(Index unit, Index node, int digits) const {
        return behind(numeric::round_decimal(truth(0, unit, node), digits), digits,
                      model_digits(board(0).model().node(node)));
    }

  private:
    using Figure = std::tuple<std::string, std::string, std::uint64_t>;

    [[nodiscard]] std::size_t position(std::size_t k, Index unit, Index node) const {
        return static_cast<std::size_t>(unit * board(k).model().node_count() + node);
    }
    [[nodiscard]] Figure key(std::size_t k, Index unit, Index node) const {
        return {board(k).units().code(unit), board(k).model().node(node).code,
                std::bit_cast<std::uint64_t>(truth(k, unit, node))};
    }

    /// The same figure in publication `other`, if it is there and did not change.
    [[nodiscard]] std::optional<std::pair<Index, Index>> same_figure(std::size_t k, Index unit,
                                                                     Index node, std::size_t other,
                                                                     double figure) const {
        if (k == other) return std::pair(unit, node);
        const auto there = board(other).units().find(board(k).units().code(unit));
        const auto where = board(other).model().find(board(k).model().node(node).code);
        if (!there || !where || truth(other, *there, *where) != figure) return std::nullopt;
        return std::pair(*there, *where);
    }

    void narrow_domain(std::size_t k, Index node, NamedUnknown& bounds) const {
        const std::string code = board(k).model().node(node).code;
        double low = domains_[k][node].lower;
        double high = domains_[k][node].upper;
        for (const NodeSafety& each : options_.nodes) {
            if (each.node != code) continue;
            low = std::max(low, each.at_least.value_or(low));
            high = std::min(high, each.at_most.value_or(high));
        }
        narrow(low, high,
               "domain " + numeric::shortest(low) + " to " + numeric::shortest(high) + " of " +
                   (node == 0 ? "the total" : code),
               bounds);
    }

    void narrow_printed(std::size_t k, Index unit, Index node, NamedUnknown& bounds) const {
        const AudienceView& of = view(k);
        if (!of.shows(unit, node)) return;
        const double value = board(k).value(unit, node);
        if (options_.values_in_full && !std::isnan(value) && of.digits(node)) {
            const double result = truth(k, unit, node);
            narrow(result, result, name(k, unit, node) + ", value " + numeric::shortest(value),
                   bounds);
            return;
        }
        const double printed = of.printed(unit, node);
        const std::optional<int> digits = of.digits(node);
        const auto [low, high] = behind(printed, digits, model_digits(board(k).model().node(node)));
        narrow(low, high,
               name(k, unit, node) + " = " +
                   (digits ? numeric::fixed(printed, *digits) + " (" + std::to_string(*digits) +
                                 " decimals)"
                           : numeric::shortest(printed)),
               bounds);
    }

    static void narrow(double low, double high, const std::string& why, NamedUnknown& bounds) {
        if (low > bounds.lower) {
            bounds.lower = low;
            bounds.lower_why = {why};
        }
        if (high < bounds.upper) {
            bounds.upper = high;
            bounds.upper_why = {why};
        }
    }

    void add_cell(std::size_t k, Index unit, Index node) {
        NamedUnknown bounds;
        const double figure = truth(k, unit, node);
        std::string hazard;
        bool shown = false;
        std::vector<double> values;
        for (std::size_t other = 0; other < count(); ++other) {
            const auto same = same_figure(k, unit, node, other, figure);
            if (!same) continue;
            narrow_domain(other, same->second, bounds);
            narrow_printed(other, same->first, same->second, bounds);
            shown = shown || view(other).shows(same->first, same->second);
            if (hazard.empty()) hazard = hazard_of(other, same->first, same->second, bounds);
            if (values.empty()) values = domains_[other][same->second].values;
        }
        const Index unknown = lines_.add(name(k, unit, node), figure, -infinite, infinite, {});
        lines_.narrow(unknown, bounds.lower, bounds.upper, bounds.lower_why, bounds.upper_why);
        if (bounds.lower == bounds.upper) return;
        if (!shown && !hazard.empty()) {
            leave_undecided(unknown, hazard);
        } else if (!values.empty() && shown) {
            lines_.fix(unknown, lines_.at(unknown).name + " (one of few values)");
        } else if (!values.empty()) {
            discrete_.emplace(unknown, std::move(values));
        }
    }

    /// What else tells of a withheld figure of a leaf; empty for nothing. Narrows the bounds
    /// where it gives it away.
    std::string hazard_of(std::size_t k, Index unit, Index node, NamedUnknown& bounds) {
        const AudienceView& of = view(k);
        if (!board(k).model().node(node).is_leaf() || of.shows(unit, node)) return {};
        for (const SharedColumns& each : shared_[k]) {
            if (each.leaf != node || !of.shows(unit, each.other)) continue;
            const std::string other = board(k).model().node(each.other).code;
            if (!each.same) return other + " is computed from the same data";
            const double figure = truth(k, unit, node);
            narrow(figure, figure, "value of " + name(k, unit, each.other), bounds);
            return {};
        }
        return column_tells(k, node) ? "results of other units depend on it" : std::string();
    }

    /// Whether figures of a leaf that are shown tell of those that are not: they were scored
    /// against the cohort, or filled or treated by it.
    bool column_tells(std::size_t k, Index node) {
        int& told = columns_told_[k][static_cast<std::size_t>(node)];
        if (told < 0) told = compute_column_tells(k, node) ? 1 : 0;
        return told != 0;
    }

    [[nodiscard]] bool compute_column_tells(std::size_t k, Index node) const {
        const AudienceView& of = view(k);
        const Scoreboard& board = of.board();
        const Node& leaf = board.model().node(node);
        if (!of.shows_node(node)) return false;
        const bool by_extremes = thuocdo::detail::leaf_program(board.data(), node) &&
                                 (std::holds_alternative<rule::MinMax>(leaf.score) ||
                                  std::holds_alternative<rule::DistanceToBest>(leaf.score) ||
                                  std::holds_alternative<rule::FractionOfBest>(leaf.score) ||
                                  std::holds_alternative<rule::DistanceToTarget>(leaf.score));
        if (is_peer_relative(leaf.score) && !(by_extremes && shows_extremes(of, node))) return true;
        const auto column = board.panel().find(leaf.indicator);
        for (Index unit = 0; unit < board.unit_count(); ++unit) {
            if (!of.shows(unit, node)) continue;
            if (leaf.missing.uses(MissingPolicy::peer_mean) && board.is_imputed(unit, node))
                return true;
            const double read = board.prepared_panel().value(unit, column.value_or(0));
            const double given = board.panel().value(unit, column.value_or(0));
            if (column && !(read == given || (std::isnan(read) && std::isnan(given)))) return true;
        }
        return false;
    }

    /// Whether units that are shown have the least and the greatest value of a leaf.
    [[nodiscard]] static bool shows_extremes(const AudienceView& of, Index node) {
        const auto* leaf = thuocdo::detail::leaf_program(of.board().data(), node);
        bool least = false;
        bool greatest = false;
        for (Index unit = 0; unit < of.board().unit_count(); ++unit) {
            if (!of.shows(unit, node)) continue;
            least = least || of.board().value(unit, node) == leaf->peers.minimum;
            greatest = greatest || of.board().value(unit, node) == leaf->peers.maximum;
        }
        return least && greatest;
    }

    std::vector<const AudienceView*> views_;
    const AuditOptions& options_;
    NamedKnowledge& lines_;
    std::vector<ResultDomains> domains_;
    std::vector<std::vector<Index>> cells_;
    std::vector<std::vector<SharedColumns>> shared_;
    /// By node: -1 where it was not looked at.
    std::vector<std::vector<int>> columns_told_;
    std::map<Figure, Index> by_figure_;
    std::map<Index, std::string> undecided_;
    std::map<Index, std::vector<double>> discrete_;
};

}  // namespace thuocdo::publish::detail

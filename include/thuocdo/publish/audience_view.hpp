#pragma once
/// @file
/// What one audience sees of a scoreboard.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/publish/visibility_rules.hpp>
#include <thuocdo/scoreboard.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::publish {

/// The figures of a scoreboard that an audience sees, derived from the visibility of nodes in
/// the model and from rules about units, cells and tasks. Whether the figures shown give away
/// withheld ones is another question: audit() answers it.
class AudienceView {
  public:
    /// @throws DataError with every unit, node or number of digits of the rules that does not
    /// exist (`unknown_unit`, `unknown_node`, `digits_out_of_range`)
    AudienceView(Scoreboard board, Audience audience, VisibilityRules rules = {})
        : board_(std::move(board)),
          audience_(audience),
          rules_(std::move(rules)),
          shown_(ShownFlags::Ones(board_.unit_count(), board_.model().node_count())),
          unit_shown_(static_cast<std::size_t>(board_.unit_count()), 1),
          rank_shown_(unit_shown_),
          band_shown_(unit_shown_),
          digits_(static_cast<std::size_t>(board_.model().node_count()), rules_.default_digits) {
        std::vector<Problem> problems;
        for (Index node = 0; node < board_.model().node_count(); ++node)
            if (!sees(audience_, board_.model().node(node).visibility)) shown_.col(node).setZero();
        hide_units(problems);
        hide_cells(problems);
        read_digits(problems);
        if (!problems.empty())
            throw DataError("the rules of visibility do not fit the scoreboard",
                            std::move(problems));
        for (Index unit = 0; unit < board_.unit_count(); ++unit) {
            const auto at = static_cast<std::size_t>(unit);
            if (unit_shown_[at] != 0 && shows(unit, 0)) continue;
            const bool hidden = unit_shown_[at] == 0;
            rank_shown_[at] = !hidden && rules_.ranks_without_totals ? 1 : 0;
            band_shown_[at] = !hidden && rules_.bands_without_totals ? 1 : 0;
        }
    }

    [[nodiscard]] const Scoreboard& board() const noexcept { return board_; }
    [[nodiscard]] Audience audience() const noexcept { return audience_; }
    [[nodiscard]] const VisibilityRules& rules() const noexcept { return rules_; }

    /// Whether anything of a unit is shown.
    [[nodiscard]] bool shows_unit(Index unit) const {
        return unit_shown_.at(static_cast<std::size_t>(unit)) != 0;
    }
    /// Whether the result of a node is shown for a unit, and of a leaf its value.
    [[nodiscard]] bool shows(Index unit, Index node) const { return shown_(unit, node) != 0; }
    [[nodiscard]] bool shows_rank(Index unit) const {
        return rank_shown_.at(static_cast<std::size_t>(unit)) != 0;
    }
    [[nodiscard]] bool shows_band(Index unit) const {
        return band_shown_.at(static_cast<std::size_t>(unit)) != 0;
    }
    /// Whether every figure of a unit is shown with all its digits or printed ones.
    [[nodiscard]] bool shows_all_of(Index unit) const {
        return shows_unit(unit) && shows_rank(unit) && (shown_.row(unit) != 0).all();
    }
    /// Whether a node is shown for some unit.
    [[nodiscard]] bool shows_node(Index node) const { return (shown_.col(node) != 0).any(); }
    /// Whether nothing is withheld; figures may be printed with fewer digits.
    [[nodiscard]] bool shows_all() const {
        return (shown_ != 0).all() && std::all_of(rank_shown_.begin(), rank_shown_.end(),
                                                  [](std::uint8_t flag) { return flag != 0; });
    }
    /// Whether a task that is not secret may be listed.
    [[nodiscard]] bool shows_task(const std::string& task) const {
        return std::all_of(rules_.tasks.begin(), rules_.tasks.end(), [&](const auto& each) {
            return each.task != task || sees(audience_, each.visibility);
        });
    }

    /// Decimals with which the results of a node are printed; nothing: all digits.
    [[nodiscard]] std::optional<int> digits(Index node) const {
        return digits_.at(static_cast<std::size_t>(node));
    }
    /// The result as it is printed: NaN where it is missing or withheld. Of the root, the
    /// published total.
    [[nodiscard]] double printed(Index unit, Index node) const {
        if (!shows(unit, node)) return missing_value;
        const double result = node == 0 ? board_.scores()[unit] : board_.result(unit, node);
        const std::optional<int> places = digits(node);
        return places ? numeric::round_decimal(result, *places) : result;
    }

    /// Withholds one more figure.
    void withhold(Index unit, Index node) {
        shown_(unit, node) = 0;
        if (node != 0) return;
        const auto at = static_cast<std::size_t>(unit);
        if (!rules_.ranks_without_totals) rank_shown_[at] = 0;
        if (!rules_.bands_without_totals) band_shown_[at] = 0;
    }
    void withhold_rank(Index unit) { rank_shown_.at(static_cast<std::size_t>(unit)) = 0; }
    void withhold_band(Index unit) { band_shown_.at(static_cast<std::size_t>(unit)) = 0; }
    /// Prints the results of a node with so many decimals from now on.
    void print_digits(Index node, int digits) {
        digits_.at(static_cast<std::size_t>(node)) = digits;
    }

  private:
    using ShownFlags = Eigen::Array<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic>;

    [[nodiscard]] std::optional<Index> unit_of(const std::string& code, const std::string& place,
                                               std::vector<Problem>& problems) const {
        const auto found = board_.units().find(code);
        if (!found)
            problems.push_back({"unknown_unit", place, '"' + code + '"',
                                "the code of a unit of the scoreboard", "check the spelling"});
        return found;
    }

    [[nodiscard]] std::optional<Index> node_of(const std::string& code, const std::string& place,
                                               std::vector<Problem>& problems) const {
        const auto found = board_.model().find(code);
        if (!found)
            problems.push_back({"unknown_node", place, '"' + code + '"',
                                "the code of a node of model \"" + board_.model().id() + '"',
                                "check the spelling"});
        return found;
    }

    void hide_units(std::vector<Problem>& problems) {
        for (std::size_t k = 0; k < rules_.units.size(); ++k) {
            const UnitVisibility& each = rules_.units[k];
            const auto unit = unit_of(each.unit, "/units/" + std::to_string(k) + "/unit", problems);
            if (!unit || sees(audience_, each.visibility)) continue;
            unit_shown_[static_cast<std::size_t>(*unit)] = 0;
            shown_.row(*unit).setZero();
        }
    }

    void hide_cells(std::vector<Problem>& problems) {
        for (std::size_t k = 0; k < rules_.cells.size(); ++k) {
            const CellVisibility& each = rules_.cells[k];
            const std::string place = "/cells/" + std::to_string(k);
            const auto unit = unit_of(each.unit, place + "/unit", problems);
            const auto node = node_of(each.node, place + "/node", problems);
            if (unit && node && !sees(audience_, each.visibility)) shown_(*unit, *node) = 0;
        }
    }

    void read_digits(std::vector<Problem>& problems) {
        constexpr int most_digits = 15;
        const auto check = [&](int digits, const std::string& place) {
            if (digits >= 0 && digits <= most_digits) return;
            problems.push_back({"digits_out_of_range", place, std::to_string(digits),
                                "0 to " + std::to_string(most_digits),
                                "state decimals after the point"});
        };
        if (rules_.default_digits) check(*rules_.default_digits, "/default_digits");
        for (std::size_t k = 0; k < rules_.digits.size(); ++k) {
            const PrintedDigits& each = rules_.digits[k];
            const std::string place = "/digits/" + std::to_string(k);
            check(each.digits, place + "/digits");
            const auto node = node_of(each.node, place + "/node", problems);
            if (node) digits_[static_cast<std::size_t>(*node)] = each.digits;
        }
    }

    Scoreboard board_;
    Audience audience_;
    VisibilityRules rules_;
    ShownFlags shown_;
    std::vector<std::uint8_t> unit_shown_;
    std::vector<std::uint8_t> rank_shown_;
    std::vector<std::uint8_t> band_shown_;
    /// By node.
    std::vector<std::optional<int>> digits_;
};

}  // namespace thuocdo::publish

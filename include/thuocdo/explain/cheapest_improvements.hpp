#pragma once
/// @file
/// Which points are nearest to gain: the cheapest changes of values that reach a rank, a
/// score or a band.

#include <thuocdo/cancelled.hpp>
#include <thuocdo/explain/detail/improvement_levels.hpp>
#include <thuocdo/explain/detail/improvement_trial.hpp>
#include <thuocdo/explain/detail/knapsack_search.hpp>
#include <thuocdo/explain/improvement.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo {

namespace detail {

class ImprovementSearch {
  public:
    ImprovementSearch(const Scoreboard& board, Index unit,
                      const std::vector<ImprovementLimit>& limits, const ImprovementGoal& goal,
                      const ImprovementOptions& options)
        : board_(board),
          unit_(unit),
          goal_(checked(board, goal)),
          options_(options),
          levels_(LevelReader(board, unit).read(limits)),
          trial_(board, unit, levels_, goal_),
          nothing_(levels_.size(), 0) {}

    [[nodiscard]] CheapestImprovements run() {
        CheapestImprovements out;
        out.goal = goal_;
        start_ = trial_.outcome(nothing_);
        tables_.resize(levels_.size());
        if (trial_.reaches(start_)) {
            out.reached = out.proved = true;
            out.best = improvement(nothing_);
            return out;
        }
        nearest_ = {nothing_, start_};
        bool all_known = true;
        for (std::size_t j = 0; j < levels_.size(); ++j) all_known = try_alone(j, out) && all_known;
        std::stable_sort(out.alone.begin(), out.alone.end(),
                         [](const auto& a, const auto& b) { return a.cost < b.cost; });
        tell(0.3);
        if (levels_.size() == 1) {
            out.proved = all_known;
        } else if (combinations() <= budget()) {
            out.proved = search_all();
        } else if (is_weighted_sum()) {
            out.proved = search_sum();
            if (best_.empty() && !out.proved) search_greedily();
        } else {
            search_greedily();
            search_as_if_sum();
        }
        tell(1.0);
        out.reached = !best_.empty();
        out.best = improvement(out.reached ? best_ : nearest_.first);
        out.lower_bound = !out.proved   ? std::min(lower_bound_, out.best.cost)
                          : out.reached ? out.best.cost
                                        : std::numeric_limits<double>::infinity();
        return out;
    }

  private:
    static ImprovementGoal checked(const Scoreboard& board, const ImprovementGoal& goal) {
        const int stated = (goal.rank ? 1 : 0) + (goal.score ? 1 : 0) + (goal.band ? 1 : 0);
        std::vector<Problem> problems;
        if (stated != 1)
            problems.push_back({"bad_goal", "goal", std::to_string(stated) + " goals",
                                "exactly one of rank, score and band", ""});
        if (goal.rank && !(*goal.rank >= 1.0))
            problems.push_back(
                {"bad_goal", "goal", numeric::shortest(*goal.rank), "a rank of at least 1", ""});
        if (goal.score && !std::isfinite(*goal.score))
            problems.push_back({"bad_goal", "goal", "no number", "a finite score", ""});
        if (goal.band) {
            const auto& scale = board.model().definition().bands;
            const auto is_it = [&](const Band& band) { return band.code == *goal.band; };
            if (!scale || std::none_of(scale->bands.begin(), scale->bands.end(), is_it))
                problems.push_back({"unknown_band", "goal", '"' + *goal.band + '"',
                                    "the code of a band of the model", "check the spelling"});
        }
        if (!problems.empty()) throw DataError("no such goal", std::move(problems));
        return goal;
    }

    void tell(double share) const {
        if (options_.progress && !options_.progress(share)) throw Cancelled();
    }

    [[nodiscard]] double cost_of(const Choice& choice) const {
        double cost = 0.0;
        for (std::size_t j = 0; j < choice.size(); ++j) cost += levels_[j].costs[choice[j]];
        return numeric::round_decimal(cost, cost_digits);
    }

    /// What `what_if` makes of a choice.
    [[nodiscard]] Improvement improvement(const Choice& choice) const {
        Improvement out;
        for (std::size_t j = 0; j < choice.size(); ++j)
            if (choice[j] != 0)
                out.changes.push_back({levels_[j].indicator, levels_[j].name,
                                       levels_[j].values.front(), levels_[j].values[choice[j]],
                                       levels_[j].costs[choice[j]]});
        out.cost = cost_of(choice);
        out.outcome = what_if(board_, unit_, trial_.changes(choice));
        return out;
    }

    void keep(const Choice& choice) {
        if (best_.empty() || cost_of(choice) < cost_of(best_)) best_ = choice;
    }

    /// Keeps what comes nearest to the goal among what does not reach it.
    void look_at(const Choice& choice, const TrialOutcome& outcome) {
        if (!outcome.valid || std::isnan(outcome.score)) return;
        const TrialOutcome& near = nearest_.second;
        const auto key = [&](const TrialOutcome& each) {
            const double sign = goal_.band || trial_.descending() ? 1.0 : -1.0;
            const double band = goal_.band && each.band >= 0 ? static_cast<double>(each.band)
                                                             : std::numeric_limits<double>::max();
            return std::pair(goal_.rank ? each.rank : band, -sign * each.full);
        };
        if (std::isnan(near.score) || key(outcome) < key(near) ||
            (key(outcome) == key(near) && cost_of(choice) < cost_of(nearest_.first)))
            nearest_ = {choice, outcome};
    }

    /// The number of choices, or more than any budget.
    [[nodiscard]] double combinations() const {
        double count = 1.0;
        for (const ImprovementLevels& each : levels_) count *= static_cast<double>(each.size());
        return count;
    }

    /// Choices that may all be scored.
    [[nodiscard]] double budget() const {
        constexpr double fewest = 20000.0;
        constexpr double most = 300000.0;
        constexpr double results = 4e6;
        const auto nodes = static_cast<double>(board_.model().node_count());
        return trial_.alone() ? std::clamp(results / nodes, fewest, most)
                              : static_cast<double>(options_.most_evaluations);
    }

    /// What each level of an indicator alone gives.
    [[nodiscard]] const std::vector<TrialOutcome>& table(std::size_t j) {
        if (tables_[j].empty()) {
            std::vector<Choice> all(levels_[j].size(), nothing_);
            for (std::size_t level = 0; level < all.size(); ++level) all[level][j] = level;
            tables_[j] = trial_.outcomes(all);
            for (std::size_t level = 0; level < all.size(); ++level)
                if (!trial_.reaches(tables_[j][level])) look_at(all[level], tables_[j][level]);
        }
        return tables_[j];
    }

    /// The cheapest level of an indicator that reaches the goal with the others as they are in
    /// `choice`, or their number. Looks at all of them for the indicator alone where that is
    /// affordable.
    /// @param known set to false where levels were left out
    [[nodiscard]] std::size_t cheapest_level(Choice choice, std::size_t j, bool& known) {
        const std::size_t count = levels_[j].size();
        const Index affordable = options_.most_evaluations / 2 - trial_.evaluations();
        if (choice == nothing_ && (trial_.alone() || static_cast<Index>(count) <= affordable)) {
            const std::vector<TrialOutcome>& found = table(j);
            std::size_t level = 0;
            while (level < count && !trial_.reaches(found[level])) ++level;
            return level;
        }
        known = false;
        // Costs rise along the levels; where one direction helps, so does the result.
        std::vector<std::size_t> side = helpful_side(choice, j);
        if (side.empty()) return count;
        std::size_t low = 0;
        std::size_t high = side.size() - 1;
        if (!try_level(choice, j, side[high])) return count;
        while (low < high) {
            const std::size_t middle = (low + high) / 2;
            if (try_level(choice, j, side[middle]))
                high = middle;
            else
                low = middle + 1;
        }
        return side[high];
    }

    [[nodiscard]] bool try_level(Choice& choice, std::size_t j, std::size_t level) {
        choice[j] = level;
        const TrialOutcome found = trial_.outcome(choice);
        if (trial_.reaches(found)) return true;
        look_at(choice, found);
        return false;
    }

    /// Levels on the side of the present value whose far end has the better score.
    [[nodiscard]] std::vector<std::size_t> helpful_side(Choice choice, std::size_t j) {
        const double now = levels_[j].values.front();
        std::vector<std::size_t> best_side;
        double best_score = missing_value;
        for (const bool above : {true, false}) {
            std::vector<std::size_t> side;
            for (std::size_t level = 1; level < levels_[j].size(); ++level)
                if ((levels_[j].values[level] > now) == above) side.push_back(level);
            if (side.empty()) continue;
            choice[j] = side.back();
            const double sign = trial_.descending() ? 1.0 : -1.0;
            const double score = sign * trial_.outcome(choice).score;
            if (!std::isnan(score) && !(score <= best_score)) {
                best_score = score;
                best_side = std::move(side);
            }
        }
        return best_side;
    }

    [[nodiscard]] bool try_alone(std::size_t j, CheapestImprovements& out) {
        bool known = true;
        const std::size_t level = cheapest_level(nothing_, j, known);
        if (level >= levels_[j].size()) return known;
        Choice choice = nothing_;
        choice[j] = level;
        keep(choice);
        out.alone.push_back(improvement(choice));
        return known;
    }

    /// Every choice, cheapest first.
    [[nodiscard]] bool search_all() {
        std::vector<std::pair<double, Choice>> all;
        Choice choice = nothing_;
        while (true) {
            if (best_.empty() || cost_of(choice) < cost_of(best_))
                all.emplace_back(cost_of(choice), choice);
            std::size_t j = 0;
            while (j < choice.size() && ++choice[j] == levels_[j].size()) choice[j++] = 0;
            if (j == choice.size()) break;
        }
        const auto changed = [](const Choice& each) {
            return static_cast<std::size_t>(
                std::count_if(each.begin(), each.end(), [](std::size_t k) { return k != 0; }));
        };
        std::sort(all.begin(), all.end(), [&](const auto& a, const auto& b) {
            if (a.first != b.first) return a.first < b.first;
            if (changed(a.second) != changed(b.second))
                return changed(a.second) < changed(b.second);
            return a.second < b.second;
        });
        const std::size_t together = trial_.alone() ? 1024 : 1;
        for (std::size_t k = 0; k < all.size(); k += together) {
            std::vector<Choice> some;
            for (std::size_t l = k; l < std::min(k + together, all.size()); ++l)
                some.push_back(all[l].second);
            const std::vector<TrialOutcome> found = trial_.outcomes(some);
            for (std::size_t l = 0; l < some.size(); ++l) {
                if (trial_.reaches(found[l])) {
                    best_ = some[l];
                    return true;
                }
                look_at(some[l], found[l]);
            }
            constexpr double reached_before = 0.3;
            tell(reached_before +
                 (1.0 - reached_before) * static_cast<double>(k) / static_cast<double>(all.size()));
        }
        return true;
    }

    /// The level of each indicator that does most for the total, the others as they are.
    [[nodiscard]] Choice utmost() {
        Choice out = nothing_;
        for (std::size_t j = 0; j < levels_.size(); ++j) {
            if (trial_.alone()) {
                const std::vector<double> gains = gains_of(j);
                for (std::size_t level = 0; level < gains.size(); ++level)
                    if (gains[level] > gains[out[j]]) out[j] = level;
            } else if (const auto side = helpful_side(nothing_, j); !side.empty()) {
                out[j] = side.back();
            }
        }
        return out;
    }

    /// From the utmost back: one indicator after the other as far as the goal allows, in
    /// several orders.
    void search_greedily() {
        const Choice top = utmost();
        const TrialOutcome found = trial_.outcome(top);
        if (!trial_.reaches(found)) {
            look_at(top, found);
            return;
        }
        keep(top);
        constexpr std::size_t most_starts = 8;
        for (std::size_t first = 0; first < std::min(levels_.size(), most_starts); ++first)
            draw_back(top, first);
    }

    // ---- totals that are weighted sums ----

    /// Whether each movable indicator adds its own part to the total: the unit stands alone,
    /// and above the leaves that read the indicators are only weighted means and sums
    /// without bounds and rounding (that of the root apart).
    [[nodiscard]] bool is_weighted_sum() const {
        const IndexModel& model = board_.model();
        if (!trial_.alone() || !model.derived().empty() || !start_.valid) return false;
        for (const Index leaf : model.leaves()) {
            const auto moves = [&](const ImprovementLevels& each) {
                return each.indicator == model.node(leaf).indicator;
            };
            if (std::none_of(levels_.begin(), levels_.end(), moves)) continue;
            for (Index up = model.node(leaf).parent; up >= 0; up = model.node(up).parent) {
                const Node& node = model.node(up);
                const bool adds = std::holds_alternative<aggregation::Arithmetic>(node.aggregate) ||
                                  std::holds_alternative<aggregation::Sum>(node.aggregate);
                if (!adds || std::isfinite(node.cap) || std::isfinite(node.floor) ||
                    (node.rounding && up != 0))
                    return false;
            }
        }
        return true;
    }

    /// What each level of an indicator alone adds to the total, for the better.
    [[nodiscard]] std::vector<double> gains_of(std::size_t j) {
        std::vector<double> out;
        for (const TrialOutcome& each : table(j))
            out.push_back(each.valid && !std::isnan(each.full)
                              ? sign() * (each.full - start_.full)
                              : -std::numeric_limits<double>::infinity());
        return out;
    }

    [[nodiscard]] double sign() const { return goal_.band || trial_.descending() ? 1.0 : -1.0; }

    /// The largest number of which all costs are multiples: of decimals with as many digits
    /// as the costs need.
    [[nodiscard]] double quantum() const {
        constexpr int most = 9;
        for (int digits = 0; digits <= most; ++digits) {
            const double scale = std::pow(10.0, digits);
            std::int64_t common = 0;
            bool fits = true;
            for (const ImprovementLevels& each : levels_)
                for (const double cost : each.costs) {
                    fits = fits && cost * scale < 0x1.0p52 &&
                           cost == numeric::round_decimal(cost, digits);
                    if (fits) common = std::gcd(common, std::llround(cost * scale));
                }
            if (fits) return static_cast<double>(common) / scale;
        }
        return 0.0;
    }

    /// What has to be gained, and what there is to gain it with.
    struct Needs {
        std::vector<std::vector<KnapsackLevel>> lists{};
        /// The least gain that is enough for the goal, gates aside; infinite when all gains
        /// together are not.
        double gain = 0.0;
    };

    [[nodiscard]] THUOCDO_KERNEL Needs needs() {
        THUOCDO_EXACT
        Needs out;
        const bool gated = goal_.band.has_value();
        double most = 0.0;
        for (std::size_t j = 0; j < levels_.size(); ++j) {
            std::vector<KnapsackLevel> list;
            double gained = -std::numeric_limits<double>::infinity();
            const std::vector<double> gains = gains_of(j);
            for (std::size_t level = 0; level < gains.size(); ++level) {
                if (std::isinf(gains[level])) continue;
                // A gate may ask for a level that does less for the total at a higher cost.
                if (!gated && gains[level] <= gained) continue;
                gained = std::max(gained, gains[level]);
                list.push_back({levels_[j].costs[level], gains[level], level});
            }
            most += gained;
            out.lists.push_back(std::move(list));
        }
        // Sums of the same parts in another order agree this well.
        constexpr double relative = 1e-9;
        const double slack =
            relative * std::max({1.0, std::abs(start_.full), std::abs(start_.full + most)});
        out.gain = std::numeric_limits<double>::infinity();
        if (!trial_.enough(start_.full + sign() * (most + slack))) return out;
        double low = 0.0;
        double high = trial_.enough(start_.full) ? 0.0 : most + slack;
        constexpr int halvings = 80;
        for (int k = 0; k < halvings && high > 0.0; ++k) {
            const double middle = low + (high - low) / 2.0;
            (trial_.enough(start_.full + sign() * middle) ? high : low) = middle;
        }
        out.gain = high - slack;
        return out;
    }

    /// @return whether the answer is proved
    [[nodiscard]] bool search_sum() {
        if (std::isnan(start_.full)) return false;
        Needs need = needs();
        if (std::isinf(need.gain)) {
            const Choice top = utmost();
            look_at(top, trial_.outcome(top));
            return best_.empty();
        }
        KnapsackSearch search(std::move(need.lists), quantum(), options_.most_cases,
                              [this](const Choice& choice) {
                                  const TrialOutcome found = trial_.outcome(choice);
                                  if (trial_.reaches(found)) return true;
                                  look_at(choice, found);
                                  return false;
                              });
        const double bar = best_.empty() ? std::numeric_limits<double>::infinity() : cost_of(best_);
        lower_bound_ = search.least_cost(need.gain);
        if (search.run(need.gain, bar)) best_ = search.best();
        return search.complete();
    }

    /// Lists of a few levels of each indicator on its helpful side, where each takes a scoring
    /// of all units; the gain is the distance to the score that is enough as things stand.
    [[nodiscard]] THUOCDO_KERNEL Needs needs_among_peers() {
        THUOCDO_EXACT
        Needs out;
        constexpr Index most_samples = 32;
        const Index share = options_.most_evaluations / (4 * static_cast<Index>(levels_.size()));
        const auto samples = static_cast<std::size_t>(std::clamp(share, Index{2}, most_samples));
        for (std::size_t j = 0; j < levels_.size(); ++j) {
            std::vector<KnapsackLevel> list{{0.0, 0.0, 0}};
            const std::vector<std::size_t> side = helpful_side(nothing_, j);
            for (std::size_t k = 1; k <= std::min(samples, side.size()); ++k) {
                Choice choice = nothing_;
                choice[j] = side[k * side.size() / std::min(samples, side.size()) - 1];
                const TrialOutcome found = trial_.outcome(choice);
                const double gain = sign() * (found.full - start_.full);
                if (found.valid && gain > list.back().gain)
                    list.push_back({levels_[j].costs[choice[j]], gain, choice[j]});
            }
            out.lists.push_back(std::move(list));
        }
        double asked = start_.score;
        if (goal_.score) asked = *goal_.score;
        if (goal_.band) {
            const auto& bands = board_.model().definition().bands->bands;
            asked = bands[static_cast<std::size_t>(trial_.target_band())].from.value_or(asked);
        }
        if (goal_.rank) {
            std::vector<double> others;
            for (Index other = 0; other < board_.unit_count(); ++other)
                if (other != unit_ && !std::isnan(board_.scores()[other]))
                    others.push_back(sign() * board_.scores()[other]);
            std::sort(others.rbegin(), others.rend());
            const auto place = static_cast<std::size_t>(*goal_.rank) - 1;
            if (place < others.size()) asked = sign() * others[place];
        }
        out.gain = sign() * (asked - start_.full);
        return out;
    }

    /// Where gains do not add up: asks for as much more as the last answer fell short, and a
    /// little more each time.
    THUOCDO_KERNEL void search_as_if_sum() {
        THUOCDO_EXACT
        if (std::isnan(start_.full)) return;
        const Needs need = trial_.alone() ? needs() : needs_among_peers();
        if (std::isinf(need.gain)) return;
        constexpr int rounds = 12;
        constexpr std::int64_t few_cases = 100000;
        constexpr double little = 1.02;
        double asked = need.gain;
        for (int k = 0; k < rounds; ++k) {
            KnapsackSearch search(need.lists, 0.0, few_cases, [](const Choice&) { return true; });
            if (!search.run(asked, std::numeric_limits<double>::infinity())) return;
            Choice choice = search.best();
            const TrialOutcome found = trial_.outcome(choice);
            if (trial_.reaches(found)) {
                draw_back(choice, 0);
                return;
            }
            look_at(choice, found);
            const double gained = sign() * (found.full - start_.full);
            if (gained < need.gain) asked += need.gain - gained;
            asked *= little;
        }
    }

    /// From a choice that reaches the goal, one indicator after the other as far back as the
    /// goal allows.
    void draw_back(Choice choice, std::size_t first) {
        for (std::size_t k = 0; k < levels_.size(); ++k) {
            const std::size_t j = (first + k) % levels_.size();
            if (choice[j] == 0) continue;
            bool known = true;
            const std::size_t level = cheapest_level(choice, j, known);
            if (level < levels_[j].size() && levels_[j].costs[level] < levels_[j].costs[choice[j]])
                choice[j] = level;
        }
        keep(choice);
    }

    const Scoreboard& board_;
    Index unit_;
    ImprovementGoal goal_;
    const ImprovementOptions& options_;
    std::vector<ImprovementLevels> levels_;
    ImprovementTrial trial_;
    Choice nothing_;
    TrialOutcome start_{};
    Choice best_{};
    double lower_bound_ = 0.0;
    std::vector<std::vector<TrialOutcome>> tables_{};
    std::pair<Choice, TrialOutcome> nearest_{};
};

}  // namespace detail

/// The cheapest changes of the values of one unit that reach a goal, within declared limits.
/// The cost of a change is the cost of its limit times the distance moved, to 12 decimals;
/// new values are decimals of the digits of the limit. Indicators without a limit stay as
/// they are, and so do all other units. Gates and quota of bands count. Whatever is reported
/// comes from `what_if` on the changed values.
///
/// Method: every value of each indicator alone; then every combination where they are few
/// (20000 or more where the unit stands alone, else `most_evaluations`). Where they are more
/// and the total is a weighted sum (of score rules of any shape), a branch and bound search
/// over the gains of all values finds the cheapest (see KnapsackSearch). Elsewhere a greedy
/// search, and one that takes gains as if they added up and asks for as much more as it fell
/// short, give an answer that is good and not proved. `proved` says whether the search was
/// complete. Where the score of a unit depends on its peers and an indicator has more values
/// than the budget allows, values are halved as if more of the better direction were never
/// worse, which is not proved. Of answers with the same cost the search of all combinations
/// takes the one with the fewest changes.
///
/// Complexity: O(values x nodes) and the search, which is exponential at worst and bounded by
/// the options; with peers O(`most_evaluations`) scorings.
/// @throws DataError for an unknown unit, a goal that is not exactly one or unknown, and
///         every limit of an unknown or derived indicator, without a value to start from,
///         without any bound, with numbers that cannot be used, or more than 20000 values.
/// @throws Cancelled when the progress callback returns false.
[[nodiscard]] inline CheapestImprovements cheapest_improvements(
    const Scoreboard& board, std::string_view unit, const std::vector<ImprovementLimit>& limits,
    const ImprovementGoal& goal, const ImprovementOptions& options = {}) {
    return detail::ImprovementSearch(board, board.units().index_of(unit), limits, goal, options)
        .run();
}

}  // namespace thuocdo

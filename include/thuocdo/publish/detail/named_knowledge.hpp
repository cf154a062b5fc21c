#pragma once
/// @file
/// Equations with a name for each line, and links between unknowns that are not linear.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/model/rounding.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/publish/detail/knowledge_blocks.hpp>
#include <thuocdo/publish/detail/monotone_link.hpp>
#include <thuocdo/publish/inference.hpp>
#include <thuocdo/publish/knowledge.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::publish::detail {

/// Share of the size of a sum that its rounding in doubles can reach.
inline constexpr double double_slack = 1e-13;

/// The numbers that are printed as `value`, half of a unit around it. A number half way is
/// printed away from zero, so that end is not one of them.
[[nodiscard]] THUOCDO_KERNEL inline std::pair<double, double> printed_as(double value,
                                                                         double half) {
    THUOCDO_EXACT
    constexpr double open_end = 1e-10;
    const double step = half > 0.0 ? open_end * (1.0 + std::abs(value)) : 0.0;
    return {value - half + (value <= 0.0 ? step : 0.0), value + half - (value >= 0.0 ? step : 0.0)};
}

struct NamedUnknown {
    std::string name{};
    double lower = -infinite;
    double upper = infinite;
    /// The figure itself, which every line has to admit.
    double truth = 0.0;
    /// What says so.
    std::vector<std::string> lower_why{};
    std::vector<std::string> upper_why{};

    [[nodiscard]] bool is_fixed() const noexcept { return lower == upper; }
};

/// to = from rounded to decimals. A row says how far they can differ; the ends of the interval
/// of either also move to where the rounding puts them.
struct NamedRounding {
    Index from = 0;
    Index to = 0;
    Rounding rounding{};
};

struct NamedRow {
    std::string name{};
    std::vector<Term> terms{};
    double lower = -infinite;
    double upper = infinite;
    /// The sum itself, where it is one number.
    std::optional<double> equation{};
};

inline void add_words(std::vector<std::string>& words, const std::vector<std::string>& more) {
    for (const std::string& each : more)
        if (std::find(words.begin(), words.end(), each) == words.end()) words.push_back(each);
}

/// An interval with the lines that prove each end.
struct ProvedInterval {
    double lower = -infinite;
    double upper = infinite;
    std::vector<std::string> lower_why{};
    std::vector<std::string> upper_why{};
};

/// The lines of a publication as an outsider writes them down. Every line is true of the
/// figures themselves, so that their intervals hold them.
class NamedKnowledge {
  public:
    /// @param singles_are_bounds what single figures say of others narrows the bounds of
    /// these; false where figures may still be withheld
    explicit NamedKnowledge(bool singles_are_bounds) : singles_are_bounds_(singles_are_bounds) {}

    [[nodiscard]] bool singles_are_bounds() const noexcept { return singles_are_bounds_; }
    [[nodiscard]] std::vector<NamedUnknown>& unknowns() noexcept { return unknowns_; }
    [[nodiscard]] const std::vector<NamedUnknown>& unknowns() const noexcept { return unknowns_; }
    [[nodiscard]] const std::vector<NamedRow>& rows() const noexcept { return rows_; }
    [[nodiscard]] const std::vector<MonotoneLink>& links() const noexcept { return links_; }
    [[nodiscard]] NamedUnknown& at(Index unknown) {
        return unknowns_[static_cast<std::size_t>(unknown)];
    }
    [[nodiscard]] const NamedUnknown& at(Index unknown) const {
        return unknowns_[static_cast<std::size_t>(unknown)];
    }

    Index add(std::string name, double truth, double lower, double upper,
              const std::vector<std::string>& why) {
        unknowns_.push_back({std::move(name), -infinite, infinite, truth, {}, {}});
        narrow(size() - 1, lower, upper, why, why);
        return size() - 1;
    }

    /// The outsider is taken to know it.
    void fix(Index unknown, const std::string& why) {
        NamedUnknown& each = at(unknown);
        if (each.is_fixed()) return;
        assumed_.push_back(each.name);
        each.lower = each.upper = each.truth;
        each.lower_why = each.upper_why = {why};
    }

    /// Bounds that are not tighter than those there change nothing.
    /// @return whether one was tighter
    bool narrow(Index unknown, double lower, double upper,
                const std::vector<std::string>& lower_why,
                const std::vector<std::string>& upper_why) {
        constexpr double least_gain = 1e-12;
        NamedUnknown& each = at(unknown);
        const double size = 1.0 + std::abs(each.truth);
        bool narrowed = false;
        const auto gains = [&](double gain) { return gain > least_gain * size; };
        if (lower > each.lower && (each.lower == -infinite || gains(lower - each.lower))) {
            check(join(lower_why), each.truth, lower, infinite, size);
            each.lower = std::min(lower, each.truth);
            each.lower_why = lower_why;
            narrowed = true;
        }
        if (upper < each.upper && (each.upper == infinite || gains(each.upper - upper))) {
            check(join(upper_why), each.truth, -infinite, upper, size);
            each.upper = std::max(upper, each.truth);
            each.upper_why = upper_why;
            narrowed = true;
        }
        return narrowed;
    }

    /// lower <= sum of the terms <= upper, up to the rounding of doubles.
    /// @return the number of the row; -1 where it is no row
    /// @throws NumericError (`figures_do_not_follow`) where the figures themselves violate it
    THUOCDO_KERNEL Index add_row(std::string name, std::vector<Term> terms, double lower,
                                 double upper) {
        THUOCDO_EXACT
        double sum = 0.0;
        double size = 1.0;
        std::size_t open = 0;
        std::size_t last = 0;
        for (std::size_t k = 0; k < terms.size(); ++k) {
            const NamedUnknown& each = at(terms[k].unknown);
            sum += terms[k].weight * each.truth;
            size += std::abs(terms[k].weight * each.truth);
            if (each.is_fixed()) continue;
            ++open;
            last = k;
        }
        const double slack = double_slack * size;
        check(name, sum, lower, upper, size);
        const std::optional<double> equation =
            lower == upper ? std::optional<double>(lower) : std::nullopt;
        lower = std::min(lower, sum) - slack;
        upper = std::max(upper, sum) + slack;
        if (singles_are_bounds_ && open == 0) return -1;
        if (singles_are_bounds_ && open == 1) {
            const Term term = terms[last];
            const double known = sum - term.weight * at(term.unknown).truth;
            std::vector<std::string> why{name};
            for (const Term& each : terms)
                if (each.unknown != term.unknown) add_words(why, at(each.unknown).lower_why);
            double low = (lower - known) / term.weight;
            double high = (upper - known) / term.weight;
            if (term.weight < 0.0) std::swap(low, high);
            narrow(term.unknown, low, high, why, why);
            return -1;
        }
        rows_.push_back({std::move(name), std::move(terms), lower, upper, equation});
        return static_cast<Index>(rows_.size()) - 1;
    }

    /// The bounds of `to` follow at once.
    void add_link(MonotoneLink link) {
        links_.push_back(std::move(link));
        pass(links_.back(), bounds_of(links_.back().from), bounds_of(links_.back().to));
    }

    /// to = from rounded; with its row.
    void add_rounding(const std::string& name, Index from, Index to, const Rounding& rounding) {
        const double half = half_unit(rounding.digits);
        const bool up = rounding.mode == numeric::RoundingMode::half_up && at(from).lower >= 0.0;
        add_row(name, {{from}, {to, -1.0}}, -half, up ? printed_as(0.0, half).second : half);
        roundings_.push_back({from, to, rounding});
        if (singles_are_bounds_) pass(roundings_.back(), bounds_of(from), bounds_of(to));
    }

    /// Links that close a ring of parts: no order of the parts decides them, so the outsider
    /// is taken to know both ends. @return the unknowns that were fixed
    std::vector<Index> cut_rings() {
        std::vector<Index> cut;
        if (links_.empty()) return cut;
        const SparseConstraints all = constraints();
        const std::vector<Block> blocks = knowledge_blocks(all);
        DisjointSets parts(unknowns_.size());
        for (const Block& block : blocks)
            for (const Index unknown : block.unknowns)
                parts.unite(static_cast<std::size_t>(block.unknowns.front()),
                            static_cast<std::size_t>(unknown));
        for (const MonotoneLink& link : links_) {
            if (at(link.from).is_fixed() || at(link.to).is_fixed()) continue;
            const auto from = static_cast<std::size_t>(link.from);
            const auto to = static_cast<std::size_t>(link.to);
            if (parts.root(from) != parts.root(to)) {
                parts.unite(from, to);
                continue;
            }
            for (const Index end : {link.from, link.to}) {
                fix(end, link.name + " (taken as known)");
                cut.push_back(end);
            }
        }
        return cut;
    }

    /// Sharp intervals of the unknowns asked for. Parts that links tie are solved in turn
    /// until no link or rounding narrows the bounds of its other end: parts form no ring
    /// (cut_rings()), and what a part says about one unknown is an interval, so the result is
    /// exact.
    /// Where a linear program finds no answer, all of them are unlimited and proved() is false.
    /// @throws NumericError (`contradictory_knowledge`)
    [[nodiscard]] std::vector<ProvedInterval> solve(const std::vector<Index>& wanted,
                                                    const std::function<bool(double)>& progress,
                                                    Index& programs) {
        try {
            return solve_all(wanted, progress, programs);
        } catch (const NumericError& error) {
            if (error.problems().empty() || error.problems().front().code != "iteration_limit")
                throw;
            proved_ = false;
            const std::vector<std::string> why{"more equations than the simplex method solves"};
            return std::vector<ProvedInterval>(wanted.size(), {-infinite, infinite, why, why});
        }
    }

    [[nodiscard]] SparseConstraints constraints() const {
        SparseConstraints result;
        std::vector<std::vector<std::pair<std::uint32_t, double>>> columns(unknowns_.size());
        const Index m = static_cast<Index>(rows_.size());
        result.columns.rows = m;
        result.row_lower.resize(m);
        result.row_upper.resize(m);
        result.lower.resize(size());
        result.upper.resize(size());
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const auto at_row = static_cast<Index>(i);
            result.row_lower[at_row] = rows_[i].lower;
            result.row_upper[at_row] = rows_[i].upper;
            const bool open =
                std::any_of(rows_[i].terms.begin(), rows_[i].terms.end(),
                            [&](const Term& term) { return !at(term.unknown).is_fixed(); });
            if (rows_[i].equation && open)
                result.row_lower[at_row] = result.row_upper[at_row] = *rows_[i].equation;
            for (const Term& term : rows_[i].terms) {
                auto& column = columns[static_cast<std::size_t>(term.unknown)];
                if (!column.empty() && column.back().first == i)
                    column.back().second += term.weight;
                else
                    column.emplace_back(static_cast<std::uint32_t>(i), term.weight);
            }
        }
        for (std::size_t j = 0; j < unknowns_.size(); ++j) {
            result.lower[static_cast<Index>(j)] = unknowns_[j].lower;
            result.upper[static_cast<Index>(j)] = unknowns_[j].upper;
            for (const auto& [row, value] : columns[j])
                if (value != 0.0) result.columns.push_back(row, value);
            result.columns.end_column();
        }
        return result;
    }

    /// Names of the figures that fix() gave away.
    [[nodiscard]] const std::vector<std::string>& assumed() const noexcept { return assumed_; }
    /// Every limit found so far was checked by its duals.
    [[nodiscard]] bool proved() const noexcept { return proved_; }
    [[nodiscard]] Index size() const noexcept { return static_cast<Index>(unknowns_.size()); }

  private:
    [[nodiscard]] std::vector<ProvedInterval> solve_all(const std::vector<Index>& wanted,
                                                        const std::function<bool(double)>& progress,
                                                        Index& programs) {
        for (std::size_t round = 0; round <= links_.size() + roundings_.size(); ++round) {
            std::vector<Index> ends;
            const auto is_open = [&](const auto& tie) {
                return !at(tie.from).is_fixed() || !at(tie.to).is_fixed();
            };
            for (const MonotoneLink& link : links_)
                if (is_open(link)) ends.insert(ends.end(), {link.from, link.to});
            for (const NamedRounding& each : roundings_)
                if (!at(each.to).is_fixed()) ends.insert(ends.end(), {each.from, each.to});
            if (ends.empty()) break;
            const Inference found = run(ends, {}, programs);
            bool narrowed = false;
            for (const MonotoneLink& link : links_)
                if (is_open(link) &&
                    pass(link, interval_of(found, link.from), interval_of(found, link.to)))
                    narrowed = true;
            for (const NamedRounding& each : roundings_)
                if (!at(each.to).is_fixed() &&
                    pass(each, interval_of(found, each.from), interval_of(found, each.to)))
                    narrowed = true;
            if (!narrowed) break;
        }
        std::vector<ProvedInterval> result;
        if (wanted.empty()) return result;
        const Inference found = run(wanted, progress, programs);
        for (const Index unknown : wanted) result.push_back(interval_of(found, unknown));
        return result;
    }

    static void check(const std::string& name, double sum, double lower, double upper,
                      double size) {
        constexpr double tolerance = 1e-9;
        if (sum >= lower - tolerance * size && sum <= upper + tolerance * size) return;
        throw NumericError("cannot audit the publication",
                           {Problem{"figures_do_not_follow", name, std::to_string(sum),
                                    std::to_string(lower) + " to " + std::to_string(upper),
                                    "score the board again; its results do not follow from its "
                                    "weights"}});
    }

    static std::string join(const std::vector<std::string>& words) {
        std::string text;
        for (const std::string& each : words) text += (text.empty() ? "" : "; ") + each;
        return text;
    }

    [[nodiscard]] ProvedInterval bounds_of(Index unknown) const {
        const NamedUnknown& each = at(unknown);
        return {each.lower, each.upper, each.lower_why, each.upper_why};
    }

    /// Narrows each end of a link by what is known about the other.
    bool pass(const MonotoneLink& link, const ProvedInterval& from, const ProvedInterval& to) {
        const auto with = [&](std::vector<std::string> why) {
            add_words(why, {link.name});
            return why;
        };
        const auto slack = [](double x) {
            return std::isfinite(x) ? double_slack * (1.0 + std::abs(x)) : 0.0;
        };
        bool narrowed = false;
        if (!at(link.to).is_fixed()) {
            const double low = link.apply(from.lower);
            const double high = link.apply(from.upper);
            narrowed = narrow(link.to, low - slack(low), high + slack(high), with(from.lower_why),
                              with(from.upper_why));
        }
        if (!at(link.from).is_fixed()) {
            const double low = to.lower == -infinite ? -infinite : link.least(to.lower);
            const double high = to.upper == infinite ? infinite : link.greatest(to.upper);
            narrowed = narrow(link.from, low - slack(low), high + slack(high), with(to.lower_why),
                              with(to.upper_why)) ||
                       narrowed;
        }
        return narrowed;
    }

    /// A rounded figure has decimals, and is what those before it round to. An end that is a
    /// half or a decimal but for the rounding of doubles goes inward.
    THUOCDO_KERNEL bool pass(const NamedRounding& tie, const ProvedInterval& from,
                             const ProvedInterval& to) {
        THUOCDO_EXACT
        constexpr double share = 1e-11;
        if (at(tie.to).is_fixed()) return false;
        const double truth = at(tie.to).truth;
        const int digits = tie.rounding.digits;
        const double unit = half_unit(digits) + half_unit(digits);
        const auto rounded = [&](double x, double sign) {
            if (!std::isfinite(x)) return x;
            const double inward = x + sign * share * (1.0 + std::abs(x));
            return numeric::round_decimal(inward, digits, tie.rounding.mode);
        };
        const auto decimal = [&](double x, double sign) {
            if (!std::isfinite(x)) return x;
            const double near = numeric::round_decimal(x, digits);
            const double inside = sign * (near - x) + share * (1.0 + std::abs(x));
            return inside >= 0.0 ? near : numeric::round_decimal(near + sign * unit, digits);
        };
        const bool by_from =
            narrow(tie.to, std::min(rounded(from.lower, 1.0), truth),
                   std::max(rounded(from.upper, -1.0), truth), from.lower_why, from.upper_why);
        const bool by_decimals =
            narrow(tie.to, std::min(decimal(to.lower, 1.0), truth),
                   std::max(decimal(to.upper, -1.0), truth), to.lower_why, to.upper_why);
        return by_from || by_decimals;
    }

    [[nodiscard]] Inference run(const std::vector<Index>& wanted,
                                const std::function<bool(double)>& progress, Index& programs) {
        InferenceOptions options;
        options.wanted = wanted;
        options.progress = progress;
        Inference found = infer(constraints(), options);
        programs += found.programs;
        proved_ = proved_ && found.proved;
        if (found.contradictions.empty()) return found;
        std::string lines;
        for (const Index row : found.contradictions.front().rows)
            lines += (lines.empty() ? "" : "; ") + rows_[static_cast<std::size_t>(row)].name;
        throw NumericError("cannot audit the publication",
                           {Problem{"contradictory_knowledge", "published figures", lines,
                                    "figures that agree with each other",
                                    "express figures in units of similar size"}});
    }

    [[nodiscard]] ProvedInterval interval_of(const Inference& found, Index unknown) const {
        const InferredInterval& interval = found.intervals[static_cast<std::size_t>(unknown)];
        ProvedInterval result{interval.lower, interval.upper, {}, {}};
        words_of(interval.lower_support, unknown, true, result.lower_why);
        words_of(interval.upper_support, unknown, false, result.upper_why);
        return result;
    }

    void words_of(const Support& support, Index unknown, bool lower,
                  std::vector<std::string>& words) const {
        for (const Index row : support.rows)
            add_words(words, {rows_[static_cast<std::size_t>(row)].name});
        for (const Index each : support.unknowns) {
            if (each != unknown || lower) add_words(words, at(each).lower_why);
            if (each != unknown || !lower) add_words(words, at(each).upper_why);
        }
    }

    bool singles_are_bounds_;
    bool proved_ = true;
    std::vector<std::string> assumed_;
    std::vector<NamedUnknown> unknowns_;
    std::vector<NamedRow> rows_;
    std::vector<MonotoneLink> links_;
    std::vector<NamedRounding> roundings_;
};

}  // namespace thuocdo::publish::detail

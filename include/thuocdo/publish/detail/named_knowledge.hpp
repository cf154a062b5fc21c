#pragma once
/// @file
/// Equations with a name for each line, and links between unknowns that are not linear.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/publish/detail/knowledge_blocks.hpp>
#include <thuocdo/publish/detail/monotone_link.hpp>
#include <thuocdo/publish/inference.hpp>
#include <thuocdo/publish/knowledge.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::publish::detail {

/// Share of the size of a sum that its rounding in doubles can reach.
inline constexpr double double_slack = 1e-13;

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

struct NamedRow {
    std::string name{};
    std::vector<Term> terms{};
    double lower = -infinite;
    double upper = infinite;
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
    /// @param singles_are_bounds rows of one open unknown narrow its bounds instead
    explicit NamedKnowledge(bool singles_are_bounds) : singles_are_bounds_(singles_are_bounds) {}

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
        rows_.push_back({std::move(name), std::move(terms), lower, upper});
        return static_cast<Index>(rows_.size()) - 1;
    }

    /// The bounds of `to` follow at once.
    void add_link(MonotoneLink link) {
        links_.push_back(std::move(link));
        pass(links_.back(), bounds_of(links_.back().from), bounds_of(links_.back().to));
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
    /// until no link narrows the bounds of its other end: parts form no ring (cut_rings()), and
    /// what a part says about one unknown is an interval, so the result is exact.
    /// @throws NumericError (`contradictory_knowledge`) and what infer() throws
    [[nodiscard]] std::vector<ProvedInterval> solve(const std::vector<Index>& wanted,
                                                    const std::function<bool(double)>& progress,
                                                    Index& programs) {
        std::vector<Index> ends;
        for (const MonotoneLink& link : links_) {
            if (at(link.from).is_fixed() && at(link.to).is_fixed()) continue;
            ends.push_back(link.from);
            ends.push_back(link.to);
        }
        for (std::size_t round = 0; !ends.empty() && round <= links_.size() + 1; ++round) {
            const Inference found = run(ends, {}, programs);
            bool narrowed = false;
            for (const MonotoneLink& link : links_) {
                if (at(link.from).is_fixed() && at(link.to).is_fixed()) continue;
                narrowed = pass(link, interval_of(found, link.from), interval_of(found, link.to)) ||
                           narrowed;
            }
            if (!narrowed) break;
        }
        std::vector<ProvedInterval> result;
        if (wanted.empty()) return result;
        const Inference found = run(wanted, progress, programs);
        for (const Index unknown : wanted) result.push_back(interval_of(found, unknown));
        return result;
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
            result.row_lower[static_cast<Index>(i)] = rows_[i].lower;
            result.row_upper[static_cast<Index>(i)] = rows_[i].upper;
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
};

}  // namespace thuocdo::publish::detail

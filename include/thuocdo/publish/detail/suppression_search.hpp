#pragma once
/// @file
/// The searches of suppress().

#include <thuocdo/cancelled.hpp>
#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/publish/detail/hitting_set.hpp>
#include <thuocdo/publish/detail/knowledge_blocks.hpp>
#include <thuocdo/publish/inference.hpp>
#include <thuocdo/publish/relaxation.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::publish::detail {

class SuppressionSearch {
  public:
    SuppressionSearch(SparseConstraints knowledge, const std::vector<ProtectedValue>& protect,
                      const std::vector<Relaxation>& candidates, const SuppressionOptions& options)
        : knowledge_(std::move(knowledge)),
          protect_(protect),
          candidates_(candidates),
          options_(options),
          of_unknown_(static_cast<std::size_t>(knowledge_.lower.size())),
          of_row_(static_cast<std::size_t>(knowledge_.row_lower.size())),
          sought_(protect.size(), 1) {
        for (std::size_t k = 0; k < candidates.size(); ++k) {
            for (const WiderBounds& change : candidates[k].unknowns)
                of_unknown_[static_cast<std::size_t>(change.line)].push_back(k);
            for (const WiderBounds& change : candidates[k].rows)
                of_row_[static_cast<std::size_t>(change.line)].push_back(k);
        }
        for (const ProtectedValue& value : protect) inference_.wanted.push_back(value.unknown);
        if (!options_.progress) return;
        inference_.progress = [this](double) { return options_.progress(share_done()); };
    }

    [[nodiscard]] Suppression run() {
        Suppression result;
        if (!protect_.empty()) {
            set_aside_unprotectable(result);
            search(result);
            result.intervals = evaluate(result.chosen);
        }
        result.evaluations = evaluations_;
        if (options_.progress && !options_.progress(1.0)) throw Cancelled();
        return result;
    }

  private:
    static constexpr std::size_t most_bits = 64;
    using Choice = std::vector<std::size_t>;
    using Intervals = std::vector<InferredInterval>;

    [[nodiscard]] double share_done() const noexcept {
        const double made = static_cast<double>(evaluations_);
        return made / (made + static_cast<double>(std::max<Index>(options_.most_evaluations, 1)));
    }

    static void widen(const std::vector<WiderBounds>& changes, Eigen::VectorXd& lower,
                      Eigen::VectorXd& upper) {
        for (const WiderBounds& change : changes) {
            lower[change.line] = std::min(lower[change.line], change.lower);
            upper[change.line] = std::max(upper[change.line], change.upper);
        }
    }

    /// Intervals of the protected values under a choice.
    [[nodiscard]] Intervals evaluate(const Choice& choice) {
        SparseConstraints known = knowledge_;
        for (const std::size_t k : choice) {
            widen(candidates_[k].unknowns, known.lower, known.upper);
            widen(candidates_[k].rows, known.row_lower, known.row_upper);
        }
        ++evaluations_;
        const Inference inference = infer(known, inference_);
        if (!inference.contradictions.empty()) {
            const Support& lines = inference.contradictions.front();
            std::string rows;
            for (const Index row : lines.rows) rows += " " + std::to_string(row);
            throw NumericError(
                "cannot search what to withhold",
                {Problem{"contradictory_knowledge", "knowledge",
                         "rows that exclude each other:" + rows, "figures that some values satisfy",
                         "correct the figures or their rounding"}});
        }
        Intervals result;
        for (const ProtectedValue& value : protect_)
            result.push_back(inference.intervals[static_cast<std::size_t>(value.unknown)]);
        return result;
    }

    [[nodiscard]] THUOCDO_KERNEL bool is_wide(const InferredInterval& interval,
                                              std::size_t k) const noexcept {
        THUOCDO_EXACT
        constexpr double rounding = 1e-9;
        const double size = std::max({1.0, std::abs(interval.lower), std::abs(interval.upper)});
        return interval.width() >= protect_[k].width - rounding * size;
    }

    [[nodiscard]] bool suffices(const Intervals& intervals) const noexcept {
        for (std::size_t k = 0; k < intervals.size(); ++k) {
            if (sought_[k] != 0 && !is_wide(intervals[k], k)) return false;
        }
        return true;
    }

    void set_aside_unprotectable(Suppression& result) {
        Choice all;
        for (std::size_t k = 0; k < candidates_.size(); ++k) all.push_back(k);
        // A contradiction that the widest bounds hide shows without them.
        first_ = evaluate(Choice{});
        const Intervals widest = evaluate(all);
        for (std::size_t k = 0; k < widest.size(); ++k) {
            if (is_wide(widest[k], k)) continue;
            sought_[k] = 0;
            result.unprotectable.push_back(k);
        }
    }

    void add_candidates(const Support& support, Choice& core) const {
        for (const Index row : support.rows) {
            const Choice& of = of_row_[static_cast<std::size_t>(row)];
            core.insert(core.end(), of.begin(), of.end());
        }
        for (const Index unknown : support.unknowns) {
            const Choice& of = of_unknown_[static_cast<std::size_t>(unknown)];
            core.insert(core.end(), of.begin(), of.end());
        }
    }

    /// For each value that is too narrow under `choice`, the candidates outside it of which
    /// every sufficient set has one. (Where a set has none of them, both limits are proved by
    /// lines that it changes no more than `choice` does.)
    [[nodiscard]] std::vector<Choice> cores(const Choice& choice,
                                            const Intervals& intervals) const {
        std::vector<Choice> result;
        for (std::size_t k = 0; k < intervals.size(); ++k) {
            if (sought_[k] == 0 || is_wide(intervals[k], k)) continue;
            Choice core;
            add_candidates(intervals[k].lower_support, core);
            add_candidates(intervals[k].upper_support, core);
            std::sort(core.begin(), core.end());
            core.erase(std::unique(core.begin(), core.end()), core.end());
            std::erase_if(core, [&choice](std::size_t candidate) {
                return std::binary_search(choice.begin(), choice.end(), candidate);
            });
            if (core.empty()) throw_rounding();
            result.push_back(std::move(core));
        }
        return result;
    }

    [[noreturn]] static void throw_rounding() {
        throw NumericError(
            "cannot search what to withhold",
            {Problem{"ill_conditioned", "knowledge", "a limit whose proof is lost in rounding",
                     "figures of similar size",
                     "express the figures in units in which they are of similar size"}});
    }

    void keep(std::vector<Choice>&& found) {
        for (Choice& core : found) {
            if (std::find(cores_.begin(), cores_.end(), core) == cores_.end())
                cores_.push_back(std::move(core));
        }
    }

    void search(Suppression& result) {
        if (suffices(first_)) return;
        keep(cores({}, first_));
        if (candidates_.size() <= std::min(options_.exact_candidates, most_bits) &&
            search_exactly(result))
            return;
        result.method = SuppressionMethod::greedy;
        if (!search_by_parts(result)) search_greedily(result);
        result.lower_bound = std::max(result.lower_bound, disjoint_count(cores_));
    }

    [[nodiscard]] static Choice members(Mask set) {
        Choice result;
        for (; set != 0; set &= set - 1)
            result.push_back(static_cast<std::size_t>(std::countr_zero(set)));
        return result;
    }

    /// False when a limit of the options ended it.
    [[nodiscard]] bool search_exactly(Suppression& result) {
        std::size_t size = 1;
        std::vector<Mask> sets;
        while (true) {
            for (std::size_t k = sets.size(); k < cores_.size(); ++k) {
                Mask set = 0;
                for (const std::size_t candidate : cores_[k]) set |= Mask{1} << candidate;
                sets.push_back(set);
            }
            result.lower_bound = size;
            HittingSet hitting(sets, options_.most_nodes);
            const std::optional<Mask> found = hitting.find(size);
            if (hitting.gave_up()) return false;
            if (!found) {
                ++size;
                continue;
            }
            if (evaluations_ >= options_.most_evaluations) return false;
            const Choice choice = members(*found);
            Intervals intervals = evaluate(choice);
            if (suffices(intervals)) {
                result.chosen = choice;
                return true;
            }
            find_cores(choice, std::move(intervals));
        }
    }

    /// Keeps the cores of a choice, and those of larger ones, to which a candidate of each core
    /// is added until they suffice: the smallest sets would come to these only later.
    void find_cores(Choice choice, Intervals intervals) {
        while (!suffices(intervals)) {
            std::vector<Choice> found = cores(choice, intervals);
            for (const Choice& core : found) {
                if (!std::binary_search(choice.begin(), choice.end(), core.front()))
                    insert(choice, core.front());
            }
            keep(std::move(found));
            if (evaluations_ >= options_.most_evaluations) return;
            intervals = evaluate(choice);
        }
    }

    static void insert(Choice& choice, std::size_t candidate) {
        choice.insert(std::lower_bound(choice.begin(), choice.end(), candidate), candidate);
    }

    /// Sum over the values of the share of the stated width that is reached.
    [[nodiscard]] double reached(const Intervals& intervals) const noexcept {
        double sum = 0.0;
        for (std::size_t k = 0; k < intervals.size(); ++k) {
            if (sought_[k] == 0) continue;
            sum += is_wide(intervals[k], k) ? 1.0 : intervals[k].width() / protect_[k].width;
        }
        return sum;
    }

    /// Which part of the knowledge each unknown and each candidate belongs to, where parts
    /// share no line whatever is chosen; -1 for a candidate that belongs to none or several.
    struct Parts {
        std::vector<Index> of_unknown{};
        std::vector<Index> of_candidate{};
        Index count = 0;
    };

    [[nodiscard]] Parts parts() const {
        // Unknowns as wide as they can get, rows as they are: no choice joins more.
        SparseConstraints widest = knowledge_;
        for (const Relaxation& candidate : candidates_)
            widen(candidate.unknowns, widest.lower, widest.upper);
        Parts out;
        out.of_unknown.assign(of_unknown_.size(), -1);
        std::vector<Index> of_row(of_row_.size(), -1);
        for (const Block& block : knowledge_blocks(widest)) {
            for (const Index unknown : block.unknowns)
                out.of_unknown[static_cast<std::size_t>(unknown)] = out.count;
            for (const Index row : block.rows) of_row[static_cast<std::size_t>(row)] = out.count;
            ++out.count;
        }
        for (const Relaxation& candidate : candidates_) {
            std::vector<Index> touched;
            for (const WiderBounds& change : candidate.unknowns)
                touched.push_back(out.of_unknown[static_cast<std::size_t>(change.line)]);
            for (const WiderBounds& change : candidate.rows)
                touched.push_back(of_row[static_cast<std::size_t>(change.line)]);
            const bool one = std::all_of(touched.begin(), touched.end(),
                                         [&](Index part) { return part == touched.front(); });
            out.of_candidate.push_back(one && !touched.empty() ? touched.front() : -1);
        }
        return out;
    }

    /// Searches each part for itself: a smallest set of all is the smallest ones of the parts
    /// together. False where that cannot be done.
    [[nodiscard]] bool search_by_parts(Suppression& result) {
        const Parts split = parts();
        if (split.count < 2 || std::any_of(split.of_candidate.begin(), split.of_candidate.end(),
                                           [](Index part) { return part < 0; }))
            return false;
        bool exact = true;
        std::size_t bound = 0;
        Choice chosen;
        for (Index part = 0; part < split.count; ++part) {
            std::vector<ProtectedValue> values;
            // Values that are wide enough stay so: withholding more never narrows.
            for (std::size_t k = 0; k < protect_.size(); ++k)
                if (sought_[k] != 0 && !is_wide(first_[k], k) &&
                    split.of_unknown[static_cast<std::size_t>(protect_[k].unknown)] == part)
                    values.push_back(protect_[k]);
            if (values.empty()) continue;
            Choice own;
            std::vector<Relaxation> candidates;
            for (std::size_t k = 0; k < candidates_.size(); ++k) {
                if (split.of_candidate[k] != part) continue;
                own.push_back(k);
                candidates.push_back(candidates_[k]);
            }
            if (own.size() == candidates_.size()) return false;
            SuppressionOptions options = options_;
            options.exact_candidates = most_bits;
            const Suppression found =
                SuppressionSearch(knowledge_, values, candidates, options).run();
            evaluations_ += found.evaluations;
            if (!found.sufficient()) return false;
            exact = exact && found.method == SuppressionMethod::exact;
            bound += found.lower_bound;
            for (const std::size_t k : found.chosen) chosen.push_back(own[k]);
        }
        std::sort(chosen.begin(), chosen.end());
        if (!suffices(evaluate(chosen))) return false;
        result.chosen = std::move(chosen);
        result.lower_bound = bound;
        if (exact) result.method = SuppressionMethod::exact;
        return true;
    }

    void search_greedily(Suppression& result) {
        Choice choice;
        Intervals intervals = first_;
        while (!suffices(intervals)) {
            std::vector<Choice> found = cores(choice, intervals);
            insert(choice, best_addition(choice, intervals, found));
            keep(std::move(found));
            intervals = evaluate(choice);
        }
        for (std::size_t k = choice.size(); k-- > 0;) {
            Choice fewer = choice;
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(k));
            if (suffices(evaluate(fewer))) choice = std::move(fewer);
        }
        result.chosen = std::move(choice);
    }

    /// The candidate that widens most; where none widens alone, the one in most cores.
    [[nodiscard]] std::size_t best_addition(const Choice& choice, const Intervals& now,
                                            const std::vector<Choice>& found) {
        constexpr double gain = 1e-9;
        std::vector<std::size_t> count(candidates_.size(), 0);
        for (const Choice& core : found) {
            for (const std::size_t candidate : core) ++count[candidate];
        }
        std::size_t best = found.front().front();
        std::size_t commonest = best;
        double most = reached(now) + gain;
        bool widens = false;
        for (std::size_t candidate = 0; candidate < count.size(); ++candidate) {
            if (count[candidate] == 0) continue;
            if (count[candidate] > count[commonest]) commonest = candidate;
            Choice longer = choice;
            insert(longer, candidate);
            const double sum = reached(evaluate(longer));
            if (!(sum > most)) continue;
            most = sum;
            best = candidate;
            widens = true;
        }
        return widens ? best : commonest;
    }

    SparseConstraints knowledge_;
    const std::vector<ProtectedValue>& protect_;
    const std::vector<Relaxation>& candidates_;
    const SuppressionOptions& options_;
    InferenceOptions inference_;
    /// Candidates that change each line.
    std::vector<Choice> of_unknown_;
    std::vector<Choice> of_row_;
    /// Values that some choice makes wide enough.
    std::vector<char> sought_;
    Intervals first_;
    std::vector<Choice> cores_;
    Index evaluations_ = 0;
};

}  // namespace thuocdo::publish::detail

#pragma once
/// @file
/// Scores many draws on several threads and hands them over block by block.

#include <thuocdo/config.hpp>
#include <thuocdo/detail/large_memory.hpp>
#include <thuocdo/robust/detail/draw_grid.hpp>
#include <thuocdo/robust/detail/draw_worker.hpp>
#include <thuocdo/robust/detail/in_parallel.hpp>
#include <thuocdo/robust/detail/model_form.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace thuocdo::robust::detail {

/// What a run of draws does besides scoring.
struct DrawRun {
    std::size_t threads = 1;
    /// Draws that are scored in all, at most: no room is made for more.
    std::uint64_t most_draws = std::numeric_limits<std::uint64_t>::max();
    bool bands = false;
    /// Whether the weights of the units that come first are added up.
    bool firsts = false;
    /// Whether blocks hold the scores themselves.
    bool scores = false;
    /// Where the cells of scores are found; nullptr for none.
    const ScoreGrid* grid = nullptr;
    /// Called now and then with the number of draws done; false stops.
    std::function<bool(std::uint64_t)> progress{};
    /// Called with every block on `threads` threads, each with its part.
    std::function<void(const DrawBlock&, std::span<const std::uint64_t>, std::size_t, std::size_t)>
        consume{};
    std::function<void(std::uint64_t, const DrawFailure&)> failed{};
};

/// Cells of results that are kept until they are counted.
inline constexpr std::size_t block_cells = std::size_t{1} << 23U;
inline constexpr std::size_t least_block_draws = 64;
inline constexpr std::size_t most_block_draws = 4096;
/// Bytes that scored forms of the model take at most in a block, about.
inline constexpr std::size_t form_bytes = std::size_t{48} << 20U;
/// Draws whose forms are looked up at once; bounds the memory of very long runs.
inline constexpr std::size_t sorted_draws = std::size_t{1} << 16U;

/// Scores draws with the forms that they choose.
class DrawEngine {
  public:
    DrawEngine(const FormSource& source, const Uniforms& uniforms, const DrawRun& run)
        : source_(source), uniforms_(uniforms), run_(run) {
        for (std::size_t k = 0; k < run_.threads; ++k) {
            workers_.push_back(std::make_unique<DrawWorker>(source, uniforms));
            if (run_.grid) workers_.back()->set_grid(*run_.grid);
            if (run_.firsts) workers_.back()->count_firsts();
        }
        const auto units =
            static_cast<std::size_t>(std::max<Index>(source.nominal.unit_count(), 1));
        block_draws_ = std::clamp(block_cells / units, least_block_draws, most_block_draws);
        const auto nodes = static_cast<std::size_t>(source.nominal.model().node_count());
        constexpr std::size_t copies = 2;
        most_forms_ =
            std::max(2 * run_.threads, form_bytes / (units * nodes * sizeof(double) * copies) + 1);
        // Every thread gets work in every block.
        block_draws_ = std::max(block_draws_, 2 * most_draws_together * run_.threads);
        block_draws_ = static_cast<std::size_t>(
            std::min<std::uint64_t>(block_draws_, std::max<std::uint64_t>(run_.most_draws, 1)));
        if (run_.scores) scores_.resize(block_draws_ * units);
        const ChunkedDraws chunks{units};
        const std::size_t room = chunks.room(block_draws_);
        if (run_.grid) cells_ = thuocdo::detail::large_table<std::uint16_t>(room);
        complete_.resize(block_draws_);
        if (has_short_places(units, source.factors.places_a_rank()))
            short_places_ = thuocdo::detail::large_table<std::uint16_t>(room);
        else
            places_ = thuocdo::detail::large_table<std::uint32_t>(room);
        if (run_.bands) bands_.resize(block_draws_ * units);
        failures_.resize(block_draws_);
        failed_.resize(block_draws_);
    }

    /// @param draws numbers of draws. Returns false when the progress callback stopped it.
    bool run(std::span<const std::uint64_t> draws) {
        // Draws of one form stand together, so that each form is made once; what is counted
        // does not depend on the order.
        std::map<std::vector<std::uint32_t>, std::vector<std::uint64_t>> by_choice;
        std::vector<std::uint32_t> choice;
        for (const std::uint64_t draw : draws) {
            source_.factors.choose(draw, uniforms_, choice);
            by_choice[choice].push_back(draw);
        }
        for (const auto& [each, numbers] : by_choice)
            for (const std::uint64_t number : numbers) {
                if (pending_.size() == block_draws_ && !flush()) return false;
                if (forms_.empty() || choices_.back() != each) {
                    if (forms_.size() == most_forms_ && !flush()) return false;
                    choices_.push_back(each);
                    forms_.push_back(nullptr);
                }
                pending_.push_back(number);
                pending_form_.push_back(forms_.size() - 1);
            }
        return flush();
    }

    /// The sums over scores of every thread, with `grid`.
    [[nodiscard]] std::vector<ScoreSums*> sums() {
        std::vector<ScoreSums*> out;
        for (const auto& worker : workers_) out.push_back(&worker->sums());
        return out;
    }

    /// What every thread counted of the units that came first, with `firsts`.
    [[nodiscard]] std::vector<const FirstSums*> firsts() {
        std::vector<const FirstSums*> out;
        for (const auto& worker : workers_) out.push_back(&worker->firsts());
        return out;
    }

  private:
    bool flush() {
        if (pending_.empty()) return true;
        make_forms();
        score_pending();
        const auto units = source_.nominal.unit_count();
        for (std::size_t d = 0; d < pending_.size(); ++d) {
            failed_[d] = failures_[d] ? 1 : 0;
            if (failures_[d] && run_.failed) run_.failed(pending_[d], *failures_[d]);
        }
        const DrawBlock block{pending_.size(),
                              units,
                              short_places_.empty() ? nullptr : short_places_.data(),
                              places_.data(),
                              run_.grid ? cells_.data() : nullptr,
                              run_.scores ? scores_.data() : nullptr,
                              run_.bands ? bands_.data() : nullptr,
                              failed_.data(),
                              complete_.data()};
        in_parallel(run_.threads,
                    [&](std::size_t part) { run_.consume(block, pending_, part, run_.threads); });
        done_ += pending_.size();
        pending_.clear();
        pending_form_.clear();
        // The last form may go on in the next block.
        std::shared_ptr<const ModelForm> last = forms_.back();
        std::vector<std::uint32_t> choice = choices_.back();
        forms_.assign(1, std::move(last));
        choices_.assign(1, std::move(choice));
        return !run_.progress || run_.progress(done_);
    }

    void make_forms() {
        std::atomic<std::size_t> next{0};
        const std::size_t threads = std::min(run_.threads, forms_.size());
        in_parallel(threads, [&](std::size_t) {
            for (std::size_t k = next++; k < forms_.size(); k = next++)
                if (!forms_[k])
                    forms_[k] = std::make_shared<const ModelForm>(form_of(source_, choices_[k]));
        });
    }

    void score_pending() {
        struct Job {
            std::size_t first;
            std::size_t count;
        };
        std::vector<Job> jobs;
        for (std::size_t d = 0; d < pending_.size();) {
            // Jobs end with a chunk, so that most of them fill one.
            const std::size_t stop =
                std::min(pending_.size(), d - d % most_draws_together + most_draws_together);
            std::size_t end = d + 1;
            while (end < stop && pending_form_[end] == pending_form_[d]) ++end;
            jobs.push_back({d, end - d});
            d = end;
        }
        for (std::size_t d = 0; d < pending_.size(); ++d) failures_[d].reset();
        std::atomic<std::size_t> next{0};
        const auto units = static_cast<std::size_t>(source_.nominal.unit_count());
        in_parallel(std::min(run_.threads, jobs.size()), [&](std::size_t id) {
            std::vector<DrawOutput> outputs;
            for (std::size_t k = next++; k < jobs.size(); k = next++) {
                outputs.clear();
                for (std::size_t d = jobs[k].first; d < jobs[k].first + jobs[k].count; ++d)
                    outputs.push_back({run_.scores ? scores_.data() + d * units : nullptr,
                                       run_.bands ? bands_.data() + d * units : nullptr,
                                       &complete_[d], &failures_[d]});
                workers_[id]->run(
                    *forms_[pending_form_[jobs[k].first]],
                    std::span(pending_).subspan(jobs[k].first, jobs[k].count), outputs,
                    {short_places_.empty() ? nullptr : short_places_.data(), places_.data(),
                     run_.grid ? cells_.data() : nullptr, jobs[k].first});
            }
        });
    }

    const FormSource& source_;
    const Uniforms& uniforms_;
    const DrawRun& run_;
    std::vector<std::unique_ptr<DrawWorker>> workers_;
    std::size_t block_draws_ = 0;
    std::size_t most_forms_ = 0;
    std::vector<double> scores_;
    std::vector<std::uint16_t> cells_;
    std::vector<std::uint8_t> complete_;
    std::vector<std::uint16_t> short_places_;
    std::vector<std::uint32_t> places_;
    std::vector<std::int16_t> bands_;
    std::vector<std::optional<DrawFailure>> failures_;
    std::vector<std::uint8_t> failed_;
    std::vector<std::uint64_t> pending_;
    std::vector<std::size_t> pending_form_;
    std::vector<std::vector<std::uint32_t>> choices_;
    std::vector<std::shared_ptr<const ModelForm>> forms_;
    std::uint64_t done_ = 0;
};

/// Scores the draws `first` .. `first + count - 1`. False when the progress callback stopped.
inline bool run_draws(DrawEngine& engine, std::uint64_t first, std::uint64_t count) {
    std::vector<std::uint64_t> draws;
    for (std::uint64_t done = 0; done < count; done += draws.size()) {
        draws.resize(static_cast<std::size_t>(std::min<std::uint64_t>(sorted_draws, count - done)));
        std::iota(draws.begin(), draws.end(), first + done);
        if (!engine.run(draws)) return false;
    }
    return true;
}

}  // namespace thuocdo::robust::detail

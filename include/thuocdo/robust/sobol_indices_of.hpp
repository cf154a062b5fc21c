#pragma once
/// @file
/// Sensitivity indices of a function.

#include <thuocdo/robust/sobol_design.hpp>
#include <thuocdo/robust/sobol_indices.hpp>

#include <functional>
#include <span>

namespace thuocdo::robust {

/// How sobol_indices_of() runs.
struct SobolRunOptions {
    /// Rows of A and B, a power of two for even points. The function runs
    /// samples x (factors + 2) times.
    Index samples = 1024;
    /// Of the points and of the bootstrap.
    std::uint64_t seed = 0;
    Index resamples = 1000;
    double level = 0.95;
    /// Called now and then with the share of the runs done; returning false cancels with
    /// `Cancelled`.
    std::function<bool(double)> progress{};
};

/// From a point, one coordinate in (0, 1) a factor, to the output; NaN where it has none.
using PointFunction = std::function<double(std::span<const double>)>;

/// The same for many points, one a row. It fills the outputs, one a point.
using BlockFunction =
    std::function<void(const Eigen::Ref<const Eigen::MatrixXd>& points, ColumnOut outputs)>;

namespace detail {

/// Points that one call of a BlockFunction gets at most.
inline constexpr Index points_at_once = 4096;

inline void check_run(Index factors, const SobolRunOptions& options) {
    std::vector<Problem> problems =
        problems_of(SobolOptions{.resamples = options.resamples, .level = options.level});
    if (factors < 1 || factors > SobolDesign::most_factors)
        problems.push_back({"factors_out_of_range", "argument \"factors\"", std::to_string(factors),
                            "1 to " + std::to_string(SobolDesign::most_factors), "group factors"});
    constexpr auto most_samples = static_cast<Index>(numeric::SobolSequence::length);
    if (options.samples < 1 || options.samples > most_samples)
        problems.push_back({"samples_out_of_range", "argument \"samples\"",
                            std::to_string(options.samples), "1 to " + std::to_string(most_samples),
                            "take a power of two, such as 1024"});
    if (!problems.empty())
        throw NumericError("no sensitivity indices with these options", std::move(problems));
}

}  // namespace detail

/// sobol_indices() of a function that takes many points at once, at the points of a
/// SobolDesign.
/// @param function called for up to 4,096 points at a time, by one thread.
/// @param factors 1 to 512.
/// @throws NumericError with every option out of range, or naming infinite outputs;
///         Cancelled.
[[nodiscard]] inline SobolIndices sobol_indices_of_blocks(const BlockFunction& function,
                                                          Index factors,
                                                          const SobolRunOptions& options = {}) {
    detail::check_run(factors, options);
    const SobolDesign design(options.seed, factors);
    Eigen::MatrixXd outputs(options.samples, design.blocks());
    const double runs = static_cast<double>(options.samples) * static_cast<double>(design.blocks());
    double done = 0.0;
    for (Index block = 0; block < design.blocks(); ++block) {
        for (Index first = 0; first < options.samples; first += detail::points_at_once) {
            const Index count = std::min(detail::points_at_once, options.samples - first);
            function(design.points(block, static_cast<std::uint64_t>(first), count),
                     outputs.col(block).segment(first, count));
            done += static_cast<double>(count);
            if (options.progress && !options.progress(done / runs)) throw Cancelled();
        }
    }
    return sobol_indices(outputs.col(SobolDesign::block_a), outputs.col(SobolDesign::block_b),
                         outputs.rightCols(factors),
                         {.resamples = options.resamples,
                          .level = options.level,
                          .seed = options.seed,
                          .progress = {}});
}

/// sobol_indices() of a function, at the points of a SobolDesign.
///
/// @param function called samples x (factors + 2) times, by one thread. A run that fails,
///        giving NaN or throwing an Error of this library, is left out of the factor it
///        is for and counted; other exceptions pass through.
/// @param factors 1 to 512.
/// @throws NumericError with every option out of range, or naming infinite outputs;
///         Cancelled.
[[nodiscard]] inline SobolIndices sobol_indices_of(const PointFunction& function, Index factors,
                                                   const SobolRunOptions& options = {}) {
    std::vector<double> point;
    return sobol_indices_of_blocks(
        [&](const Eigen::Ref<const Eigen::MatrixXd>& points, ColumnOut outputs) {
            point.resize(static_cast<std::size_t>(points.cols()));
            for (Index i = 0; i < points.rows(); ++i) {
                for (Index j = 0; j < points.cols(); ++j)
                    point[static_cast<std::size_t>(j)] = points(i, j);
                try {
                    outputs[i] = function(point);
                } catch (const Error&) {
                    outputs[i] = std::numeric_limits<double>::quiet_NaN();
                }
            }
        },
        factors, options);
}

}  // namespace thuocdo::robust

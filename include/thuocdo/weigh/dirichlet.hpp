#pragma once
/// @file
/// Weights drawn from a Dirichlet distribution.

#include <thuocdo/numeric/gamma_quantile.hpp>
#include <thuocdo/weigh/detail/complete_rows.hpp>

#include <limits>

namespace thuocdo::weigh {

/// A Dirichlet distribution of weights. Make it once for its parameters a(j) and draw
/// many times: weight j is g(j) / sum of g, where g(j) is the quantile of the gamma
/// distribution of shape a(j) at a uniform number of its own. So a draw is a function of
/// the uniform numbers, of Philox or of a Sobol sequence, and weight j rises with number j.
///
/// The mean of weight j is a(j) / a, with a the sum of the parameters, and its variance
/// a(j) (a - a(j)) / (a^2 (a + 1)): the larger the parameters, the closer to the mean. All
/// parameters 1 make every set of weights as likely as any other.
///
/// L. Devroye (1986), Non-Uniform Random Variate Generation, XI.4.
class Dirichlet {
  public:
    /// @param parameters finite, above 0. Those below 1e-300 count as 1e-300.
    /// @throws NumericError naming the parameters that are not valid, or when there is none.
    explicit Dirichlet(ColumnView parameters) : count_(parameters.size()) {
        const double* const given = parameters.data();
        std::vector<Problem> problems;
        if (count_ == 0)
            problems.push_back({"no_parameter", "argument \"parameters\"", "no parameter",
                                "one parameter or more", ""});
        bool all_one = true;
        for (Index j = 0; j < count_; ++j) {
            all_one = all_one && given[j] == 1.0;
            if (given[j] > 0.0 && std::isfinite(given[j])) continue;
            problems.push_back({"parameter_not_valid",
                                detail::entry_place("parameters", static_cast<std::size_t>(j)),
                                numeric::shortest(given[j]), "a finite number above 0", ""});
        }
        detail::throw_if_any("no Dirichlet distribution with these parameters",
                             std::move(problems));
        if (all_one) return;
        quantiles_.reserve(static_cast<std::size_t>(count_));
        for (Index j = 0; j < count_; ++j) quantiles_.emplace_back(given[j]);
    }

    /// How many weights there are.
    [[nodiscard]] Index size() const noexcept { return count_; }

    /// The weights of one draw.
    /// @param uniforms on the open interval (0, 1), one a parameter.
    /// @param out as long; may be the same memory. The sum is 1.
    /// @throws NumericError when the lengths differ or naming the numbers out of range.
    /// The sum is in the order of the parameters. No allocation; 10 ns a weight where all
    /// parameters are 1, 50 to 250 otherwise.
    void operator()(ColumnView uniforms, ColumnOut out) const {
        require_valid(uniforms, out.size());
        if (quantiles_.empty())
            draw_exponential(uniforms.data(), out.data());
        else
            draw(uniforms.data(), out.data());
    }

  private:
    THUOCDO_KERNEL void draw_exponential(const double* uniforms, double* out) const {
        THUOCDO_EXACT
        constexpr Index block = 64;
        double complement[block];
        double quantile[block];
        double total = 0.0;
        for (Index start = 0; start < count_; start += block) {
            const Index size = std::min(block, count_ - start);
            numeric::negative_logarithms_of_complement(uniforms + start, size, complement,
                                                       quantile);
            for (Index i = 0; i < size; ++i) {
                out[start + i] = quantile[i];
                total += quantile[i];
            }
        }
        for (Index j = 0; j < count_; ++j) out[j] = out[j] / total;
    }

    THUOCDO_KERNEL void draw(const double* uniforms, double* out) const {
        THUOCDO_EXACT
        double total = 0.0;
        double largest = -std::numeric_limits<double>::infinity();
        for (Index j = 0; j < count_; ++j) {
            out[j] = quantiles_[static_cast<std::size_t>(j)].logarithm(uniforms[j]);
            largest = std::max(largest, out[j]);
        }
        // Logarithms, for the quantiles of small shapes may all be below the smallest double;
        // relative to the largest, so that the sum is at least 1 and finite.
        for (Index j = 0; j < count_; ++j) out[j] -= largest;
        numeric::natural_exponentials(out, count_, out);
        for (Index j = 0; j < count_; ++j) total += out[j];
        for (Index j = 0; j < count_; ++j) out[j] = out[j] / total;
    }

    void require_valid(ColumnView uniforms, Index room) const {
        const double* const given = uniforms.data();
        bool valid = uniforms.size() == count_ && room == count_;
        for (Index j = 0; valid && j < count_; ++j) valid = given[j] > 0.0 && given[j] < 1.0;
        if (valid) return;
        std::vector<Problem> problems;
        const auto require_length = [&](const char* place, Index length) {
            if (length == count_) return;
            problems.push_back({"length_mismatch", place, std::to_string(length) + " cells",
                                std::to_string(count_) + ", one a parameter", ""});
        };
        require_length("argument \"uniforms\"", uniforms.size());
        require_length("argument \"out\"", room);
        for (Index j = 0; j < uniforms.size(); ++j) {
            if (given[j] > 0.0 && given[j] < 1.0) continue;
            problems.push_back({"uniform_out_of_range",
                                detail::entry_place("uniforms", static_cast<std::size_t>(j)),
                                numeric::shortest(given[j]), "a number between 0 and 1",
                                "draw with Philox or a Sobol sequence"});
        }
        throw NumericError("no weights from these numbers", std::move(problems));
    }

    Index count_;
    /// Empty where all parameters are 1.
    std::vector<numeric::GammaQuantile> quantiles_;
};

/// One draw of Dirichlet(parameters), see there. For many draws make the distribution once.
inline void dirichlet(ColumnView parameters, ColumnView uniforms, ColumnOut out) {
    Dirichlet{parameters}(uniforms, out);
}

}  // namespace thuocdo::weigh

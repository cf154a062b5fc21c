#pragma once
/// @file
/// The weights of one draw.

#include <thuocdo/config.hpp>
#include <thuocdo/robust/detail/draw_factors.hpp>
#include <thuocdo/robust/detail/model_form.hpp>
#include <thuocdo/weigh/dirichlet.hpp>
#include <thuocdo/weigh/noisy.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace thuocdo::robust::detail {

/// Draws the weights of the children of one node. Keeps its working memory.
class WeightDrawer {
  public:
    /// Changes `weights`, one a child of the node; under a sum of points their total stays.
    void draw(const GroupTarget& target, std::uint64_t draw, const Uniforms& uniforms,
              std::vector<double>& weights) {
        const WeightGroup& group = *target.group;
        // A child without weight takes no part, unless every set of weights is as likely as
        // any other.
        const bool any_set = !group.fraction && !group.concentration && !target.points;
        chosen_.clear();
        places_.clear();
        shares_.clear();
        double total = 0.0;
        for (const auto& [child, place] : target.children) {
            if (!(weights[child] > 0.0) && !any_set) continue;
            chosen_.push_back(child);
            places_.push_back(place);
            shares_.push_back(weights[child]);
            total += weights[child];
        }
        if (chosen_.size() < 2) return;
        const auto number = [&](std::size_t k) {
            return uniforms.at(draw, group.factor, group.part, places_[k]);
        };
        const auto count = static_cast<Index>(shares_.size());
        Eigen::Map<Eigen::VectorXd> shares(shares_.data(), count);
        if (group.fraction) {
            weigh::detail::noisy_by(
                shares, *group.fraction,
                [&](Index k) { return number(static_cast<std::size_t>(k)); }, shares);
        } else {
            draw_dirichlet(group, total, number, shares);
        }
        const double scale = target.points ? total : 1.0;
        for (std::size_t k = 0; k < chosen_.size(); ++k) weights[chosen_[k]] = shares_[k] * scale;
    }

  private:
    template <class Number>
    void draw_dirichlet(const WeightGroup& group, double total, const Number& number,
                        Eigen::Map<Eigen::VectorXd>& shares) {
        const std::size_t count = shares_.size();
        numbers_.resize(count);
        parameters_.resize(count);
        for (std::size_t k = 0; k < count; ++k) {
            numbers_[k] = number(k);
            parameters_[k] =
                group.concentration ? *group.concentration * (shares_[k] / total) : 1.0;
        }
        const auto size = static_cast<Index>(count);
        // Parameters stay from draw to draw, and making a distribution costs more than one.
        auto& [parameters, distribution] = distributions_[&group];
        if (!distribution || parameters != parameters_) {
            parameters = parameters_;
            distribution.emplace(Eigen::Map<const Eigen::VectorXd>(parameters_.data(), size));
        }
        (*distribution)(Eigen::Map<const Eigen::VectorXd>(numbers_.data(), size), shares);
    }

    std::vector<std::size_t> chosen_;
    std::vector<std::uint32_t> places_;
    std::vector<double> shares_;
    std::vector<double> numbers_;
    std::vector<double> parameters_;
    std::map<const WeightGroup*, std::pair<std::vector<double>, std::optional<weigh::Dirichlet>>>
        distributions_;
};

}  // namespace thuocdo::robust::detail

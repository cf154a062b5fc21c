#pragma once
/// @file
/// The scoreboard: what `score` computes, with the model and panel it came from.

#include <thuocdo/config.hpp>
#include <thuocdo/data/panel.hpp>
#include <thuocdo/detail/board_data.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/radix_argsort.hpp>
#include <thuocdo/numeric/sha256.hpp>
#include <thuocdo/rank/ranks.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo {

/// One row of a ranking.
struct RankingRow {
    /// NaN when the unit has no score.
    double rank = missing_value;
    Unit unit;
    double score = missing_value;
    /// Code of the band; empty without bands or outside the scale.
    std::string band;
    /// Share of the applicable indicators that were measured.
    double coverage = missing_value;
};

/// Prints rows of a ranking as an aligned table.
inline std::ostream& print_ranking(std::ostream& out, const std::vector<RankingRow>& rows) {
    using Align = detail::TextTable::Align;
    const bool bands = std::any_of(rows.begin(), rows.end(),
                                   [](const RankingRow& row) { return !row.band.empty(); });
    std::vector<std::pair<std::string, Align>> header{{"rank", Align::right},
                                                      {"code", Align::left},
                                                      {"unit", Align::left},
                                                      {"score", Align::right}};
    if (bands) header.emplace_back("band", Align::left);
    header.emplace_back("coverage", Align::right);
    detail::TextTable table(std::move(header));
    const auto number = [](double value) {
        return std::isnan(value) ? std::string("-") : numeric::shortest(value);
    };
    constexpr double per_cent = 100.0;
    for (const RankingRow& row : rows) {
        std::vector<std::string> cells{number(row.rank), row.unit.code, row.unit.display_name(),
                                       number(row.score)};
        if (bands) cells.push_back(row.band);
        cells.push_back(
            std::isnan(row.coverage) ? "-" : numeric::fixed(row.coverage * per_cent, 0) + '%');
        table.add(std::move(cells));
    }
    return out << table;
}

/// The result of scoring a panel with a model: results of every node for every
/// unit, totals, ranks, bands and what was noticed on the way. Immutable; copies
/// share the data; const access is safe from many threads.
class Scoreboard {
  public:
    explicit Scoreboard(std::shared_ptr<const detail::BoardData> data) : data_(std::move(data)) {}

    [[nodiscard]] const IndexModel& model() const noexcept { return data_->model; }
    /// The panel as it was given, with the derived indicators of the model.
    [[nodiscard]] const Panel& panel() const noexcept { return data_->given; }
    /// The panel that the leaves read: after the steps of the preparation.
    [[nodiscard]] const Panel& prepared_panel() const noexcept { return data_->panel; }
    /// What each step of the preparation did to which cell, and its result by name.
    [[nodiscard]] const Preparation& preparation() const noexcept { return data_->preparation; }
    [[nodiscard]] const UnitRegistry& units() const noexcept { return panel().units(); }
    [[nodiscard]] Index unit_count() const noexcept { return panel().unit_count(); }
    /// The date that dated targets were read at, if there was one.
    [[nodiscard]] const std::optional<Date>& as_of() const noexcept { return data_->as_of; }

    /// Whether a unit belongs to the cohort of the model. One that does not is
    /// not evaluated: it has no results and no rank.
    [[nodiscard]] bool is_evaluated(Index unit) const noexcept {
        return data_->evaluated.empty() || data_->evaluated[static_cast<std::size_t>(unit)] != 0;
    }

    /// Totals as published: with the rounding of the root. NaN is missing.
    [[nodiscard]] const Eigen::VectorXd& scores() const noexcept { return data_->published; }
    /// Totals before the rounding of the root.
    [[nodiscard]] const Eigen::VectorXd& full_scores() const noexcept { return data_->full; }
    /// Ranks over the cohort; NaN for units without a score.
    [[nodiscard]] const Eigen::VectorXd& ranks() const noexcept { return data_->ranks; }
    /// Ranks inside the groups of an attribute that the model names.
    /// @throws ModelError when the model does not rank within it.
    [[nodiscard]] const Eigen::VectorXd& ranks_within(std::string_view attribute) const {
        const auto found = data_->ranks_within.find(std::string(attribute));
        if (found != data_->ranks_within.end()) return found->second;
        throw ModelError("no ranks within \"" + std::string(attribute) + '"',
                         {{"unknown_group", "/ranking/within", '"' + std::string(attribute) + '"',
                           "an attribute that the model ranks within and units have",
                           "add it to ranking.within"}});
    }
    /// Share of applicable indicators that were measured (observed or
    /// provisional), by number; NaN when none applies.
    [[nodiscard]] const Eigen::VectorXd& coverage() const noexcept { return data_->coverage; }

    /// Results of all nodes: units x nodes, in the order of `model().nodes()`.
    /// A result is in points where the node has points, after its rounding.
    [[nodiscard]] const Eigen::MatrixXd& results() const noexcept { return data_->results; }
    [[nodiscard]] double result(Index unit, Index node) const { return data_->results(unit, node); }
    [[nodiscard]] auto results_of(std::string_view node) const {
        return data_->results.col(model().index_of(node));
    }

    /// Weights of the children of a node, as they stand in `model().nodes()`: points
    /// under a sum, 0 for children that are not aggregated.
    [[nodiscard]] std::span<const double> weights(Index node) const {
        return data_->weights.at(static_cast<std::size_t>(node));
    }
    /// How the weights of a node came about; nothing where no scheme gave them.
    [[nodiscard]] const WeightingReport* weighting_report(std::string_view node) const {
        const auto found = data_->weighting_reports.find(model().index_of(node));
        return found == data_->weighting_reports.end() ? nullptr : &found->second;
    }
    /// Share of a node in the total when nothing is missing: the product of the shares
    /// of weight (or points) up to the root, with the weights that were used.
    [[nodiscard]] double effective_weight(Index node) const {
        return data_->effective_weights.at(static_cast<std::size_t>(node));
    }

    /// The result as a share of the points or scale of the node.
    [[nodiscard]] double normalised(Index unit, Index node) const {
        const Node& each = model().node(node);
        return result(unit, node) / each.points.value_or(each.multiplier);
    }

    /// The raw value of a leaf for a unit, as the model read it: after carrying
    /// or filling, before the score rule. NaN for inner nodes.
    [[nodiscard]] double value(Index unit, Index node) const {
        return detail::leaf_value(*data_, unit, node);
    }

    /// Whether the value of a leaf was carried or filled by the model.
    [[nodiscard]] bool is_imputed(Index unit, Index node) const {
        return detail::leaf_is_imputed(*data_, unit, node);
    }

    /// Ranks by the result of one node, with the tie rule of the model.
    [[nodiscard]] Eigen::VectorXd ranks_by(std::string_view node) const {
        return detail::rank_column(model(), units(), data_->results,
                                   data_->results.col(model().index_of(node)));
    }

    /// The band of a unit, with the reason.
    [[nodiscard]] const detail::BandOutcome& band_outcome(Index unit) const {
        return data_->bands.at(static_cast<std::size_t>(unit));
    }
    [[nodiscard]] bool has_bands() const noexcept { return !data_->bands.empty(); }
    /// Code of the band; empty without bands or outside the scale.
    [[nodiscard]] std::string band(Index unit) const {
        if (data_->bands.empty()) return {};
        const int at = band_outcome(unit).final_band;
        if (at < 0) return {};
        return model().definition().bands->bands[static_cast<std::size_t>(at)].code;
    }
    /// Why the unit has its band: the interval, each gate that failed, the quota.
    [[nodiscard]] std::string band_reason(Index unit) const {
        return data_->bands.empty() ? std::string() : detail::band_reason(*data_, unit);
    }

    /// What a reader of the unit's row should know: provisional and imputed
    /// values, missing ones, a lowered band, a tie decided by code, not evaluated.
    [[nodiscard]] std::vector<std::string> flags(Index unit) const {
        return detail::unit_flags(*data_, unit);
    }

    /// What the whole scoring noticed, e.g. a column without spread.
    [[nodiscard]] const std::vector<std::string>& notices() const noexcept {
        return data_->notices;
    }

    /// Units in the order of rank; equal ranks by code, units without a score
    /// last. @param limit at most so many rows.
    [[nodiscard]] std::vector<RankingRow> ranking(
        Index limit = std::numeric_limits<Index>::max()) const {
        const std::vector<Index> order = ranked_units();
        std::vector<RankingRow> rows;
        rows.reserve(static_cast<std::size_t>(std::min<Index>(limit, unit_count())));
        for (const Index unit : order) {
            if (static_cast<Index>(rows.size()) >= limit) break;
            rows.push_back(row(unit));
        }
        return rows;
    }

    /// Units from best to worst; equal ranks by code, without a score last.
    [[nodiscard]] std::vector<Index> ranked_units() const {
        std::vector<Index> order(static_cast<std::size_t>(unit_count()));
        std::iota(order.begin(), order.end(), Index{0});
        const Eigen::VectorXd& by = data_->ranks;
        std::sort(order.begin(), order.end(), [&](Index a, Index b) {
            const auto key_a = numeric::ascending_key(by[a]);
            const auto key_b = numeric::ascending_key(by[b]);
            return key_a != key_b ? key_a < key_b : units().code(a) < units().code(b);
        });
        return order;
    }

    [[nodiscard]] RankingRow row(Index unit) const {
        return {data_->ranks[unit], units().unit(unit), data_->published[unit], band(unit),
                data_->coverage[unit]};
    }

    /// SHA-256 over everything that could be published: model digest, units by
    /// code, every result, total, rank, coverage and band. It does not depend on
    /// the order of the units, threads, batches, compiler or machine.
    [[nodiscard]] std::string digest() const { return detail::board_digest(*data_); }

    /// Internal data, for the functions that read a scoreboard.
    [[nodiscard]] const detail::BoardData& data() const noexcept { return *data_; }

    /// The ranking as a table.
    friend std::ostream& operator<<(std::ostream& out, const Scoreboard& board) {
        return print_ranking(out, board.ranking());
    }

  private:
    std::shared_ptr<const detail::BoardData> data_;
};

}  // namespace thuocdo

#pragma once
/// @file
/// Bands kept up to date: a unit's own when its results change, those of a group when the
/// quota has to be shared out again.

#include <thuocdo/detail/assign_bands.hpp>
#include <thuocdo/live/detail/row_set.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace thuocdo::live::detail {

/// Follows the bands of a board whose totals and ranks are up to date.
class BandFollower {
  public:
    /// Assigns all bands.
    void reset(thuocdo::detail::BoardData& board) {
        board.bands.clear();
        groups_.clear();
        group_of_.clear();
        limiting_.clear();
        scale_ = board.model.definition().bands ? &*board.model.definition().bands : nullptr;
        if (!scale_) return;
        gates_ = thuocdo::detail::gate_nodes(board.model, *scale_);
        const Index units = board.panel.unit_count();
        board.bands.resize(static_cast<std::size_t>(units));
        for (Index unit = 0; unit < units; ++unit)
            board.bands[static_cast<std::size_t>(unit)] =
                thuocdo::detail::band_before_quota(board, *scale_, gates_, unit);
        if (!scale_->quota) return;
        for (std::size_t k = 0; k < scale_->bands.size(); ++k) {
            const std::string& code = scale_->bands[k].code;
            const auto& of = scale_->quota->of;
            if (code == scale_->quota->band || std::find(of.begin(), of.end(), code) != of.end())
                limiting_.insert(static_cast<int>(k));
        }
        const std::string& within = scale_->quota->within;
        const UnitGrouping* grouping =
            within.empty() ? nullptr : board.panel.units().grouping(within);
        for (Index unit = 0; unit < units; ++unit) {
            const std::int32_t group =
                grouping ? grouping->ids()[static_cast<std::size_t>(unit)] : 0;
            group_of_.push_back(group);
            groups_[group].push_back(unit);
        }
        for (const auto& [group, members] : groups_) share_out(board, members);
    }

    /// Assigns the bands of rows again.
    /// @param changed takes the units whose final band changed
    void update(thuocdo::detail::BoardData& board, const RowSet& rows,
                std::vector<Index>& changed) {
        if (!scale_) return;
        std::set<std::int32_t> groups;
        const auto look = [&](Index unit) {
            thuocdo::detail::BandOutcome& outcome = board.bands[static_cast<std::size_t>(unit)];
            thuocdo::detail::BandOutcome fresh =
                thuocdo::detail::band_before_quota(board, *scale_, gates_, unit);
            if (limiting_.contains(fresh.after_gates) || limiting_.contains(outcome.after_gates)) {
                groups.insert(group_of_[static_cast<std::size_t>(unit)]);
                // The group decides below; until then the band that was published stands.
                fresh.final_band = outcome.final_band;
            }
            if (fresh.final_band != outcome.final_band) changed.push_back(unit);
            outcome = fresh;
        };
        if (rows.all())
            for (Index unit = 0; unit < board.panel.unit_count(); ++unit) look(unit);
        else
            for (const std::uint32_t unit : rows.rows()) look(static_cast<Index>(unit));
        for (const std::int32_t group : groups) {
            const std::vector<Index>& members = groups_.at(group);
            before_.clear();
            for (const Index unit : members)
                before_.push_back(board.bands[static_cast<std::size_t>(unit)].final_band);
            share_out(board, members);
            for (std::size_t k = 0; k < members.size(); ++k)
                if (board.bands[static_cast<std::size_t>(members[k])].final_band != before_[k])
                    changed.push_back(members[k]);
        }
    }

  private:
    void share_out(thuocdo::detail::BoardData& board, const std::vector<Index>& members) {
        takers_.clear();
        for (const Index unit : members) {
            thuocdo::detail::BandOutcome& outcome = board.bands[static_cast<std::size_t>(unit)];
            outcome.final_band = outcome.after_gates;
            if (outcome.after_gates >= 0) takers_.push_back(unit);
        }
        thuocdo::detail::apply_quota(board, *scale_, gates_, *scale_->quota, takers_);
    }

    const BandScale* scale_ = nullptr;
    thuocdo::detail::GateNodes gates_;
    std::map<std::int32_t, std::vector<Index>> groups_;
    std::vector<std::int32_t> group_of_;
    std::set<int> limiting_;
    std::vector<Index> takers_;
    std::vector<int> before_;
};

}  // namespace thuocdo::live::detail

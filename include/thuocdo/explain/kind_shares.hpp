#pragma once
/// @file
/// How much of a model measures means, and how much effects.

#include <thuocdo/detail/text.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/exact_sum.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// One kind of indicator in a model.
struct KindShare {
    /// Empty for leaves of which neither they nor a node above states a kind.
    std::optional<Kind> kind{};
    Label name{};
    /// Share of the effective weight of the model, 0 to 1.
    double share = 0.0;
    /// Leaves that count in the total, and those outside it (bonus, penalty,
    /// monitored).
    Index leaves = 0;
    Index outside = 0;
    friend bool operator==(const KindShare&, const KindShare&) = default;
};

/// The six rows input, activity, output, outcome, impact, undeclared.
struct KindShares {
    std::vector<KindShare> rows{};

    /// Share of a kind; of undeclared leaves for an empty one.
    [[nodiscard]] double of(const std::optional<Kind>& kind) const {
        for (const KindShare& row : rows)
            if (row.kind == kind) return row.share;
        return 0.0;
    }

    friend std::ostream& operator<<(std::ostream& out, const KindShares& shares) {
        using Align = detail::TextTable::Align;
        constexpr double per_cent = 100.0;
        constexpr int digits = 2;
        detail::TextTable text({{"kind", Align::left},
                                {"share", Align::right},
                                {"indicators", Align::right},
                                {"outside the total", Align::right}});
        for (const KindShare& row : shares.rows)
            text.add({row.name.in(true), numeric::fixed(row.share * per_cent, digits) + '%',
                      std::to_string(row.leaves), std::to_string(row.outside)});
        return out << text;
    }
};

/// Share of the effective weight of a model by the kind of its leaves. The
/// effective weight of a leaf is the product of its shares of weight, or of
/// points under a sum, up to the root (`IndexModel::effective_weight`). Bonus,
/// penalty and monitored nodes are outside the total: weight 0, counted apart.
/// Under a geometric mean the weight is the exponent, so the share is that of a
/// percentage change of the total. Under minimum, maximum, median, ordered and
/// penalised means what a leaf weighs depends on the results, and the share is
/// the nominal one that the model states.
///
/// The exact sum of the shares rounds to 1: the last bits go to the largest.
/// Complexity: O(leaves).
[[nodiscard]] inline KindShares kind_shares(const IndexModel& model) {
    KindShares shares;
    shares.rows = {
        {Kind::input, {"input", "đầu vào"}},    {Kind::activity, {"activity", "hoạt động"}},
        {Kind::output, {"output", "đầu ra"}},   {Kind::outcome, {"outcome", "kết quả"}},
        {Kind::impact, {"impact", "tác động"}}, {std::nullopt, {"undeclared", "chưa khai báo"}}};
    constexpr std::size_t kinds = 6;
    std::array<numeric::ExactSum, kinds> sums;
    numeric::ExactSum total;
    for (const Index index : model.leaves()) {
        const Node& leaf = model.node(index);
        const std::size_t at = leaf.kind ? static_cast<std::size_t>(*leaf.kind) : kinds - 1;
        if (!leaf.counts) {
            ++shares.rows[at].outside;
            continue;
        }
        ++shares.rows[at].leaves;
        sums[at].add(model.effective_weight(index));
        total.add(model.effective_weight(index));
    }
    const double whole = total.value();
    if (!(whole > 0.0)) return shares;
    for (std::size_t at = 0; at < kinds; ++at) shares.rows[at].share = sums[at].value() / whole;
    KindShare& largest =
        *std::max_element(shares.rows.begin(), shares.rows.end(),
                          [](const KindShare& a, const KindShare& b) { return a.share < b.share; });
    numeric::ExactSum rest;
    rest.add(1.0);
    for (const KindShare& row : shares.rows)
        if (&row != &largest) rest.add(-row.share);
    largest.share = rest.value();
    return shares;
}

}  // namespace thuocdo

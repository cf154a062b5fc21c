#pragma once
/// @file
/// Sentences in Vietnamese and English that say what the numbers say, and nothing else.

#include <thuocdo/explain/bottlenecks.hpp>
#include <thuocdo/explain/improvement.hpp>
#include <thuocdo/model/label.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace thuocdo {

struct NarrativeOptions {
    /// Decimals of points and scores. What rounds to 0 is not mentioned.
    int digits = 2;
    /// At most so many pillars, leaves, classes and units are named each.
    std::size_t most = 3;
};

namespace detail {

/// A number that is already text, with a decimal comma in Vietnamese.
[[nodiscard]] inline Label written_number(const std::string& text) {
    Label out{text, text};
    std::replace(out.vi.begin(), out.vi.end(), '.', ',');
    return out;
}

[[nodiscard]] inline Label fixed_number(double value, int digits) {
    return std::isnan(value) ? Label{"none", "không có"}
                             : written_number(numeric::fixed(value, digits));
}

[[nodiscard]] inline Label shortest_number(double value) {
    return std::isnan(value) ? Label{"none", "không có"} : written_number(numeric::shortest(value));
}

/// With its sign, also where it is positive.
[[nodiscard]] inline Label signed_number(double value, int digits) {
    const Label number = fixed_number(value, digits);
    return value > 0.0 ? Label{'+' + number.en, '+' + number.vi} : number;
}

/// Whether a number is 0 to so many decimals.
[[nodiscard]] inline bool shows_nothing(double value, int digits) {
    return !(numeric::round_decimal(std::abs(value), digits) > 0.0);
}

[[nodiscard]] inline Label quoted(const Label& name, const std::string& code) {
    const Label shown = name.empty() ? Label{code, code} : name;
    return {'"' + shown.in(false) + '"', '"' + shown.in(true) + '"'};
}

[[nodiscard]] inline Label yardstick_words(Yardstick by) {
    static const std::array<Label, yardsticks> words{
        {{"the median of its peers", "trung vị nhóm so sánh"},
         {"the best quarter of its peers", "ngưỡng của 25% đơn vị dẫn đầu nhóm so sánh"},
         {"the best of its peers", "đơn vị tốt nhất nhóm so sánh"},
         {"the target", "mục tiêu"}}};
    return words[static_cast<std::size_t>(by)];
}

/// Names one after the other, and how many more there are.
template <class Names>
[[nodiscard]] Label listed(const Names& names, std::size_t most) {
    Label out;
    std::size_t count = 0;
    for (const Label& name : names) {
        if (count++ == most) break;
        out.en += (count == 1 ? "" : ", ") + name.in(false);
        out.vi += (count == 1 ? "" : ", ") + name.in(true);
    }
    if (names.size() > most) {
        const std::string more = std::to_string(names.size() - most);
        out.en += " and " + more + " more";
        out.vi += " và " + more + " mục khác";
    }
    return out;
}

}  // namespace detail

/// What holds a unit back, as sentences: its pillars, its leaves, its obstacle classes in the
/// order of the gaps, and what has no value. Points are points of the total.
[[nodiscard]] inline std::vector<Label> narrate(const Bottlenecks& found,
                                                const NarrativeOptions& options = {}) {
    std::vector<Label> out;
    const Label yardstick = detail::yardstick_words(found.by);
    const auto add = [&](const std::vector<NodeGap>& rows, const Label& kind) {
        std::size_t said = 0;
        for (const NodeGap& each : rows) {
            const double gap = each.gap(found.by);
            if (said == options.most) break;
            if (!(gap > 0.0) || detail::shows_nothing(gap, options.digits)) continue;
            const Label points = detail::fixed_number(gap, options.digits);
            const Label name = detail::quoted(each.name, each.code);
            out.push_back({points.en + " points of the total below " + yardstick.en + " in " +
                               kind.en + ' ' + name.en + '.',
                           "Thấp hơn " + yardstick.vi + ' ' + points.vi +
                               " điểm (tính vào tổng điểm) ở " + kind.vi + ' ' + name.vi + '.'});
            ++said;
        }
    };
    add(found.pillars, {"pillar", "trụ cột"});
    add(found.leaves, {"indicator", "chỉ tiêu"});
    std::size_t said = 0;
    for (const ObstacleGap& each : found.obstacles) {
        const double gap = each.gap(found.by);
        if (said == options.most) break;
        if (detail::shows_nothing(gap, options.digits)) continue;
        const Label points = detail::fixed_number(gap, options.digits);
        const Label name = detail::quoted(each.name, each.code);
        const std::string count = std::to_string(each.behind);
        out.push_back({"Obstacle " + name.en + ": " + count +
                           (each.behind == 1 ? " indicator" : " indicators") + " below " +
                           yardstick.en + ", " + points.en + " points together.",
                       "Nhóm vướng mắc " + name.vi + ": " + count + " chỉ tiêu thấp hơn " +
                           yardstick.vi + ", cộng lại " + points.vi + " điểm."});
        ++said;
    }
    if (!found.missing.empty()) {
        std::vector<Label> names;
        for (const std::string& code : found.missing)
            for (const NodeGap& leaf : found.leaves)
                if (leaf.code == code) names.push_back(detail::quoted(leaf.name, code));
        const Label all = detail::listed(names, options.most);
        out.push_back({"No result for " + all.en + '.', "Chưa có kết quả của " + all.vi + '.'});
    }
    return out;
}

/// The cheapest improvements of a unit, as sentences: what has to change, what it costs and
/// what follows; where the goal is not reached, what comes nearest.
[[nodiscard]] inline std::vector<Label> narrate(const CheapestImprovements& found,
                                                const NarrativeOptions& options = {}) {
    const ImprovementGoal& goal = found.goal;
    Label aim;
    if (goal.rank) {
        const Label rank = detail::shortest_number(*goal.rank);
        aim = {"rank " + rank.en + " or better", "hạng " + rank.vi + " trở lên"};
    } else if (goal.score) {
        const Label score = detail::shortest_number(*goal.score);
        aim = {"a score of " + score.en, "mức " + score.vi + " điểm"};
    } else {
        aim = {"band \"" + goal.band.value_or("") + "\" or better",
               "loại \"" + goal.band.value_or("") + "\" trở lên"};
    }
    std::vector<Label> out;
    if (found.reached && found.best.changes.empty()) {
        out.push_back({"Already reaches " + aim.en + '.', "Đã đạt " + aim.vi + '.'});
        return out;
    }
    const Label cost = detail::shortest_number(found.best.cost);
    if (found.reached)
        out.push_back({"Reaches " + aim.en + " at a cost of " + cost.en +
                           (found.proved ? ", the lowest possible within the limits."
                                         : ", the lowest that was found within the limits."),
                       "Đạt " + aim.vi + " với chi phí " + cost.vi +
                           (found.proved ? ", thấp nhất có thể trong giới hạn đã nêu."
                                         : ", thấp nhất tìm được trong giới hạn đã nêu.")});
    else
        out.push_back({(found.proved ? "Cannot reach " : "No way was found to reach ") + aim.en +
                           " within the limits" +
                           (found.best.changes.empty() ? "." : "; this comes nearest:"),
                       (found.proved ? "Không thể đạt " : "Chưa tìm được cách đạt ") + aim.vi +
                           " trong giới hạn đã nêu" +
                           (found.best.changes.empty() ? "." : "; gần nhất là:")});
    for (const ValueChange& each : found.best.changes) {
        const Label name = detail::quoted(each.name, each.indicator);
        const Label from = detail::shortest_number(each.from);
        const Label to = detail::shortest_number(each.to);
        const bool up = each.to > each.from;
        out.push_back(
            {(up ? "Raise " : "Lower ") + name.en + " from " + from.en + " to " + to.en + '.',
             (up ? "Nâng " : "Giảm ") + name.vi + " từ " + from.vi + (up ? " lên " : " xuống ") +
                 to.vi + '.'});
    }
    if (found.best.changes.empty()) return out;
    const RankingRow& after = found.best.outcome.after;
    const Label score = detail::fixed_number(after.score, options.digits);
    const Label rank = detail::shortest_number(after.rank);
    out.push_back({"Then the score is " + score.en + ", the rank " + rank.en +
                       (after.band.empty() ? "" : ", the band \"" + after.band + '"') + '.',
                   "Khi đó tổng điểm là " + score.vi + ", xếp hạng " + rank.vi +
                       (after.band.empty() ? "" : ", xếp loại \"" + after.band + '"') + '.'});
    return out;
}

}  // namespace thuocdo

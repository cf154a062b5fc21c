#pragma once
/// @file
/// What moved a unit, as sentences in Vietnamese and English.

#include <thuocdo/explain/narrative.hpp>
#include <thuocdo/publish/rank_movement.hpp>

#include <cmath>
#include <string>
#include <vector>

namespace thuocdo::publish {

namespace detail {

/// Names of the causes of a part; neighbours that cannot be told apart are all named.
[[nodiscard]] inline Label part_label(const ChangePart& part) {
    Label out = change_cause_label(part.first);
    for (auto cause = static_cast<std::size_t>(part.first) + 1;
         cause <= static_cast<std::size_t>(part.last); ++cause) {
        const Label next = change_cause_label(static_cast<ChangeCause>(cause));
        out.en += " with " + next.en;
        out.vi += " cùng " + next.vi;
    }
    return out;
}

/// The parts that show, e.g. `own data +1.5; rounding -0.1`.
[[nodiscard]] inline Label parts_text(const SplitChange& change, int digits) {
    Label out;
    for (const ChangePart& part : change.parts) {
        if (thuocdo::detail::shows_nothing(part.amount, digits)) continue;
        const Label name = part_label(part);
        const Label amount = thuocdo::detail::signed_number(part.amount, digits);
        out.en += (out.en.empty() ? "" : "; ") + name.en + ' ' + amount.en;
        out.vi += (out.vi.empty() ? "" : "; ") + name.vi + ' ' + amount.vi;
    }
    return out;
}

}  // namespace detail

/// How the rank and the total of a unit changed, split by cause, and who passed whom.
[[nodiscard]] inline std::vector<Label> narrate(const RankMovement& movement,
                                                const NarrativeOptions& options = {}) {
    using thuocdo::detail::fixed_number;
    using thuocdo::detail::listed;
    using thuocdo::detail::shortest_number;
    std::vector<Label> out;
    const UnitChange& change = movement.change;
    const auto place = [&](const char* en, const char* vi, double rank, double score) {
        const Label at = shortest_number(rank);
        const Label points = fixed_number(score, options.digits);
        out.push_back({en + at.en + ", score " + points.en + '.',
                       vi + at.vi + ", tổng điểm " + points.vi + '.'});
    };
    const auto named = [&](const std::vector<Unit>& units, const char* en, const char* vi) {
        if (units.empty()) return;
        std::vector<Label> names;
        for (const Unit& each : units)
            names.push_back(each.name.empty() ? Label{each.code, each.code} : each.name);
        const Label all = listed(names, options.most);
        out.push_back({en + all.en + '.', vi + all.vi + '.'});
    };
    if (change.fate == UnitFate::entered) {
        place("New on the board: rank ", "Mới vào bảng: hạng ", change.rank.after,
              change.score.after);
        return out;
    }
    if (change.fate == UnitFate::left) {
        place("No longer on the board; it was at rank ", "Không còn trong bảng; trước đó hạng ",
              change.rank.before, change.score.before);
        return out;
    }
    const double places = change.rank.amount();
    const Label then = shortest_number(change.rank.before);
    const Label now = shortest_number(change.rank.after);
    const Label moved = shortest_number(std::abs(places));
    if (places == 0.0)
        out.push_back({"Stays at rank " + now.en + '.', "Giữ nguyên hạng " + now.vi + '.'});
    else if (places < 0.0)
        out.push_back(
            {"Up " + moved.en + (moved.en == "1" ? " place" : " places") + ", from rank " +
                 then.en + " to " + now.en + '.',
             "Tăng " + moved.vi + " bậc, từ hạng " + then.vi + " lên hạng " + now.vi + '.'});
    else if (places > 0.0)
        out.push_back(
            {"Down " + moved.en + (moved.en == "1" ? " place" : " places") + ", from rank " +
                 then.en + " to " + now.en + '.',
             "Giảm " + moved.vi + " bậc, từ hạng " + then.vi + " xuống hạng " + now.vi + '.'});
    const double gained = change.score.amount();
    if (!std::isnan(gained)) {
        const Label before = fixed_number(change.score.before, options.digits);
        const Label after = fixed_number(change.score.after, options.digits);
        if (thuocdo::detail::shows_nothing(gained, options.digits)) {
            out.push_back(
                {"The score stays at " + after.en + '.', "Tổng điểm giữ ở mức " + after.vi + '.'});
        } else {
            const Label by = fixed_number(std::abs(gained), options.digits);
            const bool up = gained > 0.0;
            out.push_back({std::string("The score ") + (up ? "rises by " : "falls by ") + by.en +
                               ", from " + before.en + " to " + after.en + '.',
                           std::string("Tổng điểm ") + (up ? "tăng " : "giảm ") + by.vi +
                               " điểm, từ " + before.vi + (up ? " lên " : " xuống ") + after.vi +
                               '.'});
        }
        const Label parts = detail::parts_text(change.score, options.digits);
        if (!parts.en.empty())
            out.push_back({"Parts of the change of the score: " + parts.en + '.',
                           "Cấu phần thay đổi điểm: " + parts.vi + '.'});
    }
    // Parts of ranks are places; a plus moves down.
    constexpr int rank_digits = 1;
    SplitChange gains = change.rank;
    for (ChangePart& each : gains.parts) each.amount = -each.amount + 0.0;
    const Label parts = detail::parts_text(gains, rank_digits);
    if (!parts.en.empty())
        out.push_back({"Places gained (+) or lost (-): " + parts.en + '.',
                       "Số bậc tăng (+) hoặc giảm (-): " + parts.vi + '.'});
    named(movement.overtaken, "Passed ", "Vượt qua ");
    named(movement.overtaken_by, "Passed by ", "Bị vượt bởi ");
    named(movement.left_ahead,
          "No longer ahead because they left: ", "Rời bảng từ vị trí xếp trên: ");
    named(movement.entered_ahead, "Entered ahead: ", "Mới vào và xếp trên: ");
    return out;
}

}  // namespace thuocdo::publish

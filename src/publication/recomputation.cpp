#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/publish/publish.hpp>
#include <thuocdo/publish/verification.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace thuocdo::publish {
namespace detail {
namespace {

/// What is withheld in a publication, as rules and marks on a view of a scoreboard.
AudienceView view_like(const Publication& publication, const Scoreboard& board) {
    VisibilityRules rules;
    std::set<std::string> listed;
    for (const PublishedUnit& unit : publication.units) {
        listed.insert(unit.code);
        const bool without_total = !unit.figures.empty() && unit.figures.front().withheld;
        rules.ranks_without_totals |= without_total && !unit.rank_withheld;
        rules.bands_without_totals |= without_total && !unit.band_withheld;
    }
    for (const std::string& code : board.units().codes())
        if (!listed.contains(code)) rules.units.push_back({code, Visibility::restricted});
    for (const PublishedNode& node : publication.nodes)
        if (node.digits && board.model().find(node.code))
            rules.digits.push_back({node.code, *node.digits});
    AudienceView view(board, publication.audience, std::move(rules));
    for (const PublishedUnit& unit : publication.units) {
        const auto row = board.units().find(unit.code);
        if (!row) continue;
        for (std::size_t k = 0; k < unit.figures.size(); ++k) {
            const auto node = board.model().find(publication.nodes[k].code);
            if (node && unit.figures[k].withheld) view.withhold(*row, *node);
        }
        if (unit.rank_withheld) view.withhold_rank(*row);
        if (unit.band_withheld) view.withhold_band(*row);
    }
    return view;
}

/// Counts what differs and lists the first.
class Differences {
  public:
    Differences(std::size_t most, std::vector<Difference>& listed) : most_(most), listed_(listed) {}

    void at(std::string unit, std::string node) {
        unit_ = std::move(unit);
        node_ = std::move(node);
    }
    void number(const char* quantity, double published, double recomputed) {
        if (published == recomputed || (std::isnan(published) && std::isnan(recomputed))) return;
        add(quantity, shown(published), shown(recomputed));
    }
    void text(const char* quantity, const std::string& published, const std::string& recomputed) {
        if (published != recomputed) add(quantity, published, recomputed);
    }
    void flag(const char* quantity, bool published, bool recomputed) {
        if (published != recomputed)
            add(quantity, published ? "yes" : "no", recomputed ? "yes" : "no");
    }
    void add(const char* quantity, std::string published, std::string recomputed) {
        ++count_;
        if (listed_.size() < most_)
            listed_.push_back(
                {unit_, node_, quantity, std::move(published), std::move(recomputed)});
    }
    [[nodiscard]] std::size_t count() const noexcept { return count_; }

  private:
    [[nodiscard]] static std::string shown(double value) {
        return std::isnan(value) ? "none" : numeric::shortest(value);
    }

    std::size_t most_;
    std::vector<Difference>& listed_;
    std::size_t count_ = 0;
    std::string unit_;
    std::string node_;
};

std::string joined_words(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& each : texts) out += (out.empty() ? "" : "; ") + each;
    return out;
}

void compare_figure(const PublishedFigure& published, const PublishedFigure& again,
                    Differences& out) {
    out.flag("withheld", published.withheld, again.withheld);
    if (published.withheld || again.withheld) return;
    out.number("result", published.result, again.result);
    out.number("contribution", published.contribution, again.contribution);
    out.number("value", published.value, again.value);
    out.number("numerator", published.numerator, again.numerator);
    out.number("denominator", published.denominator, again.denominator);
    out.text("state", cell_state_name(published.state), cell_state_name(again.state));
    out.flag("imputed", published.imputed, again.imputed);
    out.text("source", published.source, again.source);
    out.text("date", published.date ? to_iso(*published.date) : std::string(),
             again.date ? to_iso(*again.date) : std::string());
}

void compare_unit(const PublishedUnit& published, const PublishedUnit& again,
                  const std::vector<PublishedNode>& nodes, Differences& out) {
    out.at(published.code, {});
    out.text("name", published.name.vi + " / " + published.name.en,
             again.name.vi + " / " + again.name.en);
    out.text("level", published.level, again.level);
    out.text("kind", published.kind, again.kind);
    out.text("parent", published.parent, again.parent);
    out.flag("groups", true, published.groups == again.groups);
    out.number("score", published.score, again.score);
    out.number("rank", published.rank, again.rank);
    out.flag("ranks_within", true, published.ranks_within == again.ranks_within);
    out.flag("rank_withheld", published.rank_withheld, again.rank_withheld);
    out.flag("band_withheld", published.band_withheld, again.band_withheld);
    out.text("band", published.band, again.band);
    out.text("band_reason", published.band_reason, again.band_reason);
    out.number("coverage", published.coverage, again.coverage);
    out.text("flags", joined_words(published.flags), joined_words(again.flags));
    for (std::size_t k = 0; k < nodes.size(); ++k) {
        out.at(published.code, nodes[k].code);
        compare_figure(published.figures[k], again.figures[k], out);
    }
}

void compare_node(const PublishedNode& published, const PublishedNode& again, Differences& out) {
    out.at({}, published.code);
    out.text("code", published.code, again.code);
    out.text("name", published.name.vi + " / " + published.name.en,
             again.name.vi + " / " + again.name.en);
    out.number("effective_weight", published.effective_weight, again.effective_weight);
    out.text("rule", published.rule, again.rule);
    out.number("target", published.target, again.target);
    out.number("best", published.best, again.best);
    out.text("role", published.role, again.role);
    out.text("unit", published.unit, again.unit);
    out.flag("lower_is_better", published.lower_is_better, again.lower_is_better);
    out.flag("withheld", published.withheld, again.withheld);
}

}  // namespace
}  // namespace detail

std::size_t compare_with_board(const Publication& publication, const Scoreboard& board,
                               std::size_t most, std::vector<Difference>& differences) {
    detail::Differences out(most, differences);
    PublishOptions options;
    options.peer_group.clear();
    options.peers = 0;
    const Publication again = publish(detail::view_like(publication, board), options);
    if (publication.nodes.size() != again.nodes.size()) {
        out.add("nodes", std::to_string(publication.nodes.size()),
                std::to_string(again.nodes.size()));
        return out.count();
    }
    for (std::size_t k = 0; k < again.nodes.size(); ++k)
        detail::compare_node(publication.nodes[k], again.nodes[k], out);
    std::map<std::string, std::size_t> rows;
    for (std::size_t k = 0; k < again.units.size(); ++k) rows[again.units[k].code] = k;
    std::size_t place = 0;
    for (const PublishedUnit& unit : publication.units) {
        out.at(unit.code, {});
        const auto found = rows.find(unit.code);
        if (found == rows.end()) {
            out.add("unit", "listed", "none");
            continue;
        }
        if (found->second != place++)
            out.add("place", std::to_string(place), std::to_string(found->second + 1));
        detail::compare_unit(unit, again.units[found->second], again.nodes, out);
    }
    out.at({}, {});
    const auto count = [](std::size_t number) { return std::to_string(number); };
    out.text("units", count(publication.units.size()), count(again.units.size()));
    out.text("withheld_units", count(publication.disclosure.withheld_units),
             count(again.disclosure.withheld_units));
    out.text("withheld_figures", count(publication.disclosure.withheld_figures),
             count(again.disclosure.withheld_figures));
    for (std::size_t k = 0; k < std::max(publication.bands.size(), again.bands.size()); ++k) {
        const auto range = [&](const Publication& from) {
            return k < from.bands.size() ? from.bands[k].code + ' ' + from.bands[k].range
                                         : std::string("none");
        };
        out.text("band", range(publication), range(again));
    }
    return out.count();
}

}  // namespace thuocdo::publish

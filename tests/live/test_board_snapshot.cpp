// A snapshot says what the scoreboard of the same data says, shares what did not change,
// and stays as it was.

#include <thuocdo/live/board_snapshot.hpp>
#include <thuocdo/live/detail/snapshot_writer.hpp>
#include <thuocdo/score.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "support/build.hpp"

namespace board_snapshot_tests {

using namespace thuocdo;
using live::BoardSnapshot;
using live::SnapshotHeader;
using live::detail::SnapshotWriter;
using testing_support::Random;

constexpr std::size_t chunk_bytes =
    live::detail::ChunkedColumn<double>::chunk_rows * sizeof(double);
constexpr std::size_t band_chunk_bytes =
    live::detail::ChunkedColumn<std::int16_t>::chunk_rows * sizeof(std::int16_t);

bool same(double a, double b) {
    return (a != a && b != b) || std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

bool same(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
    return std::equal(a.data(), a.data() + a.size(), b.data(), b.data() + b.size(),
                      [](double x, double y) { return same(x, y); });
}

/// The columns that a live board would hold.
struct State {
    Eigen::MatrixXd results;
    Eigen::VectorXd full;
    Eigen::VectorXd published;
    Eigen::VectorXd coverage;
    std::vector<std::int16_t> bands{};

    explicit State(const Scoreboard& board)
        : results(board.results()),
          full(board.full_scores()),
          published(board.scores()),
          coverage(board.coverage()) {
        if (!board.has_bands()) return;
        for (Index unit = 0; unit < board.unit_count(); ++unit)
            bands.push_back(static_cast<std::int16_t>(board.band_outcome(unit).final_band));
    }
    [[nodiscard]] std::shared_ptr<const BoardSnapshot> take(SnapshotWriter& writer,
                                                            SnapshotHeader header = {}) const {
        return writer.take(results, full, published, coverage, bands, std::move(header));
    }
};

/// Two leaves, values of one digit so that totals tie, some missing; a total with two
/// digits, printed with none; three bands.
Scoreboard board_of(Index units, const RankingRule& ranking, bool banded = true) {
    using namespace testing_support;
    ModelDefinition model = definition(group("total", aggregation::Arithmetic{},
                                             {leaf("a", rule::AsIs{}), leaf("b", rule::AsIs{})}));
    for (NodeDefinition& leaf : model.root.children)
        leaf.missing = MissingRule::all(MissingPolicy::renormalise);
    model.root.rounding = Rounding{0, numeric::RoundingMode::half_up, RoundingPlace::display};
    model.ranking = ranking;
    if (banded) {
        BandScale scale;
        scale.bands.resize(3);
        scale.bands[0].code = "high";
        scale.bands[0].from = 7.0;
        scale.bands[1].code = "middle";
        scale.bands[1].from = 4.0;
        scale.bands[2].code = "low";
        scale.bands[2].from = 1.0;
        model.bands = scale;
    }
    Random random(static_cast<std::uint64_t>(units));
    std::vector<std::vector<double>> rows(static_cast<std::size_t>(units));
    for (auto& row : rows)
        for (int k = 0; k < 2; ++k)
            row.push_back(random.chance(0.2) ? missing_value
                                             : static_cast<double>(random.below(20)) / 2.0);
    return score(IndexModel(model), panel({"a", "b"}, rows));
}

RankingRule ranking_rule(TiePolicy ties, Basis on = Basis::rounded) {
    RankingRule ranking;
    ranking.ties = ties;
    ranking.on = on;
    return ranking;
}

/// Empty when a snapshot says what a board says.
std::string difference(const BoardSnapshot& found, const Scoreboard& board) {
    if (!same(found.scores(), board.scores())) return "scores";
    if (!same(found.full_scores(), board.full_scores())) return "full scores";
    if (!same(found.ranks(), board.ranks())) return "ranks";
    if (!same(found.coverage(), board.coverage())) return "coverage";
    if (!same(found.results_of("b"), board.results_of("b"))) return "results";
    if (!std::ranges::equal(found.ranked_units(), board.ranked_units(), {},
                            [](std::uint32_t unit) { return static_cast<Index>(unit); }))
        return "order";
    for (Index unit = 0; unit < board.unit_count(); ++unit) {
        if (found.band(unit) != board.band(unit)) return "band";
        if (!same(found.rank(unit), board.ranks()[unit])) return "rank";
        if (!same(found.score(unit), board.scores()[unit])) return "score";
        if (!same(found.full_score(unit), board.full_scores()[unit])) return "full score";
        for (Index node = 0; node < board.model().node_count(); ++node)
            if (!same(found.result(unit, node), board.result(unit, node))) return "result";
    }
    std::ostringstream a;
    std::ostringstream b;
    a << found;
    b << board;
    return a.str() == b.str() ? "" : "table";
}

}  // namespace board_snapshot_tests

using namespace board_snapshot_tests;

TEST_CASE("scores, ranks, bands and ranking of a snapshot are those of the scoreboard") {
    std::vector<RankingRule> rules;
    for (const TiePolicy ties :
         {TiePolicy::competition, TiePolicy::dense, TiePolicy::fractional, TiePolicy::ordinal})
        for (const Basis on : {Basis::rounded, Basis::full}) {
            rules.push_back(ranking_rule(ties, on));
            rules.back().tie_breakers = {{"a", numeric::Order::ascending}, {"b"}};
            rules.push_back(ranking_rule(ties, on));
        }
    rules.push_back(ranking_rule(TiePolicy::competition));
    rules.back().digits = 1;
    rules.back().mode = numeric::RoundingMode::half_even;
    rules.push_back(ranking_rule(TiePolicy::ordinal));
    rules.back().order = numeric::Order::ascending;
    for (std::size_t k = 0; k < rules.size(); ++k) {
        CAPTURE(k);
        const Scoreboard board = board_of(k % 2 == 0 ? 300 : 25, rules[k], k % 3 != 0);
        SnapshotWriter writer(board.model(), board.units());
        CHECK(difference(*State(board).take(writer), board) == "");
    }
}

TEST_CASE("units at a rank hold it, and a ranking stops where it is told to") {
    const Scoreboard board = board_of(40, ranking_rule(TiePolicy::fractional));
    SnapshotWriter writer(board.model(), board.units());
    const auto snapshot = State(board).take(writer);
    std::size_t found = 0;
    for (double rank = 0.0; rank < 41.0; rank += 0.5)
        for (const std::uint32_t unit : snapshot->units_at(rank)) {
            CHECK(snapshot->rank(unit) == rank);
            ++found;
        }
    CHECK(found == static_cast<std::size_t>((board.ranks().array() > 0.0).count()));
    CHECK(snapshot->units_at(missing_value).empty());
    CHECK(snapshot->ranking(3).size() == 3);
    CHECK(snapshot->ranking(0).empty());
    CHECK(snapshot->ranking(3)[2].unit == board.ranking(3)[2].unit);
}

TEST_CASE("a snapshot shares all chunks but those that changed and never changes itself") {
    const Scoreboard board = board_of(5000, ranking_rule(TiePolicy::competition));
    SnapshotWriter writer(board.model(), board.units());
    State state(board);
    const auto first = state.take(writer, {1, Date(2026, 9, 30), "2026-Q3", 0});
    constexpr std::size_t chunks = 20;
    const std::size_t all = chunks * (6 * chunk_bytes + band_chunk_bytes);
    CHECK(first->bytes_shared_with(*first) == all);

    const auto second = state.take(writer, {2, Date(2026, 9, 30), "2026-Q3", 0});
    CHECK(second->bytes_shared_with(*first) == all);

    // Rows 4999 and 255 of one node, 4096 of the totals, 0 of the bands.
    state.results(4999, 1) = -1.0;
    state.results(255, 1) = -2.0;
    state.published[4096] = 1000.0;
    state.bands[0] = 2;
    const Index node = 1;
    writer.changed(node, 4999);
    writer.changed(node, 255);
    writer.changed(writer.columns().published(), 4096);
    writer.changed(writer.columns().band(), 0);
    const auto third = state.take(writer, {3, Date(2026, 10, 1), "2026-Q4", 0});
    CHECK(all - third->bytes_shared_with(*second) == 3 * chunk_bytes + band_chunk_bytes);
    CHECK(third->result(4999, 1) == -1.0);
    CHECK(third->result(255, 1) == -2.0);
    CHECK(third->rank(4096) == 1.0);
    CHECK(third->band(0) == "low");
    CHECK(third->as_of() == Date(2026, 10, 1));
    CHECK(third->period() == "2026-Q4");
    CHECK(third->sequence() == 3);

    // What was not marked keeps its chunks although the source moved on.
    state.results(300, 0) += 1.0;
    state.coverage.setZero();
    writer.changed(writer.columns().coverage());
    const auto fourth = state.take(writer);
    CHECK(all - fourth->bytes_shared_with(*third) == chunks * chunk_bytes);
    CHECK(fourth->coverage(4999) == 0.0);
    CHECK(same(fourth->result(300, 0), board.result(300, 0)));

    state = State(board);
    writer.everything_changed();
    const auto fifth = state.take(writer);
    CHECK(fifth->bytes_shared_with(*fourth) == 0);
    CHECK(difference(*fifth, board) == "");
    CHECK(difference(*first, board) == "");
    CHECK(first->sequence() == 1);
    CHECK(same(third->coverage(), board.coverage()));
}

TEST_CASE("while score would refuse the data, only results and coverage can be read") {
    const Scoreboard board = board_of(10, ranking_rule(TiePolicy::dense));
    SnapshotWriter writer(board.model(), board.units());
    const auto snapshot = State(board).take(writer, {7, {}, {}, 2});
    CHECK(!snapshot->is_scorable());
    CHECK(same(snapshot->result(3, 1), board.result(3, 1)));
    CHECK(same(snapshot->coverage(3), board.coverage()[3]));
    std::ostringstream out;
    const std::vector<std::function<void()>> refused{
        [&] { (void)snapshot->score(0); },      [&] { (void)snapshot->full_score(0); },
        [&] { (void)snapshot->scores(); },      [&] { (void)snapshot->full_scores(); },
        [&] { (void)snapshot->band(0); },       [&] { (void)snapshot->rank(0); },
        [&] { (void)snapshot->ranks(); },       [&] { (void)snapshot->ranked_units(); },
        [&] { (void)snapshot->units_at(1.0); }, [&] { (void)snapshot->ranking(); },
        [&] { (void)snapshot->row(0); },        [&] { out << *snapshot; }};
    for (const auto& call : refused) {
        const auto problems = testing_support::problems_of<DataError>(call);
        REQUIRE(problems.size() == 1);
        CHECK(problems[0].code == "board_not_scorable");
        CHECK(problems[0].found == "2 open problems");
    }
}

TEST_CASE("units, nodes and columns that do not exist are errors") {
    const Scoreboard board = board_of(10, ranking_rule(TiePolicy::dense));
    SnapshotWriter writer(board.model(), board.units());
    State state(board);
    const auto snapshot = state.take(writer);
    for (const Index unit : {Index{-1}, Index{10}}) {
        CHECK_THROWS_AS((void)snapshot->score(unit), DataError);
        CHECK_THROWS_AS((void)snapshot->full_score(unit), DataError);
        CHECK_THROWS_AS((void)snapshot->result(unit, 0), DataError);
        CHECK_THROWS_AS((void)snapshot->coverage(unit), DataError);
        CHECK_THROWS_AS((void)snapshot->band(unit), DataError);
        CHECK_THROWS_AS((void)snapshot->rank(unit), DataError);
        CHECK_THROWS_AS((void)snapshot->row(unit), DataError);
        CHECK_THROWS_AS(writer.changed(Index{0}, unit), NumericError);
    }
    CHECK_THROWS_AS((void)snapshot->result(0, 3), DataError);
    CHECK_THROWS_AS((void)snapshot->result(0, -1), DataError);
    CHECK_THROWS_AS((void)snapshot->results_of("c"), ModelError);
    CHECK_THROWS_AS(writer.changed(writer.columns().count()), NumericError);
    state.full.conservativeResize(9);
    state.bands.clear();
    CHECK(testing_support::problems_of<NumericError>([&] { (void)state.take(writer); }).size() ==
          2);
}

TEST_CASE("one unit, and a unit without a score") {
    for (const double value : {5.0, missing_value}) {
        ModelDefinition model = testing_support::definition(testing_support::group(
            "total", aggregation::Arithmetic{}, {testing_support::leaf("b", rule::AsIs{})}));
        model.root.children[0].missing = MissingRule::all(MissingPolicy::renormalise);
        const Scoreboard board = score(IndexModel(model), testing_support::panel({"b"}, {{value}}));
        SnapshotWriter writer(board.model(), board.units());
        CHECK(difference(*State(board).take(writer), board) == "");
    }
}

TEST_CASE("readers that ask for ranks at once get the same ones") {
    const Scoreboard board = board_of(2000, ranking_rule(TiePolicy::ordinal));
    SnapshotWriter writer(board.model(), board.units());
    const auto snapshot = State(board).take(writer);
    std::atomic<int> right{0};
    std::vector<std::thread> readers;
    for (int k = 0; k < 4; ++k)
        readers.emplace_back([&] {
            if (same(snapshot->ranks(), board.ranks()) && snapshot->ranked_units().size() == 2000)
                ++right;
        });
    for (std::thread& reader : readers) reader.join();
    CHECK(right == 4);
}

// Live scoreboards, what changed on them, and their pictures.
#include <thuocdo/io/events.hpp>
#include <thuocdo/live/live_scoreboard.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "columns.hpp"
#include "convert.hpp"
#include "live_log.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

using Texts = std::vector<std::string>;
using Board = live::LiveScoreboard;
using Update = live::BoardUpdate;
using Snapshot = live::BoardSnapshot;
using Positions = py::array_t<std::int64_t>;

/// A board of a log, behind the lock of that log.
class SharedBoard {
  public:
    SharedBoard(std::vector<IndexModel> models, std::shared_ptr<SharedLog> log,
                live::LiveOptions options)
        : log_(std::move(log)), board_(log_->with([&](live::ObservationLog&) {
              return std::make_unique<Board>(std::move(models), log_->log(), std::move(options));
          })) {}

    template <class Work>
    auto with(const Work& work) {
        return log_->with([&](live::ObservationLog&) { return work(*board_); });
    }

    [[nodiscard]] Update apply(const py::bytes& utf8, const std::string& file) {
        const std::string lines = utf8;
        return with([&](Board& board) {
            const std::vector<live::Event> events = io::parse_events(lines, file);
            const auto write = [this](std::span<const live::Event> fresh) { log_->write(fresh); };
            Update update = board.apply(events, write);
            log_->checkpoint_if_due();
            return update;
        });
    }

    /// For any thread, also while another one applies events.
    [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const { return board_->snapshot(); }

  private:
    std::shared_ptr<SharedLog> log_;
    std::unique_ptr<Board> board_;
};

/// A callback of Python that C++ may copy and let go without the lock of the interpreter.
[[nodiscard]] Board::Callback make_callback(py::object function) {
    const std::shared_ptr<py::object> held(new py::object(std::move(function)),
                                           [](py::object* object) {
                                               // Nothing is left to release after its end.
                                               if (!Py_IsInitialized()) return;
                                               const py::gil_scoped_acquire gil;
                                               delete object;
                                           });
    return [held](const Update& update, std::span<const live::UnitChange> selected) {
        const py::gil_scoped_acquire gil;
        Positions units(static_cast<py::ssize_t>(selected.size()));
        std::int64_t* next = units.mutable_data();
        for (const live::UnitChange& each : selected) *next++ = each.unit;
        (*held)(Update(update), units);
    };
}

[[nodiscard]] std::size_t subscribe(SharedBoard& self, py::object callback, Texts units,
                                    Texts nodes, double least_rank_change, double top,
                                    bool band_changes_only) {
    live::ChangeFilter filter{std::move(units), std::move(nodes), least_rank_change, top,
                              band_changes_only};
    Board::Callback function = make_callback(std::move(callback));
    return self.with([&](Board& board) {
        // Misspelt codes would stay silent for ever.
        for (const std::string& node : filter.nodes)
            static_cast<void>(board.model().index_of(node));
        for (std::string& unit : filter.units)
            unit = board.units().code(board.units().index_of(unit));
        return board.subscribe(std::move(filter), std::move(function));
    });
}

// --- updates ---------------------------------------------------------------------------------

/// Changes of units by columns: all of them, or those at some positions.
[[nodiscard]] py::dict change_columns(const Update& update, const std::optional<Positions>& units) {
    std::vector<live::UnitChange> rows;
    if (units) {
        for (py::ssize_t k = 0; k < units->size(); ++k)
            if (const live::UnitChange* found = update.find(static_cast<Index>(units->at(k))))
                rows.push_back(*found);
    } else {
        rows = update.changes;
    }
    TableOf<live::UnitChange> columns(rows);
    columns.texts("unit", [&](const auto& row) { return update.units.code(row.unit); });
    columns.texts("name", [&](const auto& row) { return update.units.display_name(row.unit); });
    columns.numbers("score_before", [](const auto& row) { return row.score_before; });
    columns.numbers("score_after", [](const auto& row) { return row.score_after; });
    columns.numbers("rank_before", [](const auto& row) { return row.rank_before; });
    columns.numbers("rank_after", [](const auto& row) { return row.rank_after; });
    columns.texts("band_before",
                  [&](const auto& row) { return update.band_code(row.band_before); });
    columns.texts("band_after", [&](const auto& row) { return update.band_code(row.band_after); });
    return columns.take();
}

[[nodiscard]] py::dict result_columns(const Update& update) {
    TableOf<live::ResultChange> columns(update.results);
    columns.texts("unit", [&](const auto& row) { return update.units.code(row.unit); });
    columns.texts("name", [&](const auto& row) { return update.units.display_name(row.unit); });
    columns.texts("node", [&](const auto& row) { return update.model.node(row.node).code; });
    columns.numbers("before", [](const auto& row) { return row.before; });
    columns.numbers("after", [](const auto& row) { return row.after; });
    return columns.take();
}

[[nodiscard]] Texts overtaken(const Update& update, const std::string& unit) {
    Texts codes;
    for (const Index each : update.overtaken_by(update.units.index_of(unit)))
        codes.push_back(update.units.code(each));
    return codes;
}

void register_update(py::module_& module) {
    using py::arg;
    py::class_<Update>(module, "BoardUpdate")
        .def_readonly("model", &Update::model)
        .def_readonly("sequence", &Update::sequence)
        .def_property_readonly("as_of", [](const Update& update) { return to_iso(update.as_of); })
        .def_readonly("new_events", &Update::new_events)
        .def_readonly("rebuilt", &Update::rebuilt)
        .def_readonly("open_problems", &Update::open_problems)
        .def_property_readonly("size", [](const Update& update) { return update.changes.size(); })
        .def_property_readonly(
            "has_bands",
            [](const Update& update) { return update.model.definition().bands.has_value(); })
        .def("changes", &change_columns, arg("units"))
        .def("results", &result_columns)
        .def("overtaken_by", &overtaken, arg("unit"))
        .def("text", &printed_text<Update>);
}

// --- pictures --------------------------------------------------------------------------------

[[nodiscard]] py::dict snapshot_columns(const Snapshot& board, Index limit) {
    std::vector<RankingRow> rows;
    {
        // The first reader of a snapshot makes its ranks.
        const py::gil_scoped_release release;
        rows = board.ranking(limit);
    }
    TableOf<RankingRow> columns(rows);
    columns.texts("unit", [](const RankingRow& row) { return row.unit.code; });
    columns.numbers("rank", [](const RankingRow& row) { return row.rank; });
    columns.texts("name", [](const RankingRow& row) { return row.unit.display_name(); });
    columns.numbers("score", [](const RankingRow& row) { return row.score; });
    if (board.model().definition().bands)
        columns.texts("band", [](const RankingRow& row) { return row.band; });
    columns.numbers("coverage", [](const RankingRow& row) { return row.coverage; });
    return columns.take();
}

/// One number or text of a unit, given by its code or name.
template <class Value>
[[nodiscard]] auto of_unit(Value (Snapshot::*get)(Index) const) {
    return [get](const Snapshot& board, const std::string& unit) {
        return without_lock([&] { return (board.*get)(board.units().index_of(unit)); });
    };
}

[[nodiscard]] Texts codes_at(const Snapshot& board, double rank) {
    return without_lock([&] {
        Texts codes;
        for (const std::uint32_t unit : board.units_at(rank))
            codes.push_back(board.units().code(static_cast<Index>(unit)));
        return codes;
    });
}

void register_snapshot(py::module_& module) {
    using py::arg;
    py::class_<Snapshot, std::shared_ptr<Snapshot>>(module, "BoardSnapshot")
        .def_property_readonly("model", &Snapshot::model)
        .def_property_readonly("sequence", &Snapshot::sequence)
        .def_property_readonly("as_of", [](const Snapshot& board) { return to_iso(board.as_of()); })
        .def_property_readonly("period", &Snapshot::period)
        .def_property_readonly("open_problems", &Snapshot::open_problems)
        .def_property_readonly("unit_count", &Snapshot::unit_count)
        .def("ranking", &snapshot_columns, arg("limit"))
        .def("score", of_unit(&Snapshot::score), arg("unit"))
        .def("rank", of_unit(&Snapshot::rank), arg("unit"))
        .def("band", of_unit(&Snapshot::band), arg("unit"))
        .def(
            "result",
            [](const Snapshot& board, const std::string& unit, const std::string& node) {
                return board.result(board.units().index_of(unit), board.model().index_of(node));
            },
            arg("unit"), arg("node"))
        .def("units_at", &codes_at, arg("rank"));
}

// --- boards ----------------------------------------------------------------------------------

/// One number or text of a unit, given by its code or name.
template <class Value>
[[nodiscard]] auto of_unit(Value (Board::*get)(Index) const) {
    return [get](SharedBoard& self, const std::string& unit) {
        return self.with([&](Board& board) { return (board.*get)(board.units().index_of(unit)); });
    };
}

/// A question without arguments.
template <class Answer>
[[nodiscard]] auto ask(const Answer& answer) {
    return [answer](SharedBoard& self) { return self.with(answer); };
}

/// The whole board, and the panels of other periods that it was scored with.
[[nodiscard]] py::tuple whole_board(SharedBoard& self) {
    auto [board, options] =
        self.with([](Board& live) { return std::pair(live.scoreboard(), live.score_options()); });
    return py::make_tuple(std::move(board), std::move(options.previous),
                          std::move(options.other_periods));
}

void register_board(py::module_& module) {
    using py::arg;
    py::class_<SharedBoard>(module, "LiveScoreboard")
        .def(py::init([](std::vector<IndexModel> models, std::shared_ptr<SharedLog> log,
                         std::string period, const std::string& as_of, std::string previous_period,
                         Texts other_periods) {
                 live::LiveOptions options{std::move(period), read_date(as_of, "as_of"),
                                           std::move(previous_period), std::move(other_periods)};
                 return std::make_unique<SharedBoard>(std::move(models), std::move(log),
                                                      std::move(options));
             }),
             arg("models"), arg("log"), arg("period"), arg("as_of"), arg("previous_period"),
             arg("other_periods"))
        .def("apply", &SharedBoard::apply, arg("utf8"), arg("file"))
        .def("catch_up", ask([](Board& board) { return board.catch_up(); }))
        .def(
            "advance_to",
            [](SharedBoard& self, const std::string& date) {
                const Date day = read_date(date, "date");
                return self.with([&](Board& board) { return board.advance_to(day); });
            },
            arg("date"))
        .def("next_change", ask([](Board& board) { return write_date(board.next_change()); }))
        .def_property_readonly("model", ask([](Board& board) { return board.model(); }))
        .def_property_readonly("units", ask([](Board& board) { return board.units(); }))
        .def_property_readonly("as_of", ask([](Board& board) { return to_iso(board.as_of()); }))
        .def_property_readonly("period", ask([](Board& board) { return board.moment().period; }))
        .def_property_readonly("sequence", ask([](Board& board) { return board.sequence(); }))
        .def_property_readonly("open_problems",
                               ask([](Board& board) { return board.open_problems(); }))
        .def_property_readonly("groups_ranked_within", ask([](Board& board) {
                                   return board.model().definition().ranking.within;
                               }))
        .def("problems", ask([](Board& board) { return board.problems(); }))
        .def("panel", ask([](Board& board) { return board.panel(); }))
        .def("scoreboard", &whole_board)
        .def("score", of_unit(&Board::score), arg("unit"))
        .def("rank", of_unit(&Board::rank), arg("unit"))
        .def("band", of_unit(&Board::band), arg("unit"))
        .def(
            "result",
            [](SharedBoard& self, const std::string& unit, const std::string& node) {
                return self.with(
                    [&](Board& board) { return board.result(board.units().index_of(unit), node); });
            },
            arg("unit"), arg("node"))
        .def(
            "units_at",
            [](SharedBoard& self, double rank) {
                return self.with([&](Board& board) {
                    Texts codes;
                    for (const Index unit : board.units_at(rank))
                        codes.push_back(board.units().code(unit));
                    return codes;
                });
            },
            arg("rank"))
        .def("snapshot",
             [](const SharedBoard& self) {
                 return std::const_pointer_cast<Snapshot>(self.snapshot());
             })
        .def("subscribe", &subscribe, arg("callback"), arg("units"), arg("nodes"),
             arg("least_rank_change"), arg("top"), arg("band_changes_only"))
        .def(
            "unsubscribe",
            [](SharedBoard& self, std::size_t subscriber) {
                return self.with([&](Board& board) { return board.unsubscribe(subscriber); });
            },
            arg("subscriber"));
}

}  // namespace

void register_live_board(py::module_& module) {
    register_update(module);
    register_snapshot(module);
    register_board(module);
}

}  // namespace thuocdo::python

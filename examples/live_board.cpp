// A live scoreboard: an event arrives, somebody overtakes somebody, and the past stays as it
// was known then.

#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/thuocdo.hpp>

#include <filesystem>
#include <iostream>
#include <memory>
#include <span>

int main(int argc, char** argv) {
    namespace live = thuocdo::live;
    const std::filesystem::path data = argc > 1 ? argv[1] : THUOCDO_DATA_DIR;
    const auto model = thuocdo::io::load_model(data / "models" / "index766-province.json");
    const thuocdo::Date day(2026, 10, 10);
    thuocdo::io::PanelOptions options;
    options.period = thuocdo::to_iso(day);
    const auto panel =
        thuocdo::io::load_panel(data / "panels" / "index766_provinces.csv", model, options);

    auto log = std::make_shared<live::ObservationLog>(live::LogRules{}, live::Baseline{panel, day});
    live::LiveScoreboard board(model, log, {.period = panel.period(), .as_of = day});

    live::ChangeFilter leaders;
    leaders.top = 3;
    board.subscribe(leaders, [](const live::BoardUpdate& update, auto changes) {
        for (const live::UnitChange& each : changes)
            std::cout << update.units.display_name(each.unit) << ": rank " << each.rank_before
                      << " -> " << each.rank_after << '\n';
    });

    live::Event event;
    event.id = "so-tttt-2026-10-11/1";
    event.valid = day;
    event.known = thuocdo::start_of_day(day + boost::gregorian::days(1));
    event.fact = live::Observation{
        .unit = "75", .indicator = "CKMB", .period = panel.period(), .value = 18.0};
    const live::BoardUpdate update = board.apply(event);
    for (const thuocdo::Index unit : update.overtaken_by(*board.units().find("75")))
        std::cout << "Đồng Nai overtakes " << board.units().display_name(unit) << '\n';

    // Readers in other threads take pictures that stay as they are.
    const auto picture = board.snapshot();
    // The same event again counts once; a withdrawal is an event of its own.
    board.apply(event);
    live::Event back;
    back.id = "so-tttt-2026-10-12/1";
    back.valid = day;
    back.known = thuocdo::start_of_day(day + boost::gregorian::days(2));
    back.replaces = event.id;
    back.fact = live::Withdrawal{};
    board.apply(back);
    std::cout << "then " << picture->ranking(1).front().unit.display_name() << ", now "
              << board.ranking(1).front().unit.display_name() << '\n';

    // What is published can be rebuilt as it was known on any day, to the last bit.
    live::AsOf then = board.moment();
    then.known = thuocdo::end_of_day(day + boost::gregorian::days(1));
    const auto rebuilt = thuocdo::score(model, log->as_of(then), board.score_options());
    std::cout << "by what was known a day later: " << rebuilt.ranking(1).front().unit.display_name()
              << '\n';
    const bool same = rebuilt.scores() == picture->scores();
    std::cout << (same ? "the same bits as the picture" : "not the picture") << '\n';
    return same ? 0 : 1;
}

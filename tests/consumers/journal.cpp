// Uses the journal as a program outside the project does; the argument is its file.
#include <thuocdo/live/journal.hpp>

#include <iostream>
#include <vector>

int main(int, char** arguments) {
    namespace live = thuocdo::live;
    live::Event event;
    event.id = "e1";
    event.valid = thuocdo::Date(2026, 9, 30);
    event.known = thuocdo::start_of_day(event.valid);
    event.fact = live::Observation{"HN", "le", "2026-Q3", 75.4};
    live::Journal journal = live::Journal::open(arguments[1]);
    journal.append(std::vector{event});
    std::cout << journal.size() << " event, chain " << journal.chain() << '\n';
    return journal.verify().intact() ? 0 : 1;
}

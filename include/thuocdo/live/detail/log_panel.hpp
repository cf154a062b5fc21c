#pragma once
/// @file
/// The panel of a moment, put together from the baseline, the entries and the tasks of a
/// log.

#include <thuocdo/live/detail/log_bytes.hpp>
#include <thuocdo/live/observation_log.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::live {

namespace detail {

/// Fills in the panel of one moment.
class LogPanel {
  public:
    /// @param with_tasks whether columns `tasks.*` are counted; otherwise nothing is reported
    ///        in them
    LogPanel(const ObservationLog& log, const AsOf& moment, bool with_tasks = true)
        : log_(log), moment_(moment), with_tasks_(with_tasks) {}

    [[nodiscard]] Panel run() {
        panel_.units = log_.units(moment_);
        panel_.period = moment_.period;
        panel_.period_end = period_end(moment_.period);
        if (!panel_.period_end) panel_.period_end = moment_.valid;
        count_tasks();
        choose_columns();
        const Index units = panel_.units.size();
        const auto columns = static_cast<Index>(panel_.indicators.size());
        panel_.values = Eigen::MatrixXd::Constant(units, columns, missing_value);
        panel_.states.resize(units, columns);
        panel_.states.setConstant(CellState::not_reported);
        take_baseline();
        take_entries();
        take_tasks();
        return Panel(std::move(panel_));
    }

  private:
    void count_tasks() {
        if (!log_.rules().task_panel || !with_tasks_) return;
        TaskPanelOptions options = *log_.rules().task_panel;
        // Tasks of other bodies were refused, or accepted, when they arrived.
        options.other_groups = true;
        options.period = moment_.period;
        tasks_ = task_panel(log_.tasks(moment_), moment_.valid, panel_.units, options);
    }

    void choose_columns() {
        if (!moment_.indicators.empty()) {
            panel_.indicators = moment_.indicators;
        } else {
            std::set<std::string> all;
            if (log_.sees_baseline(moment_) && log_.baseline()->panel.period() == moment_.period)
                all.insert(log_.baseline()->panel.indicators().begin(),
                           log_.baseline()->panel.indicators().end());
            const detail::EntryStore& store = log_.store();
            for (const std::uint32_t each : store.subjects_of(detail::SubjectKind::cell))
                if (store.texts()[store.subject(each).period] == moment_.period)
                    all.insert(store.texts()[store.subject(each).indicator]);
            if (tasks_) all.insert(tasks_->indicators().begin(), tasks_->indicators().end());
            panel_.indicators.assign(all.begin(), all.end());
        }
        for (std::size_t k = 0; k < panel_.indicators.size(); ++k)
            column_of_.emplace(panel_.indicators[k], static_cast<Index>(k));
    }

    void put(Index row, Index column, const CellAtMoment& cell) {
        panel_.values(row, column) = cell.value;
        panel_.states(row, column) = cell.state;
        const bool known = panel_.ratios.find(column) != panel_.ratios.end();
        if (!known && std::isnan(cell.denominator)) return;
        RatioParts& parts = panel_.ratios[column];
        if (!known) {
            parts.numerator = Eigen::VectorXd::Constant(panel_.units.size(), missing_value);
            parts.denominator = parts.numerator;
        }
        parts.numerator[row] = cell.numerator;
        parts.denominator[row] = cell.denominator;
    }

    void note(Index row, Index column, const Provenance& provenance) {
        const auto [found, inserted] = provenance_of_.try_emplace(
            {provenance.source, provenance.date ? day_number(*provenance.date) : 0},
            static_cast<std::int32_t>(panel_.provenances.size()));
        if (inserted) panel_.provenances.push_back(provenance);
        std::vector<std::int32_t>& ids = panel_.provenance_ids[column];
        if (ids.empty()) ids.assign(static_cast<std::size_t>(panel_.units.size()), -1);
        ids[static_cast<std::size_t>(row)] = found->second;
    }

    void take_baseline() {
        if (!log_.sees_baseline(moment_)) return;
        const Panel& table = log_.baseline()->panel;
        if (table.period() != moment_.period) return;
        const std::int32_t day = day_number(moment_.valid);
        const std::int32_t valid = day_number(log_.baseline()->valid);
        std::vector<Index> rows;
        for (Index row = 0; row < panel_.units.size(); ++row) {
            const auto from = log_.baseline_row_.find(panel_.units.code(row));
            rows.push_back(from == log_.baseline_row_.end() ? -1 : from->second);
        }
        for (const auto& [indicator, column] : column_of_) {
            const auto from = table.find(indicator);
            if (!from || log_.is_stale(indicator, valid, day)) continue;
            for (Index row = 0; row < panel_.units.size(); ++row) {
                const Index at = rows[static_cast<std::size_t>(row)];
                if (at < 0) continue;
                put(row, column, ObservationLog::panel_cell(table, at, *from));
                if (const Provenance* provenance = table.provenance(at, *from))
                    note(row, column, *provenance);
            }
        }
    }

    void take_entries() {
        const detail::EntryStore& store = log_.store();
        const std::int32_t period = store.texts().find(moment_.period);
        const std::int32_t day = day_number(moment_.valid);
        for (const std::uint32_t subject : store.subjects_of(detail::SubjectKind::cell)) {
            const detail::SubjectKey& key = store.subject(subject);
            if (key.period != period) continue;
            const auto column = column_of_.find(store.texts()[key.indicator]);
            if (column == column_of_.end()) continue;
            const auto row = panel_.units.find(store.texts()[key.code]);
            if (!row) continue;
            const CellAtMoment cell = log_.entry_cell(subject, day, moment_.known.microseconds);
            if (!cell.valid) continue;
            put(*row, column->second, cell);
            const detail::Entry& entry = store.entry(static_cast<std::size_t>(cell.entry));
            note(*row, column->second, {store.texts()[entry.source], date_of(entry.valid)});
        }
    }

    void take_tasks() {
        if (!tasks_) return;
        for (Index from = 0; from < tasks_->indicator_count(); ++from) {
            const auto column =
                column_of_.find(tasks_->indicators()[static_cast<std::size_t>(from)]);
            if (column == column_of_.end()) continue;
            for (Index row = 0; row < panel_.units.size(); ++row)
                put(row, column->second, ObservationLog::panel_cell(*tasks_, row, from));
        }
    }

    const ObservationLog& log_;
    const AsOf& moment_;
    bool with_tasks_;
    PanelDefinition panel_;
    std::optional<Panel> tasks_;
    std::map<std::string, Index> column_of_;
    std::map<std::pair<std::string, std::int32_t>, std::int32_t> provenance_of_;
};

}  // namespace detail

inline Panel ObservationLog::as_of(const AsOf& moment) const {
    return detail::LogPanel(*this, moment).run();
}

inline std::string ObservationLog::digest() const {
    std::vector<std::size_t> order(store_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return store_.id(a) < store_.id(b); });
    numeric::Sha256 hash;
    hash.update_integer(order.size());
    for (const std::size_t at : order) detail::hash_event(hash, store_.event(at));
    hash.update_integer(baseline_ ? 1 : 0);
    if (!baseline_) return hash.hex();
    const detail::HashIo io{hash};
    io.text(baseline_->panel.period());
    io.integer(day_number(baseline_->valid));
    io.integer(baseline_->known.microseconds);
    for (const std::string& indicator : baseline_->panel.indicators()) io.text(indicator);
    std::map<std::string, Index> rows(baseline_row_.begin(), baseline_row_.end());
    for (const auto& [code, row] : rows) {
        io.text(code);
        for (Index column = 0; column < baseline_->panel.indicator_count(); ++column) {
            hash.update_double(baseline_->panel.value(row, column));
            hash.update_integer(static_cast<std::uint64_t>(baseline_->panel.state(row, column)));
        }
    }
    return hash.hex();
}

inline std::string ObservationLog::bytes() const {
    detail::WriteIo io;
    io.integer(static_cast<std::int64_t>(store_.size()));
    for (std::size_t at = 0; at < store_.size(); ++at) {
        Event event = store_.event(at);
        detail::EventTransfer<detail::WriteIo>(io).event(event);
    }
    return io.finish();
}

inline void ObservationLog::restore(std::string_view bytes) {
    if (size() != 0)
        throw DataError("the log cannot be restored",
                        {{"log_not_empty", "log", std::to_string(size()) + " events",
                          "a log without events", "restore into a new log"}});
    detail::ReadIo io(bytes);
    std::int64_t count = 0;
    io.integer(count);
    std::vector<Event> events;
    for (std::int64_t k = 0; k < count; ++k) {
        Event event;
        detail::EventTransfer<detail::ReadIo>(io).event(event);
        events.push_back(std::move(event));
    }
    io.finish();
    for (const Event& each : events) store_.add(each);
}

}  // namespace thuocdo::live

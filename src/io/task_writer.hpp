#pragma once
// One task, and the parts of one, as JSON objects: shared by the documents of
// registers and by events.

#include <thuocdo/model/detail/json_object.hpp>
#include <thuocdo/tasks/task.hpp>
#include <thuocdo/time/date.hpp>

#include <optional>
#include <string>
#include <vector>

namespace thuocdo::io::detail {

using thuocdo::detail::json_string;
using thuocdo::detail::JsonObject;

[[nodiscard]] inline JsonObject documented() { return JsonObject(MemberOrder::documented); }

[[nodiscard]] inline std::string json_day(const Date& date) { return json_string(to_iso(date)); }

inline void add_day(JsonObject& out, const char* name, const std::optional<Date>& date) {
    if (date) out.raw(name, json_day(*date));
}

/// A list of texts; nothing for none.
inline void add_texts(JsonObject& out, const char* name, const std::vector<std::string>& texts) {
    if (!texts.empty()) out.raw(name, thuocdo::detail::json_texts(texts));
}

/// A list of objects, one an item; nothing for no items.
template <class Item, class Write>
void add_items(JsonObject& out, const char* name, const std::vector<Item>& items, Write write) {
    if (items.empty()) return;
    std::vector<std::string> list;
    for (const Item& each : items) {
        JsonObject object = documented();
        write(object, each);
        list.push_back(object.str());
    }
    out.raw(name, thuocdo::detail::json_list(list));
}

void write_extension(JsonObject& out, const DeadlineExtension& extension);
void write_event(JsonObject& out, const TaskEvent& event);

/// On one line, empty members left out.
[[nodiscard]] std::string task_json(const Task& task);

}  // namespace thuocdo::io::detail

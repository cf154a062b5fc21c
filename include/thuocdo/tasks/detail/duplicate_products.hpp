#pragma once
/// @file
/// Products of one name that tasks of several lead bodies have to deliver.

#include <thuocdo/tasks/task_register.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

namespace thuocdo::detail {

/// The earlier task whose product a task repeats, and which of its own products
/// it is.
struct EarlierProduct {
    std::size_t task = 0;
    std::size_t product = 0;
};

/// Knows for every product name the first task (by assignment, then code) among
/// those that are assigned until a day, not cancelled and not secret.
class DuplicateProducts {
  public:
    DuplicateProducts(const TaskRegister& tasks, std::int32_t day, std::int32_t most_leads)
        : tasks_(tasks), most_leads_(most_leads) {
        for (std::size_t row = 0; row < tasks.size(); ++row) {
            if (tasks.is_secret(row)) continue;
            const TaskState state = tasks.state(row, day);
            if (state == TaskState::not_yet_assigned || state == TaskState::cancelled) continue;
            for (const ProductRecord& product : tasks.products(row)) {
                // Number 0 is the empty name.
                if (product.name == 0) continue;
                const auto [found, inserted] = names_.try_emplace(product.name, Name{row, {}});
                Name& name = found->second;
                if (!inserted && order(row) < order(name.first)) name.first = row;
                add_lead(name.leads, tasks.lead_id(row));
            }
        }
    }

    /// The first product of a task that an earlier task of another body has too.
    [[nodiscard]] std::optional<EarlierProduct> earlier(std::size_t row) const {
        const auto products = tasks_.products(row);
        for (std::size_t k = 0; k < products.size(); ++k) {
            const auto found = names_.find(products[k].name);
            if (found == names_.end()) continue;
            const Name& name = found->second;
            const bool is_common = name.leads.size() > static_cast<std::size_t>(most_leads_);
            if (!is_common && tasks_.lead_id(name.first) != tasks_.lead_id(row))
                return EarlierProduct{name.first, k};
        }
        return std::nullopt;
    }

  private:
    struct Name {
        std::size_t first = 0;
        std::vector<std::int32_t> leads{};
    };

    [[nodiscard]] std::tuple<std::int32_t, const std::string&> order(std::size_t row) const {
        return {tasks_.assigned(row), tasks_.code(row)};
    }

    /// One lead more than allowed is all that need be known.
    void add_lead(std::vector<std::int32_t>& leads, std::int32_t lead) const {
        if (leads.size() > static_cast<std::size_t>(most_leads_)) return;
        if (std::find(leads.begin(), leads.end(), lead) == leads.end()) leads.push_back(lead);
    }

    const TaskRegister& tasks_;
    std::int32_t most_leads_;
    std::map<std::int32_t, Name> names_{};
};

}  // namespace thuocdo::detail

#pragma once
/// @file
/// Changed copies of a model, and what differs between two models.

#include <thuocdo/error.hpp>
#include <thuocdo/model/index_model.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace thuocdo::io {

/// A copy of a model with one member of its document replaced or added.
///
/// @param pointer a JSON pointer (RFC 6901) into the document that `to_json` writes, e.g.
///        `/root/children/0/weight`; or one that starts at the node with a code:
///        `@education/aggregate`. A member that has its default, and is therefore not
///        written, can be given too. `-` after a list appends to it.
/// @param value JSON text, e.g. `2`, `"geometric"` or `{"rule": "min_max"}`.
/// @throws ModelError when the pointer leads through something that is no object or
///         list, to an unknown member or node, past the end of a list, when the value is
///         not JSON, or when the changed model does not pass its checks; with every
///         problem.
[[nodiscard]] IndexModel with(const IndexModel& model, std::string_view pointer,
                              std::string_view value);

/// A copy of a model with one member of its document taken out, which then has its
/// default, or one element of a list.
/// @param pointer as for `with`; it must hit something that is written.
/// @throws ModelError as `with` does.
[[nodiscard]] IndexModel without(const IndexModel& model, std::string_view pointer);

/// One difference between two models.
struct ModelDifference {
    /// Code of the node; empty outside the tree.
    std::string node{};
    /// The member that differs, e.g. `weight` or `/ranking/ties`; `parent` for a node that
    /// moved; empty for a node that only one of the models has.
    std::string member{};
    /// JSON text in each model; empty where it has none.
    std::string before{};
    std::string after{};

    friend bool operator==(const ModelDifference&, const ModelDifference&) = default;
};

/// What differs between two models: outside the tree by JSON pointer, inside it node by
/// node, matched by code, so that a node that was dropped or moved does not make its
/// neighbours differ. Members that have their default count as absent; the id and version
/// of a model are members like others. O(size of the documents).
[[nodiscard]] std::vector<ModelDifference> differences(const IndexModel& before,
                                                       const IndexModel& after);

}  // namespace thuocdo::io

#pragma once
/// @file
/// A publication that is refused where it would give withheld figures away.

#include <thuocdo/publish/disclosure_proposal.hpp>
#include <thuocdo/publish/publish.hpp>

#include <string>
#include <utility>

namespace thuocdo::publish {

/// Audits a view that withholds something, then publishes it.
///
/// @param options earlier views in it are taken into the audit
/// @param audit what else the reader has, and the width demanded
/// @param forced_reason why to publish although figures are not safe; it is recorded in
///        Publication::disclosure. Empty: such a view is refused.
/// @throws DataError as require_safe() and publish()
[[nodiscard]] inline Publication publish_safe(const AudienceView& view, PublishOptions options,
                                              AuditOptions audit = {},
                                              const std::string& forced_reason = {}) {
    if (!view.shows_all()) {
        for (const EarlierView& each : options.earlier) audit.earlier.push_back(each.view);
        options.disclosure = require_safe(view, audit, forced_reason);
    }
    return publish(view, options);
}

}  // namespace thuocdo::publish

#pragma once
/// @file
/// Bands of scores with gates and a quota, such as those of Decree
/// 335/2025/ND-CP. A band is half-open: from <= score < to.

#include <thuocdo/error.hpp>
#include <thuocdo/model/label.hpp>
#include <thuocdo/model/ranking_rule.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace thuocdo {

/// What a gate looks at in the node that it names.
enum class GateQuantity {
    result,  ///< the result, in points where the node has points
    score,   ///< the result as a share of the points or scale
    value    ///< the raw value of a leaf
};

/// A condition on a node; a unit that fails it cannot be in the band.
struct Gate {
    std::string node;
    GateQuantity of = GateQuantity::result;
    std::optional<double> at_least{};
    std::optional<double> at_most{};
    std::optional<double> above{};
    std::optional<double> below{};

    /// Whether a number passes; NaN (missing) never does.
    [[nodiscard]] bool admits(double number) const noexcept {
        if (!(number == number)) return false;
        return (!at_least || number >= *at_least) && (!at_most || number <= *at_most) &&
               (!above || number > *above) && (!below || number < *below);
    }

    /// The condition in words, e.g. `value of tasks.on_time at least 1`.
    [[nodiscard]] std::string describe() const {
        std::string text = of == GateQuantity::result  ? "result of "
                           : of == GateQuantity::score ? "score of "
                                                       : "value of ";
        text += node;
        const auto bound = [&](const std::optional<double>& number, const char* words) {
            if (number) text += std::string(words) + numeric::shortest(*number);
        };
        bound(at_least, " at least ");
        bound(at_most, " at most ");
        bound(above, " above ");
        bound(below, " below ");
        return text;
    }

    friend bool operator==(const Gate&, const Gate&) = default;
};

/// One band.
struct Band {
    std::string code;
    Label name{};
    std::optional<double> from{};
    std::optional<double> to{};
    std::vector<Gate> gates{};
    friend bool operator==(const Band&, const Band&) = default;
};

/// What happens to units that tie at the last place of a quota.
enum class QuotaTies {
    exclude,  ///< all of them lose the band
    include   ///< all of them keep it
};

/// At most a share of the units in some bands may keep one of them.
struct Quota {
    std::string band;
    double at_most = 1.0;
    std::vector<std::string> of{};
    std::string within{};
    QuotaTies ties_at_the_cut = QuotaTies::exclude;
    friend bool operator==(const Quota&, const Quota&) = default;
};

/// A scale of bands, best first.
struct BandScale {
    std::vector<Band> bands;
    Basis of = Basis::rounded;
    std::optional<Quota> quota{};

    /// The band whose interval holds a score, or nothing outside the scale.
    /// The upper end of the best band is part of it.
    [[nodiscard]] std::optional<std::size_t> locate(double score) const noexcept {
        if (!(score == score)) return std::nullopt;
        for (std::size_t k = 0; k < bands.size(); ++k) {
            if (k == 0 && bands[k].to && score > *bands[k].to) return std::nullopt;
            if (!bands[k].from || score >= *bands[k].from) return k;
        }
        return std::nullopt;
    }

    friend bool operator==(const BandScale&, const BandScale&) = default;
};

namespace detail {

[[nodiscard]] inline std::string band_range(const Band& band) {
    return '"' + band.code + "\" (" + (band.from ? numeric::shortest(*band.from) : "-inf") +
           " to " + (band.to ? numeric::shortest(*band.to) : "+inf") + ')';
}

/// Finds gaps, overlaps and inversions; `place` is the pointer of the scale.
inline void check_band_scale(const BandScale& scale, const std::string& place,
                             std::vector<Problem>& problems) {
    const auto& bands = scale.bands;
    const auto at = [&](std::size_t k) { return place + "/" + std::to_string(k); };
    if (bands.empty()) {
        problems.push_back({"band_scale_empty", place, "no bands", "at least one band",
                            "list the bands, best first"});
    }
    for (std::size_t k = 0; k < bands.size(); ++k) {
        const Band& band = bands[k];
        if (!band.from && k + 1 < bands.size()) {
            problems.push_back({"band_without_from", at(k),
                                "band \"" + band.code + "\" without from",
                                "a lower end for every band but the last",
                                "give from; bands are listed best first"});
            continue;
        }
        if (band.from && band.to && !(*band.from < *band.to)) {
            problems.push_back({"band_inversion", at(k), "band " + band_range(band),
                                "from below to", "exchange or correct the two ends"});
            continue;
        }
        if (k == 0 || !bands[k - 1].from) continue;
        const Band& above = bands[k - 1];
        const std::string pair = "bands " + band_range(band) + " and " + band_range(above);
        if (band.from && *band.from >= *above.from) {
            problems.push_back({"band_inversion", at(k), pair, "bands listed best first",
                                "a later band must begin below an earlier one"});
        } else if (band.to && *band.to < *above.from) {
            problems.push_back({"band_gap", at(k),
                                pair + " with nothing from " + numeric::shortest(*band.to) +
                                    " to " + numeric::shortest(*above.from),
                                "bands that meet",
                                "set to of \"" + band.code + "\" to " +
                                    numeric::shortest(*above.from) + " or leave it out"});
        } else if (band.to && *band.to > *above.from) {
            problems.push_back({"band_overlap", at(k),
                                pair + " that both hold scores from " +
                                    numeric::shortest(*above.from) + " to " +
                                    numeric::shortest(*band.to),
                                "bands that meet",
                                "set to of \"" + band.code + "\" to " +
                                    numeric::shortest(*above.from) + " or leave it out"});
        }
    }
}

}  // namespace detail
}  // namespace thuocdo

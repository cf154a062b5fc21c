#pragma once
// Areas of the simplex of three weights on which every order of alternatives holds.

#include <Eigen/Core>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace simplex_areas {

/// Weights of two of three criteria; the third is what they leave.
struct Point {
    double x;
    double y;
};
/// Where p x + q y + r (1 - x - y) >= t.
struct HalfPlane {
    double p, q, r, t;
    [[nodiscard]] double at(const Point& w) const {
        return p * w.x + q * w.y + r * (1.0 - w.x - w.y) - t;
    }
};

/// The part of a polygon in a half plane (Sutherland and Hodgman).
inline std::vector<Point> clip(const std::vector<Point>& polygon, const HalfPlane& side) {
    std::vector<Point> out;
    for (std::size_t k = 0; k < polygon.size(); ++k) {
        const Point& a = polygon[k];
        const Point& b = polygon[(k + 1) % polygon.size()];
        const double from = side.at(a);
        const double to = side.at(b);
        if (from >= 0.0) out.push_back(a);
        if ((from >= 0.0) == (to >= 0.0)) continue;
        const double part = from / (from - to);
        out.push_back({a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)});
    }
    return out;
}

struct Exact {
    Eigen::MatrixXd acceptability;
    Eigen::MatrixXd central;
};

/// Areas of the simplex on which every order holds, under half planes that weights keep.
inline Exact exact_areas(const Eigen::MatrixXd& x, const std::vector<HalfPlane>& known) {
    std::vector<Point> all{{0, 0}, {1, 0}, {0, 1}};
    for (const HalfPlane& each : known) all = clip(all, each);
    Exact out{Eigen::MatrixXd::Zero(x.rows(), x.rows()), Eigen::MatrixXd::Zero(x.rows(), 3)};
    std::vector<Eigen::Index> order(static_cast<std::size_t>(x.rows()));
    std::iota(order.begin(), order.end(), Eigen::Index{0});
    double total = 0.0;
    do {
        std::vector<Point> part = all;
        for (std::size_t k = 0; k + 1 < order.size(); ++k) {
            const Eigen::RowVectorXd gap = x.row(order[k]) - x.row(order[k + 1]);
            part = clip(part, {gap[0], gap[1], gap[2], 0.0});
        }
        for (std::size_t k = 1; k + 1 < part.size(); ++k) {
            const Point& a = part[0];
            const Point& b = part[k];
            const Point& c = part[k + 1];
            const double area = ((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2.0;
            total += area;
            for (std::size_t r = 0; r < order.size(); ++r)
                out.acceptability(order[r], static_cast<Eigen::Index>(r)) += area;
            const double x3 = (a.x + b.x + c.x) / 3.0;
            const double y3 = (a.y + b.y + c.y) / 3.0;
            out.central.row(order[0]) += area * Eigen::RowVector3d(x3, y3, 1.0 - x3 - y3);
        }
    } while (std::next_permutation(order.begin(), order.end()));
    for (Eigen::Index i = 0; i < x.rows(); ++i)
        if (out.acceptability(i, 0) > 0.0) out.central.row(i) /= out.acceptability(i, 0);
    out.acceptability /= total;
    return out;
}

}  // namespace simplex_areas

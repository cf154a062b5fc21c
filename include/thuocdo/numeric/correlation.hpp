#pragma once
/// @file
/// Every correlation coefficient: Pearson, Spearman, Kendall. P-values are in
/// `thuocdo/numeric/correlation_table.hpp`, which needs Boost.Math.

#include <thuocdo/numeric/kendall.hpp>
#include <thuocdo/numeric/pearson.hpp>
#include <thuocdo/numeric/spearman.hpp>

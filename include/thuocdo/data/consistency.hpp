#pragma once
/// @file
/// Whether published figures agree with each other. Every check reports what it
/// found and repairs nothing; an empty list means that nothing disagrees.

#include <thuocdo/data/check_columns.hpp>
#include <thuocdo/data/check_shares.hpp>
#include <thuocdo/data/check_totals.hpp>
#include <thuocdo/data/finding.hpp>

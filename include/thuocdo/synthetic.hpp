#pragma once
/// @file
/// Made-up models, units and panels, the same on every machine, for
/// demonstrations, tests and measurements. Not in the umbrella.

#include <thuocdo/synthetic/model.hpp>
#include <thuocdo/synthetic/panel.hpp>
#include <thuocdo/synthetic/units.hpp>

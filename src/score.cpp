// The compiled copy of the functions that take longest to compile.
#define THUOCDO_SOURCE
#include <thuocdo/data/derive.hpp>
#include <thuocdo/explain/explanation.hpp>
#include <thuocdo/explain/what_if.hpp>
#include <thuocdo/score.hpp>

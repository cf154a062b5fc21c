#pragma once
/// @file
/// Compiler settings that every header relies on: the guards that keep the
/// same bits on every machine, and the view types of the kernels.

#include <Eigen/Core>

#include <cfloat>
#include <cstdint>

#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__ != 0)
#error \
    "thuocdo: compile without -ffast-math, -Ofast and -ffinite-math-only; NaN means missing and sums have a fixed order"
#endif

#if defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD != 0
#error \
    "thuocdo: double arithmetic must be evaluated in double (on 32-bit x86 use -msse2 -mfpmath=sse)"
#endif

/// @def THUOCDO_KERNEL
/// Stands before the return type of a function that multiplies and adds
/// published numbers. With g++ it turns contraction into fused multiply-add
/// off for that function, so that a header-only user on a machine with FMA
/// gets the bits of a machine without it. Lambda bodies are not reached.
/// @def THUOCDO_EXACT
/// First statement of such a function; does the same for clang.
#if defined(__clang__)
#define THUOCDO_KERNEL
#define THUOCDO_EXACT _Pragma("clang fp contract(off)")
#elif defined(__GNUC__)
#define THUOCDO_KERNEL [[gnu::optimize("fp-contract=off")]]
#define THUOCDO_EXACT
#else
#define THUOCDO_KERNEL
#define THUOCDO_EXACT
#endif

/// @def THUOCDO_WIDE_COPIES
/// Whether the busiest kernels have a second copy for vectors of 256 bits, which a program
/// built for any x86-64 takes where the processor has them. A copy does the same
/// operations on the same lanes and has no fused multiply-add, so the bits are the same.
/// @def THUOCDO_WIDE
/// Stands before such a copy.
/// @def THUOCDO_BODY
/// Stands before the function that both copies consist of.
#if defined(__GNUC__) && defined(__x86_64__) && !defined(__AVX2__)
#define THUOCDO_WIDE_COPIES 1
#define THUOCDO_WIDE [[gnu::target("avx2")]]
#else
#define THUOCDO_WIDE_COPIES 0
#endif
#if defined(__GNUC__)
#define THUOCDO_BODY [[gnu::always_inline]]
#else
#define THUOCDO_BODY
#endif

/// @def THUOCDO_INLINE
/// Stands before the few functions that the compiled part of the library
/// (target thuocdo::io, which defines THUOCDO_COMPILED) holds a copy of.
/// @def THUOCDO_DECLARATIONS_ONLY
/// Whether those functions are only declared here.
#if defined(THUOCDO_SOURCE)
#define THUOCDO_INLINE
#define THUOCDO_DECLARATIONS_ONLY 0
#elif defined(THUOCDO_COMPILED)
#define THUOCDO_INLINE
#define THUOCDO_DECLARATIONS_ONLY 1
#else
#define THUOCDO_INLINE inline
#define THUOCDO_DECLARATIONS_ONLY 0
#endif

namespace thuocdo {

/// Index of a unit, indicator or node in its table.
using Index = Eigen::Index;

/// A column over units that a kernel reads. NaN is missing.
using ColumnView = const Eigen::Ref<const Eigen::VectorXd>&;

/// A column over units that a kernel writes. It may be the column it reads
/// where a kernel says so.
using ColumnOut = Eigen::Ref<Eigen::VectorXd>;

#if THUOCDO_WIDE_COPIES
namespace detail {
/// Asked once. False while other static objects are being made: then the narrow copies run.
inline const bool has_wide_vectors = __builtin_cpu_supports("avx2") != 0;
}  // namespace detail
#endif

}  // namespace thuocdo

#if defined(THUOCDO_COMPILED)
#define THUOCDO_DETAIL_JOIN(a, b) a##b
#define THUOCDO_DETAIL_ALIGNMENT_SYMBOL(bytes) \
    THUOCDO_DETAIL_JOIN(thuocdo_was_built_for_eigen_alignment_of_, bytes)

// Eigen aligns memory by the instruction set (-march), and matrices pass between
// the program and the compiled library. A program built for another alignment
// does not link, and the name of the missing symbol says why.
extern "C" const char THUOCDO_DETAIL_ALIGNMENT_SYMBOL(EIGEN_MAX_ALIGN_BYTES);

namespace thuocdo::detail {
[[gnu::used]] static const char* const alignment_of_library =
    &THUOCDO_DETAIL_ALIGNMENT_SYMBOL(EIGEN_MAX_ALIGN_BYTES);
}  // namespace thuocdo::detail
#endif

// What OpenCL C and CUDA (as clang compiles it, without any header) call differently. Everything behind this file is the
// same text for both: C99 with these names.
//
// The numerics contract: binary32, rounded to nearest even, subnormals kept. A product is joined with a sum only where
// FMA stands; division and square root are the IEEE ones.

#ifdef __CUDA__

#define KERNEL extern "C" __attribute__((global))
#define KERNEL_OF(THREADS) KERNEL
#define INLINE static inline __attribute__((device, always_inline))
#define GLOBAL
#define LOCAL
#define LOCAL_ARRAY __attribute__((shared, aligned(16)))
#define THREAD ((int)__nvvm_read_ptx_sreg_tid_x())
#define THREADS_OF_GROUP ((int)__nvvm_read_ptx_sreg_ntid_x())
#define GROUP_X ((int)__nvvm_read_ptx_sreg_ctaid_x())
#define GROUP_Y ((int)__nvvm_read_ptx_sreg_ctaid_y())
#define GROUP_Z ((int)__nvvm_read_ptx_sreg_ctaid_z())
#define BARRIER() __syncthreads()
#define FMA(left, right, addend) __nvvm_fma_rn_f(left, right, addend)
#define SQRT(x) __nvvm_sqrt_rn_f(x)
#define AS_INT(x) __nvvm_bitcast_f2i(x)
#define AS_FLOAT(bits) __nvvm_bitcast_i2f((int)(bits))
typedef float float2 __attribute__((ext_vector_type(2)));
typedef float float4 __attribute__((ext_vector_type(4)));
typedef unsigned char uchar;
typedef unsigned int uint;
typedef __SIZE_TYPE__ offset;

#else

#pragma OPENCL FP_CONTRACT OFF
#define KERNEL __kernel
// With the size of its groups, a compiler knows how many registers a thread may have.
#define KERNEL_OF(THREADS) __kernel __attribute__((reqd_work_group_size(THREADS, 1, 1)))
#define INLINE static inline __attribute__((always_inline))
#define GLOBAL __global
#define LOCAL __local
#define LOCAL_ARRAY __local __attribute__((aligned(16)))
#define THREAD ((int)get_local_id(0))
#define THREADS_OF_GROUP ((int)get_local_size(0))
#define GROUP_X ((int)get_group_id(0))
#define GROUP_Y ((int)get_group_id(1))
#define GROUP_Z ((int)get_group_id(2))
#define BARRIER() barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)
#define FMA(left, right, addend) fma(left, right, addend)
#define SQRT(x) sqrt(x)
#define AS_INT(x) as_int(x)
#define AS_FLOAT(bits) as_float((int)(bits))
typedef ulong offset;

#endif

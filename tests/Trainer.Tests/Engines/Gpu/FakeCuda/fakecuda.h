// A driver library without a card: the part of the CUDA driver API that the GPU engine calls, and an interpreter that
// carries out the PTX on the processor, to the bit. README.md says what it is for and which switches it has.
#ifndef FAKECUDA_H
#define FAKECUDA_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

// The exported functions are declared nowhere; all else stays inside.
#pragma GCC visibility push(hidden)

typedef uint64_t device_address;

// Results, by their numbers in the driver API.
enum
{
    SUCCESS = 0,
    INVALID_VALUE = 1,
    OUT_OF_MEMORY = 2,
    NOT_INITIALIZED = 3,
    NO_DEVICE = 100,
    INVALID_DEVICE = 101,
    INVALID_CONTEXT = 201,
    NO_BINARY_FOR_GPU = 209,
    INVALID_PTX = 218,
    UNSUPPORTED_PTX_VERSION = 222,
    INVALID_HANDLE = 400,
    NOT_FOUND = 500,
    ILLEGAL_ADDRESS = 700,
    LAUNCH_TIMEOUT = 702,
    CONTEXT_IS_DESTROYED = 709,
    ASSERT = 710,
    MISALIGNED_ADDRESS = 716,
    LAUNCH_FAILED = 719,
    NOT_READY = 600,
    CAPTURE_UNSUPPORTED = 900,
    CAPTURE_INVALIDATED = 901,
    CAPTURE_UNMATCHED = 903,
    CAPTURE_IMPLICIT = 906,
};

// ---- control.c: the switches, the log and the injected failures

// The value of the switch FAKE_CUDA_<name>, or null.
const char* switch_value(const char* name);
long long switch_number(const char* name, long long otherwise);
void read_switches(void);
// What the n-th call of a function is told to fail with, or SUCCESS.
int injected_failure(const char* function);
void log_line(const char* format, ...) __attribute__((format(printf, 1, 2)));

// ---- driver.c: what every call passes through

enum { ANYTIME, INITIALIZED, WITH_CONTEXT };
// Takes the lock; what the call has to return at once, or SUCCESS. leave() must follow in any case.
int enter(const char* function, int needs);
// Logs the call with the details, gives the lock back and returns `result`.
int leave(int result, const char* format, ...) __attribute__((format(printf, 2, 3)));
// The first error of a kernel is every later call's.
void set_sticky_error(int result);
int sticky_error(void);
const char* error_name(int result);

// ---- objects.c: handles

typedef enum { ANY_KIND, CONTEXT, MODULE, FUNCTION, STREAM, EVENT, GRAPH, GRAPH_EXEC, KINDS } object_kind;
void* new_handle(object_kind kind, void* object);
// The object of a live handle, or null.
void* object_of(object_kind kind, const void* handle);
void drop_handle(const void* handle);
// Ends every live function whose owner is `module`.
void drop_functions_of(const void* module);
void log_leaks(void);
// Every object but contexts.
void drop_all_objects(void);

// ---- memory.c

typedef struct
{
    device_address base;
    uint64_t size;
    uint8_t* bytes;
    // Who touched each byte last, where races are looked for: two stamps a byte, made at the first touch.
    uint64_t* stamps;
} region;

extern region* regions;
extern int region_count;
// What new memory, shared memory and registers hold: no number as binary32, negative as an integer.
#define POISON 0xFFC5FFC5u
void poison(void* bytes, size_t size);
// The bytes behind a range of device memory that lies within one allocation, or null.
uint8_t* device_bytes(device_address address, uint64_t size);
device_address new_region(uint64_t size);
bool free_region(device_address base);
void free_all_regions(void);
void forget_stamps(void);
int live_allocations(void);

// ---- the parsed program

typedef struct lanes lanes;
typedef struct instruction instruction;
typedef void (*handler)(lanes* g, const instruction* i);

// The sort of an operand: its register's width, or a predicate.
enum { SORT_16 = '2', SORT_32 = '4', SORT_64 = '8', SORT_PREDICATE = 'p' };

enum { SPACE_GENERIC, SPACE_GLOBAL, SPACE_SHARED, SPACE_LOCAL, SPACE_PARAM, SPACE_CONST };

enum { TYPE_U8, TYPE_S8, TYPE_U16, TYPE_S16, TYPE_U32, TYPE_S32, TYPE_U64, TYPE_S64, TYPE_F32, TYPE_F64, TYPE_PRED };

#define NO_REGISTER 0u

struct instruction
{
    handler run;
    // Places of registers, in bytes from the start of the lanes' registers; the first register is nobody's.
    uint32_t d, a, b, c;
    // The second destination of a comparison, or the further registers of a vector.
    uint32_t more[3];
    uint32_t guard;
    bool guard_is_negative;
    uint8_t space, type, other_type, vector, sort, detail;
    // An address's offset, or where a branch goes.
    int64_t number;
    int line;
    // Where the last access of this instruction was; any thread may write it.
    _Atomic int hint;
};

typedef struct
{
    uint32_t place;
    char sort;
    uint64_t value;
} constant;

typedef struct
{
    char name[256];
    int size, align, offset;
} parameter;

typedef struct
{
    uint64_t offset, size;
} span;

typedef struct
{
    char name[256];
    void* module;
    parameter* parameters;
    int parameter_count, parameter_bytes;
    instruction* code;
    int code_count;
    constant* constants;
    int constant_count;
    // Places of tid.x ... as in special_names[]; NO_REGISTER where unused.
    uint32_t special[16];
    uint32_t register_bytes;
    span* shared;
    int shared_count;
    // With the gaps between the arrays, and without them.
    uint32_t shared_bytes, shared_used;
    uint32_t local_bytes;
    int max_threads;
} kernel;

extern const char* const special_names[];
enum { SPECIAL_COUNT = 14 };

typedef struct
{
    kernel** kernels;
    int kernel_count;
    device_address* variables;
    int variable_count;
} module;

// ---- module.c

// Parses PTX. Null where it cannot be: *result says why in the driver's number and `message` in words.
module* parse_module(const char* text, int compute, int driver, int* result, char* message, size_t message_size);
void free_module(module* m);

// ---- execution.c

typedef struct
{
    kernel* kernel;
    uint32_t grid[3], block[3];
    uint32_t dynamic_shared;
    uint8_t* arguments;
} launch;

// Carries a launch out; the driver's number, and the reason on the log and on standard error.
int carry_out(const launch* l);

#pragma GCC visibility pop

#endif

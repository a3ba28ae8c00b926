// What the parts of the PTX parser share.
#ifndef PARSER_H
#define PARSER_H

#include "fakecuda.h"
#include <setjmp.h>

#pragma GCC visibility push(hidden)

typedef struct
{
    const char* start;
    int length;
    int line;
} token;

typedef struct
{
    char prefix[64];
    // 0: a single register; else prefix0 ... prefix(count - 1).
    uint32_t count;
    char sort;
    uint32_t place;
    int depth;
} register_family;

typedef struct
{
    char name[256];
    uint8_t space;
    uint64_t address;
    int depth;
} symbol;

typedef struct
{
    char name[256];
    int target;
} label;

typedef struct
{
    int instruction;
    char name[256];
    int line;
} branch;

typedef struct
{
    token* tokens;
    int token_count, next;

    jmp_buf failed;
    int result;
    char* message;
    size_t message_size;

    module* module;
    // The kernel under way and its names.
    kernel* kernel;
    int depth;
    register_family* families;
    int family_count;
    symbol* symbols;
    int symbol_count;
    label* labels;
    int label_count;
    branch* branches;
    int branch_count;
} parser;

// An opcode: its operands' sorts, the destination first, and what carries it out.
typedef struct
{
    const char* name;
    const char* sorts;
    handler run;
} operation;

// Makes room for one more element and counts it.
#define APPEND(list, count) (grow((void**)&(list), &(count), sizeof *(list)), &(list)[(count) - 1])
void grow(void** list, int* count, size_t size);

// tokens.c
void split_tokens(parser* p, const char* text);
_Noreturn void fail(parser* p, int line, const char* format, ...) __attribute__((format(printf, 3, 4)));
const token* peek(const parser* p);
const token* take(parser* p);
bool is(const token* t, const char* text);
bool accept(parser* p, const char* text);
void expect(parser* p, const char* text);
int64_t take_integer(parser* p);
void copy_name(parser* p, const token* t, char name[256]);
#define TEXT(t) (t)->length, (t)->start

// operands.c
uint32_t constant_place(parser* p, char sort, uint64_t value);
uint32_t new_register(parser* p, char sort, uint32_t count);
uint32_t take_destination(parser* p, char sort);
uint32_t take_source(parser* p, char sort);
// The register `t`, or NO_REGISTER; its sort through `sort`.
uint32_t find_register(parser* p, const token* t, char* sort);
const symbol* find_symbol(const parser* p, const token* t);

// The words of an opcode: "ld.global.f32" is three.
typedef struct
{
    char text[8][24];
    int count;
    char whole[128];
    int line;
} opcode;

// instructions.c
void parse_instruction(parser* p);
// What the numerics contract forbids, or what is not known.
_Noreturn void refuse(parser* p, const opcode* o);

// forms.c
void parse_access(parser* p, const opcode* o, instruction* i);
void parse_comparison(parser* p, const opcode* o, instruction* i);
void parse_conversion(parser* p, const opcode* o, instruction* i);
void parse_window(parser* p, const opcode* o, instruction* i);
bool parse_pack(parser* p, const opcode* o, instruction* i);

// declarations.c
void declare_registers(parser* p);
void declare_in_kernel(parser* p, int space);
void declare_in_module(parser* p, int space);
void take_parameters(parser* p);

// The tables of operations.
extern const operation integer_operations[], float_operations[], bit_operations[];
extern const int integer_operation_count, float_operation_count, bit_operation_count;
// compare.c: what "lt.s32" does, and where its operands' sort goes; null if unknown.
handler find_comparison(const char* name, char* sort);
// convert.c
void run_convert(lanes* g, const instruction* i);
enum { ROUND_NONE, ROUND_RN, ROUND_RZ, ROUND_RM, ROUND_RP, ROUND_RNI, ROUND_RZI, ROUND_RMI, ROUND_RPI, SATURATE = 16 };
// access.c
void run_load(lanes* g, const instruction* i);
void run_load_32(lanes* g, const instruction* i);
void run_store(lanes* g, const instruction* i);
void run_store_32(lanes* g, const instruction* i);
void run_load_parameter(lanes* g, const instruction* i);
// flow.c
void run_branch(lanes* g, const instruction* i);
void run_exit(lanes* g, const instruction* i);
void run_barrier(lanes* g, const instruction* i);
void run_trap(lanes* g, const instruction* i);
void run_nothing(lanes* g, const instruction* i);
void run_pack(lanes* g, const instruction* i);
void run_unpack(lanes* g, const instruction* i);
void run_add_window(lanes* g, const instruction* i);

int type_of(const char* name);
int type_bytes(int type);
char type_sort(int type);

#pragma GCC visibility pop

#endif

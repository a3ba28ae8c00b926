// PTX into a module: the directives. The instructions are in instructions.c.
#include "parser.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

// Arrays in shared memory lie apart, so that an index beyond one's end does not silently reach the next.
#define SHARED_GAP 256u
#define STATIC_SHARED_LIMIT 49152u

static void skip_to(parser* p, const char* end)
{
    while (!is(take(p), end)) { }
}

static uint32_t align_up(uint32_t value, uint32_t align) { return (value + align - 1) / align * align; }

// [.align N] .type name[count]
static uint64_t take_variable(parser* p, char name[256], uint32_t* align)
{
    *align = 0;
    if (accept(p, ".align"))
    {
        *align = (uint32_t)take_integer(p);
    }
    const token* t = take(p);
    char type_name[16];
    snprintf(type_name, sizeof type_name, "%.*s", TEXT(t));
    int type = type_of(type_name + 1);
    if (*t->start != '.' || type < 0)
    {
        fail(p, t->line, "'%.*s' is no type", TEXT(t));
    }
    uint64_t size = type_bytes(type);
    *align = *align == 0 ? (uint32_t)size : *align;
    const token* found = take(p);
    copy_name(p, found, name);
    while (accept(p, "["))
    {
        if (is(peek(p), "]"))
        {
            fail(p, found->line, "'%s' has no size: dynamic shared memory is not supported", name);
        }
        size *= (uint64_t)take_integer(p);
        expect(p, "]");
    }
    return size;
}

static void add_symbol(parser* p, const char* name, int space, uint64_t address)
{
    symbol* s = APPEND(p->symbols, p->symbol_count);
    snprintf(s->name, sizeof s->name, "%s", name);
    s->space = (uint8_t)space;
    s->address = address;
    s->depth = p->depth;
}

static void declare_registers(parser* p)
{
    const token* t = take(p);
    char type_name[16];
    snprintf(type_name, sizeof type_name, "%.*s", TEXT(t));
    int type = type_of(type_name + 1);
    if (type < 0 || type_sort(type) == 0)
    {
        fail(p, t->line, "there are no registers of '%.*s'", TEXT(t));
    }
    do
    {
        char name[256];
        const token* found = take(p);
        copy_name(p, found, name);
        register_family* f = APPEND(p->families, p->family_count);
        snprintf(f->prefix, sizeof f->prefix, "%.63s", name);
        f->sort = type_sort(type);
        f->depth = p->depth;
        if (accept(p, "<"))
        {
            int64_t count = take_integer(p);
            if (count < 1 || count > 1000000)
            {
                fail(p, found->line, "%lld registers", (long long)count);
            }
            f->count = (uint32_t)count;
            expect(p, ">");
        }
        f->place = new_register(p, f->sort, f->count == 0 ? 1 : f->count);
    }
    while (accept(p, ","));
    expect(p, ";");
}

static void declare_in_kernel(parser* p, int space)
{
    char name[256];
    uint32_t align;
    int line = peek(p)->line;
    uint64_t size = take_variable(p, name, &align);
    expect(p, ";");
    kernel* k = p->kernel;
    if (space == SPACE_LOCAL)
    {
        k->local_bytes = align_up(k->local_bytes, align);
        add_symbol(p, name, space, k->local_bytes);
        k->local_bytes += (uint32_t)size;
        return;
    }
    k->shared_used = align_up(k->shared_used, align) + (uint32_t)size;
    if (size > STATIC_SHARED_LIMIT || k->shared_used > STATIC_SHARED_LIMIT)
    {
        fail(p, line, "Entry function '%s' uses too much shared data (0x%x bytes, 0x%x max)", k->name,
            (unsigned)k->shared_used, STATIC_SHARED_LIMIT);
    }
    k->shared_bytes = align_up(k->shared_bytes + SHARED_GAP, align < 16 ? 16 : align);
    add_symbol(p, name, space, k->shared_bytes);
    *APPEND(k->shared, k->shared_count) = (span){ k->shared_bytes, size };
    k->shared_bytes += (uint32_t)size;
}

static void declare_in_module(parser* p, int space)
{
    char name[256];
    uint32_t align;
    int line = peek(p)->line;
    uint64_t size = take_variable(p, name, &align);
    device_address address = new_region(size);
    *APPEND(p->module->variables, p->module->variable_count) = address;
    uint8_t* bytes = device_bytes(address, size);
    memset(bytes, 0, size);
    add_symbol(p, name, space, address);
    if (accept(p, "="))
    {
        // Only arrays of bytes and words in braces, or one number.
        bool braces = accept(p, "{");
        fail(p, line, braces ? "initial values of '%s' are not supported" : "the initial value of '%s' is not supported", name);
    }
    expect(p, ";");
}

static void take_parameters(parser* p)
{
    kernel* k = p->kernel;
    expect(p, "(");
    while (!accept(p, ")"))
    {
        expect(p, ".param");
        parameter* q = APPEND(k->parameters, k->parameter_count);
        uint32_t align;
        q->size = (int)take_variable(p, q->name, &align);
        q->align = (int)align;
        q->offset = (int)align_up(k->parameter_bytes, align);
        k->parameter_bytes = q->offset + q->size;
        add_symbol(p, q->name, SPACE_PARAM, q->offset);
        accept(p, ",");
    }
}

static void resolve_branches(parser* p)
{
    for (int n = 0; n < p->branch_count; n++)
    {
        const branch* b = &p->branches[n];
        int m = 0;
        while (m < p->label_count && strcmp(p->labels[m].name, b->name) != 0)
        {
            m++;
        }
        if (m == p->label_count)
        {
            fail(p, b->line, "there is no label '%s'", b->name);
        }
        p->kernel->code[b->instruction].number = p->labels[m].target;
    }
    p->label_count = 0;
    p->branch_count = 0;
}

static void close_scope(parser* p)
{
    p->depth--;
    while (p->family_count > 0 && p->families[p->family_count - 1].depth > p->depth)
    {
        p->family_count--;
    }
    while (p->symbol_count > 0 && p->symbols[p->symbol_count - 1].depth > p->depth)
    {
        p->symbol_count--;
    }
}

static void take_statement(parser* p)
{
    const token* t = peek(p);
    if (accept(p, ".reg"))
    {
        declare_registers(p);
    }
    else if (accept(p, ".shared"))
    {
        declare_in_kernel(p, SPACE_SHARED);
    }
    else if (accept(p, ".local"))
    {
        declare_in_kernel(p, SPACE_LOCAL);
    }
    else if (accept(p, ".pragma"))
    {
        skip_to(p, ";");
    }
    else if (accept(p, ".loc"))
    {
        for (int line = t->line; peek(p)->line == line; take(p)) { }
    }
    else if (accept(p, "{"))
    {
        p->depth++;
    }
    else if (accept(p, "}"))
    {
        close_scope(p);
    }
    else if (*t->start == '.')
    {
        fail(p, t->line, "the directive '%.*s' is not supported in a function", TEXT(t));
    }
    else if (is(&t[1], ":"))
    {
        label* l = APPEND(p->labels, p->label_count);
        copy_name(p, take(p), l->name);
        l->target = p->kernel->code_count;
        take(p);
    }
    else
    {
        parse_instruction(p);
    }
}

static void take_kernel(parser* p)
{
    kernel* k = calloc(1, sizeof *k);
    *APPEND(p->module->kernels, p->module->kernel_count) = k;
    p->kernel = k;
    p->depth = 1;
    k->max_threads = 1024;
    k->module = p->module;
    // The first register is nobody's, so that its place can mean none.
    k->register_bytes = 256;
    copy_name(p, take(p), k->name);
    take_parameters(p);
    while (!is(peek(p), "{"))
    {
        const token* t = take(p);
        if (!is(t, ".maxntid") && !is(t, ".reqntid") && !is(t, ".minnctapersm"))
        {
            fail(p, t->line, "the directive '%.*s' is not supported", TEXT(t));
        }
        int64_t threads = take_integer(p);
        while (accept(p, ","))
        {
            threads *= take_integer(p);
        }
        k->max_threads = is(t, ".minnctapersm") ? k->max_threads : (int)threads;
    }
    int line = take(p)->line;
    while (p->depth > 0)
    {
        take_statement(p);
    }
    resolve_branches(p);
    instruction* last = APPEND(k->code, k->code_count);
    last->run = run_exit;
    last->line = line;
    p->kernel = NULL;
}

// .target sm_50 and .version 4.0 against the device and the driver.
static void take_demands(parser* p, int compute, int driver)
{
    expect(p, ".version");
    const token* t = take(p);
    char text[32];
    snprintf(text, sizeof text, "%.*s", TEXT(t));
    double version = strtod(text, NULL);
    int major = driver / 1000, minor = driver % 1000 / 10;
    double known = major >= 11 ? major - 4 + minor / 10.0 : major == 10 ? 6.3 + minor / 10.0 : 6.0;
    if (version > known + 0.01)
    {
        p->result = UNSUPPORTED_PTX_VERSION;
        fail(p, t->line, "Unsupported .version %s; current version is '%.1f'", text, known);
    }
    expect(p, ".target");
    t = take(p);
    snprintf(text, sizeof text, "%.*s", TEXT(t));
    int target = strncmp(text, "sm_", 3) == 0 ? atoi(text + 3) : 0;
    if (target == 0 || target > compute)
    {
        p->result = target == 0 ? INVALID_PTX : NO_BINARY_FOR_GPU;
        fail(p, t->line, "SM version specified by .target (%s) is higher than that of the device (sm_%d)", text, compute);
    }
    if (accept(p, ".address_size"))
    {
        expect(p, "64");
    }
}

static void take_module(parser* p)
{
    while (peek(p)->length != 0)
    {
        const token* t = take(p);
        bool visible = is(t, ".visible") || is(t, ".weak");
        t = visible ? take(p) : t;
        if (is(t, ".entry"))
        {
            take_kernel(p);
        }
        else if (is(t, ".global") || is(t, ".const"))
        {
            declare_in_module(p, is(t, ".global") ? SPACE_GLOBAL : SPACE_CONST);
        }
        else if (is(t, ".file"))
        {
            take_integer(p);
            take(p);
        }
        else
        {
            fail(p, t->line, is(t, ".func") ? "functions ('%.*s') are not supported" : "'%.*s' is not supported here", TEXT(t));
        }
    }
}

static void free_parser(parser* p)
{
    free(p->tokens);
    free(p->families);
    free(p->symbols);
    free(p->labels);
    free(p->branches);
}

module* parse_module(const char* text, int compute, int driver, int* result, char* message, size_t message_size)
{
    static parser p;
    p = (parser){ .message = message, .message_size = message_size, .module = calloc(1, sizeof(module)) };
    if (setjmp(p.failed) == 0)
    {
        split_tokens(&p, text);
        take_demands(&p, compute, driver);
        take_module(&p);
    }
    else
    {
        free_module(p.module);
        p.module = NULL;
    }
    free_parser(&p);
    *result = p.result;
    return p.module;
}

void free_module(module* m)
{
    for (int n = 0; n < m->kernel_count; n++)
    {
        kernel* k = m->kernels[n];
        free(k->parameters);
        free(k->code);
        free(k->constants);
        free(k->shared);
        free(k);
    }
    for (int n = 0; n < m->variable_count; n++)
    {
        free_region(m->variables[n]);
    }
    free(m->kernels);
    free(m->variables);
    free(m);
}

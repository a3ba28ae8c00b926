// Registers, variables and parameters that PTX declares.
#include "parser.h"
#include <string.h>

// Arrays in shared memory lie apart, so that an index beyond one's end does not silently reach the next.
#define SHARED_GAP 256u
#define STATIC_SHARED_LIMIT 49152u

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

void declare_registers(parser* p)
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

void declare_in_kernel(parser* p, int space)
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

void declare_in_module(parser* p, int space)
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

void take_parameters(parser* p)
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

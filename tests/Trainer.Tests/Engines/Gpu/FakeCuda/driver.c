// What every call passes through; initialisation, devices, contexts and modules.
#include "streams.h"
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
    void* handle;
    int retained;
} context;

#define MOST_DEVICES 16

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char* function_under_way;
static bool initialized;
static int sticky;
static context contexts[MOST_DEVICES];
static __thread void* current_context;

static int device_count(void)
{
    long long count = switch_number("DEVICES", 1);
    return (int)(count < 0 ? 0 : count > MOST_DEVICES ? MOST_DEVICES : count);
}

static int driver_version(void) { return (int)switch_number("DRIVER", 12020); }

// "5.0" is 50.
static int compute_capability(void)
{
    const char* text = switch_value("COMPUTE");
    int major = 8, minor = 0;
    if (text != NULL)
    {
        sscanf(text, "%d.%d", &major, &minor);
    }
    return 10 * major + minor;
}

int enter(const char* function, int needs)
{
    pthread_mutex_lock(&lock);
    function_under_way = function;
    int injected = injected_failure(function);
    if (injected != SUCCESS)
    {
        // What ends a context on a card ends it here.
        bool fatal = (injected >= ILLEGAL_ADDRESS && injected <= LAUNCH_TIMEOUT) || (injected >= ASSERT && injected <= LAUNCH_FAILED);
        set_sticky_error(fatal ? injected : SUCCESS);
        return injected;
    }
    if (needs >= INITIALIZED && !initialized)
    {
        return NOT_INITIALIZED;
    }
    if (needs < WITH_CONTEXT)
    {
        return SUCCESS;
    }
    if (current_context == NULL)
    {
        return INVALID_CONTEXT;
    }
    return object_of(CONTEXT, current_context) == NULL ? CONTEXT_IS_DESTROYED : sticky;
}

int leave(int result, const char* format, ...)
{
    char details[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(details, sizeof details, format, arguments);
    va_end(arguments);
    log_line("%s %d%s%s", function_under_way, result, *details == 0 ? "" : " ", details);
    pthread_mutex_unlock(&lock);
    return result;
}

int sticky_error(void) { return sticky; }

void set_sticky_error(int result) { sticky = sticky == SUCCESS ? result : sticky; }

int cuInit(unsigned flags)
{
    read_switches();
    int result = enter("cuInit", ANYTIME);
    result = result != SUCCESS ? result : flags != 0 ? INVALID_VALUE : device_count() == 0 ? NO_DEVICE : SUCCESS;
    initialized = initialized || result == SUCCESS;
    return leave(result, "flags %u", flags);
}

int cuDriverGetVersion(int* version)
{
    int result = enter("cuDriverGetVersion", ANYTIME);
    *version = result == SUCCESS ? driver_version() : 0;
    return leave(result, "%d", *version);
}

int cuDeviceGetCount(int* count)
{
    int result = enter("cuDeviceGetCount", INITIALIZED);
    *count = result == SUCCESS ? device_count() : 0;
    return leave(result, "%d", *count);
}

static int check_device(int result, int device)
{
    return result == SUCCESS && (device < 0 || device >= device_count()) ? INVALID_DEVICE : result;
}

int cuDeviceGet(int* device, int ordinal)
{
    int result = check_device(enter("cuDeviceGet", INITIALIZED), ordinal);
    *device = result == SUCCESS ? ordinal : -1;
    return leave(result, "%d", ordinal);
}

int cuDeviceGetName(char* name, int length, int device)
{
    int result = check_device(enter("cuDeviceGetName", INITIALIZED), device);
    const char* text = switch_value("NAME");
    if (result == SUCCESS)
    {
        snprintf(name, length, "%s", text == NULL ? "Fake GPU" : text);
    }
    return leave(result, "device %d", device);
}

int cuDeviceGetAttribute(int* value, int attribute, int device)
{
    static const struct { int attribute, value; } known[] = {
        { 1, 1024 }, { 2, 1024 }, { 3, 1024 }, { 4, 64 }, { 5, 2147483647 }, { 6, 65535 }, { 7, 65535 }, { 8, 49152 },
        { 10, 32 }, { 12, 65536 }, { 13, 1500000 }, { 36, 5000000 }, { 37, 384 }, { 38, 4 << 20 }, { 39, 2048 }, { 41, 1 },
    };
    int result = check_device(enter("cuDeviceGetAttribute", INITIALIZED), device);
    *value = 0;
    for (size_t n = 0; result == SUCCESS && n < sizeof known / sizeof *known; n++)
    {
        *value = known[n].attribute == attribute ? known[n].value : *value;
    }
    switch (result == SUCCESS ? attribute : 0)
    {
        case 16: *value = (int)switch_number("MULTIPROCESSORS", 16); break;
        case 75: *value = compute_capability() / 10; break;
        case 76: *value = compute_capability() % 10; break;
        default: break;
    }
    return leave(result, "%d of device %d", attribute, device);
}

int cuDevicePrimaryCtxRetain(void** handle, int device)
{
    int result = check_device(enter("cuDevicePrimaryCtxRetain", INITIALIZED), device);
    if (result == SUCCESS)
    {
        context* c = &contexts[device];
        c->handle = c->retained++ == 0 ? new_handle(CONTEXT, c) : c->handle;
        *handle = c->handle;
    }
    return leave(result, "device %d", device);
}

int cuDevicePrimaryCtxRelease_v2(int device)
{
    int result = check_device(enter("cuDevicePrimaryCtxRelease_v2", INITIALIZED), device);
    if (result == SUCCESS && contexts[device].retained == 0)
    {
        result = INVALID_CONTEXT;
    }
    if (result == SUCCESS && --contexts[device].retained == 0)
    {
        wait_for_all();
        drop_handle(contexts[device].handle);
        // After a fault nothing could be freed any more; with the context, all is gone.
        if (sticky != SUCCESS)
        {
            drop_all_objects();
            free_all_regions();
        }
        sticky = SUCCESS;
    }
    return leave(result, "device %d", device);
}

int cuCtxSetCurrent(void* handle)
{
    int result = enter("cuCtxSetCurrent", INITIALIZED);
    if (result == SUCCESS && handle != NULL && object_of(CONTEXT, handle) == NULL)
    {
        result = INVALID_CONTEXT;
    }
    current_context = result == SUCCESS ? handle : current_context;
    return leave(result, "%s", "");
}

int cuCtxGetCurrent(void** handle)
{
    int result = enter("cuCtxGetCurrent", INITIALIZED);
    *handle = result == SUCCESS ? current_context : NULL;
    return leave(result, "%s", "");
}

// Where the options ask for the reason of a failure, and how much there is room for.
static void answer(int count, const int* options, void** values, const char* message)
{
    char* buffer = NULL;
    uint32_t size = 0;
    void** size_value = NULL;
    for (int n = 0; n < count; n++)
    {
        if (options[n] == 5)
        {
            buffer = values[n];
        }
        else if (options[n] == 6)
        {
            size = (uint32_t)(uintptr_t)values[n];
            size_value = &values[n];
        }
        else if (options[n] == 3 && values[n] != NULL)
        {
            *(char*)values[n] = 0;
        }
    }
    if (buffer != NULL && size > 0)
    {
        snprintf(buffer, size, "%s", message);
        // How much of the buffer is filled comes back in the value itself.
        *size_value = (void*)(uintptr_t)strlen(buffer);
    }
}

int cuModuleLoadDataEx(void** handle, const void* image, unsigned option_count, int* options, void** values)
{
    char message[1024] = "";
    int result = enter("cuModuleLoadDataEx", WITH_CONTEXT);
    result = result == SUCCESS ? outside_capture() : result;
    result = result == SUCCESS && image == NULL ? INVALID_VALUE : result;
    if (result == SUCCESS)
    {
        module* m = parse_module(image, compute_capability(), driver_version(), &result, message, sizeof message);
        answer((int)option_count, options, values, message);
        *handle = m == NULL ? NULL : new_handle(MODULE, m);
    }
    return leave(result, "%s", message);
}

int cuModuleUnload(void* handle)
{
    int result = enter("cuModuleUnload", WITH_CONTEXT);
    module* m = result == SUCCESS ? object_of(MODULE, handle) : NULL;
    result = result == SUCCESS && m == NULL ? INVALID_HANDLE : result;
    result = result == SUCCESS ? wait_for_all() : result;
    if (result == SUCCESS)
    {
        drop_functions_of(m);
        drop_handle(handle);
        free_module(m);
    }
    return leave(result, "%s", "");
}

int cuModuleGetFunction(void** function, void* handle, const char* name)
{
    int result = enter("cuModuleGetFunction", WITH_CONTEXT);
    module* m = result == SUCCESS ? object_of(MODULE, handle) : NULL;
    if (result == SUCCESS)
    {
        result = m == NULL ? INVALID_HANDLE : NOT_FOUND;
    }
    for (int n = 0; m != NULL && n < m->kernel_count && result == NOT_FOUND; n++)
    {
        if (strcmp(m->kernels[n]->name, name) == 0)
        {
            *function = new_handle(FUNCTION, m->kernels[n]);
            result = SUCCESS;
        }
    }
    return leave(result, "%s", name);
}

// The switches FAKE_CUDA_*, the log, and the failures that a test asks for.
#include "fakecuda.h"
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
    char name[64];
    char* value;
} setting;

typedef struct
{
    char function[64];
    long calls;
} call_count;

// Set in this process, before the environment is asked.
static setting settings[32];
static int setting_count;
static call_count counts[64];
static int count_of_functions;
static FILE* log_file;
static char* log_path;
static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;

// For a test that has loaded a copy of this library into its own process: the same as the variable FAKE_CUDA_<name>.
void fakeCudaSet(const char* name, const char* value)
{
    int n = 0;
    while (n < setting_count && strcmp(settings[n].name, name) != 0)
    {
        n++;
    }
    if (n == 32)
    {
        return;
    }
    setting_count = n == setting_count ? n + 1 : setting_count;
    snprintf(settings[n].name, sizeof settings[n].name, "%s", name);
    settings[n].value = strdup(value);
}

const char* switch_value(const char* name)
{
    for (int n = 0; n < setting_count; n++)
    {
        if (strcmp(settings[n].name, name) == 0)
        {
            return settings[n].value;
        }
    }
    char variable[96];
    snprintf(variable, sizeof variable, "FAKE_CUDA_%s", name);
    const char* value = getenv(variable);
    return value == NULL || *value == 0 ? NULL : value;
}

long long switch_number(const char* name, long long otherwise)
{
    const char* value = switch_value(name);
    return value == NULL ? otherwise : strtoll(value, NULL, 0);
}

void read_switches(void)
{
    const char* path = switch_value("LOG");
    if (path == NULL || (log_path != NULL && strcmp(path, log_path) == 0))
    {
        return;
    }
    if (log_file != NULL)
    {
        fclose(log_file);
    }
    free(log_path);
    log_path = strdup(path);
    log_file = fopen(path, "a");
    if (log_file == NULL)
    {
        fprintf(stderr, "fakecuda: %s cannot be written\n", path);
    }
}

void log_line(const char* format, ...)
{
    if (log_file == NULL)
    {
        return;
    }
    pthread_mutex_lock(&log_lock);
    va_list arguments;
    va_start(arguments, format);
    vfprintf(log_file, format, arguments);
    va_end(arguments);
    fputc('\n', log_file);
    fflush(log_file);
    pthread_mutex_unlock(&log_lock);
}

static long count_call(const char* function)
{
    int n = 0;
    while (n < count_of_functions && strcmp(counts[n].function, function) != 0)
    {
        n++;
    }
    if (n == 64)
    {
        return 0;
    }
    if (n == count_of_functions)
    {
        count_of_functions++;
        snprintf(counts[n].function, sizeof counts[n].function, "%s", function);
    }
    return ++counts[n].calls;
}

// FAKE_CUDA_FAIL="cuMemAlloc_v2=2@3;cuInit=100": the third call fails with 2, every call with 100; "@3+" is from the third on.
int injected_failure(const char* function)
{
    long call = count_call(function);
    const char* at = switch_value("FAIL");
    size_t length = strlen(function);
    while (at != NULL && *at != 0)
    {
        at += strspn(at, "; ");
        if (strncmp(at, function, length) == 0 && at[length] == '=')
        {
            char* end;
            long result = strtol(at + length + 1, &end, 10);
            long from = *end == '@' ? strtol(end + 1, &end, 10) : 1;
            bool onward = *end == '+' || strchr(at, '@') == NULL || strchr(at, '@') > end;
            if (call == from || (onward && call > from))
            {
                return (int)result;
            }
        }
        at = strchr(at, ';');
    }
    return SUCCESS;
}

__attribute__((destructor)) static void at_exit(void)
{
    log_leaks();
}

// What stands between a hidden layer's z and the next layer where the product of the matrices does not end with it: behind a
// batch normalisation, and with dropout. A thread takes four neighbours of a row: as many as a block of random words has.
//   drops   whether hidden units are left out: h = m · a, else the next layer reads a itself
#define ACTIVATE_THREADS 128
#define ACTIVATE_UNITS 4
#define ACTIVATE_PARAMETERS \
    GLOBAL const int* control, const int parity, const int batch, const int O, const int units, const int units_before, \
    GLOBAL const float* z, GLOBAL float* a, GLOBAL float* h, GLOBAL float* dz, GLOBAL const float* constants, const int constant_count, \
    GLOBAL const int* dropout, const int drop_units, const int drop_at, const int drops
#define ACTIVATE_ARGUMENTS \
    control, parity, batch, O, units, units_before, z, a, h, dz, constants, constant_count, dropout, drop_units, drop_at, drops

// Forward, a = f(z) and h = m · a; or backward, from the gradient to h in dz to that to z: dz = (dh · m) · f'(z, a).
INLINE void activate(const int activation, const int backward, ACTIVATE_PARAMETERS)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    const int fours = (O + ACTIVATE_UNITS - 1) / ACTIVATE_UNITS;
    const int index = GROUP_X * ACTIVATE_THREADS + THREAD;
    const int b = index / fours;
    const int o = index % fours * ACTIVATE_UNITS;
    if (b >= rows.count)
    {
        return;
    }
    const offset model = GROUP_Z;
    const offset here = (model * units + units_before) * batch + (offset)b * O + o;
    GLOBAL const float* c = constants + model * constant_count;
    float mask[ACTIVATE_UNITS] = {1.0f, 1.0f, 1.0f, 1.0f};
    if (drops)
    {
        mask_of_four(control, rows, b, dropout, drop_units, drop_at + o, mask);
    }
    #pragma unroll
    for (int k = 0; k < ACTIVATE_UNITS; k++)
    {
        if (o + k < O)
        {
            const offset at = here + k;
            if (backward)
            {
                // A product with 1 changes nothing.
                dz[at] = dz[at] * mask[k] * activation_derivative(activation, z[at], a[at], c);
            }
            else
            {
                const float value = activation_value(activation, z[at], c);
                a[at] = value;
                if (drops)
                {
                    h[at] = value * mask[k];
                }
            }
        }
    }
}

#define ACTIVATE_KERNEL(NAME, INDEX) \
    KERNEL_OF(ACTIVATE_THREADS) void activate_##NAME(ACTIVATE_PARAMETERS) \
    { \
        activate(INDEX, 0, ACTIVATE_ARGUMENTS); \
    }
#define DIFFERENTIATE_KERNEL(NAME, INDEX) \
    KERNEL_OF(ACTIVATE_THREADS) void differentiate_##NAME(ACTIVATE_PARAMETERS) \
    { \
        activate(INDEX, 1, ACTIVATE_ARGUMENTS); \
    }

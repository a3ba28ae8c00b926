// Batch normalisation of a hidden layer, and its gradient: a thread for each unit makes the sums over the rows, in order; then
// one for each number uses them.
//   scale_at, statistics_at   where γ and then β lie among the parameters; means and then variances among the statistics
//   means, deviations         of each unit: what the layer is normalised with, mean and r = 1/√(variance + ε)
#define UNIT_THREADS 32
#define NUMBER_THREADS 128

// Where the statistics come from: the running ones, the rows', or the rows', towards which the running ones move.
#define RUNNING 0
#define OF_ROWS 1
#define MOVING 2

// Mean and r. One thread a unit.
//   momentum_eps   of each network
#define STATISTICS_PARAMETERS \
    GLOBAL const int* control, const int parity, const int batch, const int O, const int units, const int units_before, \
    GLOBAL const float* z, GLOBAL float* means, GLOBAL float* deviations, GLOBAL float* statistics, const int statistics_count, \
    const int statistics_at, GLOBAL const float* momentum_eps, const int source
#define STATISTICS_ARGUMENTS \
    control, parity, batch, O, units, units_before, z, means, deviations, statistics, statistics_count, statistics_at, momentum_eps, source

INLINE void statistics_of_unit(STATISTICS_PARAMETERS)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    const int o = GROUP_X * UNIT_THREADS + THREAD;
    if (rows.count == 0 || o >= O)
    {
        return;
    }
    const offset model = GROUP_Z;
    GLOBAL const float* z_B = z + (model * units + units_before) * batch + o;
    GLOBAL float* running_mean = statistics + model * statistics_count + statistics_at + o;
    GLOBAL float* running_variance = running_mean + O;
    float mean = *running_mean;
    float variance = *running_variance;
    if (source != RUNNING)
    {
        float sum = 0.0f;
        #pragma unroll 8
        for (int b = 0; b < rows.count; b++)
        {
            sum += z_B[(offset)b * O];
        }
        mean = sum / (float)rows.count;
        float squares = 0.0f;
        #pragma unroll 8
        for (int b = 0; b < rows.count; b++)
        {
            const float difference = z_B[(offset)b * O] - mean;
            squares = FMA(difference, difference, squares);
        }
        variance = squares / (float)rows.count;
        if (source == MOVING)
        {
            const float momentum = momentum_eps[2 * model];
            const float unbiased = squares / (float)(rows.count - 1);
            *running_mean = FMA(momentum, mean - *running_mean, *running_mean);
            *running_variance = FMA(momentum, unbiased - *running_variance, *running_variance);
        }
    }
    means[model * units + units_before + o] = mean;
    deviations[model * units + units_before + o] = inverse_deviation(variance, momentum_eps[2 * model + 1]);
}

#define STATISTICS_KERNEL \
    KERNEL_OF(UNIT_THREADS) void batch_statistics(STATISTICS_PARAMETERS) \
    { \
        statistics_of_unit(STATISTICS_ARGUMENTS); \
    }

// ẑ = (z - mean) · r, and y = γ · ẑ + β in the place of z. One thread a number.
//   keeps   whether ẑ is kept, for the way back
#define NORMALIZE_PARAMETERS \
    GLOBAL const int* control, const int parity, const int batch, const int O, const int units, const int units_before, \
    GLOBAL float* z, GLOBAL float* normal, GLOBAL const float* means, GLOBAL const float* deviations, \
    GLOBAL const float* parameters, const int parameter_count, const int scale_at, const int keeps
#define NORMALIZE_ARGUMENTS \
    control, parity, batch, O, units, units_before, z, normal, means, deviations, parameters, parameter_count, scale_at, keeps

INLINE void normalize_number(NORMALIZE_PARAMETERS)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    const int index = GROUP_X * NUMBER_THREADS + THREAD;
    const int b = index / O;
    const int o = index % O;
    if (b >= rows.count)
    {
        return;
    }
    const offset model = GROUP_Z;
    const offset unit = model * units + units_before + o;
    const offset scale = model * parameter_count + scale_at + o;
    const offset at = (model * units + units_before) * batch + (offset)b * O + o;
    const float value = (z[at] - means[unit]) * deviations[unit];
    if (keeps)
    {
        normal[at] = value;
    }
    z[at] = FMA(parameters[scale], value, parameters[scale + O]);
}

#define NORMALIZE_KERNEL \
    KERNEL_OF(NUMBER_THREADS) void batch_norm(NORMALIZE_PARAMETERS) \
    { \
        normalize_number(NORMALIZE_ARGUMENTS); \
    }

// dβ = Σ_b dy, dγ = Σ_b dy · ẑ. One thread a unit.
#define NORMALIZE_BACKWARD_PARAMETERS \
    GLOBAL const int* control, const int parity, const int batch, const int O, const int units, const int units_before, \
    GLOBAL float* dz, GLOBAL const float* normal, GLOBAL const float* deviations, GLOBAL const float* parameters, \
    const int parameter_count, const int scale_at, GLOBAL float* gradient
#define NORMALIZE_BACKWARD_ARGUMENTS \
    control, parity, batch, O, units, units_before, dz, normal, deviations, parameters, parameter_count, scale_at, gradient

INLINE void normalization_gradient_of_unit(NORMALIZE_BACKWARD_PARAMETERS)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    const int o = GROUP_X * UNIT_THREADS + THREAD;
    if (rows.count == 0 || o >= O)
    {
        return;
    }
    const offset model = GROUP_Z;
    const offset here = (model * units + units_before) * batch + o;
    const offset scale = model * parameter_count + scale_at + o;
    float shift_sum = 0.0f;
    float scale_sum = 0.0f;
    #pragma unroll 8
    for (int b = 0; b < rows.count; b++)
    {
        const offset at = here + (offset)b * O;
        shift_sum += dz[at];
        scale_sum = FMA(dz[at], normal[at], scale_sum);
    }
    gradient[scale] = scale_sum;
    gradient[scale + O] = shift_sum;
}

#define NORMALIZATION_GRADIENT_KERNEL \
    KERNEL_OF(UNIT_THREADS) void batch_norm_gradient(NORMALIZE_BACKWARD_PARAMETERS) \
    { \
        normalization_gradient_of_unit(NORMALIZE_BACKWARD_ARGUMENTS); \
    }

// dz = γ · r · (dy - dβ/B - ẑ · dγ/B) in the place of dy. One thread a number.
INLINE void normalize_number_backward(NORMALIZE_BACKWARD_PARAMETERS)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    const int index = GROUP_X * NUMBER_THREADS + THREAD;
    const int b = index / O;
    const int o = index % O;
    if (b >= rows.count)
    {
        return;
    }
    const offset model = GROUP_Z;
    const offset scale = model * parameter_count + scale_at + o;
    const offset at = (model * units + units_before) * batch + (offset)b * O + o;
    const float scale_part = gradient[scale] / (float)rows.count;
    const float shift_part = gradient[scale + O] / (float)rows.count;
    const float factor = parameters[scale] * deviations[model * units + units_before + o];
    const float centred = dz[at] - shift_part;
    dz[at] = factor * FMA(-normal[at], scale_part, centred);
}

#define NORMALIZE_BACKWARD_KERNEL \
    KERNEL_OF(NUMBER_THREADS) void batch_norm_backward(NORMALIZE_BACKWARD_PARAMETERS) \
    { \
        normalize_number_backward(NORMALIZE_BACKWARD_ARGUMENTS); \
    }

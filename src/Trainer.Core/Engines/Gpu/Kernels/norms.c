// Norms, in the order that the reference engine adds in: the squares of a unit's weights, then those of its other parameters, in
// one accumulator; of a gradient, then the units'. A group takes a unit: all its threads load, one adds.
#define NORM_THREADS 64
#define NORM_TILE 512

// The layer of a unit, and which of its units it is.
INLINE GLOBAL const int* layer_of_unit(GLOBAL const int* layers, const int layer_count, const int unit, int* o)
{
    int layer = 0;
    while (layer + 1 < layer_count && unit >= layers[(layer + 1) * LAYER_LENGTH + 3])
    {
        layer++;
    }
    *o = unit - layers[layer * LAYER_LENGTH + 3];
    return layers + layer * LAYER_LENGTH;
}

// Adds the squares of a tile to those before, in order; for thread 0.
INLINE float add_squares(LOCAL const float* tile, const int count, float sum)
{
    #pragma unroll 8
    for (int k = 0; k < count; k++)
    {
        sum = FMA(tile[k], tile[k], sum);
    }
    return sum;
}

// ‖·‖² of every unit: of its gradient with penalties and within bounds, or of its weights.
//   others   parameters of a hidden unit that are no weights, for the gradient: 1, or 3 with a batch normalisation; 0 for the weights
#define SQUARES_PARAMETERS \
    GLOBAL const int* control, const int parity, const int batch, GLOBAL const int* layers, const int layer_count, const int units, \
    const int others, GLOBAL const float* gradient, GLOBAL const float* parameters, const int parameter_count, \
    GLOBAL const float* terms, GLOBAL float* squares
#define SQUARES_ARGUMENTS \
    control, parity, batch, layers, layer_count, units, others, gradient, parameters, parameter_count, terms, squares

INLINE void squares_of_unit(LOCAL float* tile, SQUARES_PARAMETERS)
{
    if (rows_of_step(control, parity, batch).count == 0)
    {
        return;
    }
    int o;
    GLOBAL const int* layer = layer_of_unit(layers, layer_count, GROUP_X, &o);
    const int I = layer[0];
    const int O = layer[1];
    const int is_last = layer == layers + (layer_count - 1) * LAYER_LENGTH;
    const int K = I + (is_last && others > 1 ? 1 : others);
    const offset model = GROUP_Z;
    const offset base = model * parameter_count + layer[2];
    GLOBAL const float* t = terms + model * TERMS_LENGTH;
    float sum = 0.0f;
    for (int from = 0; from < K; from += NORM_TILE)
    {
        const int count = K - from < NORM_TILE ? K - from : NORM_TILE;
        BARRIER();
        for (int k = THREAD; k < count; k += NORM_THREADS)
        {
            const int i = from + k;
            const offset at = base + (i < I ? (offset)o * I + i : (offset)I * O + (offset)(i - I) * O + o);
            const float w = parameters[at];
            tile[k] = others > 0 ? bounded_gradient(t + (i < I ? 0 : TERMS_OF_OTHERS), w, gradient[at]) : w;
        }
        BARRIER();
        if (THREAD == 0)
        {
            sum = add_squares(tile, count, sum);
        }
    }
    if (THREAD == 0)
    {
        squares[model * units + GROUP_X] = sum;
    }
}

#define SQUARES_KERNEL \
    KERNEL_OF(NORM_THREADS) void unit_squares(SQUARES_PARAMETERS) \
    { \
        LOCAL_ARRAY float tile[NORM_TILE]; \
        squares_of_unit(tile, SQUARES_ARGUMENTS); \
    }

// What a network's gradient is multiplied by so that it is not too long. One group a network.
#define FACTOR_PARAMETERS \
    GLOBAL const int* control, const int parity, const int batch, const int units, GLOBAL const float* squares, \
    GLOBAL const float* terms, GLOBAL float* factors
#define FACTOR_ARGUMENTS control, parity, batch, units, squares, terms, factors

INLINE void factor_of_gradient(LOCAL float* tile, FACTOR_PARAMETERS)
{
    if (rows_of_step(control, parity, batch).count == 0)
    {
        return;
    }
    const offset model = GROUP_Z;
    float sum = 0.0f;
    for (int from = 0; from < units; from += NORM_TILE)
    {
        const int count = units - from < NORM_TILE ? units - from : NORM_TILE;
        BARRIER();
        for (int k = THREAD; k < count; k += NORM_THREADS)
        {
            tile[k] = squares[model * units + from + k];
        }
        BARRIER();
        for (int k = 0; THREAD == 0 && k < count; k++)
        {
            sum += tile[k];
        }
    }
    if (THREAD == 0)
    {
        factors[model] = norm_factor_of(sum, terms[model * TERMS_LENGTH + TERMS_NORM]);
    }
}

#define FACTOR_KERNEL \
    KERNEL_OF(NORM_THREADS) void norm_factor(FACTOR_PARAMETERS) \
    { \
        LOCAL_ARRAY float tile[NORM_TILE]; \
        factor_of_gradient(tile, FACTOR_ARGUMENTS); \
    }

// Scales a unit's weights back to the greatest length where they are longer. One thread a parameter.
#define BOUND_PARAMETERS \
    GLOBAL const int* control, const int parity, const int batch, GLOBAL const int* layers, const int layer_count, const int units, \
    GLOBAL const float* squares, GLOBAL float* parameters, const int parameter_count, GLOBAL const float* terms
#define BOUND_ARGUMENTS \
    control, parity, batch, layers, layer_count, units, squares, parameters, parameter_count, terms

INLINE void bound_weight(BOUND_PARAMETERS)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    const int k = GROUP_X * APPLY_THREADS + THREAD;
    if (rows.count == 0 || k >= parameter_count)
    {
        return;
    }
    GLOBAL const int* layer = layer_of_parameter(layers, layer_count, k);
    const int within = k - layer[2];
    if (within < layer[0] * layer[1])
    {
        const offset model = GROUP_Z;
        const float square = squares[model * units + layer[3] + within / layer[0]];
        parameters[model * parameter_count + k] *= unit_factor_of(square, terms[model * TERMS_LENGTH + TERMS_UNIT_NORM]);
    }
}

#define BOUND_KERNEL \
    KERNEL_OF(APPLY_THREADS) void bound_weights(BOUND_PARAMETERS) \
    { \
        bound_weight(BOUND_ARGUMENTS); \
    }

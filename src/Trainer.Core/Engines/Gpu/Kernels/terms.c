// From the gradient of the data's loss to new parameters, where more is done than the update rule: penalties, bounds on the
// gradient, decoupled decay; a bound on the length of a unit's weights; a moving average.
//
// `terms` says of each network: λ₂, λ₁ and the bound of an element (0 for none) for weights, the same for other parameters, the
// greatest norm of the gradient, that of a unit's weights, and the two factors of the average.
#define TERMS_LENGTH 10
#define TERMS_OF_OTHERS 3
#define TERMS_NORM 6
#define TERMS_UNIT_NORM 7
#define TERMS_AVERAGE 8

// The gradient of data and penalties, within bounds.
INLINE float bounded_gradient(GLOBAL const float* terms, const float w, const float data)
{
    float g = data;
    if (terms[0] != 0.0f)
    {
        g = add_l2(w, g, terms[0]);
    }
    if (terms[1] != 0.0f)
    {
        g = add_l1(w, g, terms[1]);
    }
    if (terms[2] != 0.0f)
    {
        g = clip_element(g, terms[2]);
    }
    return g;
}

// The layer that a parameter is of.
INLINE GLOBAL const int* layer_of_parameter(GLOBAL const int* layers, const int layer_count, const int k)
{
    int layer = 0;
    while (layer + 1 < layer_count && k >= layers[(layer + 1) * LAYER_LENGTH + 2])
    {
        layer++;
    }
    return layers + layer * LAYER_LENGTH;
}

// Every parameter's new value from `gradient`; the last kernel of a step but those of norms and averages. One thread a parameter.
//   decays    of each network and step: the share that decay takes of weights, and of other parameters
//   factors   of each network: what the gradient is multiplied by so that it is not too long
#define APPLY_THREADS 128
#define APPLY_PARAMETERS \
    GLOBAL int* control, const int parity, const int batch, GLOBAL const int* layers, const int layer_count, \
    GLOBAL const float* gradient, GLOBAL float* parameters, GLOBAL float* first_state, GLOBAL float* second_state, \
    GLOBAL float* third_state, const int parameter_count, GLOBAL const float* scalars, const int scalars_stride, \
    GLOBAL const float* decays, const int decays_stride, GLOBAL const float* constants, const int constant_count, \
    GLOBAL const float* terms, GLOBAL const float* factors
#define APPLY_ARGUMENTS \
    control, parity, batch, layers, layer_count, gradient, parameters, first_state, second_state, third_state, parameter_count, \
    scalars, scalars_stride, decays, decays_stride, constants, constant_count, terms, factors

INLINE void apply(const int rule, APPLY_PARAMETERS)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    const int k = GROUP_X * APPLY_THREADS + THREAD;
    if (k == 0 && GROUP_Z == 0)
    {
        control[1 - parity] = rows.step + 1;
    }
    if (rows.count == 0 || k >= parameter_count)
    {
        return;
    }
    const offset model = GROUP_Z;
    GLOBAL const int* layer = layer_of_parameter(layers, layer_count, k);
    const int is_other = k - layer[2] >= layer[0] * layer[1];
    GLOBAL const float* numbers = scalars + model * scalars_stride + 4 * (offset)rows.step;
    const scalars_t step = {numbers[0], numbers[1], numbers[2], numbers[3]};
    const float decay = decays[model * decays_stride + 2 * (offset)rows.step + is_other];
    const offset at = model * parameter_count + k;
    const float w = parameters[at];
    // Products with 1 change nothing.
    const float g = factors[model] * bounded_gradient(terms + model * TERMS_LENGTH + is_other * TERMS_OF_OTHERS, w, gradient[at]);
    float first = rule_states(rule) > 0 ? first_state[at] : 0.0f;
    float second = rule_states(rule) > 1 ? second_state[at] : 0.0f;
    float third = rule_states(rule) > 2 ? third_state[at] : 0.0f;
    parameters[at] = rule_update(
        rule, decay != 0.0f ? shrink(w, decay) : w, g, &first, &second, &third, step, constants + model * constant_count);
    if (rule_states(rule) > 0)
    {
        first_state[at] = first;
    }
    if (rule_states(rule) > 1)
    {
        second_state[at] = second;
    }
    if (rule_states(rule) > 2)
    {
        third_state[at] = third;
    }
}

#define APPLY_KERNEL(NAME, INDEX) \
    KERNEL_OF(APPLY_THREADS) void apply_##NAME(APPLY_PARAMETERS) \
    { \
        apply(INDEX, APPLY_ARGUMENTS); \
    }

// ā = d · ā + (1 - d) · w. One thread a parameter.
#define AVERAGE_PARAMETERS \
    GLOBAL const int* control, const int parity, const int batch, GLOBAL const float* parameters, GLOBAL float* averages, \
    const int parameter_count, GLOBAL const float* terms
#define AVERAGE_ARGUMENTS control, parity, batch, parameters, averages, parameter_count, terms

INLINE void average_parameters(AVERAGE_PARAMETERS)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    const int k = GROUP_X * APPLY_THREADS + THREAD;
    if (rows.count == 0 || k >= parameter_count)
    {
        return;
    }
    const offset model = GROUP_Z;
    const offset at = model * parameter_count + k;
    GLOBAL const float* factors = terms + model * TERMS_LENGTH + TERMS_AVERAGE;
    averages[at] = moving_average(averages[at], parameters[at], factors[0], factors[1]);
}

#define AVERAGE_KERNEL \
    KERNEL_OF(APPLY_THREADS) void average(AVERAGE_PARAMETERS) \
    { \
        average_parameters(AVERAGE_ARGUMENTS); \
    }

// Training a multi-layer perceptron on a GPU, for OpenCL and CUDA alike.
//
// B rows, I inputs, O outputs; row-major, last index fastest: x_BI, w_OI, z_BO, dz_BO. Every sum runs in ascending order
// in one accumulator of one thread: the equations of Engines/Reference, in another arrangement, with the same bits.
//
// M networks of one shape are trained side by side: GROUP_Z is the network, and a `..._stride` is how far one network's
// numbers lie from the next one's.
//
// `control` says where the training is, so that the same recorded launches serve every step:
//   [parity] the number of the step in the epoch's plan; the last kernel of a step writes the next one to [1 - parity]
//   [2]      the step behind the last one to make; from it on every kernel returns at once
//   [3]      the row behind the last one: the last step may have fewer rows than `batch`
//   [4]      the step that x begins with: rows are gathered for several steps at once
//   [5]      the first row of step 0
#define END_STEP 2
#define END_ROW 3
#define GATHERED_FROM 4
#define FIRST_ROW 5

// The rows of a step: how many, and the first.
typedef struct
{
    int step;
    int first;
    int count;
} rows_t;

INLINE rows_t rows_of_step(GLOBAL const int* control, const int parity, const int batch)
{
    rows_t rows;
    rows.step = control[parity];
    rows.first = control[FIRST_ROW] + rows.step * batch;
    const int left = control[END_ROW] - rows.first;
    rows.count = rows.step >= control[END_STEP] ? 0 : left < batch ? left : batch;
    return rows;
}

// ------------------------------------------------------------------------------------------------------------------
// A tile of a matrix product, out_MN = Σ_k left(m, k) · right(k, n), k ascending. A group computes TM × TN elements, each
// of its threads RM × RN, which stay in registers; KC columns of left and rows of right at a time lie in local memory,
// and the next ones are on their way while these are multiplied.

// One operand: element (r, k) of it is data[r · row_step + k · k_step].
typedef struct
{
    GLOBAL const float* data;
    offset row_step;
    offset k_step;
    int rows;
    // The row that is 1 throughout: what a bias is multiplied by. -1 for none.
    int row_of_ones;
} operand_t;

// Which element of a KC × TR tile thread `thread` loads as its `turn`-th: neighbours in memory by neighbouring threads.
INLINE void place_in_tile(const int along_k, const int TR, const int KC, const int element, int* r, int* k)
{
    *r = along_k ? element / KC : element % TR;
    *k = along_k ? element % KC : element / TR;
}

INLINE void fetch(
    const operand_t from, const int along_k, const int TR, const int KC, const int THREADS,
    const int row_base, const int k_base, const int K, float* registers)
{
    #pragma unroll
    for (int turn = 0; turn < TR * KC / THREADS; turn++)
    {
        int r, k;
        place_in_tile(along_k, TR, KC, turn * THREADS + THREAD, &r, &k);
        r += row_base;
        k += k_base;
        float value = r == from.row_of_ones ? 1.0f : 0.0f;
        if (r < from.rows && k < K)
        {
            value = from.data[(offset)r * from.row_step + (offset)k * from.k_step];
        }
        registers[turn] = value;
    }
}

INLINE void put(
    const int along_k, const int TR, const int PITCH, const int KC, const int THREADS, const float* registers, LOCAL float* tile)
{
    #pragma unroll
    for (int turn = 0; turn < TR * KC / THREADS; turn++)
    {
        int r, k;
        place_in_tile(along_k, TR, KC, turn * THREADS + THREAD, &r, &k);
        tile[k * PITCH + r] = registers[turn];
    }
}

// R neighbours of local memory, which lie at a multiple of R, in one load.
INLINE void take(const int R, LOCAL const float* from, float* to)
{
    if (R == 4)
    {
        const float4 four = *(LOCAL const float4*)from;
        to[0] = four.x;
        to[1] = four.y;
        to[2] = four.z;
        to[3] = four.w;
    }
    else if (R == 2)
    {
        const float2 two = *(LOCAL const float2*)from;
        to[0] = two.x;
        to[1] = two.y;
    }
    else
    {
        to[0] = from[0];
    }
}

INLINE void multiply(
    const int RM, const int RN, LOCAL const float* left_M, LOCAL const float* right_N, float* sum_MN)
{
    float left[4], right[4];
    take(RM, left_M, left);
    take(RN, right_N, right);
    #pragma unroll
    for (int m = 0; m < RM; m++)
    {
        #pragma unroll
        for (int n = 0; n < RN; n++)
        {
            sum_MN[m * RN + n] = FMA(left[m], right[n], sum_MN[m * RN + n]);
        }
    }
}

// Adds to sum_MN, which the caller has begun. Every thread of the group takes part, whatever lies outside of the matrix.
INLINE void tile_product(
    const int TM, const int TN, const int RM, const int RN, const int KC, const int THREADS, const int PITCH_M, const int PITCH_N,
    const operand_t left, const int left_along_k, const operand_t right, const int right_along_k,
    const int m_base, const int n_base, const int K, LOCAL float* left_tile, LOCAL float* right_tile, float* sum_MN)
{
    const int m = THREAD / (TN / RN) * RM;
    const int n = THREAD % (TN / RN) * RN;
    float next_left[16], next_right[16];
    fetch(left, left_along_k, TM, KC, THREADS, m_base, 0, K, next_left);
    fetch(right, right_along_k, TN, KC, THREADS, n_base, 0, K, next_right);
    for (int k_base = 0; k_base < K; k_base += KC)
    {
        BARRIER();
        put(left_along_k, TM, PITCH_M, KC, THREADS, next_left, left_tile);
        put(right_along_k, TN, PITCH_N, KC, THREADS, next_right, right_tile);
        BARRIER();
        if (k_base + KC < K)
        {
            fetch(left, left_along_k, TM, KC, THREADS, m_base, k_base + KC, K, next_left);
            fetch(right, right_along_k, TN, KC, THREADS, n_base, k_base + KC, K, next_right);
            #pragma unroll 8
            for (int k = 0; k < KC; k++)
            {
                multiply(RM, RN, left_tile + k * PITCH_M + m, right_tile + k * PITCH_N + n, sum_MN);
            }
        }
        else
        {
            // Not one product more than there are: fma(0, 0, -0) would be +0.
            #pragma unroll 1
            for (int k = 0; k < K - k_base; k++)
            {
                multiply(RM, RN, left_tile + k * PITCH_M + m, right_tile + k * PITCH_N + n, sum_MN);
            }
        }
    }
}

// Two arrangements. Of a step of one small network there are fewer elements than the card has threads: many groups with
// short rows of work. Where there are plenty (evaluation, large batches, many networks) each thread takes 16 elements, so
// that it multiplies more than it loads.
#define SMALL_TM 8
#define SMALL_TN 16
#define SMALL_RM 2
#define SMALL_RN 1
#define SMALL_KC 64
#define SMALL_THREADS 64
#define SMALL_PITCH_M 10
#define SMALL_PITCH_N 17
#define LARGE_TM 64
#define LARGE_TN 64
#define LARGE_RM 4
#define LARGE_RN 4
#define LARGE_KC 16
#define LARGE_THREADS 256
#define LARGE_PITCH_M 68
#define LARGE_PITCH_N 68

// ------------------------------------------------------------------------------------------------------------------
// Gathering: x = byte / 255 for the rows of `steps` steps from the current one on. One group a row.
KERNEL void gather(
    GLOBAL int* control, const int parity, const int batch, const int steps,
    GLOBAL const uchar* pixels, GLOBAL const int* images, const int images_stride, const int I,
    GLOBAL float* x_BI, const int x_rows)
{
    const int step = control[parity];
    const int steps_left = control[END_STEP] - step;
    const int wanted = (steps_left < steps ? steps_left : steps) * batch;
    const int row = control[FIRST_ROW] + step * batch + GROUP_X;
    if (GROUP_X == 0 && GROUP_Z == 0 && THREAD == 0)
    {
        control[GATHERED_FROM] = step;
    }
    if (GROUP_X < wanted && row < control[END_ROW])
    {
        const int image = images[(offset)GROUP_Z * images_stride + row];
        GLOBAL float* x_I = x_BI + ((offset)GROUP_Z * x_rows + GROUP_X) * I;
        for (int i = THREAD; i < I; i += THREADS_OF_GROUP)
        {
            x_I[i] = (float)pixels[(offset)image * I + i] / 255.0f;
        }
    }
}

// ------------------------------------------------------------------------------------------------------------------
// Dense forward, z[b,o] = bias[o] + Σ_i x[b,i] · w[o,i], and a = f(z).
//   layer      of the network: 0 reads the gathered rows, another the activations of the one before
//   units      outputs of all layers together; units_before: of those before this one. The numbers of a layer lie at
//              batch · units_before in z, a and dz
#define FORWARD_PARAMETERS \
    GLOBAL const int* control, const int parity, const int batch, GLOBAL const float* x, const int x_rows, \
    GLOBAL const float* parameters, const int parameter_count, const int weights_at, const int layer, const int I, const int O, \
    const int units, const int units_before, GLOBAL float* z, GLOBAL float* a, GLOBAL const float* constants, const int constant_count
#define FORWARD_ARGUMENTS \
    control, parity, batch, x, x_rows, parameters, parameter_count, weights_at, layer, I, O, units, units_before, z, a, \
    constants, constant_count

// What a layer reads: the gathered rows of this step, or the activations before it.
INLINE GLOBAL const float* layer_input(
    GLOBAL const int* control, const rows_t rows, const int batch, GLOBAL const float* x, const int x_rows,
    const int layer, const int I, const int units, const int units_before, GLOBAL const float* a)
{
    const offset model = GROUP_Z;
    const offset gathered = (offset)(rows.step - control[GATHERED_FROM]) * batch;
    return layer == 0
        ? x + (model * x_rows + gathered) * I
        : a + (model * units + units_before - I) * batch;
}

INLINE void forward(
    const int TM, const int TN, const int RM, const int RN, const int KC, const int THREADS, const int PITCH_M, const int PITCH_N,
    LOCAL float* left_tile, LOCAL float* right_tile, const int activation, FORWARD_PARAMETERS)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    const int b_base = GROUP_X * TM;
    const int o_base = GROUP_Y * TN;
    if (b_base >= rows.count)
    {
        return;
    }
    const offset model = GROUP_Z;
    GLOBAL const float* w_OI = parameters + model * parameter_count + weights_at;
    GLOBAL const float* bias_O = w_OI + (offset)O * I;
    GLOBAL const float* x_BI = layer_input(control, rows, batch, x, x_rows, layer, I, units, units_before, a);
    const operand_t left = {x_BI, (offset)I, 1, rows.count, -1};
    const operand_t right = {w_OI, (offset)I, 1, O, -1};
    const int b = b_base + THREAD / (TN / RN) * RM;
    const int o = o_base + THREAD % (TN / RN) * RN;
    float sum_BO[16];
    #pragma unroll
    for (int n = 0; n < RN; n++)
    {
        const float bias = o + n < O ? bias_O[o + n] : 0.0f;
        #pragma unroll
        for (int m = 0; m < RM; m++)
        {
            sum_BO[m * RN + n] = bias;
        }
    }
    tile_product(TM, TN, RM, RN, KC, THREADS, PITCH_M, PITCH_N, left, 1, right, 1, b_base, o_base, I, left_tile, right_tile, sum_BO);
    const offset here = (model * units + units_before) * batch;
    #pragma unroll
    for (int m = 0; m < RM; m++)
    {
        #pragma unroll
        for (int n = 0; n < RN; n++)
        {
            if (b + m < rows.count && o + n < O)
            {
                const offset at = here + (offset)(b + m) * O + o + n;
                z[at] = sum_BO[m * RN + n];
                a[at] = activation_value(activation, sum_BO[m * RN + n], constants + model * constant_count);
            }
        }
    }
}

// ------------------------------------------------------------------------------------------------------------------
// Softmax and cross-entropy, and the gradient to the logits: one thread a row.
//   p[o] = e^(z[o] - max z) / Σ, loss = ln Σ - (z[y] - max z), dz[o] = (p[o] - [o = y]) / B
//   backward   whether dz is wanted; without, this is the last kernel of a step
KERNEL void softmax_cross_entropy(
    GLOBAL int* control, const int parity, const int batch, GLOBAL const uchar* labels,
    GLOBAL const int* images, const int images_stride, const int O, const int units, const int units_before,
    GLOBAL const float* z, GLOBAL float* a, GLOBAL float* dz, const int backward,
    GLOBAL float* losses, GLOBAL int* predictions, const int results_stride)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    const int b = GROUP_X * THREADS_OF_GROUP + THREAD;
    if (b == 0 && GROUP_Z == 0 && !backward)
    {
        control[1 - parity] = rows.step + 1;
    }
    if (b >= rows.count)
    {
        return;
    }
    const offset model = GROUP_Z;
    const offset here = (model * units + units_before) * batch + (offset)b * O;
    GLOBAL const float* z_O = z + here;
    GLOBAL float* p_O = a + here;
    const int label = labels[images[model * images_stride + rows.first + b]];
    int prediction = 0;
    float max = z_O[0];
    for (int o = 1; o < O; o++)
    {
        if (z_O[o] > max)
        {
            prediction = o;
            max = z_O[o];
        }
    }
    float sum = 0.0f;
    for (int o = 0; o < O; o++)
    {
        const float e = elementary_exp(z_O[o] - max);
        p_O[o] = e;
        sum += e;
    }
    losses[model * results_stride + rows.first + b] = elementary_log(sum) - (z_O[label] - max);
    predictions[model * results_stride + rows.first + b] = prediction;
    for (int o = 0; backward && o < O; o++)
    {
        const float p = p_O[o] / sum;
        dz[here + o] = (p - (o == label ? 1.0f : 0.0f)) / (float)rows.count;
    }
}

// ------------------------------------------------------------------------------------------------------------------
// Input gradient, da[b,i] = Σ_o dz[b,o] · w[o,i], and through the activation behind which the layer reads:
// dz'[b,i] = da · f'(z', a').
#define INPUT_GRADIENT_PARAMETERS \
    GLOBAL const int* control, const int parity, const int batch, GLOBAL const float* parameters, const int parameter_count, \
    const int weights_at, const int I, const int O, const int units, const int units_before, \
    GLOBAL const float* z, GLOBAL const float* a, GLOBAL float* dz, GLOBAL const float* constants, const int constant_count
#define INPUT_GRADIENT_ARGUMENTS \
    control, parity, batch, parameters, parameter_count, weights_at, I, O, units, units_before, z, a, dz, constants, constant_count

INLINE void input_gradient(
    const int TM, const int TN, const int RM, const int RN, const int KC, const int THREADS, const int PITCH_M, const int PITCH_N,
    LOCAL float* left_tile, LOCAL float* right_tile, const int activation, INPUT_GRADIENT_PARAMETERS)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    const int b_base = GROUP_X * TM;
    const int i_base = GROUP_Y * TN;
    if (b_base >= rows.count)
    {
        return;
    }
    const offset model = GROUP_Z;
    const offset behind = (model * units + units_before) * batch;
    const offset here = (model * units + units_before - I) * batch;
    const operand_t left = {dz + behind, (offset)O, 1, rows.count, -1};
    const operand_t right = {parameters + model * parameter_count + weights_at, 1, (offset)I, I, -1};
    const int b = b_base + THREAD / (TN / RN) * RM;
    const int i = i_base + THREAD % (TN / RN) * RN;
    float da_BI[16];
    #pragma unroll
    for (int k = 0; k < RM * RN; k++)
    {
        da_BI[k] = 0.0f;
    }
    tile_product(TM, TN, RM, RN, KC, THREADS, PITCH_M, PITCH_N, left, 1, right, 0, b_base, i_base, O, left_tile, right_tile, da_BI);
    #pragma unroll
    for (int m = 0; m < RM; m++)
    {
        #pragma unroll
        for (int n = 0; n < RN; n++)
        {
            if (b + m < rows.count && i + n < I)
            {
                const offset at = here + (offset)(b + m) * I + i + n;
                dz[at] = da_BI[m * RN + n] * activation_derivative(activation, z[at], a[at], constants + model * constant_count);
            }
        }
    }
}

// ------------------------------------------------------------------------------------------------------------------
// Weight gradient, dw[o,i] = Σ_b dz[b,o] · x[b,i] (and db[o] = Σ_b dz[b,o]: column I of x is 1), used up at once by the
// update rule. All layers in one launch: `layers` says where each one's tiles begin.
#define UPDATE_TM 32
#define UPDATE_TN 64
#define UPDATE_RM 4
#define UPDATE_RN 4
#define UPDATE_KC 32
#define UPDATE_THREADS 128
#define UPDATE_PITCH_M 36
#define UPDATE_PITCH_N 68
// Of a layer in `layers`: inputs, outputs, where its weights lie, outputs of the layers before it, its first group.
#define LAYER_LENGTH 5

#define UPDATE_PARAMETERS \
    GLOBAL int* control, const int parity, const int batch, GLOBAL const int* layers, const int layer_count, const int units, \
    GLOBAL const float* x, const int x_rows, GLOBAL const float* a, GLOBAL const float* dz, \
    GLOBAL float* parameters, GLOBAL float* first_state, GLOBAL float* second_state, const int parameter_count, \
    GLOBAL const float* scalars, const int scalars_stride, GLOBAL const float* constants, const int constant_count
#define UPDATE_ARGUMENTS \
    control, parity, batch, layers, layer_count, units, x, x_rows, a, dz, parameters, first_state, second_state, \
    parameter_count, scalars, scalars_stride, constants, constant_count

INLINE void update(LOCAL float* left_tile, LOCAL float* right_tile, const int rule, UPDATE_PARAMETERS)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    if (GROUP_X == 0 && GROUP_Z == 0 && THREAD == 0)
    {
        control[1 - parity] = rows.step + 1;
    }
    if (rows.count == 0)
    {
        return;
    }
    int layer = 0;
    while (layer + 1 < layer_count && GROUP_X >= layers[(layer + 1) * LAYER_LENGTH + 4])
    {
        layer++;
    }
    GLOBAL const int* shape = layers + layer * LAYER_LENGTH;
    const int I = shape[0];
    const int O = shape[1];
    const int weights_at = shape[2];
    const int units_before = shape[3];
    const int tile = GROUP_X - shape[4];
    const int tiles_across = (I + UPDATE_TN) / UPDATE_TN;
    const int o_base = tile / tiles_across * UPDATE_TM;
    const int i_base = tile % tiles_across * UPDATE_TN;
    const offset model = GROUP_Z;
    const operand_t left = {dz + (model * units + units_before) * batch, 1, (offset)O, O, -1};
    const operand_t right = {layer_input(control, rows, batch, x, x_rows, layer, I, units, units_before, a), 1, (offset)I, I, I};
    const int o = o_base + THREAD / (UPDATE_TN / UPDATE_RN) * UPDATE_RM;
    const int i = i_base + THREAD % (UPDATE_TN / UPDATE_RN) * UPDATE_RN;
    float dw_OI[16];
    #pragma unroll
    for (int k = 0; k < UPDATE_RM * UPDATE_RN; k++)
    {
        dw_OI[k] = 0.0f;
    }
    tile_product(
        UPDATE_TM, UPDATE_TN, UPDATE_RM, UPDATE_RN, UPDATE_KC, UPDATE_THREADS, UPDATE_PITCH_M, UPDATE_PITCH_N,
        left, 0, right, 0, o_base, i_base, rows.count, left_tile, right_tile, dw_OI);
    const float rate = scalars[model * scalars_stride + 2 * rows.step];
    const float correction = scalars[model * scalars_stride + 2 * rows.step + 1];
    #pragma unroll
    for (int m = 0; m < UPDATE_RM; m++)
    {
        #pragma unroll
        for (int n = 0; n < UPDATE_RN; n++)
        {
            if (o + m < O && i + n <= I)
            {
                const offset within = i + n < I ? (offset)(o + m) * I + i + n : (offset)O * I + o + m;
                const offset at = model * parameter_count + weights_at + within;
                float first = rule_states(rule) > 0 ? first_state[at] : 0.0f;
                float second = rule_states(rule) > 1 ? second_state[at] : 0.0f;
                const float w = rule_update(
                    rule, parameters[at], dw_OI[m * UPDATE_RN + n], &first, &second, rate, correction, constants + model * constant_count);
                parameters[at] = w;
                if (rule_states(rule) > 0)
                {
                    first_state[at] = first;
                }
                if (rule_states(rule) > 1)
                {
                    second_state[at] = second;
                }
            }
        }
    }
}

// ------------------------------------------------------------------------------------------------------------------
// A kernel for each formula: the constant that selects it is folded away.
#define TILES(TM_PITCH, TN_PITCH, KC) \
    LOCAL_ARRAY float left_tile[TM_PITCH * KC]; \
    LOCAL_ARRAY float right_tile[TN_PITCH * KC];
#define SMALL SMALL_TM, SMALL_TN, SMALL_RM, SMALL_RN, SMALL_KC, SMALL_THREADS, SMALL_PITCH_M, SMALL_PITCH_N, left_tile, right_tile
#define LARGE LARGE_TM, LARGE_TN, LARGE_RM, LARGE_RN, LARGE_KC, LARGE_THREADS, LARGE_PITCH_M, LARGE_PITCH_N, left_tile, right_tile

#define FORWARD_KERNELS(NAME, INDEX) \
    KERNEL void forward_small_##NAME(FORWARD_PARAMETERS) \
    { \
        TILES(SMALL_PITCH_M, SMALL_PITCH_N, SMALL_KC) \
        forward(SMALL, INDEX, FORWARD_ARGUMENTS); \
    } \
    KERNEL void forward_large_##NAME(FORWARD_PARAMETERS) \
    { \
        TILES(LARGE_PITCH_M, LARGE_PITCH_N, LARGE_KC) \
        forward(LARGE, INDEX, FORWARD_ARGUMENTS); \
    }

#define INPUT_GRADIENT_KERNELS(NAME, INDEX) \
    KERNEL void input_gradient_small_##NAME(INPUT_GRADIENT_PARAMETERS) \
    { \
        TILES(SMALL_PITCH_M, SMALL_PITCH_N, SMALL_KC) \
        input_gradient(SMALL, INDEX, INPUT_GRADIENT_ARGUMENTS); \
    } \
    KERNEL void input_gradient_large_##NAME(INPUT_GRADIENT_PARAMETERS) \
    { \
        TILES(LARGE_PITCH_M, LARGE_PITCH_N, LARGE_KC) \
        input_gradient(LARGE, INDEX, INPUT_GRADIENT_ARGUMENTS); \
    }

#define RULE_KERNELS(NAME, INDEX) \
    KERNEL void update_##NAME(UPDATE_PARAMETERS) \
    { \
        TILES(UPDATE_PITCH_M, UPDATE_PITCH_N, UPDATE_KC) \
        update(left_tile, right_tile, INDEX, UPDATE_ARGUMENTS); \
    }

// 0 is the output layer's activation, none, and the rule that keeps the gradient.
FORWARD_KERNELS(linear, 0)
RULE_KERNELS(gradient, 0)
EACH_ACTIVATION(FORWARD_KERNELS)
EACH_ACTIVATION(INPUT_GRADIENT_KERNELS)
EACH_RULE(RULE_KERNELS)

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

// The local memory of a group, and a tiling as the arguments that tile_product begins with.
#define TILES(PITCH_M, PITCH_N, KC) \
    LOCAL_ARRAY float left_tile[PITCH_M * KC]; \
    LOCAL_ARRAY float right_tile[PITCH_N * KC];
#define SMALL_TILES TILES(SMALL_PITCH_M, SMALL_PITCH_N, SMALL_KC)
#define LARGE_TILES TILES(LARGE_PITCH_M, LARGE_PITCH_N, LARGE_KC)
#define SMALL SMALL_TM, SMALL_TN, SMALL_RM, SMALL_RN, SMALL_KC, SMALL_THREADS, SMALL_PITCH_M, SMALL_PITCH_N, left_tile, right_tile
#define LARGE LARGE_TM, LARGE_TN, LARGE_RM, LARGE_RN, LARGE_KC, LARGE_THREADS, LARGE_PITCH_M, LARGE_PITCH_N, left_tile, right_tile

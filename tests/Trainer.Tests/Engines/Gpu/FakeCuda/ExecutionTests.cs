namespace Trainer.Tests.Engines.Gpu.FakeCuda;

/// <summary>Memory, branches and barriers of the interpreter.</summary>
public class ExecutionTests
{
    private const int Threads = 96;

    private static readonly int[] Numbers = [.. Enumerable.Range(0, 4 * Threads).Select(i => unchecked(i * 0x01234567 + 0x89))];

    // Thread t's sum is kept in [%rd28 + 4t].
    private const string Store = """
            shl.b64 %rd27, %rd0, 2;
            add.s64 %rd27, %rd27, %rd28;
            st.global.u32 [%rd27], %r1;
        """;

    [FactNeedingFakeCuda]
    public void Loops_OfEveryLengthInOneWarp()
    {
        // The sum of 0 .. t, where odd numbers count twice.
        int[] found = Run($"""
                mov.u32 %r1, 0;
                mov.u32 %r2, 0;
                setp.eq.s32 %p1, %r29, 40;
                @%p1 bra DONE;
            AGAIN:
                and.b32 %r3, %r2, 1;
                setp.eq.s32 %p2, %r3, 1;
                @!%p2 bra EVEN;
                add.s32 %r1, %r1, %r2;
            EVEN:
                add.s32 %r1, %r1, %r2;
                add.s32 %r2, %r2, 1;
                setp.le.s32 %p3, %r2, %r29;
                @%p3 bra AGAIN;
            DONE:
            {Store}
            """);
        Assert.Equal(Enumerable.Range(0, Threads).Select(t => t == 40 ? 0 : Enumerable.Range(0, t + 1).Sum(i => i % 2 == 1 ? 2 * i : i)), found);
    }

    [FactNeedingFakeCuda]
    public void SharedMemory_IsSummedOverBarriers()
    {
        // 96 numbers, halved until 3 are left, by fewer and fewer threads; some end before the others' barriers.
        string body = """
                .shared .align 4 .b8 sums[384];
                mov.u64 %rd20, sums;
                mul.wide.s32 %rd1, %r29, 4;
                add.s64 %rd2, %rd31, %rd1;
                ld.global.u32 %r1, [%rd2];
                add.s64 %rd3, %rd20, %rd1;
                st.shared.u32 [%rd3], %r1;
                mov.u32 %r2, 48;
            AGAIN:
                bar.sync 0;
                setp.ge.s32 %p1, %r29, %r2;
                @%p1 bra DONE;
                mul.wide.s32 %rd4, %r2, 4;
                add.s64 %rd5, %rd3, %rd4;
                ld.shared.u32 %r3, [%rd5];
                add.s32 %r1, %r1, %r3;
                st.shared.u32 [%rd3], %r1;
                shr.s32 %r2, %r2, 1;
                setp.ge.s32 %p2, %r2, 3;
                @%p2 bra.uni AGAIN;
            DONE:
            """ + "\n" + Store;
        // In every block the same.
        int[] found = Run(body, 2 * Threads, blocks: 2, races: true);
        int[] expected = Numbers[..Threads];
        for (int half = 48; half >= 3; half /= 2)
        {
            for (int t = 0; t < half; t++)
            {
                expected[t] += expected[t + half];
            }
        }
        Assert.Equal([.. expected, .. expected], found);
    }

    [FactNeedingFakeCuda]
    public void Vectors_AreReadAndWrittenWhole()
    {
        int[] found = Run("""
                shl.b64 %rd1, %rd0, 4;
                add.s64 %rd2, %rd31, %rd1;
                add.s64 %rd3, %rd28, %rd1;
                ld.global.v4.u32 {%r1, %r2, %r3, %r4}, [%rd2];
                ld.global.nc.v2.f32 {%f1, %f2}, [%rd2+8];
                st.global.v2.u32 [%rd3], {%r2, %r1};
                st.global.v2.f32 [%rd3+8], {%f2, %f1};
            """, 4 * Threads);
        Assert.Equal(Numbers.Chunk(4).SelectMany(four => new[] { four[1], four[0], four[3], four[2] }), found);
    }

    [FactNeedingFakeCuda]
    public void NarrowNumbers_AreWidenedByTheirSign()
    {
        int[] found = Run($"""
                shl.b64 %rd1, %rd0, 2;
                add.s64 %rd2, %rd31, %rd1;
                ld.global.u8 %h1, [%rd2+3];
                ld.global.s8 %r2, [%rd2+2];
                ld.global.s16 %rd5, [%rd2];
                cvt.u32.u16 %r1, %h1;
                cvt.u32.u64 %r3, %rd5;
                add.s32 %r1, %r1, %r2;
                add.s32 %r1, %r1, %r3;
            {Store}
            """);
        Assert.Equal(Numbers[..Threads].Select(x => (byte)(x >> 24) + (sbyte)(x >> 16) + (short)x), found);
    }

    [FactNeedingFakeCuda]
    public void EveryThread_HasLocalMemoryOfItsOwn()
    {
        // Written by way of the generic address, read from the local one; the index differs from thread to thread.
        int[] found = Run($$"""
                .local .align 8 .b8 depot[64];
                .reg .b64 %SP;
                .reg .b64 %SPL;
                mov.u64 %SPL, depot;
                cvta.local.u64 %SP, %SPL;
                mov.u32 %r2, 0;
            AGAIN:
                mul.wide.s32 %rd1, %r2, 4;
                add.s64 %rd2, %SP, %rd1;
                mad.lo.s32 %r3, %r2, 1000, %r29;
                st.u32 [%rd2], %r3;
                add.s32 %r2, %r2, 1;
                setp.lt.s32 %p1, %r2, 16;
                @%p1 bra AGAIN;
                and.b32 %r4, %r29, 15;
                mul.wide.s32 %rd3, %r4, 4;
                add.s64 %rd4, %SPL, %rd3;
                ld.local.u32 %r1, [%rd4];
            {{Store}}
            """);
        Assert.Equal(Enumerable.Range(0, Threads).Select(t => t % 16 * 1000 + t), found);
    }

    [FactNeedingFakeCuda]
    public void NewMemory_HoldsNoUsableNumber()
    {
        using FakeCudaDriver driver = FakeCudaDriver.Open();
        Assert.All(driver.Numbers<float>(driver.Memory<float>(5), 5), number => Assert.True(float.IsNaN(number)));
        Assert.All(driver.Numbers<int>(driver.Memory<int>(5), 5), number => Assert.True(number < 0));
    }

    [FactNeedingFakeCuda]
    public void Blocks_KnowTheirPlace()
    {
        const int Blocks = 7;
        using FakeCudaDriver driver = FakeCudaDriver.Open();
        nint kernel = driver.Kernel(PtxProgram.Of($"""
                mov.u32 %r2, %nctaid.x;
                mov.u32 %r3, %ctaid.x;
                mad.lo.s32 %r1, %r2, 10, %r3;
            {Store}
            """));
        ulong result = driver.Memory<int>(Blocks * Threads);
        Assert.Equal(0, driver.Launch(kernel, Blocks, Threads, 0, 0, 0, result));
        Assert.Equal(Enumerable.Range(0, Blocks * Threads).Select(i => 10 * Blocks + i / Threads), driver.Numbers<int>(result, Blocks * Threads));
    }

    private static int[] Run(string body, int results = Threads, int blocks = 1, bool races = false)
    {
        using FakeCudaDriver driver = FakeCudaDriver.Open(new FakeCudaSwitches { Races = races });
        nint kernel = driver.Kernel(PtxProgram.Of(body));
        ulong result = driver.Memory<int>(results);
        Assert.Equal(0, driver.Launch(kernel, blocks, Threads, driver.Memory<int>(Numbers), 0, 0, result));
        Assert.Equal(0, driver.Synchronize());
        return driver.Numbers<int>(result, results);
    }
}

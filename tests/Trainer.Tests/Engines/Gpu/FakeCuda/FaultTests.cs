namespace Trainer.Tests.Engines.Gpu.FakeCuda;

/// <summary>What a kernel must not do is found: the call after the launch says so, and every call after that.</summary>
public class FaultTests
{
    private const int InvalidValue = 1, IllegalAddress = 700, MisalignedAddress = 716, LaunchFailed = 719;

    // One less than threads.
    private const int Count = 63;

    // Writes %r29 to [%rd28 + %rd1].
    private const string Write = """
            add.s64 %rd2, %rd28, %rd1;
            st.global.u32 [%rd2], %r29;
        """;

    // The last line of each is the one that must be named.
    private static readonly Dictionary<string, (int Result, bool OnlyWithRaces, string Body)> Faults = new()
    {
        ["a number beyond the end"] = (IllegalAddress, false, $"    mul.wide.s32 %rd1, %r0, 4;\n{Write}"),
        ["a number before the start"] = (IllegalAddress, false, $"    mul.wide.s32 %rd1, %r0, -4;\n{Write}"),
        ["half a number beyond the end"] = (IllegalAddress, false, "    ld.global.u64 %rd3, [%rd28+248];"),
        ["nothing's address"] = (IllegalAddress, false, "    mov.u64 %rd1, 0;\n    ld.global.u32 %r1, [%rd1];"),
        ["beyond an array in shared memory"] = (IllegalAddress, false, """
                .shared .align 4 .b8 one[256];
                .shared .align 4 .b8 two[256];
                mov.u64 %rd20, one;
                mul.wide.s32 %rd1, %r0, 4;
                add.s64 %rd2, %rd20, %rd1;
                st.shared.u32 [%rd2+4], %r29;
            """),
        ["between two places"] = (MisalignedAddress, false, "    mov.u64 %rd1, 2;\n" + Write),
        ["different barriers"] = (LaunchFailed, false, """
                setp.lt.s32 %p1, %r29, 32;
                @%p1 bra OTHER;
                bar.sync 0;
                ret;
            OTHER:
                bar.sync 0;
            """),
        ["two threads write one place"] = (LaunchFailed, true, "    mov.u64 %rd1, 0;\n" + Write),
        ["a neighbour's number without a barrier"] = (LaunchFailed, true, """
                .shared .align 4 .b8 numbers[512];
                mov.u64 %rd20, numbers;
                mul.wide.s32 %rd1, %r29, 4;
                add.s64 %rd2, %rd20, %rd1;
                st.shared.u32 [%rd2], %r29;
                st.shared.u32 [%rd2+4], %r29;
            """),
        ["overwritten before all have read"] = (LaunchFailed, true, """
                .shared .align 4 .b8 numbers[512];
                mov.u64 %rd20, numbers;
                mul.wide.s32 %rd1, %r29, 4;
                add.s64 %rd2, %rd20, %rd1;
                st.shared.u32 [%rd2], %r29;
                st.shared.u32 [%rd2+256], %r29;
                bar.sync 0;
                ld.shared.u32 %r1, [%rd2+4];
                st.shared.u32 [%rd2], %r1;
            """),
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    [TheoryNeedingFakeCuda]
    [MemberData(nameof(Names))]
    public void Fault_EndsTheContext(string name)
    {
        (int result, bool onlyWithRaces, string body) = Faults[name];
        using var folder = new TempFolder();
        using FakeCudaDriver driver = FakeCudaDriver.Open(new FakeCudaSwitches { Races = onlyWithRaces, Log = folder["log"] });
        ulong memory = driver.Memory<int>(Count);
        Assert.Equal(0, driver.Launch(driver.Kernel(PtxProgram.Of(body)), 1, Count + 1, memory, memory, memory, memory));
        Assert.Equal(result, driver.Synchronize());
        Assert.Equal(result, driver.Synchronize());
        Assert.Equal(result, driver.Allocate(4, out _));
        string fault = File.ReadLines(folder["log"]).Single(line => line.StartsWith($"fault {result} ", StringComparison.Ordinal));
        int last = PtxProgram.LinesBefore + body.Split('\n').Length;
        Assert.True(fault.Contains($"line {last} of the PTX") || name == "different barriers", fault);
    }

    [TheoryNeedingFakeCuda]
    [MemberData(nameof(Names))]
    public void Races_AreOnlyFoundWhereTheyAreLookedFor(string name)
    {
        (int result, bool onlyWithRaces, string body) = Faults[name];
        using FakeCudaDriver driver = FakeCudaDriver.Open();
        ulong memory = driver.Memory<int>(Count);
        Assert.Equal(0, driver.Launch(driver.Kernel(PtxProgram.Of(body)), 1, Count + 1, memory, memory, memory, memory));
        Assert.Equal(onlyWithRaces ? 0 : result, driver.Synchronize());
    }

    [FactNeedingFakeCuda]
    public void BlocksOfOneLaunch_MustNotMeet_ButThoseOfTwoMay()
    {
        // Every block writes the same 32 numbers, each thread one.
        string ptx = PtxProgram.Of("    mul.wide.s32 %rd1, %r29, 4;\n" + Write);
        using FakeCudaDriver driver = FakeCudaDriver.Open(new FakeCudaSwitches { Races = true });
        nint kernel = driver.Kernel(ptx);
        ulong memory = driver.Memory<int>(32);
        Assert.Equal(0, driver.Launch(kernel, 1, 32, 0, 0, 0, memory));
        Assert.Equal(0, driver.Launch(kernel, 1, 32, 0, 0, 0, memory));
        Assert.Equal(0, driver.Synchronize());
        Assert.Equal(0, driver.Launch(kernel, 2, 32, 0, 0, 0, memory));
        Assert.Equal(LaunchFailed, driver.Synchronize());
    }

    [FactNeedingFakeCuda]
    public void FreedMemory_BelongsToNobody()
    {
        using FakeCudaDriver driver = FakeCudaDriver.Open();
        nint kernel = driver.Kernel(PtxProgram.Of("    mul.wide.s32 %rd1, %r29, 4;\n" + Write));
        ulong memory = driver.Memory<int>(32);
        Assert.Equal(0, driver.Free(memory));
        Assert.Equal(InvalidValue, driver.Free(memory));
        Assert.NotEqual(memory, driver.Memory<int>(32));
        Assert.Equal(0, driver.Launch(kernel, 1, 32, 0, 0, 0, memory));
        Assert.Equal(IllegalAddress, driver.Synchronize());
    }
}

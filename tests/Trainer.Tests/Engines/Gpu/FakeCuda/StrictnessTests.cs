namespace Trainer.Tests.Engines.Gpu.FakeCuda;

/// <summary>The stand-in holds its callers to the driver's rules.</summary>
public class StrictnessTests
{
    private const int InvalidValue = 1, OutOfMemory = 2, NotInitialized = 3, NoDevice = 100, InvalidContext = 201, InvalidHandle = 400;

    [FactNeedingFakeCuda]
    public void Calls_NeedInitialisation_ThenAContextOnTheirThread()
    {
        using var driver = new FakeCudaDriver();
        Assert.Equal(NotInitialized, driver.EnterContext());
        Assert.Equal(0, driver.Initialize());
        Assert.Equal(InvalidContext, driver.Allocate(4, out _));
        Assert.Equal(0, driver.EnterContext());
        Assert.Equal(0, driver.Allocate(4, out _));
        int elsewhere = 0;
        var thread = new Thread(() => elsewhere = driver.Allocate(4, out _));
        thread.Start();
        thread.Join();
        Assert.Equal(InvalidContext, elsewhere);
    }

    [FactNeedingFakeCuda]
    public void Copies_StayWithinOneAllocation()
    {
        using FakeCudaDriver driver = FakeCudaDriver.Open();
        ulong memory = driver.Memory<int>([1, 2, 3]);
        Assert.Equal(0, driver.Read<int>(memory + 4, new int[2]));
        Assert.Equal(InvalidValue, driver.Read<int>(memory + 4, new int[3]));
        Assert.Equal(InvalidValue, driver.Read<int>(memory - 4, new int[2]));
        Assert.Equal(InvalidValue, driver.Read<int>(0, new int[2]));
    }

    [FactNeedingFakeCuda]
    public void Memory_IsLimited()
    {
        using FakeCudaDriver driver = FakeCudaDriver.Open(new FakeCudaSwitches { Memory = 1 << 20 });
        Assert.Equal(OutOfMemory, driver.Allocate((1 << 20) + 1, out _));
        Assert.Equal(0, driver.Allocate(1 << 19, out ulong half));
        Assert.Equal(OutOfMemory, driver.Allocate((1 << 19) + 1, out _));
        Assert.Equal(0, driver.Free(half));
        Assert.Equal(0, driver.Allocate(1 << 20, out _));
        Assert.Equal(InvalidValue, driver.Allocate(0, out _));
    }

    [FactNeedingFakeCuda]
    public void Launch_WantsWhatACardCanDo()
    {
        using FakeCudaDriver driver = FakeCudaDriver.Open();
        nint kernel = driver.Kernel(PtxProgram.Of(""));
        Assert.Equal(0, driver.Launch(kernel, 1, 1024, 0, 0, 0, 0));
        Assert.Equal(InvalidValue, driver.Launch(kernel, 1, 1025, 0, 0, 0, 0));
        Assert.Equal(InvalidValue, driver.Launch(kernel, 0, 32, 0, 0, 0, 0));
        Assert.Equal(InvalidHandle, driver.Launch(kernel + 1, 1, 32, 0, 0, 0, 0));
        Assert.Equal(InvalidHandle, driver.Launch(0, 1, 32, 0, 0, 0, 0));
    }

    [FactNeedingFakeCuda]
    public void OldDriver_LacksFunctions()
    {
        using var driver = new FakeCudaDriver(folder: FakeCudaLibrary.Without("cuGraphLaunch", "cuEventCreate"));
        Assert.False(driver.Has("cuGraphLaunch"));
        Assert.False(driver.Has("cuEventCreate"));
        Assert.True(driver.Has("cuGraphDestroy"));
    }

    [FactNeedingFakeCuda]
    public void NoDevice_IsSaidAtOnce()
    {
        using var driver = new FakeCudaDriver(new FakeCudaSwitches { Devices = 0 });
        Assert.Equal(NoDevice, driver.Initialize());
    }

    [FactNeedingFakeCuda]
    public void CallsThatAreToldToFail_Fail()
    {
        using FakeCudaDriver driver = FakeCudaDriver.Open(new FakeCudaSwitches { Fail = "cuMemAlloc_v2=2@3;cuMemFree_v2=999@2+;cuStreamSynchronize=719" });
        int[] allocations = [.. Enumerable.Range(0, 4).Select(_ => driver.Allocate(4, out ulong _))];
        Assert.Equal([0, 0, OutOfMemory, 0], allocations);
        Assert.Equal([InvalidValue, 999, 999], Enumerable.Range(0, 3).Select(_ => driver.Free(1)));
        Assert.Equal(719, driver.Synchronize());
        // As on a card, that is the end.
        Assert.Equal(719, driver.Allocate(4, out _));
    }

    [FactNeedingFakeCuda]
    public void WorkThatComesLate_ReadsWhatIsThereByThen()
    {
        using FakeCudaDriver driver = FakeCudaDriver.Open(new FakeCudaSwitches { Late = true });
        int[] source = GC.AllocateArray<int>(1, pinned: true);
        source[0] = 1;
        ulong memory = driver.Memory<int>(source);
        source[0] = 2;
        Assert.Equal([2], driver.Numbers<int>(memory, 1));
        source[0] = 3;
        Assert.Equal([2], driver.Numbers<int>(memory, 1));
    }

    [FactNeedingFakeCuda]
    public void Log_TellsCallsAndLeaks()
    {
        using var folder = new TempFolder();
        using (FakeCudaDriver driver = FakeCudaDriver.Open(new FakeCudaSwitches { Log = folder["log"] }))
        {
            Assert.Equal(0, driver.Launch(driver.Kernel(PtxProgram.Of("")), 3, 32, 0, 0, 0, 0));
            driver.Memory<int>(25);
        }
        string[] lines = File.ReadAllLines(folder["log"]);
        Assert.Contains("cuLaunchKernel 0 kernel 3x1x1 blocks of 32x1x1", lines);
        Assert.Contains("cuMemAlloc_v2 0 100 bytes", lines);
        Assert.Equal(["leaked 1 context", "leaked 1 module", "leaked 1 allocation"], lines[^3..]);
    }
}

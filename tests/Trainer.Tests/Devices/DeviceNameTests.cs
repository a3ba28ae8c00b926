using Trainer.Devices;
using Trainer.Engines.Gpu;
using Trainer.Failures;

namespace Trainer.Tests.Devices;

public class DeviceNameTests
{
    [Theory]
    [InlineData("auto", null, null)]
    [InlineData("cpu", null, null)]
    [InlineData("reference", null, null)]
    [InlineData("cuda", GpuApi.Cuda, null)]
    [InlineData("opencl", GpuApi.OpenCl, null)]
    [InlineData("cuda:0", GpuApi.Cuda, 0)]
    [InlineData("cuda:12", GpuApi.Cuda, 12)]
    [InlineData("opencl:3", GpuApi.OpenCl, 3)]
    public void KnownNames_SayWhichDriverAndWhichNumber(string text, GpuApi? api, int? number)
    {
        var name = DeviceName.Parse(text, "--device");
        Assert.Equal((api, number, text), (name.Api, name.Number, name.ToString()));
        Assert.Contains(name.Family, DeviceName.All);
    }

    [Theory]
    [InlineData("", "'' is not known; known: auto, cpu, cuda, opencl, reference")]
    [InlineData("CUDA", "'CUDA' is not known; did you mean 'cuda'? known: ")]
    [InlineData("cud:0", "'cud:0' is not known; did you mean 'cuda'? known: ")]
    [InlineData("gpu", "'gpu' is not known; did you mean 'cuda'? known: auto, cpu, cuda, opencl, reference")]
    [InlineData("GPU:1", "'GPU:1' is not known; did you mean 'cuda'? known: ")]
    [InlineData("opencl ", "'opencl ' is not known; did you mean 'opencl'? known: ")]
    [InlineData(":0", "':0' is not known; known: ")]
    [InlineData("cpu:0", "'cpu:0' is not known; cpu takes no number, write cpu")]
    [InlineData("auto:", "'auto:' is not known; auto takes no number, write auto")]
    [InlineData("reference:1", "'reference:1' is not known; reference takes no number, write reference")]
    [InlineData("cuda:", null)]
    [InlineData("cuda:x", null)]
    [InlineData("cuda:-1", null)]
    [InlineData("cuda:+1", null)]
    [InlineData("cuda: 1", null)]
    [InlineData("cuda:1 ", null)]
    [InlineData("cuda:1\0", "'cuda:1\\u0000' is not known; write cuda, or cuda:0")]
    [InlineData("a\nb", "'a\\u000ab' is not known; known: ")]
    [InlineData("cuda:01", null)]
    [InlineData("cuda:1.0", null)]
    [InlineData("cuda:1:2", null)]
    [InlineData("cuda:0x1", null)]
    [InlineData("cuda:\u0661", null)]
    [InlineData("cuda:2147483648", null)]
    public void AnythingElse_IsRefusedInALine_ThatNamesThePlaceAndTheMend(string text, string? problem)
    {
        problem ??= $"'{text}' is not known; write cuda, or cuda:0 with the number that 'trainer info' shows";
        ConfigException failure = Assert.Throws<ConfigException>(() => DeviceName.Parse(text, "relu.yaml: device"));
        Assert.StartsWith($"relu.yaml: device: {problem}", failure.Message, StringComparison.Ordinal);
    }
}

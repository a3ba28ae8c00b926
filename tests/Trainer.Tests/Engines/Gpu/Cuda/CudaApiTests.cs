using System.Reflection;
using Trainer.Engines.Gpu.Cuda;

namespace Trainer.Tests.Engines.Gpu.Cuda;

public sealed class CudaApiTests
{
    [Fact]
    public void EveryFunctionThatIsCalled_IsLookedForWhenTheLibraryIsLoaded()
    {
        IEnumerable<string> called = typeof(CudaApi).GetMethods(BindingFlags.Static | BindingFlags.Public)
            .Select(method => method.Name).Distinct();
        Assert.Equal(called.Order(StringComparer.Ordinal), CudaApi.Functions.Order(StringComparer.Ordinal));
    }
}

namespace Trainer.Engines.Gpu.Cuda;

/// <summary>Launches that the driver has made one of (CUgraphExec).</summary>
internal sealed class CudaGraph : CudaHandle
{
    private readonly CudaStream _stream;

    private CudaGraph(nint handle, CudaStream stream)
        : base(handle, stream) => _stream = stream;

    /// <summary>Records <paramref name="launches"/> for <paramref name="stream"/>, whose context is entered.</summary>
    /// <param name="stream">Where it will run.</param>
    /// <param name="module">Where the kernels are.</param>
    /// <param name="launches">What is recorded.</param>
    public static CudaGraph Record(CudaStream stream, CudaModule module, IReadOnlyList<CudaLaunch> launches)
    {
        // On a stream of its own: whatever goes wrong, that of the work is never left in the middle of a capture, and a buffer
        // finalised meanwhile may wait for it.
        using CudaStream recorder = CudaStream.Create(module);
        nint graph = Capture(recorder, launches);
        try
        {
            CudaResult result = CudaApi.cuGraphInstantiateWithFlags(out nint handle, graph, 0);
            stream.Context.Check(result, nameof(CudaApi.cuGraphInstantiateWithFlags));
            return new CudaGraph(handle, stream);
        }
        finally
        {
            CudaApi.cuGraphDestroy(graph);
        }
    }

    /// <summary>Puts it into its stream.</summary>
    public void Launch() => Context.Check(CudaApi.cuGraphLaunch(this, _stream), nameof(CudaApi.cuGraphLaunch));

    /// <inheritdoc/>
    /// <remarks>Waits for the stream: of older drivers the manual does not say what becomes of a graph under way.</remarks>
    protected override void Release()
    {
        _stream.TrySynchronize();
        CudaApi.cuGraphExecDestroy(handle);
    }

    private static nint Capture(CudaStream recorder, IReadOnlyList<CudaLaunch> launches)
    {
        CudaContext context = recorder.Context;
        context.Check(
            CudaApi.cuStreamBeginCapture_v2(recorder, CudaApi.ThreadLocalCapture), nameof(CudaApi.cuStreamBeginCapture_v2));
        nint graph;
        try
        {
            foreach (CudaLaunch launch in launches)
            {
                launch.Into(recorder);
            }
        }
        catch
        {
            // A stream is destroyed only after its capture; what is thrown is the launch's failure.
            if (CudaApi.cuStreamEndCapture(recorder, out graph) == CudaResult.Success && graph != 0)
            {
                CudaApi.cuGraphDestroy(graph);
            }
            throw;
        }
        context.Check(CudaApi.cuStreamEndCapture(recorder, out graph), nameof(CudaApi.cuStreamEndCapture));
        return graph;
    }
}

using System.Diagnostics;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Results;

namespace Trainer.Benchmarks.Contestants;

/// <summary>Our engine, asked line by line as the peers in scripts/bench are.</summary>
/// <param name="threads">Threads of the engine.</param>
internal sealed class OwnContestant(int threads) : IDisposable
{
    private string? _folder;
    private DataSet? _data;
    private EngineTrial? _trial;

    /// <summary>Answers until there are no more requests.</summary>
    public void Serve(TextReader requests, TextWriter answers)
    {
        Say(answers, new Answer { Peer = "Trainer", Version = Software.Current().Trainer });
        while (requests.ReadLine() is { } line)
        {
            Say(answers, Respond(JsonText.Parse<Request>(line)!));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _trial?.Dispose();

    private static void Say(TextWriter answers, Answer answer)
    {
        answers.WriteLine(JsonText.Line(answer));
        answers.Flush();
    }

    private Answer Respond(Request request)
    {
        if (request.Verb == Request.OpenVerb)
        {
            Open(request);
            return new Answer { Seconds = 0 };
        }
        long start = Stopwatch.GetTimestamp();
        if (request.Verb == Request.TrainVerb)
        {
            _trial!.Train(request.Epochs);
            return new Answer { Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds };
        }
        _trial!.Evaluate(SplitName.Train);
        RowResults test = _trial.Evaluate(SplitName.Test);
        return new Answer { Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, Accuracy = _trial.TestAccuracy(test) };
    }

    private void Open(Request request)
    {
        if (_folder != request.Data)
        {
            (_folder, _data) = (request.Data, IdxFolder.Read(request.Data!));
        }
        _trial?.Dispose();
        _trial = new EngineTrial(request.Case!.ToExperiment(), _data!, threads);
        // The first epoch meets code that is not compiled yet; the peers' first epoch is not counted either.
        _trial.Train(1);
        _trial.Evaluate(SplitName.Test);
    }
}

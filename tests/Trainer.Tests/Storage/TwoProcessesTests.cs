using System.Diagnostics;
using Trainer.Tests.Commands;
using Trainer.Tests.Processes;

namespace Trainer.Tests.Storage;

/// <summary>Two processes that are asked for the same run within a millisecond.</summary>
public class TwoProcessesTests
{
    private const int Rounds = 50;

    [Fact]
    public async Task OneTrains_AndTheOtherSaysSo_EachTime()
    {
        using var alone = new ProgramTrial(ChildProgram.TrainCount, ChildProgram.TestCount);
        string config = alone.SmallConfig("data: {source: embedded}\n");
        Assert.Equal(0, (await alone.TrainAsync(config, "--epochs", "20")).Status);
        Process[] two = [.. Enumerable.Range(0, 2).Select(k => ChildProcess.Start(
            ChildProcess.Tests, new Dictionary<string, string> { ["TMPDIR"] = alone.In() }, [ChildProgram.AnswerCommand]))];
        try
        {
            int refused = 0;
            for (int round = 0; round < Rounds; round++)
            {
                string results = alone.In($"both-{round}");
                string command = string.Join(ChildProgram.Separator, "run", config, "--epochs", "20", "--out", results);
                foreach (Process process in two)
                {
                    process.StandardInput.WriteLine(command);
                    process.StandardInput.Flush();
                }
                string?[] answers = [await two[0].StandardOutput.ReadLineAsync(), await two[1].StandardOutput.ReadLineAsync()];
                Assert.Single(answers, $"0{ChildProgram.Separator}");
                string other = Assert.Single(answers, answer => answer != $"0{ChildProgram.Separator}")!;
                Assert.Matches($@"^(0\talready done|1\ttrainer: {results}\S+: another process is at work in it .*; wait for it, or choose another --out ?)$", other);
                refused += other[0] - '0';
                foreach (string file in new[] { "metrics.csv", "summary.json" })
                {
                    string folder = Assert.Single(Directory.GetDirectories(results).SelectMany(Directory.GetDirectories));
                    Assert.Equal(alone.Read(file), File.ReadAllText(Path.Combine(folder, file)));
                }
            }
            // Without one that came in time nothing was tried.
            Assert.InRange(refused, 1, Rounds);
        }
        finally
        {
            foreach (Process process in two)
            {
                process.Kill();
                process.Dispose();
            }
        }
    }
}

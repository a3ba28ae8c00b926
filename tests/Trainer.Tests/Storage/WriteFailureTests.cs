using Trainer.Failures;
using Trainer.Storage;

namespace Trainer.Tests.Storage;

public sealed class WriteFailureTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WhatWaitingCannotMend_IsNotWaitedFor()
    {
        string file = _folder.Write("file", "");
        Directory.CreateDirectory(_folder["folder"]);
        string[] impossible = [Path.Combine(file, "below a file"), _folder["folder"], _folder[new string('x', 300)]];
        foreach (string path in impossible)
        {
            var disk = new FaultyDisk(Fault.None, _folder.Root);
            using (Disk.Use(disk))
            {
                Assert.Contains("cannot be written", Assert.Throws<RunFailedException>(() => AtomicFile.WriteText(path, "text")).Message);
            }
            Assert.Empty(disk.Pauses);
        }
        Assert.Equal(["file"], _folder.Names);
    }

    [Theory]
    [InlineData(28, true)]
    [InlineData(5, true)]
    [InlineData(116, true)]
    [InlineData(30, false)]
    [InlineData(20, false)]
    public void Errors_OfTheDevicePass_AndThoseOfThePlaceDoNot(int error, bool mayPass) =>
        Assert.Equal(mayPass, WriteFailure.MayPass(new IOException("reason", error)));

    [Fact]
    public void PermissionDenied_IsNotWaitedFor()
    {
        var disk = new FaultyDisk(new Fault(FaultKind.BrokenOnce, 1), _folder.Root)
        {
            Failure = path => new UnauthorizedAccessException($"Access to the path '{path}' is denied."),
        };
        using (Disk.Use(disk))
        {
            Assert.Throws<RunFailedException>(() => AtomicFile.WriteText(_folder["file"], "text"));
        }
        Assert.Empty(disk.Pauses);
    }

    [Fact]
    public void ADiskThatHasSpaceAgain_IsUsedAtTheNextAttempt()
    {
        var disk = new FaultyDisk(new Fault(FaultKind.Full, 1), _folder.Root);
        using (Disk.Use(disk))
        {
            int attempts = 0;
            WriteFailure.Retry(() =>
            {
                if (++attempts < 4)
                {
                    throw new IOException("No space left on device", 28);
                }
            });
            Assert.Equal(4, attempts);
        }
        Assert.Equal(WriteFailure.Pauses.Take(3), disk.Pauses);
    }
}

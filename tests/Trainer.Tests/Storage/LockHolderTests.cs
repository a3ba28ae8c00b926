using System.Text;
using Trainer.Storage;

namespace Trainer.Tests.Storage;

/// <summary>Who holds a lock, in a line.</summary>
public class LockHolderTests
{
    [Fact]
    public void Holder_IsReadAsItWasWritten()
    {
        var now = LockHolder.OfThisProcess();
        LockHolder? read = LockHolder.TryParse(now.ToBytes());
        Assert.NotNull(read);
        Assert.Equal((now.Process, now.Host, now.Token), (read.Process, read.Host, read.Token));
        Assert.InRange(now.Since - read.Since, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.InRange(now.ToBytes().Length, 1, LockHolder.MostBytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("process 4711")]
    [InlineData("process -1 on nodex since 2026-01-02T03:04:05Z 0123456789abcdef0123456789abcdef\n")]
    [InlineData("process 4711 on no\u001bde since 2026-01-02T03:04:05Z 0123456789abcdef0123456789abcdef\n")]
    [InlineData("process 4711 on  since 2026-01-02T03:04:05Z 0123456789abcdef0123456789abcdef\n")]
    [InlineData("process 4711 on nodex since yesterday 0123456789abcdef0123456789abcdef\n")]
    [InlineData("process 4711 on nodex since 2026-01-02T03:04:05Z 0123\n")]
    [InlineData("process 4711 on nodex since 2026-01-02T03:04:05Z 0123456789abcdef0123456789abcdef more\n")]
    public void AnyOtherText_NamesNobody(string text) => Assert.Null(LockHolder.TryParse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Holder_IsDescribedByTheTimeOfDay_AndByTheDayWhereThatIsAnother()
    {
        DateTimeOffset since = new DateTime(2026, 3, 4, 12, 31, 5, DateTimeKind.Local);
        var holder = new LockHolder(4711, "nodex", since, Guid.NewGuid());
        Assert.Equal("process 4711 on nodex since 12:31", holder.Describe(since.AddHours(1)));
        Assert.Equal("process 4711 on nodex since 2026-03-04 12:31", holder.Describe(since.AddDays(1)));
    }
}

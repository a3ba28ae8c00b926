using Trainer.Engines.Cpu;

namespace Trainer.Tests.Engines.Cpu;

public class PanelShareTests
{
    [Theory]
    [CombinatorialSizes]
    public void Shares_CoverEveryUnitOfEveryPanel_Once(int columns, int units, int threads)
    {
        int panels = Panels.CountOf(columns);
        int[] next = new int[panels];
        for (int thread = 0; thread < threads; thread++)
        {
            var share = new PanelShare(columns, units, thread, threads);
            for (int panel = 0; panel < panels; panel++)
            {
                (int from, int to) = share.Of(panel);
                if (from == to)
                {
                    continue;
                }
                Assert.Equal(next[panel], from);
                Assert.InRange(to, from + 1, units);
                next[panel] = to;
            }
        }
        Assert.All(next, end => Assert.Equal(units, end));
    }

    [Theory]
    [InlineData(128, 2, true)]
    [InlineData(128, 1, true)]
    [InlineData(1024, 8, true)]
    [InlineData(128, 3, false)]
    [InlineData(64, 2, false)]
    [InlineData(112, 2, false)]
    [InlineData(112, 1, true)]
    public void WholePanels_AreThoseThatThreadsDivide(int columns, int threads, bool whole)
    {
        Assert.Equal(whole, PanelShare.HasWholePanels(columns, threads));
        bool all = Enumerable.Range(0, threads).All(thread => Enumerable.Range(0, Panels.CountOf(columns)).All(
            panel => new PanelShare(columns, 784, thread, threads).Of(panel) is (0, 784) or (0, 0) or (784, 784)));
        Assert.Equal(whole, all);
    }

    [Fact]
    public void Shares_DifferByLittle()
    {
        const int threads = 3;
        long[] work = [.. Enumerable.Range(0, threads).Select(thread => Enumerable.Range(0, 2).Sum(panel =>
        {
            (int from, int to) = new PanelShare(112, 784, thread, threads).Of(panel);
            return (long)(to - from) * (panel == 0 ? 64 : 48);
        }))];
        Assert.InRange(work.Max() - work.Min(), 0, 8 * Panels.Width);
    }

    private sealed class CombinatorialSizesAttribute : Xunit.Sdk.DataAttribute
    {
        public override IEnumerable<object[]> GetData(System.Reflection.MethodInfo testMethod) =>
            from columns in new[] { 16, 48, 64, 80, 112, 128, 1024 }
            from units in new[] { 1, 2, 3, 4, 5, 63, 64, 65, 784 }
            from threads in new[] { 1, 2, 3, 5, 8, 17 }
            select new object[] { columns, units, threads };
    }
}

using JasperFx.Events;

namespace Monolith.Architecture.Wrong;

internal abstract class BaseOfFolds
{
    public async Task<string> ApplyAsync(IEvent e)
    {
        await Task.CompletedTask;
        return RowIdOf(e);
    }

    protected abstract string RowIdOf(IEvent e);
}

internal sealed class FoldOfRecordedTime : BaseOfFolds
{
    public static string Evolve(string snapshot, IEvent e) => snapshot + TimeOf(e);

    protected override string RowIdOf(IEvent e) => string.Concat(new[] { e.Sequence }.Select(n => $"{n}/{Guid.CreateVersion7()}"));

    private static DateTimeOffset TimeOf(IEvent e) => e.Timestamp;
}

internal static class HiddenFold
{
    internal static string Fold(string state, object e) => state + e;
}

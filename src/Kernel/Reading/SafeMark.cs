using Marten;

namespace Monolith.Kernel.Reading;

/// <summary>The mark up to which the log is settled, looked up for all readers of this node together, however many there are.</summary>
public sealed class SafeMark(IDocumentStore store, TimeProvider time)
{
    /// <summary>How old it may be.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private Task<long> last = Task.FromResult(0L);
    private long? lookedAt;

    public Task<long> Current(CancellationToken cancellation)
    {
        lock (gate)
        {
            if (last.IsCompleted && (lookedAt is null || last.IsFaulted || time.GetElapsedTime(lookedAt.Value) >= Age))
            {
                lookedAt = time.GetTimestamp();
                last = Look();
            }

            return last.WaitAsync(cancellation);
        }
    }

    /// <summary>For everybody, so nobody's leaving ends it.</summary>
    private async Task<long> Look()
    {
        await using var session = store.QuerySession();
        return await Freshness.Mark(session, CancellationToken.None);
    }
}

using Marten;

namespace Monolith.Operations.Running;

/// <summary>An operator has asked for the operation to end.</summary>
internal sealed class OperationCancelledException : Exception;

/// <summary>
/// Where the work of an operation passes between two steps, so that it can be slowed down, paused and cancelled. What operators want stands
/// in the database, because they may say it to any node.
/// </summary>
internal sealed class Gate(IDocumentStore store, Operation operation, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim turn = new(1);
    private DateTimeOffset nextLook = DateTimeOffset.MinValue;
    private DateTimeOffset nextStep = DateTimeOffset.MinValue;

    /// <param name="events">How many events the step before or after has; a limit on the pace counts them.</param>
    /// <exception cref="OperationCancelledException">An operator wants it to end.</exception>
    public async Task Pass(long events, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            await KeepPace(events, cancellation);
            while (time.GetUtcNow() >= nextLook && (await Look(cancellation)).IsPaused)
            {
                await Task.Delay(Interval, time, cancellation);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Looks once more, whether or not it is time for that: beyond this point there is no way back.</summary>
    /// <exception cref="OperationCancelledException">An operator wants it to end.</exception>
    public Task PassFinally(CancellationToken cancellation)
    {
        nextLook = DateTimeOffset.MinValue;
        return Pass(0, cancellation);
    }

    public void Dispose() => turn.Dispose();

    private async Task KeepPace(long events, CancellationToken cancellation)
    {
        if (operation.MaxEventsPerSecond is not { } most)
        {
            return;
        }

        var now = time.GetUtcNow();
        nextStep = (nextStep > now ? nextStep : now) + TimeSpan.FromSeconds((double)events / most);
        for (var wait = nextStep - now; wait > TimeSpan.Zero; wait = nextStep - time.GetUtcNow())
        {
            // In pieces, so that it can be paused or cancelled however slow it is.
            await Task.Delay(wait < Interval ? wait : Interval, time, cancellation);
            await Look(cancellation);
        }
    }

    private async Task<Operation> Look(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var now = (await session.LoadAsync<Operation>(operation.Id, cancellation))!;
        nextLook = now.IsPaused ? DateTimeOffset.MinValue : time.GetUtcNow() + Interval;
        return now.IsCancelling ? throw new OperationCancelledException() : now;
    }
}

using Wolverine.Runtime.Agents;

namespace Monolith.Kernel.Running;

/// <summary>
/// Work that never ends and that one node of the cluster does, for as long as that lives; the cluster gives it to another when it dies. Unlike the handler of a
/// message it has no time limit. What is to be done stands in the database, so the next node takes it up.
/// </summary>
public abstract class WorkingAgent(string name) : SingularAgent(name), IDisposable
{
    private CancellationTokenSource stop = new();
    private Task work = Task.CompletedTask;

    protected sealed override Task startAsync(CancellationToken cancellationToken)
    {
        stop.Dispose();
        stop = new CancellationTokenSource();
        var token = stop.Token;
        work = Task.Run(() => Work(token), CancellationToken.None);
        return Task.CompletedTask;
    }

    protected sealed override async Task stopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await work.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Goes on until it is cancelled; then it returns, and throws nothing.</summary>
    protected abstract Task Work(CancellationToken cancellation);

    protected virtual void Dispose(bool isDisposing)
    {
        // A host that failed to start stops nobody.
        stop.Cancel();
        stop.Dispose();
    }
}

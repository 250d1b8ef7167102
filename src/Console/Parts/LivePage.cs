using Microsoft.AspNetCore.Components;
using Monolith.Console.Api;
using Monolith.Console.Session;

namespace Monolith.Console.Parts;

/// <summary>A page that asks the server again and again while it is looked at; when the server is away, too, so it is there again by itself.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource left = new();
    private CancellationTokenSource? current;
    private string? asked;

    [Inject]
    internal MonolithApi Api { get; set; } = default!;

    [Inject]
    internal CurrentUser User { get; set; } = default!;

    [Inject]
    internal TimeProvider Time { get; set; } = default!;

    [Inject]
    internal NavigationManager Navigation { get; set; } = default!;

    /// <summary>Why there is nothing new; null when there is.</summary>
    internal Problem? Problem { get; private set; }

    /// <summary>False until the first answer, whatever it was.</summary>
    protected bool IsLoaded { get; private set; }

    protected virtual TimeSpan Interval => TimeSpan.FromSeconds(2);

    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Left => left.Token;

    /// <summary>Asks for what the page shows.</summary>
    protected abstract Task Load(CancellationToken cancellation);

    /// <summary>An address with another query or another id is another question.</summary>
    protected override void OnParametersSet()
    {
        IsLoaded = asked == Navigation.Uri && IsLoaded;
        asked = Navigation.Uri;
        _ = Follow();
    }

    protected Task Again()
    {
        _ = Follow();
        return Task.CompletedTask;
    }

    /// <summary>Changes the address, so that it can be kept and sent to others; the page follows.</summary>
    protected void Go(string path, params (string Name, string? Value)[] query) => Navigation.NavigateTo(Query.With(path, query), replace: true);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        left.Cancel();
        left.Dispose();
    }

    private async Task Follow()
    {
        current?.Cancel();
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(Left);
        current = mine;
        try
        {
            while (!mine.IsCancellationRequested)
            {
                await Ask(mine.Token);
                await InvokeAsync(StateHasChanged);
                await Task.Delay(Interval, Time, mine.Token);
            }
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            // The page was left, or asks something else.
        }
        finally
        {
            current = current == mine ? null : current;
        }
    }

    private async Task Ask(CancellationToken cancellation)
    {
        try
        {
            await Load(cancellation);
            Problem = null;
        }
        catch (ProblemException e)
        {
            // While the server is away, what was known stays on the page.
            Problem = e.Problem.Status == 0 && IsLoaded ? Problem : e.Problem;
        }

        IsLoaded = true;
    }
}

using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Problems;
using Wolverine.Http;

namespace Monolith.Operations.Following;

public static class StreamOperationEndpoint
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Said again after this time, so that nobody on the way takes the connection for dead.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>The operation as server-sent events (<c>operation</c>), one whenever something has changed, until it has ended.</summary>
    [WolverineGet("/admin/operations/{id}/stream"), AllowStaffAnd]
    [ProducesResponseType<OperationView>(StatusCodes.Status200OK, "text/event-stream")]
    public static async Task<IResult> Get(string id, IDocumentStore store, TimeProvider time, CancellationToken cancellation) =>
        await Look(store, id, cancellation) is null
            ? Results.Problem(ProblemTypes.NotFound.With("There is no such operation."))
            : TypedResults.ServerSentEvents(Follow(store, id, time, CancellationToken.None));

    private static async IAsyncEnumerable<SseItem<OperationView>> Follow(
        IDocumentStore store, string id, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (last, at) = ("", time.GetTimestamp());
        while (await Look(store, id, cancellation) is { } now)
        {
            var said = JsonSerializer.Serialize(now);
            if (said != last || time.GetElapsedTime(at) > Silence)
            {
                yield return new SseItem<OperationView>(now, "operation");
                (last, at) = (said, time.GetTimestamp());
            }

            if (now.FinishedAt is not null)
            {
                break;
            }

            await Task.Delay(Interval, time, cancellation);
        }
    }

    private static async Task<OperationView?> Look(IDocumentStore store, string id, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<Operation>(Operation.StreamOf(id), cancellation) is { } operation
            ? OperationView.Of(operation, await session.LoadAsync<OperationProgress>(id, cancellation))
            : null;
    }
}

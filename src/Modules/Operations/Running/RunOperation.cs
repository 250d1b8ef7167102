using JasperFx.Core;
using Wolverine;
using Wolverine.Attributes;
using Wolverine.ErrorHandling;
using Wolverine.Runtime.Handlers;

namespace Monolith.Operations.Running;

/// <summary>Do the work of an operation that was requested. It may be sent more than once: an operation that is finished stays so.</summary>
public sealed record RunOperation(string OperationId);

public static class RunOperationHandler
{
    private const int OneMonth = 30 * 24 * 60 * 60;

    private static readonly TimeSpan NextTry = TimeSpan.FromSeconds(5);

    /// <summary>What ends here is what keeps the outcome from being recorded, such as a database that is away; that passes.</summary>
    public static void Configure(HandlerChain chain) => chain.OnAnyException().ScheduleRetryIndefinitely(2.Seconds(), 5.Seconds(), 15.Seconds());

    [MessageTimeout(OneMonth)]
    public static async Task<DeliveryMessage<RunOperation>?> Handle(
        RunOperation message, Envelope envelope, OperationRunner runner, CancellationToken cancellation) =>
        await runner.Run(message.OperationId, envelope, cancellation) ? null : message.DelayedFor(NextTry);
}

using Monolith.Contracts.Inventory;
using Monolith.Contracts.Operations;
using Monolith.Kernel.Folding;
using Monolith.Kernel.History;
using Monolith.Kernel.Paging;
using Monolith.Operations.Auditing;
using Monolith.Operations.Clustering;
using Monolith.Operations.Correcting;
using Monolith.Operations.DeadLetters;
using Monolith.Operations.Exploring;
using Monolith.Operations.Following;
using Monolith.Operations.Health;
using Monolith.Operations.Pausing;
using Monolith.Operations.Projections;
using Monolith.Operations.Rebuilding;
using Monolith.Operations.RollingBack;
using Monolith.Operations.Steering;
using Monolith.Operations.Verifying;

namespace Monolith.Operations;

/// <summary>A rebuild on its way, for the API document.</summary>
internal static class OperationsExamples
{
    private const string OperationId = "0195510a-89c0-7a3e-8c55-6a1d0f2b9c04";
    private const string Projection = "OrderList";

    private static readonly DateTimeOffset Start = new(2025, 3, 1, 9, 30, 0, TimeSpan.Zero);

    private static readonly RequestRebuild Request = new("The list counted cancelled orders", RebuildMode.SideBySide, MaxEventsPerSecond: 20_000);

    private static readonly ProjectionView View = new(
        Projection, ProjectionKind.Async, "ordering", Generation: 2, ProjectionStatus.Running, Position: 200_000, Head: 200_000,
        LagEvents: 0, LagSeconds: 0, Node: 1, LastError: null, PoisonPolicy.SetAside, EventsSetAside: 0);

    public static IEnumerable<object> All
    {
        get
        {
            object[] events =
            [
                new ReplacementRequested(OperationId, Projection, Request.MaxEventsPerSecond, Request.Reason!, "olga", Start),
                new RebuildStarted(OperationId, Node: 1, Total: 200_000, Start.AddSeconds(1)),
            ];
            var operation = events.Aggregate((Operation?)null, Operation.Fold)!;
            return
            [
                Request,
                new RequestVerification("The nightly check"), new RequestRollback("The new totals are wrong"),
                new PauseProjection("The database is being moved"), new SteerOperation("The evening rush"), new RetryOperation("The disk has room again"),
                new RequestFeeReview(1, 2, "Two zones of policy 1 were wrong"), new ApplyFeeReview("Checked the review, approved by finance"),
                OperationView.Of(operation, new OperationProgress(OperationId, Phase.Replaying, Processed: 84_000, Total: 200_000, EventsPerSecond: 12_000)),
                View,
                new TreatDeadLetter("The warehouse's system is up again"), new DeadLettersTreated(12),
                new TreatDeadLetters(
                    "The warehouse's system is up again", DeadLetterSource.Message, "ReserveStock", "Npgsql.PostgresException", Start, Start.AddDays(1), Limit: 100),
                new DeadLetterView(
                    "08dd58a1-9c3f-4d20-0242-ac1100020000-1f3a9c2d", DeadLetterSource.Message, "ReserveStock",
                    "local://monolith.inventory.reserving.stockhandler/", "Npgsql.PostgresException", "25006: cannot execute INSERT in a read-only transaction",
                    SentAt: Start, FailedAt: Start.AddSeconds(2), Attempts: 3, Replays: 0, Replayable: true, Replaying: false,
                    new ReserveStock(OperationId, [new StockLine("TEA-1", 2)])),
                new CausationChain(
                    [
                        new("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", ChainNodeKind.Command, "POST /v1/orders", null, null, null, null),
                        new("4711", ChainNodeKind.Event, "OrderPlaced", "ordering", OperationId, 4711, Start),
                        new("0195510a-89c0-7a3e-8c55-6a1d0f2b9c05", ChainNodeKind.Message, "ReserveStock", null, null, null, null),
                        new("4712", ChainNodeKind.Event, "QuantityReserved", "inventory", "stock-TEA-1", 4712, Start),
                    ],
                    [
                        new("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "4711"),
                        new("4711", "0195510a-89c0-7a3e-8c55-6a1d0f2b9c05"),
                        new("0195510a-89c0-7a3e-8c55-6a1d0f2b9c05", "4712"),
                    ],
                    Truncated: false),
                new StreamView(
                    operation.Id, "operation", 1, IsArchived: false, Start, Start,
                    new Page<RecordedEvent>(
                        [
                            new(4710, operation.Id, "operation", 1, nameof(RebuildRequested), "operations", Start, "olga",
                                "4bf92f3577b34da6a3ce929d0e0e4736", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                                "4bf92f3577b34da6a3ce929d0e0e4736", events[0]),
                        ],
                        Next: null)),
                new AuditEntry(
                    4709, "olga", ["operator"], "POST /admin/projections/{name}/rebuilds", Projection, Request.Reason, Start,
                    new AuditOutcome(202, Problem: null, $"/admin/operations/{OperationId}", Repeated: false, Start.AddSeconds(1)),
                    "4bf92f3577b34da6a3ce929d0e0e4736", "4bf92f3577b34da6a3ce929d0e0e4736"),
                new NodeView(
                    1, "0195510a-89c0-7a3e-8c55-6a1d0f2b9c06", Start.AddDays(-3), Start, IsLeader: true, "1.0.0.0",
                    [new($"{Projection}:All", "event-subscriptions://marten/main/localhost.monolith/orderlist/all"), new("leader", "wolverine://leader/")]),
                new EventTypeView(
                    nameof(RebuildRequested), "operations.RebuildRequested", 1, "operations", 12, Start.AddDays(-30), Start,
                    new RebuildRequested(OperationId, Projection, Request.Reason!, "olga", Start)),
                new ProjectionHealth(
                    HealthStatus.Degraded, Mark: View.Head, View.Head, LagSeconds: 0, HighWaterAgeSeconds: 0.8, MarkLagSeconds: 0, OpenDeadLetters: 1,
                    new DeadLetterCount(Messages: 1, Projections: 0), [new IdleTransaction(4711, "psql", 25.3, "idle in transaction")], SkippedSequences: [],
                    OutboxAgeSeconds: 0, InboxAgeSeconds: 0.1,
                    [
                        new HealthProblem(
                            HealthProblemName.IdleTransaction, "pid 4711", 25.3,
                            "psql keeps a transaction open (idle in transaction); it can hold the mark back."),
                        new HealthProblem(HealthProblemName.DeadLetters, "messages", Seconds: null, "1 set aside, see /admin/dead-letters."),
                    ],
                    [View]),
            ];
        }
    }
}

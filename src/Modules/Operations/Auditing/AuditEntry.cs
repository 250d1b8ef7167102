using JasperFx.Events;
using Monolith.Contracts.Operations;
using Monolith.Kernel.History;

namespace Monolith.Operations.Auditing;

/// <summary>An attempt as the API shows it.</summary>
/// <param name="Action">Method and route.</param>
/// <param name="Target">The values in the route.</param>
/// <param name="Outcome">Null while it is under way, and for ever when a crash came in between.</param>
public sealed record AuditEntry(
    long Sequence, string Actor, IReadOnlyList<string> Roles, string Action, string? Target, string? Reason, DateTimeOffset At,
    AuditOutcome? Outcome, string? CorrelationId, string? TraceId)
{
    public static AuditEntry Of(IEvent<AdminActionAttempted> e, AdminActionFinished? finished) => new(
        e.Sequence, e.Data.Actor, e.Data.Roles, e.Data.Action, e.Data.Target, e.Data.Reason, e.Data.AttemptedAt,
        finished is null ? null : new AuditOutcome(finished.Status, finished.Problem, finished.Operation, finished.IsRepeated, finished.FinishedAt),
        e.Data.CorrelationId, RecordedEvent.TraceOf(e));
}

/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="Problem">The type of the problem, where it was refused or failed.</param>
/// <param name="Operation">The address of the operation that was started.</param>
/// <param name="Repeated">It was the answer to an earlier request under the same idempotency key.</param>
public sealed record AuditOutcome(int Status, string? Problem, string? Operation, bool Repeated, DateTimeOffset FinishedAt);

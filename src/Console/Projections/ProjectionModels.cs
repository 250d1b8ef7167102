using System.Text.Json;
using Monolith.Console.Parts;
using Monolith.Console.Session;

namespace Monolith.Console.Projections;

public sealed record ProjectionView(
    string Name, string Kind, string Module, int Generation, string Status, long Position, long Head, long LagEvents, double LagSeconds, int? Node,
    string? LastError, string Poison, long EventsSetAside)
{
    public Command Rebuild => Command.WithReason("Rebuild", $"admin/projections/{Name}/rebuilds", Role.Operator,
        $"Computes {Name} again from the log. Side by side, readers see the present one until the new one takes its place.",
        new Field("mode", "How", FieldKind.Choice, Choices: ["sideBySide", "inPlace"]),
        new Field("maxEventsPerSecond", "Events per second at most", FieldKind.Number, IsRequired: false));

    public Command Verify => Command.WithReason("Verify", $"admin/projections/{Name}/verification", Role.Operator,
        $"Compares {Name} with what the log makes of it, and changes nothing.");

    public Command Pause => Command.WithReason("Pause", $"admin/projections/{Name}/pause", Role.Operator, $"{Name} stays as it is until it is resumed.");

    public Command Resume => Command.WithReason("Resume", $"admin/projections/{Name}/resume", Role.Operator, $"{Name} goes on from where it stands.");

    public Command RollBack => Command.WithReason("Roll back", $"admin/projections/{Name}/rollback", Role.Operator,
        "Goes back to the generation before the last rebuild, while that is kept.");
}

public sealed record OperationView(
    string Id, string Kind, string Target, string Status, string Phase, long Processed, long Total, double Percent, double? EventsPerSecond, double? EtaSeconds,
    DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string Actor, string Reason, string? Error, int? Node, JsonElement? Report)
{
    public bool HasEnded => FinishedAt is not null;

    /// <summary>The status, for people: an operation that is paused is still under way, and waits.</summary>
    public string State => IsPaused ? Phase : Status;

    public bool IsPaused => !HasEnded && Phase == "paused";

    public Command Cancel => Steer("Cancel", "cancellation", "Ends the operation; what is read stays as it is.");

    public Command Pause => Steer("Pause", "pause", "The operation waits until it is resumed.");

    public Command Resume => Steer("Resume", "resume", "The operation goes on from where it was paused.");

    public Command Retry => Steer("Retry", "retry", "Begins again, as an operation of its own.");

    private Command Steer(string name, string path, string explanation) =>
        Command.WithReason(name, $"admin/operations/{Id}/{path}", Role.Operator, explanation);
}

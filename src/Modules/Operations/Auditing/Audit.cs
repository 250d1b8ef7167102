using Monolith.Contracts.Operations;

namespace Monolith.Operations.Auditing;

/// <summary>The stream of everything that was attempted under <c>/admin</c>. It has no state: its events are what people look at.</summary>
public sealed class Audit
{
    public const string Stream = "audit";

    private Audit()
    {
    }

    /// <summary>Its events and their stored names, which are for ever.</summary>
    public static IReadOnlyDictionary<Type, string> Events { get; } = new Dictionary<Type, string>
    {
        [typeof(AdminActionAttempted)] = Attempted,
        [typeof(AdminActionFinished)] = Finished,
    };

    internal const string Attempted = "operations.AdminActionAttempted";

    /// <summary>An index of the log, which finds the outcome of an attempt, names this type, too.</summary>
    internal const string Finished = "operations.AdminActionFinished";
}
